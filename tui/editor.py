"""Hands a file over to the reader's own editor, at a line."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

PLUS_LINE = frozenset({"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "hx", "helix", "kak"})
"""Editors that take ``+LINE`` before the file."""

GOTO = frozenset({"code", "code-insiders", "codium", "cursor"})
"""Editors that take ``--goto FILE:LINE``, and return at once unless told to wait."""

FALLBACKS = ("vi", "nano")


def editor(environment: Mapping[str, str]) -> str | None:
    """The editor to use: ``VISUAL``, ``EDITOR``, or one that is installed; None where there is none."""
    named = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    return named or next((name for name in FALLBACKS if shutil.which(name)), None)


def command(editor: str, file: Path, line: int | None) -> list[str]:
    """The command line that opens a file at a line; no shell ever reads it.

    Raises:
        ValueError: the editor's own text has an unclosed quote, or is empty.
    """
    words = shlex.split(editor)
    if not words:
        raise ValueError("the editor is empty")
    path = str(file.absolute())
    name = Path(words[0]).name.removesuffix(".exe")
    if line is None:
        return [*words, path]
    if name in PLUS_LINE:
        return [*words, f"+{line}", path]
    if name in GOTO:
        wait = [] if {"--wait", "-w"} & set(words) else ["--wait"]
        return [*words, *wait, "--goto", f"{path}:{line}"]
    return [*words, path]


def run(editor: str, file: Path, line: int | None) -> str | None:
    """Run the editor until it is closed; why it did not start, or None. Never raises.

    An interrupt from the keyboard is the editor's: it does not end ascribe. The handler is a function because an
    ignored signal would stay ignored in the editor.
    """
    kept = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(command(editor, file, line), check=False)  # noqa: S603 - the reader's own editor, no shell
    except (OSError, ValueError) as error:
        return str(error)
    finally:
        signal.signal(signal.SIGINT, kept)
    return None
