"""What a lead hangs on: how far the ranking moves without each part, and the smallest sets that bring it down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol, TypeAlias

from reasoner.assessment.decibans import log_odds
from reasoner.assessment.judging import Judgement, Loss, judge
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.parts import Named, Part

MOST_SEARCHED, LARGEST_SET = 24, 3
"""How many of the parts that matter most are tried together, and how many of them at a time."""

WORK = 800_000
"""What it may all take, counted and not timed, before no further part is tried together with others."""

_SAME = 1e-9

_LEFT, _TRIED = 8, 32
"""So many parts are taken away beforehand, and so many sets tried before the work is looked at."""

Places: TypeAlias = tuple[int, ...]
"""Which of the parts are in a set, ascending."""


class Left(Protocol):
    """A role without some parts, from which one more can be taken away."""

    @property
    def outlook(self) -> Outlook:
        """What it looks like."""

    @property
    def spent(self) -> int:
        """The work that has gone into the role by now, whatever is taken away from it."""

    def without_each(self, parts: Sequence[Part]) -> Iterator[Left]:
        """The same without one part more, for each of several."""

    def each(self, parts: Sequence[Part]) -> Iterator[Outlook]:
        """What it looks like without one part more, for each of several."""

    def judged(self, sets: Sequence[tuple[Part, ...]]) -> Iterator[Judgement]:
        """Who would be named, or lead, without some parts more, for each of several sets of them."""


@dataclass(frozen=True, slots=True)
class Linchpin:
    """One part, and what would be without it.

    ``probability`` is that of whoever leads now, ``decibans`` by how much their log-odds move.
    """

    part: Part
    after: Judgement
    lost: bool
    probability: float
    decibans: float


@dataclass(frozen=True, slots=True)
class Breaking:
    """A set of parts without which the lead is lost, though not without fewer of them.

    ``passed`` says that somebody else leads then; else nobody is named any more, with the same one in front.
    """

    parts: tuple[Part, ...]
    after: Judgement
    passed: bool


@dataclass(frozen=True, slots=True)
class Linchpins:
    """What the lead in one role hangs on.

    ``single`` are all parts, of those ``tried``, without which it moves, the largest move first; ``sets`` all minimal
    sets found, smaller ones first. Of the parts whose loss alone does not end it, the first ``searched`` were tried
    together; the others, ``unsearched`` in number, move it by less, or not at all.
    """

    role: str
    judged: Judgement
    probability: float
    single: tuple[Linchpin, ...]
    sets: tuple[Breaking, ...]
    tried: int
    searched: int
    unsearched: int


def linchpins(whole: Left, parts: Sequence[Part], known: Mapping[Named, Loss]) -> Linchpins:
    """Try each part alone, and of those that don't end the lead the 24 that matter most, two and three at a time.

    That is at most 2,300 sets. Fewer parts are tried together where that takes too much work. What would be without
    a part alone is not worked out again where it is ``known``.
    """
    judged = judge(whole.outlook)
    role = whole.outlook.posterior.role.role.id
    if judged.subject is None:
        return Linchpins(role, judged, 0.0, (), (), 0, 0, 0)
    single = losses(whole, parts, known)
    holding = [each.part for each in single if not each.lost]
    search = _Together(whole, judged, holding[:MOST_SEARCHED])
    together = search.sets()
    return Linchpins(
        role=role,
        judged=judged,
        probability=judged.probability(whole.outlook),
        single=tuple(each for each in single if each.lost or abs(each.decibans) > _SAME),
        sets=(*(_breaking(whole, judged, (each.part,), each.after) for each in single if each.lost), *together),
        tried=len(parts),
        searched=search.searched,
        unsearched=len(holding) - search.searched,
    )


def losses(whole: Left, parts: Sequence[Part], known: Mapping[Named, Loss]) -> list[Linchpin]:
    """What would be without each part, the largest move first; somebody has to be in front."""
    judged = judge(whole.outlook)
    before = judged.probability(whole.outlook)

    def alone(part: Part, probability: float, after: Judgement) -> Linchpin:
        decibans = log_odds(probability) - log_odds(before)
        return Linchpin(part, after, judged.lost(whole.outlook, after), probability, decibans)

    told = {part: loss for part in parts for name in (part.name, *part.alike) if (loss := known.get(name))}
    found = [alone(part, loss.probability, loss.after) for part, loss in told.items()]
    others = [part for part in parts if part not in told]
    outlooks = zip(others, whole.each(others), strict=True)
    found += (alone(part, judged.probability(outlook), judge(outlook)) for part, outlook in outlooks)
    return sorted(found, key=_importance)


def _importance(each: Linchpin) -> tuple[float, str, str]:
    return (-round(abs(each.decibans), 9), each.part.what, each.part.id)


def _breaking(whole: Left, judged: Judgement, parts: tuple[Part, ...], after: Judgement) -> Breaking:
    return Breaking(parts, after, not judged.kept(whole.outlook, after))


@dataclass
class _Together:
    """The search for sets of two and three parts that end a lead, none of them with a smaller one inside.

    One part more is tried with all before it, and counts as ``searched`` once all these sets have been tried.
    """

    whole: Left
    judged: Judgement
    parts: Sequence[Part]
    searched: int = 0

    def sets(self) -> tuple[Breaking, ...]:
        """Those of two, then those of three, by how much their parts matter."""
        ending: dict[Places, Judgement] = {}
        for last, left in enumerate(self._left()):
            more = self._ending_with(last, left, ending)
            if more is None:
                break
            ending |= more
            self.searched += 1
        return tuple(
            _breaking(self.whole, self.judged, self._parts(places), ending[places])
            for places in sorted(ending, key=lambda places: (len(places), places))
        )

    def _left(self) -> Iterator[Left]:
        """What is left without each part; a few at a time, since not all may be asked for."""
        for start in range(0, len(self.parts), _LEFT):
            yield from self.whole.without_each(self.parts[start : start + _LEFT])

    def _ending_with(self, last: int, left: Left, known: Collection[Places]) -> Mapping[Places, Judgement] | None:
        """The sets of which a part is the last, what ``left`` is without it; None where that takes too much work."""
        others = [place for place in range(last) if self._apart(place, last)]
        found = self._ending(left, last, [(place,) for place in others])
        pairs = [
            (first, second)
            for first, second in combinations(others, 2)
            if (first, second) not in known and self._apart(first, second)
            if (first, last) not in found and (second, last) not in found
        ]
        for start in range(0, len(pairs), _TRIED):
            if last >= LARGEST_SET and self.whole.spent > WORK:
                return None
            found |= self._ending(left, last, pairs[start : start + _TRIED])
        return found

    def _ending(self, left: Left, last: int, others: Sequence[Places]) -> dict[Places, Judgement]:
        """Which sets end the lead, of a last part that is gone already with some others each."""
        judged = left.judged([self._parts(places) for places in others])
        return {
            (*places, last): after
            for places, after in zip(others, judged, strict=True)
            if self.judged.lost(self.whole.outlook, after)
        }

    def _parts(self, places: Places) -> tuple[Part, ...]:
        return tuple(self.parts[place] for place in places)

    def _apart(self, one: int, other: int) -> bool:
        """Whether losing both may be something else than losing one of them."""
        return not (self.parts[one].within(self.parts[other]) or self.parts[other].within(self.parts[one]))
