"""A case that nobody looks at any more leaves memory at once: its worlds take megabytes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from weakref import ref

import pytest

from reasoner.inquiry import Inquiry, open_case

QUESTIONS: dict[str, Callable[[Inquiry], object]] = {
    "ranking": lambda case: case.rankings,
    "why": lambda case: case.why("iran_backed_groups"),
    "compare": lambda case: case.compare("iran_backed_groups", "islamic_state"),
    "missing": lambda case: case.missing(),
    "matrix": lambda case: case.matrix(),
    "timeline": lambda case: case.timeline(),
    "linchpins": lambda case: case.linchpins(),
    "sources": lambda case: case.sources(),
    "robustness": lambda case: case.assessment.robustness("perpetrator"),
}


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """No garbage is collected: what goes, goes because nothing holds it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.usefixtures("no_collecting")
def test_nothing_holds_a_case_that_was_asked(question: str) -> None:
    """Whatever was asked about a case, with its rankings, it goes with whoever asked."""
    case = open_case("kadhimi_2021")
    QUESTIONS[question](case)
    assessment = ref(case.assessment)
    assert assessment() is not None
    del case
    assert assessment() is None
