"""Text from files as text that a terminal shows and never obeys.

Control characters, escape sequences, bidirectional controls and characters that show nothing are written out as
visible escapes. Letters, accents, wide characters and emoji stay as they are.
"""

from __future__ import annotations

import re

_LINE_BREAK = re.compile(r"\r\n|\n")

_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls, among them ESC, BEL, CSI and OSC
    "\u00ad\u034f\u061c"  # soft hyphen, grapheme joiner, Arabic letter mark
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters that show nothing
    "\u180b-\u180f\u200b-\u200f"  # Mongolian selectors; zero-width characters, left-to-right and right-to-left marks
    "\u2028-\u202e\u2060-\u206f"  # line and paragraph separators, bidirectional embeddings, overrides and isolates
    "\ufe00-\ufe0f\ufeff\ufff0-\uffff"  # variation selectors, byte order mark, specials
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and music format controls
    "\U000e0000-\U000e0fff"  # tags and further variation selectors
    "\ud800-\udfff"  # lone surrogates
    "]"
)


def visible(text: str, lines: bool = False) -> str:
    r"""The text with everything that a terminal might obey, or not show, written as an escape such as ``\x1b``.

    Line breaks become spaces, or stay where ``lines`` is true; tabs become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    broken = _LINE_BREAK.sub("\n", text).replace("\t", "    ")
    if lines:
        return "\n".join(_UNSAFE.sub(_escape, line) for line in broken.split("\n"))
    return _UNSAFE.sub(_escape, broken.replace("\n", " "))


def bare(text: str) -> str:
    """The text without anything that a terminal or a spreadsheet might obey, or not show; breaks become spaces."""
    return _UNSAFE.sub("", _LINE_BREAK.sub(" ", text).replace("\t", " ").replace("\r", " "))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_text(value: object) -> str:
    """A value as JSON, in which what a terminal might obey, or not show, is written as JSON's own escapes."""
    import json

    def escape(match: re.Match[str]) -> str:
        return json.dumps(match[0])[1:-1]

    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(_UNSAFE.sub(escape, line) for line in lines)


def masked(text: str) -> str:
    """The text with a sign in place of each character that a terminal might obey or not show; it stays as long.

    For lines that are edited, where a cursor counts characters.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", "⏎").replace("\t", " "))
