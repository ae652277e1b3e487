"""What is wrong in someone's file: where, in words, and what was probably meant.

A `Problem` is data; `render` draws it. Nothing here raises on its own account: stages collect problems and raise
one `InputError` with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from reasoner.cells import cells
from reasoner.terms import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place.

    ``word`` is a stable kebab-case kind (``unknown-predicate``); ``message`` says what is wrong, with the offending
    name in backticks; ``hint`` what was probably meant; ``note`` the rule of the language in words. ``line_text``
    is the source line that ``span`` starts on. A problem without a span concerns a whole file or an argument.
    """

    word: str
    message: str
    span: Span | None = None
    line_text: str = ""
    hint: str | None = None
    note: str | None = None


class InputError(Exception):
    """Input that cannot be used; carries every problem found, in the order they stand in the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=_place))
        super().__init__("\n".join(problem.message for problem in self.problems))


def _place(problem: Problem) -> tuple[str, int, int]:
    span = problem.span
    return (span.file, span.line, span.column) if span else ("", 0, 0)


_MOST_COMPARED = 2_000
"""Known words compared for a suggestion: a flood of names must not make a flood of mistakes slow."""


def similar(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one: it in other letters, or from 3 letters on a similarity of 0.6; else None."""
    compared = list(islice(known, _MOST_COMPARED))
    same = next((each for each in compared if each.casefold() == word.casefold()), None)
    if same is not None or len(word) < 3:
        return same
    found = get_close_matches(word, compared, n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the most similar known word, or None."""
    meant = similar(word, known)
    return f"did you mean `{meant}`?" if meant else None


_TAB = "    "
_WIDEST = 100


def render(problem: Problem, widest: int = _WIDEST) -> str:
    """Draw one problem: its place and message, the line with carets under the span, then hint and note.

    ``widest``: columns of the source line that are shown, around the span.
    """
    if problem.span is None:
        return "\n".join([problem.message, *_advice(problem)])
    span = problem.span
    rows = [f"{span.file}:{span.line}:{span.column}  {problem.message}"]
    if problem.line_text:
        rows += _excerpt(problem.line_text, span, widest)
    return "\n".join([*rows, *_advice(problem)])


def _advice(problem: Problem) -> list[str]:
    return [f"      {text}" for text in (problem.hint, problem.note) if text]


def _excerpt(line_text: str, span: Span, widest: int) -> list[str]:
    before = line_text[: span.column - 1]
    last = span.end_column - 1 if span.end_line == span.line else len(line_text)
    marked = line_text[span.column - 1 : last]
    start = len(before.expandtabs(4))
    width = max(1, cells(marked.expandtabs(4)))
    text = line_text.replace("\t", _TAB).rstrip()
    cut = max(0, start - widest // 2) if len(text) > widest else 0
    shown = ("…" if cut else "") + text[cut : cut + widest] + ("…" if len(text) > cut + widest else "")
    offset = cells(before.expandtabs(4)[cut:]) + (1 if cut else 0)
    return [
        f"  {span.line:>5} │ {shown}",
        f"        │ {' ' * offset}{'^' * min(width, widest - offset + 1)}",
    ]


def render_all(problems: Sequence[Problem], widest: int = _WIDEST) -> str:
    """Draw all problems, then count them and the files they are in."""
    files = len({problem.span.file for problem in problems if problem.span})
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    place = f" in {files} file{'s' if files != 1 else ''}" if files else ""
    return "\n\n".join([*(render(problem, widest) for problem in problems), f"{count}{place}."])
