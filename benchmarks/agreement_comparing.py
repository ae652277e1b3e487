"""Holds the ground instances and rankings of a feed to those of its incidents one by one, whatever made either."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from reasoner.terms import Atom, Constant, Rule

TOLERANCE = 1e-12
SHOWN = 10
"""How many differences are told."""

Ground = tuple[int, tuple[Constant, ...], tuple[Atom, ...]]
"""A rule instance: which rule, the values of its variables, and its premises in body order."""

Ranked = Mapping[str, Any]
"""A row of a ranking, by column."""


@dataclass(frozen=True)
class Bulk:
    """What came of a feed, whatever ground it: instances that all incidents share, and those and the rows of each."""

    shared: Sequence[Ground]
    instances: Mapping[str, Sequence[Ground]]
    rows: Mapping[str, Sequence[Ranked]]


@dataclass(frozen=True)
class Alone:
    """What came of one incident as a case by itself."""

    instances: Sequence[Ground]
    rows: Sequence[Ranked]


@dataclass(frozen=True)
class Compared:
    """How much of both sides was the same, and what was not; instances that all share are counted once."""

    incidents: int
    shared_instances: int
    own_instances: int
    rows: int
    enumerated: int
    differences: int


def differences(bulk: Bulk, case: str, alone: Alone, rules: Sequence[Rule]) -> Iterator[str]:
    """What of an incident differs, a line each."""
    together, apart = Counter(bulk.shared), Counter(alone.instances)
    together.update(bulk.instances.get(case, ()))
    for left, where in ((together - apart, "in bulk"), (apart - together, "alone")):
        for instance, times in left.items():
            yield f"{case}: {times} more {where}: {_text(instance, rules)}"
    yield from _row_differences(case, bulk.rows.get(case, ()), alone.rows)


def _text(instance: Ground, rules: Sequence[Rule]) -> str:
    rule, binding, premises = instance
    values = ", ".join(f"{name} = {value}" for name, value in zip(rules[rule].variables, binding, strict=True))
    return f"rule {rules[rule].name} with {values}, from {', '.join(map(str, premises)) or 'nothing'}"


def _row_differences(case: str, rows: Iterable[Ranked], expected: Iterable[Ranked]) -> Iterator[str]:
    ours, theirs = (_by_place(each) for each in (rows, expected))
    for place in sorted(ours.keys() | theirs.keys()):
        words = f"{case}: {' '.join(map(str, place))}"
        if place not in ours or place not in theirs:
            yield f"{words}: only {'in bulk' if place in ours else 'alone'}"
            continue
        for column, value in theirs[place].items():
            found = ours[place][column]
            if not _same(found, value):
                yield f"{words}: {column} is {found} in bulk, {value} alone"


def _by_place(rows: Iterable[Ranked]) -> dict[tuple[str, str, int], Ranked]:
    return {(row["role"], row["kind"], row["place"]): row for row in rows}


def _same(one: object, other: object) -> bool:
    both = isinstance(one, float) and isinstance(other, float)
    return abs(one - other) <= TOLERANCE if both else one == other


def compare(bulk: Bulk, alone: Iterable[tuple[str, Alone]], rules: Sequence[Rule]) -> tuple[Compared, list[str]]:
    """Compare every incident; the first differences in words."""
    incidents = rows = found = 0
    first: list[str] = []
    for case, each in alone:
        lines = list(differences(bulk, case, each, rules))
        found += len(lines)
        first += lines[: SHOWN - len(first)]
        incidents, rows = incidents + 1, rows + len(each.rows)
    own = sum(map(len, bulk.instances.values()))
    enumerated = sum(any(row["method"] == "exact" for row in each) for each in bulk.rows.values())
    return Compared(incidents, len(bulk.shared), own, rows, enumerated, found), first
