"""Console examples in the documentation: ``$ ascribe …`` with what it prints.

A line that is only ``…`` stands for any lines. ``python tests/console_blocks.py`` writes the present output into the
examples that have no ``…``.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ANY = "…"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One command with the lines it should print."""

    file: Path
    command: str
    expected: tuple[str, ...]


def documents() -> list[Path]:
    """Every page of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def examples(file: Path) -> Iterator[Example]:
    """The console examples of one page."""
    for block in _BLOCK.findall(file.read_text(encoding="utf-8")):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            yield Example(file, command, tuple(line.rstrip() for line in lines))


def output(command: str) -> tuple[str, ...]:
    """What a command prints on stdout and stderr, in a terminal 100 columns wide."""
    program, *arguments = shlex.split(command)
    if program != "ascribe":
        raise ValueError(f"examples run ascribe alone, not {program}")
    done = subprocess.run(
        [sys.executable, "-m", "reasoner.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={"COLUMNS": "100", "PATH": "", "PYTHONUNBUFFERED": "1"},
        check=False,
    )
    return tuple(line.rstrip() for line in done.stdout.rstrip("\n").split("\n"))


def matches(expected: tuple[str, ...], got: tuple[str, ...]) -> bool:
    """Whether the output is what the example shows, with ``…`` for any lines."""
    pattern = "".join("(?:.*\n)*?" if line.strip() == ANY else re.escape(line) + "\n" for line in expected)
    return re.fullmatch(pattern, "\n".join(got) + "\n") is not None


def refreshed(text: str, file: Path) -> str:
    """The page with the present output in every example that shows all of it."""
    for example in examples(file):
        if any(line.strip() == ANY for line in example.expected):
            continue
        old = "\n".join([f"$ {example.command}", *example.expected])
        text = text.replace(old, "\n".join([f"$ {example.command}", *output(example.command)]))
    return text


if __name__ == "__main__":
    for page in documents():
        before = page.read_text(encoding="utf-8")
        after = refreshed(before, page)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(page)
