"""One forecast against one accepted answer: right or wrong, and how good its probabilities were.

The Brier score is the quadratic score over all hypotheses (Brier, Monthly Weather Review 78, 1950), the accepted ones
pooled: 0 is perfect, 2 the worst. The logarithmic score is Good's (J. Roy. Stat. Soc. B 14, 1952), in bits: minus
the binary logarithm of what the accepted ones were given together, 0 perfect.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from math import log2

from reasoner.assessment.judging import Judgement
from reasoner.assessment.outlook import Outlook
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.scoring.truth import Accepted

LEAST = 2.0**-20
"""The least probability that the logarithmic score counts with, so that one lost case costs 20 bits at most."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What somebody, or a baseline, says of a role before the answer is known.

    ``leading`` are those in front, more than one where they are level; ``probabilities`` sum to 1 over the
    hypotheses; ``counting`` maps an umbrella to its members and a front to its owners, any of whom makes it right.
    """

    leading: tuple[str, ...]
    named: bool
    probabilities: Mapping[str, float]
    counting: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, outlook: Outlook, judged: Judgement) -> Forecast:
        """What a ranking says: whoever is named, or leads those listed; ``other`` or ``nobody`` where none is."""
        first = judged.subject or max(outlook.actors, key=lambda actor: outlook.actors[actor])
        return cls((first,), judged.leader is not None, outlook.actors, counting(outlook))

    def is_one_of(self, actor: str, actors: Collection[str]) -> bool:
        """Whether an actor, a member of it or an owner of it is among these."""
        return actor in actors or not self.counting.get(actor, frozenset()).isdisjoint(actors)

    def stated(self, actors: Collection[str]) -> list[tuple[float, bool]]:
        """What it said of these actors together, and of every other hypothesis: probability and whether right."""
        shares = [(p, self.is_one_of(actor, actors)) for actor, p in self.probabilities.items()]
        return [(sum(p for p, right in shares if right), True), *((p, False) for p, right in shares if not right)]


def counting(outlook: Outlook) -> Mapping[str, frozenset[str]]:
    """Umbrella → its members, and front → its owners, in any world."""
    related = outlook.posterior.related
    found = {umbrella: frozenset(members) for umbrella, members in related.beneath.items()}
    for front, owner in related.fronting:
        found[front] = found.get(front, frozenset()) | {owner}
    return found


@dataclass(frozen=True, slots=True)
class Measures:
    """How one forecast did, or several on average: shares of 1, and the two scores."""

    right: float
    rejected_led: float
    abstained: float
    accepted: float
    brier: float
    log: float


def measured(forecast: Forecast, truth: Accepted) -> Measures:
    """A forecast against the accepted answer. Where several are level in front, each counts in part."""
    (accepted, _), *others = forecast.stated(truth.accept)
    level = len(forecast.leading)
    return Measures(
        right=sum(forecast.is_one_of(actor, truth.accept) for actor in forecast.leading) / level,
        rejected_led=sum(actor in truth.reject for actor in forecast.leading) / level,
        abstained=float(not forecast.named),
        accepted=accepted,
        brier=(1 - accepted) ** 2 + sum(p**2 for p, _ in others),
        log=-log2(max(accepted, LEAST)),
    )


def mean(measures: Collection[Measures]) -> Measures:
    """The mean of each measure, of one forecast at least."""
    names = [field.name for field in fields(Measures)]
    return Measures(**{name: sum(getattr(each, name) for each in measures) / len(measures) for name in names})


def baseline(weights: Mapping[str, float], like: Forecast) -> Forecast:
    """Whoever weighs most leads, and everybody's probability is the share of the weight; never ``other``."""
    listed = {actor: weights.get(actor, 0.0) for actor in like.probabilities if actor not in (OTHER, NOBODY)}
    if not any(listed.values()):
        listed = dict.fromkeys(listed, 1.0)
    total, most = sum(listed.values()), max(listed.values())
    leading = tuple(actor for actor, weight in listed.items() if weight == most)
    chances = {actor: weight / total for actor, weight in listed.items()}
    return Forecast(leading, True, chances, like.counting)
