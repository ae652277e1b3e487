"""What the members of an umbrella have beside the lines that speak for it in a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reasoner.assessment.assess import Assessment
from reasoner.assessment.contenders import Contender, stake_of
from reasoner.assessment.credits import DIGITS, Credit, credits
from reasoner.assessment.outlook import Outlook
from reasoner.explanation.folding import LIGHT
from reasoner.explanation.sentences import Voice


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One rule's lines for or against a member of ``actor``, in the member's own mean decibans."""

    actor: str
    member: str
    rule: str
    factor: str
    factor_name: str
    sentence: str
    decibans: float


def member_lines(assessment: Assessment, outlook: Outlook, contender: Contender) -> tuple[MemberLine, ...]:
    """The lines of weight that the members of a contender have by rules which its own lines are not by.

    The weightiest first.
    """
    told = {credit.rule for credit in _credits(assessment, outlook, contender.told)}
    found = [
        line
        for member in contender.party(outlook)
        if member != contender.told
        for line in _of_member(assessment, outlook, contender.actor, member)
        if line.rule not in told and abs(line.decibans) >= LIGHT
    ]
    return tuple(sorted(found, key=lambda line: (-round(abs(line.decibans), DIGITS), line.member, line.rule)))


def _of_member(assessment: Assessment, outlook: Outlook, actor: str, member: str) -> Iterator[MemberLine]:
    derivation = assessment.derivation
    voice = Voice(assessment.base, derivation.program)
    by_rule: dict[tuple[str, str], list[Credit]] = {}
    for credit in _credits(assessment, outlook, member):
        by_rule.setdefault((credit.rule, credit.factor), []).append(credit)
    for (rule, factor), lines in by_rule.items():
        instance = max(lines, key=lambda credit: abs(credit.decibans)).instance
        clause = derivation.program.rules[int(derivation.rule[instance])]
        said = voice.rule(clause, derivation.bindings(instance))
        weight = sum(credit.decibans for credit in lines)
        yield MemberLine(actor, member, rule, factor, voice.factor(factor), said, weight)


def _credits(assessment: Assessment, outlook: Outlook, actor: str) -> tuple[Credit, ...]:
    exclusion = assessment.derivation.program.scales.exclusion
    return credits(stake_of(outlook, actor), outlook.posterior.worlds, assessment.derivation, exclusion)
