"""Derivations from text and back, so that tests can show programs and graphs as rules."""

from __future__ import annotations

from reasoner.grounding.graph import Derivation, ElementInstance, Test
from reasoner.language.parser import parse_rules
from reasoner.language.program import Program
from reasoner.terms import Atom, Constant, term_text
from tests import programs


def program_and_facts(rules: str, facts: str = "") -> tuple[Program, tuple[Atom, ...]]:
    """A checked program and facts, both from rule text."""
    held = tuple(rule.head for rule in parse_rules(facts, "facts.dl"))
    return programs.checked_text(rules, parse_rules(rules, programs.FILE), held), held


def instance_text(derivation: Derivation, instance: int) -> str:
    """One instance as a ground rule: its premises in body order, its absences, then what it asks of aggregates."""
    atoms = derivation.atoms
    body = [str(atoms[atom]) for atom in derivation.premises(instance)]
    body += [f"not {atoms[atom]}" for atom in derivation.absences(instance)]
    body += [_test_text(derivation, test) for test in derivation.tests[instance]]
    head = str(atoms[derivation.head[instance]])
    return f"{head} :- {', '.join(body)}." if body else f"{head}."


def _test_text(derivation: Derivation, test: Test) -> str:
    """An aggregate with every tuple spelled out, its guards on the right, one after the other."""
    tally, constants = derivation.tallies[test.tally], derivation.constants
    counted = [
        f"{','.join(term_text(constants[term]) for term in counted.terms)} : {_condition_text(derivation, way)}"
        for counted in tally.counted
        for way in counted.instances
    ]
    guards = " ".join(f"{operator} {term_text(constants[number])}" for operator, number in test.guards)
    return f"#{tally.function}{{ {'; '.join(counted)} }} {guards}"


def _condition_text(derivation: Derivation, way: ElementInstance) -> str:
    held = [str(derivation.atoms[atom]) for atom in way.positive]
    return ", ".join([*held, *(f"not {derivation.atoms[atom]}" for atom in way.negative)]) or "true"


def instance_texts(derivation: Derivation) -> list[str]:
    """All instances as ground rules, sorted."""
    return sorted(instance_text(derivation, i) for i in range(len(derivation.rule)))


def distinct_bindings(derivation: Derivation) -> set[tuple[str, tuple[Constant, ...]]]:
    """The name of each instance's rule with the values of its variables, as the oracle gives them."""
    rules = derivation.program.rules
    return {
        (rules[rule].name, tuple(derivation.constants[number] for number in binding))
        for rule, binding in zip(derivation.rule.tolist(), derivation.binding, strict=True)
    }


def columns(derivation: Derivation) -> tuple[object, ...]:
    """Everything in a graph that a run could change, as plain values."""
    arrays = (
        derivation.base,
        derivation.rule,
        derivation.head,
        derivation.positive_start,
        derivation.positive,
        derivation.negative_start,
        derivation.negative,
    )
    plain = tuple(tuple(array.tolist()) for array in arrays)
    counted = (derivation.tallies, tuple(derivation.tests))
    return (derivation.constants, derivation.atoms, tuple(derivation.binding), *plain, *counted)
