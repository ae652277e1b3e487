"""The note on a rule: its sentence, how often it fires in the open case, and where it stands; or on a rule file."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.terms import Rule
from tui.dossier import Dossier, place_of
from tui.keys import Keys
from tui.plain import Piece, lead

HEADING, QUIET = "bold", "dim"

IN_A_FILE = "Edit the file here with {write}, in your own editor with {edit}."


def file_note(name: str, number: int, keys: Keys) -> Iterator[Piece]:
    """The name of a file, how many rules are in it, and how to edit it."""
    yield (name, HEADING)
    yield f"\n{number} rule{'' if number == 1 else 's'}. {keys.worded(IN_A_FILE)}\n"


def rule_note(rule: Rule, dossier: Dossier | None) -> Iterator[Piece]:
    """The rule's sentence, what it does in the open case, which leads to the reasoning, and its place."""
    yield (rule.name, HEADING)
    yield f"\n{rule.sentence}\n" if rule.sentence else "\n"
    yield lead(fires(rule, dossier), "case", rule.name)
    yield "  "
    yield (str(place_of(rule.span)) if rule.span else "", QUIET)


def fires(rule: Rule, dossier: Dossier | None) -> str:
    """How often the rule, as saved, fires in the open case."""
    if dossier is None:
        return "No case is open."
    inquiry = dossier.inquiry
    names = [each.name for each in inquiry.program.rules]
    if rule.name not in names:
        return "It is not saved yet, or the case was weighed without it."
    number = int((inquiry.derivation.rule == names.index(rule.name)).sum())
    if number == 0:
        return "It does not fire in this case."
    return f"It can fire {number} time{'s' if number > 1 else ''} in this case."
