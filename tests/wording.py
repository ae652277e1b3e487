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
    "a doubled stop": re.compile(r"(?<!\.)\.\.(?!\.)|[.!?];|,,|\?\."),
    "an open slot": re.compile(r"[{}]"),
    "a date that is not written out": re.compile(r"\b\d{4}-\d\d-\d\d\b"),
    "certainty": re.compile(r"(?<![\d.,–])(?:0|100) %"),
    "a sign of repair": re.compile(r"\b(?:None|nan|inf)\b"),
}

_ESCAPE = re.compile(r"\\([^\w\s])")
_COMMAND = re.compile(r"`[^`\n]*`|\bascribe [a-z-]+(?: [\w'\"(),=@:;./-]+)*")
"""Commands to type, and code in Markdown: they name things by their ids."""


def blemishes(output: str) -> Iterator[str]:
    """What is wrong with an answer, each with the words around it."""
    shown = _COMMAND.sub("", _ESCAPE.sub(r"\1", output))
    prose = re.sub(r"[ \t]*\n(?!\s*\n)\s*", " ", shown)
    for what, pattern in _BLEMISHES.items():
        yield from (f"{what}: {_around(prose, found)}" for found in pattern.finditer(prose))
    yield from (f"a word without its band: {_around(prose, found)}" for found in _BARE_WORD.finditer(prose))
    for sentence in _SENTENCE.split(prose):
        if _LIKELIHOOD.search(sentence) and _CONFIDENCE.search(sentence):
            yield f"likelihood and confidence in one sentence: {sentence}"


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 40) : found.end() + 40]
