"""Random small attribution cases: every kind of line, prior and tie, over facts with rivals, gates and recursion.

Some lines ask for figures, or state strengths that are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from reasoner.evidence.base import Base, Draw
from tests.assessment.cases import base_of, rivals, single

ACTORS = ("a", "b", "c", "u", "v")
CREDENCES = (0.1, 0.35, 0.5, 0.599, 0.65, 0.845, 0.97)
FACTORS = ("means", "motive", "record", "words")
WORDS = ("weak", "moderate", "strong", 0, 3, 5, 8, 12, 20, 60)

_FIELD = (
    "candidate(I, perpetrator, A) :- considered(A, I).",
    "candidate(I, sponsor, S) :- considered(A, I), backs(S, A).",
    "reach(A, B) :- tie(A, B).",
    "reach(A, C) :- reach(A, B), tie(B, C).",
    "linked(A) :- reach(A, B), shown(B).",
    "linked(A) :- member_of(A, B), linked(B).",
    "shown(A) :- mark(A), not cleared(A).",
    "shown(A) :- linked(A), used(i, W), has(A, W).",
    "armed(A) :- has(A, W), used(i, W), not cleared(A).",
    "alone(A) :- considered(A, _), not reach(A, _).",
)
_BODIES = (
    "candidate(I, R, A), mark(A)",
    "candidate(I, R, A), linked(A)",
    "candidate(I, R, A), armed(A)",
    "candidate(I, R, A), shown(A), not armed(A)",
    "candidate(I, R, A), used(I, W), not has(A, W)",
    "candidate(I, R, A), tie(A, B), B != A, not linked(B)",
    "candidate(I, R, A), alone(A)",
    "mark(A), used(I, _), role(R)",
)
_COUNTING = (
    "candidate(I, R, A), #count{ B : mark(B), not cleared(B) } <= 1",
    "candidate(I, R, A), used(I, W), 2 <= #count{ B : has(B, W) ; C : linked(C), C != A }",
    "candidate(I, R, A), not cleared(A), 10 < #sum{ N, B : level(B, N) } <= 40",
    "candidate(I, R, A), level(A, N), N = #max{ M : level(_, M) }",
)
_FIGURES = (
    "N = #count{ B : reach(A, B) }, S = N*3",
    "N = #count{ B : mark(B) ; B : shown(B), B != A } <= 4, S = 12-N*2",
    "S = #sum{ N, B : level(B, N) }, S <= 60",
    "S = #min{ N : level(_, N) }, 0 < #count{ N : level(_, N) }",
)
_TIES = (
    "member_of(a, u)",
    "member_of(b, u)",
    "member_of(c, v)",
    "member_of(u, v)",
    "member_of(b, v)",
    "member_of(v, u)",
)
_FRONTS = ("front_for(a, b)", "front_for(c, u)", "front_for(b, a)")


def random_attribution(rng: Random) -> tuple[str, Base]:
    """A rule file and a base: at most some hundred worlds, at least one candidate for perpetrator."""
    text = random_rules(rng, rng.randint(3, 9))
    certain, draws = random_facts(rng)
    return text, base_of(certain, draws)


def random_rules(rng: Random, lines: int, figures: bool = True) -> str:
    """A rule file with so many rules for lines, and some for priors and exclusions, with aggregates or without."""
    bodies = (*_BODIES, *_COUNTING) if figures else _BODIES
    rules = [*_FIELD, *_lines(rng, lines, bodies, figures), *_priors(rng, bodies), *_exclusions(rng, bodies)]
    rng.shuffle(rules)
    return "".join(f"%% [r{number}] So it is.\n{rule}\n" for number, rule in enumerate(rules))


def _lines(rng: Random, count: int, bodies: Sequence[str], figures: bool) -> Iterable[str]:
    for _ in range(count):
        head, body = rng.choice(("supports", "supports", "opposes")), rng.choice(bodies)
        if figures and rng.random() < 0.15:
            yield f"{head}(I, R, A, {rng.choice(FACTORS)}, S) :- candidate(I, R, A), {rng.choice(_FIGURES)}."
        elif rng.random() < 0.2:
            yield f"{head}(I, R, A, {rng.choice(FACTORS)}, N) :- {body}, level(A, N)."
        else:
            yield f"{head}(I, R, A, {rng.choice(FACTORS)}, {rng.choice(WORDS)}) :- {body}."
    if rng.random() < 0.3:
        yield f"opposes(i, R, other, means, {rng.choice(WORDS)}) :- role(R), used(i, _)."


def _priors(rng: Random, bodies: Sequence[str]) -> Iterable[str]:
    for _ in range(rng.choice((0, 0, 1, 2))):
        yield f"prior(I, R, A, {rng.choice((-20, -5, 0, 4, 'weak'))}) :- {rng.choice(bodies)}."
    if rng.random() < 0.3:
        yield f"prior(I, R, {rng.choice(('other', 'nobody'))}, {rng.choice((-10, 0, 3, 15))}) :- used(I, w), role(R)."


def _exclusions(rng: Random, bodies: Sequence[str]) -> Iterable[str]:
    for number in range(rng.choice((0, 0, 1, 2))):
        yield f"excludes(I, R, A, reason_{number}) :- {rng.choice(bodies)}."


def random_facts(rng: Random) -> tuple[list[str], list[Draw]]:
    """Facts that hold for certain, and draws of others."""
    pool = {
        *(f"considered({actor}, i)" for actor in rng.sample(ACTORS, rng.randint(1, 5))),
        *(f"mark({rng.choice(ACTORS)})" for _ in range(3)),
        *(f"cleared({rng.choice(ACTORS)})" for _ in range(2)),
        *(f"has({rng.choice(ACTORS)}, {rng.choice(('w', 'x'))})" for _ in range(3)),
        *(f"tie({rng.choice(ACTORS)}, {rng.choice(ACTORS)})" for _ in range(5)),
        *(f"level({rng.choice(ACTORS)}, {rng.randint(0, 30)})" for _ in range(2)),
        *(f"backs({rng.choice(ACTORS)}, {rng.choice(ACTORS)})" for _ in range(2)),
        *rng.sample(_TIES, rng.randint(0, 4)),
        *rng.sample(_FRONTS, rng.randint(0, 2)),
    }
    facts = sorted(pool)
    rng.shuffle(facts)
    uncertain = facts[: rng.randint(1, 5)]
    certain = [*facts[len(uncertain) :], "role(perpetrator)", "role(sponsor)", f"considered({rng.choice(ACTORS)}, i)"]
    draws = [single(fact, rng.choice(CREDENCES)) for fact in uncertain if fact not in certain]
    refinement = next(fact for fact in map("mark({})".format, (*ACTORS, "nobody_else")) if fact not in facts)
    return certain, [*draws, *_weapons(rng, refinement)]


def _weapons(rng: Random, refinement: str) -> Iterable[Draw]:
    """One weapon was used, or the other, or neither; of the first there may be a kind, and that may be refined."""
    share = rng.choice((0.2, 0.45, 0.539))
    yield rivals("used(i, *)", {"used(i, w)": share, "used(i, x)": rng.choice((0.1, 0.362, 1 - share))})
    if rng.random() < 0.5:
        yield rivals("used(i, w_kind)", {"used(i, w_kind)": 0.7}, within="used(i, w)")
        yield rivals(refinement, {refinement: 0.6}, within="used(i, w_kind)")
