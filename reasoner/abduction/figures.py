"""Aggregates in a search for repairs: what they come to, and what would raise or lower that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reasoner.abduction.clauses import Bindings as Names
from reasoner.abduction.clauses import Clause, Counting
from reasoner.abduction.joining import (
    Bindings,
    aggregated,
    bodies,
    compare,
    counted,
    grounded,
    is_ground,
    is_open,
    resolved,
    unhindered,
)
from reasoner.abduction.model import Model
from reasoner.terms import Atom, Comparison, Term, Variable, term_variables


class Figure(NamedTuple):
    """An aggregate that a search has come to, and what its rule's variables are called there."""

    counting: Counting
    names: Names

    def ready(self, bindings: Bindings) -> bool:
        """Whether all that the aggregate is told from outside is known, but for a variable that it gives its value."""
        given = {guard.term for guard in self.counting.guards if guard.operator == "="}
        told = (*self.counting.given, *(each for each in self._guarding() if each not in given))
        return not any(is_open(self._value(variable, bindings)) for variable in told)

    def settled(self, model: Model, bindings: Bindings) -> Bindings | None:
        """The bindings once its value is compared, or given to an open variable; None where it is not as asked."""
        known = self._known(bindings)
        after = counted(model, self.counting, known)
        if after is None:
            return None
        found = dict(bindings)
        for variable, value in after.items():
            if variable not in known:
                found[self._open(variable, bindings)] = value
        return found

    def assigns(self, bindings: Bindings) -> bool:
        """Whether it gives an open variable its value, so that it may have another one as well."""
        return any(is_open(self._value(variable, bindings)) for variable in self._guarding())

    def helps(self, model: Model, bindings: Bindings, more: bool) -> bool:
        """Whether counting something more, or something less, could bring its value to what is asked."""
        known = self._known(bindings)
        value = aggregated(model, self.counting, known)
        if self.counting.function != "count" or value is None:
            return True
        away = ("<", "<=", "=") if more else (">", ">=", "=")
        for guard in self.counting.guards:
            if guard.operator in away:
                room, decided = compare(Comparison("<" if more else ">", value, guard.term), known)
                if decided and room is None:
                    return False
        return True

    def elements(self, mark: int) -> Iterator[Clause]:
        """Its elements, as clauses that conclude what it counts, over variables that nobody else uses."""
        for element in self.counting.elements:
            yield element.under({**element.renaming(mark), **self._given()})

    def tuples(self, model: Model, bindings: Bindings) -> Iterator[tuple[tuple[Clause, Bindings], ...]]:
        """For each tuple that is counted as things are, every way in which it is."""
        known = self._known(bindings)
        found: dict[tuple[Term, ...], list[tuple[Clause, Bindings]]] = {}
        for element in self.counting.elements:
            for each in bodies(model, element, known):
                row = grounded(element.head, each).arguments
                if is_ground(row) and unhindered(model, element, each):
                    found.setdefault(row, []).append((element, each))
        return (tuple(ways) for ways in found.values())

    def _given(self) -> Names:
        return {variable: self.names.get(variable, variable) for variable in self.counting.given}

    def _value(self, variable: Variable, bindings: Bindings) -> Term:
        return resolved(self.names.get(variable, variable), bindings)

    def _open(self, variable: Variable, bindings: Bindings) -> Variable:
        value = self._value(variable, bindings)
        assert isinstance(value, Variable)
        return value

    def _guarding(self) -> tuple[Variable, ...]:
        names = dict.fromkeys(name for guard in self.counting.guards for name in term_variables(guard.term))
        return tuple(map(Variable, names))

    def _known(self, bindings: Bindings) -> Bindings:
        """What its own variables stand for, as far as that is known."""
        values = {each: self._value(each, bindings) for each in (*self.counting.given, *self._guarding())}
        return {variable: value for variable, value in values.items() if not is_open(value)}


class Instance(NamedTuple):
    """A ground rule instance that fires, and must be broken."""

    positives: tuple[Atom, ...]
    absences: tuple[Atom, ...]
    figures: tuple[Figure, ...] = ()


def instance_of(clause: Clause, bindings: Bindings) -> Instance:
    """One instance of a clause, ground but for the variables of its aggregates."""
    return Instance(
        tuple(grounded(each, bindings) for each in clause.positives),
        tuple(grounded(each, bindings) for each in clause.absences),
        tuple(Figure(counting, bindings) for counting in clause.countings),
    )
