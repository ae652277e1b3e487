"""A page line by line, with a cursor that goes from one element to the next; only the lines in sight are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.actions import Where, bindings
from tui.messages import ElementChosen
from tui.page_layout import PageLayout

if TYPE_CHECKING:
    from reasoner.exchange.page import Leads
    from reasoner.exchange.page_text import Element

MARK, NO_MARK = "▌", " "
"""Before each line of the element that the cursor is on, so that it shows without colour; and before the others."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Where the cursor was: the how manieth element it was on, what that speaks of, and the row of the pane."""

    number: int
    about: Leads
    row: int


class PageLines(ScrollView, can_focus=True):
    """The elements of a page. The arrows scroll through one that is taller than the pane before they leave it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("answer")
    PLACE: ClassVar[Where] = "answer"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"page-lines--line", "page-lines--cursor"}
    FOCUS_ON_CLICK: ClassVar[bool] = False  # as with the reasoning: lines would move beneath the mouse

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._laid = PageLayout()
        self._drawn: dict[tuple[int, int, Style, Selection | None], Strip] = {}
        self.cursor: int | None = None

    @property
    def columns(self) -> int:
        """How many columns a line may take."""
        return max(1, self.scrollable_content_region.width - len(MARK))

    @property
    def chosen(self) -> Element | None:
        """The element under the cursor."""
        return self._laid.elements[self.cursor] if self.cursor is not None else None

    @property
    def hand(self) -> Hand | None:
        """Where the cursor is."""
        if self.cursor is None:
            return None
        row = self._laid.starts[self.cursor] - self.scroll_offset.y
        return Hand(self._laid.telling.index(self.cursor), self._laid.elements[self.cursor].about, row)

    def show(self, layout: PageLayout, hand: Hand | None) -> None:
        """Show a page with the cursor where it was on it; at its beginning where that is None."""
        self._laid, self.cursor = layout, None
        self._drawn.clear()
        self.virtual_size = Size(self.columns + len(MARK), len(layout.lines))
        place = _found(hand, layout) if hand else layout.outermost(-1)
        self._begin_at(layout.starts[place] - hand.row if hand and place is not None else 0)
        self.refresh()
        if place is not None:
            self._choose(place, 1)
        else:
            self.post_message(ElementChosen())

    def keep_in_sight(self) -> None:
        """The pane has another height: the cursor stays in it."""
        if self.cursor is not None:
            self._begin_at(self._laid.seen_from(self.cursor, 1, self.scroll_offset.y, self._height))

    def render_line(self, y: int) -> Strip:
        """One line: the mark, and the text, as wide as the pane."""
        width, line = self.size.width, self.scroll_offset.y + y
        here = line < len(self._laid.lines) and self._laid.element_of[line] == self.cursor
        style = self.get_component_rich_style("page-lines--cursor" if here else "page-lines--line")
        if line >= len(self._laid.lines):
            return Strip.blank(width, style)
        key = (line, width, style, self.text_selection)
        if key not in self._drawn:
            strip = self._strip((MARK if here else NO_MARK) + self._laid.lines[line], line)
            self._drawn[key] = strip.apply_style(style).crop_extend(0, width, style).apply_offsets(0, line)
        return self._drawn[key]

    def _strip(self, text: str, line: int) -> Strip:
        """The text of a line, with what is selected of it by mouse."""
        span = self.text_selection.get_span(line) if self.text_selection else None
        if span is None:
            return Strip([Segment(text)])
        start, end = span[0], span[1] if span[1] >= 0 else len(text)
        selected = Text(text, end="")
        selected.stylize(self.screen.get_component_rich_style("screen--selection"), start, end)
        return Strip(selected.render(self.app.console))

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The text that is selected by mouse."""
        text = selection.extract("\n".join(NO_MARK + line for line in self._laid.lines))
        return text.replace(f"\n{NO_MARK}", "\n"), "\n"

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there, or do what enter does where it is there already; then take the focus."""
        event.prevent_default()  # Textual would select all text at the second click
        line = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if self.text_selection is None and line < len(self._laid.lines):
            place = self._laid.element_of[line]
            if place == self.cursor:
                self.app.call_later(self.app.run_action, "perform('follow')")
            elif not self._laid.elements[place].passing:
                self._choose(place, 1)
        self.call_later(self.focus)

    def action_scroll_down(self) -> None:
        """On through the element, or to the next."""
        self._step(1)

    def action_scroll_up(self) -> None:
        """Back through the element, or to the one before."""
        self._step(-1)

    def action_page_down(self) -> None:
        """A page on."""
        self._turn(1)

    def action_page_up(self) -> None:
        """A page back."""
        self._turn(-1)

    def action_scroll_home(self) -> None:
        """To the beginning."""
        self._leap(-1)

    def action_scroll_end(self) -> None:
        """To the end."""
        self._leap(1)

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _step(self, way: int) -> None:
        place = self.cursor
        beside = self._laid.beside(place, way) if place is not None else None
        if beside is None or (place is not None and self._goes_on(place, way)):
            self._begin_at(self.scroll_offset.y + way)
        else:
            self._choose(beside, way)

    def _goes_on(self, place: int, way: int) -> bool:
        """Whether an element in sight is taller than the pane, and there is more of it this way."""
        start, end, top = self._laid.starts[place], self._laid.end(place), self.scroll_offset.y
        bottom = top + self._height
        if end - start <= self._height or start >= bottom or end <= top:
            return False
        return end > bottom if way > 0 else start < top

    def _turn(self, way: int) -> None:
        """A page on or back: the cursor stays about where it is in the pane."""
        before = self.scroll_offset.y
        self._begin_at(before + way * self._height)
        moved = self.scroll_offset.y - before
        if not moved:
            self._leap(way)
        elif self.cursor is not None:
            line = self._laid.starts[self.cursor] + moved
            there = self._laid.element_of[max(0, min(line, len(self._laid.lines) - 1))]
            found = self._laid.beside(there - way, way)
            if found not in (None, self.cursor):
                self._choose(found, way)

    def _leap(self, way: int) -> None:
        last = self._laid.outermost(way)
        if last is not None:
            self._choose(last, way)
        self._begin_at(0 if way < 0 else len(self._laid.lines))

    def _choose(self, place: int, way: int) -> None:
        """Put the cursor on an element, and bring it into sight."""
        before, self.cursor = self.cursor, place
        for each in (before, place):
            if each is not None:
                self.refresh_lines(self._laid.starts[each], self._laid.height(each))
        self._begin_at(self._laid.seen_from(place, way, self.scroll_offset.y, self._height))
        self.post_message(ElementChosen())

    def _begin_at(self, line: int) -> None:
        """Show the page from this line on, or as near to it as the page's length allows."""
        self.scroll_to(y=line, animate=False, force=True)


def _found(hand: Hand, layout: PageLayout) -> int | None:
    """The element that speaks of what the one in hand spoke of, the nearest one; else the one in its place."""
    telling = layout.telling
    abouts = [layout.elements[place].about for place in telling]
    alike = [number for number, about in enumerate(abouts) if about and about == hand.about]
    number = min(alike, key=lambda each: abs(each - hand.number), default=min(hand.number, len(telling) - 1))
    return telling[number] if telling else None
