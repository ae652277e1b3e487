"""One hypothesis rather than another: the lines that tell them apart, those they share, what would turn it round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reasoner.assessment.assess import Assessment
from reasoner.assessment.contenders import Contender, Makeup, contenders, lead, makeup, stake_of
from reasoner.assessment.credits import DIGITS, Credit, credits
from reasoner.assessment.decibans import LEAST_SHOWN, summed
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.ranking import label_of
from reasoner.assessment.reversal import Reversal, reversal
from reasoner.assessment.words import words
from reasoner.explanation.contrast_summary import Standing, summary
from reasoner.explanation.likewise import Bearer, likewise
from reasoner.explanation.member_lines import MemberLine, member_lines
from reasoner.explanation.sentences import Voice
from reasoner.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Contrasted:
    """One side of a comparison: who (``name`` as a list shows it, ``said`` as a sentence does), and how probable.

    ``told`` is the member whose lines speak for an umbrella that is no hypothesis itself, else the actor.
    """

    actor: str
    name: str
    said: str
    probability: float
    words: str
    told: str
    makeup: Makeup


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule's lines in one factor, for both sides, in mean decibans; 0 for a side that has none.

    ``sentence`` says the weightiest of them, of the side for which it weighs more. ``both``: whether both have one;
    ``likewise`` then says so of the other.
    """

    rule: str
    factor: str
    factor_name: str
    sentence: str
    first: float
    second: float
    both: bool
    likewise: str | None = None

    @property
    def alike(self) -> bool:
        """Whether no reader would see a difference."""
        level = abs(self.first - self.second) < LEAST_SHOWN
        return level or summed(self.first) == summed(self.second)


@dataclass(frozen=True, slots=True)
class Contrast:
    """A rather than B, in one role of one case.

    ``differ`` are the lines that weigh differently, the greatest difference first; ``shared`` those that weigh the
    same for both; ``members`` those that only members of either have. ``gap`` is how far the first is ahead, in
    decibans (negative where it is behind): the makeups' difference and ``doubt``. ``reversal`` says what would put
    the one behind ahead; None where they are level.
    """

    case: str
    role: str
    question: str
    first: Contrasted
    second: Contrasted
    differ: tuple[Difference, ...]
    shared: tuple[Difference, ...]
    members: tuple[MemberLine, ...]
    gap: float
    doubt: float
    reversal: Reversal | None
    summary: str


def contrast(assessment: Assessment, role: str, first: str, second: str) -> Contrast:
    """Compare two hypotheses, or umbrellas, of one role.

    Raises:
        InputError: both are the same, or one is a part of the other that leaves nothing to compare.
    """
    outlook = assessment.outlooks[role]
    name = Voice(assessment.base, assessment.derivation.program).name
    if first == second:
        raise _refused(f"{name(first)} cannot be compared with itself", outlook, {first})
    sides = contenders(outlook, first, second)
    if sides is None:
        message = f"{name(first)} and {name(second)} cannot be compared: one is a member of the other"
        raise _refused(message, outlook, {first, second})
    return _contrast(assessment, outlook, *sides)


def _refused(message: str, outlook: Outlook, but: set[str]) -> InputError:
    others = ", ".join(actor for actor in outlook.posterior.role.actors if actor not in but)
    return InputError([Problem("nothing-to-compare", message, hint=f"compare it with one of: {others}")])


def _contrast(assessment: Assessment, outlook: Outlook, first: Contender, second: Contender) -> Contrast:
    role = outlook.posterior.role.role
    gap = lead(outlook, first, second)
    one, other = (_side(assessment, outlook, contender) for contender in (first, second))
    pairs = _pairs(assessment, outlook, first, second)
    level = abs(gap) < LEAST_SHOWN
    ahead, behind = (first, second) if gap > 0 else (second, first)
    turned = None if level else reversal(assessment, role.id, ahead, behind)
    return Contrast(
        case=assessment.base.case.id,
        role=role.id,
        question=role.question,
        first=one,
        second=other,
        differ=tuple(pair for pair in pairs if not pair.alike),
        shared=tuple(pair for pair in pairs if pair.alike and pair.both),
        members=tuple(line for each in (first, second) for line in member_lines(assessment, outlook, each)),
        gap=gap,
        doubt=gap - (one.makeup.total - other.makeup.total),
        reversal=turned,
        summary=summary(Standing(assessment, outlook, ahead, behind, abs(gap), turned)),
    )


def _side(assessment: Assessment, outlook: Outlook, contender: Contender) -> Contrasted:
    role, base, program = outlook.posterior.role.role, assessment.base, assessment.derivation.program
    chance = contender.chance(outlook)
    name, said = label_of(contender.actor, role, base), Voice(base, program).name(contender.actor)
    if contender.alone:
        name, said = f"{name}: a member not named", f"a member of {said} not named"
    made_of = makeup(outlook, contender)
    return Contrasted(contender.actor, name, said, chance, words(chance), contender.told, made_of)


def _pairs(assessment: Assessment, outlook: Outlook, first: Contender, second: Contender) -> tuple[Difference, ...]:
    """The lines of both, paired by rule, factor and side: the greatest difference first, then the weightiest."""
    one, other = (_lines(assessment, outlook, contender) for contender in (first, second))
    found = [
        _pair(assessment, key, (first, one.get(key, [])), (second, other.get(key, []))) for key in {**one, **other}
    ]
    return tuple(sorted(found, key=_greatest_first))


def _greatest_first(pair: Difference) -> tuple[float, float, str, str]:
    return (-round(abs(pair.first - pair.second), DIGITS), -abs(pair.first), pair.rule, pair.factor)


_Side: TypeAlias = tuple[Contender, list[Credit]]


def _pair(assessment: Assessment, key: tuple[str, str, str], first: _Side, second: _Side) -> Difference:
    rule, factor, _ = key
    derivation = assessment.derivation
    voice = Voice(assessment.base, derivation.program)
    weights = [sum(credit.decibans for credit in credits) for _, credits in (first, second)]
    sides = [first, second]
    if not first[1] or (second[1] and abs(weights[1]) > abs(weights[0]) + LEAST_SHOWN):
        sides.reverse()
    bearers = [
        Bearer(contender.told, derivation.bindings(credits[0].instance)) for contender, credits in sides if credits
    ]
    clause = derivation.program.rules[int(derivation.rule[sides[0][1][0].instance])]
    return Difference(
        rule=rule,
        factor=factor,
        factor_name=voice.factor(factor),
        sentence=voice.rule(clause, bearers[0].bindings),
        first=weights[0],
        second=weights[1],
        both=len(bearers) == 2,
        likewise=likewise(voice, clause, bearers[0], bearers[1:]),
    )


def _lines(
    assessment: Assessment, outlook: Outlook, contender: Contender
) -> Mapping[tuple[str, str, str], list[Credit]]:
    exclusion = assessment.derivation.program.scales.exclusion
    stake = stake_of(outlook, contender.told)
    found: dict[tuple[str, str, str], list[Credit]] = {}
    for credit in credits(stake, outlook.posterior.worlds, assessment.derivation, exclusion):
        found.setdefault((credit.rule, credit.factor, credit.side), []).append(credit)
    return found
