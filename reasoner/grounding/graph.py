"""The derivation graph: every ground instance of every rule that can fire, as integer columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reasoner.language.program import Program
from reasoner.terms import Atom, Constant

Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Derivation:
    """An AND/OR graph over atoms and rule instances, both numbered from 0.

    Atom ``a`` is ``atoms[a]``. Instance ``i`` is of rule ``rule[i]`` (position in ``program.rules``), has head atom
    ``head[i]``, binds that rule's ``variables`` to ``constants[binding[i][k]]``, and fires in a world where all of
    its ``positive`` atoms hold and none of its ``negative`` ones. Both are in CSR form: those of instance ``i`` are
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

    def premises(self, instance: int) -> Ids:
        """The positive premises of an instance, in body order."""
        return self.positive[self.positive_start[instance] : self.positive_start[instance + 1]]

    def absences(self, instance: int) -> Ids:
        """The atoms that must not hold for an instance to fire."""
        return self.negative[self.negative_start[instance] : self.negative_start[instance + 1]]

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
