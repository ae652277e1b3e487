"""The note on one report: who says what, how far that source is relied on, and what else rests on it."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.assessment.words import percent
from reasoner.evidence.base import Fact, Report, Source
from reasoner.evidence.moments import written_date
from reasoner.exchange.layout import counted, signed
from reasoner.explanation.nodes import Chain, ShownReport
from reasoner.explanation.sentences import listed, opening
from tui.dossier import Dossier
from tui.outline import Entry
from tui.plain import Piece, lead

HEADING, QUIET = "bold", "dim"

MOST_FACTS = 8
"""Other facts of the same origin that a note lists."""


def report_note(entry: Entry, chain: Chain, dossier: Dossier) -> Iterator[Piece]:
    """Source and grade, what it says, where that comes from, and what else rests on the same origin."""
    shown = entry.value
    assert isinstance(shown, ShownReport)
    node = entry.node
    source = dossier.source(shown.source)
    yield (opening(source.name if source else shown.name), HEADING)
    yield f"\n{_grade(shown.grade, dossier)}"
    yield f" · {written_date(shown.date) if shown.date else 'undated'}"
    if shown.polarity == "denies":
        yield " · DENIES it"
    yield "\n"
    if shown.says:
        yield f"{shown.says}\n"
    if shown.quote:
        yield f"“{shown.quote}”\n"
    if shown.locator:
        yield (f"At: {shown.locator}\n", QUIET)
    found = dossier.report(shown, node.atom if node else "")
    if found is None or source is None:
        return
    fact, report = found
    yield from _provenance(report, source, dossier)
    yield from _standing(fact, report, dossier)
    yield from without(chain, report.origin, f"Had nothing come from {dossier.name(report.origin)}")
    yield from _also(fact, report, chain, dossier)


def _grade(grade: str, dossier: Dossier) -> str:
    letter, digit = grade[:1], grade[1:]
    return f"{letter} {dossier.grade_word(letter)} · {digit} {dossier.grade_word(digit)}"


def _provenance(report: Report, source: Source, dossier: Dossier) -> Iterator[Piece]:
    """Who passed it on, who it rests on, and what lowered its letter."""
    more = source.via or source.anonymous or source.about or not report.counted
    if not more and (report.origin, report.letter) == (source.id, source.reliability):
        return  # the heading says it all
    yield ("Comes from  ", HEADING)
    via = dossier.source(source.via) if source.via else None
    yield f"{_self(source)}, passed on by {via.name}." if via else f"{_self(source)}."
    if report.origin != source.id:
        yield f" It rests on {dossier.name(report.origin)}, and counts once with all that do."
    if not report.counted:
        yield " Not counted apart: another report of that origin stands for it."
    if report.letter != source.reliability:
        yield f" Rated {source.reliability} by itself; counted as {report.letter}"
        yield (
            f", as it gains if {listed([dossier.name(actor) for actor in source.interest])} is blamed."
            if source.interest
            else ", the weakest of those it came through."
        )
    if source.about:
        yield f" {source.about}"
    yield "\n"


def _self(source: Source) -> str:
    return f"{source.name} (anonymous)" if source.anonymous else source.name


def _standing(fact: Fact, report: Report, dossier: Dossier) -> Iterator[Piece]:
    """What all its reports make of the fact."""
    others = len({other.origin for other in fact.reports}) - 1
    yield ("The fact  ", HEADING)
    yield lead(dossier.said(fact), "facts", str(fact.atom))
    yield f" {percent(fact.credence)}"
    yield f", with {counted(others, 'other origin')}.\n" if others else ", on this origin alone.\n"


def without(chain: Chain, what: str, had: str) -> Iterator[Piece]:
    """What the hypothesis's probability would be without a fact or an origin, where that moves it."""
    for each in chain.rests_on:
        if each.id == what and percent(each.without_it) != percent(chain.probability):
            yield f"{had}: {chain.name} at {percent(each.without_it)} instead of {percent(chain.probability)}.\n"


def _also(fact: Fact, report: Report, chain: Chain, dossier: Dossier) -> Iterator[Piece]:
    """What else falls if this origin is wrong."""
    facts = dossier.facts_resting_on(report.origin, str(fact.atom))
    lines = dossier.lines_resting_on(chain, report.origin)
    yield ("Also rests on it  ", HEADING)
    if not facts:
        yield "no other fact of this case"
    else:
        yield f"{counted(len(facts), 'other fact')}"
    if lines:
        yield f"; {counted(len(lines), 'line')} here: "
        yield ", ".join(f"{line.factor_name} {signed(line.decibans)}" for line in lines)
    yield ".\n"
    for other in facts[:MOST_FACTS]:
        yield f"  · {dossier.said(other)}\n"
    if len(facts) > MOST_FACTS:
        yield f"  · and {len(facts) - MOST_FACTS} more\n"
