"""Who belongs to whom, world by world: members under umbrellas, and fronts with their owners."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reasoner.assessment.bits import Bits, Row
from reasoner.assessment.patterns import Patterns
from reasoner.assessment.weights import RoleStakes
from reasoner.assessment.worlds import Values, Worlds
from reasoner.grounding.graph import Derivation

Above = Mapping[str, Mapping[str, Row]]
"""Umbrella → hypothesis beneath it → the worlds in which it is."""


@dataclass(frozen=True)
class Ties:
    """The ties between actors that some world may hold, as pairs with their atom ids.

    ``memberships`` are (member, umbrella) pairs above any candidate, in any number of steps; ``fronts`` are
    (front, owner) pairs where the front is a candidate and the owner a candidate or an umbrella over one.
    """

    memberships: tuple[tuple[str, str, int], ...]
    fronts: tuple[tuple[str, str, int], ...]

    def atoms(self) -> Iterator[int]:
        """The ids of the atoms that say so."""
        yield from (atom for _, _, atom in (*self.memberships, *self.fronts))

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Who may be a member of whom, in any number of steps; nobody of themselves."""
        over: dict[str, list[str]] = defaultdict(list)
        for member, umbrella, _ in self.memberships:
            over[member].append(umbrella)
        found: dict[tuple[str, str], None] = {}
        for member in list(over):
            due = [*over[member]]
            while due:
                umbrella = due.pop()
                if umbrella != member and (member, umbrella) not in found:
                    found[member, umbrella] = None
                    due += over.get(umbrella, ())
        return tuple(found)


def read_ties(derivation: Derivation, roles: Iterable[RoleStakes]) -> Ties:
    """The ties that concern the candidates of these roles."""
    candidates = {actor for role in roles for actor in role.candidates}
    over: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for member, umbrella, atom in _pairs(derivation, "member_of"):
        over[member].append((umbrella, atom))
    memberships: list[tuple[str, str, int]] = []
    reached, due = set(candidates), sorted(candidates)
    while due:
        member = due.pop()
        for umbrella, atom in over[member]:
            memberships.append((member, umbrella, atom))
            if umbrella not in reached:
                reached.add(umbrella)
                due.append(umbrella)
    fronts = [pair for pair in _pairs(derivation, "front_for") if pair[0] in candidates and pair[1] in reached]
    return Ties(tuple(sorted(memberships)), tuple(sorted(fronts)))


def _pairs(derivation: Derivation, predicate: str) -> Iterator[tuple[str, str, int]]:
    for number in derivation.with_predicate(predicate):
        first, *others = derivation.atoms[number].arguments
        if len(others) == 1 and isinstance(first, str) and isinstance(others[0], str) and first != others[0]:
            yield first, others[0], number


@dataclass(frozen=True, slots=True, eq=False)
class Kinship:
    """Who is under whom in the worlds at hand, among the candidates of one role.

    ``beneath`` holds every umbrella with the candidates that may be under it, without itself; ``over`` all umbrellas
    that any of them may be under, for candidates and umbrellas; ``fronting`` where a front is its owner's.
    Membership is transitive. ``patterns`` remember how these rows divide the worlds.
    """

    beneath: Above
    over: Mapping[str, frozenset[str]]
    fronting: Mapping[tuple[str, str], Row]
    patterns: Patterns = field(default_factory=Patterns)

    @property
    def owners(self) -> tuple[str, ...]:
        """Everyone who has a front."""
        return tuple(sorted({owner for _, owner in self.fronting}))

    @property
    def uncertain(self) -> int:
        """How many hypotheses may count with somebody else."""
        return len(
            {member for members in self.beneath.values() for member in members} | {one for one, _ in self.fronting}
        )


def kinship(ties: Ties, candidates: Collection[str], worlds: Worlds) -> Kinship:
    """Who is under whom, in which worlds."""
    closure = _closure(ties, worlds)
    beneath: dict[str, dict[str, Row]] = defaultdict(dict)
    over: dict[str, set[str]] = defaultdict(set)
    for (member, umbrella), row in closure.items():
        over[member].add(umbrella)
        if member in candidates:
            beneath[umbrella][member] = row
    fronting: dict[tuple[str, str], Row] = {}
    for front, owner, atom in ties.fronts:
        if front in candidates and (owner in candidates or owner in beneath):
            fronting[front, owner] = worlds.row(atom)
    return Kinship(
        beneath={umbrella: beneath[umbrella] for umbrella in sorted(beneath)},
        over={actor: frozenset(umbrellas) for actor, umbrellas in over.items()},
        fronting=fronting,
    )


def _closure(ties: Ties, worlds: Worlds) -> dict[tuple[str, str], Row]:
    """Where each pair is tied, in any number of steps."""
    bits = worlds.bits
    found = dict.fromkeys(ties.pairs, bits.empty)
    direct: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for member, umbrella, atom in ties.memberships:
        row = worlds.row(atom)
        if row is not bits.empty:
            found[member, umbrella] = row
            direct[member].append((umbrella, row))
    due = deque(pair for pair, row in found.items() if row is not bits.empty)
    waiting = set(due)
    while due:
        pair = due.popleft()
        waiting.discard(pair)
        member, umbrella = pair
        for higher, step in direct[umbrella]:
            further = (member, higher)
            if higher == member:
                continue
            row = bits.either(found[further], bits.both(found[pair], step))
            if bits.same(row, found[further]):
                continue
            found[further] = row
            if further not in waiting:
                waiting.add(further)
                due.append(further)
    return found


def discounts(candidates: Collection[str], related: Kinship, worlds: Worlds) -> dict[str, float | Values]:
    """What sharing takes off each candidate's default prior, in decibans, 0 or less; a vector where worlds differ.

    An umbrella that is a hypothesis and its members in a world share one prior; who is in several such families
    has the largest one's share.
    """
    largest: dict[str, float | Values] = {}
    for umbrella, members in related.beneath.items():
        if umbrella not in candidates:
            continue
        number: float | Values = 1.0
        for row in members.values():
            number = number + _indicator(row, worlds.bits)
        largest[umbrella] = np.maximum(largest.get(umbrella, 1.0), number)
        for member, row in members.items():
            mine = 1.0 + (number - 1.0) * _indicator(row, worlds.bits)
            largest[member] = np.maximum(largest.get(member, 1.0), mine)
    return {actor: -10.0 * np.log10(number) for actor, number in largest.items()}


def _indicator(row: Row, bits: Bits) -> float | Values:
    if row is bits.full:
        return 1.0
    if row is bits.empty:
        return 0.0
    return bits.unpack(row).astype(np.float64)
