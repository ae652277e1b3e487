"""Aggregates in words: what was counted or compared, and who or what stands behind the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reasoner.explanation.sentences import Voice, compared_words, listed, sentence, substitute
from reasoner.terms import Aggregate, Comparison, Constant, Guard, Literal, Quoted

MOST_NAMED = 12
"""How many tuples a sentence names."""

_SUBJECTS = {"count": "the number", "sum": "the sum", "min": "the least", "max": "the greatest"}
_OF_DATES = {"min": "the earliest", "max": "the latest"}


def bound(aggregate: Aggregate, bindings: Mapping[str, Constant]) -> Aggregate:
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


def _condition(condition: Literal | Comparison, bindings: Mapping[str, Constant]) -> Literal | Comparison:
    if isinstance(condition, Comparison):
        left, right = substitute(condition.left, bindings), substitute(condition.right, bindings)
        return replace(condition, left=left, right=right)
    arguments = tuple(substitute(term, bindings) for term in condition.atom.arguments)
    return replace(condition, atom=replace(condition.atom, arguments=arguments))


def _guard(guard: Guard | None, bindings: Mapping[str, Constant]) -> Guard | None:
    return guard and replace(guard, term=substitute(guard.term, bindings))


def label(voice: Voice, terms: Sequence[Constant]) -> str:
    """A tuple by name: its first term, and the others in parentheses."""
    first, *others = map(voice.name, terms)
    return f"{first} ({', '.join(others)})" if others else first


def tally_sentence(
    voice: Voice, aggregate: Aggregate, bindings: Mapping[str, Constant], tuples: Sequence[Sequence[Constant]]
) -> str:
    """What the aggregate comes to for one rule instance, and the tuples that may be behind it, by name."""
    firsts = [terms[0] for terms in tuples]
    dates = bool(firsts) and all(isinstance(first, Quoted) for first in firsts)
    subject = (_OF_DATES if dates and aggregate.function in _OF_DATES else _SUBJECTS)[aggregate.function]
    said = " and ".join(_said(voice, guard, bindings, dates) for guard in aggregate.guards)
    named = aggregate.assignable and aggregate.guards[0].operator == "="
    figure = f"{aggregate.assignable[0]} = {_value(voice, aggregate, bindings)}" if named else f"{subject} {said}"
    names = [label(voice, terms) for terms in tuples]
    shown = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else names
    if not names:
        return sentence(f"{figure}: none")
    if aggregate.function in ("min", "max"):
        return sentence(f"{figure}: {subject} of {listed(shown)}" if len(names) > 1 else f"{figure}: {names[0]}")
    of = f", of these {len(names)}" if _fewer(aggregate, bindings, len(names)) else ""
    return sentence(f"{figure}{of}: {listed(shown)}")


def _value(voice: Voice, aggregate: Aggregate, bindings: Mapping[str, Constant]) -> str:
    return voice.name(bindings[aggregate.assignable[0]])


def _said(voice: Voice, guard: Guard, bindings: Mapping[str, Constant], dates: bool) -> str:
    return f"{compared_words(guard.operator, dates)} {voice.name(substitute(guard.term, bindings))}"


def _fewer(aggregate: Aggregate, bindings: Mapping[str, Constant], possible: int) -> bool:
    """Whether a count is said to be other than that of all tuples there may be."""
    values = [substitute(guard.term, bindings) for guard in aggregate.guards if guard.operator == "="]
    return aggregate.function == "count" and any(value != possible for value in values)
