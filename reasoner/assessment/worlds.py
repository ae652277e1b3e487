"""The worlds of a case: which draws matter, how many worlds there are, and what holds in each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Bits, Row
from reasoner.assessment.circuit import Circuit
from reasoner.assessment.draws import BLOCKS, Weights, exact_count, exact_rows, sampled_rows
from reasoner.assessment.result import Method, Settings
from reasoner.assessment.revision import Change, revised, revised_each
from reasoner.evidence.base import Base, Draw
from reasoner.grounding.graph import Derivation
from reasoner.problems import InputError, Problem
from reasoner.terms import Atom

EXACT = 65_536
"""Up to so many worlds are enumerated."""

EXACT_FORCED = 4 * EXACT
"""Up to so many where the other side of a comparison was enumerated."""

FINEST_ERROR = 1 / 16_384
"""No standard error of a sample is stated below this."""

_TOGETHER = 16
"""With so many changes at once the same worlds are worked out."""

_PIECE = 8_192

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """What holds where, for the atoms that some targets depend on.

    ``rows`` maps atom ids to where they hold; an atom without a row holds nowhere. ``facts`` are the rows of facts
    alone, ``atoms`` (with the gates of aggregates) and ``instances`` (ascending) those that matter. ``weights`` are the
    worlds' probabilities, None where they were sampled and count alike, in 16 blocks of equal size. ``silent`` are
    the instances that never fire.
    """

    circuit: Circuit
    bits: Bits
    weights: Weights | None
    atoms: frozenset[int]
    instances: tuple[int, ...]
    facts: Mapping[int, Row]
    rows: Mapping[int, Row]
    silent: frozenset[int] = frozenset()

    @property
    def method(self) -> Method:
        """How they came about."""
        return "sampled" if self.weights is None else "exact"

    @property
    def sampled(self) -> int:
        """How many were drawn; 0 where all were enumerated."""
        return self.bits.count if self.weights is None else 0

    def row(self, atom: int) -> Row:
        """Where an atom holds."""
        return self.rows.get(atom, self.bits.empty)

    def differing(self, atoms: Iterable[int], other: Worlds) -> frozenset[int]:
        """Those of some atoms that do not keep their very row in other worlds made from these, or the other way."""
        mine, theirs, empty = self.rows.get, other.rows.get, self.bits.empty
        return frozenset([atom for atom in atoms if mine(atom, empty) is not theirs(atom, empty)])

    def fires(self, instance: int) -> Row:
        """Where an instance fires, for instances that matter."""
        return self.circuit.fires(instance, self.rows, self.bits)

    def silenced(self, instances: Collection[int]) -> Worlds:
        """The same worlds, with these instances never firing."""
        return self.with_facts({}, instances)

    def with_facts(self, facts: Mapping[int, Row], silenced: Collection[int] = ()) -> Worlds:
        """The same worlds where some facts, among those that matter, hold elsewhere, and some instances never fire.

        What that doesn't touch keeps its very row.
        """
        empty = self.bits.empty
        changed = {a: row for a, row in facts.items() if not self.bits.same(row, self.facts.get(a, empty))}
        quieter = self.silent.symmetric_difference(self.silent.union(silenced))
        if not changed and not quieter:
            return self
        held, silent = {**self.facts, **changed}, self.silent.union(silenced)
        muted = dict.fromkeys(silent, empty)
        rows = revised(self.circuit, self.rows, held, changed, muted, quieter, self.atoms, self.bits)
        return replace(self, facts=held, rows=rows, silent=silent)

    def moved_each(self, changes: Sequence[Change], kept: Collection[int]) -> Iterator[tuple[Mapping[int, Row], int]]:
        """The rows of the atoms ``kept`` that move with each of several changes; quicker than one by one.

        Each comes with how many instances were looked at since the one before it.
        """
        found: dict[int, tuple[Mapping[int, Row], int]] = {}
        places = sorted(range(len(changes)), key=lambda place: self._cycles(changes[place]))
        for start in range(0, len(changes), _TOGETHER):
            some = places[start : start + _TOGETHER]
            these = [changes[place] for place in some]
            each, looked_at = revised_each(
                self.circuit, self.rows, self.facts, self.silent, these, self.atoms, self.bits, kept
            )
            found.update(zip(some, zip(each, (looked_at, *[0] * (len(some) - 1)), strict=True), strict=True))
        return (found[place] for place in range(len(changes)))

    def _cycles(self, change: Change) -> int:
        """The recursive components that a change may concern; those alike in that are worked out together."""
        atoms = (*change.facts, *(self.circuit.head[instance] for instance in change.silenced))
        return reduce(or_, (self.circuit.cycles.get(atom, 0) for atom in atoms), 0)

    def moved(self, change: Change, rows: Mapping[int, Row]) -> Worlds:
        """The same worlds with a change that moves these rows, all that there are to move."""
        facts, silent = {**self.facts, **change.facts}, self.silent | change.silenced
        return replace(self, facts=facts, rows={**self.rows, **rows}, silent=silent)

    def seen_as(self, rows: Mapping[int, Row]) -> Worlds:
        """The same worlds with some atoms holding elsewhere, whatever that follows from."""
        return replace(self, rows={**self.rows, **rows})

    def with_each(self, changes: Sequence[Change], kept: Collection[int]) -> Iterator[Worlds]:
        """The same worlds with each of several changes; only the atoms ``kept`` are known there."""
        return (self.seen_as(moved) for moved, _ in self.moved_each(changes, kept))

    def share(self, row: Row) -> float:
        """The probability of a row."""
        if row is self.bits.full:
            return 1.0
        if row is self.bits.empty:
            return 0.0
        if self.weights is None:
            return int(np.bitwise_count(row).sum()) / self.bits.count
        return float(self.weights[self.bits.unpack(row).view(np.bool_)].sum())

    def mean(self, values: Values) -> Values:
        """Mean over the worlds, the last axis."""
        if self.weights is None:
            return np.asarray(values.mean(axis=-1))
        return np.asarray((values * self.weights).sum(axis=-1))

    def mean_product(self, one: Values, other: Values) -> float:
        """Mean over the worlds of a product, added up in pieces so small that no machine shares one out to threads."""
        if self.weights is not None:
            one = one * self.weights
        pieces = range(0, self.bits.count, _PIECE)
        total = sum(float(np.dot(one[start : start + _PIECE], other[start : start + _PIECE])) for start in pieces)
        return total if self.weights is not None else total / self.bits.count

    def standard_error(self, values: Values) -> Values:
        """Standard error of the mean; 0 where worlds were enumerated."""
        return sampling_error(values) if self.weights is None else np.zeros(values.shape[:-1])


def sampling_error(values: Values) -> Values:
    """Standard error of the mean over sampled worlds, the last axis, from the spread of their 16 blocks.

    Never below what the rounding of a fact's share to whole worlds of a block can come to: half a world in each, over
    the 16 blocks two in all worlds. Sixteen blocks may all be rounded the same way, and show no spread.
    """
    blocks = values.reshape(*values.shape[:-1], BLOCKS, -1).mean(axis=-1)
    error = blocks.std(axis=-1, ddof=1) / BLOCKS**0.5
    return np.asarray(np.maximum(error, max(FINEST_ERROR, 2 / values.shape[-1])))


def checked(settings: Settings) -> Settings:
    """The settings, if worlds can be drawn by them.

    Raises:
        InputError: the number of worlds is no positive multiple of 16.
    """
    if settings.worlds < BLOCKS or settings.worlds % BLOCKS:
        message = f"{settings.worlds} worlds can't be drawn: the number must be a multiple of {BLOCKS}"
        raise InputError([Problem("number-of-worlds", message, hint=f"try {_multiple(settings.worlds)}")])
    return settings


def _multiple(worlds: int) -> int:
    return max(1, round(worlds / BLOCKS)) * BLOCKS


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What some target atoms depend on: atoms, instances (ascending), draws in order, and how many worlds they make.

    ``needed`` are the uncertain facts asked for, with those that gate them.
    """

    atoms: frozenset[int]
    instances: tuple[int, ...]
    draws: tuple[Draw, ...]
    needed: frozenset[Atom]
    count: int


