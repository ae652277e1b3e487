"""Grounding in tables: every rule instance of a whole feed at once, a query a rule instead of a row at a time.

The same over-approximation, component by component and semi-naive, as in `fixpoint`, for what is background and then
for many incidents side by side. An incident sees the background and what is stated of itself, as a case does: atoms
that rest on it are *scoped*, and only those of one incident meet. A positive literal matches both kinds, so that a rule
is asked once for each choice of kinds that there are atoms of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, product
from typing import TypeAlias

import numpy as np
from sqlglot import exp

from reasoner.grounding.aggregates import Aggregating
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.clauses import Clause, columns_of
from reasoner.grounding.coding import Coding
from reasoner.grounding.database import Database
from reasoner.grounding.heads import heads, is_constant
from reasoner.grounding.ordering import negated, positive, stages_of
from reasoner.grounding.relations import ONE, ROUND, ROW, SCOPE, Instances, Relation, number, variable
from reasoner.language.program import Component, Program
from reasoner.terms import Aggregate, Atom, Literal, Rule, Variable, literals_in

Relations: TypeAlias = Mapping[str, Relation]


@dataclass(frozen=True)
class Grounded:
    """What was found: the atoms of each predicate, background and scoped, and the instances of the rules."""

    background: Relations
    scoped: Relations
    instances: tuple[Instances, ...]

    def of(self, predicate: str) -> tuple[Relation, ...]:
        """The atoms of a predicate, of either kind."""
        return tuple(kind[predicate] for kind in (self.background, self.scoped) if predicate in kind)


@dataclass(frozen=True)
class Setting:
    """What a grounding works with: the rules, the database its tables are in, and its bounds.

    ``stated`` are the predicates that something is said with of single incidents. Of ``ends`` no rule asks anything:
    their atoms are not told apart from the instances that conclude them.
    """

    program: Program
    database: Database
    coding: Coding
    bounds: Bounds
    stated: Collection[str] = ()
    ends: Collection[str] = ()


def load_facts(database: Database, coding: Coding, atoms: Iterable[Atom]) -> dict[str, Relation]:
    """Background facts as tables, each predicate's rows in the order in which they come."""
    rows: dict[str, list[list[int]]] = {}
    for atom in atoms:
        codes = [coding.code(each) for each in atom.arguments]  # type: ignore[arg-type]  # facts are ground
        rows.setdefault(atom.predicate, []).append(codes)
    found = {}
    for place, (predicate, values) in enumerate(rows.items()):
        found[predicate] = relation = Relation(f"f{place}", len(values[0]))
        columns = np.array([row or [1] for row in values], dtype=coding.kind).T
        database.load(relation.table, dict(zip(relation.columns, columns, strict=True)))
    return found


def ground_background(setting: Setting, facts: Relations) -> Grounded:
    """All that follows for every incident alike, from facts that hold for all. Raises InputError as `ground` does."""
    run = _Run(setting, Grounded({}, {}, ()), facts, None)
    return Grounded(run.found, {}, run.close())


def ground_incidents(setting: Setting, background: Grounded, facts: Relations, incidents: str) -> Grounded:
    """All that follows besides for each of some incidents, a table with their numbers, from what is stated of them."""
    run = _Run(setting, background, facts, incidents)
    return Grounded(background.background, run.found, run.close())


def dependent(program: Program, stated: Collection[str]) -> frozenset[str]:
    """The predicates that may differ from incident to incident: those stated so, and what may follow from them."""
    found = set(stated)
    for component in program.components:  # each after those it depends on
        rules = [program.rules[position] for position in component.rules]
        if any(literal.atom.predicate in found for rule in rules for literal in literals_in(rule.body)):
            found |= component.predicates
    return frozenset(found)


