"""How a case came to be known: the moments at which something was reported, and the base at each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reasoner.evidence.base import Base, Moment
from reasoner.evidence.loading import base_as_of, gathered_case
from reasoner.evidence.moments import known_by
from reasoner.evidence.scope import Gathered
from reasoner.evidence.workspace import Workspace
from reasoner.language.vocabulary import Scales, Vocabulary


@dataclass(frozen=True)
class History:
    """A case with everything ever reported on it, read once."""

    gathered: Gathered
    vocabulary: Vocabulary
    scales: Scales

    def moments(self, until: Moment | None = None) -> tuple[Moment, ...]:
        """The moments at which something was reported, ascending; none after ``until``."""
        found: dict[datetime, Moment] = {}
        for statement in self.gathered.scope.statements:
            dates = [report.date for report in statement.reports]
            for moment in (*dates, statement.dated):
                if moment is not None and known_by(moment, until):
                    found.setdefault(moment.instant, moment)
        return tuple(found[instant] for instant in sorted(found))

    def at(self, moment: Moment) -> Base:
        """The case as known then. Raises `InputError` for certain rivals."""
        return base_as_of(self.gathered, moment, self.vocabulary, self.scales)


def load_history(workspace: Workspace, case_id: str, vocabulary: Vocabulary, scales: Scales) -> History:
    """Read all there is on a case. Raises `InputError` with every problem of every file read."""
    return History(gathered_case(workspace, case_id, vocabulary, scales), vocabulary, scales)
