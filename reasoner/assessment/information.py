"""What an answer is worth: how likely each answer is by the ranking's own lights, and the bits it is expected to bring.

A ranking gives P(h) for every hypothesis, and a finding assumed gives P(h | finding). By Bayes' rule the finding is
P(h | finding) / P(h) times as likely under h as at large. That fixes its probability under each hypothesis up to one
scale, and the scale is set by how often such a thing comes to light where it is likeliest.

The worth is the mutual information between answer and hypothesis (Lindley 1956, "On a measure of the information
provided by an experiment", Annals of Mathematical Statistics 27).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reasoner.assessment.worlds import Values


@dataclass(frozen=True, slots=True, eq=False)
class Prospect:
    """What may come of asking: the chance of each finding, and the ranking if there is none.

    Each vector has one probability a hypothesis. The findings' chances sum to less than 1; the rest is the chance that
    nothing is found. The rankings after, weighted by their chances, sum to the ranking before.
    """

    before: Values
    after: tuple[Values, ...]
    chances: tuple[float, ...]

    @property
    def rest(self) -> float:
        """The chance that nothing is found."""
        return 1.0 - sum(self.chances)

    @property
    def otherwise(self) -> Values:
        """The ranking if nothing is found."""
        return self.left(self.before, self.after)

    def left(self, before: Values, after: Sequence[Values]) -> Values:
        """What is left of probabilities, once what findings would make of them has had its chance."""
        weighed = sum((chance * each for chance, each in zip(self.chances, after, strict=True)), np.zeros_like(before))
        return np.asarray(np.clip((before - weighed) / self.rest, 0.0, 1.0))

    @property
    def bits(self) -> float:
        """The expected information of the answer about the hypothesis: 0 or more, at most the ranking's entropy."""
        told = sum(
            chance * divergence(each, self.before) for chance, each in zip(self.chances, self.after, strict=True)
        )
        return max(0.0, told + self.rest * divergence(self.otherwise, self.before))


def prospect(before: Values, after: Sequence[Values], found: Sequence[float]) -> Prospect:
    """The chances of findings that exclude each other; ``found`` is how often each comes to light where likeliest.

    Under no hypothesis is it likelier that something is found than the greatest of ``found``, which must be below 1.
    """
    likelihoods = [_relative(each, before) for each in after]
    scales = [share / ratio.max() for share, ratio in zip(found, likelihoods, strict=True)]
    together = sum((scale * ratio for scale, ratio in zip(scales, likelihoods, strict=True)), np.zeros_like(before))
    shrink = min(1.0, max(found) / float(together.max()))
    return Prospect(before, tuple(after), tuple(float(scale) * shrink for scale in scales))


def _relative(after: Values, before: Values) -> Values:
    """How much likelier each hypothesis has become; 0 where it was impossible to begin with."""
    return np.divide(after, before, out=np.zeros_like(after), where=before > 0)


def divergence(after: Values, before: Values) -> float:
    """Kullback–Leibler divergence of one ranking from another, in bits."""
    held = after > 0
    return float((after[held] * np.log2(after[held] / before[held])).sum())


def entropy(ranking: Values) -> float:
    """How much there is left to know, in bits."""
    held = ranking[ranking > 0]
    return float(-(held * np.log2(held)).sum()) + 0.0
