"""A what-if as a page: what is supposed, who moves, and which lines make the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from reasoner.assessment.decibans import log_odds, signed
from reasoner.assessment.ranking import name_of
from reasoner.assessment.result import Ranking
from reasoner.assessment.words import number_word, percent
from reasoner.evidence.atoms import checked_atom
from reasoner.evidence.base import Base
from reasoner.exchange.case_heading import titled
from reasoner.exchange.page import Block, Column, Heading, Lead, Leads, Page, Paragraph, Table, leads, points
from reasoner.exchange.ranking_text import verdict_words
from reasoner.exchange.rows import Row, folded
from reasoner.explanation.change_words import reported_in
from reasoner.explanation.changes import Changes
from reasoner.explanation.sentences import moment_text, opening
from reasoner.explanation.what_if import LineShift, WhatIf
from reasoner.language.vocabulary import NOBODY, OTHER, Role

MOST_LINES, LEAST_LINE = 5, 0.5
"""Lines shown for one hypothesis, and the least decibans by which they moved."""

_MOVES = (Column(""), Column("Before", "right"), Column("Now", "right"), Column("Change", "right"))
_LINES = (Column("Before", "right"), Column("Now", "right"), Column("Line"))
_ABSENT = "–"


def what_if_page(asked: WhatIf) -> Page:
    """Everything ``ascribe what-if`` says."""
    supposed = points(zip(asked.sentences, _supposed(asked.changes, asked.before.base, asked.after.base), strict=True))
    blocks: list[Block] = [Heading("Suppose:"), supposed, *_redated(asked)]
    if not asked.moved:
        blocks.append(Paragraph("Nothing moves, not by a digit: none of this bears on who did it."))
    for role in asked.roles if asked.moved else ():
        blocks += _role(asked, role)
    return Page(f"What if? {titled(asked.before.base)}", tuple(blocks))


def _redated(asked: WhatIf) -> Iterator[Paragraph]:
    """That the incident is then taken to have happened at another time, where it is."""
    before, after = (each.base.case.occurred for each in (asked.before, asked.after))
    if before == after:
        return
    if after is None:
        yield Paragraph("Nothing says then when it happened. Facts that held only for a time all count.")
    else:
        instead = f" instead of {moment_text(before)}" if before else ""
        when = f"Its likeliest date is then {moment_text(after)}{instead}."
        yield Paragraph(f"{when} Facts that held only for a time count by that date.")


def _supposed(changes: Changes, base: Base, after: Base) -> Iterator[Leads]:
    """What each change is about, in the order in which changes are told."""
    yield from (leads("fact", [checked_atom(base, text)]) for text in (*changes.assume, *changes.retract))
    yield from (_graded(what.strip(), base, after) for what, _ in changes.rate)
    yield from (leads("source", [source]) for source in changes.source_off)
    yield from (leads("origin", [origin]) for origin in changes.origin_off)
    yield from (leads("rule", [name]) for name in (*changes.rule_off, *dict(changes.strength)))
    if changes.as_of is not None:
        yield ()


def _graded(what: str, base: Base, after: Base) -> Leads:
    if what in base.sources:
        return leads("source", [what])
    _, atom, source = reported_in(what, base, after)
    return leads("fact", [atom]) + leads("source", [source] if source else [])


def _role(asked: WhatIf, role: str) -> Iterator[Block]:
    declared = asked.before.derivation.program.scales.roles[role]
    before, after = asked.before.rankings.get(role), asked.after.rankings.get(role)
    yield Heading(declared.question)
    placed = _both(before, after)
    rows = tuple(_row(was, now, declared) for was, now in placed)
    if after is None:
        yield Paragraph("Nobody is considered for this role any more.")
    elif not any(move for *_, move in rows):
        said = "No figure moves by as much as a tenth of a deciban" if role in asked.moved else "Nothing moves"
        yield Paragraph(f"{said} here.")
    else:
        about = tuple((Lead("actor", row.actor, role),) for was, now in placed if (row := now or was))
        yield Table(_MOVES, rows, about=about)
        yield Paragraph(_verdict(before, after, asked.before.base), (Lead("actor", after.ahead, role),))
        if before is not None:
            yield Paragraph(_confidence(before, after))
        for actor, shifts in _telling(asked, role):
            yield from _lines(asked, actor, shifts, declared)


def _telling(asked: WhatIf, role: str) -> Iterator[tuple[str, list[LineShift]]]:
    """The lines worth telling of, hypothesis by hypothesis; of a member only those that its umbrella doesn't share."""
    rankings = [found[role] for found in (asked.before.rankings, asked.after.rankings) if role in found]
    umbrellas = [row for ranking in rankings for row in ranking.umbrellas]
    heads = {member: row.actor for row in umbrellas for member in row.members if member != row.actor}
    shared = {(line.actor, line.rule) for line in asked.lines if line.role == role}
    shown = [line for line in asked.lines if line.role == role and abs(line.decibans) >= LEAST_LINE]
    for actor, shifts in groupby(shown, lambda line: line.actor):
        own = [line for line in shifts if (heads.get(actor), line.rule) not in shared]
        if own:
            yield actor, own


