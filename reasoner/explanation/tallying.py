"""Aggregates in words: what was counted or compared, and who or what stands behind the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reasoner.explanation.sentences import Voice, compared_words, listed, sentence, substitute
from reasoner.terms import Aggregate, Comparison, Constant, Guard, Literal, Quoted, Term

MOST_NAMED = 12
"""How many tuples a sentence names."""

_SUBJECTS = {"min": "the least", "max": "the greatest"}
_OF_DATES = {"min": "the earliest", "max": "the latest"}
_MEASURES = {
    "=": "{}",
    "!=": "other than {}",
    "<": "less than {}",
    "<=": "at most {}",
    ">": "more than {}",
    ">=": "at least {}",
}


def bound(aggregate: Aggregate, bindings: Mapping[str, Term]) -> Aggregate:
    """The aggregate with its global variables replaced."""
    return replace(
        aggregate,
        elements=tuple(
            replace(
                element,
                terms=tuple(substitute(term, bindings) for term in element.terms),
                condition=tuple(_condition(each, bindings) for each in element.condition),
            )
            for element in aggregate.elements
        ),
        left=_guard(aggregate.left, bindings),
        right=_guard(aggregate.right, bindings),
    )


def _condition(condition: Literal | Comparison, bindings: Mapping[str, Term]) -> Literal | Comparison:
    if isinstance(condition, Comparison):
        left, right = substitute(condition.left, bindings), substitute(condition.right, bindings)
        return replace(condition, left=left, right=right)
    arguments = tuple(substitute(term, bindings) for term in condition.atom.arguments)
    return replace(condition, atom=replace(condition.atom, arguments=arguments))


def _guard(guard: Guard | None, bindings: Mapping[str, Term]) -> Guard | None:
    return guard and replace(guard, term=substitute(guard.term, bindings))


def label(voice: Voice, terms: Sequence[Constant]) -> str:
    """A tuple by name: its first term, and the others in parentheses."""
    first, *others = map(voice.name, terms)
    return f"{first} ({', '.join(others)})" if others else first


def tally_sentence(
    voice: Voice, aggregate: Aggregate, bindings: Mapping[str, Term], tuples: Sequence[Sequence[Constant]]
) -> str:
    """What the aggregate comes to for one rule instance, and the tuples that may be behind it, by name."""
    dates = bool(tuples) and all(isinstance(terms[0], Quoted) for terms in tuples)
    named = aggregate.assignable[0] if aggregate.assignable else None
    value = named and f"{named} = {voice.name(bindings[named])}"
    figure = value or _figure(voice, bound(aggregate, bindings), dates)
    names = [label(voice, terms) for terms in tuples]
    shown = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else names
    return sentence(f"{figure}{_behind(aggregate, bindings, shown, len(names), dates)}")


def asked(voice: Voice, aggregate: Aggregate) -> str:
    """What is asked of an aggregate whose guards have values, as a sentence without names."""
    dates = all(isinstance(guard.term, Quoted) for guard in aggregate.guards)
    return sentence(_figure(voice, aggregate, dates))


def _figure(voice: Voice, aggregate: Aggregate, dates: bool) -> str:
    """What is asked of an aggregate whose guards have values: ``there are at most 5``."""
    if aggregate.function in ("min", "max"):
        asked_of = [f"{compared_words(guard.operator, dates)} {voice.name(guard.term)}" for guard in aggregate.guards]
        return f"{_subject(aggregate, dates)} {' and '.join(asked_of)}"
    if aggregate.function == "count" and [(each.operator, each.term) for each in aggregate.guards] == [("=", 0)]:
        return "there are none"
    measures = [_MEASURES[guard.operator].format(voice.name(guard.term)) for guard in aggregate.guards]
    if aggregate.function == "count":
        return f"there are {' and '.join(measures).replace('less than', 'fewer than')}"
    return f"they add up to {' and to '.join(measures)}"


def _subject(aggregate: Aggregate, dates: bool) -> str:
    return (_OF_DATES if dates else _SUBJECTS)[aggregate.function]


def _behind(
    aggregate: Aggregate, bindings: Mapping[str, Term], names: Sequence[str], possible: int, dates: bool
) -> str:
    """Who or what is behind a figure, as it follows the figure in a sentence."""
    if not names:
        return ": nothing known counts"
    if aggregate.function in ("min", "max"):
        return f": {_subject(aggregate, dates)} of {listed([*names])}" if possible > 1 else f": {names[0]}"
    if aggregate.function == "count" and all(guard.operator in ("<", "<=") for guard in aggregate.guards):
        return f", as far as known: {listed([*names])}"
    equal = [substitute(guard.term, bindings) for guard in aggregate.guards if guard.operator == "="]
    if aggregate.function == "sum" or not equal or possible in equal:
        return f": {listed([*names])}"
    if 0 in equal:
        return f": not {names[0]}" if possible == 1 else f": none of {listed([*names])}"
    return f", of these {possible}: {listed([*names])}"
