"""When each rule of the shipped rule base applies, on invented facts: no more than it takes, and not with less."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasoner.assessment.assess import assess
from reasoner.evidence.workspace import Workspace
from reasoner.grounding.fixpoint import ground
from reasoner.inquiry import RuleBase, load_rules
from reasoner.language.vocabulary import RESERVED_HEADS
from reasoner.terms import Literal, Rule
from tests.assessment.cases import atom, base_of

HERE = Path(__file__).resolve().parent
SHIPPED = Workspace(HERE.parent / "rules", HERE.parent / "facts", writable=False)
TABLE: Mapping[str, Any] = yaml.safe_load((HERE / "rules_apply.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Trial:
    """A rule with the facts on which it is to apply, and what added to them keeps it from applying."""

    rule: str
    facts: tuple[str, ...]
    unless: tuple[tuple[str, ...], ...]


def listed(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+\([^)]*\)", text))


TRIALS = [Trial(name, listed(row["facts"]), tuple(map(listed, row.get("unless", ())))) for name, row in TABLE.items()]
GUARDED = [trial for trial in TRIALS if trial.unless]


@cache
def rule_base() -> RuleBase:
    return load_rules(SHIPPED)


@cache
def applying(facts: tuple[str, ...]) -> frozenset[str]:
    """The rules of which an instance fires where all of the facts are certain."""
    rules = rule_base().program.rules
    base = base_of(facts, ())
    derivation = ground(rule_base().program, list(base.facts))
    assessment = assess(base, derivation)
    names = (rules[number].name for number in derivation.rule.tolist())
    return frozenset(name for i, name in enumerate(names) if assessment.instance_probability(i))


def applies(name: str, facts: tuple[str, ...]) -> bool:
    return name in applying(facts)


def ranked_rules() -> Iterable[Rule]:
    return (rule for rule in rule_base().program.rules if rule.head.predicate in RESERVED_HEADS)


def test_every_rule_that_leads_to_the_ranking_is_tried() -> None:
    """Each rule with a reserved head has its facts in the table; and the table knows no other rules than there are."""
    assert set() == {rule.name for rule in ranked_rules()} - set(TABLE)
    assert set() == set(TABLE) - {rule.name for rule in rule_base().program.rules}


def test_no_rule_is_idle() -> None:
    """Every rule of the rule base applies somewhere in the table."""
    seen = {name for trial in TRIALS for name in applying(trial.facts)}
    seen |= {name for trial in GUARDED for added in trial.unless for name in applying((*trial.facts, *added))}
    assert set() == {rule.name for rule in rule_base().program.rules} - seen


def test_every_absence_is_tried() -> None:
    """A rule with a negated premise has something in the table that keeps it from applying."""
    negating = {
        rule.name
        for rule in ranked_rules()
        if any(isinstance(element, Literal) and element.negated for element in rule.body)
    }
    assert set() == negating - {trial.rule for trial in GUARDED}


def test_the_facts_are_of_the_vocabulary() -> None:
    """The table says nothing that a fact file could not say."""
    declared = rule_base().vocabulary.predicates
    for trial in TRIALS:
        for fact in map(atom, (*trial.facts, *(fact for facts in trial.unless for fact in facts))):
            assert len(fact.arguments) == len(declared[fact.predicate].arguments), str(fact)


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.rule)
def test_it_applies_on_these_facts_and_on_no_fewer(trial: Trial) -> None:
    """On its facts the rule fires; without any one of them it doesn't."""
    assert applies(trial.rule, trial.facts)
    needless = [fact for fact in trial.facts if applies(trial.rule, tuple(f for f in trial.facts if f != fact))]
    assert [] == needless


@pytest.mark.parametrize("trial", GUARDED, ids=lambda trial: trial.rule)
def test_it_gives_way(trial: Trial) -> None:
    """With what speaks against it added, the rule no longer fires."""
    assert [] == [added for added in trial.unless if applies(trial.rule, (*trial.facts, *added))]