def _both(before: Ranking | None, after: Ranking | None) -> list[tuple[Row | None, Row | None]]:
    """Every row as it was and as it is now, those first that there are now."""
    old, new = _placed(before), _placed(after)
    places = [*new, *(place for place in old if place not in new)]
    return [(old.get(place), new.get(place)) for place in places]


def _row(was: Row | None, now: Row | None, role: Role) -> tuple[str, ...]:
    row = now or was
    assert row is not None
    return (
        "  " * row.depth + _name(row, role),
        percent(was.probability) if was else _ABSENT,
        percent(now.probability) if now else _ABSENT,
        _move(was, now),
    )


def _placed(ranking: Ranking | None) -> Mapping[tuple[str, bool], Row]:
    """The rows by whose they are, and whether as a member not named, wherever they stand."""
    rows = folded(ranking) if ranking else ()
    groups = {row.actor for row in rows if row.group}
    return {(row.actor, row.depth > 0 and row.actor in groups): row for row in rows}


def _move(was: Row | None, now: Row | None) -> str:
    if was is None:
        return "now considered"
    if now is None:
        return "no longer considered"
    move = signed(log_odds(now.probability) - log_odds(was.probability))
    return "" if move == signed(0) else move


def _name(row: Row, role: Role) -> str:
    if row.actor == OTHER:
        return "someone not on the list"
    return (role.nobody or "nobody") if row.actor == NOBODY else row.name


def _verdict(before: Ranking | None, after: Ranking, base: Base) -> str:
    now = verdict_words(after, base)
    if before is None:
        return f"Verdict: {now} Before, nobody was considered for this role."
    was = verdict_words(before, base)
    return f"Verdict, as before: {now}" if was == now else f"Verdict: {now} Before: {was}"


def _confidence(before: Ranking, after: Ranking) -> str:
    was, now = before.confidence.level, after.confidence.level
    return f"Confidence: {now}, as before." if was == now else f"Confidence: {now}. Before: {was}."


def _lines(asked: WhatIf, actor: str, shifts: list[LineShift], role: Role) -> Iterator[Block]:
    yield Heading(f"What changed for {name_of(actor, role, asked.before.base)}", (Lead("actor", actor, role.id),))
    shown = shifts[:MOST_LINES]
    about = tuple(leads("rule", [shift.rule]) for shift in shown)
    yield Table(_LINES, tuple(_line(asked, shift) for shift in shown), about=about)
    if len(shifts) > MOST_LINES:
        more = len(shifts) - MOST_LINES
        yield Paragraph(f"{opening(number_word(more))} more line{'' if more == 1 else 's'} moved by less.")


def _line(asked: WhatIf, shift: LineShift) -> tuple[str, str, str]:
    factors = asked.before.derivation.program.scales.factors
    factor = factors[shift.factor].name if shift.factor in factors else "Excluded"
    was, now = (_ABSENT if decibans is None else signed(decibans) for decibans in (shift.before, shift.after))
    return was, now, f"{opening(factor)}. {shift.sentence} [{shift.rule}]"
