"""Rows and rule firings as they are found, and their canonical form: the derivation graph.

While grounding goes on, atoms and constants are numbered as they come. `derivation` renumbers both by what they
stand for, so that the graph depends on the program and the facts, never on the order of discovery.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

import numpy as np

from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Row
from reasoner.grounding.graph import Derivation, Ids
from reasoner.grounding.joins import Completion, Pattern
from reasoner.language.program import Program
from reasoner.terms import Atom


class Atoms:
    """The ground atoms known so far: for each predicate, its rows with their numbers, which count up from 0."""

    def __init__(self) -> None:
        self.known: list[tuple[str, Row]] = []
        self._rows: dict[str, dict[Row, int]] = {}

    def rows(self, predicate: str) -> dict[Row, int]:
        """The rows of a predicate with their atoms' numbers; live, not a copy."""
        return self._rows.setdefault(predicate, {})

    def number_of(self, predicate: str, row: Row) -> tuple[int, bool]:
        """The number of an atom, and whether it is new."""
        rows = self.rows(predicate)
        number = rows.get(row)
        if number is not None:
            return number, False
        number = rows[row] = len(self.known)
        self.known.append((predicate, row))
        return number, True


@dataclass(slots=True)
class Firings:
    """Rule instances as parallel columns: whose they are, their binding, head, premises and absences.

    Heads and premises are numbers of atoms; an absence holds the arguments that are kept of one negated literal.
    """

    of: list[Completion] = field(default_factory=list)
    binding: list[Row] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    premises: list[Row] = field(default_factory=list)
    absences: list[tuple[Row, ...]] = field(default_factory=list)

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
