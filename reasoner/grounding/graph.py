"""The derivation graph: every ground instance of every rule that can fire, as integer columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reasoner.language.program import Program
from reasoner.terms import AggregateElement, AggregateFunction, Atom, ComparisonOperator, Constant

Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class ElementInstance:
    """One way for a tuple to be counted: an element of the aggregate, ground.

    ``element`` counts the aggregate's elements from 0, ``binding`` gives that element's ``variables`` their constants.
    It holds in a world where all ``positive`` atoms hold (in the order of the condition) and none of the ``negative``.
    """

    element: int
    binding: tuple[int, ...]
    positive: tuple[int, ...]
    negative: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A tuple of constants that counts where at least one of its instances holds."""

    terms: tuple[int, ...]
    instances: tuple[ElementInstance, ...]


@dataclass(frozen=True)
class Tally:
    """A ground aggregate without its guards: every tuple that some world may have, sorted by its terms."""

    function: AggregateFunction
    elements: tuple[AggregateElement, ...]
    counted: tuple[Counted, ...]

    @cached_property
    def atoms(self) -> frozenset[int]:
        """Every atom it depends on."""
        instances = (instance for counted in self.counted for instance in counted.instances)
        return frozenset(atom for each in instances for atom in (*each.positive, *each.negative))


@dataclass(frozen=True, slots=True)
class Test:
    """What an instance asks of a tally: that its value compares so with these constants.

    ``given``: a variable of the rule has its value from there, and the instance is one of several.
    """

    tally: int
    guards: tuple[tuple[ComparisonOperator, int], ...]
    given: bool


@dataclass(frozen=True, slots=True)
class Derivation:
    """An AND/OR graph over atoms and rule instances, both numbered from 0.

    Atom ``a`` is ``atoms[a]``. Instance ``i`` is of rule ``rule[i]`` (position in ``program.rules``), has head atom
    ``head[i]``, binds that rule's ``variables`` to ``constants[binding[i][k]]``, and fires in a world where all of
    its ``positive`` atoms hold and none of its ``negative`` ones, and all of its ``tests`` succeed: one for each
    aggregate of the rule, in body order, on ``tallies[test.tally]``. Atoms are in CSR form: those of instance ``i`` are
    ``positive[positive_start[i]:positive_start[i + 1]]``, in body order. There is one premise for each positive
    literal of the rule; where one holds ``_``, each atom that matches makes an instance of its own, with an equal
    binding. Absences are ascending, each once. A negated literal that no atom of the graph matches always holds, and
    leaves no trace there. Instances are sorted by component, then the rule's name, then binding, then premises.
    ``base`` are the atoms that are facts some world may hold, including facts of the rule base (whose instances
    have no premises). Order and numbering depend on the program and facts alone.
    """

    program: Program
    constants: tuple[Constant, ...]
    atoms: tuple[Atom, ...]
    atom_ids: Mapping[Atom, int]
    base: Ids
    rule: Ids
    head: Ids
    binding: Sequence[tuple[int, ...]]
    positive_start: Ids
    positive: Ids
    negative_start: Ids
    negative: Ids
    tallies: tuple[Tally, ...]
    tests: Sequence[tuple[Test, ...]]

    def premises(self, instance: int) -> Ids:
        """The positive premises of an instance, in body order."""
        return self.positive[self.positive_start[instance] : self.positive_start[instance + 1]]

    def absences(self, instance: int) -> Ids:
        """The atoms that must not hold for an instance to fire."""
        return self.negative[self.negative_start[instance] : self.negative_start[instance + 1]]

    def grounds(self, instance: int) -> tuple[int, ...]:
        """The premises of an instance, then those of everything that its aggregates may count; some may come twice."""
        tallies = (self.tallies[test.tally] for test in self.tests[instance])
        ways = (way for tally in tallies for counted in tally.counted for way in counted.instances)
        return (*self.premises(instance).tolist(), *(atom for way in ways for atom in way.positive))

    def bindings(self, instance: int) -> dict[str, Constant]:
        """The instance's variables and what they are bound to."""
        names = self.program.rules[int(self.rule[instance])].variables
        return {name: self.constants[i] for name, i in zip(names, self.binding[instance], strict=True)}

    def instances_of(self, atom: int) -> Ids:
        """The instances with this atom as their head, ascending."""
        return np.flatnonzero(self.head == atom).astype(np.int32)

    def with_predicate(self, predicate: str) -> Iterator[int]:
        """The atoms of one predicate, ascending."""
        return (i for i, atom in enumerate(self.atoms) if atom.predicate == predicate)
