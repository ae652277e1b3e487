"""What holds where once some facts have changed or some instances fallen silent, from what held before.

Only what changes is computed anew, component by component; what comes out as it was keeps its very row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

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

    ``before`` are the rows with nothing silenced and other ``facts``, which differ in the atoms ``changed``.
    """
    revision = _Revision(circuit, facts, frozenset(silenced), atoms, bits, dict(before))
    revision.start(changed)
    revision.finish()
    return revision.rows


@dataclass
class _Revision:
    """Rows on their way from before to after; ``due`` holds the atoms to look at by component, ``order`` is a heap."""

    circuit: Circuit
    facts: Mapping[int, Row]
    silenced: frozenset[int]
    atoms: Collection[int]
    bits: Bits
    rows: dict[int, Row]
    due: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    order: list[int] = field(default_factory=list)

    def start(self, changed: Iterable[int]) -> None:
        for atom in changed:
            instances = self.circuit.deriving.get(atom)
            if instances:
                self._look_at(atom, self.circuit.component[instances[0]])
            else:
                self._put(atom, self.facts.get(atom, self.bits.empty))
        for instance in self.silenced:
            self._look_at(self.circuit.head[instance], self.circuit.component[instance])

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
        """Start what may change over from nothing: in a cycle, atoms would otherwise hold each other up."""
        affected = self._fed_within(component, heads)
        before = {head: self.rows.pop(head, self.bits.empty) for head in affected}
        self.circuit.settle(affected, self.rows, self.facts, self.silenced, self.bits)
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
        if self.bits.same(row, self.rows.get(atom, self.bits.empty)):
            return
        self.rows[atom] = row
        gates = self.circuit.watching.get(atom, ())
        for gate in gates:
            self.rows.pop(gate, None)
        for each in (atom, *gates):
            for instance in self.circuit.users.get(each, ()):
                component = self.circuit.component[instance]
                if component != besides:
                    self._look_at(self.circuit.head[instance], component)

    def _look_at(self, head: int, component: int) -> None:
        if head not in self.atoms:
            return
        if component not in self.due:
            heappush(self.order, component)
        self.due[component].add(head)
