"""Rules taken apart for a search: what must hold, what must not, and what is compared, each ``_`` a variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reasoner.language.program import Program
from reasoner.terms import (
    Aggregate,
    AggregateFunction,
    Arithmetic,
    Atom,
    Comparison,
    Guard,
    Literal,
    Rule,
    Term,
    Variable,
)

ANONYMOUS = Variable("_")

Bindings = Mapping[Variable, Term]
"""What variables stand for: constants, or other variables."""


@dataclass(frozen=True, slots=True)
class Counting:
    """An aggregate: its elements as clauses that conclude their tuples, what it is compared with, what it is given."""

    function: AggregateFunction
    elements: tuple[Clause, ...]
    guards: tuple[Guard, ...]
    given: tuple[Variable, ...]


@dataclass(frozen=True)
class Clause:
    """One rule, by its position in the program; every ``_`` that must match something has a name of its own.

    ``absences`` keep their ``_``, which there means "none at all".
    """

    position: int
    head: Atom
    positives: tuple[Atom, ...]
    absences: tuple[Atom, ...]
    comparisons: tuple[Comparison, ...]
    variables: tuple[Variable, ...]
    countings: tuple[Counting, ...] = ()

    @cached_property
    def settling(self) -> frozenset[str]:
        """The predicates inside its aggregates."""
        inside = (element for counting in self.countings for element in counting.elements)
        return frozenset(atom.predicate for each in inside for atom in (*each.positives, *each.absences))

    def renaming(self, mark: int) -> dict[Variable, Variable]:
        """Variables that nobody else uses, for the clause's own."""
        return {variable: Variable(f"{variable.name}'{mark}") for variable in self.variables}

    @cached_property
    def inner(self) -> tuple[Variable, ...]:
        """The variables that are no argument of its head."""
        return tuple(variable for variable in self.variables if variable not in self.head.arguments)

    def under(self, names: Bindings) -> Clause:
        """The same clause, without its aggregates, with other terms in place of its variables."""
        return Clause(
            self.position,
            replaced(self.head, names),
            tuple(replaced(atom, names) for atom in self.positives),
            tuple(replaced(atom, names) for atom in self.absences),
            tuple(compared(comparison, names) for comparison in self.comparisons),
            (),
        )


def clause_of(rule: Rule, position: int) -> Clause:
    """Take one checked rule apart."""
    positives: list[Atom] = []
    absences: list[Atom] = []
    comparisons: list[Comparison] = []
    countings: list[Counting] = []
    names: dict[Variable, None] = {Variable(name): None for name in rule.variables}
    for element in rule.body:
        if isinstance(element, Comparison):
            comparisons.append(element)
        elif isinstance(element, Aggregate):
            countings.append(_counting(element, rule, position))
        elif element.negated:
            absences.append(element.atom)
        else:
            positives.append(_named(element, names))
    return Clause(
        position, rule.head, tuple(positives), tuple(absences), tuple(comparisons), tuple(names), tuple(countings)
    )


def _counting(aggregate: Aggregate, rule: Rule, position: int) -> Counting:
    counted = [Rule(rule.name, None, Atom("counted", each.terms), each.condition) for each in aggregate.elements]
    elements = tuple(clause_of(each, position) for each in counted)
    given = tuple(Variable(name) for name in rule.variables if name in aggregate.inner_variables)
    return Counting(aggregate.function, elements, aggregate.guards, given)


def _named(literal: Literal, names: dict[Variable, None]) -> Atom:
    arguments: list[Term] = []
    for term in literal.atom.arguments:
        if term == ANONYMOUS:
            term = Variable(f"_{len(names)}")
            names[term] = None
        arguments.append(term)
    return Atom(literal.atom.predicate, tuple(arguments))


def replaced(atom: Atom, bindings: Bindings) -> Atom:
    """The atom with each variable replaced by what it stands for, one step."""
    return Atom(atom.predicate, tuple([value_of(term, bindings) for term in atom.arguments]))


def compared(comparison: Comparison, bindings: Bindings) -> Comparison:
    """The comparison with each variable replaced by what it stands for, one step."""
    return Comparison(comparison.operator, value_of(comparison.left, bindings), value_of(comparison.right, bindings))


def value_of(term: Term, bindings: Bindings) -> Term:
    """What a term stands for, one step."""
    if isinstance(term, Variable):
        return bindings.get(term, term)
    if isinstance(term, Arithmetic):
        return Arithmetic(term.operator, value_of(term.left, bindings), value_of(term.right, bindings))
    return term


@dataclass(frozen=True)
class Clauses:
    """The clauses of a program by what they conclude and by what they rest on."""

    program: Program

    @cached_property
    def all(self) -> tuple[Clause, ...]:
        """Every clause, by position."""
        return tuple(clause_of(rule, position) for position, rule in enumerate(self.program.rules))

    @cached_property
    def concluding(self) -> Mapping[str, tuple[Clause, ...]]:
        """Predicate → the clauses that conclude it, with those without a body."""
        found: dict[str, list[Clause]] = {}
        for clause in self.all:
            found.setdefault(clause.head.predicate, []).append(clause)
        return {predicate: tuple(clauses) for predicate, clauses in found.items()}

    @cached_property
    def recursive(self) -> frozenset[str]:
        """The predicates that depend on themselves."""
        return frozenset[str]().union(*(each.predicates for each in self.program.components if each.recursive))

    @cached_property
    def resting_on(self) -> tuple[frozenset[str], ...]:
        """For each clause, the predicates of its body, those within aggregates too, by position."""
        return tuple(
            clause.settling.union(atom.predicate for atom in (*clause.positives, *clause.absences))
            for clause in self.all
        )

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Predicate → the position of the component that defines it."""
        components = enumerate(self.program.components)
        return {predicate: number for number, component in components for predicate in component.predicates}

    @cached_property
    def above(self) -> Mapping[str, tuple[int, ...]]:
        """Predicate → the positions of the other components whose rules rest on it, ascending."""
        found: dict[str, list[int]] = {}
        for number, component in enumerate(self.program.components):
            resting = frozenset[str]().union(*(self.resting_on[position] for position in component.rules))
            for predicate in resting - component.predicates:
                found.setdefault(predicate, []).append(number)
        return {predicate: tuple(numbers) for predicate, numbers in found.items()}

    @cached_property
    def stated(self) -> frozenset[Atom]:
        """The facts of the rule base: heads of rules without a body."""
        return frozenset(clause.head for clause in self.all if not self.program.rules[clause.position].body)

    @cached_property
    def beneath(self) -> Mapping[str, frozenset[str]]:
        """Predicate → itself and every predicate that it depends on, through whatever sign."""
        needs: dict[str, set[str]] = {}
        for component in self.program.components:
            direct = {
                atom.predicate
                for position in component.rules
                for atom in (*self.all[position].positives, *self.all[position].absences)
            }
            direct = direct.union(*(self.all[position].settling for position in component.rules))
            whole = set(component.predicates) | direct
            for predicate in direct - component.predicates:
                whole |= needs.get(predicate, set())
            for predicate in component.predicates:
                needs[predicate] = whole
        return {predicate: frozenset(found) for predicate, found in needs.items()}

    def needed(self, predicate: str, rules: frozenset[int] | None) -> frozenset[str]:
        """The predicates that tell whether something of this predicate follows, by one of these rules where given."""
        if rules is None:
            return self.beneath.get(predicate, frozenset((predicate,)))
        bodies = frozenset[str]().union(*(self.resting_on[position] for position in rules))
        return bodies.union(*(self.beneath.get(name, frozenset()) for name in bodies))
