"""Whether the constants of a rule can stand where they do: words of the scales, dates, numbers, entities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from reasoner.language.passages import Passage
from reasoner.language.signatures import IS_A, RESERVED, Signatures
from reasoner.language.vocabulary import MAXIMUM_STRENGTH, NOBODY, OTHER, Argument, Predicate, Scales, Vocabulary
from reasoner.problems import Problem, did_you_mean
from reasoner.terms import Arithmetic, BodyElement, Comparison, Constant, Quoted, Term, Variable, term_text

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?)?")
_OPEN = frozenset({"Term", "Kind"})
"""Types whose symbols are free."""

_NOT_ENTITIES = frozenset({"Date", "Number", "Role", "Factor", "Strength", "Prior"})
"""Types that no symbol naming an entity can fill."""


@dataclass(frozen=True, slots=True)
class Constants:
    """What constants there are: the scales' words, the vocabulary's kinds, and the entities (None: not known).

    ``called`` gives the ids of the entities of a name.
    """

    scales: Scales
    vocabulary: Vocabulary
    entities: Mapping[str, tuple[str, ...]] | None
    called: Callable[[str], tuple[str, ...]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a constant cannot stand somewhere."""

    word: str
    message: str
    hint: str | None = None


def misplaced(passage: Passage, signatures: Signatures, constants: Constants) -> Iterator[Problem]:
    """Yield a problem for each constant that cannot stand where it does."""
    known = _bound(passage.body)
    for number, atom in passage.atoms():
        predicate = signatures.declared.get(atom.predicate)
        if predicate is None or predicate.arity != len(atom.arguments):
            continue
        for place, (argument, term) in enumerate(zip(predicate.arguments, atom.arguments, strict=True)):
            value = known.get(term, constant_value(term))
            if value is not None and (fault := _fault(predicate, argument, value, constants)):
                hint = fault.hint or f"it is `{predicate}`"
                yield passage.problem(fault.word, fault.message, passage.argument(number, place), hint)


def _bound(body: Iterable[BodyElement]) -> Mapping[Term, Constant]:
    """The variables that a body says outright to be a constant."""
    found: dict[Term, Constant] = {}
    for each in body:
        if isinstance(each, Comparison) and each.operator == "=":
            for one, other in ((each.left, each.right), (each.right, each.left)):
                value = constant_value(other)
                if isinstance(one, Variable) and value is not None:
                    found[one] = value
    return found


def constant_value(term: Term) -> Constant | None:
    """The value of a term without variables; None where it has variables, or no value."""
    match term:
        case Variable():
            return None
        case Arithmetic(operator, left, right):
            first, second = constant_value(left), constant_value(right)
            if not isinstance(first, int) or not isinstance(second, int):
                return None
            return first + second if operator == "+" else first - second if operator == "-" else first * second
        case _:
            return term


def _fault(predicate: Predicate, argument: Argument, value: Constant, constants: Constants) -> Fault | None:
    types = argument.types
    if predicate.name == "candidate" and value in (OTHER, NOBODY) and "Actor" in types:
        return Fault("reserved-name", f"`{value}` is a hypothesis without any rule", "take this rule out")
    if predicate.name in RESERVED and value in (OTHER, NOBODY) and "Actor" in types:
        return None
    if isinstance(value, int):
        return _number(value, argument)
    if isinstance(value, Quoted):
        return _quoted(value, argument, constants)
    if predicate.name == IS_A and "Kind" in types:
        return _listed("unknown-kind", "kind of entity", value, constants.vocabulary.kinds)
    return _symbol(value, argument, constants)


def _number(value: int, argument: Argument) -> Fault | None:
    low = {"Strength": 0, "Prior": -MAXIMUM_STRENGTH}.get(argument.types[0])
    if low is not None:
        if low <= value <= MAXIMUM_STRENGTH:
            return None
        hint = f"a {argument.name} here runs from {low} to {MAXIMUM_STRENGTH} decibans"
        return Fault("strength-range", f"the strength {value} is out of range", hint)
    if not {"Number", "Term"}.isdisjoint(argument.types):
        return None
    if "Date" in argument.types:
        return Fault("bad-date", f"`{value}` is not a date", _DATE_HINT)
    return Fault("wrong-type", f"the number {value} cannot be {a_or_an(argument.types)}")


_DATE_HINT = 'write year, month and day in quotes: `"2021-11-07"`'


def _quoted(value: Quoted, argument: Argument, constants: Constants) -> Fault | None:
    if "Term" in argument.types:
        return None
    if "Date" not in argument.types:
        message = f"the quoted text {term_text(value)} cannot be {a_or_an(argument.types)}"
        fitting = {name for name, types in (constants.entities or {}).items() if set(types) & set(argument.types)}
        meant = [name for name in constants.called(value.text) if name in fitting]
        return Fault("wrong-type", message, f"write its id: {' or '.join(map(_ticked, meant))}" if meant else None)
    if _DATE.fullmatch(value.text):
        try:
            datetime.fromisoformat(value.text)
        except ValueError:
            return Fault("bad-date", f"{term_text(value)} is no day of the calendar", _DATE_HINT)
        return None
    return Fault("bad-date", f"{term_text(value)} is not a date", _DATE_HINT)


def _symbol(value: str, argument: Argument, constants: Constants) -> Fault | None:
    types = set(argument.types)
    if types & _OPEN:
        return None
    scales = constants.scales
    if "Factor" in types:
        return _listed("unknown-factor", "factor", value, scales.factors)
    if types & {"Strength", "Prior"}:
        return _listed("unknown-strength", "strength", value, scales.strengths)
    if "Role" in types:
        return _listed("unknown-role", "role", value, scales.roles)
    if types <= _NOT_ENTITIES:
        hint = _DATE_HINT if "Date" in types else None
        return Fault("bad-date" if hint else "wrong-type", f"`{value}` is not {a_or_an(argument.types)}", hint)
    return _entity(value, argument, constants.entities)


def _listed(word: str, called: str, value: str, known: Iterable[str]) -> Fault | None:
    words = list(known)
    if value in words:
        return None
    hint = did_you_mean(value, words) or f"there {'is' if len(words) == 1 else 'are'} {_and(words)}"
    return Fault(word, f"unknown {called} `{value}`", hint)


def _entity(value: str, argument: Argument, entities: Mapping[str, tuple[str, ...]] | None) -> Fault | None:
    if entities is None:
        return None
    fitting = [name for name, types in entities.items() if not set(types).isdisjoint(argument.types)]
    if value not in entities:
        return Fault("unknown-constant", f"no fact file lists `{value}`", did_you_mean(value, fitting))
    if value in fitting:
        return None
    is_one = (
        f"is {a_or_an(entities[value])}, not {a_or_an(argument.types)}"
        if entities[value]
        else f"is not {a_or_an(argument.types)}"
    )
    return Fault("wrong-type", f"`{value}` {is_one}")


def a_or_an(types: Iterable[str]) -> str:
    """Argument types in words: ``an actor or a place``."""
    words = [("an " if name[0] in "AEIO" else "a ") + name.lower() for name in types]
    return " or ".join(words)


def _ticked(word: str) -> str:
    return f"`{word}`"


def _and(words: list[str]) -> str:
    shown = list(map(_ticked, words))
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown) or "none"
