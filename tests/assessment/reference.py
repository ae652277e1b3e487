"""The ranking by brute force: every world, clingo in each, Bayes' rule, a weighted sum. Slow, short, and the judge.

It shares the terms and the `Base` with the reasoner, and nothing else: clingo reads the rule text unchanged.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from reasoner.evidence.base import Base
from reasoner.language.vocabulary import Scales
from reasoner.terms import Aggregate, Atom, Comparison, Literal, Rule
from tests.oracle import stable_atoms, stable_worlds

World = frozenset[Atom]


@dataclass(frozen=True, slots=True)
class Figures:
    """Role → actor → probability, for hypotheses and for umbrellas; role → (front, owner) → probability."""

    hypotheses: dict[str, dict[str, float]]
    umbrellas: dict[str, dict[str, float]]
    fronts: dict[str, dict[tuple[str, str], float]]


def worlds(base: Base) -> Iterator[tuple[float, World]]:
    """Every way the draws of a base can fall, with its probability and the facts that hold there."""
    certain = {atom for atom, fact in base.facts.items() if fact.basis != "reported"}
    options = [
        [(1 - sum(draw.shares), None), *zip(draw.shares, draw.values, strict=True)]  # none of the values, or one
        for draw in base.draws
    ]
    for chosen in product(*options):
        held = set(certain)
        for draw, (_, value) in zip(base.draws, chosen, strict=True):
            if value is not None and (draw.within is None or draw.within in held):
                held.add(value)
        probability = math.prod(share for share, _ in chosen)
        if probability > 0:
            yield probability, frozenset(held)


def reference(text: str, rules: Sequence[Rule], base: Base, scales: Scales, considering: Base | None = None) -> Figures:
    """The probabilities of every role that has a candidate.

    Whoever some world of the base ``considering`` makes a hypothesis is one by these ``rules``; ``text`` may lack some.
    """
    weighed = list(worlds(base))
    possible = sorted({atom for _, held in weighed for atom in held}, key=str)
    models = stable_worlds(text, possible, [held for _, held in weighed])
    considered = possible if considering is None else sorted({a for _, w in worlds(considering) for a in w}, key=str)
    some_world = stable_atoms(_without_negation(rules), considered)
    figures = Figures({}, {}, {})
    for role in scales.roles:
        candidates = _candidates(base.case.id, role, some_world)
        if candidates:
            posteriors = [
                (share, model, _posterior(base.case.id, role, candidates, model, scales))
                for (share, _), model in zip(weighed, models, strict=True)
            ]
            _add(figures, role, candidates, posteriors, some_world)
    return figures


def _without_negation(rules: Iterable[Rule]) -> str:
    """The rules with negation and aggregates dropped; a strength that an aggregate gives makes nobody a candidate."""
    kept = []
    for rule in rules:
        if any(isinstance(each, Aggregate) and each.assignable for each in rule.body):
            continue
        body = [
            each
            for each in rule.body
            if isinstance(each, Comparison) or (isinstance(each, Literal) and not each.negated)
        ]
        kept.append(str(Rule(rule.name, None, rule.head, tuple(body))))
    return "\n".join(kept)


def _candidates(case: str, role: str, atoms: Iterable[Atom]) -> list[str]:
    return sorted(str(a.arguments[2]) for a in atoms if a.predicate == "candidate" and a.arguments[:2] == (case, role))


def _posterior(case: str, role: str, candidates: list[str], model: World, scales: Scales) -> dict[str, float]:
    hypotheses = [*candidates, "other", *(["nobody"] if scales.roles[role].nobody else [])]
    weights = {actor: 10 ** (_decibans(case, role, actor, candidates, model, scales) / 10) for actor in hypotheses}
    return {actor: weight / sum(weights.values()) for actor, weight in weights.items()}


def _decibans(case: str, role: str, actor: str, candidates: list[str], model: World, scales: Scales) -> float:
    said = [a for a in model if a.arguments[:3] == (case, role, actor)]

    def lines(head: str) -> list[tuple[object, ...]]:
        return [a.arguments[3:] for a in said if a.predicate == head]

    def number(strength: object) -> float:
        return float(scales.strengths[strength]) if isinstance(strength, str) else float(strength)

    stated = [number(strength) for (strength,) in lines("prior")]
    total = max(stated) if stated else _default_prior(actor, candidates, model, scales)
    supporting, opposing = lines("supports"), lines("opposes")
    for factor in {factor for factor, _ in supporting + opposing}:
        total += max((number(strength) for f, strength in supporting if f == factor), default=0)
        total -= max((number(strength) for f, strength in opposing if f == factor), default=0)
    return total + (scales.exclusion if lines("excludes") else 0)


def _default_prior(actor: str, candidates: list[str], model: World, scales: Scales) -> float:
    if actor == "other":
        return scales.unlisted
    if actor == "nobody":
        return scales.nobody
    families = [{head} | {a for a in candidates if head in _above(a, model)} for head in candidates]
    return -10 * math.log10(max(len(family) for family in families if actor in family))


@lru_cache(maxsize=100_000)
def _above(actor: str, model: World) -> frozenset[str]:
    """Every umbrella over an actor in a world, without the actor itself."""
    steps = [tuple(map(str, a.arguments)) for a in model if a.predicate == "member_of"]
    found: set[str] = set()
    fresh = {actor}
    while fresh:
        fresh = {umbrella for member, umbrella in steps if member in fresh} - found
        found |= fresh
    return frozenset(found - {actor})


def _add(
    figures: Figures,
    role: str,
    candidates: list[str],
    posteriors: list[tuple[float, World, dict[str, float]]],
    some_world: World,
) -> None:
    hypotheses = list(posteriors[0][2])
    figures.hypotheses[role] = {a: sum(share * posterior[a] for share, _, posterior in posteriors) for a in hypotheses}
    heads = {head for actor in candidates for head in _above(actor, some_world)}
    figures.umbrellas[role] = {
        head: sum(
            share * sum(posterior[a] for a in candidates if a == head or head in _above(a, model))
            for share, model, posterior in posteriors
        )
        for head in sorted(heads)
    }
    pairs = [tuple(map(str, a.arguments)) for a in some_world if a.predicate == "front_for"]
    figures.fronts[role] = {}
    for front, owner in pairs:
        if front in candidates and (owner in candidates or owner in heads) and front != owner:
            total = 0.0
            for share, model, posterior in posteriors:
                party = {a for a in candidates if a == owner or owner in _above(a, model)}
                if Atom("front_for", (front, owner)) in model:
                    party.add(front)
                total += share * sum(posterior[a] for a in party)
            figures.fronts[role][front, owner] = total
