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
from reasoner.assessment.circuit import Circuit


def revised(
    circuit: Circuit,
    before: Mapping[int, Row],
    facts: Mapping[int, Row],
    changed: Iterable[int],
    silenced: Collection[int],
    atoms: Collection[int],
    bits: Bits,
) -> dict[int, Row]:
    """The rows of the ``atoms`` that matter.

    ``before`` are the rows with other ``facts``, which differ in the atoms ``changed``, and with none or only some of
    the instances ``silenced``.
    """
    revision = _Revision(circuit, facts, frozenset(silenced), atoms, bits, dict(before))
    revision.start(changed)
    revision.finish()
    return revision.rows


def revised_each(
    circuit: Circuit,
    before: Mapping[int, Row],
    facts_before: Mapping[int, Row],
    facts: Sequence[Mapping[int, Row]],
    silenced: Collection[int],
    atoms: Collection[int],
    bits: Bits,
    kept: Collection[int],
) -> list[dict[int, Row]]:
    """The rows of the atoms ``kept``, on each of several facts.

    The worlds of all of them are laid side by side, so that each step is taken for all at once. Their number has to be
    a multiple of 64.
    """
    wide = Bits.over(bits.count * len(facts))

    changed = {atom for these in facts for atom in _changed(facts_before, these, bits)}
    rows = _stretched(before, bits, wide)
    there = {atom: rows[atom] for atom, row in facts_before.items() if row is before.get(atom)}
    there |= _stretched({a: row for a, row in facts_before.items() if a not in there and a not in changed}, bits, wide)
    there |= {atom: _joined([these.get(atom, bits.empty) for these in facts], bits, wide) for atom in changed}
    after = revised(circuit, rows, there, changed, silenced, atoms, wide)
    found = [{atom: before[atom] for atom in kept if atom in before} for _ in facts]
    for atom in kept:
        if after.get(atom) is not rows.get(atom):
            pieces = after[atom].reshape(len(facts), -1)
            moved = (pieces != before.get(atom, bits.empty)).any(axis=1)
            for place in np.flatnonzero(moved).tolist():
                found[place][atom] = pieces[place].copy()
    return found


def _stretched(rows: Mapping[int, Row], bits: Bits, wide: Bits) -> dict[int, Row]:
    """The rows, each as often side by side as it takes."""
    same = {id(bits.full): wide.full, id(bits.empty): wide.empty}
    mixed = [atom for atom, row in rows.items() if id(row) not in same]
    found = {atom: same.get(id(row), wide.empty) for atom, row in rows.items()}
    if mixed:
        times = wide.count // bits.count
        found.update(zip(mixed, np.tile(np.array([rows[atom] for atom in mixed]), (1, times)), strict=True))
    return found


def _changed(before: Mapping[int, Row], after: Mapping[int, Row], bits: Bits) -> list[int]:
    either = {*before, *after}
    return [a for a in either if not bits.same(after.get(a, bits.empty), before.get(a, bits.empty))]


def _joined(rows: Sequence[Row], bits: Bits, wide: Bits) -> Row:
    if all(row is bits.empty for row in rows):
        return wide.empty
    return wide.full if all(row is bits.full for row in rows) else np.concatenate(rows)


@dataclass
class _Revision:
    """Rows on their way from before to after.

    ``due`` holds the atoms to look at by component, ``order`` is a heap of these. ``growing`` are components that so
    far only more was found for, and nothing less: more premises, no absence undone.
    """

    circuit: Circuit
    facts: Mapping[int, Row]
    silenced: frozenset[int]
    atoms: Collection[int]
    bits: Bits
    rows: dict[int, Row]
    due: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    order: list[int] = field(default_factory=list)
    growing: dict[int, bool] = field(default_factory=lambda: defaultdict(lambda: True))

    def start(self, changed: Iterable[int]) -> None:
        for atom in changed:
            instances = self.circuit.deriving.get(atom)
            if instances:
                self._look_at(atom, self.circuit.component[instances[0]], grown=False)
            else:
                self._put(atom, self.facts.get(atom, self.bits.empty))
        for instance in self.silenced:
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
        return self.circuit.derived(head, self.rows, self.facts, self.silenced, self.bits)

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
        self.circuit.settle(heads, self.rows, self.facts, self.silenced, self.bits, frozenset(affected))
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
        for gate in gates:
            self.rows.pop(gate, None)
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
