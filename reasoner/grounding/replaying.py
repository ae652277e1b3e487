"""From tables back to the derivation graph, for one case that was ground in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from reasoner.grounding.bounds import Bounds
from reasoner.grounding.clauses import Clause
from reasoner.grounding.coding import coding_of
from reasoner.grounding.database import Database
from reasoner.grounding.engine import Row, Rows
from reasoner.grounding.graph import Derivation
from reasoner.grounding.ordering import positive
from reasoner.grounding.recording import Recorder
from reasoner.grounding.relations import ROW, Instances, Relation, number, premise
from reasoner.grounding.tables import Grounded, Setting, ground_background, load_facts
from reasoner.language.program import Program
from reasoner.terms import Atom, Literal, Rule, Term, Variable


def ground_whole(database: Database, program: Program, bounds: Bounds, atoms: Sequence[Atom]) -> Derivation:
    """The graph of every ground instance of a program's rules over some atoms, each once, by way of a database."""
    coding = coding_of(program.rules, atoms)
    setting = Setting(program, database, coding, bounds)
    return replayed(setting, atoms, ground_background(setting, load_facts(database, coding, atoms)))


def replayed(setting: Setting, facts: Iterable[Atom], grounded: Grounded) -> Derivation:
    """The graph of all instances in the tables of one grounding without incidents."""
    return _Replay(setting, grounded).derivation(facts)


class _Replay:
    """Reads tables back; numbers of constants there become those of the recorder."""

    def __init__(self, setting: Setting, grounded: Grounded) -> None:
        self._setting = setting
        self._grounded = grounded
        self._recorder = Recorder(setting.program, self, setting.bounds)
        self._numbers: dict[int, int] = {}

    def derivation(self, facts: Iterable[Atom]) -> Derivation:
        self._recorder.take(facts)
        rows = {}
        for predicate, relation in self._grounded.background.items():
            rows[relation.table] = known = self._rows(relation.arguments("r"), relation)
            for row in known:
                self._recorder.atoms.number_of(predicate, row)
        for instances in self._grounded.instances:
            self._recorder.gather(instances.position)
        for instances in self._grounded.instances:
            self._recorder.record(instances.position, self._joined(instances, rows), {})
        return self._recorder.result()

    def _rows(self, values: Sequence[exp.Expr], relation: Relation) -> list[Row]:
        shown: Sequence[exp.Expr] = values or [number(1)]
        query = exp.select(*shown).from_(exp.to_table(relation.table).as_("r")).order_by(exp.column(ROW, "r"))
        return [self._numbered(row[: len(values)]) for row in self._setting.database.rows(query)]

    def _numbered(self, codes: Sequence[int]) -> Row:
        return tuple(map(self._number, codes))

    def _number(self, code: int) -> int:
        if code not in self._numbers:
            self._numbers[code] = self._recorder.constants.number_of(self._setting.coding.constant(code))
        return self._numbers[code]

    def _joined(self, instances: Instances, rows: dict[str, list[Row]]) -> list[Row]:
        """What the join's variables were for each instance, by its premises; once where values of aggregates differ."""
        join = self._recorder.join(instances.position)
        atoms = [each.atom for each in join.body if isinstance(each, Literal)]
        where = [_place_of(term, atoms) for term in join.head.arguments]
        shown: list[exp.Expr] = [exp.column(premise(place)) for place in range(len(atoms))]
        query = exp.select(*(shown or [number(1)])).distinct().from_(instances.table)
        known = [rows[source.table] for source in instances.sources]
        return [
            tuple(known[literal][row[literal]][place] for literal, place in where)
            for row in self._setting.database.rows(query)
        ]

    def fire(self, rule: Rule, delta: int | None) -> Rows:
        """The rows of a join over all atoms there are."""
        values = self._recorder.constants.values
        clause = Clause(self._setting.coding)
        for atom in positive(rule.body):
            relation = self._grounded.background.get(atom.predicate)
            if relation is None:
                return
            plain = tuple(values[term] if isinstance(term, int) else term for term in atom.arguments)
            clause.match(Atom(atom.predicate, plain), relation)
        wanted = [clause.values[term] for term in rule.head.arguments]
        columns = {f"c{place}": value for place, value in enumerate(wanted)}
        for row in self._setting.database.rows(clause.select(columns)):
            yield [self._numbered(row[: len(wanted)])]


def _place_of(term: Term, atoms: Sequence[Atom]) -> tuple[int, int]:
    """Where a variable stands first: which literal, and which argument."""
    return next(
        (literal, place)
        for literal, atom in enumerate(atoms)
        for place, each in enumerate(atom.arguments)
        if isinstance(each, Variable) and each == term
    )
