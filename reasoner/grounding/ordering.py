"""The order in which the comparisons and aggregates of a rule can be taken, each once it has what it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from reasoner.terms import Aggregate, Arithmetic, Atom, BodyElement, Comparison, Literal, Rule, Term, Variable


@dataclass(frozen=True, slots=True)
class Step:
    """A comparison to test; or, with a ``target``, one that gives this variable the value of the other side."""

    comparison: Comparison
    target: Variable | None = None

    @property
    def value(self) -> Term:
        """What the target gets."""
        left, right = self.comparison.left, self.comparison.right
        return right if left == self.target else left


@dataclass(frozen=True, slots=True)
class Stage:
    """An aggregate, the ``place``-th of its body, and the steps that can be taken once it has its value.

    The first stage of a rule has none: its steps need no more than the positive literals. ``names`` are the variables
    that the aggregate takes from outside its braces; ``assigned`` are those that it gives its value.
    """

    steps: tuple[Step, ...]
    aggregate: Aggregate | None = None
    place: int = -1
    names: tuple[str, ...] = ()
    assigned: tuple[Variable, ...] = ()


def stages_of(rule: Rule, bound: Iterable[Variable] = ()) -> tuple[Stage, ...]:
    """The comparisons and aggregates of a checked rule in order, where some variables are bound already.

    Raises ValueError for a rule that is not safe.
    """
    return tuple(_Ordering(rule, bound).stages())


class _Ordering:
    """What is bound so far, and what waits."""

    def __init__(self, rule: Rule, bound: Iterable[Variable]) -> None:
        self._rule = rule
        self._bound: set[Variable] = {*bound, *_bound_by(rule.body)}
        self._pending = [element for element in rule.body if isinstance(element, Comparison)]
        self._aggregates = [element for element in rule.body if isinstance(element, Aggregate)]

    def stages(self) -> Iterator[Stage]:
        yield Stage(tuple(self._steps()))
        waiting = list(enumerate(self._aggregates))
        while waiting:
            ready = next((pair for pair in waiting if self._countable(pair[1])), None)
            if ready is None:
                raise self._unsafe([aggregate for _, aggregate in waiting])
            waiting.remove(ready)
            place, aggregate = ready
            names = self._globals(aggregate)
            assigned = self._assigned(aggregate)
            self._bound.update(assigned)
            yield Stage(tuple(self._steps()), aggregate, place, names, assigned)
        if self._pending:
            raise self._unsafe(self._pending)

    def _steps(self) -> Iterator[Step]:
        """Test what is bound first; then let ``=`` bind one more variable, and so on, as far as that leads."""
        while self._pending:
            ready = next(chain(filter(self._testable, self._pending), filter(self._binding, self._pending)), None)
            if ready is None:
                return
            self._pending.remove(ready)
            if self._testable(ready):
                yield Step(ready)
            else:
                target = self._target(ready)
                self._bound.add(target)  # type: ignore[arg-type]  # `_binding` has looked
                yield Step(ready, target)  # type: ignore[arg-type]  # `_binding` has looked

    def _globals(self, aggregate: Aggregate) -> tuple[str, ...]:
        return tuple(name for name in self._rule.variables if name in aggregate.inner_variables)

    def _countable(self, aggregate: Aggregate) -> bool:
        known = all(self._known(Variable(name)) for name in self._globals(aggregate))
        return known and all(
            self._known(guard.term) or (guard.operator == "=" and isinstance(guard.term, Variable))
            for guard in aggregate.guards
        )

    def _assigned(self, aggregate: Aggregate) -> tuple[Variable, ...]:
        terms = dict.fromkeys(guard.term for guard in aggregate.guards)
        return tuple(term for term in terms if isinstance(term, Variable) and term not in self._bound)

    def _known(self, term: Term) -> bool:
        if isinstance(term, Variable):
            return term in self._bound
        return not isinstance(term, Arithmetic) or (self._known(term.left) and self._known(term.right))

    def _testable(self, comparison: Comparison) -> bool:
        return self._known(comparison.left) and self._known(comparison.right)

    def _binding(self, comparison: Comparison) -> bool:
        target = self._target(comparison)
        value = comparison.right if target == comparison.left else comparison.left
        return (
            comparison.operator == "=" and isinstance(target, Variable) and not target.anonymous and self._known(value)
        )

    def _target(self, comparison: Comparison) -> Term:
        """The side still to be bound."""
        return comparison.right if self._known(comparison.left) else comparison.left

    def _unsafe(self, waiting: Sequence[Comparison | Aggregate]) -> ValueError:
        return ValueError(f"rule {self._rule.name} is not safe: {', '.join(map(str, waiting))}")


def _bound_by(body: Iterable[BodyElement]) -> Iterator[Variable]:
    for element in body:
        if isinstance(element, Literal) and not element.negated:
            yield from named(element.atom)


def named(atom: Atom) -> Iterator[Variable]:
    """The variables that are arguments of an atom, without ``_``."""
    return (term for term in atom.arguments if isinstance(term, Variable) and not term.anonymous)


def positive(body: Collection[BodyElement]) -> tuple[Atom, ...]:
    """The atoms of the positive literals of a body, in order."""
    return tuple(each.atom for each in body if isinstance(each, Literal) and not each.negated)


def negated(body: Collection[BodyElement]) -> tuple[Atom, ...]:
    """The atoms of the negated literals of a body, in order."""
    return tuple(each.atom for each in body if isinstance(each, Literal) and each.negated)
