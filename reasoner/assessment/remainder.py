"""What is left of a ranking once parts of it have failed, from which more can be taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.assessment.parts import Part, failing
from reasoner.assessment.posterior import posterior
from reasoner.assessment.ranking import Outlook
from reasoner.assessment.worlds import Footing, moved_facts
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
        there = self.assessment
        parts = (*self.parts, part)
        base, silenced = failing(there.base, parts)
        moved = None if there.wider(base) else self._moved(base, silenced)
        outlook = moved or there.outlooks_without(base, silenced)[self.role]
        return Remainder(there, parts, base, outlook)

    def each(self, parts: Sequence[Part]) -> Iterator[Outlook]:
        """What it looks like without one part more, for each of several: facts and reports side by side."""
        there = self.assessment
        for start in range(0, len(parts), _AT_ONCE):
            left = [failing(there.base, (*self.parts, part)) for part in parts[start : start + _AT_ONCE]]
            together = iter(there.outlooks_on([base for base, silenced in left if not silenced]))
            for base, silenced in left:
                outlooks = there.outlooks_without(base, silenced) if silenced else next(together)
                yield outlooks[self.role]

    @property
    def role(self) -> str:
        """The role that it is about."""
        return self.outlook.posterior.role.role.id

    @cached_property
    def _footing(self) -> Footing:
        return Footing.of(self.base, self.assessment.derivation, self.assessment.circuit)

    def _moved(self, base: Base, silenced: frozenset[int]) -> Outlook | None:
        """The outlook on another base, moved there from this one; None where that takes other worlds."""
        there, before = self.assessment, self.outlook.posterior
        if before.worlds.method != "sampled":
            return None
        facts = moved_facts(self._footing, base, before.worlds, there.settings)
        if facts is None:
            return None
        worlds = before.worlds.with_facts(facts, silenced)
        exclusion = there.derivation.program.scales.exclusion
        after = posterior(before.role, there.ties, worlds, exclusion, like=before)
        return self.outlook if after is before else Outlook(after)
