"""Whether a rule's sentence names only the rule's variables, each in braces of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reasoner.language.passages import Passage
from reasoner.language.sentences import Sentence
from reasoner.problems import Problem, did_you_mean

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def template_problems(passage: Passage, sentence: Sentence | None) -> Iterator[Problem]:
    """Yield a problem for each brace that is not closed or opened, and for each name that is not the rule's."""
    if sentence is None or sentence.template is None or passage.rule is None:
        return
    known = passage.rule.variables
    for number, line in enumerate(sentence.lines):
        after_name = line.text.find("]") + 1 if sentence.name and not number else 0
        for found in _BRACES.finditer(line.text, after_name):
            start, end = line.start + found.start(), line.start + found.end()
            if found[1] is None:
                closing = "is not closed" if found[0] == "{" else "was not opened"
                hint = "a variable stands in braces: `{A}`"
                yield passage.source.problem("template-brace", f"this brace {closing}", start, end, hint)
            elif found[1] not in known:
                message = f"`{found[0]}` is no variable of this rule"
                inside = any(found[1] in aggregate.inner_variables for _, aggregate in passage.aggregates())
                hint = _ONLY_INSIDE if inside else _meant(found[1], known)
                yield passage.source.problem("template-variable", message, start, end, hint)


_ONLY_INSIDE = "it stands inside the braces of an aggregate, and has no value outside them"


def _meant(name: str, known: Sequence[str]) -> str:
    return _near(name, known) or did_you_mean(name, known) or _known(known)


def _near(name: str, known: Sequence[str]) -> str | None:
    """A variable that differs only in case, or in spaces around it."""
    same = next((variable for variable in known if variable.lower() == name.strip().lower()), None)
    return same and f"write `{{{same}}}`"


def _known(variables: Sequence[str]) -> str:
    return f"it has {', '.join(f'`{name}`' for name in variables)}" if variables else "it has no variables"
