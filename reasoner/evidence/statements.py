"""What the facts of one file state, checked entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reasoner.documents import Document, KeyPath
from reasoner.evidence.atoms import Checker, read_atom
from reasoner.evidence.base import Basis, Polarity, Report, Source
from reasoner.evidence.moments import beginning
from reasoner.evidence.schema import CREDIBILITY, FactEntry, FactFile, ReportEntry, reported_keys
from reasoner.evidence.scope import Statement
from reasoner.evidence.sources import published, unknown_source
from reasoner.problems import Problem
from reasoner.terms import Atom, Span

MOST_PROBLEMS = 100
"""Problems of one file after which its checking stops."""


def statements_of(
    document: Document, entries: FactFile, checker: Checker, sources: Mapping[str, Source], case: str | None
) -> tuple[list[Statement], list[Problem]]:
    """The statements of one file, and every problem with its facts (up to `MOST_PROBLEMS` and a few)."""
    statements: list[Statement] = []
    problems: list[Problem] = []
    for position, entry in enumerate(entries.facts):
        found = list(_form_problems(document, ("facts", position), entry, sources))
        key = "assume" if entry.assume is not None and entry.fact is None else "fact"
        text = getattr(entry, key)
        if text is not None:
            path = ("facts", position, key)
            atom, wrong = read_atom(document, path, text, checker)
            found += wrong
            if atom is not None and not found:
                statements.append(_statement(document, path, entry, atom, sources, case))
        problems += found
        if len(problems) >= MOST_PROBLEMS:
            break
    return statements, problems


def _statement(
    document: Document, path: KeyPath, entry: FactEntry, atom: Atom, sources: Mapping[str, Source], case: str | None
) -> Statement:
    basis: Basis = "assumed" if entry.assume is not None else "given" if entry.given else "reported"
    return Statement(
        atom=atom,
        basis=basis,
        reports=tuple(_reports(document, path[:-1], entry, sources)) if basis == "reported" else (),
        source=entry.source if basis == "given" else None,
        says=entry.says if basis != "reported" else None,
        dated=entry.date if basis == "given" else None,
        since=entry.since,
        until=entry.until,
        case=case,
        span=document.spans[path],
    )


def _reports(document: Document, path: KeyPath, entry: FactEntry, sources: Mapping[str, Source]) -> Iterator[Report]:
    if entry.reports is None:
        assert entry.source is not None and entry.credibility is not None
        span = document.key_span((*path, "source"))
        yield _report(entry, entry.source, entry.credibility, entry.polarity or "affirms", sources, span)
    else:
        for position, report in enumerate(entry.reports):
            span = document.entry_span((*path, "reports", position))
            yield _report(report, report.source, report.credibility, report.polarity, sources, span)


def _report(
    entry: FactEntry | ReportEntry,
    source: str,
    credibility: int,
    polarity: Polarity,
    sources: Mapping[str, Source],
    span: Span,
) -> Report:
    return Report(
        source=source,
        polarity=polarity,
        credibility=credibility,
        date=entry.date or published(source, sources),
        says=entry.says,
        quote=entry.quote,
        locator=entry.locator,
        origin=source,
        letter=sources[source].reliability,
        weight=0.0,
        counted=False,
        span=span,
    )


def _form_problems(
    document: Document, path: KeyPath, entry: FactEntry, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Which keys an entry has that do not go together, which it lacks, and which sources do not exist."""
    place = document.entry_span(path)
    if entry.fact is not None and entry.assume is not None:
        message = "an entry has `fact:` or `assume:`, not both"
        yield document.problem("fact-and-assume", message, document.key_span((*path, "assume")))
    elif entry.assume is not None:
        yield from _assumption_problems(document, path, entry)
    elif entry.fact is None:
        message = "this entry says nothing: it has neither `fact:` nor `assume:`"
        yield document.problem("missing-key", message, place, "start it with `- fact: predicate(…)`")
    elif entry.given:
        yield from _given_problems(document, path, entry)
    elif entry.reports is not None:
        yield from _long_form_problems(document, path, entry)
    else:
        yield from _short_form_problems(document, path, entry)
    named = [((*path, "source"), entry.source)]
    named += [((*path, "reports", n, "source"), report.source) for n, report in enumerate(entry.reports or ())]
    for where, source in named:
        if source is not None and source not in sources:
            yield unknown_source(document, where, source, sources)
    if entry.since and entry.until and beginning(entry.since) > entry.until.instant:
        message = f"it holds from {entry.since.written} to {entry.until.written}, which is never"
        yield document.problem("empty-interval", message, document.spans[(*path, "to")], "`from` comes before `to`")


def _assumption_problems(document: Document, path: KeyPath, entry: FactEntry) -> Iterator[Problem]:
    unwanted = [key for key in ("source", "reports") if getattr(entry, key) is not None]
    unwanted += [key for key in reported_keys(entry) if key != "says"] + ["given"] * entry.given
    for key in unwanted:
        message = f"an assumption has no `{key}`"
        hint = "if somebody reports it, write `fact:` instead of `assume:`; an assumption may have `says:`, its reason"
        yield document.problem("assumption-with-source", message, document.key_span((*path, key)), hint)


def _given_problems(document: Document, path: KeyPath, entry: FactEntry) -> Iterator[Problem]:
    if entry.source is None:
        message = "a given fact lacks `source`"
        hint = "name the source that says so; a fact without any source is an assumption: `assume:`"
        yield document.problem("missing-key", message, document.entry_span(path), hint)
    for key in ("reports", "credibility", "polarity"):
        if getattr(entry, key) is not None:
            message = f"a given fact has no `{key}`: nobody disputes it"
            hint = "remove `given: true` to have it graded and weighed"
            yield document.problem("given-with-grade", message, document.key_span((*path, key)), hint)


def _long_form_problems(document: Document, path: KeyPath, entry: FactEntry) -> Iterator[Problem]:
    if not entry.reports:
        message = "`reports` is an empty list: nobody reports this"
        yield document.problem("no-reports", message, document.key_span((*path, "reports")), "add a report under it")
    for key in (*(["source"] if entry.source else []), *reported_keys(entry)):
        message = f"`{key}` stands beside `reports`"
        hint = "move it into one of the reports, which each have their own"
        yield document.problem("two-forms", message, document.key_span((*path, key)), hint)


def _short_form_problems(document: Document, path: KeyPath, entry: FactEntry) -> Iterator[Problem]:
    place = document.entry_span(path)
    if entry.source is None:
        message = "nobody reports this fact: it lacks `source`"
        hint = "add `source:` and `credibility:`, or several under `reports:`; what nobody reports is an `assume:`"
        yield document.problem("missing-key", message, place, hint)
    elif entry.credibility is None:
        hint = f"`credibility` is {CREDIBILITY}"
        yield document.problem("missing-key", "this fact lacks `credibility`", place, hint)
