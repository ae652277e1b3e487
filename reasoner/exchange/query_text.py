"""Answers to a query as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from reasoner.assessment.words import percent
from reasoner.exchange.layout import counted
from reasoner.exchange.ranking_json import DIGITS
from reasoner.terms import Constant, Quoted


class Answered(Protocol):
    """An answer: what the variables are bound to, and how probable that is."""

    @property
    def bindings(self) -> Mapping[str, Constant]:
        """Variable → constant."""

    @property
    def probability(self) -> float:
        """How probable the answer is."""


def plain(constant: Constant) -> str | int:
    """A constant as JSON and tables show it: a quoted string without its quotes."""
    return constant.text if isinstance(constant, Quoted) else constant


def answers_json(answers: Sequence[Answered]) -> dict[str, Any]:
    """All answers, the most probable first."""
    return {
        "answers": [
            {
                "bindings": {name: plain(value) for name, value in answer.bindings.items()},
                "probability": round(answer.probability, DIGITS),
            }
            for answer in answers
        ]
    }


def answers_text(answers: Sequence[Answered]) -> str:
    """A table of the answers, or that there is none."""
    if not answers:
        return "No answer: nothing reported or derived matches."
    names = list(answers[0].bindings)
    if not names:
        return f"Yes: {percent(answers[0].probability)}."
    rows = [[str(plain(answer.bindings[name])) for name in names] for answer in answers]
    widths = [max(len(name), *(len(row[i]) for row in rows)) for i, name in enumerate(names)]
    heading = "  ".join(f"{name:<{width}}" for name, width in zip(names, widths, strict=True))
    lines = [f"{heading}  probability"]
    for row, answer in zip(rows, answers, strict=True):
        cells = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        lines.append(f"{cells}  {percent(answer.probability)}")
    return "\n".join([*lines, counted(len(answers), "answer") + "."])
