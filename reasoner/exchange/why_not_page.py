"""A why-not as a page: factor by factor, what another has, what of it fails here, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reasoner.assessment.decibans import signed
from reasoner.assessment.words import number_word, percent
from reasoner.exchange.layout import wrapped
from reasoner.exchange.page import Block, Leads, Page, Paragraph, leads, points
from reasoner.explanation.sentences import listed, running, sentence
from reasoner.explanation.unlisted import Unlisted
from reasoner.explanation.why_not import Gap, LackedLine, WhyNot

ROOM, WIDTH = 16, 76
"""Lines, and columns, that the factors of one answer may take; what weighs least is then told in short."""

MOST_NAMED = 3
"""Rules of a factor that are named one by one."""


def why_not_page(found: WhyNot) -> Page:
    """Everything ``ascribe why-not`` says."""
    blocks: list[Block] = [Paragraph(" ".join(_standing(found)), _of_both(found))]
    if found.gaps:
        blocks.append(points(zip(_factors(found.gaps), map(_about, found.gaps), strict=True)))
    if found.alone_against:
        about = leads("rule", found.alone_against)
        blocks.append(Paragraph(f"Only against {found.name}: {_rules(found.alone_against)}.", about))
    return Page(f"Why not {found.name}?", tuple(blocks))


def _of_both(found: WhyNot) -> Leads:
    """Those of the two who are ranked, the facts that would make one of who is not, the rules of who has no name."""
    ranked = [found.actor] if found.probability is not None else []
    rules = [*found.unlisted.rules, *(rule for rule, _ in found.unlisted.lines)] if found.unlisted else []
    facts = found.listed.facts if found.listed else ()
    return leads("actor", [*ranked, found.against]) + leads("fact", facts) + leads("rule", dict.fromkeys(rules))


def _about(gap: Gap) -> Leads:
    """The rules of a factor, strongest first, and the facts that what is lacked comes down to."""
    lines = [*gap.lacked, *([gap.otherwise] if gap.otherwise else [])]
    failing = [premise.fact for line in lines for premise in line.fails if premise.fact]
    mending = [fact for line in lines for remedy in line.remedies[:1] for fact in remedy.facts]
    rules = [*(line.rule for line in lines), *(line.rule for line in gap.shared)]
    return leads("rule", rules) + leads("fact", [*failing, *mending])


def _standing(found: WhyNot) -> Iterator[str]:
    """Where both stand, and what is told beneath."""
    other = found.against_name
    if found.probability is None:
        yield f"For {other} {percent(found.probability_against)}; {found.name}: not a hypothesis."
        wanted = found.listed.sentence if found.listed else "No report would do."
        yield f"To change that, {wanted[:1].lower()}{wanted[1:]}"
    else:
        yield f"For {found.name} {percent(found.probability)}, for {other} {percent(found.probability_against)}."
    if found.unlisted:
        yield from _of_the_unlisted(found, found.unlisted)
    elif found.gaps and found.ahead:
        yield f"No other name stands before {found.name}; next comes {other}."
        yield f"What speaks for {other}, and whether it does here:"
    elif found.gaps:
        whether = "would" if found.probability is None else "does"
        yield f"What speaks for {other}, and whether it {whether} here, going by the likeliest reading of the reports:"
    else:
        yield f"Going by the likeliest reading of the reports, nothing speaks for {other}."


def _of_the_unlisted(found: WhyNot, one: Unlisted) -> Iterator[str]:
    """What may speak for one who has no name, and what does, or speaks against it."""
    if found.alone and found.name != one.name:
        yield "Nobody else who is named could hold this role."
    besides = "what it starts with, and what the others leave"
    if not one.rules:
        yield f"No report can speak for {one.name}: it has {besides}."
    elif not any(decibans > 0 for _, decibans in one.lines):
        yield f"Only {_rules(one.rules)} can speak for {one.name}, and does not here: it has {besides}."
    else:
        yield f"Beside {besides}, {one.name} has rules of its own."
    for side, sign in (("For", 1), ("Against", -1)):
        shown = [f"[{rule}] ({signed(decibans)})" for rule, decibans in one.lines if decibans * sign > 0]
        if shown:
            yield f"{side} it: {listed(shown)}."


def _factors(gaps: Sequence[Gap]) -> list[str]:
    """A paragraph a factor, the weightiest first; as many in full as there is room for."""
    told = [_factor(gap) for gap in gaps]
    short = [_in_short(gap) for gap in gaps]
    for place in reversed(range(len(gaps))):
        if sum(len(wrapped(text, "", "", WIDTH)) for text in told) <= ROOM:
            break
        told[place] = short[place]
    return told


def _factor(gap: Gap) -> str:
    """One factor: what holds here, too, and of what does not, all that would weigh more than that."""
    if not gap.lacked:
        return _holds(gap)
    enough = max((line.strength for line in gap.shared), default=0.0)
    telling = [line for line in gap.lacked if line.strength > enough]
    by = _rules([line.rule for line in gap.shared])
    if not telling:
        also = f"{_rules([line.rule for line in gap.lacked])}, which would add nothing"
        return f"{gap.name} ({_weighs(gap)}): holds by {by}. Lacking {also}."
    lacking = " ".join(_lacking(gap, telling))
    if not gap.shared:
        return f"{gap.name} ({_weighs(gap)}): {running(lacking)}"
    return f"{gap.name} ({_weighs(gap)}): holds in part, by {by}. {lacking}"


def _weighs(gap: Gap) -> str:
    there = f"{signed(gap.decibans_against)} there"
    return there if gap.decibans is None else f"{signed(gap.decibans)} here, {there}"


def _holds(gap: Gap) -> str:
    by = _rules([line.rule for line in gap.shared])
    if gap.decibans is None:
        return f"{gap.name} ({_weighs(gap)}): holds by {by}."
    if gap.decibans <= 0:
        much = "more" if gap.decibans < 0 else "as much"
        return f"{gap.name} ({signed(gap.decibans)}): holds by {by}, but {much} speaks against it."
    return f"{gap.name} ({signed(gap.decibans)}): holds by {by}."


def _in_short(gap: Gap) -> str:
    if not gap.lacked:
        return _holds(gap)
    return f"{gap.name} ({signed(gap.decibans_against)} there): lacking {_rules([line.rule for line in gap.lacked])}."


def _lacking(gap: Gap, telling: Sequence[LackedLine]) -> Iterator[str]:
    """What of a factor is lacking: the strongest line in full, with those that the same report would mend."""
    first, *others = telling
    along = [line for line in others if _mended_alike(line, first)]
    rest = [line.rule for line in gap.lacked if line is not first and line not in along]
    yield f"Lacking {_rules([first.rule, *(line.rule for line in along)])}:"
    yield from _line(first)
    if gap.otherwise:
        yield f"In its place could stand {_rules([gap.otherwise.rule])}:"
        yield from _line(gap.otherwise)
    if rest:
        yield sentence(f"also lacking: {_rules(rest)}")


def _mended_alike(line: LackedLine, first: LackedLine) -> bool:
    if not first.remedies:
        return False
    wanted = (first.remedies[0].assume, first.remedies[0].retract)
    return any((remedy.assume, remedy.retract) == wanted for remedy in line.remedies)


def _line(line: LackedLine) -> Iterator[str]:
    """Why a line fails, and what would mend it: all that fails only where it takes more than one report."""
    best = line.remedies[0] if line.remedies else None
    several = best is not None and len(best.assume) + len(best.retract) > 1
    yield from (premise.sentence for premise in line.fails[: 2 if several else 1])
    if best is not None:
        yield best.sentence
    elif line.complete:
        yield "No further report is expected to change that."
    else:
        yield "No report was found that would change that."


def _rules(names: Iterable[str]) -> str:
    """Rules by name; of many the first few, and how many more there are."""
    shown = [f"[{name}]" for name in names]
    if len(shown) > MOST_NAMED + 1:
        return f"{', '.join(shown[:MOST_NAMED])} and {number_word(len(shown) - MOST_NAMED)} more"
    return listed(shown)
