"""A program with rules switched off, or with other strengths; what was checked stays so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from reasoner.language.program import Component, Program
from reasoner.language.vocabulary import MAXIMUM_STRENGTH
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import Atom, Rule, Term

_WEIGHING = ("supports", "opposes", "prior")


def varied(program: Program, off: Collection[str], strengths: Mapping[str, str]) -> Program:
    """The program without the rules that are off, in which others state these strengths.

    Raises:
        InputError: as `without_rules` and `with_strengths` do, and for each rule that would be both.
    """
    both = [
        Problem("off-and-restated", f"rule [{name}] is both off and given a strength")
        for name in strengths
        if name in off
    ]
    if both:
        raise InputError(both)
    restated = with_strengths(program, strengths) if strengths else program
    return without_rules(restated, off) if off else restated


def without_rules(program: Program, names: Collection[str]) -> Program:
    """The program without the rules of these names. Raises `InputError` for each name that no rule has.

    Components keep their order, in which each still comes after those it depends on.
    """
    _check_names(program, names)
    kept = [number for number, rule in enumerate(program.rules) if rule.name not in names]
    place = {number: new for new, number in enumerate(kept)}
    components = (_of_those_kept(component, place) for component in program.components)
    return replace(
        program,
        rules=tuple(program.rules[number] for number in kept),
        components=tuple(component for component in components if component.rules),
    )


def _of_those_kept(component: Component, place: Mapping[int, int]) -> Component:
    return replace(component, rules=tuple(place[rule] for rule in component.rules if rule in place))


def with_strengths(program: Program, strengths: Mapping[str, str]) -> Program:
    """The program in which rules, by name, state another strength: a word of the scale, or decibans.

    Raises:
        InputError: for each name that no rule has, rule that states no strength, and strength off the scale.
    """
    _check_names(program, strengths)
    problems: list[Problem] = []
    rules = list(program.rules)
    for number, rule in enumerate(rules):
        if rule.name not in strengths:
            continue
        try:
            rules[number] = _restated(rule, strengths[rule.name], program)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return replace(program, rules=tuple(rules))


def _restated(rule: Rule, strength: str, program: Program) -> Rule:
    if rule.head.predicate not in _WEIGHING:
        message = f"rule [{rule.name}] states no strength: it concludes `{rule.head.predicate}`"
        hint = f"only {', '.join(_WEIGHING[:-1])} and {_WEIGHING[-1]} have one"
        raise InputError([Problem("no-strength", message, hint=hint)])
    least = -MAXIMUM_STRENGTH if rule.head.predicate == "prior" else 0
    return replace(
        rule, head=Atom(rule.head.predicate, (*rule.head.arguments[:-1], _strength(strength, least, program)))
    )


def _strength(text: str, least: int, program: Program) -> Term:
    if text in program.scales.strengths:
        return text
    try:
        decibans = int(text.removesuffix("dB").strip())
    except ValueError:
        decibans = MAXIMUM_STRENGTH + 1
    if least <= decibans <= MAXIMUM_STRENGTH:
        return decibans
    known = program.scales.strengths
    hint = (
        did_you_mean(text, known)
        or f"a whole number of decibans from {least} to {MAXIMUM_STRENGTH}, or a word of the scale"
    )
    raise InputError([Problem("strength-off-scale", f"`{text}` is no strength here", hint=hint)])


def _check_names(program: Program, names: Collection[str]) -> None:
    known = {rule.name for rule in program.rules}
    unknown = [
        Problem("unknown-rule", f"no rule is called `{name}`", hint=did_you_mean(name, known))
        for name in sorted(set(names) - known)
    ]
    if unknown:
        raise InputError(unknown)
