"""What holds where once some facts have changed or some instances fallen silent, from what held before.

Only what changes is computed anew, component by component; what comes out as it was keeps its very row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from reasoner.assessment.bits import Bits, Row
from reasoner.assessment.circuit import Circuit, Muted


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise: where some facts hold now, and which instances never fire any more."""

    facts: Mapping[int, Row] = field(default_factory=dict)
    silenced: frozenset[int] = frozenset()


def revised(
    circuit: Circuit,
    before: Mapping[int, Row],
    facts: Mapping[int, Row],
    changed: Iterable[int],
    muted: Muted,
    quieter: Iterable[int],
    atoms: Collection[int],
    bits: Bits,
) -> dict[int, Row]:
    """The rows of the ``atoms`` that matter.

    ``before`` are the rows with other ``facts``, which differ in the atoms ``changed``, and with fewer instances
    ``muted``, all but those ``quieter`` now.
    """
    revision = _Revision(circuit, facts, muted, atoms, bits, dict(before))
    revision.start(changed, quieter)
    revision.finish()
    return revision.rows


def revised_each(
    circuit: Circuit,
    before: Mapping[int, Row],
    facts: Mapping[int, Row],
    silent: Collection[int],
    changes: Sequence[Change],
    atoms: Collection[int],
    bits: Bits,
    kept: Collection[int],
) -> tuple[list[dict[int, Row]], int]:
    """For each of several changes the rows that it moves, of the atoms ``kept``; and how many instances that took.

    ``before`` are the rows with ``facts`` and with the instances ``silent``. The changes are stacked, so that each
    step is taken for all at once.
    """
    changed = {
        atom
        for change in changes
        for atom, row in change.facts.items()
        if not bits.same(row, facts.get(atom, bits.empty))
    }
    now = {
        atom: bits.stacked([change.facts.get(atom, facts.get(atom, bits.empty)) for change in changes])
        for atom in changed
    }
    quieter = {instance for change in changes for instance in change.silenced}
    muted = dict.fromkeys(silent, bits.empty)
    for instance in quieter.difference(silent):
        here = (bits.empty if instance in change.silenced else bits.full for change in changes)
        muted[instance] = bits.stacked(list(here))
    revision = _Revision(circuit, {**facts, **now}, muted, atoms, bits, dict(before))
    revision.start(changed, quieter)
    revision.finish()
    found: list[dict[int, Row]] = [{} for _ in changes]
    for atom in filter(kept.__contains__, revision.moved):
        row, known = revision.rows.get(atom, bits.empty), before.get(atom, bits.empty)
        if row.ndim == 2:
            somewhere = np.any(row, axis=1).tolist()
            for place in np.flatnonzero(np.any(row != known, axis=1)).tolist():
                found[place][atom] = row[place].copy() if somewhere[place] else bits.empty
        elif row is not known:
            for moved in found:
                moved[atom] = row
    return found, revision.looked_at


@dataclass
class _Revision:
    """Rows on their way from before to after.

    ``due`` holds the atoms to look at by component, ``order`` is a heap of these. ``growing`` are components that so
    far only more was found for, and nothing less: more premises, no absence undone. ``moved`` are the
    atoms and gates that may have another row, ``looked_at`` counts instances.
    """

    circuit: Circuit
    facts: Mapping[int, Row]
    muted: Muted
    atoms: Collection[int]
    bits: Bits
    rows: dict[int, Row]
    due: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    order: list[int] = field(default_factory=list)
    growing: dict[int, bool] = field(default_factory=lambda: defaultdict(lambda: True))
    moved: dict[int, None] = field(default_factory=dict)
    looked_at: int = 0

    def start(self, changed: Iterable[int], quieter: Iterable[int]) -> None:
        for atom in changed:
            instances = self.circuit.deriving.get(atom)
            if instances:
                self._look_at(atom, self.circuit.component[instances[0]], grown=False)
            else:
                self._put(atom, self.facts.get(atom, self.bits.empty))
        for instance in quieter:
            self._look_at(self.circuit.head[instance], self.circuit.component[instance], grown=False)

    def finish(self) -> None:
        while self.order:
            component = heappop(self.order)
            heads = sorted(self.due.pop(component))
            for head in heads:
                self.circuit.decide(self.circuit.deriving.get(head, ()), self.rows, self.bits)
            if self.circuit.recursive[component]:
                self._settle(component, heads)
            else:
                for head in heads:
                    self._put(head, self._derived(head))
        self.circuit.decide_gates(self.atoms, self.rows, self.bits)

    def _derived(self, head: int) -> Row:
        self.looked_at += len(self.circuit.deriving.get(head, ()))
        return self.circuit.derived(head, self.rows, self.facts, self.muted, self.bits)

    def _settle(self, component: int, heads: Iterable[int]) -> None:
        """Go on from what holds where more is to come; else start what may change over from nothing.

        In a cycle, atoms would otherwise hold each other up.
        """
        affected = self._fed_within(component, heads)
        before = {head: self.rows.get(head, self.bits.empty) for head in affected}
        if not self.growing[component]:
            heads = affected
            for head in affected:
                self.rows.pop(head, None)
        among = frozenset(affected)
        self.looked_at += self.circuit.settle(heads, self.rows, self.facts, self.muted, self.bits, among)
        for head, row in before.items():
            after = self.rows.get(head, self.bits.empty)
            self.rows[head] = row
            self._put(head, after, besides=component)

    def _fed_within(self, component: int, heads: Iterable[int]) -> list[int]:
        found, due = dict.fromkeys(heads), list(heads)
        while due:
            for instance in self.circuit.users.get(due.pop(), ()):
                fed = self.circuit.head[instance]
                if self.circuit.component[instance] == component and fed in self.atoms and fed not in found:
                    found[fed] = None
                    due.append(fed)
        return list(found)

    def _put(self, atom: int, row: Row, besides: int | None = None) -> None:
        """A new row for an atom; if it differs, whatever uses the atom is looked at, but for its own component.

        Gates about it are undone until an instance that asks them is looked at: all their atoms are settled by then.
        """
        before = self.rows.get(atom, self.bits.empty)
        if self.bits.same(row, before):
            return
        self.rows[atom] = row
        gates = self.circuit.watching.get(atom, ())
        self.moved[atom] = None
        for gate in gates:
            self.rows.pop(gate, None)
            self.moved[gate] = None
        grown: bool | None = None
        for each in (atom, *gates):
            for instance in self.circuit.users.get(each, ()):
                component = self.circuit.component[instance]
                if component == besides:
                    continue
                more = (
                    self.circuit.recursive[component] and each == atom and atom not in self.circuit.negative[instance]
                )
                if more and grown is None:
                    grown = not bool((before & ~row).any())
                self._look_at(self.circuit.head[instance], component, more and bool(grown))

    def _look_at(self, head: int, component: int, grown: bool) -> None:
        if head not in self.atoms:
            return
        if component not in self.due:
            heappush(self.order, component)
        self.due[component].add(head)
        self.growing[component] &= grown
