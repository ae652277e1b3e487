"""A fact as a form: a line for each field, and beneath it what may stand in the field at hand."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reasoner.cells import cells, padded
from reasoner.evidence.drafts import FactDraft, ReportDraft
from tui.fact_fields import Field, Offer, Offers, fields_of, with_field
from tui.plain import LABEL, plain, shown
from tui.widgets.masked_input import MaskedInput

LONGEST = 40
"""Columns that the value of an offer gets at the most, before what it is."""


@dataclass
class DraftChanged(Message):
    """The form says something else now."""

    draft: FactDraft


class FieldRow(Horizontal):
    """A field's name and its line."""

    def __init__(self, field: Field, locked: bool) -> None:
        super().__init__(classes="field-row")
        self.field = field
        self.text = field.text
        self._locked = locked

    def compose(self) -> ComposeResult:
        """The name beside the line."""
        yield Static(plain(self.field.label, limit=LABEL), classes="field-label")
        yield MaskedInput(self.field.text, placeholder=_hint(self.field), compact=True, disabled=self._locked)

    @property
    def line(self) -> Input:
        """The line."""
        return self.query_one(Input)

    def hold(self, field: Field) -> None:
        """Be the row of this field from now on."""
        self.field = field
        self.query_one(Static).update(plain(field.label, limit=LABEL))
        self.line.placeholder = _hint(field)
        if self.text != field.text:
            self.text = self.line.value = field.text


def _hint(field: Field) -> str:
    """What belongs there, in parentheses, so that without colour it is not taken for what stands there."""
    return shown(f"({field.hint})", LABEL)


