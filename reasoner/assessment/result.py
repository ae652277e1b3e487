"""What an assessment says: values only, computed by the modules beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

Side: TypeAlias = OneOf["supports", "opposes", "excludes"]
Level: TypeAlias = OneOf["high", "moderate", "low"]
Verdict: TypeAlias = OneOf["named", "insufficient evidence"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How worlds are drawn: how many where they are sampled (a multiple of 16), and under which seed."""

    worlds: int = 16_384
    seed: int = 0


@dataclass(frozen=True, slots=True)
class WorldCount:
    """How the probabilities came about: ``standard_error`` is 0 where worlds were enumerated exactly."""

    method: OneOf["exact", "sampled"]
    count: int
    standard_error: float


@dataclass(frozen=True, slots=True)
class Line:
    """One rule instance with a reserved head that weighs for or against a hypothesis.

    ``strength`` is what the rule states, in decibans, negative against; ``decibans`` the part of the factor's mean
    net that is credited to this line (a world credits the strongest line of a side, the likeliest first among
    equals), so lines of a factor add up to its net; ``probability`` how often the instance fires. ``without_it`` is
    the hypothesis's probability with this instance silenced. ``also`` are instances of the same factor and side
    that show the same in its stead.
    """

    instance: int
    rule: str
    factor: str
    side: Side
    strength: float
    decibans: float
    probability: float
    without_it: float
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FactorNet:
    """A factor's mean net over the worlds, in decibans, and the probability without any line of it."""

    factor: str
    decibans: float
    without_it: float


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One hypothesis of a role.

    ``stability``: the share of worlds in which it leads. The log-odds of ``probability`` in decibans are ``prior``
    plus the factors' nets plus ``exclusion`` plus ``field`` (everyone else's weight, negative) plus ``doubt`` (what
    uncertainty about the facts costs or adds). ``spread`` is the standard error of the probability.
    """

    actor: str
    name: str
    probability: float
    spread: float
    stability: float
    prior: float
    exclusion: float
    field: float
    doubt: float
    factors: tuple[FactorNet, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Umbrella:
    """An umbrella's probability: its members', and its own where it is a hypothesis. ``members`` are hypotheses."""

    actor: str
    name: str
    probability: float
    stability: float
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """A front name and whom it fronts for: the probability that it was one or the other."""

    front: str
    owner: str
    probability: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the ranking can be relied on, apart from probability, and why, as sentences."""

    level: Level
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The hypotheses of one role, most probable first.

    ``leader`` is named only under the verdict ``named``; ``leading`` is who is ahead all the same (an actor, an
    umbrella or an owner; None where only ``other`` and ``nobody`` are hypotheses).
    """

    role: str
    verdict: Verdict
    leader: str | None
    leading: str | None
    confidence: Confidence
    hypotheses: tuple[Hypothesis, ...]
    umbrellas: tuple[Umbrella, ...]
    fronts: tuple[Front, ...]

    def probability(self, actor: str) -> float:
        """The probability of a hypothesis, or of an umbrella where it has one (members included).

        Raises:
            KeyError: the actor is neither.
        """
        rows = {row.actor: row.probability for row in self.hypotheses}
        rows.update((row.actor, row.probability) for row in self.umbrellas)
        return rows[actor]


Rankings: TypeAlias = Mapping[str, Ranking]
"""Role → ranking, in the order the rule base declares roles; only roles that have a candidate."""
