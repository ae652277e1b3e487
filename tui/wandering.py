"""Finding one's way: going to a case, hypothesis, tab, fact or rule from anywhere, and back and forward again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.screen import ModalScreen, Screen

from tui.doubting import Doubting
from tui.history import Spot, Trail
from tui.messages import Holder
from tui.questions import WHY

if TYPE_CHECKING:
    from tui.messages import ActorChosen
    from tui.screens.facts import FactsScreen
    from tui.screens.rules import RulesScreen
    from tui.widgets.choices import ChoiceMade

NOTHING_BEFORE = "There is nothing to go back to."
NOTHING_AFTER = "There is nothing to go forward to: that is for after going back."

MOVES = ("go_back", "go_forward", "into", "out")
"""Actions that only move."""


class Wandering(Doubting):
    """An app that remembers where the reader has been."""

    def __init__(self) -> None:
        super().__init__()
        self.trail = Trail()
        self._wish: Spot | None = None
        self._walking = False

    @abstractmethod
    def open_case(self, case: str) -> None:
        """Read and weigh a case."""

    @property
    def rules_screen(self) -> RulesScreen | None:
        """The rules, where they are open."""
        return cast("RulesScreen | None", self._standing_screen("rules"))

    @property
    def facts_screen(self) -> FactsScreen | None:
        """The facts, where they are open."""
        return cast("FactsScreen | None", self._standing_screen("facts"))

    def _standing_screen(self, name: str) -> Screen[object] | None:
        """The screen of that id, where it is open: loading its class, to ask for that, would cost 20 MiB."""
        return next((screen for screen in self.screen_stack if screen.id == name), None)

    @property
    def spot(self) -> Spot | None:
        """Where the reader is; None while nothing is open."""
        shown, dossier = self.case_screen, self.dossier
        if dossier is None or not shown.actor:
            return None
        here = (dossier.inquiry.base.case.id, shown.role, shown.actor, shown.tabs.active)
        if rules := self.rules_screen:
            return Spot(*here, "rules", rules.chosen_rule)
        if facts := self.facts_screen:
            return Spot(*here, "facts", facts.chosen_atom)
        return Spot(*here, proof=shown.proof)

    def mark(self) -> None:
        """Remember where the reader is."""
        spot = self.spot if self.screen_stack else None
        if spot is None or (spot.screen != "case" and not spot.entry):  # not there yet
            return
        if self._wish and not spot.grants(self._wish):
            return
        self._wish = None
        self.trail = self.trail.visited(spot)

    def on_actor_chosen(self, message: ActorChosen) -> None:
        """Another hypothesis."""
        self.mark()

    def on_entry_chosen(self) -> None:
        """Other reasons: of the hypothesis, or of an answer to a query."""
        self.mark()

    def on_choice_made(self, message: ChoiceMade) -> None:
        """Another question or tab."""
        self.mark()

    def on_data_table_row_highlighted(self) -> None:
        """Another fact."""
        self.mark()

    def on_tree_node_highlighted(self) -> None:
        """Another rule."""
        self.mark()

    def action_perform(self, action: str) -> object:
        """Run an action; what it was done at is a place to come back to."""
        if action not in MOVES:
            self._wish = None
            self.mark()
            self.trail = self.trail.settled()
            self.call_later(self.mark)
        return super().action_perform(action)

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action == "go_back" and self._trail.before is None:
            return NOTHING_BEFORE
        if action == "go_forward" and self._trail.after is None:
            return NOTHING_AFTER
        return super().blocked(action)

    @property
    def _trail(self) -> Trail:
        """The trail up to where the reader is now, even if that is not all that was wished for."""
        spot = self.spot
        return self.trail.visited(spot) if spot and not (self._wish and self._walking) else self.trail

    def do_go_back(self) -> None:
        """To where the reader was before."""
        self._walk(-1)

    def do_go_forward(self) -> None:
        """To where the reader was before going back."""
        self._walk(1)

    def _walk(self, step: int) -> None:
        trail = self._trail.moved(step)
        spot = trail.here
        assert spot is not None

        def go() -> None:
            self.trail = trail
            self._go(spot, walking=True)

        self.leave_case_for(spot.case, lambda: self._leave_for(spot, go))

    def go_to(self, wish: Spot) -> None:
        """Go to a place from anywhere; one can go back from there."""
        self.mark()
        self.trail = self.trail.settled()
        self.leave_case_for(wish.case, lambda: self._leave_for(wish, lambda: self._go(wish)))

    def _leave_for(self, wish: Spot, then: Callable[[], object]) -> None:
        """Leave what lies over the screen that is wished for, once it is settled what becomes of unsaved edits."""
        self._leave_until(wish.screen if self._open_already(wish) else "case", then)

    def _leave_until(self, wanted: str, then: Callable[[], object]) -> None:
        """Leave one screen after the other until the one of that id is in front."""
        front = self.screen
        if front.id == wanted or len(self.screen_stack) == 1:
            then()
            return

        def leave() -> None:
            if self.screen is front and isinstance(front, ModalScreen):
                front.dismiss(None)  # so that whoever asked learns that there is no answer
            elif self.screen is front:
                self.pop_screen()
            self._leave_until(wanted, then)

        if isinstance(front, Holder):
            front.ask_to_leave(leave)
        else:
            leave()

    def come_to(self, name: str, make: Callable[[], Screen[Any]]) -> None:
        """Open a screen, or go back to the one of that id that stands beneath others."""
        if self._standing_screen(name) is None:
            self.push_screen(make())
        else:
            self._leave_until(name, lambda: None)

    def _open_already(self, wish: Spot) -> bool:
        """Whether the screen wished for stands already, over the case wished for."""
        spot = self.spot
        return (
            spot is not None and wish.case in ("", spot.case) and wish.screen in {each.id for each in self.screen_stack}
        )

    def _go(self, wish: Spot, walking: bool = False) -> None:
        self._wish, self._walking = wish, walking
        if wish.case and (self.dossier is None or self.dossier.inquiry.base.case.id != wish.case):
            self.open_case(wish.case)
        else:
            self.go_on()

    def go_on(self) -> None:
        """The case is open: on to the hypothesis, the tab and the screen that were wished for."""
        wish, dossier = self._wish, self.dossier
        if wish is None or dossier is None or wish.case not in ("", dossier.inquiry.base.case.id):
            return
        self.case_screen.go_to(wish)
        if wish.screen == "rules":
            self._go_to_rule(wish.entry)
        elif wish.screen == "facts":
            self._go_to_fact(wish.entry)
        self.call_later(self.mark)

    def _go_to_rule(self, rule: str) -> None:
        from tui.dossier import Place
        from tui.screens.rules import RulesScreen

        place = self._known.rule_place(rule) or (Place(Path(rule)) if rule else None)
        if screen := self.rules_screen:
            screen.go_to(place)
        else:
            self.push_screen(RulesScreen(self.workspace, self.dossier, place))

    def _go_to_fact(self, fact: str) -> None:
        from tui.screens.facts import FactsScreen

        if screen := self.facts_screen:
            screen.go_to(fact)
        else:
            self.push_screen(FactsScreen(self._known, fact))

    def why_unreasoned(self, wanted: str) -> str | None:
        """Why one cannot go to a fact or rule in the reasoning at hand, or None."""
        from tui.outline import first_of

        chain = self.case_screen.chain.chain
        if chain is None:
            return "There is no reasoning to show yet."
        if first_of(chain, wanted) is None:
            return f"It has no part in the reasoning about {chain.name}."
        return None

    def action_lead(self, screen: str, entry: str) -> None:
        """Go to a fact or rule that is named in what is shown, or to its place in the reasoning."""
        reason = self.why_unreasoned(entry) if screen == "case" else None
        if reason:
            self.say(reason)
        else:
            self.go_to(Spot(tab=WHY if screen == "case" else "", screen=screen, entry=entry))
