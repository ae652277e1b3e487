"""What every engine promises, of Spark."""

import pytest

from tests.grounding.test_conformance import *  # noqa: F403

pytestmark = pytest.mark.xdist_group("spark")
