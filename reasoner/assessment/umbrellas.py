"""Who belongs to whom, world by world: members under umbrellas, and fronts with their owners."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Bits, Row
from reasoner.assessment.holding import Holding
from reasoner.assessment.weights import RoleStakes
from reasoner.assessment.worlds import Worlds
from reasoner.grounding.graph import Derivation

Counts: TypeAlias = npt.NDArray[np.int16]

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

    def atoms(self) -> frozenset[int]:
        """The ids of the atoms that say so."""
        return self.member_atoms | self.front_atoms

    @cached_property
    def member_atoms(self) -> frozenset[int]:
        """The ids of those that say who is a member."""
        return frozenset(atom for _, _, atom in self.memberships)

    @cached_property
    def front_atoms(self) -> frozenset[int]:
        """The ids of those that say who is a front."""
        return frozenset(atom for _, _, atom in self.fronts)

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

    def between(self, member: str, umbrella: str) -> tuple[int, ...]:
        """The ids of the atoms by which one may belong to the other, through others too."""
        pairs = frozenset(self.pairs)
        return tuple(
            atom
            for lower, upper, atom in self.memberships
            if (lower == member or (member, lower) in pairs) and (upper == umbrella or (upper, umbrella) in pairs)
        )


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
    Membership is transitive. ``holding`` remembers where these rows hold.
    """

    beneath: Above
    over: Mapping[str, frozenset[str]]
    fronting: Mapping[tuple[str, str], Row]
    holding: Holding = field(default_factory=Holding)

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
    return Kinship(
        beneath={umbrella: beneath[umbrella] for umbrella in sorted(beneath)},
        over={actor: frozenset(umbrellas) for actor, umbrellas in over.items()},
        fronting=_fronting(ties, candidates, beneath, worlds),
    )


def refronted(related: Kinship, ties: Ties, candidates: Collection[str], worlds: Worlds) -> Kinship:
    """The same umbrellas, with the fronts as they are in these worlds."""
    return Kinship(related.beneath, related.over, _fronting(ties, candidates, related.beneath, worlds))


def _fronting(
    ties: Ties, candidates: Collection[str], beneath: Collection[str], worlds: Worlds
) -> dict[tuple[str, str], Row]:
    return {
        (front, owner): worlds.row(atom)
        for front, owner, atom in ties.fronts
        if front in candidates and (owner in candidates or owner in beneath)
    }


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


def sharing(candidates: Collection[str], related: Kinship, worlds: Worlds) -> dict[str, int | Counts]:
    """By how many each candidate's default prior is shared, itself included; a vector where worlds differ.

    An umbrella that is a hypothesis and its members in a world share one prior; who is in several such families
    has the largest one's share. Who is not mentioned shares with nobody.
    """
    largest: dict[str, int | Counts] = {}
    for umbrella, members in related.beneath.items():
        if umbrella not in candidates:
            continue
        held = {member: _held(row, worlds.bits) for member, row in members.items()}
        family: int | Counts = 1
        for each in held.values():
            family = family + each
        largest[umbrella] = larger(largest.get(umbrella, 1), family)
        for member, each in held.items():
            mine = family if isinstance(each, int) and each else family * each
            largest[member] = larger(largest.get(member, 1), mine)
    return largest


def _held(row: Row, bits: Bits) -> int | Counts:
    """1 where a row holds, else 0; a number where all worlds agree."""
    if row is bits.full:
        return 1
    if row is bits.empty:
        return 0
    return bits.unpack(row).astype(np.int16)


def larger(one: int | Counts, other: int | Counts) -> int | Counts:
    """The larger of two numbers, world by world."""
    return max(one, other) if isinstance(one, int) and isinstance(other, int) else np.maximum(one, other)
