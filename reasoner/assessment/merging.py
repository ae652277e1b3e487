"""What moves once parts have failed together, where that is told by what moves when fewer of them fail."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from reasoner.assessment.failures import Failures
from reasoner.assessment.parts import Named, Part
from reasoner.assessment.recall import Moved

_REMEMBERED = 2
"""What moves is remembered for up to so many parts at a time."""


@dataclass(frozen=True, eq=False)
class Merging:
    """What has moved of some ``atoms`` where parts have failed, as far as that is known.

    An atom that the failure of one of them cannot reach holds where it does without that failure.
    """

    failures: Failures
    atoms: Collection[int]
    _moved: dict[frozenset[Named], Moved] = field(default_factory=dict)
    _reached: dict[Named, frozenset[int] | None] = field(default_factory=dict)

    def remember(self, parts: Sequence[Part], moved: Moved) -> None:
        """Note what has moved once parts have failed."""
        if len(parts) <= _REMEMBERED:
            self._moved[frozenset(part.name for part in parts)] = moved

    def of(self, parts: Sequence[Part]) -> Moved | None:
        """What has moved once parts have failed; None where some atom is within reach of all, or too little known."""
        names = frozenset(part.name for part in parts)
        fewer = [self._moved.get(names - {part.name}) for part in parts]
        if len(names) < 2 or None in fewer:
            return None
        reached = [self._reach(part) for part in parts]
        if None in reached or frozenset.intersection(*(each for each in reached if each is not None)):
            return None
        return {
            atom: number
            for moved, beyond in zip(fewer, reached, strict=True)
            for atom, number in (moved or {}).items()
            if atom not in (beyond or ())
        }

    def _reach(self, part: Part) -> frozenset[int] | None:
        if part.name not in self._reached:
            reached = self.failures.reach(part)
            self._reached[part.name] = None if reached is None else reached.intersection(self.atoms)
        return self._reached[part.name]
