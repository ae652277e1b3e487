"""One role in many worlds that differ little: what weighs as it did somewhere before is not weighed again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TypeAlias, TypeVar

import numpy as np

from reasoner.assessment.bits import Row
from reasoner.assessment.judging import Judgement, judge
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.posterior import Posterior
from reasoner.assessment.umbrellas import Counts, Kinship, Ties, kinship, refronted, sharing
from reasoner.assessment.weighing import Decibans, Weighing, net, started
from reasoner.assessment.worlds import Values, Worlds
from reasoner.stopping import stop_if_unwanted

Moved: TypeAlias = Mapping[int, int]
"""Atom → the number of its row, for atoms that hold elsewhere than at first."""

_Contents: TypeAlias = frozenset[tuple[int, int]]
_Parts: TypeAlias = dict[str | None, _Contents]
"""Factor → what has moved in it; None stands for what comes before all factors."""


_NETS, _STARTS, _WEIGHTS, _TIES = 256, 16, 64, 12
"""So many nets of factors, starts before these, weights and ties are remembered: 2 to 10 MB of each at most."""

_EACH, _INSTANCE, _ROW, _OUTLOOK = 50, 8, 5, 120
"""Work: any change whatever, an instance looked at, a row that moves, an outlook."""

_PASS = 12 / 16_384
"""Work: a number worked out for one world."""

_NET, _START, _WEIGHT, _TIE, _HYPOTHESIS, _COMPANY = 5, 8, 5, 60, 3, 3
"""Passes over all worlds: for a net, a start, a weight, who is whose member, judging a hypothesis, and its company."""

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, eq=False)
class _Tied:
    """Who counts with whom, where ``members`` tells what has moved; ``moved`` are whose prior is shared otherwise."""

    related: Kinship
    shared: Mapping[str, int | Counts]
    members: _Contents
    moved: frozenset[int]


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
    _rows: list[Row] = field(default_factory=list)
    _judged: dict[_Contents, Judgement] = field(default_factory=dict)
    _known_ties: dict[Hashable, _Tied] = field(default_factory=dict)
    _nets: dict[Hashable, int | Decibans] = field(default_factory=dict)
    _starts: dict[Hashable, float | Values] = field(default_factory=dict)
    _weights: dict[Hashable, tuple[Weighing, Values]] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """The role that it is about."""
        return self._there.role.role.id

    @cached_property
    def atoms(self) -> frozenset[int]:
        """The atoms that weigh, or tie hypotheses to each other."""
        return self._there.role.atoms.union(self.ties.atoms())

    def moved(self, rows: Mapping[int, Row], before: Moved) -> Moved:
        """What has moved since the beginning, of the atoms that weigh or tie, where rows have since ``before``."""
        self.spent += _EACH + len(rows) * _ROW
        found, first = dict(before), self._first
        for atom in first.keys() & rows.keys():
            number = self._number(rows[atom])
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
        stop_if_unwanted()
        if not moved:
            return self.whole
        there, role = self._there, self._there.role
        worlds = self._at_first.seen_as({atom: self._rows[number] for atom, number in moved.items()})
        tied = self._tied(moved, worlds)
        changed: dict[int, dict[str | None, list[tuple[int, int]]]] = {place: {None: []} for place in tied.moved}
        for atom, number in moved.items():
            for place, factor in role.concerned.get(atom, ()):
                changed.setdefault(place, {}).setdefault(factor, []).append((atom, number))
        weighings, weights = list(there.weighings), list(there.weights)
        for place, pairs in changed.items():
            contents: _Parts = {factor: frozenset(some) for factor, some in pairs.items()}
            if place in tied.moved:
                contents[None] |= tied.members
            weigh = partial(self._weighed, place, contents, tied.shared.get(role.actors[place], 1), worlds)
            key = (place, frozenset(contents.items()))
            weighings[place], weights[place] = self._remembered(self._weights, key, weigh, _WEIGHTS, _WEIGHT)
        self.spent += _OUTLOOK
        self._work(len(weights) * _HYPOTHESIS + tied.related.uncertain * _COMPANY)
        return Outlook(
            Posterior(role, worlds, tied.related, tied.shared, tuple(weighings), tuple(weights), there.exclusion)
        )

    def looked_at(self, instances: int) -> None:
        """Count what it took to find where atoms hold."""
        self.spent += instances * _INSTANCE

    def redrawn(self, worlds: Worlds) -> None:
        """Count what it took to find where all atoms hold in other worlds, and what the role looks like there."""
        self.looked_at(len(worlds.instances))
        self._work(len(self._there.role.stakes) * (_NET + _START + _WEIGHT + _HYPOTHESIS))

    @cached_property
    def _first(self) -> Mapping[int, int]:
        """The number of the row that each atom has at first."""
        return {atom: self._number(self._there.worlds.row(atom)) for atom in self.atoms}

    @cached_property
    def _at_first(self) -> Worlds:
        """The worlds as they are, rows with the same in them being the same row."""
        return replace(self._there.worlds, rows={atom: self._rows[number] for atom, number in self._first.items()})

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

    def _tied(self, moved: Moved, worlds: Worlds) -> _Tied:
        """Who counts with whom where some atoms have moved."""
        members = frozenset((atom, moved[atom]) for atom in self.ties.member_atoms.intersection(moved))
        fronts = frozenset((atom, moved[atom]) for atom in self.ties.front_atoms.intersection(moved))
        if not members and not fronts:
            return _Tied(self._there.related, self._there.shared, members, frozenset())
        find = partial(self._retied, members, fronts, worlds)
        return self._remembered(self._known_ties, (members, fronts), find, _TIES, _TIE if members else 0)

    def _retied(self, members: _Contents, fronts: _Contents, worlds: Worlds) -> _Tied:
        there, role = self._there, self._there.role
        if not members:
            related = refronted(there.related, self.ties, role.candidates, worlds)
            return _Tied(related, there.shared, members, frozenset())
        related = kinship(self.ties, role.candidates, worlds)
        shared = sharing(role.candidates, related, worlds)
        other = (
            place
            for place, actor in enumerate(role.actors)
            if not np.array_equal(shared.get(actor, 1), there.shared.get(actor, 1))
        )
        return _Tied(related, shared, members, frozenset(other))

    def _weighed(self, place: int, contents: _Parts, shared: int | Counts, worlds: Worlds) -> tuple[Weighing, Values]:
        """What one hypothesis weighs, with its odds, where some parts are otherwise; None: its prior and exclusions."""
        stake, weighing = self._there.role.stakes[place], self._there.weighings[place]
        nets, start = dict(weighing.nets), weighing.start
        for factor, changed in contents.items():
            key = (place, factor, changed)
            if factor is None:
                begin = partial(started, stake, shared, worlds, self.exclusion)
                start = self._remembered(self._starts, key, begin, _STARTS, _START)
            else:
                find = partial(net, stake, factor, worlds)
                nets[factor] = self._remembered(self._nets, key, find, _NETS, _NET)
        weighing = Weighing(nets, start)
        return weighing, weighing.odds(worlds.bits.count)

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
