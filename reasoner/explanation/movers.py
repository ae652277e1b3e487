"""What moved a ranking from one moment to the next: the factors that changed, by which lines, on whose reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from reasoner.assessment.assess import Assessment
from reasoner.assessment.credits import credits
from reasoner.assessment.judging import Judgement
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.revival import held_down
from reasoner.evidence.base import Fact, Moment, Report
from reasoner.evidence.moments import known_by
from reasoner.explanation.likewise import Bearer, likewise
from reasoner.explanation.reliance import leaves
from reasoner.explanation.sentences import Voice
from reasoner.grounding.graph import Derivation
from reasoner.terms import Atom, Constant, Rule

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
    in decibans, ``least`` by how much it moved the last. ``sentence`` is what the line says of the first, ``likewise``
    that it says so of the others, ``how`` what became of the line. ``facts`` are those beneath
    the line that were reported, or reported anew; ``sources`` who did, and ``source_ids`` their ids. ``denied``: they
    all denied them.
    """

    actors: tuple[str, ...]
    rule: str
    factor: str
    factor_name: str
    sentence: str
    how: How
    before: float
    after: float
    least: float
    likewise: str | None
    facts: tuple[Atom, ...]
    sources: tuple[str, ...]
    source_ids: tuple[str, ...]
    denied: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One role at one moment; no outlook where nobody was a candidate.

    ``bearing`` are the facts that bear on it, and those that did until a denial brought them to nothing.
    """

    known: Assessment
    role: str
    moment: Moment
    bearing: tuple[Fact, ...]
    outlook: Outlook | None
    judgement: Judgement | None


def seen_in(known: Assessment, role: str, before: Seen | None) -> Seen:
    """A role as seen at the moment as of which an assessment knows its base, after the moment before.

    Raises:
        ValueError: the base is known as of no moment.
    """
    if known.base.as_of is None:
        raise ValueError("the base is known as of no moment")
    facts, bearing = known.base.facts, {fact.atom: fact for fact in known.bearing}
    bore = [facts[fact.atom] for fact in (before.bearing if before else ()) if fact.atom in facts]
    bearing |= {fact.atom: fact for fact in bore if fact.atom not in bearing and held_down(fact, known.base)}
    outlook, judgement = known.outlooks.get(role), known.judgements.get(role)
    return Seen(known, role, known.base.as_of, tuple(bearing.values()), outlook, judgement)


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
    for move in sorted(_moves(before, after), key=lambda move: move.rank):
        together.setdefault((move.factor, move.telling[0], move.how), []).append(move)
    groups = sorted(together.values(), key=lambda group: group[0].rank)
    return tuple(_mover(group, before, after, voice) for group in groups[:MOST_MOVERS])


_Key: TypeAlias = tuple[str, tuple[int, ...]]
"""A rule and what it binds: the same line at any moment, because all derivations share their constants."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One rule with one binding: its part of the factor's mean net, all its instances taken together."""

    factor: str
    decibans: float
    instance: int


_Lines: TypeAlias = Mapping[_Key, _Line]


@dataclass(frozen=True, slots=True)
class _Move:
    """One factor of one hypothesis that moved; ``telling`` had most part in it."""

    actor: str
    factor: str
    before: float
    after: float
    telling: _Key
    how: How

    @property
    def size(self) -> float:
        return self.after - self.before

    @property
    def rank(self) -> tuple[float, str, _Key, str]:
        """The largest first; alike everywhere."""
        return (-round(abs(self.size), 9), self.factor, self.telling, self.actor)


def _moves(before: Seen | None, after: Seen) -> Iterator[_Move]:
    weighty = {actor for seen in (before, after) for actor in _of_weight(seen)}
    for actor in sorted(weighty):
        past, present = _lines(before, actor), _lines(after, actor)
        for factor in sorted({line.factor for line in (*past.values(), *present.values())}):
            move = _move(actor, factor, _within(past, factor), _within(present, factor))
            if abs(move.size) >= MOVES:
                yield move


def _of_weight(seen: Seen | None) -> list[str]:
    chances = seen.outlook.actors if seen and seen.outlook else {}
    return [actor for actor, chance in chances.items() if chance >= COUNTS]


