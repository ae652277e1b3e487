"""Problems as a page: each as it is drawn on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.exchange.page import Drawing, Page, Paragraph
from reasoner.problems import Problem, render

NONE = "No problems: every rule and fact file can be read."


def problems_page(problems: Sequence[Problem]) -> Page:
    """Every problem with its place and the line it stands in."""
    blocks = tuple(Drawing(tuple(render(problem).split("\n"))) for problem in problems)
    return Page("Problems in rule and fact files", blocks or (Paragraph(NONE),))
