"""The rule files that are open in editors, one of them in front."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from reasoner.drafts import Checked
from reasoner.problems import InputError
from tui.keyboard import keys_for
from tui.plain import plain
from tui.rule_file import RuleFile, read_rule_file
from tui.widgets.completions import Completions
from tui.widgets.rule_editor import RuleEditor

EMPTY = "Choose a rule on the left; {write} edits it here."


class RuleDesk(Container):
    """An editor for each file that was looked at; each keeps its undo steps, its cursor and what is unsaved in it."""

    def __init__(self, writable: bool, popup: Completions) -> None:
        super().__init__(id="rules-desk")
        self._writable = writable
        self._popup = popup
        self._title = Content("")
        self._checked: Checked | None = None
        self.editors: dict[Path, RuleEditor] = {}
        self.front: RuleEditor | None = None

    def compose(self) -> ComposeResult:
        """Nothing is open at first."""
        yield Static(plain(keys_for(self).worded(EMPTY)), id="rules-empty")

    @property
    def unsaved(self) -> tuple[RuleEditor, ...]:
        """The editors with unsaved edits."""
        return tuple(editor for editor in self.editors.values() if editor.unsaved)

    @property
    def drafts(self) -> Mapping[Path, str]:
        """The texts that are not saved."""
        return {editor.file.path: editor.text for editor in self.unsaved}

    def open(self, path: Path) -> RuleEditor:
        """Bring a file to the front. Raises `InputError` where it cannot be read."""
        editor = self.editors.get(path)
        if editor is None:
            editor = self.editors[path] = RuleEditor(read_rule_file(path), self._writable, self._popup)
            self._teach(editor)
            self.mount(editor)
        self.query_one("#rules-empty").display = False
        for each in self.editors.values():
            each.display = each is editor
        self.front = editor
        self.entitle()
        return editor

    def entitle(self) -> None:
        """Say which file is in front, and how it stands."""
        if self.front is None:
            return
        standing = " · unsaved" if self.front.unsaved else "" if self._writable else " · read-only"
        title = plain(f"{self.front.file.shown}{standing}")
        if title != self._title:
            self._title = self.border_title = title

    def learn(self, checked: Checked) -> None:
        """Take what a check found: problems to underline, words to offer."""
        self._checked = checked
        for editor in self.editors.values():
            self._teach(editor)

    def _teach(self, editor: RuleEditor) -> None:
        if self._checked:
            editor.words = self._checked.words
            editor.show_problems(self._checked.problems_of(editor.file.path))

    def read_again(self) -> tuple[tuple[RuleEditor, RuleFile], ...]:
        """Show files anew that somebody else changed; those with unsaved edits are returned with what is there now."""
        clashing = []
        for path, editor in list(self.editors.items()):
            if not editor.file.changed:
                continue
            try:
                now = read_rule_file(path)
            except InputError:
                continue  # half written, or not to be read: the check says what is wrong with it
            if not editor.unsaved or now.text == editor.text:
                editor.settle(now)
            else:
                clashing.append((editor, now))
        self.entitle()
        return tuple(clashing)
