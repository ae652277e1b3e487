"""The facts of a case, changed as asked."""

from __future__ import annotations

from dataclasses import replace

from reasoner.evidence.atoms import checked_atom
from reasoner.evidence.base import Base
from reasoner.evidence.changes import assume, rate, reported, retract, without_source
from reasoner.evidence.sources import sources_called
from reasoner.explanation.changes import Changes
from reasoner.problems import InputError, Problem


def changed_base(base: Base, asked: Changes) -> Base:
    """The base with facts retracted, graded otherwise, without sources, and assumed, in this order.

    The date is not this base's to change.

    Raises:
        InputError: a change names what isn't there, or a fact is both assumed and retracted.
    """
    if asked.assume and asked.retract:
        _check_apart(base, asked)
    if asked.retract:
        base = retract(base, asked.retract)
    for what, grade in asked.rate:
        base = rate(base, what, grade)
    for source in asked.source_off:
        base = without_source(base, source)
    for fact in asked.assume:
        base = assume(base, fact)
    return base


def with_ids(base: Base, asked: Changes) -> Changes:
    """The changes with the id of each source that is called by its name; what nothing is called stays."""

    def meant(text: str) -> str:
        called = sources_called(base.sources, text)
        return called[0] if len(called) == 1 else text

    rate = tuple((what if "(" in what else meant(what), grade) for what, grade in asked.rate)
    return replace(asked, rate=rate, source_off=tuple(map(meant, asked.source_off)))


def known_then(base: Base, asked: Changes) -> Changes:
    """The changes as far as they are about what a base of an earlier time has: nobody had reported the rest yet."""
    retract = tuple(fact for fact in asked.retract if checked_atom(base, fact) in base.facts)
    return replace(asked, retract=retract, rate=tuple(pair for pair in asked.rate if _graded_then(base, pair[0])))


def _graded_then(base: Base, what: str) -> bool:
    """Whether there is a report to grade, or a source is graded."""
    if "(" not in what:
        return True
    try:
        reported(base, what)
    except InputError:
        return False
    return True


def _check_apart(base: Base, asked: Changes) -> None:
    assumed, retracted = ({checked_atom(base, fact) for fact in facts} for facts in (asked.assume, asked.retract))
    if both := assumed & retracted:
        raise InputError([Problem("assumed-and-retracted", f"`{atom}` is both assumed and retracted") for atom in both])