def _lines(seen: Seen | None, actor: str) -> _Lines:
    """The lines of a hypothesis; none where it was no hypothesis."""
    if seen is None or seen.outlook is None or actor not in seen.outlook.actors:
        return {}
    there, derivation = seen.outlook.posterior, seen.known.derivation
    stake = there.role.stakes[there.role.actors.index(actor)]
    found: dict[_Key, _Line] = {}
    for credit in credits(stake, there.worlds, derivation, derivation.program.scales.exclusion):
        key = (credit.rule, derivation.binding[credit.instance])
        known = found.get(key)
        decibans = credit.decibans + (known.decibans if known else 0.0)
        found[key] = _Line(credit.factor, decibans, known.instance if known else credit.instance)
    return found


def _within(lines: _Lines, factor: str) -> _Lines:
    return {key: line for key, line in lines.items() if line.factor == factor}


def _move(actor: str, factor: str, past: _Lines, present: _Lines) -> _Move:
    before, after = (sum(line.decibans for line in side.values()) for side in (past, present))
    direction = 1.0 if after >= before else -1.0

    def part(key: _Key) -> float:
        return direction * (_decibans(present, key) - _decibans(past, key))

    telling = max(sorted({*past, *present}), key=part)
    how: How = "gained"
    if telling not in present:
        how = "gone"
    elif abs(_decibans(present, telling)) < abs(_decibans(past, telling)):
        how = "weaker"
    return _Move(actor, factor, before, after, telling, how)


def _decibans(lines: _Lines, key: _Key) -> float:
    return lines[key].decibans if key in lines else 0.0


def _mover(moves: list[_Move], before: Seen | None, after: Seen, voice: Voice) -> Mover:
    first = moves[0]
    seen = before if first.how == "gone" and before else after
    derivation, news = seen.known.derivation, reported(before, after)
    instance = _lines(seen, first.actor)[first.telling].instance
    facts = _owed_to(first, instance, seen, after, news)
    sources, reports = after.known.base.sources, [report for atom in facts for report in news[atom]]
    reporting = [sources[report.source] for report in reports]
    rule = derivation.program.rules[int(derivation.rule[instance])]
    bearers = [Bearer(move.actor, _bound(move, rule, derivation)) for move in moves]
    return Mover(
        actors=tuple(move.actor for move in moves),
        rule=rule.name,
        factor=first.factor,
        factor_name=voice.factor(first.factor),
        sentence=voice.rule(rule, bearers[0].bindings),
        how=first.how,
        before=first.before,
        after=first.after,
        least=min((move.size for move in moves), key=abs),
        likewise=likewise(voice, rule, bearers[0], bearers[1:]),
        facts=facts,
        sources=tuple(dict.fromkeys(map(voice.source, reporting))),
        source_ids=tuple(dict.fromkeys(source.id for source in reporting)),
        denied=bool(reports) and all(report.polarity == "denies" for report in reports),
    )


def _bound(move: _Move, rule: Rule, derivation: Derivation) -> dict[str, Constant]:
    """What the rule's variables are bound to in the line that had most part in a move."""
    return {name: derivation.constants[i] for name, i in zip(rule.variables, move.telling[1], strict=True)}


def _owed_to(move: _Move, instance: int, seen: Seen, after: Seen, news: Collection[Atom]) -> tuple[Atom, ...]:
    """The newly reported facts that a move is owed to; ``instance`` is its line, where it was ``seen``."""
    if facts := _beneath(seen, move.actor, [instance], news):
        return facts
    # The line itself rests on nothing new: another of its factor took its place, or stands against it,
    others = _within(_lines(after, move.actor), move.factor)
    if facts := _beneath(after, move.actor, [line.instance for line in others.values()], news):
        return facts
    # or a rival of what it rests on was reported.
    derivation, known = seen.known.derivation, after.known.base.facts
    rested = (known[atom] for atom in leaves(derivation, seen.known.base, [instance], None) if atom in known)
    return tuple(sorted({rival for fact in rested for rival in fact.rivals if rival in news}, key=str))


def _beneath(seen: Seen, actor: str, instances: list[int], news: Collection[Atom]) -> tuple[Atom, ...]:
    """The newly reported facts beneath lines of a hypothesis, but for those that only make it one."""
    derivation, base = seen.known.derivation, seen.known.base
    candidacy = derivation.atom_ids.get(Atom("candidate", (base.case.id, seen.role, actor)))
    return tuple(sorted((atom for atom in leaves(derivation, base, instances, candidacy) if atom in news), key=str))
