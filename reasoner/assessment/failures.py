"""Where facts hold in a ranking's worlds once parts of it have failed: of parts that share nothing, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from reasoner.assessment.parts import Named, Part, failing
from reasoner.assessment.result import Settings
from reasoner.assessment.revision import Change
from reasoner.assessment.worlds import Footing, Worlds, moved_facts
from reasoner.evidence.base import Base
from reasoner.evidence.rivals import REFINING, Slot, slot_of
from reasoner.terms import Atom

Shared: TypeAlias = frozenset[Atom | Slot]
"""What two losses have in common where they touch the same fact, or rivals."""


@dataclass(frozen=True, eq=False)
class Failures:
    """What the failure of parts of a base changes in worlds in which some have already been ``lost``.

    ``footing`` is that of the base without these; ``wider`` tells whether another base brings more facts into play.
    """

    base: Base
    lost: Sequence[Part]
    footing: Footing
    worlds: Worlds
    settings: Settings
    wider: Callable[[Base], object]
    _alone: dict[Named, tuple[Change, Shared] | None] = field(default_factory=dict)

    def of(self, parts: Sequence[Part]) -> Change | None:
        """What is otherwise once parts have failed together; None where that takes other worlds."""
        alone = [self._known(part) for part in parts]
        apart = [each for each in alone if each is not None]
        if len(apart) < len(parts) or not _disjoint(shared for _, shared in apart):
            return self._together(parts)
        facts = {atom: row for change, _ in apart for atom, row in change.facts.items()}
        return Change(facts, frozenset[int]().union(*(change.silenced for change, _ in apart)))

    def reach(self, part: Part) -> frozenset[int] | None:
        """The atoms that its failure may move, whatever else has failed; None where that can't be told."""
        known = self._known(part)
        if known is None:
            return None
        circuit, ids = self.worlds.circuit, self.footing.derivation.atom_ids
        touched = (ids[atom] for atom in self.base.facts if atom in ids and self._place(atom) in known[1])
        return circuit.above((*touched, *(circuit.head[instance] for instance in known[0].silenced)))

    def _together(self, parts: Sequence[Part]) -> Change | None:
        if self.worlds.method != "sampled":
            return None
        base, silenced = failing(self.base, (*self.lost, *parts))
        facts = None if self.wider(base) else moved_facts(self.footing, base, self.worlds, self.settings)
        return None if facts is None else Change(facts, silenced)

    def _known(self, part: Part) -> tuple[Change, Shared] | None:
        """What its failure changes, with what it touches; None where more may hang together than rivals do."""
        if part.name not in self._alone:
            self._alone[part.name] = self._found(part)
        return self._alone[part.name]

    def _found(self, part: Part) -> tuple[Change, Shared] | None:
        change, atoms = self._together([part]), {*part.facts, *(atom for atom, _ in part.reports)}
        if change is None or any(atom.predicate in REFINING for atom in atoms):
            return None
        derivation = self.footing.derivation
        shared = frozenset(map(self._place, (*atoms, *(derivation.atoms[number] for number in change.facts))))
        return None if shared & self._asleep else (change, shared)

    def _place(self, atom: Atom) -> Atom | Slot:
        return slot_of(atom, self.base.standards[0]) or atom

    @cached_property
    def _asleep(self) -> Shared:
        """Facts that hold nowhere; other facts may come into play along with them."""
        return frozenset(self._place(atom) for atom, fact in self.base.facts.items() if fact.credence <= 0)


def _disjoint(sets: Iterable[Shared]) -> bool:
    seen: set[Atom | Slot] = set()
    for each in sets:
        if not seen.isdisjoint(each):
            return False
        seen |= each
    return True
