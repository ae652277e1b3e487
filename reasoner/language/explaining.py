"""From a failed parse to a problem in the analyst's words."""

from __future__ import annotations

from reasoner.language.alone import IN_FACT, IN_QUERY
from reasoner.language.braces import BRACES
from reasoner.language.foreign import FOREIGN
from reasoner.language.mistake import Mistake
from reasoner.language.places import Source
from reasoner.language.slips import QUOTES, SLIPS
from reasoner.language.syntax import Failed, Parsed, parse
from reasoner.language.tokens import Token
from reasoner.language.trouble import Setting, Trouble
from reasoner.problems import Problem

MISTAKES: dict[Setting, tuple[Mistake, ...]] = {
    "rule": (*QUOTES, *BRACES, *FOREIGN, *SLIPS),
    "fact": (*QUOTES, SLIPS[0], *IN_FACT, *BRACES, *FOREIGN, *SLIPS),
    "query": (*QUOTES, *IN_QUERY, *BRACES, *FOREIGN, *SLIPS),
}
"""Every mistake we expect in a rule file, a fact, a query, in the order they are tried."""

_LONGEST = 40
"""Characters of somebody's text that a message repeats."""

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
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "COLON": "`:`",
    "SEMICOLON": "`;`",
}


_MOST_REPAIRS = 5
"""Mistakes that are looked for in one clause."""


def explain_clause(source: Source, tokens: list[Token], failed: Failed) -> tuple[Parsed | Failed, list[Problem], int]:
    """The problems of a broken clause of a rule file, and the place at which reading goes on.

    Where it is plain what was meant, that is put into the tokens, and the clause is read on; the first value is what
    came of it.
    """
    problems: list[Problem] = []
    outcome: Parsed | Failed = failed
    at = -1
    while isinstance(outcome, Failed) and outcome.at > at and len(problems) < _MOST_REPAIRS:
        trouble = Trouble(source, tokens, outcome)
        problems.append(explain(trouble))
        at = outcome.at
        if _repaired(tokens, trouble):
            outcome = parse(tokens, outcome.first, "clause")
    if isinstance(outcome, Failed):
        return outcome, problems, Trouble(source, tokens, outcome).resume
    return outcome, problems, outcome.stop


def explain(trouble: Trouble) -> Problem:
    """The problem that a failed parse shows: the first mistake of the table that fits, else what could stand there."""
    mistake = _mistake(trouble)
    return _unexpected(trouble) if mistake is None else _problem(trouble, mistake)


def _mistake(trouble: Trouble) -> Mistake | None:
    """The first mistake of the table that fits."""
    return next((mistake for mistake in MISTAKES[trouble.setting] if mistake.when(trouble)), None)


def _repaired(tokens: list[Token], trouble: Trouble) -> bool:
    """Put into the tokens what was plainly meant, so that the rest of the clause can be read; whether it could be."""
    mistake = _mistake(trouble)
    token = mistake.repair(trouble) if mistake and mistake.repair else None
    if mistake is None or token is None:
        return False
    first, stop = (trouble.at, trouble.at) if mistake.inserts else mistake.marks(trouble)
    start = tokens[first - 1].end if mistake.inserts else tokens[first].start
    tokens[first:stop] = [Token(*token, start)]
    return True


def _problem(trouble: Trouble, mistake: Mistake) -> Problem:
    first, stop = mistake.marks(trouble)
    named = _named(trouble, mistake, first, stop)
    texts = [text and _filled(text, named) for text in (mistake.message, mistake.hint, mistake.note)]
    return trouble.source.problem(
        mistake.word, texts[0] or "", trouble.tokens[first].start, trouble.tokens[stop - 1].end, texts[1], texts[2]
    )


def _named(trouble: Trouble, mistake: Mistake, first: int, stop: int) -> dict[str, str]:
    name = trouble.before.text if trouble.found.kind == "LPAR" else trouble.found.text
    return {
        "{found}": _short(trouble.found.text),
        "{before}": _short(trouble.before.text),
        "{marked}": _short(trouble.source.text[trouble.tokens[first].start : trouble.tokens[stop - 1].end]),
        "{meant}": (mistake.meant or {}).get(trouble.found.text, ""),
        "{name}": _short(name),
        "{lower}": _short(name.lower()),
    }


def _filled(text: str, named: dict[str, str]) -> str:
    for blank, word in named.items():
        text = text.replace(blank, word)
    return text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _unexpected(trouble: Trouble) -> Problem:
    found = trouble.found
    message = f"`{_short(found.text)}` does not fit here" if found.text else f"the {trouble.setting} ends too early"
    expected = [words for kind, words in _IN_WORDS.items() if trouble.wants(kind)]
    hint = f"expected {' or '.join(expected)}" if expected else None
    return trouble.source.problem(_FALLBACK, message, found.start, max(found.end, found.start + 1), hint)
