"""Which variables a rule gives a value: every one must stand in a premise that does.

A positive atom gives all its variables values; ``=`` gives one to a variable that stands alone on one side, where
the other side has one, be it a term or an aggregate. What stands inside the braces of an aggregate gives values there
only. This is clingo's notion, without its solving of ``X = Y+1`` for ``Y``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reasoner.language.passages import HEAD, Passage
from reasoner.problems import Problem
from reasoner.terms import (
    Aggregate,
    BodyElement,
    Comparison,
    Literal,
    Variable,
    atom_variables,
    element_variables,
    term_variables,
)


def bound_variables(body: Sequence[BodyElement], given: Iterable[str] = ()) -> set[str]:
    """The names of the variables that a body gives values, with those given to it."""
    bound: set[str] = set()
    waiting: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    fresh: list[str] = [*given]
    for element in body:
        if isinstance(element, Literal):
            if not element.negated:
                fresh += atom_variables(element.atom)
            continue
        for target, needed in _assigned(element, body):
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


def _assigned(element: Comparison | Aggregate, body: Sequence[BodyElement]) -> Iterator[tuple[str, set[str]]]:
    """Each variable that ``=`` may give a value, with those that must have one first."""
    if isinstance(element, Aggregate):
        outer = {name for each in body for name in element_variables(each)}
        for target in element.assignable:
            yield target, set(element.inner_variables & outer)
    elif element.operator == "=":
        for side, other in ((element.left, element.right), (element.right, element.left)):
            if isinstance(side, Variable) and not side.anonymous:
                yield side.name, set(term_variables(other))


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
    for number, aggregate in passage.aggregates():
        yield from _unsafe_inside(passage, number, aggregate)


def _unsafe_inside(passage: Passage, number: int, aggregate: Aggregate) -> Iterator[Problem]:
    """Variables local to the braces that no condition gives a value."""
    for element in aggregate.elements:
        bound = bound_variables(element.condition, passage.outer_variables)
        for name in element.variables:
            if name not in bound:
                message = f"`{name}` stands inside the braces only, and no condition there says what it is"
                hint = f"add an atom with `{name}` behind the colon, as in `#count{{ B : possesses(B, W) }}`"
                yield passage.problem("unsafe-local", message, passage.variable(number, name), hint)


def _in_head(passage: Passage, name: str) -> Problem:
    message = f"`{name}` is in the conclusion, but no premise says what it is"
    if not passage.body:
        hint = "a rule without premises names everything; constants begin with a lower-case letter"
    elif _inside(passage, name):
        hint = f"{_ONLY_INSIDE}; add a premise with `{name}`"
    else:
        hint = f"add a premise with `{name}`, or use a variable that the premises have"
    return passage.problem("unsafe-variable", message, passage.variable(HEAD, name), hint)


_ONLY_INSIDE = "what stands inside braces says nothing outside them"


def _inside(passage: Passage, name: str) -> bool:
    return any(name in aggregate.inner_variables for _, aggregate in passage.aggregates())


def _in_body(passage: Passage, number: int, name: str) -> Problem:
    element = passage.body[number]
    if isinstance(element, Literal):
        message = f"`{name}` stands only under `not`, so nothing says what it is"
        hint = f"add a premise with `{name}`, or write `_` to mean: none at all"
    else:
        message = f"`{name}` is compared, but no premise says what it is"
        hint = f"add a premise with `{name}`"
        if _inside(passage, name):
            hint = f"{_ONLY_INSIDE}; {hint}"
        elif isinstance(element, Aggregate):
            hint = f"{hint}; only `{name} = #{element.function}{{…}}` would give it the value of the aggregate"
    return passage.problem("unsafe-variable", message, passage.variable(number, name), hint)