class FactForm(Vertical):
    """Up and down go through what is offered, enter takes it or goes to the next field, tab goes to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take it", show=False, priority=True),
        Binding("tab", "go_on", "Next field", show=False, priority=True),
        Binding("down", "offer(1)", "Next offer", show=False, priority=True),
        Binding("up", "offer(-1)", "Offer before", show=False, priority=True),
    ]

    def __init__(self, id: str, offers: Offers, locked: bool) -> None:
        super().__init__(id=id)
        self.draft = FactDraft()
        self._offers, self._locked = offers, locked
        self._offered: tuple[Offer, ...] = ()
        self._fields: list[Field] = []

    def compose(self) -> ComposeResult:
        """The fields over the offers."""
        yield VerticalScroll(id="form-fields", can_focus=self._locked)
        yield OptionList(id="form-offers")

    def on_mount(self) -> None:
        """The offers are gone through from the field."""
        self.offered.can_focus = False
        self.offered.display = False

    @property
    def offered(self) -> OptionList:
        """What may stand in the field at hand."""
        return self.query_one(OptionList)

    @property
    def at_hand(self) -> Field | None:
        """The field that the cursor is in."""
        row = self._row_at_hand
        return row.field if row else None

    @property
    def _row_at_hand(self) -> FieldRow | None:
        focused = self.screen.focused
        row = focused.parent if focused else None
        return row if isinstance(row, FieldRow) else None

    @property
    def report_at_hand(self) -> int | None:
        """The number of the report that the cursor is in, from 0."""
        field = self.at_hand
        return int(field.key.split(":")[1]) if field and field.key.startswith("report:") else None

    def show(self, draft: FactDraft, focus: str = "predicate") -> None:
        """Show a draft, with the cursor in a field."""
        self.draft = draft
        self.call_later(self._lay_out, focus)

    async def _lay_out(self, focus: str) -> None:
        """Lay out the fields anew; the rows of fields that stay, stay."""
        box = self.query_one("#form-fields")
        self._fields = list(fields_of(self.draft, self._offers.vocabulary))
        rows = {row.field.key: row for row in self.query(FieldRow)}
        gone = rows.keys() - {field.key for field in self._fields}
        await box.remove_children([*self.query(".field-heading"), *(rows[key] for key in gone)])
        waiting: list[Widget] = []
        for field in self._fields:
            if field.heading:
                waiting.append(Static(plain(field.heading, "bold"), classes="field-heading"))
            row = rows.get(field.key)
            if row is None:
                waiting.append(FieldRow(field, self._locked))
                continue
            if waiting:
                await box.mount(*waiting, before=row)
                waiting = []
            row.hold(field)
        await box.mount(*waiting)
        if not self._locked:
            self.go_to(focus)

    def go_to(self, key: str) -> None:
        """Put the cursor into a field; where there is none of that key, into the first."""
        rows = list(self.query(FieldRow))
        self._enter(next((row for row in rows if row.field.key == key), rows[0]))

    async def add_report(self) -> None:
        """A report more, with the cursor at its source."""
        await self._caught_up()
        reports = (*self.draft.reports, ReportDraft())
        await self._reshape(replace(self.draft, reports=reports), f"report:{len(reports) - 1}:source")

    async def drop_report(self, number: int) -> None:
        """A report less."""
        await self._caught_up()
        reports = (*self.draft.reports[:number], *self.draft.reports[number + 1 :])
        await self._reshape(replace(self.draft, reports=reports), f"report:{max(0, number - 1)}:source")

    async def _reshape(self, draft: FactDraft, focus: str) -> None:
        self.draft = draft
        await self._lay_out(focus)
        self.post_message(DraftChanged(draft))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take what is typed into the draft, and offer what goes with it."""
        event.stop()
        row = event.input.parent
        if isinstance(row, FieldRow) and event.value != row.text and event.value == row.line.value:
            self._write(row, event.value)
            self._offer(row.field, event.value)

    def _write(self, row: FieldRow, text: str) -> None:
        row.text = text
        self.draft = with_field(self.draft, row.field.key, text, self._offers.vocabulary)
        self.post_message(DraftChanged(self.draft))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offer what may stand there; where the field before has changed which fields there are, lay them out."""
        row = event.widget.parent
        if not isinstance(row, FieldRow):
            return
        shaping = self._stale()
        if shaping is not None and shaping != row.field.key:
            self.show(self.draft, self._behind(shaping))
        else:
            self._offer(row.field, row.text)

    def _stale(self) -> str | None:
        """The field that decides on others and has changed since they were laid out."""
        fresh = list(fields_of(self.draft, self._offers.vocabulary))
        if [field.key for field in fresh] == [field.key for field in self._fields]:
            return None
        before = next(field.text for field in self._fields if field.key == "standing")
        return "standing" if before != self.draft.standing else "predicate"

    def _behind(self, key: str) -> str:
        keys = [field.key for field in fields_of(self.draft, self._offers.vocabulary)]
        return keys[min(keys.index(key) + 1, len(keys) - 1)]

    def _offer(self, field: Field, text: str) -> None:
        self._offered = self._offers.matching(self.draft, field.key, text)
        offered = self.offered
        offered.clear_options()
        offered.display = bool(self._offered)
        width = min(LONGEST, max((cells(offer.value) for offer in self._offered), default=0))
        for offer in self._offered:
            offered.add_option(
                Option(plain(padded(offer.value, width), "bold", LABEL) + plain(f"  {offer.told}", limit=LABEL))
            )
        offered.highlighted = self._offers.meant(field, text, self._offered)

    def action_offer(self, step: int) -> None:
        """Go through what is offered; where nothing is, through the fields."""
        offered = self.offered
        if self._locked:
            box = self.query_one("#form-fields")
            (box.scroll_down if step > 0 else box.scroll_up)(animate=False)
        elif not offered.display:
            (self.screen.focus_next if step > 0 else self.screen.focus_previous)()
        else:
            (offered.action_cursor_down if step > 0 else offered.action_cursor_up)()

    async def action_take(self) -> None:
        """Take what is offered, if the cursor is on it, and go to the next field."""
        await self._caught_up()
        place = self.offered.highlighted
        if self.offered.display and place is not None:
            self._take(place)
        await self.action_go_on()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        event.stop()
        self._take(event.option_index)
        await self.action_go_on()

    def _take(self, place: int) -> None:
        row = self._row_at_hand
        if row is not None:
            row.line.value = self._offered[place].value
            row.line.cursor_position = len(row.line.value)
            self._write(row, row.line.value)

    async def _caught_up(self) -> None:
        """Wait until the line at hand has every letter typed before, and offer what goes with them."""
        row = self._row_at_hand
        if row is None:
            return
        done = asyncio.Event()
        row.line.call_later(done.set)
        await done.wait()
        if row.line.value != row.text:
            self._write(row, row.line.value)
            self._offer(row.field, row.text)

    async def action_go_on(self) -> None:
        """Go to the next field; first lay out the fields anew where this one decides which there are."""
        await self._caught_up()
        row, rows = self._row_at_hand, list(self.query(FieldRow))
        if row is None:
            self.screen.focus_next()
        elif self._stale() is not None:
            await self._lay_out(self._behind(row.field.key))
        elif row is not rows[-1]:
            self._enter(rows[rows.index(row) + 1])

    def _enter(self, row: FieldRow) -> None:
        self.screen.set_focus(row.line)
        self._offer(row.field, row.text)
