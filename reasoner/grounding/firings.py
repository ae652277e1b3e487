"""Rule firings as they are found, and their canonical form: the derivation graph.

While grounding goes on, atoms and constants are numbered as they come. `derivation` renumbers both by what they
stand for, so that the graph depends on the program and the facts, never on the order of discovery.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

import numpy as np

from reasoner.grounding.atoms import Atoms
from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Row
from reasoner.grounding.gathering import Found, Gathered, Tested
from reasoner.grounding.graph import Counted, Derivation, ElementInstance, Ids, Tally, Test
from reasoner.grounding.joins import Completion, Pattern
from reasoner.language.program import Program
from reasoner.terms import Atom


@dataclass(slots=True)
class Firings:
    """Rule instances as parallel columns: whose they are, their binding, head, premises, absences and tests.

    Heads and premises are numbers of atoms; an absence holds the arguments that are kept of one negated literal; a test
    is what an instance asks of an aggregate.
    """

    of: list[Completion] = field(default_factory=list)
    binding: list[Row] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    premises: list[Row] = field(default_factory=list)
    absences: list[tuple[Row, ...]] = field(default_factory=list)
    tests: list[tuple[Tested, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.of)


def derivation(program: Program, constants: Constants, atoms: Atoms, base: Iterable[int], found: Firings) -> Derivation:
    """The graph of everything found, in canonical order."""
    ranks = constants.ranks()
    atom_order, atom_places = _atom_order(atoms, ranks)
    numbered = tuple(
        Atom(predicate, tuple(constants.values[number] for number in row))
        for predicate, row in (atoms.known[number] for number in atom_order)
    )
    order = _instance_order(program, found, ranks, atom_places)
    absent = _Absences(atoms, atom_places)
    premises = [[atom_places[atom] for atom in found.premises[i]] for i in order]
    absences = [absent.of(found.of[i], found.absences[i]) for i in order]
    tallies = _Tallies(ranks, atom_places, absent)
    tests = tuple(tuple(map(tallies.test, found.tests[i])) for i in order)
    return Derivation(
        program=program,
        constants=tuple(constants.values[number] for number in constants.in_order()),
        atoms=numbered,
        atom_ids={atom: number for number, atom in enumerate(numbered)},
        base=np.array(sorted(atom_places[atom] for atom in set(base)), dtype=np.int32),
        rule=np.array([found.of[i].position for i in order], dtype=np.int32),
        head=np.array([atom_places[found.head[i]] for i in order], dtype=np.int32),
        binding=tuple(tuple(ranks[number] for number in found.binding[i]) for i in order),
        positive_start=_starts(premises),
        positive=_joined(premises),
        negative_start=_starts(absences),
        negative=_joined(absences),
        tallies=tuple(tallies.found),
        tests=tests,
    )


def _atom_order(atoms: Atoms, ranks: Sequence[int]) -> tuple[list[int], list[int]]:
    """The atoms' numbers sorted by predicate and arguments, and for each number its place in that order."""
    keys = [(predicate, tuple(ranks[number] for number in row)) for predicate, row in atoms.known]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    places = [0] * len(order)
    for place, number in enumerate(order):
        places[number] = place
    return order, places


def _instance_order(program: Program, found: Firings, ranks: Sequence[int], places: Sequence[int]) -> list[int]:
    """Sort by component, rule name, binding, then premises, so that the order of rules in files does not matter."""
    rank_of_rule = {
        position: (number, program.rules[position].name, position)
        for number, component in enumerate(program.components)
        for position in component.rules
    }

    def key(i: int) -> tuple[object, ...]:
        binding = tuple(ranks[number] for number in found.binding[i])
        premises = tuple(places[atom] for atom in found.premises[i])
        return (rank_of_rule[found.of[i].position], binding, premises)

    return sorted(range(len(found)), key=key)


def _starts(lists: Sequence[Sequence[int]]) -> Ids:
    return np.array([0, *accumulate(map(len, lists))], dtype=np.int32)


def _joined(lists: Sequence[Sequence[int]]) -> Ids:
    return np.array(list(chain.from_iterable(lists)), dtype=np.int32)


class _Absences:
    """Finds the atoms of the whole graph that a negated literal rules out; an index per pattern with ``_``."""

    def __init__(self, atoms: Atoms, places: Sequence[int]) -> None:
        self._atoms = atoms
        self._places = places
        self._indexes: dict[tuple[str, Row], dict[Row, list[int]]] = {}

    def of(self, completion: Completion, rows: tuple[Row, ...]) -> list[int]:
        """The atoms that must not hold, ascending and each once."""
        if not rows:
            return []
        matched = (self._matches(pattern, row) for pattern, row in zip(completion.absences, rows, strict=True))
        return sorted({self._places[atom] for found in matched for atom in found})

    def _matches(self, pattern: Pattern, row: Row) -> Sequence[int]:
        if pattern.complete:
            atom = self._atoms.rows(pattern.predicate).get(row)
            return () if atom is None else (atom,)
        key = (pattern.predicate, pattern.kept)
        index = self._indexes.get(key)
        if index is None:
            index = self._indexes[key] = {}
            for arguments, atom in self._atoms.rows(pattern.predicate).items():
                index.setdefault(tuple(arguments[place] for place in pattern.kept), []).append(atom)
        return index.get(row, ())


class _Tallies:
    """Aggregates in canonical form, each once, in the order in which instances ask for them."""

    def __init__(self, ranks: Sequence[int], places: Sequence[int], absent: _Absences) -> None:
        self._ranks = ranks
        self._places = places
        self._absent = absent
        self._numbers: dict[Gathered, int] = {}
        self.found: dict[Tally, int] = {}

    def test(self, tested: Tested) -> Test:
        gathered, guards = tested
        number = self._numbers.get(gathered)
        if number is None:
            number = self._numbers[gathered] = self.found.setdefault(self._tally(gathered), len(self.found))
        asked = tuple((operator, self._ranks[constant]) for operator, constant in guards)
        return Test(number, asked, given=bool(gathered.values))

    def _tally(self, gathered: Gathered) -> Tally:
        counted = [
            Counted(tuple(self._ranks[constant] for constant in terms), self._instances(ways))
            for terms, ways in gathered.tuples.items()
        ]
        aggregate = gathered.aggregate
        return Tally(aggregate.function, aggregate.elements, tuple(sorted(counted, key=lambda each: each.terms)))

    def _instances(self, ways: Iterable[Found]) -> tuple[ElementInstance, ...]:
        instances = {
            ElementInstance(
                way.element,
                tuple(self._ranks[constant] for constant in way.binding),
                tuple(self._places[atom] for atom in way.premises),
                tuple(self._absent.of(way.completion, way.absences)),
            )
            for way in ways
        }
        return tuple(sorted(instances, key=lambda each: (each.element, each.binding, each.positive)))
