"""The linter for whatever is shown to a reader: what no answer may contain, in text or in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

BAND = r"(?:almost no chance|very unlikely|unlikely|roughly even chance|very likely|likely|almost certain)"

_BARE_WORD = re.compile(rf"(?<!un)\b{BAND}\b(?! \([<>]?\d+(?:–\d+)? %\))", re.IGNORECASE)
_LIKELIHOOD = re.compile(r"likel[yi]|\bprobab|\bchances?\b|\balmost certain\b|\bodds\b", re.IGNORECASE)
_CONFIDENCE = re.compile(r"\bconfiden(?:ce|t)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])|\n\s*\n|\n(?=\s*(?:[-*#|]|\d+ ))")

_BLEMISHES = {
    "an id": re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b"),
    "a doubled word": re.compile(r"\b(?!had\b|that\b)([a-zA-Z]+) \1\b"),
    "a doubled stop": re.compile(r"(?<!\.)\.\.(?!\.)|[.!?];|,,|\?\.|(?<!\b[A-Z])\.,"),
    "an open slot": re.compile(r"[{}]"),
    "a date that is not written out": re.compile(r"\b\d{4}-\d\d-\d\d\b"),
    "certainty": re.compile(r"(?<![\d.,–])(?:0|100) %"),
    "a small letter at the start": re.compile(r"(?<=[a-z%\])][.?!] )[a-z](?!scribe\b|lso because\b)"),
    "the wrong article": re.compile(r"\ba (?:[ai]|e(?!u)|o(?!n[ce]))[a-z]*\b|\ban [b-df-gj-np-tv-z][a-z]+\b"),
    "a sentence that says nothing": re.compile(
        r"\b(?:was anything|of anything\?|of something\b|(?:a|the) \w+ of that\b)"
    ),
    "a figure where a word would do": re.compile(r"(?<![\d.,])\b1 (?:more|further|others?)\b"),
    "a sign for words": re.compile(r"\b[Ii]n [<>]\d"),
    "a verb that may not agree": re.compile(
        r"\b(?:Own words|Means|Ties) (?:holds|has|is|was)\b|\bsays (?!that)[^.;:,]* and the\b"
    ),
    "a person where there is none": re.compile(r"(?:States|State|movement|Forces|Israel|Iran|Spain|Iraq), who stood\b"),
    "a standing said twice": re.compile(r"\(undisputed\),? \(undisputed"),
    "a sign of repair": re.compile(r"\b(?:None|nan|inf)\b"),
}

_TORN = re.compile(
    r"\d\n\s*(?:%|dB\b|mm\b|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_HANGING = re.compile(r"^#+ .*:$", re.MULTILINE)

_ESCAPE = re.compile(r"\\([^\w\s])")
_COMMAND = re.compile(r"`[^`\n]*`|\bascribe [a-z-]+(?: [\w'\"(),=@:;./-]+)*")
"""Commands to type, and code in Markdown: they name things by their ids."""
_FILE = re.compile(r"\bdeclared in\s+facts/[\w./-]+\.yaml\b")
"""Where to look a declaration up; a file is named after its case."""


def blemishes(output: str) -> Iterator[str]:
    """What is wrong with an answer, each with the words around it."""
    shown = _FILE.sub("declared there", _COMMAND.sub("", _ESCAPE.sub(r"\1", output)))
    yield from (f"a number torn from what it counts: {_around(shown, found)}" for found in _TORN.finditer(shown))
    yield from (f"a heading that hangs: {found[0]}" for found in _HANGING.finditer(shown))
    prose = re.sub(r"[ \t]*\n(?!\s*\n)\s*", " ", shown)
    for what, pattern in _BLEMISHES.items():
        yield from (f"{what}: {_around(prose, found)}" for found in pattern.finditer(prose))
    yield from (f"a word without its band: {_around(prose, found)}" for found in _BARE_WORD.finditer(prose))
    for sentence in _SENTENCE.split(prose):
        if _LIKELIHOOD.search(sentence) and _CONFIDENCE.search(sentence):
            yield f"likelihood and confidence in one sentence: {sentence}"


def too_wide(output: str, width: int) -> list[str]:
    """The lines of a text that are wider than the page, but for commands to copy."""
    return [line for line in output.splitlines() if len(line) > width and "ascribe " not in line]


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 40) : found.end() + 40]
