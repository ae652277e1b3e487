"""Whether a variable can be one thing in all the places where it stands.

An entity of one kind may fill several argument types (a state speaks, acts and is a place), so two types clash only
where no kind of the vocabulary fills both. Mostly it is two arguments in the wrong order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from reasoner.language.constants import a_or_an
from reasoner.language.passages import Passage
from reasoner.language.signatures import Signatures
from reasoner.language.vocabulary import Vocabulary
from reasoner.problems import Problem
from reasoner.terms import Atom, Variable

_FREE = frozenset({"Term", "Kind"})
"""Types that clash with none."""

_COUNTED = frozenset({"Number", "Strength", "Prior"})
"""Types whose values are numbers."""

_ALONE = frozenset({"Date", "Role", "Factor", "Incident"})
"""Types that only themselves fit."""


_Variable: TypeAlias = tuple[str, tuple[int, int] | None]
"""A variable's name, with the element of an aggregate that it is local to."""


def clashing(passage: Passage, signatures: Signatures, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each variable that would have to be two different things."""
    first: dict[_Variable, tuple[tuple[str, ...], Atom]] = {}
    told: set[_Variable] = set()
    for number, atom in sorted(passage.atoms(), key=lambda pair: pair[0] < 0):
        predicate = signatures.declared.get(atom.predicate)
        if predicate is None or predicate.arity != len(atom.arguments) or not vocabulary.kinds:
            continue
        fitting: dict[_Variable, tuple[tuple[str, ...], Atom]] = {}
        clash = False
        for place, (argument, term) in enumerate(zip(predicate.arguments, atom.arguments, strict=True)):
            if not isinstance(term, Variable) or term.anonymous:
                continue
            variable = (term.name, None if term.name in passage.outer_variables else passage.scopes.get(number))
            if variable in told:
                continue
            types, other = first.get(variable) or fitting.setdefault(variable, (argument.types, atom))
            if not _compatible(types, argument.types, vocabulary.kinds):
                clash = True
                told.add(variable)
                message = f"`{term.name}` is {a_or_an(argument.types)} here, but {a_or_an(types)} in `{other}`"
                hint = f"it is `{predicate}`; are the arguments in this order?"
                yield passage.problem("type-clash", message, passage.argument(number, place), hint)
        if not clash:
            # What an atom in the wrong order says of its other variables would only spread the mistake.
            first |= fitting


def _compatible(some: tuple[str, ...], others: tuple[str, ...], kinds: Mapping[str, tuple[str, ...]]) -> bool:
    left, right = set(some), set(others)
    if left & right or (left | right) & _FREE or (left & _COUNTED and right & _COUNTED):
        return True
    if left <= _ALONE | _COUNTED or right <= _ALONE | _COUNTED:
        return False
    return any(left & set(types) and right & set(types) for types in kinds.values())
