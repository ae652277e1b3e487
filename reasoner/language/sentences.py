"""The ``%%`` lines above rules: which rule each belongs to, its name, its template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reasoner.language.places import Source
from reasoner.language.tokens import Token
from reasoner.problems import Problem

_NAMED = re.compile(r"\[([^\[\]]*)\]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The ``%%`` lines above a rule: the name in brackets, the template, and the comment tokens they are made of."""

    name: str | None
    template: str | None
    lines: tuple[Token, ...]


def attach(
    source: Source, comments: Sequence[Token], tokens: Sequence[Token], firsts: Iterable[int], lost: Iterable[int]
) -> tuple[list[Sentence | None], list[Problem]]:
    """The sentence of each clause, given the places of the clauses' first tokens, and problems with sentences.

    ``lost`` are the first tokens of clauses that could not be read; what stands above them is left alone.

    A sentence belongs to the clause below it when only comment lines stand between. A named one that belongs to no
    clause is a problem.
    """
    own_line = {source.row(comment.start): comment for comment in comments if source.begins_line(comment.start)}
    taken: set[Token] = set()
    sentences: list[Sentence | None] = []
    problems: list[Problem] = []
    for first in firsts:
        lines = _above(source, own_line, tokens[first])
        taken.update(lines)
        sentences.append(_sentence(source, lines, problems))
    for first in lost:
        taken.update(_above(source, own_line, tokens[first]))
    named = [line for line in comments if line.kind == "SENTENCE" and _content(line).startswith("[")]
    problems += [_detached(source, line) for line in named if line not in taken]
    return sentences, problems


def _above(source: Source, own_line: Mapping[int, Token], token: Token) -> tuple[Token, ...]:
    """The ``%%`` lines among the comment lines directly above a token, from the top; none if it begins no line."""
    if not source.begins_line(token.start):
        return ()
    row = source.row(token.start) - 1
    lines: list[Token] = []
    while row in own_line:
        if own_line[row].kind == "SENTENCE":
            lines.append(own_line[row])
        row -= 1
    return tuple(reversed(lines))


def _content(line: Token) -> str:
    return line.text[2:].strip()


def _sentence(source: Source, lines: tuple[Token, ...], problems: list[Problem]) -> Sentence | None:
    text = " ".join(" ".join(map(_content, lines)).split())
    if not text:
        return None
    problems += [_name_not_first(source, line) for line in lines[1:] if _content(line).startswith("[")]
    if not text.startswith("["):
        return Sentence(None, text, lines)
    found = _NAMED.fullmatch(text)
    name = found[1].strip() if found else ""
    if not found or not name:
        wrong = "the name of this rule is empty" if found else "the name of this rule has no closing bracket"
        problems.append(_on(source, lines[0], "rule-name", wrong, "write `%% [name] Sentence with {Variables}.`"))
        return Sentence(None, text, lines)
    return Sentence(name, found[2].strip() or None, lines)


def _name_not_first(source: Source, line: Token) -> Problem:
    message = "the name in brackets is not in the first `%%` line"
    return _on(source, line, "name-not-first", message, "begin the lines above it with a single `%`")


def _detached(source: Source, line: Token) -> Problem:
    return _on(
        source,
        line,
        "detached-sentence",
        "this `%%` sentence stands above no rule",
        "put it directly above its rule, without a blank line between",
    )


def _on(source: Source, line: Token, word: str, message: str, hint: str) -> Problem:
    return source.problem(word, message, line.start, line.start + len(line.text.rstrip()), hint)
