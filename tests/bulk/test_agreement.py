"""What ``benchmarks/agreement.py`` promises: a feed that agrees with its incidents is told from any that does not."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import pytest

from reasoner.terms import Atom, Rule
from tests.bulk.feeds import ROOT, made

sys.path.append(str(ROOT / "benchmarks"))

import agreement_alone
import agreement_bulk
import bulk_facts
from agreement_comparing import SHOWN, Alone, Bulk, compare

INCIDENTS, WORLDS = 12, 64
Both: TypeAlias = tuple[Bulk, Mapping[str, Alone], tuple[Rule, ...]]


@pytest.fixture(scope="module", params=[0.0, 0.3], ids=["background given", "background in doubt"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """A feed at once, and each of its incidents alone."""
    folder = tmp_path_factory.mktemp("feed")
    made(folder, INCIDENTS, doubtful=request.param)
    bulk_facts.load(folder)
    store = bulk_facts.store_in(folder)
    bulk = agreement_bulk.through_duckdb(folder, store, WORLDS)
    methods = {case: rows[0]["method"] for case, rows in bulk.rows.items()}
    assert set(methods.values()) == {"sampled" if request.param else "exact"}
    cases = agreement_bulk.incidents_in(store)
    alone = {case: agreement_alone.take(folder, case, methods.get(case), WORLDS) for case in cases}
    return bulk, alone, tuple(store.rules.program.rules)


def test_a_feed_agrees_with_its_incidents(both: Both) -> None:
    """To the last instance and row, of which there are many; what all share is among the instances of each."""
    bulk, alone, rules = both
    compared, first = compare(bulk, alone.items(), rules)

    assert (compared.incidents, compared.differences, first) == (INCIDENTS, 0, [])
    assert compared.rows == sum(map(len, bulk.rows.values())) > 40
    assert compared.own_instances == sum(map(len, bulk.instances.values())) > 250
    assert all(set(bulk.shared) < set(each.instances) for each in alone.values())


def in_a_row(**changed: object) -> Callable[[Bulk, str], Bulk]:
    """Another value in the first row of an incident; a number is what is added."""

    def plant(bulk: Bulk, case: str) -> Bulk:
        first, *others = bulk.rows[case]
        values = {key: first[key] + value if isinstance(value, float) else value for key, value in changed.items()}
        return replace(bulk, rows={**bulk.rows, case: [{**first, **values}, *others]})

    return plant


def without_a_row(bulk: Bulk, case: str) -> Bulk:
    return replace(bulk, rows={**bulk.rows, case: bulk.rows[case][:-1]})


def without_an_instance(bulk: Bulk, case: str) -> Bulk:
    return replace(bulk, instances={**bulk.instances, case: bulk.instances[case][1:]})


def with_an_instance_twice(bulk: Bulk, case: str) -> Bulk:
    return replace(bulk, instances={**bulk.instances, case: [*bulk.instances[case], bulk.instances[case][0]]})


def with_another_premise(bulk: Bulk, case: str) -> Bulk:
    (rule, binding, premises), *others = bulk.instances[case]
    changed = (rule, binding, (*premises[:-1], Atom("rumoured", (case,))))
    return replace(bulk, instances={**bulk.instances, case: [changed, *others]})


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (in_a_row(probability=1e-11), "probability"),
        (in_a_row(place=100), "hypothesis 100: only in bulk"),
        (in_a_row(actor="nobody_else"), "actor"),
        (in_a_row(verdict="hung"), "verdict"),
        (in_a_row(leading=None), "leading"),
        (in_a_row(method="guessed"), "method"),
        (without_a_row, "only alone"),
        (without_an_instance, "1 more alone: rule"),
        (with_an_instance_twice, "1 more in bulk: rule"),
        (with_another_premise, r"1 more in bulk: rule .* rumoured\("),
    ],
)
def test_a_planted_difference_is_told(plant: Callable[[Bulk, str], Bulk], told: str, both: Both) -> None:
    """In one incident among many: which one, and what differs."""
    bulk, alone, rules = both
    case = sorted(bulk.rows)[3]
    compared, first = compare(plant(bulk, case), alone.items(), rules)

    assert 0 < compared.differences == len(first)
    assert all(line.startswith(f"{case}: ") for line in first)
    assert any(re.search(told, line) for line in first)


def test_what_all_lack_is_told_of_each(both: Both) -> None:
    """A shared instance that is missing is a difference of every incident; the first ones are told."""
    bulk, alone, rules = both
    compared, first = compare(replace(bulk, shared=bulk.shared[1:]), alone.items(), rules)

    assert (compared.differences, len(first)) == (INCIDENTS, SHOWN)