@dataclass(frozen=True, eq=False)
class Footing:
    """A base as its derivation sees it: ``certain`` are the ids of facts that hold in every world, ``held`` all such.

    Facts that the derivation knows nothing of play no part.
    """

    base: Base
    derivation: Derivation
    circuit: Circuit
    certain: frozenset[int]
    held: frozenset[Atom]

    @classmethod
    def of(cls, base: Base, derivation: Derivation, circuit: Circuit) -> Footing:
        """The footing that a base gives a derivation."""
        held = frozenset(base.facts).difference(atom for atom, fact in base.facts.items() if not fact.certain)
        known = map(derivation.atom_ids.get, held)
        return cls(base, derivation, circuit, frozenset(each for each in known if each is not None), held)

    def scope(self, targets: Iterable[int]) -> Scope:
        """What the targets depend on; only facts that reach one are drawn."""
        atoms, instances = self.circuit.reach(targets, self.certain)
        gates = self.circuit.gates
        needed = {self.derivation.atoms[atom] for atom in atoms if atom not in self.certain and atom not in gates}
        draws = self._relevant(needed)
        return Scope(atoms, instances, draws, frozenset(needed), exact_count(draws, needed))

    @cached_property
    def facts_known(self) -> frozenset[int]:
        """The identities of the base's facts."""
        return frozenset(map(id, self.base.facts.values()))

    @cached_property
    def draws_known(self) -> frozenset[int]:
        """The identities of the base's draws."""
        return frozenset(map(id, self.base.draws))

    @cached_property
    def _drawn_by(self) -> Mapping[Atom, int]:
        """Fact → the place of its draw."""
        return {value: place for place, draw in enumerate(self.base.draws) for value in draw.values}

    def _relevant(self, needed: set[Atom]) -> tuple[Draw, ...]:
        """The draws with a needed value, in order; adds to ``needed`` the facts that gate them."""
        draws, places, due = self.base.draws, set(), list(needed)
        while due:
            place = self._drawn_by.get(due.pop())
            if place is None or place in places:
                continue
            places.add(place)
            gate = draws[place].within
            if gate is not None:
                needed.add(gate)
                due.append(gate)
        return tuple(draws[place] for place in sorted(places))

    def worlds(self, scope: Scope, settings: Settings, limit: int = EXACT) -> Worlds:
        """The worlds of a scope, and what holds in them: enumerated up to ``limit`` worlds, else sampled."""
        drawn: Mapping[Atom, Row]
        weights: Weights | None = None
        if scope.count <= limit:
            bits = Bits.over(scope.count)
            drawn, weights = exact_rows(scope.draws, scope.needed, bits)
        else:
            bits = Bits.over(settings.worlds)
            drawn = _sampled(scope.draws, settings)
        ids = self.derivation.atom_ids
        rows = _gated(scope.draws, drawn, self.held, bits)
        facts = {ids[atom]: row for atom, row in rows.items() if atom in ids and row is not bits.empty}
        facts |= {atom: bits.full for atom in scope.atoms if atom in self.certain}
        propagated = self.circuit.propagate(scope.instances, facts, (), bits)
        self.circuit.decide_gates(scope.atoms, propagated, bits)
        return Worlds(self.circuit, bits, weights, scope.atoms, scope.instances, facts, propagated)


