"""A why-not as a page: factor by factor, what another has, what of it fails here, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasoner.assessment.decibans import signed
from reasoner.assessment.words import percent
from reasoner.exchange.page import Block, Bullet, Bullets, Page, Paragraph
from reasoner.explanation.sentences import listed, opening, sentence
from reasoner.explanation.why_not import Gap, LackedLine, WhyNot


def why_not_page(found: WhyNot) -> Page:
    """Everything ``ascribe why-not`` says."""
    here = percent(found.probability) if found.probability is not None else "not a hypothesis"
    title = (
        f"Why not {found.name}? {opening(here)}, against {percent(found.probability_against)} for {found.against_name}."
    )
    blocks: list[Block] = []
    if found.listed:
        blocks.append(Paragraph(f"{opening(found.name)} is not on the list of hypotheses. {found.listed.sentence}"))
    if not found.gaps:
        blocks.append(Paragraph(f"Nothing that holds in the likeliest reading speaks for {found.against_name}."))
    else:
        blocks.append(Paragraph(f"What speaks for {found.against_name}, and whether it does for {found.name}:"))
        blocks.append(Bullets(tuple(Bullet(_factor(gap)) for gap in found.gaps)))
    if found.alone_against:
        rules = listed([f"[{rule}]" for rule in found.alone_against])
        blocks.append(Paragraph(f"Against {found.name} alone: {rules}."))
    return Page(title, tuple(blocks))


def _factor(gap: Gap) -> str:
    weighs = f"{signed(gap.decibans)} against {signed(gap.decibans_against)}"
    if not gap.lacked:
        return f"{gap.name} holds ({signed(gap.decibans)}): {_rules(line.rule for line in gap.shared)}."
    head = f"{gap.name} ({weighs})"
    if gap.shared:
        head += f" holds in part: {_rules(line.rule for line in gap.shared)}"
    return " ".join([f"{head}.", *_lacking(gap)])


def _lacking(gap: Gap) -> Iterator[str]:
    """What of a factor is lacking: the strongest line in full, those that the same report would mend with it."""
    first, *others = gap.lacked
    remedy = first.remedies[0] if first.remedies else None
    along = [line for line in others if remedy and line.remedies and _same(line, first)]
    rest = [line for line in others if line not in along]
    yield from _line(first, along)
    if gap.otherwise:
        yield from _line(gap.otherwise, ())
    if rest:
        yield sentence(f"also lacking: {_rules(line.rule for line in rest)}")


def _same(line: LackedLine, first: LackedLine) -> bool:
    mends = (first.remedies[0].assume, first.remedies[0].retract)
    return any((remedy.assume, remedy.retract) == mends for remedy in line.remedies)


def _line(line: LackedLine, along: Sequence[LackedLine]) -> Iterator[str]:
    yield f"{_rules([line.rule, *(other.rule for other in along)])}:"
    yield from (premise.sentence for premise in line.fails[:2])
    if line.remedies:
        yield line.remedies[0].sentence
    else:
        yield "No report could change that." if line.complete else "No report was found that would change that."


def _rules(names: Iterator[str] | Sequence[str]) -> str:
    return listed([f"[{name}]" for name in names])
