"""What becomes of unsaved edits: saved, asked about before they would be lost, set beside what others wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reasoner.exchange.layout import counted
from reasoner.problems import InputError
from tui.plain import passage
from tui.rule_file import RuleFile, difference, read_rule_file
from tui.saving import shown_difference

if TYPE_CHECKING:
    from reasoner.drafts import Checked
    from tui.screens.rules import RulesScreen
    from tui.widgets.rule_editor import RuleEditor

MINE, THEIRS = "mine", "theirs"
SAVED_WRONG = "Saved {file}, with {problems}; the last good rules stay in use."
SAVE, DISCARD = "save", "discard"


class Unsaved:
    """The unsaved edits of a rules screen."""

    def __init__(self, screen: RulesScreen) -> None:
        self._screen = screen
        self._asking = False
        self._saved: RuleFile | None = None

    def save(self, editor: RuleEditor) -> bool:
        """Lay a file out and save it; where somebody else changed it, ask first. Whether it is saved."""
        editor.lay_out()
        try:
            editor.settle(editor.file.saved(editor.text))
        except InputError as error:
            if editor.file.changed:
                self._ask_about(editor, save=True)
            else:
                self._screen.app_proper.say(error.problems[0].message, "error")
            return False
        self._screen.desk.entitle()
        self._screen.trying.settle(editor.file.path)
        self._saved = editor.file
        self._screen.app_proper.read_changes()
        return True

    def tell_saved(self, checked: Checked) -> None:
        """Say that a file is saved, and what is wrong in it."""
        file, self._saved = self._saved, None
        if file is None:
            return
        wrong = len(checked.problems_of(file.path))
        if wrong:
            said = SAVED_WRONG.format(file=file.shown, problems=counted(wrong, "problem"))
            self._screen.app_proper.say(said, "warning")
        else:
            self._screen.app_proper.say(f"Saved {file.shown}.")

    def look_again(self) -> None:
        """Show what others changed; ask about the first file that has unsaved edits, too."""
        for editor, _ in self._screen.desk.read_again():
            self._ask_about(editor, save=False)
            return

    def _ask_about(self, editor: RuleEditor, save: bool) -> None:
        """Show what is on disk beside what is written here, and let the reader choose."""
        from tui.screens.ask import AskScreen

        if self._asking:
            return
        try:
            now = read_rule_file(editor.file.path)
        except InputError as error:
            self._screen.app_proper.say(error.problems[0].message, "error")
            return
        self._asking = True
        over = "Keep mine: write it over what is on disk" if save else "Keep mine: saving it then replaces theirs"
        answers = {
            "stay": "Write nothing now, and decide when saving",
            MINE: over,
            THEIRS: "Take theirs: show what is on disk (ctrl+z brings mine back)",
        }

        def settled(answer: str | None) -> None:
            self._asking = False
            self._settle(editor, now, answer, save)

        title = f"{editor.file.shown} changed on disk while you were editing it"
        about = passage(["- on disk   + yours\n", *shown_difference(difference(now.text, editor.written))])
        self._screen.app.push_screen(AskScreen(title, about, answers), settled)

    def _settle(self, editor: RuleEditor, now: RuleFile, answer: str | None, save: bool) -> None:
        if answer == THEIRS:
            editor.settle(now)
        elif answer == MINE:
            editor.rebase(now)
            if save:
                self.save(editor)
        self._screen.desk.entitle()

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Leave at once where nothing is unsaved; else save, throw away or stay, as the reader says."""
        from tui.screens.ask import AskScreen

        unsaved = self._screen.desk.unsaved
        if not unsaved:
            leave()
            return

        def settled(answer: str | None) -> None:
            if answer == DISCARD:
                for editor in unsaved:
                    editor.settle(editor.file)
            if answer == DISCARD or (answer == SAVE and all(map(self.save, unsaved))):
                if self._screen.checked and self._saved:
                    self.tell_saved(self._screen.checked)
                leave()

        files = ", ".join(editor.file.shown for editor in unsaved)
        answers = {"stay": "Stay here", SAVE: "Save and leave", DISCARD: "Leave, and lose these edits"}
        about = passage([f"Not saved yet: {files}"])
        self._screen.app.push_screen(AskScreen("Unsaved edits", about, answers), settled)
