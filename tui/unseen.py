"""What the reader has not seen yet: the rankings that the main screen last showed, and why they were redone since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reasoner.assessment.result import Standings


@dataclass(frozen=True, slots=True)
class Unseen:
    """The rankings last looked at, and the reasons for all that came of them since."""

    standings: Standings
    reasons: tuple[str, ...] = ()

    def then(self, reason: str) -> Unseen:
        """They are redone once more; the same reason is given once."""
        return replace(self, reasons=tuple(dict.fromkeys([*self.reasons, reason])))

    @property
    def because(self) -> str:
        """All reasons in a line."""
        return ", ".join(self.reasons)
