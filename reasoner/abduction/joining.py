"""Matching what rules ask for against what holds: terms, rows, comparisons, whole bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from reasoner.abduction.clauses import ANONYMOUS, Clause, Counting
from reasoner.abduction.model import Model, Row
from reasoner.grounding.bounds import LARGEST_NUMBER
from reasoner.terms import Arithmetic, Atom, Comparison, Constant, Term, Variable, order_key

Bindings: TypeAlias = dict[Variable, Term]
"""What variables stand for; a variable may stand for another one. Never changed once it is made."""


def resolved(term: Term, bindings: Bindings) -> Term:
    """What a term comes down to: a constant, an open variable, or arithmetic over an open variable or without value."""
    while type(term) is Variable:
        following = bindings.get(term)
        if following is None:
            return term
        term = following
    if type(term) is Arithmetic:
        return _computed(term, bindings)
    return term


def _computed(term: Arithmetic, bindings: Bindings) -> Term:
    left, right = resolved(term.left, bindings), resolved(term.right, bindings)
    if not isinstance(left, int) or not isinstance(right, int):
        return Arithmetic(term.operator, left, right)
    match term.operator:
        case "+":
            value = left + right
        case "-":
            value = left - right
        case "*":
            value = left * right
    return value if abs(value) <= LARGEST_NUMBER else Arithmetic(term.operator, left, right)


def grounded(atom: Atom, bindings: Bindings) -> Atom:
    """The atom with each argument resolved."""
    return Atom(atom.predicate, tuple([resolved(term, bindings) for term in atom.arguments]))


def open_variables(term: Term) -> Iterator[Variable]:
    """The variables in a resolved term."""
    if isinstance(term, Variable):
        yield term
    elif isinstance(term, Arithmetic):
        yield from open_variables(term.left)
        yield from open_variables(term.right)


def is_open(term: Term) -> bool:
    """Whether a resolved term is no constant."""
    return type(term) is Variable or type(term) is Arithmetic


def is_ground(row: Sequence[Term]) -> bool:
    """Whether resolved arguments are all constants."""
    return not any(map(is_open, row))


def matching(model: Model, atom: Atom, bindings: Bindings) -> Iterator[Bindings]:
    """What the variables of a positive literal may stand for so that it holds."""
    wanted = [resolved(term, bindings) for term in atom.arguments]
    bound = [(place, term) for place, term in enumerate(wanted) if not is_open(term)]
    if len(bound) == len(wanted):
        if model.holds(atom.predicate, tuple(wanted)):
            yield bindings
        return
    for row in model.near(atom.predicate, bound):
        found = row_matched(wanted, row, bindings)
        if found is not None:
            yield found


def row_matched(wanted: Sequence[Term], row: Row, bindings: Bindings) -> Bindings | None:
    """The bindings under which resolved arguments are this row, or None."""
    found = bindings
    for term, value in zip(wanted, row, strict=True):
        if type(term) is Variable:
            known = found.get(term)
            if known is None:
                if found is bindings:
                    found = dict(bindings)
                found[term] = value
            elif known != value:
                return None
        elif type(term) is Arithmetic or term != value:
            return None
    return found


def matches(pattern: Sequence[Term], row: Row) -> bool:
    """Whether a row is one that a negated literal speaks of, where ``_`` and open variables let anything in."""
    return all(is_open(term) or term == value for term, value in zip(pattern, row, strict=True))


def held(model: Model, atom: Atom, bindings: Bindings) -> list[Row]:
    """The rows that hold and that a negated literal speaks of."""
    pattern = [resolved(term, bindings) for term in atom.arguments]
    bound = [(place, term) for place, term in enumerate(pattern) if not is_open(term)]
    return [row for row in model.near(atom.predicate, bound) if matches(pattern, row)]


def unified(one: Term, other: Term, bindings: Bindings) -> Bindings | None:
    """The bindings under which two resolved terms are the same, or None; arithmetic is never bound."""
    if one == other:
        return bindings
    if type(one) is Variable:
        return {**bindings, one: other}
    if type(other) is Variable:
        return {**bindings, other: one}
    return None


def compare(comparison: Comparison, bindings: Bindings) -> tuple[Bindings | None, bool]:
    """The bindings once a comparison is decided, None where it fails, and whether it is decided.

    ``=`` binds a lone open variable. Arithmetic without a value fails.
    """
    left, right = resolved(comparison.left, bindings), resolved(comparison.right, bindings)
    if comparison.operator == "=" and (type(left) is Variable or type(right) is Variable):
        if type(left) is Arithmetic or type(right) is Arithmetic:
            return _bound_to_arithmetic(left, right, bindings)
        return unified(left, right, bindings), True
    if is_open(left) or is_open(right):
        undecided = any(True for side in (left, right) for _ in open_variables(side))
        return (bindings, False) if undecided else (None, True)
    return (bindings if _compared(comparison.operator, left, right) else None), True


def _bound_to_arithmetic(left: Term, right: Term, bindings: Bindings) -> tuple[Bindings | None, bool]:
    expression = left if type(left) is Arithmetic else right
    if not any(True for _ in open_variables(expression)):
        return None, True
    return bindings, False


def _compared(operator: str, left: Term, right: Term) -> bool:
    if operator == "=":
        return left == right
    if operator == "!=":
        return left != right
    first, second = order_key(_constant(left)), order_key(_constant(right))
    match operator:
        case "<":
            return first < second
        case "<=":
            return first <= second
        case ">":
            return first > second
        case _:
            return first >= second


def _constant(term: Term) -> Constant:
    assert not isinstance(term, (Variable, Arithmetic))
    return term


def all_compared(comparisons: Sequence[Comparison], bindings: Bindings) -> Bindings | None:
    """The bindings once every comparison holds, in whatever order they can be decided; None where one fails."""
    found: Bindings = bindings
    pending = list(comparisons)
    while pending:
        left = []
        for comparison in pending:
            after, decided = compare(comparison, found)
            if after is None:
                return None
            found = after
            if not decided:
                left.append(comparison)
        if len(left) == len(pending):
            return None
        pending = left
    return found


def bodies(model: Model, clause: Clause, bindings: Bindings, besides: int | None = None) -> Iterator[Bindings]:
    """The bindings under which a clause's positive literals (all but one, where asked) hold and its comparisons do."""
    positives = [atom for place, atom in enumerate(clause.positives) if place != besides]
    for found in joined(model, positives, bindings):
        settled = _settled(model, clause, found)
        if settled is not None:
            yield settled


