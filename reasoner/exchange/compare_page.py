"""A comparison of two hypotheses as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasoner.assessment.decibans import LEAST_SHOWN, summed
from reasoner.assessment.words import number_word, percent
from reasoner.exchange.page import Block, Column, Heading, Leads, Page, Paragraph, Table, leads
from reasoner.explanation.contrast import Contrast, Contrasted, Difference
from reasoner.explanation.member_lines import MemberLine

MOST_OF_MEMBERS = 8
"""Lines of members that are shown; JSON has all."""

_WEIGHTS = (Column("A", "right"), Column("B", "right"), Column("Line"))


def compare_page(contrast: Contrast) -> Page:
    """Everything ``ascribe compare`` says: both, the paragraph, what tells them apart, what they share, the sum."""
    first, second = contrast.first, contrast.second
    title = f"{contrast.question.removesuffix('?')}: {first.said} rather than {second.said}?"
    blocks: list[Block] = [_both(first, second), Paragraph(contrast.summary, _about(contrast))]
    blocks += _lines("What tells them apart, in decibans", contrast.differ)
    blocks += _lines("What speaks alike for both", contrast.shared)
    blocks += _members(contrast)
    told = contrast.differ or contrast.shared or contrast.members
    said = _sum(contrast) if told else "No line bears on either."
    blocks.append(Paragraph(said, leads("actor", [first.actor, second.actor])))
    return Page(title, tuple(blocks))


def _both(first: Contrasted, second: Contrasted) -> Table:
    columns = (Column(""), Column("Probability", "right"), Column("In words"), Column("Hypothesis"))
    sides = (("A", first), ("B", second))
    rows = tuple((letter, percent(side.probability), side.words, side.name) for letter, side in sides)
    return Table(columns, rows, heads=False, about=tuple(leads("actor", [side.actor]) for side in (first, second)))


def _about(contrast: Contrast) -> Leads:
    """Both, and the lines whose loss would put the one behind ahead."""
    found = contrast.reversal.falling.overturns if contrast.reversal else ()
    rules = [strand.rule for overturn in found for strand in overturn.changes]
    return leads("actor", [contrast.first.actor, contrast.second.actor]) + leads("rule", rules)


def _lines(title: str, found: Sequence[Difference]) -> Iterator[Block]:
    lines = [line for line in found if summed(line.first) != "0" or summed(line.second) != "0"]
    if lines:
        yield Heading(title)
        rows = tuple((summed(line.first), summed(line.second), _said(line)) for line in lines)
        yield Table(_WEIGHTS, rows, about=tuple(leads("rule", [line.rule]) for line in lines))


def _members(contrast: Contrast) -> Iterator[Block]:
    """The weightiest lines that only members have."""
    lines = contrast.members[:MOST_OF_MEMBERS]
    if lines:
        yield Heading("What members have of their own, in decibans")
        rows = tuple(
            (*_in_column(line.decibans, line.actor == contrast.first.actor), _of_member(line)) for line in lines
        )
        yield Table(_WEIGHTS, rows, about=tuple(leads("rule", [line.rule]) for line in lines))
    lighter = len(contrast.members) - len(lines)
    if lighter:
        yield Paragraph(f"Lighter lines of members: {number_word(lighter)} more (--json has them).")


def _in_column(decibans: float, first: bool) -> tuple[str, str]:
    return (summed(decibans), "") if first else ("", summed(decibans))


def _of_member(line: MemberLine) -> str:
    return f"{line.factor_name}. {line.sentence} [{line.rule}]"


def _said(line: Difference) -> str:
    too = f" {line.likewise}" if line.likewise else ""
    return f"{line.factor_name}. {line.sentence}{too} [{line.rule}]"


def _sum(contrast: Contrast) -> str:
    """How the parts add up to the gap."""
    first, second = contrast.first.makeup, contrast.second.makeup
    lines = sum(first.nets.values()) + first.exclusion - sum(second.nets.values()) - second.exclusion
    parts = [
        f"{summed(decibans)} {reason}"
        for decibans, reason in (
            (first.prior - second.prior, "for where they start"),
            (first.members - second.members, "for members who are named"),
            (contrast.doubt, "for doubt about the facts"),
        )
        if abs(decibans) >= LEAST_SHOWN
    ]
    return f"A less B: {', '.join([f'{summed(lines)} dB for the lines', *parts])}; together {summed(contrast.gap)} dB."
