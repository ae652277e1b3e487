"""A page laid out for a pane: its lines, which element each belongs to, and where the pane begins to show one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reasoner.cells import cells
from reasoner.exchange.layout import wrapped
from reasoner.exchange.page_text import Element
from tui.plain import shown


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Elements with their lines as they are drawn. ``element_of`` has a line's element, ``starts`` an element's line.

    One more than there are elements stands in ``starts``: the line behind the last.
    """

    elements: tuple[Element, ...] = ()
    lines: tuple[str, ...] = ()
    element_of: tuple[int, ...] = ()
    starts: tuple[int, ...] = (0,)

    def end(self, place: int) -> int:
        """The line behind an element."""
        return self.starts[place + 1]

    def height(self, place: int) -> int:
        """How many lines an element has."""
        return self.end(place) - self.starts[place]

    @property
    def telling(self) -> tuple[int, ...]:
        """The elements that are not only read in passing; as many at any width."""
        return tuple(place for place, element in enumerate(self.elements) if not element.passing)

    def beside(self, place: int, way: int) -> int | None:
        """The nearest element behind a place (1) or before it (-1) that is not only read in passing."""
        places = range(place + 1, len(self.elements)) if way > 0 else range(place - 1, -1, -1)
        return next((each for each in places if not self.elements[each].passing), None)

    def outermost(self, way: int) -> int | None:
        """The last element (1), or the first (-1), that is not only read in passing."""
        return self.beside(len(self.elements) if way > 0 else -1, -way)

    def seen_from(self, place: int, way: int, top: int, height: int) -> int:
        """The line that a pane of a height is to begin with to show an element come to this way.

        It is as near as can be to the one it begins with now. What is read in passing before the element is shown,
        too, if there is room; of an element that is taller than the pane, the end that one comes to first.
        """
        start, end = self.starts[place], self.end(place)
        before = self.beside(place, -1)
        leading_up = self.end(before) if before is not None else 0
        if end - leading_up <= height:
            start = leading_up
        if end - start > height:
            return start if way > 0 else end - height
        return min(start, max(top, end - height))


def laid_out(elements: Iterable[Element], width: int) -> PageLayout:
    """Elements for a pane of so many columns."""
    kept = tuple(elements)
    lines: list[str] = []
    element_of: list[int] = []
    starts = [0]
    for place, element in enumerate(kept):
        fitted = [part for line in element.lines for part in _fitted(line, width)]
        lines += fitted
        element_of += [place] * len(fitted)
        starts.append(len(lines))
    return PageLayout(kept, tuple(lines), tuple(element_of), tuple(starts))


def _fitted(line: str, width: int) -> list[str]:
    """A line without anything that a terminal obeys; wrapped where escapes make it wider than it was laid out for."""
    made = shown(line)
    return [made] if cells(made) <= width else wrapped(made, "", "", width)
