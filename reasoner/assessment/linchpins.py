"""What a lead hangs on: how far the ranking moves without each part, and the smallest sets that bring it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Protocol

from reasoner.assessment.decibans import log_odds
from reasoner.assessment.parts import Part
from reasoner.assessment.ranking import Judgement, Outlook, judge

MOST_SEARCHED, LARGEST_SET = 24, 3
"""How many of the parts that matter most are tried together, and how many of them at a time."""

WORK, EACH = 500_000, 60
"""What all sets tried together may take, some two seconds, and what each takes besides what it moves; see `Left`."""

_SAME = 1e-9


def most_searched(moved: Sequence[int]) -> int:
    """How many parts are tried together, the first of those that move so much each; no fewer than three."""
    parts = range(min(MOST_SEARCHED, len(moved)), LARGEST_SET, -1)
    return next((number for number in parts if _work(moved[:number]) <= WORK), min(LARGEST_SET, len(moved)))


def _work(moved: Sequence[int]) -> int:
    """Each part comes last in as many pairs and triples as parts and pairs of parts come before it."""
    return sum((EACH + each) * (place + comb(place, 2)) for place, each in enumerate(moved))


class Left(Protocol):
    """A role without some parts, from which one more can be taken away."""

    @property
    def outlook(self) -> Outlook:
        """What it looks like."""

    @property
    def moved(self) -> int:
        """What its parts move, as work: atoms that hold elsewhere, times hypotheses that weigh otherwise."""

    def without(self, part: Part) -> Left:
        """The same without that part, too."""

    def each(self, parts: Sequence[Part]) -> Iterator[Outlook]:
        """What it looks like without one part more, for each of several."""


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


def linchpins(whole: Left, parts: Sequence[Part]) -> Linchpins:
    """Try each part alone, and of those that don't end the lead the 24 that matter most, two and three at a time.

    That is at most 2,300 sets. Fewer parts are tried together where each set takes long, counted by what it moves.
    """
    judged = judge(whole.outlook)
    role = whole.outlook.posterior.role.role.id
    if judged.subject is None:
        return Linchpins(role, judged, 0.0, (), (), 0, 0, 0)
    single = losses(whole, parts)
    holding = [each.part for each in single if not each.lost]
    left = [whole.without(part) for part in holding[:MOST_SEARCHED]]
    most = most_searched([each.moved for each in left])
    search = _Search(whole, judged)
    ending = (search.breaking((each.part,), each.after) for each in single if each.lost)
    return Linchpins(
        role=role,
        judged=judged,
        probability=judged.probability(whole.outlook),
        single=tuple(each for each in single if each.lost or abs(each.decibans) > _SAME),
        sets=(*ending, *search.together(holding[:most], left[:most])),
        tried=len(parts),
        searched=most,
        unsearched=len(holding[most:]),
    )


def losses(whole: Left, parts: Sequence[Part]) -> list[Linchpin]:
    """What would be without each part, the largest move first; somebody has to be in front."""
    search = _Search(whole, judge(whole.outlook))
    return sorted(map(search.alone, parts, whole.each(parts)), key=_importance)


def _importance(each: Linchpin) -> tuple[float, str, str]:
    return (-round(abs(each.decibans), 9), each.part.what, each.part.id)


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for what ends a lead."""

    whole: Left
    judged: Judgement

    def alone(self, part: Part, outlook: Outlook) -> Linchpin:
        after = judge(outlook)
        before, now = self.judged.probability(self.whole.outlook), self.judged.probability(outlook)
        return Linchpin(part, after, self._lost(after), now, log_odds(now) - log_odds(before))

    def together(self, parts: Sequence[Part], left: Sequence[Left]) -> Iterator[Breaking]:
        """The sets of two, then of three, none of them with a smaller one inside, by how much their parts matter.

        ``left`` is what is left without each of the parts.
        """
        pairs: set[tuple[int, int]] = set()
        for first, one in enumerate(left):
            for second, after in self._judged(one, parts, range(first + 1, len(parts))):
                if self._lost(after):
                    pairs.add((first, second))
                    yield self.breaking((parts[first], parts[second]), after)
        for first, second in combinations(range(len(parts)), 2):
            if (first, second) in pairs:
                continue
            thirds = range(second + 1, len(parts))
            untried = [n for n in thirds if (first, n) not in pairs and (second, n) not in pairs]
            two = left[first].without(parts[second])
            for third, after in self._judged(two, parts, untried):
                if self._lost(after):
                    yield self.breaking((parts[first], parts[second], parts[third]), after)

    def _judged(self, left: Left, parts: Sequence[Part], places: Sequence[int]) -> Iterator[tuple[int, Judgement]]:
        outlooks = left.each([parts[place] for place in places])
        return ((place, judge(outlook)) for place, outlook in zip(places, outlooks, strict=True))

    def breaking(self, parts: tuple[Part, ...], after: Judgement) -> Breaking:
        return Breaking(parts, after, not self.judged.kept(self.whole.outlook, after))

    def _lost(self, after: Judgement) -> bool:
        return self.judged.lost(self.whole.outlook, after)
