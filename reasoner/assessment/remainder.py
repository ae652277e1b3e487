"""What is left of a ranking once parts of it have failed, from which more can be taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import is_not
from typing import TYPE_CHECKING

from reasoner.assessment.bits import Row
from reasoner.assessment.parts import Part, failing
from reasoner.assessment.posterior import Posterior, posterior
from reasoner.assessment.ranking import Outlook
from reasoner.assessment.worlds import Footing, Worlds, moved_facts
from reasoner.evidence.base import Base

if TYPE_CHECKING:
    from reasoner.assessment.assess import Assessment


_AT_ONCE = 64
"""So many outlooks are kept at a time."""


@dataclass(frozen=True, eq=False)
class Remainder:
    """One role of an assessment without some parts. The same parts, taken in any order, leave the same figures."""

    assessment: Assessment
    parts: tuple[Part, ...]
    base: Base
    outlook: Outlook

    def without(self, part: Part) -> Remainder:
        """The same without one part more; only what that changes is worked out."""
        there, before = self.assessment, self.outlook.posterior
        parts = (*self.parts, part)
        base, silenced = failing(there.base, parts)
        facts = self._moved(base)
        if facts is None:
            return Remainder(there, parts, base, there.outlooks_without(base, silenced)[self.role])
        worlds = before.worlds.with_facts(facts, silenced)
        after = self._in(worlds)
        if after is before:  # what has moved may matter once more has
            after = replace(before, worlds=worlds)
        return Remainder(there, parts, base, Outlook(after))

    def each(self, parts: Sequence[Part]) -> Iterator[Outlook]:
        """What it looks like without one part more, for each of several: facts and reports side by side."""
        there, before = self.assessment, self.outlook.posterior
        kept = before.role.atoms.union(there.ties.atoms())
        silent = frozenset[int]().union(*(part.instances for part in self.parts))
        for start in range(0, len(parts), _AT_ONCE):
            some = parts[start : start + _AT_ONCE]
            bases = [None if part.instances else failing(there.base, (*self.parts, part))[0] for part in some]
            moved = [None if base is None else self._moved(base) for base in bases]
            worlds = before.worlds.with_each([facts for facts in moved if facts is not None], kept, silent)
            for part, facts in zip(some, moved, strict=True):
                yield self.without(part).outlook if facts is None else self._seen_in(next(worlds))

    @property
    def moved(self) -> int:
        """What its parts move, as work: atoms that hold elsewhere, times hypotheses that weigh otherwise."""
        now, before = self.outlook.posterior, self.assessment.outlooks[self.role].posterior
        atoms = sum(now.worlds.row(atom) is not before.worlds.row(atom) for atom in before.worlds.atoms)
        return atoms * sum(map(is_not, now.weights, before.weights))

    @property
    def role(self) -> str:
        """The role that it is about."""
        return self.outlook.posterior.role.role.id

    @cached_property
    def _footing(self) -> Footing:
        return Footing.of(self.base, self.assessment.derivation, self.assessment.circuit)

    def _moved(self, base: Base) -> Mapping[int, Row] | None:
        """Where what another base changes holds in the worlds at hand; None where that takes others."""
        there, worlds = self.assessment, self.outlook.posterior.worlds
        if worlds.method != "sampled" or worlds.circuit is not there.circuit or there.wider(base):
            return None
        return moved_facts(self._footing, base, worlds, there.settings)

    def _in(self, worlds: Worlds) -> Posterior:
        there, before = self.assessment, self.outlook.posterior
        return posterior(before.role, there.ties, worlds, there.derivation.program.scales.exclusion, like=before)

    def _seen_in(self, worlds: Worlds) -> Outlook:
        after = self._in(worlds)
        return self.outlook if after is self.outlook.posterior else Outlook(after)
