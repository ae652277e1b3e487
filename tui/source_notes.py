"""The note on a source, or on one of its reports, in the list of sources."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from reasoner.assessment.ranking import name_of
from reasoner.assessment.words import percent, words
from reasoner.evidence.moments import written_date
from reasoner.exchange.layout import counted, signed
from reasoner.exchange.outcome_words import outcome_words
from reasoner.exchange.sources_page import gain_words, grade_words, provenance
from reasoner.explanation.sentences import opening, sentence
from reasoner.explanation.sourcing import Reported, SourceStanding, Sourcing
from tui.dossier import Dossier
from tui.outline import Entry
from tui.plain import Piece, passage

HEADING, QUIET = "bold", "dim"


def source_note(entry: Entry, found: Sourcing, dossier: Dossier) -> Content:
    """The note on one entry of the list of sources."""
    match entry.value:
        case SourceStanding() as source:
            return passage(_source(source, found, dossier))
        case Reported() as reported:
            return passage(_reported(reported, found, dossier))
        case _:
            return Content("")


def _source(each: SourceStanding, found: Sourcing, dossier: Dossier) -> Iterator[Piece]:
    anonymous = " (anonymous)" if each.source.anonymous else ""
    yield (f"{opening(each.source.name)}{anonymous}", HEADING)
    yield f"\n{grade_words(each, dossier.voice)}."
    if each.left_out:
        yield (f" LEFT OUT in what is supposed; {dossier.keys.first('toggle')} takes it back.", HEADING)
    yield "\n"
    if said := provenance(each):
        yield f"{said}.\n"
    if not each.left_out:
        yield from _loss(each, found, dossier)
    if said := gain_words(each):
        yield f"{said}\n"
    yield (counted(len(each.reports), "report"), HEADING)
    yield " came from or through it"
    yield f"; {counted(each.undisputed, 'undisputed fact')} known from it.\n" if each.undisputed else ".\n"
    if each.source.about:
        yield f"{each.source.about}\n"
    yield (each.source.id, QUIET)
    published = each.source.published
    yield (f", published {written_date(published.written)}\n" if published else "\n", QUIET)


def _loss(each: SourceStanding, found: Sourcing, dossier: Dossier) -> Iterator[Piece]:
    """What would be without it, for the lead and for the hypothesis in hand."""
    role = dossier.inquiry.program.scales.roles[found.role]

    def name(actor: str | None) -> str:
        return name_of(actor or "", role, dossier.inquiry.base)

    yield ("Without it  ", HEADING)
    if found.judged.subject is None:
        yield "nobody in particular is in front, with it or without it.\n"
        return
    lead = opening(name(found.judged.subject))
    if abs(each.lead) < 0.05 and not each.lost:
        yield "the lead stays as it is"
    else:
        yield f"{lead} at {percent(each.probability)} instead of {percent(found.probability)} ({signed(-each.lead)})"
    yield f": {outcome_words(found.judged, each.after, name)}." if each.lost else "."
    if not found.ahead and abs(each.own) >= 0.05:
        yield f" {opening(name(found.actor))}: {signed(-each.own)}."
    yield "\n"


def _reported(each: Reported, found: Sourcing, dossier: Dossier) -> Iterator[Piece]:
    report = each.report
    yield (sentence(each.sentence), HEADING)
    yield "\n"
    if each.left_out:
        yield ("LEFT OUT in what is supposed. ", HEADING)
    else:
        yield f"{percent(each.credence)}, {words(each.credence)}. "
    if abs(each.decibans) >= 0.05:
        yield f"Had nobody reported it: {signed(-each.decibans)} for {dossier.name(found.actor, found.role)}."
    else:
        yield f"It weighs nothing for {dossier.name(found.actor, found.role)}."
    yield "\n"
    when = written_date(report.date) if report.date else "undated"
    letter, digit = report.grade[:1], report.grade[1:]
    grade = f"{letter} {dossier.grade_word(letter)} · {digit} {dossier.grade_word(digit)}"
    yield (report.name, HEADING)
    yield f", {when} · {grade}{' · DENIES it' if report.polarity == 'denies' else ''}\n"
    if report.says:
        yield f"{report.says}\n"
    if report.quote:
        yield f"“{report.quote}”\n"
    if report.locator:
        yield (f"At: {report.locator}\n", QUIET)
    if report.uncounted:
        yield f"{sentence(report.uncounted)}\n"
    yield (f"{each.fact}\n", QUIET)
