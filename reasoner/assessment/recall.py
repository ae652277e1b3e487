"""One role in many worlds that differ little: what weighs as it did somewhere before is not weighed again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TypeAlias, TypeVar

from reasoner.assessment.bits import Row
from reasoner.assessment.posterior import Posterior
from reasoner.assessment.ranking import Judgement, Outlook, judge
from reasoner.assessment.umbrellas import Kinship, Ties, discounts, kinship
from reasoner.assessment.weighing import Decibans, Weighing, net, started
from reasoner.assessment.worlds import Values, Worlds

Moved: TypeAlias = Mapping[int, int]
"""Atom → the number of its row, for atoms that hold elsewhere than at first."""

_Contents: TypeAlias = frozenset[tuple[int, int]]
_Related: TypeAlias = tuple[Kinship, Mapping[str, float | Values]]

_NETS, _STARTS, _WEIGHTS = 1_024, 64, 256
"""So many nets of factors, and of what comes before them, and weights are remembered: up to 32 MB of each."""

_EACH, _INSTANCE, _ROW = 60, 10, 4
"""Work: any change whatever, an instance looked at, a row that moves."""

_PASS = 12 / 16_384
"""Work: a number worked out for one world."""

_NET, _START, _WEIGHT, _HYPOTHESIS, _COMPANY = 5, 8, 5, 3, 6
"""Passes over all worlds that a net takes, what comes before, a weight, a hypothesis judged, and who counts with it."""

_Found = TypeVar("_Found")


@dataclass(eq=False)
class Recall:
    """A role as it is, with what has been found out about it where some atoms hold elsewhere.

    Rows are told by what is in them: losses that come to the same are the same. ``spent`` is the work done so far.
    """

    whole: Outlook
    ties: Ties
    exclusion: float
    spent: int = 0
    _numbers: dict[bytes, int] = field(default_factory=dict)
    _first: dict[int, int] = field(default_factory=dict)
    _rows: list[Row] = field(default_factory=list)
    _judged: dict[_Contents, Judgement] = field(default_factory=dict)
    _related: dict[_Contents, _Related] = field(default_factory=dict)
    _nets: dict[Hashable, int | Decibans] = field(default_factory=dict)
    _starts: dict[Hashable, Weighing] = field(default_factory=dict)
    _weights: dict[Hashable, Values] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """The role that it is about."""
        return self._there.role.role.id

    @cached_property
    def atoms(self) -> frozenset[int]:
        """The atoms that weigh, or tie hypotheses to each other."""
        return self._there.role.atoms.union(self.ties.atoms())

    def moved(self, rows: Mapping[int, Row], before: Moved) -> Moved:
        """What has moved since the beginning, where these rows have since ``before``."""
        self.spent += _EACH + len(rows) * _ROW
        found, first, row_of = dict(before), self._first, self._there.worlds.row
        for atom, row in rows.items():
            number = self._number(row)
            if atom not in first:
                first[atom] = self._number(row_of(atom))
            if number == first[atom]:
                found.pop(atom, None)
            else:
                found[atom] = number
        return found

    def seen_in(self, worlds: Worlds) -> Moved:
        """What has moved in other worlds of the same number."""
        before = self._there.worlds.row
        return self.moved({atom: row for atom in self.atoms if (row := worlds.row(atom)) is not before(atom)}, {})

    def judged(self, moved: Moved) -> Judgement:
        """Who would be named, or lead."""
        contents = frozenset(moved.items())
        if contents not in self._judged:
            self._judged[contents] = judge(self.outlook(moved))
        return self._judged[contents]

    def outlook(self, moved: Moved) -> Outlook:
        """What the role would look like; of its worlds only the atoms that weigh or tie are known."""
        if not moved:
            return self.whole
        there, role = self._there, self._there.role
        worlds = there.worlds.seen_as({atom: self._rows[number] for atom, number in moved.items()})
        tied = frozenset((atom, moved[atom]) for atom in self._tying.intersection(moved))
        related, shared = self._kinship(tied, worlds)
        changed: dict[int, dict[str | None, list[tuple[int, int]]]] = {}
        for atom, number in moved.items():
            for place, factor in role.concerned.get(atom, ()):
                changed.setdefault(place, {}).setdefault(factor, []).append((atom, number))
        weighings, weights = list(there.weighings), list(there.weights)
        for place in range(len(role.stakes)) if tied else changed:
            mine = shared.get(role.actors[place], 0.0)
            contents = {factor: frozenset(pairs) for factor, pairs in changed.get(place, {}).items()}
            weighings[place] = self._weighing(place, contents, tied, mine, worlds)
            odds = partial(weighings[place].odds, worlds.bits.count)
            key = (place, frozenset(contents.items()), tied)
            weights[place] = self._remembered(self._weights, key, odds, _WEIGHTS, _WEIGHT)
        self._work(len(weights) * _HYPOTHESIS + related.uncertain * _COMPANY)
        return Outlook(Posterior(role, worlds, related, shared, tuple(weighings), tuple(weights)))

    def looked_at(self, instances: int) -> None:
        """Count what it took to find where atoms hold."""
        self.spent += instances * _INSTANCE

    def redrawn(self, worlds: Worlds) -> None:
        """Count what it took to find where all atoms hold in other worlds, and what the role looks like there."""
        self.looked_at(len(worlds.instances))
        self._work(len(self._there.role.stakes) * (_NET + _START + _WEIGHT + _HYPOTHESIS))

    @cached_property
    def _tying(self) -> frozenset[int]:
        return frozenset(self.ties.atoms())

    @property
    def _there(self) -> Posterior:
        return self.whole.posterior

    def _number(self, row: Row) -> int:
        bits = self._there.worlds.bits
        if not self._rows:
            self._rows.extend((bits.full, bits.empty))
            self._numbers.update((each.tobytes(), number) for number, each in enumerate(self._rows))
        contents = row.tobytes()
        number = self._numbers.setdefault(contents, len(self._rows))
        if number == len(self._rows):
            self._rows.append(row)
        return number

    def _kinship(self, tied: _Contents, worlds: Worlds) -> _Related:
        if not tied:
            return self._there.related, self._there.shared
        if tied not in self._related:
            candidates = self._there.role.candidates
            related = kinship(self.ties, candidates, worlds)
            self._related[tied] = related, discounts(candidates, related, worlds)
        return self._related[tied]

    def _weighing(
        self,
        place: int,
        changed: Mapping[str | None, _Contents],
        tied: _Contents,
        shared: float | Values,
        worlds: Worlds,
    ) -> Weighing:
        """What one hypothesis weighs where these atoms have moved, by factor; None for its prior and exclusions."""
        stake, weighing = self._there.role.stakes[place], self._there.weighings[place]
        nets = dict(weighing.nets)
        for factor, contents in changed.items():
            if factor is not None:
                find = partial(net, stake, factor, worlds)
                nets[factor] = self._remembered(self._nets, (place, factor, contents), find, _NETS, _NET)
        if tied or None in changed:
            begin = partial(started, stake, shared, worlds, self.exclusion)
            key = (place, changed.get(None), tied)
            weighing = self._remembered(self._starts, key, begin, _STARTS, _START)
        return replace(weighing, nets=nets)

    def _remembered(
        self, known: dict[Hashable, _Found], key: Hashable, find: Callable[[], _Found], most: int, passes: int
    ) -> _Found:
        """What is known by a key, or else found; what was not asked for longest is forgotten."""
        if key in known:
            found = known.pop(key)
        else:
            found = find()
            self._work(passes)
        known[key] = found
        if len(known) > most:
            del known[next(iter(known))]
        return found

    def _work(self, passes: int) -> None:
        self.spent += round(passes * self._there.worlds.bits.count * _PASS)
