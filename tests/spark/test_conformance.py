"""What every engine promises, of Spark."""

from tests.grounding.test_conformance import *  # noqa: F403
