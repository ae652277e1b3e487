"""Derivations from text and back, so that tests can show programs and graphs as rules."""

from __future__ import annotations

from reasoner.grounding.graph import Derivation
from reasoner.language.parser import parse_rules
from reasoner.language.program import Program
from reasoner.terms import Atom, Constant
from tests import programs


def program_and_facts(rules: str, facts: str = "") -> tuple[Program, tuple[Atom, ...]]:
    """A checked program and facts, both from rule text."""
    held = tuple(rule.head for rule in parse_rules(facts, "facts.dl"))
    return programs.checked_text(rules, parse_rules(rules, programs.FILE), held), held


def instance_text(derivation: Derivation, instance: int) -> str:
    """One instance as a ground rule: its premises in body order, then its absences."""
    atoms = derivation.atoms
    body = [str(atoms[atom]) for atom in derivation.premises(instance)]
    body += [f"not {atoms[atom]}" for atom in derivation.absences(instance)]
    head = str(atoms[derivation.head[instance]])
    return f"{head} :- {', '.join(body)}." if body else f"{head}."


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
    return (derivation.constants, derivation.atoms, tuple(derivation.binding), *plain)
