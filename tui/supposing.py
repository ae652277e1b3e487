"""What the reader supposes to be otherwise: all changes so far, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reasoner.explanation.changes import Changes


@dataclass(frozen=True, slots=True)
class Supposing:
    """The changes after each step, the first being none; ``place`` is the step in force."""

    steps: tuple[Changes, ...] = (Changes(),)
    place: int = 0

    @property
    def now(self) -> Changes:
        """The changes in force."""
        return self.steps[self.place]

    @property
    def undoable(self) -> bool:
        """Whether there is a step to take back."""
        return self.place > 0

    @property
    def redoable(self) -> bool:
        """Whether there is a step to take again."""
        return self.place + 1 < len(self.steps)

    def then(self, changes: Changes) -> Supposing:
        """These changes instead of those in force; what had been taken back is forgotten."""
        if changes == self.now:
            return self
        steps = (*self.steps[: self.place + 1], changes)
        return Supposing(steps, len(steps) - 1)

    def undone(self) -> Supposing:
        """One step back."""
        return replace(self, place=max(0, self.place - 1))

    def redone(self) -> Supposing:
        """One step on."""
        return replace(self, place=min(len(self.steps) - 1, self.place + 1))
