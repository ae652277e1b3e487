"""How constants, predicates and the basis of a statement are numbered in the tables, and the bound of names."""

from __future__ import annotations

from reasoner.evidence.base import Basis
from reasoner.grounding.coding import NARROW
from reasoner.language.vocabulary import DECLARED, Argument, Predicate, Vocabulary

ZERO = -NARROW
"""The code of the number 0; the number n has the code ``ZERO + n``."""

NONE = -(2**31)
"""What stands where an atom has no argument."""

BASES: tuple[Basis, ...] = ("given", "assumed", "reported")
"""The basis of a statement by its number."""

REPORTED = BASES.index("reported")

LONGEST = 200
"""Characters of a text that can become a constant, or name an incident or a source."""

_KINDS = Predicate(DECLARED, (Argument("thing", ()), Argument("kind", ("Kind",))), "{thing} counted as {kind}")


def predicates_of(vocabulary: Vocabulary) -> tuple[Predicate, ...]:
    """The predicates by their numbers: those of the vocabulary in its order, with that of kinds in any case."""
    found = tuple(vocabulary.predicates.values())
    return found if DECLARED in vocabulary.predicates else (*found, _KINDS)


def numbers_of(vocabulary: Vocabulary) -> dict[str, int]:
    """The number of each predicate."""
    return {predicate.name: number for number, predicate in enumerate(predicates_of(vocabulary))}


def argument_columns(vocabulary: Vocabulary) -> list[str]:
    """The names of the columns that hold the arguments of any atom, as many as the widest predicate takes."""
    return [f"a{number}" for number in range(max(each.arity for each in predicates_of(vocabulary)))]
