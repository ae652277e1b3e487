"""Hypotheses against evidence, as in the analysis of competing hypotheses: what each fact does for whom.

The matrix is that of Heuer, Psychology of Intelligence Analysis (1999), chapter 8, with hypotheses in rows. A cell is
not judged anew: it is what the ranking would lose without the fact, in decibans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reasoner.assessment.assess import Assessment
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.result import Ranking
from reasoner.assessment.weighing import mean
from reasoner.explanation.sentences import Voice

TELLS = 0.5
"""Decibans from which on a fact speaks for or against a hypothesis; below, it is neutral."""

TELLS_MUCH = 3.0
"""Decibans from which on it speaks strongly: it makes the hypothesis twice as likely, or half as likely."""


Row: TypeAlias = tuple[str, bool]
"""A hypothesis by itself (False), or an umbrella with its members (True)."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One fact as evidence; ``said`` is the clause that says it.

    ``decibans``: row → its mean weight with the fact, less that without it. ``diagnosticity`` is how far it tells
    hypotheses apart: the largest of what it does for any of them less the smallest. ``assumed``: nobody reports it.
    """

    fact: str
    said: str
    credence: float
    assumed: bool
    decibans: Mapping[Row, float]
    diagnosticity: float


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """What speaks against a hypothesis: how many facts, and how many decibans together, as a positive number."""

    facts: int
    decibans: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hypotheses against evidence in one role of one case, the most diagnostic evidence first.

    ``idle`` is how many facts beneath some line tell no hypotheses apart by themselves. ``against`` has every row,
    ``names`` how each hypothesis reads within a sentence. ``unseen`` has those whom no single fact speaks against, and
    their lines do, with how many decibans: from what nobody reported, what is undisputed, or facts that say the same.
    """

    case: str
    question: str
    ranking: Ranking
    evidence: tuple[Exhibit, ...]
    idle: int
    against: Mapping[Row, Inconsistency]
    names: Mapping[str, str]
    unseen: Mapping[str, float]


def matrix(assessment: Assessment, role: str) -> Matrix:
    """Set every reported or assumed fact that a ranking rests on against every hypothesis of a role."""
    outlook = assessment.outlooks[role]
    voice = Voice(assessment.base, assessment.derivation.program)
    exhibits = list(_exhibits(assessment, role, voice))
    telling = [each for each in exhibits if each.diagnosticity >= TELLS]
    against = {row: _inconsistency(row, telling) for row in _weights(outlook)}
    lines = {actor: _by_lines(outlook, actor) for actor in outlook.actors if not against[actor, False].facts}
    return Matrix(
        case=assessment.base.case.id,
        question=outlook.posterior.role.role.question,
        ranking=assessment.rankings[role],
        evidence=tuple(sorted(telling, key=lambda each: (-round(each.diagnosticity, 9), each.fact))),
        idle=len(exhibits) - len(telling),
        against=against,
        names={actor: voice.name(actor) for actor in outlook.rows},
        unseen={actor: decibans for actor, decibans in lines.items() if decibans >= TELLS},
    )


def _exhibits(assessment: Assessment, role: str, voice: Voice) -> Iterator[Exhibit]:
    before = _weights(assessment.outlooks[role])
    doubtful = [f for f in assessment.mattering if f.basis in ("reported", "assumed") and f.credence > 0]
    assessment.removals.facts(fact.atom for fact in doubtful)
    for fact in doubtful:
        after = _weights(assessment.removals.fact(fact.atom, role))
        decibans = {row: weight - after.get(row, weight) for row, weight in before.items()}
        alone = [weight for (_, together), weight in decibans.items() if not together]
        said = voice.atom(fact.atom)
        assumed = fact.basis == "assumed"
        yield Exhibit(str(fact.atom), said, fact.credence, assumed, decibans, max(alone) - min(alone))


def _weights(outlook: Outlook) -> dict[Row, float]:
    """What every row weighs, in mean decibans."""
    alone = {(actor, False): outlook.weight(actor) for actor in outlook.actors}
    return alone | {(umbrella, True): outlook.weight(umbrella, True) for umbrella in outlook.umbrellas}


def _inconsistency(row: Row, evidence: list[Exhibit]) -> Inconsistency:
    against = [-each.decibans[row] for each in evidence if each.decibans[row] <= -TELLS]
    return Inconsistency(len(against), sum(against))


def _by_lines(outlook: Outlook, actor: str) -> float:
    """What a hypothesis's factors and exclusions hold against it, in decibans, as a positive number."""
    posterior = outlook.posterior
    weighing = posterior.weighings[posterior.role.actors.index(actor)]
    nets = (mean(net, posterior.worlds) for net in weighing.nets.values())
    return -sum(net for net in nets if net < 0) - posterior.outset(actor)[1]
