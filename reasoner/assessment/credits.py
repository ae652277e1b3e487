"""Which line is credited with how much of a hypothesis's weight: a world credits the strongest line of each side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from reasoner.assessment.bits import Row
from reasoner.assessment.result import Side
from reasoner.assessment.weighing import mean
from reasoner.assessment.weights import Stake, Stated
from reasoner.assessment.worlds import Values, Worlds
from reasoner.grounding.graph import Derivation
from reasoner.terms import term_text

DIGITS = 12
"""Decimals beyond which two figures are taken for equal when lines are put in order."""


@dataclass(frozen=True, slots=True)
class Credit:
    """One line with its part of its factor's mean net.

    ``instance``, ``strength``, ``decibans``, ``probability`` and ``also`` as in `Line`; ``factor`` is empty where the
    side is ``excludes`` or ``prior``.
    """

    instance: int
    rule: str
    factor: str
    side: Side
    strength: float
    decibans: float
    probability: float
    also: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Firing:
    """One instance that states a line, and where it fires; ``strength`` is negative against."""

    instance: int
    rule: str
    factor: str
    side: Side
    strength: float
    row: Row
    probability: float
    order: tuple[str, ...]


def credits(stake: Stake, worlds: Worlds, derivation: Derivation, exclusion: float) -> tuple[Credit, ...]:
    """All lines of a hypothesis that hold in some world, by size; those of a factor add up to its mean net."""
    excluding = tuple((-exclusion, atom) for atom in stake.excludes)
    groups: list[tuple[Side, str, Stated]] = [("excludes", "", excluding)]
    groups += [("supports", factor, lines) for factor, lines in stake.supports.items()]
    groups += [("opposes", factor, lines) for factor, lines in stake.opposes.items()]
    found: list[Credit] = []
    for side, factor, lines in groups:
        firings = sorted(_firings(side, factor, lines, worlds, derivation), key=_precedence)
        found += _credited(firings, worlds)
    orders = {credit.instance: _order(credit.instance, derivation) for credit in found}
    return tuple(sorted(found, key=lambda each: (-round(abs(each.decibans), DIGITS), *orders[each.instance])))


def starts(stake: Stake, default: float | Values, worlds: Worlds, derivation: Derivation) -> tuple[Credit, ...]:
    """What rules state of where a hypothesis begins: by how many decibans each moves it from its ``default`` prior.

    A world credits the highest prior that is stated there.
    """
    found, taken = [], worlds.bits.empty
    firings = _firings("prior", "", stake.priors, worlds, derivation)
    for firing in sorted(firings, key=lambda each: (-each.strength, -round(each.probability, DIGITS), each.order)):
        here = worlds.bits.unpack(worlds.bits.minus(firing.row, taken))
        taken = worlds.bits.either(taken, firing.row)
        decibans = mean(np.asarray(here * (firing.strength - default), dtype=np.float64), worlds)
        found.append(
            Credit(firing.instance, firing.rule, "", "prior", firing.strength, decibans, firing.probability, ())
        )
    return tuple(found)


def _firings(side: Side, factor: str, lines: Stated, worlds: Worlds, derivation: Derivation) -> Iterator[_Firing]:
    sign = 1.0 if side in ("supports", "prior") else -1.0
    for strength, atom in lines:
        for instance in worlds.circuit.deriving.get(atom, ()):
            row = worlds.fires(instance)
            probability = worlds.share(row)
            if probability > 0:
                order = _order(instance, derivation)
                yield _Firing(instance, order[0], factor, side, sign * strength, row, probability, order)


def _order(instance: int, derivation: Derivation) -> tuple[str, ...]:
    """A key that doesn't depend on how rules and facts are ordered: the rule's name, then what it binds."""
    name = derivation.program.rules[int(derivation.rule[instance])].name
    return (name, *(term_text(derivation.constants[constant]) for constant in derivation.binding[instance]))


def _precedence(firing: _Firing) -> tuple[float, float, tuple[str, ...]]:
    return (-abs(firing.strength), -round(firing.probability, DIGITS), firing.order)


def _credited(firings: list[_Firing], worlds: Worlds) -> Iterator[Credit]:
    """Credit each world to the first firing that holds there: the strongest, the likeliest among equals."""
    bits = worlds.bits
    taken = bits.empty
    for firing in firings:
        decibans = firing.strength * worlds.share(bits.minus(firing.row, taken))
        taken = bits.either(taken, firing.row)
        yield Credit(
            instance=firing.instance,
            rule=firing.rule,
            factor=firing.factor,
            side=firing.side,
            strength=firing.strength,
            decibans=decibans,
            probability=firing.probability,
            also=tuple(_alternatives(firing, firings, worlds)),
        )


def _alternatives(firing: _Firing, firings: Iterable[_Firing], worlds: Worlds) -> Iterator[int]:
    for other in firings:
        stands_in = other.instance != firing.instance and abs(other.strength) >= abs(firing.strength)
        if stands_in and worlds.share(worlds.bits.both(firing.row, other.row)) > 0:
            yield other.instance
