"""Everything one can do, once: bindings, footer, key list and command palette all read this table.

An action's id names a method ``do_<id>`` of the screen that offers it, or else of the app, and ``blocked(id)``
of the same object says why it cannot be done just now. What stands after a colon in the id is the method's argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from textual.binding import Binding, BindingType

from tui.questions import QUESTIONS, WHY

Where: TypeAlias = OneOf[
    "everywhere",
    "case",
    "ranking",
    "chain",
    "rules",
    "rule-tree",
    "rule-text",
    "problems",
    "facts",
    "fact-form",
    "case-text",
]
"""The screen, or the pane of a screen, whose keys include the action's."""

_PANES = {"ranking": "case", "chain": "case", "rule-tree": "rules", "rule-text": "rules"}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its keys as Textual writes them, its name in the footer, and a sentence for the key list."""

    id: str
    keys: str
    title: str
    about: str
    where: Where = "everywhere"
    footer: bool = False
    shown_key: str | None = None

    @property
    def key_text(self) -> str:
        """The keys as the key list shows them."""
        return self.shown_key or " ".join(self.keys.split(","))

    @property
    def screen(self) -> str | None:
        """The screen it belongs to, or None where it works on each."""
        if self.where == "everywhere":
            return None
        return _PANES.get(self.where, self.where)


ACTIONS: tuple[Action, ...] = (
    Action("why", "enter", "Why", "Go to the reasoning behind the chosen hypothesis", "ranking", True),
    Action("fold", "space", "Fold", "Fold an umbrella's members away, or open it to them", "ranking", True),
    Action("open_all", "asterisk", "Open all", "Open everything beneath the chosen line", "chain", True, "*"),
    Action("focus_here", "z", "Focus", "Show the chosen line by itself, with what stands beneath it", "chain"),
    Action("back_up", "Z", "Whole again", "Show the whole reasoning again", "chain", False, "Z"),
    Action("toggle", "space", "What if", "Suppose the chosen fact or rule left out; again: taken back", "chain", True),
    Action("surer", "plus", "Better grade", "Suppose the chosen report one digit better", "chain", False, "+"),
    Action("less_sure", "minus", "Worse grade", "Suppose the chosen report one digit worse", "chain", False, "-"),
    Action("rely_more", "greater_than_sign", "Rely more", "Suppose its source one letter better", "chain", False, ">"),
    Action("rely_less", "less_than_sign", "Rely less", "Suppose its source one letter worse", "chain", False, "<"),
    Action("strength", "equals_sign", "Strength", "Suppose another strength of the line's rule", "chain", False, "="),
    Action("undo", "u,ctrl+z", "Undo", "Take back the last thing supposed", "case"),
    Action("redo", "ctrl+y", "Redo", "Suppose again what was taken back", "case"),
    Action("take_back", "backspace", "Take all back", "Suppose nothing any more (undo brings it back)", "case"),
    Action("save_scenario", "ctrl+s", "Save scenario", "Keep what is supposed as a scenario that is tested", "case"),
    Action("cases", "c", "Cases", "Choose another case", "case", True),
    Action("new_case", "n", "New case", "Write a new case to fill in", "case"),
    Action("copy_case", "d", "Duplicate case", "Write a case that starts as a copy of the one at hand", "case"),
    Action(
        "next_role",
        "right_square_bracket",
        "Role",
        "The next question: who else had a part",
        "case",
        True,
        "]",
    ),
    Action("previous_role", "left_square_bracket", "Previous question", "The question before", "case", False, "["),
    Action(f"tab:{WHY}", "1", "Tab: why", "The reasoning behind the chosen hypothesis", "case"),
    *(
        Action(f"tab:{question.id}", str(number), f"Tab: {question.title.lower()}", question.about, "case")
        for number, question in enumerate(QUESTIONS, start=2)
    ),
    Action("settle", "escape", "Settle", "Put away the note on what moved, or the list of cases", "case"),
    Action("write", "enter", "Write", "Go into the file of the chosen rule, and edit it", "rule-tree", True),
    Action("save_rules", "ctrl+s", "Save", "Lay the file in front out and save it", "rules", True),
    Action(
        "try_rules",
        "ctrl+t",
        "Try it",
        "What the unsaved edits change in the open case and in every scenario; nothing is saved",
        "rules",
        True,
    ),
    Action(
        "complete", "ctrl+@,ctrl+space", "Complete", "Words that fit at the cursor", "rule-text", True, "ctrl+space"
    ),
    Action("next_problem", "f8", "Next problem", "Go to the next problem in the rules", "rules"),
    Action("new_rule", "ctrl+n", "New rule", "Write a new rule below the chosen one, from a form", "rules"),
    Action("filter_rules", "slash", "Find", "Find a rule by its name, sentence or text", "rules", True, "/"),
    Action("open_fact", "enter", "Open", "Open the chosen fact as a form, with its reports", "facts", True),
    Action("new_fact", "n", "New", "Write a new fact into the case", "facts", True),
    Action("copy_fact", "d", "Duplicate", "Write a new fact that starts as a copy of the chosen one", "facts"),
    Action("retract_fact", "x", "Retract", "Take the chosen fact and its reports out of its file", "facts", True),
    Action("fact_text", "y", "YAML", "The file of the chosen fact as text", "facts", True),
    Action("filter_facts", "slash", "Find", "Find facts by their words, names and sources", "facts", True, "/"),
    Action("save_fact", "ctrl+s", "Save", "Write the fact into its file", "fact-form", True, "ctrl+s"),
    Action("add_report", "ctrl+n", "Add report", "Add a report of the fact", "fact-form", True, "ctrl+n"),
    Action(
        "drop_report", "ctrl+t", "Take out", "Take out the report that the cursor is in", "fact-form", True, "ctrl+t"
    ),
    Action("save_text", "ctrl+s", "Save", "Write the text into its file", "case-text", True, "ctrl+s"),
    Action("edit", "e", "Edit", "Open the rule or fact behind this line in your editor", footer=True),
    Action(
        "query",
        "colon",
        "Query",
        "Ask a query in the rule language, such as possesses(A, W)",
        footer=True,
        shown_key=":",
    ),
    Action(
        "export", "x,f4", "Export", "Write what is shown to a file, as text, Markdown, JSON or a picture", footer=True
    ),
    Action("facts", "f", "Facts", "Read, add, change and retract the facts of the case", footer=True),
    Action("rules", "r", "Rules", "Read, write and try the rules", footer=True),
    Action("problems", "p", "Problems", "Read what is wrong in rule and fact files"),
    Action("reload", "ctrl+r", "Read again", "Read all files again and redo the ranking"),
    Action("theme", "f2", "Theme: light or dark", "The next look: dark, light, or the terminal's own colours"),
    Action("help", "question_mark", "Keys", "Find an action by its name, and run it", footer=True, shown_key="?"),
    Action("back", "escape", "Back", "Back to the ranking", "problems", True),
    Action("leave_rules", "escape", "Back", "Back to the ranking", "rules", True),
    Action("leave_facts", "escape", "Back", "Back to the ranking", "facts", True),
    Action("leave_form", "escape", "Leave", "Back to the facts; asks before it throws changes away", "fact-form", True),
    Action("leave_text", "escape", "Leave", "Back to the facts; asks before it throws changes away", "case-text", True),
    Action("quit", "q", "Quit", "Leave ascribe; nothing is unsaved (ctrl+q does it, too)", footer=True),
)

BY_ID = {action.id: action for action in ACTIONS}


def method(action: str) -> tuple[str, tuple[str, ...]]:
    """The name of the method that does an action, and its arguments."""
    name, *argument = action.split(":")
    return f"do_{name}", tuple(argument)


def bindings(where: Where) -> list[BindingType]:
    """The key bindings of a screen or pane, in the order of the table."""
    return [
        Binding(
            action.keys,
            f"app.perform('{action.id}')",
            action.title,
            show=action.footer,
            key_display=action.shown_key,
            id=action.id,
            tooltip=action.about,
        )
        for action in ACTIONS
        if action.where == where
    ]


def matching(text: str, actions: tuple[Action, ...] = ACTIONS) -> tuple[Action, ...]:
    """The actions whose name, key or sentence has all the text's letters in order, the closest first."""
    wanted = text.casefold().strip()
    if not wanted:
        return actions
    graded = [(_distance(wanted, action), place, action) for place, action in enumerate(actions)]
    return tuple(action for grade, _, action in sorted(graded, key=lambda row: row[:2]) if grade < _NOT_AT_ALL)


_NOT_AT_ALL = 1_000


def _distance(wanted: str, action: Action) -> int:
    title = action.title.casefold()
    if wanted in (action.key_text, action.keys):
        return 0
    if title.startswith(wanted):
        return 1
    if wanted in title:
        return 2
    if wanted in action.about.casefold():
        return 3
    spread = _spread(wanted, title)
    return 4 + spread if spread is not None else _NOT_AT_ALL


def _spread(wanted: str, text: str) -> int | None:
    """How many letters of the text lie between those wanted, first to last; None where they are not all there."""
    start = place = -1
    for letter in wanted:
        place = text.find(letter, place + 1)
        if place < 0:
            return None
        start = place if start < 0 else start
    return place - start + 1 - len(wanted)