def moved_facts(before: Footing, base: Base, worlds: Worlds, settings: Settings) -> Mapping[int, Row] | None:
    """Where facts that matter hold in sampled worlds of another base, for those that it changes.

    None where a fact is certain no longer that also follows by rules, so that what it follows from matters now. What
    stays is told by its identity.
    """
    bits, ids, held = worlds.bits, before.derivation.atom_ids, before.held
    staying = set(map(id, base.facts.values()))
    changed = {atom: fact for atom, fact in before.base.facts.items() if id(fact) not in staying}
    now = {atom: fact for atom, fact in base.facts.items() if id(fact) not in before.facts_known}
    rows = dict.fromkeys((*changed, *now), bits.empty)
    rows |= {atom: bits.full for atom, fact in now.items() if fact.certain}
    if any(ids.get(atom) in before.circuit.deriving for atom in rows if atom in held and rows[atom] is bits.empty):
        return None
    for draw in base.draws:  # those within a fact come after its own
        if id(draw) in before.draws_known and (draw.within is None or draw.within not in rows):
            continue
        gate = bits.full
        if draw.within is not None:
            known = bits.full if draw.within in held else worlds.facts.get(ids.get(draw.within, -1), bits.empty)
            gate = rows.get(draw.within, known)
        drawn = sampled_rows(settings.seed, draw.name, draw.shares, settings.worlds)
        rows.update((value, bits.both(row, gate)) for value, row in zip(draw.values, drawn, strict=True))
    mattering = ((ids.get(atom, -1), row) for atom, row in rows.items())
    return {number: row for number, row in mattering if number in worlds.atoms or number in worlds.facts}


def _sampled(draws: tuple[Draw, ...], settings: Settings) -> Mapping[Atom, Row]:
    drawn: dict[Atom, Row] = {}
    for draw in draws:
        drawn |= zip(draw.values, sampled_rows(settings.seed, draw.name, draw.shares, settings.worlds), strict=True)
    return drawn


def _gated(draws: tuple[Draw, ...], drawn: Mapping[Atom, Row], held: Collection[Atom], bits: Bits) -> dict[Atom, Row]:
    """Where each drawn value holds, once the fact that it refines is asked for."""
    rows: dict[Atom, Row] = {}
    for draw in draws:
        gate = bits.full
        if draw.within is not None and draw.within not in held:
            gate = rows.get(draw.within, bits.empty)
        for value in draw.values:
            rows[value] = bits.both(drawn.get(value, bits.empty), gate)
    return rows
