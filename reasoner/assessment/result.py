"""What an assessment says: values only, computed by the modules beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal as OneOf
from typing import TypeAlias

Side: TypeAlias = OneOf["supports", "opposes", "excludes", "prior"]
Level: TypeAlias = OneOf["high", "moderate", "low"]
Verdict: TypeAlias = OneOf["named", "insufficient evidence"]


Method: TypeAlias = OneOf["exact", "sampled"]
Move: TypeAlias = OneOf["all up", "all down", "against the leader"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How worlds are drawn: how many where they are sampled (a multiple of 16), and under which seed.

    ``method`` forces one, so that both sides of a comparison can use the same; None enumerates up to 65,536 worlds.
    """

    worlds: int = 16_384
    seed: int = 0
    method: Method | None = None


@dataclass(frozen=True, slots=True)
class WorldCount:
    """How the probabilities came about: ``standard_error`` is 0 where worlds were enumerated exactly."""

    method: Method
    count: int
    standard_error: float

    @property
    def sampled(self) -> int:
        """How many were drawn; 0 where all were enumerated."""
        return self.count if self.method == "sampled" else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One rule instance with a reserved head that weighs for or against a hypothesis.

    ``strength`` is what the rule states, in decibans, negative against; ``decibans`` the part of the factor's mean
    net that is credited to this line (a world credits the strongest line of a side, the likeliest first among
    equals), so lines of a factor add up to its net; ``probability`` how often the instance fires. ``without_it`` is
    the hypothesis's probability with this instance silenced (an umbrella's, where the hypothesis heads one).
    ``also`` are the other instances of the same factor and side, at least as strong, that fire in some world where
    this one fires. ``factor`` is empty where the side is ``excludes``.
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
class Contribution:
    """What a hypothesis's probability is made of, in decibans; `Assessment.contribution` computes it when asked.

    The log-odds of ``probability`` are ``prior`` plus the factors' nets plus ``exclusion`` plus ``members`` plus
    ``field`` plus ``doubt``. All but ``doubt`` are means over the worlds: ``prior`` with what a shared prior takes
    off, ``members`` what the members of an umbrella add to its own weight (0 for a hypothesis that heads none),
    ``field`` everyone else's weight (negative where they weigh anything). ``doubt`` is what uncertainty about the
    facts costs or adds. For the head of an umbrella ``probability`` is the umbrella's, members included.
    ``factors`` and ``lines`` come by size of contribution.
    """

    role: str
    actor: str
    probability: float
    prior: float
    exclusion: float
    members: float
    field: float
    doubt: float
    factors: tuple[FactorNet, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One hypothesis of a role: its probability, with its standard error as ``spread``.

    ``stability``: the share of worlds in which it leads; a world in which k are level at the top counts 1/k for each.
    """

    actor: str
    name: str
    probability: float
    spread: float
    stability: float


@dataclass(frozen=True, slots=True)
class Umbrella:
    """An umbrella's probability: its members', and its own where it is a hypothesis. ``members`` are hypotheses.

    ``stability``: the share of worlds in which it leads, taken together, every hypothesis outside it; a world in
    which it is level with the k best of them counts for 1 / (k + 1).
    """

    actor: str
    name: str
    probability: float
    stability: float
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """A front name and whom it fronts for: the probability of the owner, and of the front where it is its front.

    An owner who heads an umbrella counts with its members.
    """

    front: str
    owner: str
    probability: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the ranking can be relied on, apart from probability, and why, as sentences."""

    level: Level
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The hypotheses of one role, most probable first: a ranking before it is found how far to rely on it.

    ``leader`` is named only under the verdict ``named``; ``leading`` is who is ahead all the same (an actor, an
    umbrella or an owner; None where only ``other`` and ``nobody`` are hypotheses). ``level`` are those that the worlds
    do not tell apart from ``leading`` where nobody is named, ``other`` and ``nobody`` among them; ``settled``, whether
    the sampled worlds are enough to tell who is named, or that nobody is. ``with_fronts`` is the probability of a
    leader who is named only with its fronts, together with them.
    """

    role: str
    verdict: Verdict
    leader: str | None
    leading: str | None
    level: tuple[str, ...]
    settled: bool
    with_fronts: float | None
    hypotheses: tuple[Hypothesis, ...]
    umbrellas: tuple[Umbrella, ...]
    fronts: tuple[Front, ...]

    @property
    def ahead(self) -> str:
        """The leader, whoever leads without being named, or else the first hypothesis."""
        return self.leader or self.leading or self.hypotheses[0].actor

    @property
    def actors(self) -> frozenset[str]:
        """Everybody who is ranked: every hypothesis and every umbrella."""
        return frozenset((*(row.actor for row in self.hypotheses), *(row.actor for row in self.umbrellas)))

    def probability(self, actor: str) -> float:
        """The probability of a hypothesis, or of an umbrella where it has one (members included).

        Raises:
            KeyError: the actor is neither.
        """
        rows = {row.actor: row.probability for row in self.hypotheses}
        rows.update((row.actor, row.probability) for row in self.umbrellas)
        return rows[actor]

    def relied_on(self, confidence: Confidence) -> Ranking:
        """The ranking, once it is found how far it can be relied on."""
        values = {each.name: getattr(self, each.name) for each in fields(Standing)}
        return Ranking(**values, confidence=confidence)


@dataclass(frozen=True, slots=True)
class Ranking(Standing):
    """How the hypotheses of one role stand, and how far that can be relied on."""

    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Shifted:
    """Who leads once strengths have moved as ``shift`` says, whether they are named, and what is left to the leader.

    ``probability`` is that of whoever led before.
    """

    shift: Move
    leading: str | None
    named: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Robustness:
    """Whether whoever leads keeps the lead when every strength moves by so many decibans, and what each shift does.

    The lead is kept by the leader, or within it: where an umbrella led, by one of its members.
    """

    role: str
    decibans: float
    leading: str | None
    holds: bool
    shifts: tuple[Shifted, ...]


Standings: TypeAlias = Mapping[str, Standing]
"""Role → how its hypotheses stand, in the order the rule base declares roles; only roles that have a candidate."""

Rankings: TypeAlias = Mapping[str, Ranking]
"""Role → ranking, in the same order."""
