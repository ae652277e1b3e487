"""A ranking as a page: the table of hypotheses of each role, and what stands beneath it."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.assessment.assess import Assessment
from reasoner.assessment.result import Ranking
from reasoner.assessment.words import percent, words
from reasoner.exchange.case_heading import titled
from reasoner.exchange.page import Block, Column, Heading, Page, Paragraph, Table
from reasoner.exchange.ranking_text import beneath, display_name, footing, nobody_yet, question
from reasoner.exchange.rows import folded
from reasoner.explanation.sentences import Voice

_COLUMNS = (Column("", "right"), Column("Hypothesis"), Column("Probability", "right"), Column("In words"))


def ranking_page(assessment: Assessment) -> Page:
    """Everything ``ascribe rank`` says of a case."""
    blocks: list[Block] = [Paragraph(" · ".join(footing(assessment)))]
    for ranking in assessment.rankings.values():
        blocks += [Heading(question(ranking, assessment.derivation.program)), _table(assessment, ranking)]
        blocks += map(Paragraph, beneath(assessment, ranking))
    if not assessment.rankings:
        blocks.append(Paragraph(nobody_yet(assessment.base)))
    return Page(titled(assessment.base), tuple(blocks))


def _table(assessment: Assessment, ranking: Ranking) -> Table:
    return Table(_COLUMNS, tuple(_rows(assessment, ranking)))


def _rows(assessment: Assessment, ranking: Ranking) -> Iterator[tuple[str, ...]]:
    """A row a hypothesis, numbered but for those that stand beneath an umbrella, whose names are led by a dash."""
    program = assessment.derivation.program
    voice, place = Voice(assessment.base, program), 0
    for row in folded(ranking):
        place += row.depth == 0
        name = display_name(row, voice, ranking, program)
        number, shown = ("", f"– {name}") if row.depth else (str(place), name)
        yield number, shown, percent(row.probability), words(row.probability)
