"""What may be asked about a case, as values: questions, what may be found, and what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from reasoner.assessment.result import Side
from reasoner.explanation.near_misses import Missing
from reasoner.terms import Atom, Constant, Variable

Purpose: TypeAlias = OneOf["find", "confirm"]


@dataclass(frozen=True, slots=True)
class Effect:
    """A line for or against somebody that a finding completes (``gained``) or defeats; ``strength`` in decibans."""

    actor: str
    side: Side
    factor: str
    rule: str
    strength: float
    gained: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer to a question: the facts that would be so, how likely that is to be found, and what would follow.

    ``said`` are the facts as a clause. ``after`` holds the probability of every hypothesis and umbrella then,
    ``effects`` the lines that change, those that change most first.
    """

    facts: Missing
    said: str
    chance: float
    after: Mapping[str, float]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, where to look, what the answer is worth in bits, what may be found, and what follows if nothing is.

    The purpose is to ``confirm`` where the fact in question has been reported, but is in doubt. Findings come by what
    each is worth alone. ``likewise`` are other things of which the same may be asked, to less or the same avail.
    """

    purpose: Purpose
    text: str
    where: str
    bits: float
    findings: tuple[Finding, ...]
    otherwise: Mapping[str, float]
    likewise: tuple[Constant, ...] = ()

    def about(self, wanted: Atom) -> bool:
        """Whether an answer may be such a fact: variables stand for anything, and so does a predicate by itself."""
        return any(_alike(wanted, atom) for finding in self.findings for atom in finding.facts)


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """The questions of one role, the most telling first, at most 8; ``tried`` of ``possible`` findings were weighed.

    ``before`` is the probability of every hypothesis and umbrella as it is, ``entropy`` the ranking's, in bits.
    """

    role: str
    before: Mapping[str, float]
    entropy: float
    questions: tuple[Question, ...]
    tried: int
    possible: int


def _alike(wanted: Atom, atom: Atom) -> bool:
    if wanted.predicate != atom.predicate:
        return False
    pairs = zip(wanted.arguments, atom.arguments, strict=False)
    same = all(isinstance(term, Variable) or term == value for term, value in pairs)
    return not wanted.arguments or (len(wanted.arguments) == len(atom.arguments) and same)
