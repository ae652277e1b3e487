"""What grounding many incidents at once promises: each gets what it would get alone, beside the same background."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random

import numpy as np
import pytest
from sqlglot import exp

from reasoner.grounding.bounds import Bounds
from reasoner.grounding.coding import Coding, coding_of
from reasoner.grounding.duckdb import DuckDB, DuckDBEngine
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.relations import ROW, SCOPE, Instances, Relation, premise, variable
from reasoner.grounding.tables import Setting, ground_background, ground_incidents
from reasoner.language.program import Program
from reasoner.limits import Limits
from reasoner.terms import Atom, Constant, Variable
from tests import programs
from tests.grounding.graphs import distinct_bindings, instance_texts, program_and_facts

Bindings = set[tuple[str, tuple[Constant, ...]]]
CASES = ("case_a", "case_b", "case_c")


def loaded(database: DuckDB, coding: Coding, stated: Mapping[str | None, Iterable[Atom]]) -> dict[str, Relation]:
    """Tables of atoms: of background, under no case, or of cases."""
    rows: dict[Relation, list[list[int]]] = defaultdict(list)
    found = {}
    for case, atoms in stated.items():
        for atom in atoms:
            name = f"{'f' if case is None else 's'}_{atom.predicate}"
            found[atom.predicate] = relation = Relation(name, len(atom.arguments), case is not None)
            codes = [coding.code(each) for each in atom.arguments]  # type: ignore[arg-type]
            rows[relation].append([*codes, 1][: max(1, len(codes))] if case is None else [coding.code(case), *codes])
    for relation, values in rows.items():
        database.load(relation.table, dict(zip(relation.columns, np.array(values, dtype=np.int64).T, strict=True)))
    return found


def bindings(
    database: DuckDB, coding: Coding, instances: Instances
) -> Iterable[tuple[str | None, str, tuple[Constant, ...]]]:
    """The case, if any, rule and values of each instance of a table."""
    values = instances.values("i")
    shown = [values[Variable(name)] for name in instances.rule.variables]
    scope = exp.column(SCOPE, "i") if instances.scoped else exp.null()
    query = exp.select(exp.alias_(scope, "scope"), *shown).from_(exp.to_table(instances.table).as_("i"))
    for case, *codes in database.rows(query):
        yield (
            None if case is None else str(coding.constant(case)),
            instances.rule.name,
            tuple(map(coding.constant, codes)),
        )


def repeated(database: DuckDB, relations: Iterable[Relation]) -> list[Relation]:
    """Those that hold an atom more than once."""
    distinct = {each: exp.select(*each.columns).distinct().from_(each.table) for each in relations}
    return [each for each, rows in distinct.items() if len(database.rows(rows)) != database.size(each.table)]


def fired_twice(database: DuckDB, instances: Iterable[Instances]) -> list[str]:
    """The names of rules that have the same row in their tables more than once."""
    tables: dict[tuple[int, tuple[Relation, ...], bool], list[Instances]] = defaultdict(list)
    for each in instances:
        tables[each.position, each.sources, each.scoped].append(each)
    names = []
    for alike in tables.values():
        columns = [SCOPE] if alike[0].scoped else []
        columns += [variable(place) for place in sorted(alike[0].bound - alike[0].own)]
        columns += [premise(place) for place in range(len(alike[0].sources))] or [ROW]
        rows = exp.union(
            *(exp.select(*columns).from_(each.table) for each in alike), exp.select(*columns).from_(alike[0].table)
        )
        if len(database.rows(rows)) != sum(database.size(each.table) for each in alike):
            names.append(alike[0].rule.name)
    return names


def ground_together(
    program: Program, background: Sequence[Atom], own: Mapping[str, Sequence[Atom]]
) -> dict[str, Bindings]:
    """The bindings that each case comes to when all are ground at once."""
    everything = [
        *background,
        *(atom for atoms in own.values() for atom in atoms),
        *(Atom("c", (case,)) for case in own),
    ]
    coding, bounds = coding_of(program.rules, everything), Bounds(program, Limits())
    database = DuckDB(bounds)
    setting = Setting(program, database, coding, bounds, {atom.predicate for atoms in own.values() for atom in atoms})
    beneath = ground_background(setting, loaded(database, coding, {None: background}))
    database.load("incidents", {SCOPE: np.array([coding.code(case) for case in own], dtype=np.int64)})
    found = ground_incidents(setting, beneath, loaded(database, coding, own), "incidents")
    assert not repeated(database, (*found.background.values(), *found.scoped.values()))
    assert not fired_twice(database, (*beneath.instances, *found.instances))
    together: dict[str, Bindings] = {case: set() for case in own}
    for instances in (*beneath.instances, *found.instances):
        for case, rule, values in bindings(database, coding, instances):
            for each in own if case is None else (case,):
                together[each].add((rule, values))
    return together


@pytest.mark.parametrize("seed", range(25))
def test_each_incident_gets_what_it_would_get_alone(seed: int) -> None:
    """With facts shared out at random between background and three incidents, whatever the rules are made of.

    And no atom is found twice.
    """
    rng = Random(seed)
    random = programs.random_program(rng, aggregates=True)
    program = programs.checked(random)
    homes = {atom: rng.choice((None, None, *CASES)) for atom in dict.fromkeys(random.facts)}
    background = [atom for atom, home in homes.items() if home is None]
    own = {case: [atom for atom, home in homes.items() if home == case] for case in CASES}

    together = ground_together(program, background, own)

    for case in CASES:
        alone = distinct_bindings(ground(program, [*background, *own[case]]))
        assert alone == together[case], f"{case}: {random.text}\n{homes}"


def test_a_rule_over_what_still_grows_fires_once_for_each_atom() -> None:
    """Where a rule takes atoms as they are, those that its own component finds later are not also its first ones."""
    rules = "q(X) :- p(X).\np(X) :- q(X).\np(Y) :- q(X), follows(X, Y)."
    program, facts = program_and_facts(rules, "p(a). follows(a, b). follows(b, c).")
    started, *background = facts

    together = ground_together(program, background, {"case_a": [started], "case_b": []})

    assert together["case_a"] == distinct_bindings(ground(program, facts))
    assert not together["case_b"]


@pytest.mark.parametrize("seed", range(25))
def test_one_case_has_the_same_graph_in_tables(seed: int) -> None:
    """Node for node and number for number what the engines that go row by row find."""
    random = programs.random_program(Random(seed), aggregates=True)
    program = programs.checked(random)

    plain, tabled = ground(program, random.facts), ground(program, random.facts, DuckDBEngine())
    assert (plain.atoms, instance_texts(plain)) == (tabled.atoms, instance_texts(tabled))
