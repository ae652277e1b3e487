"""Everything one can do, once: bindings, footer, key list and command palette all read this table.

An action's id names a method ``do_<id>`` of the screen that offers it, or else of the app, and ``blocked(id)``
of the same object says why it cannot be done just now. What stands after a colon in the id is the method's argument.
The keys are those it has unless the reader chose others (`tui/keys.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from textual.binding import Binding, BindingType

from tui.key_names import shown
from tui.questions import QUESTIONS, WHY

Where: TypeAlias = OneOf[
    "everywhere",
    "case",
    "ranking",
    "chain",
    "case-list",
    "answer",
    "rules",
    "rule-tree",
    "rule-text",
    "problems",
    "facts",
    "fact-list",
    "fact-form",
    "case-text",
    "export",
    "working",
]
"""The screen, or the pane of a screen, whose keys include the action's."""

PLACES: dict[Where, str] = {
    "ranking": "Among the hypotheses",
    "chain": "In the reasoning",
    "case-list": "In the list of cases",
    "answer": "In an answer",
    "case": "On the main screen",
    "facts": "Among the facts",
    "fact-list": "In the list of facts",
    "fact-form": "In a fact's form",
    "case-text": "In a fact file as text",
    "rules": "In the rules",
    "rule-tree": "In the list of rules",
    "rule-text": "In a rule file",
    "problems": "Among the problems",
    "export": "While exporting",
    "everywhere": "Everywhere",
    "working": "While something is worked out",
}
"""Where an action belongs, in words, in the order in which they are listed."""

_PANES: dict[Where, Where] = {
    "ranking": "case",
    "chain": "case",
    "case-list": "case",
    "answer": "case",
    "rule-tree": "rules",
    "rule-text": "rules",
    "fact-list": "facts",
}

_DIALOGS = ("export",)
"""The places that lie over a screen and hide its keys."""

_PRIOR = ("palette", "stop")
"""Actions whose keys are read before all others."""

_SCREENS = {"problems": "problems-screen"}
"""The ids of screens that are called otherwise than their place."""

ALWAYS, USEFUL, ROOM, SPARE = 4, 3, 2, 1
"""How much an action is wanted in the footer: always; as long as there is room; where there is still room; or spare."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its keys as Textual writes them, its name in the footer, and a sentence for the key list."""

    id: str
    keys: str
    title: str
    about: str
    where: Where = "everywhere"
    footer: int = 0

    @property
    def key_text(self) -> str:
        """The keys as the key list shows them."""
        return keys_text(self.keys.split(","))

    @property
    def place(self) -> Where | None:
        """The place whose screen it belongs to, or None where it works on each."""
        return None if self.where in ("everywhere", "working") else _PANES.get(self.where, self.where)

    @property
    def screen(self) -> str | None:
        """The id of the screen it belongs to, or None where it works on each."""
        return _SCREENS.get(self.place, self.place) if self.place else None

    def meets(self, other: Action) -> bool:
        """Whether there is a place where the keys of both are at hand, so that one would hide the other's."""
        if "working" in (self.where, other.where):
            return False
        if {self.where, other.where} & set(_DIALOGS) and not {self.id, other.id} & set(_PRIOR):
            return self.where == other.where
        mine, others = {self.where, self.place, "everywhere"}, {other.where, other.place, "everywhere"}
        return self.where in others or other.where in mine


def keys_text(keys: list[str] | tuple[str, ...]) -> str:
    """Keys as the key list shows them, each once."""
    return " ".join(dict.fromkeys(map(shown, keys)))


