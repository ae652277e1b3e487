"""The tables that a grounding consists of, and which of their columns number rows of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reasoner.grounding.aggregates import TALLY
from reasoner.grounding.relations import SCOPE, Instances, Relation, Tallies, Ways, premise, variable
from reasoner.grounding.tables import Grounded


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: its name, its columns, and the tables whose rows some of these number, by column."""

    table: str
    columns: tuple[str, ...]
    scoped: bool
    numbering: Mapping[str, str]


def relation_layouts(relations: Mapping[str, Relation]) -> list[Layout]:
    """The tables of the atoms of some predicates."""
    return [Layout(each.table, each.columns, each.scoped, {}) for each in relations.values()]


def instance_layouts(grounded: Grounded) -> list[Layout]:
    """The tables of instances, and of what their aggregates go over."""
    return [layout for instances in grounded.instances for layout in _of(instances)]


def _of(instances: Instances) -> Iterator[Layout]:
    bound = sorted(instances.bound - instances.own)
    yield _layout(instances.table, instances.scoped, [variable(each) for each in bound], instances.sources)
    for tallies in instances.tallies:
        yield _layout(tallies.table, tallies.scoped, [f"k{n}" for n in range(len(tallies.names))])
        for way in tallies.ways:
            yield _of_way(way, tallies)


def _of_way(way: Ways, tallies: Tallies) -> Layout:
    element = tallies.aggregate.elements[way.element]
    values = [*(f"t{n}" for n in range(len(element.terms))), *(variable(n) for n in range(len(element.variables)))]
    return _layout(way.table, way.scoped, values, way.sources, tallies)


def _layout(
    table: str,
    scoped: bool,
    values: list[str],
    sources: tuple[Relation, ...] = (),
    tallies: Tallies | None = None,
) -> Layout:
    numbering = {premise(place): source.table for place, source in enumerate(sources)}
    if tallies is not None:
        numbering[TALLY] = tallies.table
    return Layout(table, ((SCOPE,) if scoped else ()) + (*values, *numbering), scoped, numbering)
