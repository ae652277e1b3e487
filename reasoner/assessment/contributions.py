"""What a hypothesis's probability is made of: priors, lines, the field and doubt, in decibans that add up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log10

import numpy as np

from reasoner.assessment.credits import DIGITS, Credit, credits
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.result import Contribution, FactorNet, Line
from reasoner.assessment.weighing import mean
from reasoner.assessment.weights import Stake
from reasoner.assessment.worlds import Worlds
from reasoner.grounding.graph import Derivation

WithoutInstances = Callable[[frozenset[int]], float]
"""The hypothesis's probability (its umbrella's, where it heads one) with some instances silenced."""


def contribution(
    outlook: Outlook, actor: str, derivation: Derivation, exclusion: float, without: WithoutInstances
) -> Contribution:
    """The parts that lead to the log-odds of a hypothesis, or of the umbrella that it heads.

    Raises:
        KeyError: the actor is no hypothesis of the role.
    """
    role = outlook.posterior.role
    if actor not in role.actors:
        raise KeyError(actor)
    worlds = outlook.posterior.worlds
    stake = role.stakes[role.actors.index(actor)]
    before, excludes = outlook.posterior.outset(actor)
    weighing = outlook.posterior.weighings[role.actors.index(actor)]
    nets = {factor: mean(net, worlds) for factor, net in weighing.nets.items()}
    members, field, log_odds = _company(outlook, actor)
    doubt = log_odds - (before + sum(nets.values()) + excludes + members + field)
    return Contribution(
        role=role.role.id,
        actor=actor,
        probability=outlook.rows[actor],
        prior=before,
        exclusion=excludes,
        members=members,
        field=field,
        doubt=doubt,
        factors=_factor_nets(nets, outlook, actor, without),
        lines=_lines(stake, worlds, derivation, exclusion, without),
    )


def _company(outlook: Outlook, actor: str) -> tuple[float, float, float]:
    """What members add, what everyone else weighs against it, and the log-odds of the whole, in decibans.

    P and 1 - P are summed apart, so that neither is lost beside the other.
    """
    there = outlook.posterior
    worlds, bits = there.worlds, there.worlds.bits
    party = outlook.party(actor)
    inside, outside = np.zeros(bits.count), np.zeros(bits.count)
    for other, weights in zip(there.role.actors, there.weights, strict=True):
        counts = bits.unpack(party.get(other, bits.empty))
        inside += weights * counts
        outside += weights * (1 - counts)
    together = 10.0 * np.log10(inside)
    members = float(worlds.mean(together - there.total(actor))) if len(party) > 1 else 0.0
    field = -float(worlds.mean(10.0 * np.log10(outside)))
    whole = inside + outside
    log_odds = 10.0 * log10(float(worlds.mean(inside / whole)) / float(worlds.mean(outside / whole)))
    return members, field, log_odds


def _factor_nets(
    nets: Mapping[str, float], outlook: Outlook, actor: str, without: WithoutInstances
) -> tuple[FactorNet, ...]:
    """The factors by size; without one means without any line of it, for the hypothesis and whoever counts with it."""
    there = outlook.posterior
    party = [stake for stake in there.role.stakes if stake.actor in outlook.party(actor)]
    deriving = there.worlds.circuit.deriving
    found = []
    for factor, net in nets.items():
        atoms = [
            atom for stake in party for side in (stake.supports, stake.opposes) for _, atom in side.get(factor, ())
        ]
        silenced = frozenset(instance for atom in atoms for instance in deriving.get(atom, ()))
        found.append(FactorNet(factor, net, without(silenced)))
    return tuple(sorted(found, key=lambda row: (-round(abs(row.decibans), DIGITS), row.factor)))


def _lines(
    stake: Stake, worlds: Worlds, derivation: Derivation, exclusion: float, without: WithoutInstances
) -> tuple[Line, ...]:
    found = credits(stake, worlds, derivation, exclusion)
    return tuple(line(credit, without(frozenset({credit.instance}))) for credit in found)


def line(credit: Credit, without_it: float) -> Line:
    """A line that is credited so, with the hypothesis's probability without it."""
    return Line(
        instance=credit.instance,
        rule=credit.rule,
        factor=credit.factor,
        side=credit.side,
        strength=credit.strength,
        decibans=credit.decibans,
        probability=credit.probability,
        without_it=without_it,
        also=credit.also,
    )
