"""Following an answer: from a line of it to the fact, rule, source or hypothesis it speaks of, or on without that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.history import Spot
from tui.plain import LABEL, plain
from tui.questions import SOURCES, WHY
from tui.wandering import Wandering

if TYPE_CHECKING:
    from reasoner.exchange.page import Lead, Leads

KINDS = {"fact": "fact", "rule": "rule", "source": "source", "origin": "source", "actor": "hypothesis"}
"""What a lead leads to, in a word."""

NOWHERE = "This line leads nowhere further."
NOTHING_TO_LEAVE_OUT = "This line speaks of no fact, rule or source that could be left out."


class Following(Wandering):
    """An app in which the lines of an answer lead on."""

    @property
    def _doubtable(self) -> Leads:
        """What a line may be doubted by: what it says might be found, or else what it rests on."""
        leads = self.case_screen.leads
        found = tuple(lead for lead in leads if lead.kind == "finding")
        return found or tuple(lead for lead in leads if lead.kind != "actor")

    @property
    def _followable(self) -> Leads:
        return tuple(lead for lead in self.case_screen.leads if lead.kind != "finding")

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action == "follow" and not self._followable:
            return NOWHERE
        if action == "leave_out":
            return self._not_shown if self._covered else None if self._doubtable else NOTHING_TO_LEAVE_OUT
        return super().blocked(action)

    def called(self, action: str) -> str:
        """What the bottom line calls an action: where enter leads from the line in hand."""
        leads = self._followable if action == "follow" else ()
        if not leads:
            return super().called(action)
        return f"To {len(leads)} things" if len(leads) > 1 else f"To the {KINDS[leads[0].kind]}"

    def do_follow(self) -> None:
        """Go to what the chosen line of an answer speaks of; where that is several things, ask to which."""
        self._choose("Where to?", self._followable, self._to, lambda lead: self.go_to(self._spot_of(lead)))

    def do_leave_out(self) -> None:
        """Suppose what the chosen line speaks of left out, or take that back; ask which of several."""
        self._choose("What if?", self._doubtable, self._without, self._toggle)

    def _toggle(self, lead: Lead) -> None:
        from tui.doubts import left_out

        self.suppose(self.supposing.then(left_out(self.supposing.now, lead)))

    def _to(self, lead: Lead) -> str:
        from tui.leads import in_words

        return f"To {in_words(lead, self.case_screen.role, self._known)}"

    def _without(self, lead: Lead) -> str:
        from tui.doubts import is_supposed
        from tui.leads import in_words

        leave = "Suppose" if lead.kind == "finding" else "Leave out"
        does = "Take back" if is_supposed(self.supposing.now, lead) else leave
        return f"{does} {in_words(lead, self.case_screen.role, self._known)}"

    def _choose(
        self, question: str, leads: Leads, words: Callable[[Lead], str], then: Callable[[Lead], object]
    ) -> None:
        """Do something with the one, or with the one of several that the reader chooses."""
        if len(leads) == 1:
            then(leads[0])
            return
        from tui.screens.ask import AskScreen

        about = " ".join(self.case_screen.answer.said.split()).removeprefix("- ")
        choices = {str(place): words(lead) for place, lead in enumerate(leads)}

        def chosen(answer: str | None) -> None:
            if answer is not None:
                then(leads[int(answer)])

        self.push_screen(AskScreen(question, plain(about, limit=LABEL), choices), chosen)

    def _spot_of(self, lead: Lead) -> Spot:
        """A fact or rule in the reasoning at hand, or else in its list; a source, a hypothesis where they stand."""
        if lead.kind == "actor":
            return Spot(role=lead.role or self.case_screen.role, actor=lead.name, tab=WHY)
        if lead.kind in ("source", "origin"):
            return Spot(tab=SOURCES, entry=lead.name)
        if self.why_unreasoned(lead.name) is None:
            return Spot(tab=WHY, entry=lead.name)
        return Spot(screen="facts" if lead.kind == "fact" else "rules", entry=lead.name)
