"""From the tables of a grounding to arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sqlglot import exp

from reasoner.bulk.network import ANYWAY, Absences, Block, Cases, Counted, Ids, Network, Test
from reasoner.grounding.aggregates import TALLY
from reasoner.grounding.clauses import Clause, columns_of
from reasoner.grounding.ordering import negated
from reasoner.grounding.relations import ROW, SCOPE, Instances, Relation, Tallies, Ways, premise, variable
from reasoner.grounding.tables import Grounded, Setting
from reasoner.terms import AggregateElement, Rule, Term, Variable

_SHORTER = np.iinfo(np.int64).min
"""Stands where a tuple has no further term."""


class Reading:
    """Reads the tables of a grounding into arrays."""

    def __init__(
        self, setting: Setting, grounded: Grounded, cases: Cases, beneath: Mapping[str, int] | None = None
    ) -> None:
        self._setting, self._grounded = setting, grounded
        self._cases = cases
        self._component = {
            rule: number for number, each in enumerate(setting.program.components) for rule in each.rules
        }
        self.starts: dict[str, int] = dict(beneath or {})

    def network(self, beneath: int = 0) -> Network:
        """The arrays; scoped atoms are numbered from ``beneath`` on, where background ones end."""
        size, cases = beneath, []
        kind = self._grounded.scoped if beneath or self._grounded.scoped else self._grounded.background
        for relation in kind.values():
            self.starts[relation.table] = size
            size += self._setting.database.size(relation.table)
            if relation.scoped:
                query = exp.select(SCOPE).from_(relation.table).order_by(ROW)
                cases.append(self._places(self._fetched(query)[SCOPE]))
        blocks = []
        for instances in self._grounded.instances:
            ends = instances.rule.head.predicate in self._setting.ends
            if ends and not instances.scoped:
                continue  # it is about no incident
            blocks.append(self._end(instances, size) if ends else self._block(instances))
            if ends:
                self.starts[instances.table] = size
                size += len(blocks[-1])
                cases.append(blocks[-1].case)
        blocks.sort(key=lambda block: block.component)
        case = np.concatenate(cases) if cases else np.zeros(0, np.int64)
        return Network(tuple(blocks), self.starts, beneath, size, case)

    def _places(self, codes: Ids) -> Ids:
        return self._cases.places(codes)

    def _fetched(self, query: exp.Query) -> Mapping[str, Ids]:
        found = self._setting.database.columns(query)
        return {name: np.asarray(column, dtype=np.int64) for name, column in found.items()}

    def _block(self, instances: Instances) -> Block:
        rule = instances.rule
        heads = self._grounded.scoped if instances.scoped else self._grounded.background
        relation = heads[rule.head.predicate]
        clause = self._clause(instances)
        clause.over(relation.table, "h", relation.scoped)
        clause.agree(rule.head, relation, "h")
        columns = {"head": exp.column(ROW, "h"), ROW: exp.column(ROW, "i"), **self._columns(instances)}
        found = self._fetched(clause.select(columns))
        order = np.argsort(found[ROW], kind="stable")
        ordered = {name: column[order] for name, column in found.items()}
        return self._made(instances, ordered["head"] + self.starts[relation.table], ordered)

    def _end(self, instances: Instances, start: int) -> Block:
        """Instances that stand for what they conclude, numbered from a number on, in the order of their table."""
        found = self._fetched(self._clause(instances).select(self._columns(instances)))
        return self._made(instances, start + np.arange(len(found[SCOPE])), found)

    def _columns(self, instances: Instances) -> dict[str, exp.Expr]:
        premises = [exp.column(premise(place), "i") for place in range(len(instances.sources))]
        scope = {SCOPE: exp.column(SCOPE, "i")} if instances.scoped else {}
        return {**scope, **columns_of(premises, "p")}

    def _made(self, instances: Instances, head: Ids, found: Mapping[str, Ids]) -> Block:
        return Block(
            rule=instances.position,
            component=self._component[instances.position],
            head=head,
            premises=self._premises(found, len(head), instances.sources),
            case=self._places(found[SCOPE]) if instances.scoped else np.full(len(head), -1),
            absences=self._absences(instances.rule, instances.values("i"), instances.table, instances.scoped),
            tests=tuple(self._test(instances, tallies) for tallies in instances.tallies),
        )

    def _clause(self, instances: Instances) -> Clause:
        clause = Clause(self._setting.coding, instances.values("i"))
        clause.over(instances.table, "i", instances.scoped)
        return clause

    def _premises(self, found: Mapping[str, Ids], size: int, sources: Sequence[Relation]) -> Ids:
        columns = [found[premise(place)] + self.starts[source.table] for place, source in enumerate(sources)]
        return np.array(columns, dtype=np.int64).reshape(len(sources), size)

    def _absences(self, rule: Rule, values: Mapping[Term, exp.Expr], table: str, scoped: bool) -> Absences:
        """Which atoms each row of a table rules out."""
        rows, atoms = [], []
        for atom in negated(rule.body):
            for relation in self._grounded.of(atom.predicate):
                if relation.scoped and not scoped:
                    continue
                clause = Clause(self._setting.coding, values)
                clause.over(table, "i", scoped)
                clause.over(relation.table, "n", relation.scoped)
                clause.agree(atom, relation, "n")
                found = self._fetched(clause.select({"row": exp.column(ROW, "i"), "atom": exp.column(ROW, "n")}))
                rows.append(found["row"])
                atoms.append(found["atom"] + self.starts[relation.table])
        if not rows:
            return Absences(np.zeros(0, np.int64), np.zeros(0, np.int64))
        row, atom_ids = np.concatenate(rows), np.concatenate(atoms)
        order = np.lexsort((atom_ids, row))
        return Absences(row[order], atom_ids[order])

    def _test(self, instances: Instances, tallies: Tallies) -> Test:
        clause = self._clause(instances)
        clause.over(tallies.table, "k", tallies.scoped)
        for place, name in enumerate(tallies.names):
            here = exp.column(f"k{place}", "k")
            clause.require(exp.EQ(this=here, expression=clause.values[Variable(name)].copy()))
        guards = [clause.value(guard.term) for guard in tallies.aggregate.guards]
        columns = {ROW: exp.column(ROW, "i"), TALLY: exp.column(ROW, "k"), **columns_of(guards, "g")}
        found = self._fetched(clause.select(columns))
        order = np.argsort(found[ROW], kind="stable")
        compared = tuple(
            (guard.operator, found[f"g{place}"][order]) for place, guard in enumerate(tallies.aggregate.guards)
        )
        return Test(self._counted(instances, tallies), found[TALLY][order], compared)

    def _counted(self, instances: Instances, tallies: Tallies) -> Counted:
        """All ways of an aggregate, element by element; a premise that an element lacks holds anyway."""
        elements = tallies.aggregate.elements
        width = max((len(way.sources) for way in tallies.ways), default=0)
        terms = max(len(element.terms) for element in elements)
        parts, absent = [], []
        before = 0
        for way in tallies.ways:
            part, absences = self._way(instances.rule, elements[way.element], way, width, terms)
            parts.append(part)
            absent.append(Absences(absences.row + before, absences.atom))
            before += part.shape[1]
        size = self._setting.database.size(tallies.table)
        together = np.concatenate(parts, axis=1) if parts else np.zeros((1 + terms + width, 0), np.int64)
        keys, ways = together[: 1 + terms], together[1 + terms :]
        order = np.lexsort(keys[::-1])
        sorted_keys = keys[:, order]
        fresh = np.ones(len(order), dtype=np.bool_)
        fresh[1:] = (sorted_keys[:, 1:] != sorted_keys[:, :-1]).any(axis=0)
        return Counted(
            function=tallies.aggregate.function,
            size=size,
            premises=ways[:, order],
            absences=_reordered(absent, order),
            tuple=np.cumsum(fresh) - 1,
            first=sorted_keys[1, fresh],
            tally=sorted_keys[0, fresh],
        )

    def _way(self, rule: Rule, element: AggregateElement, way: Ways, width: int, terms: int) -> tuple[Ids, Absences]:
        """The ways of one element: tally, terms and premises as rows of a matrix, and what each rules out."""
        shown = [TALLY, *(f"t{n}" for n in range(len(element.terms))), *(premise(n) for n in range(len(way.sources)))]
        found = self._fetched(exp.select(*shown).from_(way.table).order_by(ROW))
        size = len(found[TALLY])
        matrix = np.full((1 + terms + width, size), ANYWAY, dtype=np.int64)
        matrix[0] = found[TALLY]
        matrix[1 : 1 + terms] = _SHORTER
        for place in range(len(element.terms)):
            matrix[1 + place] = found[f"t{place}"]
        for place, source in enumerate(way.sources):
            matrix[1 + terms + place] = found[premise(place)] + self.starts[source.table]
        counted = replace(rule, body=element.condition)
        values: dict[Term, exp.Expr] = {
            Variable(name): exp.column(variable(n), "i") for n, name in enumerate(element.variables)
        }
        return matrix, self._absences(counted, values, way.table, way.scoped)


def _reordered(parts: Sequence[Absences], order: Ids) -> Absences:
    """What ways rule out, once the ways stand in another order."""
    if not parts:
        return Absences(np.zeros(0, np.int64), np.zeros(0, np.int64))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    row, atom = place[np.concatenate([each.row for each in parts])], np.concatenate([each.atom for each in parts])
    by_row = np.argsort(row, kind="stable")
    return Absences(row[by_row], atom[by_row])
