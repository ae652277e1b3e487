"""An editor for one rule file: coloured by the language's own tokens, with problems underlined and words offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType

from reasoner.exchange.plain_text import masked
from reasoner.language.completion import Words, complete
from reasoner.language.tokens import colour
from reasoner.problems import Problem
from tui.actions import Where, bindings
from tui.colours import PROBLEM, editor_theme
from tui.rule_file import RuleFile, laid_out, same_place
from tui.widgets.completions import LEAST_TYPED, Completions
from tui.widgets.still_text import StillText


class RuleEditor(StillText):
    """One file. Who holds it says what is wrong in it (`show_problems`) and which words there are (`words`)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rule-text")
    PLACE: ClassVar[Where] = "rule-text"

    def __init__(self, file: RuleFile, writable: bool, popup: Completions) -> None:
        super().__init__(file.text, read_only=not writable, show_line_numbers=True, soft_wrap=True)
        self.file = file
        self.words: Words | None = None
        self._as_saved = self.text
        self._problems: tuple[Problem, ...] = ()
        self._popup = popup
        self._typed = False

    @property
    def unsaved(self) -> bool:
        """Whether the text is another than the file's."""
        return self.text != self._as_saved

    def settle(self, file: RuleFile) -> None:
        """The file is now this one; its text, where it is another than the one shown, is shown."""
        if file.text != self.text:
            self.put(file.text)
        self.file, self._as_saved = file, self.text

    def rebase(self, file: RuleFile) -> None:
        """The file is now this one, and what is written here stays as an unsaved edit of it."""
        self.file, self._as_saved = file, file.text

    def insert_rule(self, text: str, line: int) -> None:
        """Write a rule below a line, counted from 1, with a blank line around it, and go to its body."""
        lines = self.document.lines
        line = min(line, len(lines))
        end = (line - 1, len(lines[line - 1]))
        before = "\n\n" if lines[line - 1] else "\n"
        after = "" if line < len(lines) else "\n"
        self._typed = False
        self.history.checkpoint()
        self.insert(f"{before}{text.rstrip()}{after}", end, maintain_selection_offset=False)
        body = line + before.count("\n") - 1 + len(text.rstrip().split("\n")) - 1
        self.move_cursor((body, len(self.document.get_line(body))), center=True)
        self.focus()

    @property
    def written(self) -> str:
        """The text with plain line ends, as places in it are counted."""
        return "\n".join(self.document.lines)

    def _index(self, location: tuple[int, int]) -> int:
        row, column = location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def _location(self, index: int) -> tuple[int, int]:
        before = self.written[:index].split("\n")
        return len(before) - 1, len(before[-1])

    def on_mount(self) -> None:
        """Take on the app's colours."""
        self._app_theme_changed()
        self._build_highlight_map()

    def _app_theme_changed(self) -> None:
        self.register_theme(editor_theme(self.app.theme_variables))
        self.theme = "ascribe"
        self._set_theme("ascribe")
        self._line_cache.clear()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line as it can be shown: a sign stands for what a terminal would act on."""
        return Text(masked(self.document.get_line(line_index)), end="", no_wrap=True)

    def _build_highlight_map(self) -> None:
        """The colours of every line, in UTF-8 bytes of the line as it is shown."""
        self._line_cache.clear()
        self._highlights.clear()
        lines = self.document.lines
        for row, start, end, kind in _by_line(lines, colour("\n".join(lines))):
            self._highlight(lines, row, start, end, kind)
        for row, start, end in self._marked(len(lines)):
            self._highlight(lines, row, start, end, PROBLEM)

    def _highlight(self, lines: list[str], row: int, start: int, end: int, kind: str) -> None:
        line = lines[row]
        first, last = (len(masked(line[:place]).encode()) for place in (start, end))
        self._highlights[row].append((first, last, kind))

    def _marked(self, rows: int) -> Iterator[tuple[int, int, int]]:
        """Row, first and last column of what problems point at, as far as that is still there."""
        for problem in getattr(self, "_problems", ()):  # the text is coloured before there can be problems
            if (span := problem.span) and span.line <= rows:
                length = len(self.document.get_line(span.line - 1))
                end = span.end_column - 1 if span.end_line == span.line else length
                start = min(span.column - 1, max(0, length - 1))
                yield span.line - 1, start, max(start + 1, min(end, length))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Underline what these problems point at."""
        if problems != self._problems:
            self._problems = problems
            self._build_highlight_map()
            self.refresh()

    def next_problem(self) -> Problem | None:
        """Go to the next problem below the cursor, or to the first; None where there is none."""
        placed = [problem for problem in self._problems if problem.span]
        if not placed:
            return None
        here = self.cursor_location
        found = next((each for each in placed if _start(each) > here), placed[0])
        self.move_cursor(_start(found), center=True)
        return found

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line, counted from 1, with what is around it in sight."""
        self.move_cursor((min(line, self.document.line_count) - 1, 0), center=True)

    def put(self, text: str) -> None:
        """Replace the whole text as one step that can be undone; the cursor stays where it was in the text."""
        if text == self.written:
            return
        self._typed = False
        place = same_place(self.written, self._index(self.cursor_location), text)
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.move_cursor(self._location(place))

    def lay_out(self) -> None:
        """Put the text into the canonical layout, where it can be read whole."""
        self.put(laid_out(self.written, self.file.shown))

    async def _on_key(self, event: events.Key) -> None:
        """Keys that the list of words takes while it is shown; then what TextArea does with keys."""
        if not self._popup.takes(event):
            self._typed = event.is_printable or event.key == "backspace"

    def _take(self, word: str) -> None:
        """Put a word in the place of what was typed of it."""
        start = self._location(self._popup.start)
        self._typed = False
        self.replace(word, start, self.cursor_location, maintain_selection_offset=False)

    def on_text_area_changed(self) -> None:
        """Offer words while a name is typed."""
        if self._typed and self.has_focus:
            self.offer(unasked=True)
        else:
            self._popup.close()

    def offer(self, unasked: bool = False) -> None:
        """Show the words that fit at the cursor."""
        if self.words is None or self.read_only:
            return
        place = self._index(self.cursor_location)
        found = complete(self.written, place, self.words)
        typed = place - found.start if unasked else LEAST_TYPED
        self._popup.offer(found, self.cursor_screen_offset, self._take, typed)

    def on_blur(self) -> None:
        """The list of words goes with the focus."""
        self._popup.close()

    def on_paste(self) -> None:
        """What is pasted is not typed."""
        self._typed = False

    async def on_mouse_down(self) -> None:
        """A click elsewhere ends the choice of a word."""
        self._popup.close()


def _start(problem: Problem) -> tuple[int, int]:
    assert problem.span is not None
    return problem.span.line - 1, problem.span.column - 1


def _by_line(lines: list[str], tokens: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, int, str]]:
    """Row, first and last column of each token on each line it covers, and its class."""
    row, begins = 0, 0
    for start, end, kind in tokens:
        while start > begins + len(lines[row]):
            begins += len(lines[row]) + 1
            row += 1
        place, at = row, begins
        while True:
            length = len(lines[place])
            yield place, max(0, start - at), min(length, end - at), kind
            if end <= at + length:
                break
            at += length + 1
            place += 1