def _settled(model: Model, clause: Clause, bindings: Bindings) -> Bindings | None:
    """The bindings once every comparison and aggregate holds, each once it can be decided; None where one fails."""
    if not clause.countings:
        return all_compared(clause.comparisons, bindings)
    comparisons, countings = list(clause.comparisons), list(clause.countings)
    found: Bindings | None = bindings
    while found is not None and (comparisons or countings):
        comparison = next((each for each in comparisons if compare(each, found)[1]), None)
        counting = next((each for each in countings if countable(each, found)), None)
        if comparison is not None:
            comparisons.remove(comparison)
            found, _ = compare(comparison, found)
        elif counting is not None:
            countings.remove(counting)
            found = counted(model, counting, found)
        else:
            return None
    return found


def countable(counting: Counting, bindings: Bindings) -> bool:
    """Whether the variables that an aggregate shares with its surroundings have values."""
    return not any(is_open(resolved(variable, bindings)) for variable in counting.given)


def counted(model: Model, counting: Counting, bindings: Bindings) -> Bindings | None:
    """The bindings once the aggregate's value is compared with what it asks, or given to an open variable; or None."""
    value = aggregated(model, counting, bindings)
    if value is None:
        return None
    found: Bindings = bindings
    for guard in counting.guards:
        after, decided = compare(Comparison(guard.operator, value, guard.term), found)
        if after is None or not decided:
            return None
        found = after
    return found


def aggregated(model: Model, counting: Counting, bindings: Bindings) -> Constant | None:
    """The value of an aggregate in a model; None for the least or greatest of nothing."""
    given = {variable: resolved(variable, bindings) for variable in counting.given}
    tuples = {
        grounded(element.head, found).arguments
        for element in counting.elements
        for found in bodies(model, element, given)
        if unhindered(model, element, found)
    }
    firsts = [_constant(terms[0]) for terms in tuples if is_ground(terms)]
    match counting.function:
        case "count":
            return len(firsts)
        case "sum":
            return sum(first for first in firsts if isinstance(first, int))
        case "min":
            return min(firsts, key=order_key, default=None)
        case "max":
            return max(firsts, key=order_key, default=None)


def joined(model: Model, positives: Sequence[Atom], bindings: Bindings) -> Iterator[Bindings]:
    """The bindings under which all the literals hold."""
    if not positives:
        yield bindings
        return
    place = cheapest(model, positives, bindings)
    rest = [*positives[:place], *positives[place + 1 :]]
    for found in matching(model, positives[place], bindings):
        yield from joined(model, rest, found)


def cheapest(model: Model, atoms: Sequence[Atom], bindings: Bindings) -> int:
    """The place of the literal with the fewest rows to try; one without open variables comes first."""
    if len(atoms) == 1:
        return 0
    best, fewest = 0, -1
    for place, atom in enumerate(atoms):
        bound = []
        for position, term in enumerate(atom.arguments):
            value = resolved(term, bindings)
            if not is_open(value):
                bound.append((position, value))
        if len(bound) == len(atom.arguments):
            return place
        rows = len(model.near(atom.predicate, bound))
        if fewest < 0 or rows < fewest:
            best, fewest = place, rows
    return best


def unhindered(model: Model, clause: Clause, bindings: Bindings) -> bool:
    """Whether none of a clause's absences speaks of something that holds; where arithmetic has no value, it is."""
    for atom in clause.absences:
        pattern = [resolved(term, bindings) for term in atom.arguments]
        if any(type(term) is Arithmetic for term in pattern):
            return False
        if any(term != ANONYMOUS and is_open(term) for term in pattern):
            return False
        if held(model, atom, bindings):
            return False
    return True