class _Run:
    """One pass over the components: what is known so far, of the kind that is being found, and beneath it."""

    def __init__(self, setting: Setting, beneath: Grounded, facts: Relations, incidents: str | None) -> None:
        self._setting = setting
        self._program, self._database = setting.program, setting.database
        self._incidents = incidents
        self._known = beneath.background
        self.found: dict[str, Relation] = dict(facts)
        self._dependent = dependent(setting.program, setting.stated)
        self._instances: list[Instances] = []
        self._names = (f"{'x' if incidents else 'b'}{number}" for number in count())
        self._size = 0

    def close(self) -> tuple[Instances, ...]:
        for component in self._program.components:
            if component.recursive:
                self._settle(component)
            else:
                fired = [each for position in component.rules for each in self._fire(position)]
                for predicate in component.predicates:
                    self._conclude(predicate, fired)
        return tuple(self._instances)

    def _settle(self, component: Component) -> None:
        """Fire the rules of a recursive component until they give nothing new."""
        stated = [predicate for predicate in sorted(component.predicates) if predicate in self.found]
        for predicate in stated:
            self._restart(predicate)
        fired = [each for position in component.rules for each in self._fire(position)]
        if not fired and not stated:
            return
        for predicate in sorted(component.predicates.difference(stated)):
            self._restart(predicate)
        turn = 0
        while fired:
            turn += 1
            grown = [self._add(predicate, fired, turn) for predicate in sorted(component.predicates)]
            if not any(grown):
                break
            fired = [e for position in component.rules for e in self._refire(position, component, turn)]
        for predicate in component.predicates:
            if not self._database.size(self.found[predicate].table):
                del self.found[predicate]

    def _choices(self, rule: Rule) -> Iterator[tuple[tuple[Relation, ...], bool]]:
        """The kinds of atoms a rule's literals may match now, and whether its instances are any incident's at all.

        What is background of a rule that asks what isn't so, or how many are, holds for each incident by itself where
        incidents differ in that.
        """
        kinds = [
            [known[atom.predicate] for known in (self._known, self.found) if atom.predicate in known]
            for atom in positive(rule.body)
        ]
        asked = {literal.atom.predicate for literal in literals_in(_asking(rule))}
        apart = not asked.isdisjoint(self._dependent)
        for sources in product(*kinds):
            alike = not any(source.scoped for source in sources)
            if self._incidents is None and not apart:
                yield sources, False
            elif self._incidents is not None and (apart or not alike):
                yield sources, alike

    def _fire(self, position: int) -> Iterator[Instances]:
        rule = self._program.rules[position]
        for sources, everywhere in self._choices(rule):
            clause = self._clause(everywhere)
            for atom, source in zip(positive(rule.body), sources, strict=True):
                clause.match(atom, source)
            yield from self._made(position, clause, sources)

    def _refire(self, position: int, component: Component, turn: int) -> Iterator[Instances]:
        """The instances with at least one premise found in the last round, each once."""
        rule = self._program.rules[position]
        atoms = positive(rule.body)
        for sources, everywhere in self._choices(rule):
            places = [
                i
                for i, (atom, s) in enumerate(zip(atoms, sources, strict=True))
                if self._growing(atom.predicate, s, component)
            ]
            for newest in places:
                clause = self._clause(everywhere)
                for place, (atom, source) in enumerate(zip(atoms, sources, strict=True)):
                    alias = clause.match(atom, source)
                    if place in places:
                        clause.found_in(alias, _since(place, newest), turn)
                yield from self._made(position, clause, sources)

    def _growing(self, predicate: str, source: Relation, component: Component) -> bool:
        return predicate in component.predicates and self.found.get(predicate) is source

    def _clause(self, everywhere: bool) -> Clause:
        clause = Clause(self._setting.coding)
        if everywhere and self._incidents is not None:
            clause.over(self._incidents, "everywhere", scoped=True)
        return clause

    def _made(self, position: int, clause: Clause, sources: tuple[Relation, ...]) -> Iterator[Instances]:
        """A table of the instances that a clause gives; none where there are none."""
        rule = self._program.rules[position]
        stages = stages_of(rule)
        clause.take(stages[0].steps)
        if len(stages) == 1:
            clause.need((rule.head, *negated(rule.body)))
        made = self._table(Instances(next(self._names), rule, position, sources, clause.scope is not None), clause)
        setting, known = self._setting, (self._known, self.found)
        aggregating = Aggregating(setting.database, setting.coding, setting.bounds, self._names, known)
        for stage in stages[1:]:
            if made is None:
                return
            tallies, clause = aggregating.joined(made, stage)
            if stage is stages[-1]:
                clause.need((rule.head, *negated(rule.body)))
            table = replace(made, table=next(self._names), tallies=(*made.tallies, tallies))
            made = self._table(table, clause)
        if made is not None:
            self._instances.append(made)
            yield made

    def _table(self, wanted: Instances, clause: Clause) -> Instances | None:
        """Fill a table of instances; a clause may not know all variables yet."""
        rule, bounds = wanted.rule, self._setting.bounds
        bound = [(place, clause.values.get(Variable(name))) for place, name in enumerate(rule.variables)]
        known = frozenset(place for place, value in bound if value is not None)
        own = frozenset(place for place, value in bound if value is not None and value == clause.scope)
        columns = {SCOPE: clause.scope} if clause.scope is not None else {}
        columns |= {variable(place): value for place, value in bound if value is not None and place not in own}
        columns |= columns_of(clause.premises, "p")
        found = self._filled(wanted, clause, columns)
        self._size += found
        bounds.check(rule, self._size)
        return replace(wanted, bound=known, own=own) if found else None

    def _filled(self, wanted: Instances, clause: Clause, columns: Mapping[str, exp.Expr]) -> int:
        """Make the table; where each atom of one relation makes an instance, it is that relation's own."""
        whole = None if any(source.rounds for source in wanted.sources) else clause.whole
        if whole is None:
            room = self._setting.bounds.room(self._size)
            return self._database.create(wanted.table, clause.select(columns), wanted.rule, room)
        query = clause.select({**columns, ROW: exp.column(ROW, whole.alias)})
        return self._database.mirror(wanted.table, whole.name, query)

    def _restart(self, predicate: str) -> None:
        """A table for the atoms of a recursive component, which tells when each was found."""
        before = self.found.get(predicate)
        after = Relation(next(self._names), self._program.arities[predicate], self._incidents is not None, rounds=True)
        self._database.create_empty(after.table, (*after.columns, ROUND))
        if before is not None:
            query = _again(before, after).select(exp.alias_(number(0), ROUND))
            self._database.insert(after.table, query)
        self.found[predicate] = after

    def _conclude(self, predicate: str, fired: Sequence[Instances]) -> None:
        """The atoms of a predicate: what was stated of it first, then what the fired rules conclude."""
        if not fired or predicate in self._setting.ends:
            return
        stated = self.found.get(predicate)
        owns = [_own(each) for each in fired]
        if stated is not None:
            owns.append(set() if stated.own is None else {stated.own})
        own = min(owns[0].intersection(*owns[1:]), default=None)
        same = self._same(fired) if stated is None else {}
        arity, scoped = self._program.arities[predicate], self._incidents is not None
        relation = Relation(next(self._names), arity, scoped, own, same)
        concluded = heads(self._setting.coding, relation, fired)
        if stated is None:
            self._database.create(relation.table, concluded)
        else:
            self._database.create(relation.table, _again(stated, relation))
            self._database.insert(relation.table, _besides(concluded, relation))
        self.found[predicate] = relation

    def _same(self, fired: Sequence[Instances]) -> dict[int, int]:
        """The arguments that are one constant in all heads."""
        first, *others = [each.rule.head for each in fired]
        return {
            place: self._setting.coding.code(term)  # type: ignore[arg-type]  # `is_constant` has looked
            for place, term in enumerate(first.arguments)
            if is_constant(term) and all(head.arguments[place] == term for head in others)
        }

    def _add(self, predicate: str, fired: Sequence[Instances], turn: int) -> int:
        """Add what fired rules newly conclude of a predicate; how much that is."""
        relation = self.found[predicate]
        concluding = [each for each in fired if each.rule.head.predicate == predicate]
        if not concluding:
            return 0
        fresh = _besides(heads(self._setting.coding, relation, concluding), relation)
        return self._database.insert(relation.table, fresh.select(exp.alias_(number(turn), ROUND)))


