"""The sources behind an answer as a tree, each with what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.messages import ReportChosen
from tui.plain import LABEL, plain
from tui.widgets.outline_tree import Branch, OutlineTree

if TYPE_CHECKING:
    from reasoner.explanation.sourcing import Sourcing
    from tui.outline import Entry, Path


class SourcesTree(OutlineTree):
    """Sources, those first without which the lead would move most; beneath each its reports, by weight."""

    BORDER_TITLE = "Sources"

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.sourcing: Sourcing | None = None

    def show(self, sourcing: Sourcing, name: str, cursor: Path | None) -> None:
        """Show who stands behind an answer, weighed for a hypothesis of that name; of the same role, as it stood."""
        from tui.outline import Entry

        before, self.sourcing = self.sourcing, sourcing
        same = before is not None and (before.case, before.role) == (sourcing.case, sourcing.role)
        self.border_title = plain(f"Sources, by what the lead would lose · facts weighed for {name}", limit=LABEL)
        most = max((abs(each.lead) for each in sourcing.sources), default=0.0)
        self.show_entries((Entry(each.source.id, each) for each in sourcing.sources), most, same, cursor)

    def blank(self, instead: str = "") -> None:
        """Show nothing, or a sentence instead."""
        self.sourcing = None
        self.say(instead)

    def entries_beneath(self, entry: Entry) -> Sequence[Entry]:
        """The reports of a source."""
        from tui.outline import beneath

        return beneath(entry)

    def activate(self, node: Branch) -> None:
        """Enter on a report goes to where it stands in the reasoning."""
        from reasoner.explanation.sourcing import Reported

        if node.data and isinstance(node.data.value, Reported):
            self.post_message(ReportChosen(node.data.value.fact, node.data.value.report.source))
