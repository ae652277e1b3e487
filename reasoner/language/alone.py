"""Mistakes we expect in a single fact or a query, which are parts of a rule file's language."""

from __future__ import annotations

from reasoner.language.mistake import TERMS, Mistake, text
from reasoner.language.trouble import Trouble


def _follows_fact(trouble: Trouble) -> bool:
    ended = not trouble.inside and trouble.before.kind in ("NAME", "RPAR")
    return ended and trouble.found.kind not in ("LPAR", "RPAR", "MINUS")


IN_FACT: tuple[Mistake, ...] = (
    Mistake(
        "negated-fact",
        lambda trouble: trouble.at == trouble.first and trouble.found.text in ("not", "-", "!", "~"),
        "a fact says what is so, not what is not",
        "not possesses(a, rifle)",
        hint="to deny it, give the fact a report with `polarity: denies`",
    ),
    Mistake(
        "not-a-fact",
        lambda trouble: trouble.at == trouble.first and trouble.found.kind in (*TERMS, "LPAR", "IF"),
        "a fact begins with a predicate",
        '"rifle"',
        hint="write `predicate(argument, argument)`",
    ),
    Mistake(
        "not-a-fact",
        _follows_fact,
        "a fact is one atom, and nothing follows it",
        "armed(a) rifle",
        hint="write `predicate(argument, argument)`; the words of a name are joined by `_`",
    ),
)
"""Tried in a fact, after quotes and upper-case predicates, before what is expected in a rule."""

IN_QUERY: tuple[Mistake, ...] = (
    Mistake(
        "not-a-query",
        lambda trouble: trouble.found.kind == "IF",
        "a query has no `:-`: it is what would stand behind it",
        "suspect(A) :- armed(A)",
        hint="join atoms and comparisons by commas: `possesses(A, W), W != rifle`",
    ),
    Mistake(
        "question-mark",
        text("?"),
        "a query needs no `?`",
        "armed(A)?",
        hint="leave it out",
    ),
)
"""Tried in a query before what is expected in a rule."""
