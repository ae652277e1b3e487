"""Processes that rank batches: what is said when one is lost."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from reasoner.bulk.sharing_out import _heard
from reasoner.problems import InputError


@pytest.mark.parametrize("code", [0, 3])
def test_processes_that_end_before_all_is_ranked_are_missed(code: int) -> None:
    """A run does not wait for a process that is gone, whatever it said in going; it tells how to go on."""
    context = multiprocessing.get_context("spawn")
    lost = context.Process(target=os._exit, args=(code,))
    lost.start()

    with pytest.raises(InputError, match=rf"ended by itself \(code {code}\)") as error:
        _heard(context.Queue(), [lost])

    assert "goes on where it stopped" in error.value.problems[0].hint