def _asking(rule: Rule) -> list[Literal | Aggregate]:
    """The parts of a body that do not match atoms but ask about all of them."""
    return [e for e in rule.body if isinstance(e, Aggregate) or (isinstance(e, Literal) and e.negated)]


def _own(instances: Instances) -> set[int]:
    """The arguments of a head that always are the incident."""
    variables = instances.rule.variables
    return {
        place
        for place, term in enumerate(instances.rule.head.arguments)
        if isinstance(term, Variable) and variables.index(term.name) in instances.own
    }


def _again(before: Relation, after: Relation) -> exp.Select:
    """The atoms of a relation as rows of another."""
    named = {after.column(place): value for place, value in enumerate(before.arguments("r"))}
    columns = {ONE: exp.column(ONE, "r"), SCOPE: exp.column(SCOPE, "r"), **named}
    shown = [exp.alias_(columns[name], name) for name in after.columns]
    return exp.select(*shown).from_(exp.to_table(before.table).as_("r"))


def _since(place: int, newest: int) -> type[exp.Binary]:
    """How the round of a premise compares with the last, where the newest stands at a place: each instance once."""
    if place == newest:
        return exp.EQ
    return exp.LT if place < newest else exp.LTE


def _besides(concluded: exp.Query, relation: Relation) -> exp.Select:
    """Those of some atoms that a relation does not have."""
    same = [exp.EQ(this=exp.column(c, "h"), expression=exp.column(c, "r")) for c in relation.columns]
    known = exp.select(number(1)).from_(exp.to_table(relation.table).as_("r")).where(*same)
    shown = [exp.column(c, "h") for c in relation.columns]
    return exp.select(*shown).from_(concluded.subquery("h")).where(exp.Not(this=exp.Exists(this=known)))
