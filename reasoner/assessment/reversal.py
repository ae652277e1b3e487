"""What would have to be otherwise for one hypothesis to pass another, found by working the ranking out again.

Three ways are tried: lines that carry the one ahead fall, the one behind is level with it in some factors, or the one
behind gains a new line. Nothing is inferred from the decibans alone, because a line that falls may uncover another.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb
from typing import Generic, TypeVar

from reasoner.assessment.assess import Assessment
from reasoner.assessment.contenders import Contender, lead, stake_of
from reasoner.assessment.credits import credits
from reasoner.assessment.decibans import LEAST_SHOWN
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.posterior import posterior
from reasoner.assessment.result import Side
from reasoner.assessment.weights import Stake, Stated
from reasoner.language.vocabulary import MAXIMUM_STRENGTH, NOBODY, OTHER

MOST_TOGETHER = 2
"""Up to so many changes together every set is tried; beyond, a set from which nothing can be spared is looked for."""

MOST_PAIRS = 300
"""How many sets of a size are tried; of too many changes, those that weigh least by themselves are left out."""

_PASSED = -1e-9

Change = TypeVar("Change")


@dataclass(frozen=True, slots=True)
class Strand:
    """The lines that one rule states in one factor for a contender, or against its rival: they fall together.

    ``against``: whether they speak against the one behind.
    """

    rule: str
    factor: str
    against: bool
    instances: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overturn(Generic[Change]):
    """Changes after which the one behind is ahead: the probabilities then, and who then comes first of all."""

    changes: tuple[Change, ...]
    ahead: float
    behind: float
    foremost: str


@dataclass(frozen=True, slots=True)
class Found(Generic[Change]):
    """Sets of changes that overturn a lead, the most telling first; none where no set does.

    ``among`` is how many changes there were to choose from. ``smallest``: no smaller set of them does.
    """

    overturns: tuple[Overturn[Change], ...]
    among: int
    smallest: bool


@dataclass(frozen=True, slots=True)
class Reversal:
    """What would have to be otherwise for the one behind to pass: lines that fall, factors in which to draw level.

    ``new_line`` is the least strength in whole decibans of a sure line of its own that would do, None where none on
    the scale would.
    """

    falling: Found[Strand]
    level: Found[str]
    new_line: int | None


def reversal(assessment: Assessment, role: str, ahead: Contender, behind: Contender) -> Reversal:
    """What would have to be otherwise in a role for ``behind`` to pass ``ahead``, who leads it."""
    outlook, exclusion = assessment.outlooks[role], assessment.derivation.program.scales.exclusion

    def without(strands: Sequence[Strand]) -> Outlook:
        silenced = frozenset[int]().union(*(strand.instances for strand in strands))
        there, worlds = outlook.posterior, assessment.drawn.silenced(silenced)
        return Outlook(posterior(there.role, assessment.ties, worlds, exclusion, like=there))

    def levelled(factors: Sequence[str]) -> Outlook:
        return _levelled(assessment, outlook, ahead, behind, factors)

    search = _Search(ahead, behind)
    return Reversal(
        search.run(strands(assessment, outlook, ahead, behind), without),
        search.run(_factors_to_gain(outlook, ahead, behind), levelled),
        _new_line(outlook, ahead, behind),
    )


def strands(assessment: Assessment, outlook: Outlook, ahead: Contender, behind: Contender) -> tuple[Strand, ...]:
    """What carries a lead: lines for the one ahead that weigh less for the other, or the other way round against."""
    lines = {contender.actor: _lines(assessment, outlook, contender) for contender in (ahead, behind)}
    found = []
    for contender, rival, against in ((ahead, behind, False), (behind, ahead, True)):
        theirs = lines[rival.actor]
        for key, (weight, instances) in sorted(lines[contender.actor].items()):
            rule, factor, side = key
            if (side == "supports") != against and weight >= theirs.get(key, _NOTHING)[0] + LEAST_SHOWN:
                found.append(Strand(rule, factor, against, frozenset(instances)))
    return tuple(found)


_Lines = Mapping[tuple[str, str, Side], tuple[float, set[int]]]
_NOTHING: tuple[float, set[int]] = (0.0, set())


def _lines(assessment: Assessment, outlook: Outlook, contender: Contender) -> _Lines:
    """The lines by rule, factor and side: the weight of the weightiest, and all instances.

    The weight is mean decibans as if no other line stood in the factor, because one that falls may uncover another.
    """
    worlds, exclusion = outlook.posterior.worlds, assessment.derivation.program.scales.exclusion
    found: dict[tuple[str, str, Side], tuple[float, set[int]]] = {}
    for actor in contender.party(outlook):
        for credit in credits(stake_of(outlook, actor), worlds, assessment.derivation, exclusion):
            key = (credit.rule, credit.factor, credit.side)
            most, instances = found.get(key, (0.0, set()))
            weight = abs(credit.strength) * credit.probability
            found[key] = (max(most, weight), instances | {credit.instance})
    return found


def _factors_to_gain(outlook: Outlook, ahead: Contender, behind: Contender) -> tuple[str, ...]:
    """The factors in which the one ahead has a line that the one behind might have as well."""
    if behind.told in (OTHER, NOBODY):
        return ()
    return tuple(sorted(stake_of(outlook, ahead.told).supports))


def _levelled(
    assessment: Assessment, outlook: Outlook, ahead: Contender, behind: Contender, factors: Sequence[str]
) -> Outlook:
    """The outlook if everyone who counts with the one behind had the lines of the one ahead in some factors."""
    model = stake_of(outlook, ahead.told)
    party = behind.party(outlook)

    def lines(own: dict[str, Stated], those: dict[str, Stated]) -> dict[str, Stated]:
        others = {factor: stated for factor, stated in own.items() if factor not in factors}
        return others | {factor: those[factor] for factor in factors if factor in those}

    def changed(stake: Stake) -> Stake:
        if stake.actor not in party:
            return stake
        supports = lines(dict(stake.supports), dict(model.supports))
        return replace(stake, supports=supports, opposes=lines(dict(stake.opposes), dict(model.opposes)))

    there = outlook.posterior
    role = replace(there.role, stakes=tuple(map(changed, there.role.stakes)))
    exclusion = assessment.derivation.program.scales.exclusion
    return Outlook(posterior(role, assessment.ties, there.worlds, exclusion))


def _new_line(outlook: Outlook, ahead: Contender, behind: Contender) -> int | None:
    """The least whole strength of a line that holds in every world and puts the one behind ahead."""
    there = outlook.posterior
    party = frozenset(behind.party(outlook))

    def passes(decibans: int) -> bool:
        return lead(Outlook(there.raised(party, decibans)), ahead, behind) < _PASSED

    if not passes(MAXIMUM_STRENGTH):
        return None
    low, high = 0, MAXIMUM_STRENGTH
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if passes(middle) else (middle, high)
    return high


@dataclass(frozen=True, slots=True)
class _Search:
    """The smallest sets of changes that put one contender ahead of the other."""

    ahead: Contender
    behind: Contender

    def run(self, changes: Sequence[Change], after: Callable[[Sequence[Change]], Outlook]) -> Found[Change]:
        """Every single that does; else a set from which nothing can be spared, or what is found below its size."""
        single = sorted((self._overturn((change,), after((change,))) for change in changes), key=_telling)
        ordered = [overturn.changes[0] for overturn in single]
        passing = tuple(filter(self._passed, single))
        if passing or not ordered:
            return Found(passing, len(ordered), True)
        spare = self._sparest(ordered, after)
        if spare is None:
            return Found((), len(ordered), False)
        for size in range(2, min(MOST_TOGETHER + 1, len(spare.changes))):
            among = ordered[: _affordable(len(ordered), size)]
            tried = [self._overturn(chosen, after(chosen)) for chosen in itertools.combinations(among, size)]
            found = tuple(sorted(filter(self._passed, tried), key=_telling))
            if found:
                return Found(found, len(ordered), True)
        return Found((spare,), len(ordered), len(spare.changes) <= MOST_TOGETHER + 1)

    def _sparest(
        self, ordered: Sequence[Change], after: Callable[[Sequence[Change]], Outlook]
    ) -> Overturn[Change] | None:
        """All changes together, less those that can be spared, the least telling first; None where all do not do."""
        found = self._overturn(ordered, after(ordered))
        if not self._passed(found):
            return None
        for change in reversed(ordered):
            rest = tuple(each for each in found.changes if each != change)
            if rest:
                fewer = self._overturn(rest, after(rest))
                found = fewer if self._passed(fewer) else found
        return found

    def _overturn(self, changes: Sequence[Change], after: Outlook) -> Overturn[Change]:
        ahead, behind = self.ahead.chance(after), self.behind.chance(after)
        foremost = max(after.rows, key=lambda actor: after.rows[actor])
        return Overturn(tuple(changes), ahead, behind, foremost)

    def _passed(self, overturn: Overturn[Change]) -> bool:
        return overturn.behind > overturn.ahead - _PASSED


def _telling(overturn: Overturn[Change]) -> float:
    """The less of a lead is left, the more telling."""
    return overturn.ahead / max(overturn.behind, 1e-300)


def _affordable(number: int, size: int) -> int:
    """Of how many changes all sets of a size may be tried."""
    while comb(number, size) > MOST_PAIRS:
        number -= 1
    return number
