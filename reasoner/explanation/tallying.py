"""Aggregates in words: what was counted or compared, and who or what stands behind the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reasoner.explanation.sentences import Voice, compared_words, listed, sentence, substitute
from reasoner.terms import Aggregate, Comparison, Constant, Guard, Literal, Quoted, Term

MOST_NAMED = 12
"""How many tuples a sentence names."""

_SUBJECTS = {"count": "the number", "sum": "the sum", "min": "the least", "max": "the greatest"}
_OF_DATES = {"min": "the earliest", "max": "the latest"}


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
    firsts = [terms[0] for terms in tuples]
    dates = bool(firsts) and all(isinstance(first, Quoted) for first in firsts)
    subject = (_OF_DATES if dates and aggregate.function in _OF_DATES else _SUBJECTS)[aggregate.function]
    said = " and ".join(_said(voice, guard, bindings, dates) for guard in aggregate.guards)
    named = aggregate.assignable[0] if aggregate.assignable else None
    figure = f"{named} = {voice.name(bindings[named])}" if named else f"{subject} {said}"
    names = [label(voice, terms) for terms in tuples]
    shown = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else names
    if not names:
        return sentence(f"{figure}: none")
    if aggregate.function in ("min", "max"):
        return sentence(f"{figure}: {subject} of {listed(shown)}" if len(names) > 1 else f"{figure}: {names[0]}")
    if not _fewer(aggregate, bindings, len(names)):
        return sentence(f"{figure}: {listed(shown)}")
    if any(substitute(guard.term, bindings) == 0 for guard in aggregate.guards if guard.operator == "="):
        return sentence(f"{figure}: not {shown[0]}" if len(names) == 1 else f"{figure}: none of {listed(shown)}")
    return sentence(f"{figure}, of these {len(names)}: {listed(shown)}")


def asked(voice: Voice, aggregate: Aggregate) -> str:
    """What is asked of an aggregate whose guards have values, as a sentence without names."""
    said = " and ".join(_said(voice, guard, {}, isinstance(guard.term, Quoted)) for guard in aggregate.guards)
    return sentence(f"{_SUBJECTS[aggregate.function]} {said}")


def _said(voice: Voice, guard: Guard, bindings: Mapping[str, Term], dates: bool) -> str:
    return f"{compared_words(guard.operator, dates)} {voice.name(substitute(guard.term, bindings))}"


def _fewer(aggregate: Aggregate, bindings: Mapping[str, Term], possible: int) -> bool:
    """Whether a count is said to be other than that of all tuples there may be."""
    values = [substitute(guard.term, bindings) for guard in aggregate.guards if guard.operator == "="]
    return aggregate.function == "count" and any(value != possible for value in values)
