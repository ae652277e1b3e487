"""What-if: the same base with something assumed, retracted, rated anew, or never reported.

Each change recomputes credences, rivals and draws from the reports that the base keeps. Draws keep their names, and so
their random numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from reasoner.evidence.assembling import recounted, regraded, revised
from reasoner.evidence.atoms import checked_atom, ground_atom
from reasoner.evidence.base import Base, Fact, Report
from reasoner.evidence.sources import chain, source_meant
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import Atom

_REPORT = re.compile(r"(.*\))\s*@\s*(\w+)\s*\Z", re.DOTALL)
"""One report of a fact: ``fact@source``."""


def assume(base: Base, atom: Atom | str) -> Base:
    """The base with a fact assumed. Raises `InputError` where vocabulary or entities do not allow it."""
    atom = checked_atom(base, atom)
    known = base.facts.get(atom)
    if known is not None and known.basis in ("given", "assumed"):
        return base
    assumed = replace(known, basis="assumed") if known else Fact(atom, "assumed", 1.0, 1.0, case=base.case.id)
    return revised(base, {atom: recounted(assumed)})


def retract(base: Base, atoms: Iterable[Atom | str]) -> Base:
    """The base without some facts, as if nobody had reported, given or assumed them.

    Raises `InputError` where one of them is no fact of the base.
    """
    return revised(base, dict.fromkeys(_known_atom(base, atom) for atom in atoms))


def rate(base: Base, what: Atom | str, grade: str) -> Base:
    """The base with a fact, report, source or origin graded otherwise.

    ``grade`` is a letter A–F, a digit 1–6, or both, such as B2. Of a fact, it becomes the grade of every report about
    it; of a report, written ``fact@source``, that of what this source says of the fact. Of a source, the letter is its
    reliability, and of an origin that of each source that may be the same; the digit becomes that of every report by
    it or resting on it. No report gets better than the weakest of its chain. Raises `InputError` where nothing has
    that name, or the grade is none.
    """
    letter, digit = _grade(base, grade)
    if isinstance(what, str) and what.strip() in base.sources:
        return _rate_source(base, what.strip(), letter, digit)
    if isinstance(what, str) and "(" not in what:
        hint = source_meant(base.sources, what) or "name a source, or a fact such as possesses(actor, weapon)"
        raise InputError([Problem("unknown-source", f"unknown source or fact `{what}`", hint=hint)])
    atom, source = reported(base, what)
    fact = base.facts[atom]
    rated = tuple(
        replace(report, rated=letter or report.rated, credibility=digit or report.credibility)
        if source in (None, report.source)
        else report
        for report in fact.reports
    )
    return revised(base, {atom: regraded(base, replace(fact, reports=rated))})


def reported(base: Base, what: Atom | str) -> tuple[Atom, str | None]:
    """The fact that ``what`` names, and the source, where it names one report of it as ``fact@source``.

    Raises `InputError` where nobody reports that fact, or that source does not.
    """
    match = _REPORT.match(what) if isinstance(what, str) else None
    atom = _known_atom(base, match[1] if match else what)
    fact = base.facts[atom]
    if not fact.reports:
        message = f"`{atom}` is {fact.basis}, so there is no report to grade"
        raise InputError([Problem("nothing-to-grade", message)])
    source = match[2] if match else None
    by = [report.source for report in fact.reports]
    if source is not None and source not in by:
        hint = did_you_mean(source, by) or f"it is reported by {', '.join(dict.fromkeys(by))}"
        raise InputError([Problem("unknown-report", f"`{source}` does not report `{atom}`", hint=hint)])
    return atom, source


def _rate_source(base: Base, source: str, letter: str | None, digit: int | None) -> Base:
    origin = {report.source: report.origin for fact in base.facts.values() for report in fact.reports}
    sources = dict(base.sources)
    for key, each in base.sources.items():
        same = key == source or (origin.get(key) == source and each.origin is None)
        if letter and same:
            sources[key] = replace(each, reliability=letter)
    facts: dict[Atom, Fact | None] = {}
    for fact in base.facts.values():
        if not any(source in (report.origin, *chain(report.source, base.sources)) for report in fact.reports):
            continue
        reports = tuple(
            replace(report, credibility=digit) if digit and source in (report.source, report.origin) else report
            for report in fact.reports
        )
        facts[fact.atom] = regraded(base, replace(fact, reports=reports), sources)
    return revised(base, facts, sources)


def without_source(base: Base, source: str) -> Base:
    """The base as if a source had said and passed on nothing: without every report that came by or from it.

    Given facts and assumptions stay. Raises `InputError` for an unknown source.
    """
    _check_source(base, source)
    return without_reports(base, lambda _, report: source in chain(report.source, base.sources))


def without_origin(base: Base, origin: str) -> Base:
    """The base without every report that finally rests on an origin. Raises `InputError` for an unknown one."""
    return without_each_origin(base, [origin])[origin]


def without_each_origin(base: Base, origins: Iterable[str]) -> dict[str, Base]:
    """Origin → the base without every report that finally rests on it. Raises `InputError` for an unknown one."""
    lost: dict[str, dict[Atom, list[int]]] = {origin: {} for origin in origins}
    for origin in lost:
        _check_source(base, origin)
    for atom, fact in base.facts.items():
        for number, report in enumerate(fact.reports):
            if report.origin in lost:
                lost[report.origin].setdefault(atom, []).append(number)
    return {origin: without(base, (), numbers) for origin, numbers in lost.items()}


def without_reports(base: Base, gone: Callable[[Fact, Report], bool]) -> Base:
    """The base without the reports of a fact that are to go; a fact with no report left goes, unless it is certain."""
    lost = {
        atom: frozenset(number for number, report in enumerate(fact.reports) if gone(fact, report))
        for atom, fact in base.facts.items()
    }
    return without(base, (), {atom: numbers for atom, numbers in lost.items() if numbers})


def without(base: Base, facts: Iterable[Atom], reports: Mapping[Atom, Collection[int]]) -> Base:
    """The base without some facts, and without some reports of others, by their places among those of the fact.

    A fact with no report left goes, unless it is certain.
    """
    changed: dict[Atom, Fact | None] = dict.fromkeys(facts)
    for atom, numbers in reports.items():
        fact = base.facts[atom]
        left = tuple(report for number, report in enumerate(fact.reports) if number not in numbers)
        if atom not in changed:
            changed[atom] = recounted(replace(fact, reports=left)) if left or fact.certain else None
    return revised(base, changed)


def _check_source(base: Base, source: str) -> None:
    if source not in base.sources:
        hint = source_meant(base.sources, source)
        raise InputError([Problem("unknown-source", f"unknown source `{source}`", hint=hint)])


def _known_atom(base: Base, atom: Atom | str) -> Atom:
    if isinstance(atom, Atom) and atom in base.facts:
        return atom
    found = ground_atom(atom, "fact") if isinstance(atom, str) else atom
    if found in base.facts:
        return found
    found = checked_atom(base, found)
    if found not in base.facts:
        hint = did_you_mean(str(found), map(str, base.facts))
        raise InputError([Problem("unknown-fact", f"nothing states `{found}`", hint=hint)])
    return found


def _grade(base: Base, grade: str) -> tuple[str | None, int | None]:
    text = grade.strip().upper()
    letter = text[0] if text[:1] in ("A", "B", "C", "D", "E", "F") else None
    digit = text[1:] if letter else text
    if not text or digit not in ("", "1", "2", "3", "4", "5", "6"):
        hint = "a grade is a letter A–F, a digit 1–6, or both, such as B2"
        raise InputError([Problem("unknown-grade", f"`{grade}` is not a grade", hint=hint)])
    return letter, int(digit) if digit else None
