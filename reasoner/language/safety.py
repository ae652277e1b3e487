"""Which variables a rule gives a value: every one must stand in a premise that does.

A positive atom gives all its variables values; ``=`` gives one to a variable that stands alone on one side, where
the other side has one. This is clingo's notion, without its solving of ``X = Y+1`` for ``Y``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reasoner.language.passages import HEAD, Passage
from reasoner.problems import Problem
from reasoner.terms import (
    BodyElement,
    Comparison,
    Literal,
    Term,
    Variable,
    atom_variables,
    element_variables,
    term_variables,
)


def bound_variables(body: Sequence[BodyElement]) -> set[str]:
    """The names of the variables that a body gives values."""
    bound: set[str] = set()
    waiting: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    fresh: list[str] = []
    for element in body:
        if isinstance(element, Literal):
            if not element.negated:
                fresh += atom_variables(element.atom)
        elif element.operator == "=":
            for target, needed in _assignments(element):
                if not needed:
                    fresh.append(target)
                for name in needed:
                    waiting[name].append((target, needed))
    while fresh:
        name = fresh.pop()
        if name in bound:
            continue
        bound.add(name)
        for target, needed in waiting.pop(name, ()):
            needed.discard(name)
            if not needed:
                fresh.append(target)
    return bound


def _assignments(comparison: Comparison) -> Iterator[tuple[str, set[str]]]:
    sides: tuple[tuple[Term, Term], ...] = (
        (comparison.left, comparison.right),
        (comparison.right, comparison.left),
    )
    for target, value in sides:
        if isinstance(target, Variable) and not target.anonymous:
            yield target.name, set(term_variables(value))


def unsafe(passage: Passage) -> Iterator[Problem]:
    """Yield a problem for each variable without a value, where it first stands, and for ``_`` in a head."""
    bound = bound_variables(passage.body)
    told: set[str] = set()
    if passage.head is not None:
        if any(isinstance(argument, Variable) and argument.anonymous for argument in passage.head.arguments):
            message = "`_` cannot stand in a conclusion"
            hint = "give it a name, and a premise that says what it is"
            yield passage.problem("anonymous-head", message, passage.variable(HEAD, "_"), hint)
        for name in dict.fromkeys(atom_variables(passage.head)):
            if name not in bound:
                told.add(name)
                yield _in_head(passage, name)
    for number, element in enumerate(passage.body):
        for name in dict.fromkeys(element_variables(element)):
            if name not in bound and name not in told:
                told.add(name)
                yield _in_body(passage, number, name)


def _in_head(passage: Passage, name: str) -> Problem:
    message = f"`{name}` is in the conclusion, but no premise says what it is"
    if not passage.body:
        hint = "a rule without premises names everything; constants begin with a lower-case letter"
    else:
        hint = f"add a premise with `{name}`, or use a variable that the premises have"
    return passage.problem("unsafe-variable", message, passage.variable(HEAD, name), hint)


def _in_body(passage: Passage, number: int, name: str) -> Problem:
    element = passage.body[number]
    if isinstance(element, Comparison):
        message = f"`{name}` is compared, but no premise says what it is"
        hint = f"add a premise with `{name}`"
    else:
        message = f"`{name}` stands only under `not`, so nothing says what it is"
        hint = f"add a premise with `{name}`, or write `_` to mean: none at all"
    return passage.problem("unsafe-variable", message, passage.variable(number, name), hint)
