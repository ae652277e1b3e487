"""What moved a ranking from one moment to the next: the factors that changed, by which lines, on whose reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from reasoner.assessment.assess import Assessment
from reasoner.assessment.credits import Credit, credits
from reasoner.assessment.ranking import Judgement, Outlook
from reasoner.evidence.base import Fact, Moment, Report
from reasoner.evidence.moments import known_by
from reasoner.explanation.reliance import leaves
from reasoner.explanation.sentences import Voice
from reasoner.terms import Atom

MOVES = 0.5
"""Decibans from which on a factor is said to have moved a hypothesis."""

MOST_MOVERS = 4
"""So many are named for one step, those that moved most."""

COUNTS = 0.05
"""A hypothesis less probable both before and after is not explained."""

How: TypeAlias = OneOf["gained", "weaker", "gone"]


@dataclass(frozen=True, slots=True)
class Mover:
    """A factor that moved hypotheses, with the line that had most part in it.

    ``actors`` are those it moved, the most moved first; ``before`` and ``after`` the factor's mean net for the first,
    in decibans. ``sentence`` is what the line says of it, ``how`` what became of the line. ``facts`` are those beneath
    the line that were reported, or reported anew; ``sources`` who did.
    """

    actors: tuple[str, ...]
    rule: str
    factor: str
    factor_name: str
    sentence: str
    how: How
    before: float
    after: float
    facts: tuple[Atom, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One role at one moment; no outlook where nobody was a candidate. ``bearing`` are the facts that bear on it."""

    known: Assessment
    role: str
    moment: Moment
    bearing: tuple[Fact, ...]
    outlook: Outlook | None
    judgement: Judgement | None


def seen_in(known: Assessment, role: str) -> Seen:
    """A role as seen at the moment as of which an assessment knows its base.

    Raises:
        ValueError: the base is known as of no moment.
    """
    if known.base.as_of is None:
        raise ValueError("the base is known as of no moment")
    return Seen(known, role, known.base.as_of, known.mattering, known.outlooks.get(role), known.judgements.get(role))


def reported(before: Seen | None, after: Seen) -> dict[Atom, list[Report]]:
    """What was reported since the moment before and bears on the role, by fact; at the first, all that was."""
    found = {}
    for fact in after.bearing:
        new = [report for report in fact.reports if before is None or not known_by(report.date, before.moment)]
        if new:
            found[fact.atom] = new
    return found


def movers(before: Seen | None, after: Seen, voice: Voice) -> tuple[Mover, ...]:
    """The factors that moved somebody of weight, the largest move first; whom the same rule moved stand together."""
    together: dict[tuple[str, str, How], list[_Move]] = {}
    for move in _moves(before, after):
        together.setdefault((move.factor, move.line.rule, move.how), []).append(move)
    groups = [sorted(group, key=lambda move: (-round(abs(move.size), 9), move.actor)) for group in together.values()]
    groups.sort(key=lambda group: (-round(abs(group[0].size), 9), group[0].factor, group[0].line.rule))
    news = reported(before, after)
    return tuple(_mover(group, news, after, voice) for group in groups[:MOST_MOVERS])


@dataclass(frozen=True, slots=True)
class _Move:
    """One factor of one hypothesis that moved; ``line`` had most part in it."""

    actor: str
    factor: str
    before: float
    after: float
    line: Credit
    how: How

    @property
    def size(self) -> float:
        return self.after - self.before


_Lines: TypeAlias = Mapping[int, Credit]


def _moves(before: Seen | None, after: Seen) -> Iterator[_Move]:
    weighty = {actor for seen in (before, after) for actor in _of_weight(seen)}
    for actor in sorted(weighty):
        past, present = _lines(before, actor), _lines(after, actor)
        for factor in sorted({line.factor for line in (*past.values(), *present.values())}):
            move = _move(actor, factor, _within(past, factor), _within(present, factor))
            if abs(move.size) >= MOVES:
                yield move


def _within(lines: _Lines, factor: str) -> _Lines:
    return {instance: credit for instance, credit in lines.items() if credit.factor == factor}


def _of_weight(seen: Seen | None) -> list[str]:
    chances = seen.outlook.actors if seen and seen.outlook else {}
    return [actor for actor, chance in chances.items() if chance >= COUNTS]


def _lines(seen: Seen | None, actor: str) -> _Lines:
    """The lines of a hypothesis by instance; none where it was no hypothesis."""
    if seen is None or seen.outlook is None or actor not in seen.outlook.actors:
        return {}
    there, derivation = seen.outlook.posterior, seen.known.derivation
    stake = there.role.stakes[there.role.actors.index(actor)]
    found = credits(stake, there.worlds, derivation, derivation.program.scales.exclusion)
    return {credit.instance: credit for credit in found}


def _move(actor: str, factor: str, past: _Lines, present: _Lines) -> _Move:
    before, after = (sum(credit.decibans for credit in side.values()) for side in (past, present))
    direction = 1.0 if after >= before else -1.0

    def part(instance: int) -> float:
        return direction * (_decibans(present, instance) - _decibans(past, instance))

    telling = max(sorted({*past, *present}), key=part)
    how: How = "gained"
    if telling not in present:
        how = "gone"
    elif abs(_decibans(present, telling)) < abs(_decibans(past, telling)):
        how = "weaker"
    return _Move(actor, factor, before, after, present.get(telling) or past[telling], how)


def _decibans(lines: _Lines, instance: int) -> float:
    return lines[instance].decibans if instance in lines else 0.0


def _mover(moves: list[_Move], news: Mapping[Atom, list[Report]], after: Seen, voice: Voice) -> Mover:
    first, base, derivation = moves[0], after.known.base, after.known.derivation
    instance = first.line.instance
    candidacy = derivation.atom_ids.get(Atom("candidate", (base.case.id, after.role, first.actor)))
    beneath = leaves(derivation, base, [instance], candidacy)
    facts = tuple(sorted((atom for atom in beneath if atom in news), key=str))
    reporting = (base.sources[report.source] for atom in facts for report in news[atom])
    rule = derivation.program.rules[int(derivation.rule[instance])]
    return Mover(
        actors=tuple(move.actor for move in moves),
        rule=first.line.rule,
        factor=first.factor,
        factor_name=voice.factor(first.factor),
        sentence=voice.rule(rule, derivation.bindings(instance)),
        how=first.how,
        before=first.before,
        after=first.after,
        facts=facts,
        sources=tuple(dict.fromkeys(map(voice.source, reporting))),
    )
