"""The facts of a case, changed as asked."""

from __future__ import annotations

from dataclasses import replace

from reasoner.evidence.atoms import checked_atom
from reasoner.evidence.base import Base
from reasoner.evidence.changes import assume, rate, reported, retract, without_origin, without_source
from reasoner.evidence.dating import OCCURRED, best_date, dates_alone
from reasoner.evidence.loading import redated
from reasoner.evidence.sources import sources_called
from reasoner.explanation.changes import Changes
from reasoner.problems import InputError, Problem


def changed_base(base: Base, asked: Changes) -> Base:
    """The base with facts retracted, graded otherwise, without sources, and assumed, in this order.

    Where that makes another date of the incident the likeliest, the facts are those in force then. As of when things
    are known is not this base's to change.

    Raises:
        InputError: a change names what isn't there, or a fact is both assumed and retracted.
    """
    if asked.assume and asked.retract:
        _check_apart(base, asked)
    return _changed(_dated(base, asked), asked)


def changed_then(base: Base, asked: Changes) -> Base:
    """A base of an earlier time, nothing changed in it yet, as far as the changes are about what it has."""
    base = _dated(base, asked)
    return _changed(base, _known_then(base, asked))


def about_date(asked: Changes) -> Changes:
    """Those changes that may make another date of the incident the likeliest."""
    return Changes(
        assume=tuple(fact for fact in asked.assume if _of_date(fact)),
        retract=tuple(fact for fact in asked.retract if _of_date(fact)),
        rate=tuple(pair for pair in asked.rate if _of_date(pair[0]) or "(" not in pair[0]),
        source_off=asked.source_off,
        origin_off=asked.origin_off,
    )


def _dated(base: Base, asked: Changes) -> Base:
    """The base, nothing changed yet, as the date is that the changes make likeliest."""
    about = about_date(asked)
    if not about:
        return base
    dates = dates_alone(base)
    after = best_date(_changed(dates, _known_then(dates, about)))
    return base if after == best_date(dates) else redated(base, after)


def _of_date(fact: str) -> bool:
    """Whether a fact, or a report of one, may be about when an incident happened."""
    return fact.strip().startswith(OCCURRED)


def _changed(base: Base, asked: Changes) -> Base:
    if asked.retract:
        base = retract(base, asked.retract)
    for what, grade in asked.rate:
        base = rate(base, what, grade)
    for source in asked.source_off:
        base = without_source(base, source)
    for origin in asked.origin_off:
        base = without_origin(base, origin)
    for fact in asked.assume:
        base = assume(base, fact)
    return base


def with_ids(base: Base, asked: Changes) -> Changes:
    """The changes with the id of each source that is called by its name; what nothing is called stays."""

    def meant(text: str) -> str:
        called = sources_called(base.sources, text)
        return called[0] if len(called) == 1 else text

    rate = tuple((what if "(" in what else meant(what), grade) for what, grade in asked.rate)
    return replace(
        asked, rate=rate, source_off=tuple(map(meant, asked.source_off)), origin_off=tuple(map(meant, asked.origin_off))
    )


def _known_then(base: Base, asked: Changes) -> Changes:
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
