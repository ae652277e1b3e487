"""Answers to a query as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from reasoner.assessment.words import percent
from reasoner.exchange.csv_text import Cell, csv_text
from reasoner.exchange.figures import figure
from reasoner.exchange.page import Column, Page, Paragraph, Table
from reasoner.exchange.page_text import table_lines
from reasoner.terms import Constant, Quoted


class Answered(Protocol):
    """An answer: what the variables are bound to, how probable that is, and in which cases."""

    @property
    def bindings(self) -> Mapping[str, Constant]:
        """Variable → constant."""

    @property
    def probability(self) -> float:
        """How probable the answer is."""

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases in which it is so."""


def plain(constant: Constant) -> str | int:
    """A constant as JSON and tables show it: a quoted string without its quotes."""
    return constant.text if isinstance(constant, Quoted) else constant


def answers_json(answers: Sequence[Answered]) -> dict[str, Any]:
    """All answers, the most probable first."""
    return {
        "answers": [
            {
                "bindings": {name: plain(value) for name, value in answer.bindings.items()},
                "probability": figure(answer.probability),
                "cases": list(answer.cases),
            }
            for answer in answers
        ]
    }


def answers_csv(answers: Sequence[Answered]) -> str:
    """A row an answer: what each variable is bound to, the probability, and the cases."""
    names = list(answers[0].bindings) if answers else []
    rows: list[list[Cell]] = [[*names, "probability", "cases"]]
    for answer in answers:
        values = [plain(answer.bindings[name]) for name in names]
        rows.append([*values, figure(answer.probability), ", ".join(answer.cases)])
    return csv_text(rows)


def answers_text(answers: Sequence[Answered], width: int) -> str:
    """A table of the answers, or that there is none; with the cases, where they come from more than one."""
    found = _answer(answers)
    return found if isinstance(found, str) else "\n".join(table_lines(found, width, indent=""))


def answers_page(query: str, answers: Sequence[Answered]) -> Page:
    """The same as a page, under the query."""
    found = _answer(answers)
    return Page(query, (Paragraph(found) if isinstance(found, str) else found,))


def _answer(answers: Sequence[Answered]) -> Table | str:
    if not answers:
        return "No answer: nothing reported or derived matches."
    several = len({case for answer in answers for case in answer.cases}) > 1
    names = list(answers[0].bindings)
    if not names and not several:
        return f"Yes: {percent(answers[0].probability)}."
    heading = [*names, "probability", *(["case"] if several else [])]
    rows = [
        (
            *(str(plain(answer.bindings[name])) for name in names),
            percent(answer.probability),
            *([", ".join(answer.cases)] if several else []),
        )
        for answer in answers
    ]
    return Table(tuple(map(Column, heading)), tuple(rows))
