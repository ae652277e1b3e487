"""Sentences with the rule's variables in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reasoner.language.passages import Passage
from reasoner.language.sentences import Sentence
from reasoner.language.tokens import Token
from reasoner.problems import Problem, did_you_mean

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def pieces(template: str) -> tuple[tuple[str, bool], ...]:
    """A checked template cut up: (text, False) for its words, (variable name, True) for what stood in braces."""
    found: list[tuple[str, bool]] = []
    last = 0
    for match in _BRACES.finditer(template):
        if match[1] is not None:
            found += [(template[last : match.start()], False), (match[1].strip(), True)]
            last = match.end()
    found.append((template[last:], False))
    return tuple(piece for piece in found if piece[0])


def template_problems(passage: Passage, sentence: Sentence | None) -> Iterator[Problem]:
    """Yield a problem for each brace that is not closed or opened, and for each name that is not the rule's."""
    if sentence is None or sentence.template is None or passage.rule is None:
        return
    known = passage.rule.variables
    for found in _BRACES.finditer(sentence.template):
        if found[1] is None:
            closing = "is not closed" if found[0] == "{" else "was not opened"
            hint = "a variable stands in braces: `{A}`"
            yield _problem(passage, sentence.lines, found[0], "template-brace", f"a brace {closing}", hint)
        elif found[1].strip() not in known:
            name = found[1].strip()
            hint = did_you_mean(name, known) or _known(known)
            message = f"`{{{name}}}` is no variable of this rule"
            yield _problem(passage, sentence.lines, found[0], "template-variable", message, hint)


def _known(variables: Sequence[str]) -> str:
    return f"it has {', '.join(f'`{name}`' for name in variables)}" if variables else "it has no variables"


def _problem(passage: Passage, lines: Sequence[Token], text: str, word: str, message: str, hint: str) -> Problem:
    for line in lines:
        at = line.text.find(text)
        if at >= 0:
            start = line.start + at
            return passage.source.problem(word, message, start, start + len(text), hint)
    return passage.source.problem(word, message, lines[0].start, lines[0].end, hint)
