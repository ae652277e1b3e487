"""The derivation as a circuit over rows of bits: what reaches what, and what holds where.

What an instance asks of an aggregate is a *gate*: it has an id of its own, past those of the atoms, stands among the
positive premises of the instances that ask it, and has a row like an atom's.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import TypeAlias

import numpy as np

from reasoner.assessment.bits import Bits, Row
from reasoner.assessment.tallies import Gates, gates_of
from reasoner.grounding.graph import Derivation

Premises: TypeAlias = tuple[int, ...]

Muted: TypeAlias = Mapping[int, Row]
"""Instances that don't fire everywhere that their premises hold: the worlds left to each, none or some."""


@dataclass(frozen=True, eq=False)
class Circuit:
    """The rule instances as plain tuples, by instance id; ``component`` and ``recursive`` by position in the program.

    ``positive`` are an instance's premises, then its gates in body order. ``deriving`` maps an atom to the instances
    with that head, ``gates`` a gate to the aggregate it is about.
    """

    positive: tuple[Premises, ...]
    negative: tuple[Premises, ...]
    head: tuple[int, ...]
    component: tuple[int, ...]
    recursive: tuple[bool, ...]
    deriving: Mapping[int, tuple[int, ...]]
    gates: Mapping[int, Gates]

    @classmethod
    def of(cls, derivation: Derivation) -> Circuit:
        """The circuit of a derivation."""
        components = derivation.program.components
        component_of = {rule: number for number, component in enumerate(components) for rule in component.rules}
        head = tuple(derivation.head.tolist())
        deriving: dict[int, list[int]] = defaultdict(list)
        for instance, atom in enumerate(head):
            deriving[atom].append(instance)
        asked = dict.fromkeys(test for tests in derivation.tests for test in tests)
        gates = {test: len(derivation.atoms) + number for number, test in enumerate(asked)}
        premises = _sliced(derivation.positive.tolist(), derivation.positive_start.tolist())
        if gates:
            pairs = zip(premises, derivation.tests, strict=True)
            premises = tuple((*atoms, *(gates[test] for test in tests)) for atoms, tests in pairs)
        return cls(
            positive=premises,
            negative=_sliced(derivation.negative.tolist(), derivation.negative_start.tolist()),
            head=head,
            component=tuple(component_of[rule] for rule in derivation.rule.tolist()),
            recursive=tuple(component.recursive for component in components),
            deriving={atom: tuple(instances) for atom, instances in deriving.items()},
            gates=gates_of(derivation, gates),
        )

    def gates_of(self, instance: int) -> tuple[int, ...]:
        """The gates that an instance asks, in the order of its aggregates."""
        return tuple(each for each in self.positive[instance] if each in self.gates)

    def reach(self, targets: Iterable[int], certain: Collection[int]) -> tuple[frozenset[int], tuple[int, ...]]:
        """The atoms that the targets may depend on, targets included, and the instances in between, ascending.

        What holds in every world is not asked what it follows from.
        """
        atoms: set[int] = set()
        instances: list[int] = []
        open_atoms = list(targets)
        while open_atoms:
            atom = open_atoms.pop()
            if atom in atoms:
                continue
            atoms.add(atom)
            if atom in certain:
                continue
            if atom in self.gates:
                open_atoms += self.gates[atom].atoms
            for instance in self.deriving.get(atom, ()):
                instances.append(instance)
                open_atoms += self.positive[instance]
                open_atoms += self.negative[instance]
        return frozenset(atoms), tuple(sorted(instances))

    def above(self, atoms: Iterable[int]) -> frozenset[int]:
        """The atoms that may depend on some, these included."""
        found, due = set[int](), list(atoms)
        while due:
            atom = due.pop()
            if atom not in found:
                found.add(atom)
                asked = (atom, *self.watching.get(atom, ()))
                due += (self.head[instance] for each in asked for instance in self.users.get(each, ()))
        return frozenset(found)

    @cached_property
    def users(self) -> Mapping[int, tuple[int, ...]]:
        """Atom or gate → the instances that ask for it, or for an atom's absence."""
        found: dict[int, list[int]] = defaultdict(list)
        for instance, (positive, negative) in enumerate(zip(self.positive, self.negative, strict=True)):
            for atom in {*positive, *negative}:
                found[atom].append(instance)
        return {atom: tuple(instances) for atom, instances in found.items()}

    @cached_property
    def looping(self) -> Mapping[int, tuple[int, ...]]:
        """Atom or gate → those instances of recursive components that ask for it."""
        found: dict[int, list[int]] = defaultdict(list)
        for instance, component in enumerate(self.component):
            if self.recursive[component]:
                for atom in {*self.positive[instance], *self.negative[instance]}:
                    found[atom].append(instance)
        return {atom: tuple(instances) for atom, instances in found.items()}

    @cached_property
    def cycles(self) -> Mapping[int, int]:
        """Atom → the recursive components that depend on it, one bit each, for atoms on which some does."""
        found: dict[int, int] = defaultdict(int)
        for number, component in enumerate(dict.fromkeys(c for c in self.component if self.recursive[c])):
            inside = [instance for instance, other in enumerate(self.component) if other == component]
            atoms, _ = self.reach([self.head[instance] for instance in inside], ())
            for atom in atoms:
                found[atom] |= 1 << number
        return found

    @cached_property
    def watching(self) -> Mapping[int, tuple[int, ...]]:
        """Atom → the gates whose aggregate depends on it."""
        found: dict[int, list[int]] = defaultdict(list)
        for gate, about in self.gates.items():
            for atom in about.atoms:
                found[atom].append(gate)
        return {atom: tuple(gates) for atom, gates in found.items()}

    def fires(self, instance: int, rows: Mapping[int, Row], bits: Bits) -> Row:
        """Where an instance fires, given where its premises and gates hold; those without a row hold nowhere."""
        fired = bits.full
        for atom in self.positive[instance]:
            fired = bits.both(fired, rows.get(atom, bits.empty))
        for atom in self.negative[instance]:
            fired = bits.minus(fired, rows.get(atom, bits.empty))
        return fired

    def propagate(
        self, instances: Sequence[int], facts: Mapping[int, Row], silenced: Collection[int], bits: Bits
    ) -> dict[int, Row]:
        """Where each atom holds: component by component, recursive ones to their least fixed point.

        ``instances`` are ascending, so in order of components. A silenced instance never fires.
        """
        rows = dict(facts)
        firing = [instance for instance in instances if instance not in silenced] if silenced else instances
        for component, group in groupby(firing, key=self.component.__getitem__):
            due = tuple(group)
            self.decide(due, rows, bits)
            if self.recursive[component]:
                muted = dict.fromkeys(silenced, bits.empty)
                self.settle(dict.fromkeys(map(self.head.__getitem__, due)), rows, facts, muted, bits)
                continue
            for instance in due:
                head = self.head[instance]
                rows[head] = bits.either(rows.get(head, bits.empty), self.fires(instance, rows, bits))
        return rows

    def decide(self, instances: Iterable[int], rows: dict[int, Row], bits: Bits) -> None:
        """Add the rows of the gates that instances ask and that have none yet, once all their atoms are settled."""
        if self.gates:
            self.decide_gates((gate for instance in instances for gate in self.positive[instance]), rows, bits)

    def decide_gates(self, gates: Iterable[int], rows: dict[int, Row], bits: Bits) -> None:
        """Add the rows of those gates that have none yet; atoms among them are passed over."""
        for gate in gates:
            if gate in self.gates and gate not in rows:
                rows |= self.gates[gate].decide(rows, bits)

    def derived(self, head: int, rows: Mapping[int, Row], facts: Mapping[int, Row], muted: Muted, bits: Bits) -> Row:
        """Where an atom holds as a fact or by some instance, given where the premises hold."""
        return self.joined(facts.get(head, bits.empty), self.deriving.get(head, ()), rows, muted, bits)

    def joined(self, found: Row, instances: Iterable[int], rows: Mapping[int, Row], muted: Muted, bits: Bits) -> Row:
        """What is found already, and where some instances fire, given where the premises hold."""
        full, empty, row_of, own = bits.full, bits.empty, rows.get, False
        for instance in instances:
            if found is full:
                break
            fired = muted.get(instance, full) if muted else full
            if fired is empty:
                continue
            for atom in self.positive[instance]:
                row = row_of(atom, empty)
                if row is empty:
                    fired = empty
                    break
                if row is not full:
                    fired = row if fired is full else fired & row
            if fired is empty:
                continue
            for atom in self.negative[instance]:
                fired = bits.minus(fired, row_of(atom, empty))
            if found is empty or fired is full:
                found, own = fired, False
            elif own and found.ndim >= fired.ndim:  # no row is made anew that nobody else has seen
                np.bitwise_or(found, fired, out=found)
            else:
                found, own = found | fired, True
        return found

    def settle(
        self,
        heads: Iterable[int],
        rows: dict[int, Row],
        facts: Mapping[int, Row],
        muted: Muted,
        bits: Bits,
        among: Collection[int] | None = None,
    ) -> int:
        """Bring the rows of atoms of one recursive component to their least fixed point, from no more than that.

        ``among`` are all that may change, where these ``heads`` are only the first to. Returns how many instances were
        looked at for that.
        """
        looked_at = 0
        due = {head: dict.fromkeys(self.deriving.get(head, ())) for head in heads}
        order, settling = deque(due), frozenset(due) if among is None else among
        while order:
            head = order.popleft()
            instances, before = due.pop(head), rows.get(head)
            looked_at += len(instances)
            row = self.joined(facts.get(head, bits.empty) if before is None else before, instances, rows, muted, bits)
            if bits.same(row, bits.empty if before is None else before):
                continue
            rows[head] = row
            for instance in self.looping.get(head, ()):
                fed = self.head[instance]
                if fed in due:
                    due[fed][instance] = None
                elif fed in settling:
                    due[fed] = {instance: None}
                    order.append(fed)
        return looked_at


def _sliced(values: list[int], starts: list[int]) -> tuple[Premises, ...]:
    return tuple(tuple(values[start:end]) for start, end in pairwise(starts))
