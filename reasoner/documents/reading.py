"""Reading one text file within bounds."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from reasoner.limits import Limits
from reasoner.problems import InputError, Problem
from reasoner.terms import Span

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def shown_path(path: Path | str) -> str:
    """The path as messages show it: relative to the current folder where it lies in it; a link under its own name."""
    path, here = Path(path), Path.cwd()
    try:
        # Not `Path.resolve`, which raises RuntimeError at a circle of links.
        places = (path.absolute(), Path(os.path.realpath(path.parent), path.name))
    except ValueError:
        return str(path)
    inside = (place for place in places if ".." not in place.parts and place.is_relative_to(here))
    return next((str(place.relative_to(here)) for place in inside), str(path))


def read_text(path: Path | str, limits: Limits | None = None, shown_as: str | None = None) -> str:
    """Read a UTF-8 text file, without its byte order mark.

    Raises `InputError` where there is no such file, it is too large, not UTF-8, or holds control characters.
    """
    limits = limits or Limits.from_environment()
    file = shown_as or shown_path(path)
    raw = _read_bytes(Path(path), file, limits.file_bytes)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([_not_utf8(raw, error.start, file)]) from None
    check_characters(text, file)
    return text


def check_characters(text: str, file: str) -> None:
    """Raise `InputError` where a text holds invisible control characters."""
    control = _CONTROL.search(text)
    if control:
        raise InputError([_control_character(text, control.start(), file)])


def read_beginning(path: Path, most: int, shown_as: str | None = None) -> bytes:
    """The first bytes of a regular file, ``most`` of them. Raises `InputError` where it cannot be read."""
    file = shown_as or shown_path(path)
    try:
        # Opening a pipe or a device could block for ever, so only regular files are opened.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise InputError([Problem("unreadable-file", f"`{file}` is not a file")])
        with open(path, "rb") as stream:
            return stream.read(most)
    except FileNotFoundError:
        raise InputError([Problem("missing-file", f"there is no file `{file}`")]) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError([Problem("unreadable-file", f"`{file}` cannot be read: {reason}")]) from None


def _read_bytes(path: Path, file: str, bound: int) -> bytes:
    raw = read_beginning(path, bound + 1, file)
    if len(raw) > bound:
        hint = f"the setting {Limits.setting('file_bytes')} raises this bound"
        raise InputError([Problem("file-too-large", f"`{file}` is larger than {bound:,} bytes", hint=hint)])
    return raw


def _not_utf8(raw: bytes, offset: int, file: str) -> Problem:
    before = raw[:offset].decode("utf-8-sig", errors="replace")
    after = raw[offset : offset + 200].decode("utf-8", errors="replace")
    return _at_character(
        "not-utf-8",
        f"byte {raw[offset]:#04x} is not UTF-8 text",
        before + after,
        len(before),
        file,
        "save the file as UTF-8 in your editor",
    )


def _control_character(text: str, offset: int, file: str) -> Problem:
    code = ord(text[offset])
    shown = text[:offset] + "\N{REPLACEMENT CHARACTER}" + text[offset + 1 :]
    hint = "delete it; files hold visible text, spaces and line ends only"
    return _at_character(
        "control-character", f"invisible control character (code {code:#04x})", shown, offset, file, hint
    )


def _at_character(word: str, message: str, text: str, offset: int, file: str, hint: str) -> Problem:
    rows = text[:offset].splitlines(keepends=True) or [""]
    fresh = rows[-1].endswith(("\n", "\r"))
    line, column = len(rows) + fresh, 1 if fresh else len(rows[-1]) + 1
    start = offset - column + 1
    # Only the one line matters, and the rest may hold more of the same.
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", (text[start : start + 10_000].splitlines() or [""])[0])
    return Problem(word, message, Span(file, line, column, line, column + 1), shown, hint)
