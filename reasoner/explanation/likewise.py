"""One rule that says something of several actors: of whom, besides the one that its sentence names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reasoner.explanation.sentences import Voice, listed, slots_of
from reasoner.terms import Constant, Rule

MOST_NAMED = 3
"""So many others are named; more are "the others"."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """An actor that a rule's line is for or against, and what the rule's variables are bound to there."""

    actor: str
    bindings: Mapping[str, Constant]


def likewise(voice: Voice, rule: Rule, first: Bearer, others: Sequence[Bearer]) -> str | None:
    """That the rule's sentence about the first holds of the others, too, and of which of them on other facts."""
    if not others:
        return None
    alike = [other for other in others if _alike(rule, first, other)]
    apart = [other for other in others if not _alike(rule, first, other)]
    said = [f"Likewise {_named(voice, alike, others)}."] if alike else []
    said += [f"Likewise {_named(voice, apart, others)}, on other facts."] if apart else []
    return " ".join(said)


def _alike(rule: Rule, first: Bearer, other: Bearer) -> bool:
    """Whether the rule's sentence would read the same of both, but for their names."""

    def own(value: Constant, bearer: Bearer) -> Constant | None:
        return None if value == bearer.actor else value

    slots = slots_of(rule)
    return all(own(first.bindings[slot], first) == own(other.bindings[slot], other) for slot in slots)


def _named(voice: Voice, bearers: Sequence[Bearer], others: Sequence[Bearer]) -> str:
    names = [voice.name(bearer.actor) for bearer in bearers]
    if len(names) <= MOST_NAMED:
        return listed(names)
    return "the others" if len(bearers) == len(others) else f"{listed(names[:1])} and {len(names) - 1} more"
