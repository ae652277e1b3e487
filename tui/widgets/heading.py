"""The top of the screen: which case this is, what is known of it, and whether something is being worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tui.plain import LABEL, passage, plain

if TYPE_CHECKING:
    from reasoner.evidence.base import Base
    from tui.dossier import Dossier

WORKING = "working …"


class Heading(Horizontal):
    """The case's title, date and footing; on the right, what is under way."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._title = Static(plain("ascribe", "bold"), id=f"{id}-title")
        self._state = Static(id=f"{id}-state")

    def compose(self) -> ComposeResult:
        """The title, and the state beside it."""
        yield self._title
        yield self._state

    def show(self, dossier: Dossier) -> None:
        """Show the case."""
        from reasoner.explanation.sentences import moment_text

        case = dossier.inquiry.base.case
        occurred = moment_text(case.occurred)
        self._title.update(
            passage(
                [
                    plain(case.title, "bold", LABEL),
                    plain(f" · {occurred}" if occurred else "", limit=LABEL),
                    "\n",
                    plain(" · ".join(footing(dossier)), "dim", LABEL),
                ]
            )
        )

    def working(self, busy: bool) -> None:
        """Say whether something is being worked out."""
        self._state.update(plain(WORKING if busy else "", "italic"))


def footing(dossier: Dossier) -> list[str]:
    """What the ranking stands on: as known when, how many facts from how many origins, how many worlds."""
    from reasoner.exchange.layout import counted

    base = dossier.inquiry.base
    facts = [fact for fact in base.facts.values() if fact.basis == "reported" and fact.case == base.case.id]
    origins = {report.origin for fact in facts for report in fact.reports}
    worlds = dossier.inquiry.assessment.worlds
    spread = "exact" if worlds.method == "exact" else f"±{200 * worlds.standard_error:.1f} %"
    known = _known(base)
    return [
        *([f"As known on {known}"] if known else []),
        f"{counted(len(facts), 'reported fact')} from {counted(len(origins), 'origin')}",
        f"{counted(worlds.count, 'world')}, {spread}",
    ]


def _known(base: Base) -> str | None:
    from reasoner.explanation.sentences import moment_text

    if base.as_of:
        return moment_text(base.as_of)
    dates = [report.date for fact in base.facts.values() for report in fact.reports if report.date]
    dates = [date for date in dates if date is not None]
    return moment_text(max(dates, key=lambda moment: moment.instant, default=None))
