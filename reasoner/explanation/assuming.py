"""A case over a derivation that also knows what nobody has reported, so that worlds can be told that it is so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reasoner.assessment.assess import Assessment, stakes_in
from reasoner.assessment.circuit import Circuit
from reasoner.assessment.umbrellas import read_ties
from reasoner.grounding.fixpoint import ground
from reasoner.terms import Atom


def knowing(assessment: Assessment, atoms: Iterable[Atom]) -> Assessment:
    """The same assessment, with these atoms in its derivation: they hold nowhere until a world is told otherwise.

    Nobody becomes a hypothesis by them.
    """
    possible = [atom for atom, fact in assessment.base.facts.items() if fact.credence > 0]
    derivation = ground(assessment.derivation.program, dict.fromkeys([*possible, *atoms]))
    circuit = Circuit.of(derivation)
    before = {role.role.id: frozenset(role.actors) for role in assessment.roles}
    roles = tuple(
        replace(role, stakes=tuple(stake for stake in role.stakes if stake.actor in before[role.role.id]))
        for role in stakes_in(assessment.base, derivation, circuit, assessment.settings)
        if role.role.id in before
    )
    return replace(
        assessment,
        derivation=derivation,
        roles=roles,
        ties=read_ties(derivation, roles),
        circuit=circuit,
    )
