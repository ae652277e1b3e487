"""From a failed parse to a problem in the analyst's words."""

from __future__ import annotations

from reasoner.language.mistakes import MISTAKES, Mistake
from reasoner.language.trouble import Trouble
from reasoner.problems import Problem

_FALLBACK = "syntax"
_IN_WORDS = {
    "IF": "`:-`",
    "STOP": "a full stop",
    "COMMA": "a comma",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "NAME": "a name",
    "VARIABLE": "a variable",
    "EQ": "a comparison",
}


def explain(trouble: Trouble) -> Problem:
    """The problem that a failed parse shows: the first mistake of the table that fits, else what could stand there."""
    for mistake in MISTAKES:
        if mistake.when(trouble):
            return _problem(trouble, mistake)
    return _unexpected(trouble)


def _problem(trouble: Trouble, mistake: Mistake) -> Problem:
    first, stop = mistake.marks(trouble)
    named = {
        "found": trouble.found.text,
        "before": trouble.before.text,
        "next": trouble.next.text,
        "meant": (mistake.meant or {}).get(trouble.found.text, ""),
    }
    texts = [text and text.format_map(named) for text in (mistake.message, mistake.hint, mistake.note)]
    return trouble.source.problem(
        mistake.word, texts[0] or "", trouble.tokens[first].start, trouble.tokens[stop - 1].end, texts[1], texts[2]
    )


def _unexpected(trouble: Trouble) -> Problem:
    found = trouble.found
    message = f"`{found.text}` does not fit here" if found.text else f"the {trouble.setting.value} ends too early"
    expected = [words for kind, words in _IN_WORDS.items() if trouble.wants(kind)]
    hint = f"expected {' or '.join(expected)}" if expected else None
    return trouble.source.problem(_FALLBACK, message, found.start, max(found.end, found.start + 1), hint)
