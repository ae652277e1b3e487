"""Where the reader has been: a trail to go back and forward on, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from reasoner.terms import Constant

MOST = 200
"""Places that are remembered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer to a query: the query's text, and what each of its names stands for."""

    text: str
    bindings: tuple[tuple[str, Constant], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be at: a case, its question, the hypothesis in hand, the tab, the screen, and what is chosen there.

    As a wish, what is empty may be anything. ``entry`` is a fact, among the facts; a rule's name, among the rules; and
    on the main screen a fact or a rule to be found in the reasoning, or a source among the sources. ``proof`` is the
    answer to a query whose reasons stand in the place of the hypothesis's.
    """

    case: str = ""
    role: str = ""
    actor: str = ""
    tab: str = ""
    screen: str = "case"
    entry: str = ""
    proof: Asked | None = None

    def grants(self, wish: Spot) -> bool:
        """Whether this place is what was wished for; where in the reasoning is not asked."""
        asked = [field.name for field in fields(Spot) if field.name != "entry" or wish.screen != "case"]
        return all(getattr(wish, name) in ("", None, getattr(self, name)) for name in asked)

    def beside(self, other: Spot) -> bool:
        """Whether only the cursor of a list lies between the two."""
        return replace(self, actor="", entry="") == replace(other, actor="", entry="")


@dataclass(frozen=True, slots=True)
class Trail:
    """The places in order, and which of them the reader is at.

    ``passing``: the reader came to it by moving the cursor and has done nothing there yet. The next move of the cursor
    then takes its place, so that going through a list leaves two places and not fifty.
    """

    spots: tuple[Spot, ...] = ()
    place: int = -1
    passing: bool = False

    @property
    def here(self) -> Spot | None:
        """The place the reader is at."""
        return self.spots[self.place] if self.spots else None

    @property
    def before(self) -> Spot | None:
        """The place to go back to."""
        return self.spots[self.place - 1] if self.place > 0 else None

    @property
    def after(self) -> Spot | None:
        """The place to go forward to."""
        return self.spots[self.place + 1] if self.place + 1 < len(self.spots) else None

    def visited(self, spot: Spot) -> Trail:
        """With the reader at this place; what lay ahead is forgotten."""
        if spot == self.here:
            return self
        moved = self.here is not None and spot.beside(self.here)
        end = self.place if moved and self.passing else self.place + 1
        spots = (*self.spots[:end], spot)[-MOST:]
        return Trail(spots, len(spots) - 1, moved)

    def settled(self) -> Trail:
        """Something was done here, so that it is worth coming back to."""
        return replace(self, passing=False)

    def moved(self, step: int) -> Trail:
        """So many places on, or back."""
        return replace(self, place=self.place + step, passing=False)
