"""Changes in words: what is supposed, and what was so before."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.assessment.assess import Assessment
from reasoner.evidence.atoms import checked_atom
from reasoner.evidence.base import Base
from reasoner.evidence.changes import reported
from reasoner.explanation.changes import Changes
from reasoner.explanation.sentences import Voice, moment_text, sentence
from reasoner.problems import InputError
from reasoner.terms import Atom, Term, term_text


def change_sentences(changes: Changes, before: Assessment, after: Assessment) -> tuple[str, ...]:
    """A sentence for each change between two assessments of a case."""
    return tuple(_sentences(changes, before, after))


def _sentences(changes: Changes, before: Assessment, after: Assessment) -> Iterator[str]:
    voice = Voice(after.base, after.derivation.program)
    old = before.base
    for text in changes.assume:
        yield sentence(f"it is certain that {voice.atom(checked_atom(old, text))}")
    for text in changes.retract:
        atom = checked_atom(old, text)
        basis = old.facts[atom].basis if atom in old.facts else "reported"
        said = {"reported": "nobody had reported", "assumed": "it is not assumed"}.get(basis, "it is not known")
        yield sentence(f"{said} that {voice.atom(atom)}")
    for what, grade in changes.rate:
        yield sentence(_graded(what.strip(), grade.strip().upper(), old, after.base, voice))
    for source in changes.source_off:
        yield f"Nothing had come from or through {old.name(source)}."
    for origin in changes.origin_off:
        yield f"Nothing had rested on {old.name(origin)}, whoever passed it on."
    for name in changes.rule_off:
        yield f"The rule [{name}] is switched off."
    for name, _ in changes.strength:
        stated, now = _strength(before, name), _strength(after, name)
        yield f"The rule [{name}] states {now} instead of {stated}."
    if changes.as_of is not None:
        instead = f", instead of on {moment_text(old.as_of)}" if old.as_of else ""
        yield f"Nothing is known but what was known on {moment_text(after.base.as_of)}{instead}."


def _graded(what: str, grade: str, old: Base, new: Base, voice: Voice) -> str:
    if what in old.sources:
        return f"{voice.base.name(what)} is graded {grade}{_instead(_source_grades(what, grade, old), grade)}"
    was, atom, source = reported_in(what, old, new)
    of = [report.grade for report in was.facts[atom].reports if source in (None, report.source)]
    by = f", by {voice.source(old.sources[source])}," if source else ""
    left = new.facts[atom].reports if atom in new.facts else ()  # none where another change takes the fact away
    now = [report.grade for report in left if source in (None, report.source)]
    shown = " and ".join(dict.fromkeys(now)) or grade
    return f"it is graded {shown}{_instead(of, shown)}{by} that {voice.atom(atom)}"


def reported_in(what: str, old: Base, new: Base) -> tuple[Base, Atom, str | None]:
    """The fact that a change grades, and the source where it says whose report, with the base that it is found in.

    With another date of the incident, a fact may be in force that was not before.
    """
    try:
        return old, *reported(old, what)
    except InputError:
        return new, *reported(new, what)


def _source_grades(source: str, grade: str, base: Base) -> list[str]:
    """What a source had in the place of what it is given: a letter, or the digits of its reports."""
    if grade[:1].isalpha():
        return [base.sources[source].reliability]
    reports = (report for fact in base.facts.values() for report in fact.reports)
    return sorted({str(report.credibility) for report in reports if source in (report.source, report.origin)})


def _instead(before: list[str], now: str) -> str:
    old = " and ".join(dict.fromkeys(before))
    return f" instead of {old}" if old and old != now else ""


def _strength(assessment: Assessment, name: str) -> str:
    rule = assessment.derivation.program.rule_named(name)
    if rule is None:
        return "nothing"
    strength: Term = rule.head.arguments[-1]
    known = assessment.derivation.program.scales.strengths
    if isinstance(strength, str) and strength in known:
        return f"{known[strength]} dB"
    return f"{strength} dB" if isinstance(strength, int) else f"{term_text(strength)}, worked out from its facts"