ACTIONS: tuple[Action, ...] = (
    Action("why", "enter", "Why", "Go to the reasoning behind the chosen hypothesis", "ranking", USEFUL),
    Action("fold", "space", "Fold", "Fold an umbrella's members away, or open it to them", "ranking", USEFUL),
    Action(
        "toggle",
        "space",
        "What if",
        "Suppose the chosen fact, rule or source left out; again: taken back",
        "chain",
        USEFUL,
    ),
    Action("open_all", "asterisk", "Open all", "Open everything beneath the chosen line", "chain", USEFUL),
    Action("focus_here", "z", "Focus", "Show the chosen line by itself, with what stands beneath it", "chain"),
    Action("back_up", "Z", "Whole again", "Show the whole reasoning again", "chain"),
    Action("into", "right", "Into", "Open the chosen line; if it is open, go to the first beneath it", "chain"),
    Action("out", "left", "Out of", "Close the chosen line; if it is closed, go to the one above it", "chain"),
    Action(
        "surer",
        "plus",
        "Better grade",
        "Suppose the chosen report one digit better, or the source one letter",
        "chain",
        USEFUL,
    ),
    Action(
        "less_sure",
        "minus",
        "Worse grade",
        "Suppose the chosen report one digit worse, or the source one letter",
        "chain",
        USEFUL,
    ),
    Action("rely_more", "greater_than_sign", "Rely more", "Suppose its source one letter better", "chain"),
    Action("rely_less", "less_than_sign", "Rely less", "Suppose its source one letter worse", "chain"),
    Action("strength", "equals_sign", "Strength", "Suppose another strength of the line's rule", "chain"),
    Action("follow", "enter", "Go there", "Go to what the chosen line of an answer speaks of", "answer", USEFUL),
    Action(
        "leave_out",
        "space",
        "What if",
        "Suppose a fact, rule or source that the chosen line speaks of left out; again: taken back",
        "answer",
        USEFUL,
    ),
    Action("undo", "u,ctrl+z", "Undo", "Take back the last thing supposed", "case"),
    Action("redo", "ctrl+y", "Redo", "Suppose again what was taken back", "case"),
    Action("take_back", "backspace", "Take all back", "Suppose nothing any more (undo brings it back)", "case"),
    Action("save_scenario", "ctrl+s", "Save scenario", "Keep what is supposed as a scenario that is tested", "case"),
    Action("cases", "c", "Cases", "Choose another case", "case", USEFUL),
    Action("open_case", "enter", "Open", "Open the chosen case", "case-list", USEFUL),
    Action("filter_cases", "slash", "Find case", "Find a case by its id, title or date", "case"),
    Action("new_case", "n", "New case", "Write a new case to fill in", "case", SPARE),
    Action("copy_case", "d", "Duplicate case", "Write a case that starts as a copy of the one at hand", "case"),
    Action("next_role", "right_square_bracket", "Role", "The next question: who else had a part", "case", USEFUL),
    Action("previous_role", "left_square_bracket", "Previous question", "The question before", "case"),
    Action(f"tab:{WHY}", "1", "Tab: why", "The reasoning behind the chosen hypothesis", "case"),
    *(
        Action(f"tab:{question.id}", str(number), f"Tab: {question.title.lower()}", question.about, "case")
        for number, question in enumerate(QUESTIONS, start=2)
    ),
    Action("settle", "escape", "Settle", "Put away the note on what moved, or the list of cases", "case"),
    Action("write", "enter", "Write", "Go into the file of the chosen rule, and edit it", "rule-tree", USEFUL),
    Action("complete", "ctrl+@,ctrl+space", "Complete", "Words that fit at the cursor", "rule-text", ROOM),
    Action("save_rules", "ctrl+s", "Save", "Lay the file in front out and save it", "rules", USEFUL),
    Action(
        "try_rules",
        "ctrl+t",
        "Try it",
        "What the unsaved edits change in the open case and in every scenario; nothing is saved",
        "rules",
        USEFUL,
    ),
    Action("next_problem", "f8", "Next problem", "Go to the next problem in the rules", "rules"),
    Action("new_rule", "ctrl+n", "New rule", "Write a new rule below the chosen one, from a form", "rules"),
    Action("filter_rules", "slash", "Find", "Find a rule by its name, sentence or text", "rules", USEFUL),
    Action("open_fact", "enter", "Open", "Open the chosen fact as a form, with its reports", "fact-list", USEFUL),
    Action("new_fact", "n", "New", "Write a new fact into the case", "facts", USEFUL),
    Action("copy_fact", "d", "Duplicate", "Write a new fact that starts as a copy of the chosen one", "facts"),
    Action("retract_fact", "delete", "Retract", "Take the chosen fact and its reports out of its file", "facts", ROOM),
    Action("fact_text", "y", "YAML", "The file of the chosen fact as text", "facts", ROOM),
    Action("filter_facts", "slash", "Find", "Find facts by their words, names and sources", "facts", USEFUL),
    Action("save_fact", "ctrl+s", "Save", "Write the fact into its file", "fact-form", USEFUL),
    Action("add_report", "ctrl+n", "Add report", "Add a report of the fact", "fact-form", USEFUL),
    Action("drop_report", "ctrl+t", "Take out", "Take out the report that the cursor is in", "fact-form", ROOM),
    Action("save_text", "ctrl+s", "Save", "Write the text into its file", "case-text", USEFUL),
    Action("copy_view", "c", "Copy", "Copy what is exported instead of writing it", "export"),
    Action("write_over", "ctrl+o", "Write over", "Write over the file that is there already", "export"),
    Action("fact_in_chain", "w", "Why", "Go to the chosen fact's place in the reasoning", "facts", ROOM),
    Action("rule_in_chain", "w", "Why", "Go to the first line of the reasoning by the chosen rule", "rule-tree", ROOM),
    Action("facts", "f", "Facts", "Read, add, change and retract the facts of the case", footer=ROOM),
    Action("rules", "r", "Rules", "Read, write and try the rules", footer=ROOM),
    Action("query", "colon", "Query", "Ask a query in the rule language, such as possesses(A, W)", footer=ROOM),
    Action("edit", "e", "Edit", "Open the rule or fact behind this line in your editor", footer=ROOM),
    Action(
        "export", "x,f4", "Export", "Write what is shown to a file, as text, Markdown, JSON or a picture", footer=ROOM
    ),
    Action("jump", "g,ctrl+g", "Jump", "Show a letter on every pane and tab; the letter goes there", footer=ROOM),
    Action("go_back", "ctrl+o,alt+left", "Go back", "To the case, hypothesis, tab, fact or rule looked at before"),
    Action("go_forward", "ctrl+f,alt+right", "Go forward", "The way back again, after going back"),
    Action("palette", "ctrl+p", "Palette", "Find an action, case, hypothesis, fact, rule or source by some letters"),
    Action(
        "problems",
        "p",
        "Problems",
        "Read what is wrong in rule and fact files, and in that of your keys",
        footer=ALWAYS,
    ),
    Action("reload", "ctrl+r", "Read again", "Read all files again and redo the ranking"),
    Action("theme", "f2", "Theme: light or dark", "The next look: dark, light, or the terminal's own colours"),
    Action("back", "escape", "Back", "Back to the ranking", "problems", USEFUL),
    Action("leave_rules", "escape", "Back", "Back to the ranking", "rules", USEFUL),
    Action("leave_facts", "escape", "Back", "Back to the ranking", "facts", USEFUL),
    Action(
        "leave_form", "escape", "Leave", "Back to the facts; asks before it throws changes away", "fact-form", USEFUL
    ),
    Action(
        "leave_text", "escape", "Leave", "Back to the facts; asks before it throws changes away", "case-text", USEFUL
    ),
    Action("stop", "escape", "Stop", "Stop what is being worked out; what was there before stays", "working", ALWAYS),
    Action("help", "question_mark,f1", "Keys", "Find an action by its name, and run it", footer=ALWAYS),
    Action("quit", "q", "Quit", "Leave ascribe; nothing is unsaved (ctrl+q does it, too)", footer=ALWAYS),
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
            "app.command_palette" if action.id == "palette" else f"app.perform('{action.id}')",
            action.title,
            show=action.footer > 0,
            id=action.id,
            tooltip=action.about,
            priority=action.id in _PRIOR,
        )
        for action in ACTIONS
        if action.where == where
    ]
