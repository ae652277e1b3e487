"""What speaks for and against those who have no name: someone not on the list, and nobody."""

from __future__ import annotations

from dataclasses import dataclass

from reasoner.assessment.assess import Assessment
from reasoner.assessment.decibans import LEAST_SHOWN
from reasoner.assessment.result import Ranking
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.terms import Rule, Variable

UNLISTED = (OTHER, NOBODY)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A hypothesis without a name: ``rules`` are those that may speak for it, ``lines`` rule → decibans of what does.

    A line against it, or an exclusion, has negative decibans; the heaviest come first.
    """

    name: str
    rules: tuple[str, ...]
    lines: tuple[tuple[str, float], ...]


def unlisted(assessment: Assessment, role: str, actor: str, name: str) -> Unlisted | None:
    """What is to be said of a hypothesis without a name; None for one that has a name."""
    if actor not in UNLISTED:
        return None
    about = [rule for rule in assessment.derivation.program.rules if rule.head.predicate == "supports"]
    weighs: dict[str, float] = {}
    for credit in assessment.credits(role, actor):
        weighs[credit.rule] = weighs.get(credit.rule, 0.0) + credit.decibans
    lines = [(rule, decibans) for rule, decibans in weighs.items() if abs(decibans) >= LEAST_SHOWN]
    return Unlisted(
        name,
        tuple(rule.name for rule in about if _is_of(rule, role, actor)),
        tuple(sorted(lines, key=lambda line: (-round(abs(line[1]), 9), line[0]))),
    )


def _is_of(rule: Rule, role: str, actor: str) -> bool:
    """Whether what a rule concludes is said of this very hypothesis."""
    of_role, of_actor = rule.head.arguments[1:3]
    return of_actor == actor and (of_role == role or isinstance(of_role, Variable))


def alone(ranking: Ranking, actor: str) -> bool:
    """Whether nobody else has a name in a role, but for an actor and its members."""
    members = next((row.members for row in ranking.umbrellas if row.actor == actor), ())
    return {row.actor for row in ranking.hypotheses} <= {actor, *members, *UNLISTED}
