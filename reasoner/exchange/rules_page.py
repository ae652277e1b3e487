"""A rule base as a page and as JSON: file by file, each rule with its sentence, as it is written."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reasoner.exchange.page import Block, Drawing, Heading, Page, Paragraph
from reasoner.language.program import Program
from reasoner.terms import Rule


def rules_page(program: Program, folder: Path) -> Page:
    """All rules; their files are named from the folder of rules."""
    return Page("Rules", tuple(_blocks(program, folder)))


def _blocks(program: Program, folder: Path) -> Iterator[Block]:
    for file, rules in itertools.groupby(program.rules, lambda rule: _file(rule, folder)):
        yield Heading(file)
        for rule in rules:
            yield Paragraph(f"[{rule.name}] {rule.sentence or ''}".rstrip())
            yield Drawing(tuple(f"    {line}" for line in _written(rule, program)))


def rules_json(program: Program, folder: Path) -> dict[str, Any]:
    """All rules, with where each stands."""
    return {
        "rules": [
            {
                "name": rule.name,
                "sentence": rule.sentence,
                "rule": "\n".join(_written(rule, program)),
                "file": _file(rule, folder),
                "line": rule.span.line if rule.span else None,
            }
            for rule in program.rules
        ]
    }


def _written(rule: Rule, program: Program) -> list[str]:
    """The rule's lines as its file has them."""
    lines = program.sources.get(rule.span.file, "").splitlines() if rule.span else []
    return lines[rule.span.line - 1 : rule.span.end_line] if rule.span and lines else str(rule).splitlines()


def _file(rule: Rule, folder: Path) -> str:
    path, root = Path(rule.span.file if rule.span else "").absolute(), folder.absolute()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
