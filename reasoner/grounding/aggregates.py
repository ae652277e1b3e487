"""Aggregates in tables: what each goes over, which values it may have, and the instances that make for.

A *tally* is an aggregate of a rule for one binding of the variables that it takes from outside its braces. Its ways are
found for all tallies at once, an element a query, and so are its values, once for all tallies whose tuples are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

import numpy as np
from sqlglot import exp

from reasoner.grounding.bounds import Bounds
from reasoner.grounding.clauses import Clause, columns_of
from reasoner.grounding.coding import Coding
from reasoner.grounding.database import Database
from reasoner.grounding.joins import NumberTooLargeError
from reasoner.grounding.ordering import Stage, negated, positive, stages_of
from reasoner.grounding.relations import ROW, SCOPE, Instances, Relation, Tallies, Ways, number
from reasoner.grounding.worth import possible_values
from reasoner.terms import (
    Aggregate,
    AggregateElement,
    AggregateFunction,
    Atom,
    Constant,
    Literal,
    Rule,
    Variable,
    literals_in,
)

TALLY = "tally"
"""The column of a way that says which tally it belongs to."""

_VALUE, _KIND, _ALWAYS, _MAYBE = "value", "kind", "always", "maybe"
_OWN_VALUE = Variable("#value")
_Terms: TypeAlias = int | Sequence[int] | None


class Aggregating:
    """The aggregates of one rule over the atoms known by now, background and scoped."""

    def __init__(
        self,
        database: Database,
        coding: Coding,
        bounds: Bounds,
        names: Iterator[str],
        known: Sequence[Mapping[str, Relation]],
    ) -> None:
        self._database, self._coding, self._bounds = database, coding, bounds
        self._names, self._known = names, known

    def joined(self, made: Instances, stage: Stage) -> tuple[Tallies, Clause]:
        """The tallies that some rows of a rule ask for, and the clause of these rows with what the stage adds."""
        tallies = self._tallies(made, stage)
        clause = Clause(self._coding, made.values("i"))
        clause.over(made.table, "i", made.scoped)
        clause.premises += [exp.column(f"p{place}", "i") for place in range(len(made.sources))]
        for guard in tallies.aggregate.guards:
            if guard.term not in stage.assigned:
                clause.value(guard.term)  # where it has none, there is no instance
        if stage.assigned:
            self._assign(made, stage, tallies, clause)
        clause.take(stage.steps)
        return tallies, clause

    def _tallies(self, made: Instances, stage: Stage) -> Tallies:
        aggregate = stage.aggregate
        assert aggregate is not None
        asked = {literal.atom.predicate for literal in literals_in([aggregate])}
        scoped = made.scoped and any(known[p].scoped for known in self._known for p in asked if p in known)
        table = next(self._names)
        values = made.values("i")
        columns: dict[str, exp.Expr] = {SCOPE: exp.column(SCOPE, "i")} if scoped else {}
        columns |= columns_of([values[Variable(name)] for name in stage.names], "k")
        query = Clause(self._coding)
        query.over(made.table, "i", False)
        self._database.create(table, query.select(columns).distinct(), made.rule)
        ways = [
            way
            for place, element in enumerate(aggregate.elements)
            for way in self._ways(table, scoped, made.rule, stage, place, element)
        ]
        return Tallies(table, aggregate, stage.place, stage.names, scoped, tuple(ways))

    def _ways(
        self, table: str, scoped: bool, rule: Rule, stage: Stage, place: int, element: AggregateElement
    ) -> Iterator[Ways]:
        """The ways to be counted by one element, for each choice of the kinds of atoms it goes over."""
        counted = Rule(rule.name, None, Atom("counted", element.terms), element.condition, rule.span)
        globals_ = [Variable(name) for name in stage.names]
        steps = stages_of(counted, globals_)[0].steps
        atoms = positive(element.condition)
        kinds = [
            [
                known[a.predicate]
                for known in self._known
                if a.predicate in known and (scoped or not known[a.predicate].scoped)
            ]
            for a in atoms
        ]
        for sources in product(*kinds):
            clause = Clause(self._coding, {name: exp.column(f"k{n}", "k") for n, name in enumerate(globals_)})
            clause.over(table, "k", scoped)
            for atom, source in zip(atoms, sources, strict=True):
                clause.match(atom, source)
            clause.take(steps)
            clause.need(negated(element.condition))
            columns: dict[str, exp.Expr] = {TALLY: exp.column(ROW, "k")}
            if clause.scope is not None:
                columns[SCOPE] = clause.scope
            columns |= columns_of([clause.value(term) for term in element.terms], "t")
            columns |= columns_of([clause.values[Variable(name)] for name in element.variables], "v")
            columns |= columns_of(clause.premises, "p")
            name, room = next(self._names), self._bounds.room(0)
            found = self._database.create(name, clause.select(columns), rule, room)
            self._bounds.check(rule, found)
            if found:
                yield Ways(name, place, sources, scoped)

    def _assign(self, made: Instances, stage: Stage, tallies: Tallies, clause: Clause) -> None:
        """Join each row with the values that its tally may have, as far as they suit the other guard."""
        table = self._values(made.rule, tallies)
        clause.over(tallies.table, "k", tallies.scoped)
        for place, name in enumerate(stage.names):
            here = exp.column(f"k{place}", "k")
            clause.require(exp.EQ(this=here, expression=clause.values[Variable(name)].copy()))
        clause.over(table, "w", False)
        clause.require(exp.EQ(this=exp.column(TALLY, "w"), expression=exp.column(ROW, "k")))
        for assigned in stage.assigned:
            clause.values[assigned] = exp.column(_VALUE, "w")
        clause.values[_OWN_VALUE] = exp.column(_VALUE, "w")
        for guard in tallies.aggregate.guards:
            clause.compare(guard.operator, _OWN_VALUE, guard.term)

    def _values(self, rule: Rule, tallies: Tallies) -> str:
        """A table of the values that each tally may have; tallies with like tuples have like values."""
        alike, kinds, valued = (next(self._names) for _ in range(3))
        self._database.create(alike, _alike(tallies), rule)
        found = self._database.rows(exp.select(_KIND, _ALWAYS, _MAYBE).distinct().from_(alike).order_by(_KIND))
        pairs = [(kind, value) for kind, *terms in found for value in self._possible(rule, tallies.aggregate, *terms)]
        columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self._database.load(kinds, {_KIND: columns[0], _VALUE: columns[1]})
        both = exp.EQ(this=exp.column(_KIND, "a"), expression=exp.column(_KIND, "v"))
        query = exp.select(exp.column(TALLY, "a"), exp.column(_VALUE, "v"))
        query = query.from_(exp.to_table(alike).as_("a")).join(exp.to_table(kinds).as_("v"), on=both)
        self._database.create(valued, query, rule)
        return valued

    def _possible(self, rule: Rule, aggregate: Aggregate, always: _Terms, maybe: _Terms) -> Iterator[int]:
        """The values of an aggregate by its tuples: their first terms, or how many there are where that is all."""
        most = self._bounds.values
        try:
            values = possible_values(aggregate.function, self._firsts(always), self._firsts(maybe), most)
        except NumberTooLargeError:
            raise self._bounds.number_too_large(rule) from None
        if any(isinstance(each, int) and abs(each) > self._coding.largest for each in values):
            raise self._bounds.number_too_large(rule)
        if len(values) > most:
            raise self._bounds.too_many_values(rule, aggregate)
        return map(self._coding.code, values)

    def _firsts(self, terms: _Terms) -> Sequence[Constant]:
        if isinstance(terms, int):
            return range(terms)
        return [self._coding.constant(code) for code in terms or ()]


def _alike(tallies: Tallies) -> exp.Select:
    """Each tally with its tuples, those that always count and those that may, and the number of all that are alike."""
    tally = exp.column(ROW, "k")
    query = exp.select().from_(exp.to_table(tallies.table).as_("k"))
    always: exp.Expr = exp.null()
    maybe: exp.Expr = exp.null()
    if tallies.ways:
        sure, unsure = (exp.EQ(this=exp.column(_ALWAYS), expression=number(value)) for value in (1, 0))
        function = tallies.aggregate.function
        summary = exp.select(
            TALLY, exp.alias_(_listed(function, sure), _ALWAYS), exp.alias_(_listed(function, unsure), _MAYBE)
        )
        summary = summary.from_(_tuples(tallies).subquery("u")).group_by(TALLY)
        query = query.join(
            summary.subquery("q"), on=exp.EQ(this=exp.column(TALLY, "q"), expression=tally), join_type="left"
        )
        always, maybe = exp.column(_ALWAYS, "q"), exp.column(_MAYBE, "q")
    order = exp.Order(expressions=[exp.Ordered(this=each) for each in (always, maybe)])
    kind = exp.Window(this=exp.Anonymous(this="dense_rank"), order=order)
    shown = {TALLY: tally, _ALWAYS: always, _MAYBE: maybe, _KIND: kind}
    return query.select(*(exp.alias_(value.copy(), name) for name, value in shown.items()))


def _listed(function: AggregateFunction, condition: exp.Expr) -> exp.Expr:
    """How many tuples there are, or the first terms of all of them in order."""
    where = exp.Where(this=condition)
    if function == "count":
        return exp.Filter(this=exp.Count(this=exp.Star()), expression=where)
    return exp.func("sort_array", exp.Filter(this=exp.ArrayAgg(this=exp.column("t0")), expression=where))


def _tuples(tallies: Tallies) -> exp.Select:
    """Every tuple of every tally once, and whether it always counts: where nothing has to hold for it."""
    elements = tallies.aggregate.elements
    widest = max(len(element.terms) for element in elements)
    terms = [f"t{place}" for place in range(widest)]
    parts = []
    for way in tallies.ways:
        element = elements[way.element]
        width = len(element.terms)
        shown = [
            exp.column(name) if place < width else exp.alias_(exp.null(), name) for place, name in enumerate(terms)
        ]
        always = not any(isinstance(each, Literal) for each in element.condition)
        parts.append(exp.select(TALLY, *shown, exp.alias_(number(int(always)), _ALWAYS)).from_(way.table))
    together = parts[0] if len(parts) == 1 else exp.union(*parts, distinct=False)
    sure = exp.alias_(exp.Max(this=exp.column(_ALWAYS)), _ALWAYS)
    return exp.select(TALLY, *terms, sure).from_(together.subquery("w")).group_by(TALLY, *terms)
