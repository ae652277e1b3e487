"""Bayes' rule in every world: decibans added up per hypothesis, and a softmax over the hypotheses of a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Protocol

import numpy as np

from reasoner.assessment.umbrellas import Kinship, Ties, discounts, kinship
from reasoner.assessment.weights import Head, RoleStakes, Stake, Stated
from reasoner.assessment.worlds import Values, Worlds

NATS = log(10) / 10
"""Nats in a deciban."""


class Shift(Protocol):
    """What strength a line has once strengths have moved."""

    def __call__(self, actor: str, side: Head, strength: float) -> float:
        """The strength in decibans, 0 or more."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """One hypothesis in every world, in decibans: each part a number where all worlds agree, else a vector."""

    prior: float | Values
    nets: Mapping[str, float | Values]
    exclusion: float | Values

    def total(self) -> float | Values:
        """All of it together; factors are added in order of their ids."""
        total = self.prior
        for net in self.nets.values():
            total = total + net
        return total + self.exclusion


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The hypotheses of one role in every world.

    ``scores`` are decibans and ``chances`` P(hypothesis | world), both of shape (hypotheses, worlds), in the order
    of ``role.actors``.
    """

    role: RoleStakes
    worlds: Worlds
    related: Kinship
    scores: Values
    chances: Values


def posterior(
    role: RoleStakes,
    ties: Ties,
    worlds: Worlds,
    exclusion: float,
    shift: Shift | None = None,
    like: Posterior | None = None,
) -> Posterior:
    """Bayes' rule in every world for one role; ``exclusion`` is what `excludes` weighs, in decibans.

    ``like`` is the role in other worlds of the same number and weights; hypotheses about which nothing changed are
    not weighed anew, and where nothing changed at all it is the answer.
    """
    tied = like is not None and _unchanged(ties.atoms(), like.worlds, worlds)
    same = [like is not None and tied and _unchanged(stake.atoms(), like.worlds, worlds) for stake in role.stakes]
    if like is not None and all(same):
        return like
    related = like.related if like is not None and tied else kinship(ties, role.candidates, worlds)
    shared = discounts(role.candidates, related, worlds)
    scores = np.empty((len(role.stakes), worlds.bits.count), dtype=np.float64)
    for number, stake in enumerate(role.stakes):
        if like is not None and same[number]:
            scores[number] = like.scores[number]
        else:
            scores[number] = weigh(stake, shared.get(stake.actor, 0.0), worlds, exclusion, shift).total()
    return Posterior(role, worlds, related, scores, softmax(scores))


def _unchanged(atoms: Iterable[int], before: Worlds, after: Worlds) -> bool:
    return all(before.row(atom) is after.row(atom) for atom in atoms)


def softmax(scores: Values) -> Values:
    """Decibans to probabilities over the first axis, without overflow."""
    chances = np.exp((scores - scores.max(axis=0)) * NATS)
    chances /= chances.sum(axis=0)
    return np.asarray(chances)


def weigh(
    stake: Stake, shared: float | Values, worlds: Worlds, exclusion: float, shift: Shift | None = None
) -> Weighing:
    """What one hypothesis weighs in every world; ``shared`` is what sharing takes off its default prior."""
    prior = strongest(stake.priors, worlds, stake.default + shared)
    nets = {}
    for factor in stake.factors:
        supporting, opposing = (
            strongest(_moved(lines.get(factor, ()), stake.actor, side, shift), worlds, 0.0)
            for side, lines in _sides(stake)
        )
        nets[factor] = supporting - opposing
    excluded = worlds.bits.any_of(worlds.row(atom) for atom in stake.excludes)
    if excluded is worlds.bits.empty:
        return Weighing(prior, nets, 0.0)
    return Weighing(prior, nets, exclusion * worlds.bits.unpack(excluded).astype(np.float64))


def _sides(stake: Stake) -> tuple[tuple[Head, Mapping[str, Stated]], ...]:
    return (("supports", stake.supports), ("opposes", stake.opposes))


def _moved(lines: Stated, actor: str, side: Head, shift: Shift | None) -> Stated:
    if shift is None:
        return lines
    return tuple(sorted((shift(actor, side, strength), atom) for strength, atom in lines))


def strongest(lines: Stated, worlds: Worlds, otherwise: float | Values) -> float | Values:
    """The greatest strength whose atom holds, in every world; ``otherwise`` where none does.

    ``lines`` are ascending. Worlds carry the rank of their strongest line as a byte until the end, which is far
    cheaper than carrying decibans.
    """
    bits = worlds.bits
    table: list[float] = [0.0]
    ranks: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None = None
    sure = False
    for strength, atom in lines:
        row = worlds.row(atom)
        if row is bits.empty:
            continue
        if row is bits.full:
            table, ranks, sure = [strength], None, True
            continue
        if strength == table[-1] and sure and ranks is None:
            continue
        if ranks is None or strength != table[-1]:
            table.append(strength)
        held = bits.unpack(row)
        held *= len(table) - 1
        ranks = held if ranks is None else np.maximum(ranks, held)
    if ranks is None:
        return table[0] if sure else otherwise
    if len(table) == 2 and table[0] == 0.0 and not np.ndim(otherwise) and otherwise == 0.0:
        return np.multiply(ranks, table[1], dtype=np.float64)
    values = np.take(np.array(table, dtype=np.float64), ranks)
    return values if sure else np.where(ranks == 0, otherwise, values)
