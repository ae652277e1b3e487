"""The forms in which a view is given away, and the names of the files they become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reasoner.exchange.plain_text import visible
from tui.views import View


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name, the ending of its files, what it is for, and how a view is put into it.

    ``made`` runs on the background thread. A picture is made before, from the screen.
    """

    title: str
    suffix: str
    about: str
    mime: str
    made: Callable[[View], str] | None


FORMS = (
    Form("Text", ".txt", "as the command prints it", "text/plain", lambda view: _lines(view.text())),
    Form("Markdown", ".md", "for a report or a ticket", "text/markdown", lambda view: _lines(view.markdown())),
    Form("JSON", ".json", "for other programs", "application/json", View.json),
    Form("Picture", ".svg", "the screen as it is now, as SVG", "image/svg+xml", None),
)

CSV = Form("CSV", ".csv", "for a spreadsheet", "text/csv", lambda view: view.csv() if view.csv else "")

_SUFFIXES = frozenset(form.suffix for form in (*FORMS, CSV))


def forms_of(view: View) -> tuple[Form, ...]:
    """The forms that a view can be put into: CSV, too, where it is a table."""
    return FORMS if view.csv is None else (*FORMS[:3], CSV, *FORMS[3:])


def _lines(text: str) -> str:
    """Text as a file: nothing in it that a terminal would obey."""
    return visible(text.rstrip("\n"), lines=True) + "\n"


def proposed(name: str, form: Form, folder: Path) -> str:
    """A file name that nothing in the folder has yet: the name, or the name with a number."""
    return free_name(name, form.suffix, folder, "-")


def free_name(name: str, suffix: str, folder: Path, joint: str) -> str:
    """A file name that nothing in the folder has yet: the name, or the name and a number behind the joint."""
    number, found = 1, f"{name}{suffix}"
    while (folder / found).exists():
        number += 1
        found = f"{name}{joint}{number}{suffix}"
    return found


def ending_changed(name: str, form: Form) -> str:
    """The name with the form's ending, where it had one of a form's."""
    path = Path(name)
    return str(path.with_suffix(form.suffix)) if path.suffix in _SUFFIXES else name
