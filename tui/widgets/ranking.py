"""The ranked hypotheses of one role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.widgets import DataTable

from reasoner.assessment.words import percent, word, words
from reasoner.cells import cells
from reasoner.exchange.layout import bar, counted
from tui.actions import Where, bindings
from tui.messages import ActorChosen
from tui.plain import plain_text

if TYPE_CHECKING:
    from reasoner.assessment.result import Standing
    from reasoner.exchange.rows import Row
    from reasoner.explanation.changes import Changes
    from tui.dossier import Dossier
    from tui.moves import Move

PLACE, PERCENT, MOVED = 2, 5, 7
"""Widths of the columns that never change."""

SCROLLBAR = 2
"""Columns kept free for it."""

LEAST_NAME, MOST_NAME = 18, 48
FEWEST_LETTERS = 12
LEAST_BAR, MOST_BAR = 6, 40


class RankingTable(DataTable[Text]):
    """Umbrellas and hypotheses, most probable first; an umbrella opens to its members.

    A row's key is its actor, beneath an umbrella ``umbrella/actor``.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("ranking")
    PLACE: ClassVar[Where] = "ranking"
    FOCUS_ON_CLICK: ClassVar[bool] = False  # as with the reasoning: rows would move beneath the mouse

    def __init__(self, id: str) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)
        self.ranking: Standing | None = None
        self._dossier: Dossier | None = None
        self._moves: Mapping[tuple[str, bool], Move] = {}
        self._open: set[str] = set()
        self._in_a_word = False
        self._rows: dict[str, Row] = {}
        self._drawn_width = 0

    def show(self, ranking: Standing, dossier: Dossier, moved: tuple[Move, ...], chosen: str | None) -> None:
        """Show a ranking, with what moved, and put the cursor on an actor."""
        if self.ranking is None or dossier.inquiry.base.case.id != self._case:
            self._open = {umbrella.actor for umbrella in ranking.umbrellas}
        self.ranking, self._dossier = ranking, dossier
        self._moves = {(move.actor, move.group): move for move in moved if worth_a_cell(move)}
        self._reveal(chosen)
        self._draw(chosen)

    def _reveal(self, actor: str | None) -> None:
        """Open the umbrella of an actor that stands only beneath one."""
        from reasoner.exchange.rows import folded

        keys = [key for key, _ in _keyed(folded(self.ranking))] if self.ranking and actor else []
        heads = [head for head, _, member in (key.rpartition("/") for key in keys) if member == actor]
        if heads and "" not in heads:
            self._open.add(heads[0])

    @property
    def _case(self) -> str | None:
        return self._dossier.inquiry.base.case.id if self._dossier else None

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        if not self.row_count:
            return None
        key = self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value
        return self._rows.get(key or "")

    def blank(self) -> None:
        """Show nothing."""
        self.ranking = self._dossier = None
        self.clear(columns=True)

    @property
    def folds(self) -> bool:
        """Whether the row in hand belongs to an umbrella."""
        head = self._rows.get(self._head_in_hand())
        return head is not None and head.group

    def fold(self) -> None:
        """Fold the umbrella in hand, or open it."""
        head = self._head_in_hand()
        self._open ^= {head}
        self._draw(head)

    def _head_in_hand(self) -> str:
        return self._key_in_hand().partition("/")[0]

    def _key_in_hand(self) -> str:
        if not self.row_count:
            return ""
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value or ""

    def on_click(self) -> None:
        """Take the focus once the click is done."""
        self.call_later(self.focus)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns to the new width."""
        if self.ranking is not None and self.size.width != self._drawn_width:
            self._draw(None)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Say which hypothesis is chosen."""
        event.stop()
        row = self._rows.get(event.row_key.value or "")
        if row:
            self.post_message(ActorChosen(row.actor))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """A click on a chosen row, or enter, goes to the reasons."""
        event.stop()
        self.app.call_later(self.app.run_action, "perform('why')")

    def _draw(self, chosen: str | None) -> None:
        from reasoner.exchange.rows import folded

        ranking, dossier = self.ranking, self._dossier
        if ranking is None or dossier is None:
            return
        kept = chosen or self._key_in_hand()
        keyed = _keyed((*folded(ranking), *self._gone(ranking)))
        self._rows = dict(keyed)
        self._drawn_width = self.size.width
        with self.prevent(DataTable.RowHighlighted):
            self.clear(columns=True)
            name, bar_width, moved = self._columns(keyed, ranking, dossier)
            place = 0
            for key, row in keyed:
                place += row.depth == 0 and self._ranked(row)
                if row.depth == 0 or key.partition("/")[0] in self._open:
                    self.add_row(*self._cells(row, place, name, bar_width, moved), key=key)
        self._put_cursor(kept)

    def _gone(self, ranking: Standing) -> tuple[Row, ...]:
        """Those who are no hypothesis under what is supposed."""
        from reasoner.exchange.rows import Row

        moves = (move for move in self._moves.values() if move.after is None and move.actor in self._supposedly_gone)
        return tuple({move.actor: Row(move.actor, move.name, 0.0, 0.0) for move in moves}.values())

    @property
    def _supposedly_gone(self) -> frozenset[str]:
        """Whoever is ranked by the files, and not under what is supposed."""
        inquiry = self._dossier.inquiry if self._dossier else None
        if inquiry is None or inquiry.plain is None or self.ranking is None:
            return frozenset()
        before = inquiry.plain.standings.get(self.ranking.role)
        return before.actors - self.ranking.actors if before else frozenset()

    def _ranked(self, row: Row) -> bool:
        return row.actor not in self._supposedly_gone

    def _put_cursor(self, key: str) -> None:
        """The cursor goes to the row of that key or actor, else to the first."""
        shown = [row.key.value or "" for row in self.ordered_rows]
        place = next(
            (place for place, other in enumerate(shown) if other == key),
            next((place for place, other in enumerate(shown) if other.rpartition("/")[2] == key), 0),
        )
        if shown:
            self.move_cursor(row=place)
            self.post_message(ActorChosen(self._rows[shown[place]].actor))

    def _columns(self, keyed: list[tuple[str, Row]], ranking: Standing, dossier: Dossier) -> tuple[int, int, bool]:
        """Add the columns; say how wide names and bars are, and whether what moved is shown."""
        moved = any((row.actor, row.group) in self._moves for _, row in keyed)
        columns = 6 if moved else 5
        fixed = PLACE + PERCENT + (MOVED if moved else 0) + 2 * self.cell_padding * columns + SCROLLBAR
        said = max(len(words(row.probability)) for _, row in keyed)
        self._in_a_word = self.size.width < fixed + said + LEAST_NAME
        if self._in_a_word:
            said = max(len(word(row.probability)) for _, row in keyed)
        room = max(0, self.size.width - fixed - said)
        heading = Text(heading_text(dossier.inquiry.changes))
        wanted = max([heading.cell_len, *(cells(self._shown_name(row)) for _, row in keyed)])
        name = min(wanted, MOST_NAME, room - LEAST_BAR)
        if name < min(LEAST_NAME, wanted):  # then rather names than bars
            name = max(FEWEST_LETTERS if self._in_a_word else LEAST_NAME, min(wanted, MOST_NAME, room))
        bar_width = min(MOST_BAR, room - name)
        if heading.cell_len > name:
            heading = Text(heading.plain.removeprefix("Only ").capitalize())
        if heading.cell_len > name:
            heading = Text(f"{heading.plain.removeprefix('Supposed: ').partition(' ')[0]} supposed")
        self.add_column(Text(""), width=PLACE, key="place")
        self.add_column(heading, width=name, key="name")
        self.add_column(Text("%"), width=PERCENT, key="percent")
        self.add_column(Text("In words"), width=said, key="words")
        if moved:
            self.add_column(Text("Was"), width=MOVED, key="moved")
        if bar_width >= LEAST_BAR:
            self.add_column(Text(""), width=bar_width, key="bar")
        return name, bar_width if bar_width >= LEAST_BAR else 0, moved

    def _cells(self, row: Row, place: int, name: int, bar_width: int, moved: bool) -> list[Text]:
        style = "bold" if self._leads(row) else ""
        shown = plain_text(self._shown_name(row), style)
        shown.truncate(name, overflow="ellipsis")
        ranked = self._ranked(row)
        number = f"{place}" if row.depth == 0 and ranked else ""
        cells = [
            Text(number, style="dim", justify="right"),
            shown,
            Text(percent(row.probability) if ranked else "–", style=style, justify="right"),
            Text((word if self._in_a_word else words)(row.probability) if ranked else "not ranked", style=style),
        ]
        if moved:
            cells.append(move_text(self._moves.get((row.actor, row.group))))
        if bar_width:
            cells.append(Text(bar(row.probability, bar_width) if ranked else "", style=self._bar_style(row)))
        return cells

    def _shown_name(self, row: Row) -> str:
        from reasoner.explanation.sentences import listed
        from reasoner.language.vocabulary import NOBODY, OTHER

        assert self._dossier is not None and self.ranking is not None
        named = row.actor in (OTHER, NOBODY)
        name = self._dossier.name(row.actor, self.ranking.role) if named else row.name
        owners = [front.owner for front in self.ranking.fronts if front.front == row.actor]
        if owners:
            name += f", a name of {listed([self._dossier.name(owner) for owner in owners])}"
        if row.depth:
            return f"  {name}"
        if row.group and any(key.startswith(f"{row.actor}/") for key in self._rows):
            return f"{'▾' if row.actor in self._open else '▸'} {name}"
        return f"  {name}" if any(other.group for other in self._rows.values()) else name

    def _leads(self, row: Row) -> bool:
        assert self.ranking is not None
        return row.actor == (self.ranking.leader or self.ranking.leading) and (row.group or row.depth == 0)

    def _bar_style(self, row: Row) -> str:
        return "" if self._leads(row) else "dim"


def _keyed(rows: tuple[Row, ...]) -> list[tuple[str, Row]]:
    keyed: list[tuple[str, Row]] = []
    head = ""
    for row in rows:
        head = row.actor if row.depth == 0 else head
        keyed.append((row.actor if row.depth == 0 else f"{head}/{row.actor}", row))
    return keyed


def heading_text(changes: Changes) -> str:
    """What stands above the names: where anything is supposed, that it is, and how much."""
    supposed = sum(1 for _ in changes.lines())
    return f"Only supposed: {counted(supposed, 'change')}" if supposed else "Hypothesis"


def worth_a_cell(move: Move) -> bool:
    """Whether a move shows in whole per cent."""
    return move.before is None or move.after is None or percent(move.before) != percent(move.after)


def move_text(move: Move | None) -> Text:
    """How a probability moved: a sign and what it was, so that it reads without colour."""
    if move is None:
        return Text("")
    if move.before is None:
        return Text("new")
    return Text(f"{'▲' if move.size > 0 else '▼'} {percent(move.before)}")
