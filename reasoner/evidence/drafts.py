"""A fact as a form holds it, field by field as text, and as an entry of a file.

A draft may be unfinished or wrong: what is wrong with it is found once it stands in its file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from reasoner.evidence.atoms import ground_atom
from reasoner.evidence.editing import Entry
from reasoner.language.vocabulary import Predicate, Vocabulary
from reasoner.problems import InputError, Problem
from reasoner.terms import Quoted, is_symbol, term_text

Standing: TypeAlias = Literal["reported", "given", "assumed"]
"""What a fact rests on, as a file may say it."""

STANDINGS: dict[Standing, str] = {
    "reported": "somebody reports it; it counts for as much as its reports",
    "given": "nobody disputes it; certain, with the source it is known from",
    "assumed": "you suppose it yourself; certain, and marked as an assumption wherever it matters",
}

POLARITIES = {"affirms": "the source says that it is so", "denies": "the source says that it is not so"}

EMPTY_FIELD = "empty-field"
"""The word of a problem that is only a field still to be filled in."""

_AFFIRMS = "affirms"


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """One report; ``was`` is its place among those that the file has, None where it is new."""

    source: str = ""
    credibility: str = ""
    date: str = ""
    polarity: str = _AFFIRMS
    says: str = ""
    quote: str = ""
    locator: str = ""
    was: int | None = None


@dataclass(frozen=True, slots=True)
class FactDraft:
    """One fact. ``source``, ``says``, ``date``, ``quote`` and ``locator`` are those of a given fact or assumption.

    ``no_basis`` is what was written for a basis and is none; ``standing`` is then the one before.
    """

    predicate: str = ""
    arguments: tuple[str, ...] = ()
    standing: Standing = "reported"
    reports: tuple[ReportDraft, ...] = (ReportDraft(),)
    source: str = ""
    says: str = ""
    date: str = ""
    quote: str = ""
    locator: str = ""
    since: str = ""
    until: str = ""
    no_basis: str | None = None


def draft_of(entry: Entry) -> FactDraft:
    """The draft of an entry. Raises `InputError` where its fact cannot be read."""
    atom = ground_atom(str(entry.get("fact", entry.get("assume", ""))), "fact")
    arguments = tuple(each.text if isinstance(each, Quoted) else str(each) for each in atom.arguments)
    standing: Standing = "assumed" if "assume" in entry else "given" if entry.get("given") else "reported"
    draft = FactDraft(atom.predicate, arguments, standing, since=_text(entry.get("from")), until=_text(entry.get("to")))
    if standing == "reported":
        listed = entry["reports"] if entry.get("reports") is not None else [entry]
        return replace(draft, reports=tuple(_report(each, place) for place, each in enumerate(listed)))
    own = _report(entry, 0)
    return replace(draft, source=own.source, says=own.says, date=own.date, quote=own.quote, locator=own.locator)


def entry_of(draft: FactDraft, vocabulary: Vocabulary, old: Entry | None = None) -> dict[str, Any]:
    """The entry that says what a draft says, in the form of the old one where that can hold it.

    Entries of ``reports`` that the old one has and the draft has not are `GONE`. Raises `InputError` with the fields
    that must be filled in first.
    """
    if problems := lacking(draft, vocabulary):
        raise InputError(list(problems.values()))
    key = "assume" if draft.standing == "assumed" else "fact"
    entry: dict[str, Any] = {key: _same_fact(draft, vocabulary, old) or fact_text(draft, vocabulary)}
    if draft.standing == "reported":
        entry |= _reported(draft, old)
    else:
        entry |= {"given": True} if draft.standing == "given" else {}
        own = {key: getattr(draft, key) for key in ("source", "date", "says", "quote", "locator")}
        entry |= {key: text for key, text in own.items() if text}
    return entry | {key: text for key, text in (("from", draft.since), ("to", draft.until)) if text}


def fact_text(draft: FactDraft, vocabulary: Vocabulary) -> str:
    """The fact as files write it: what names an entity otherwise than by its id stands in quotes, and so do dates."""
    predicate = vocabulary.predicates.get(draft.predicate)
    types = [argument.types for argument in predicate.arguments] if predicate else []
    types += [()] * (len(draft.arguments) - len(types))
    written = [_argument(text, wanted) for text, wanted in zip(draft.arguments, types, strict=False)]
    return f"{draft.predicate}({', '.join(written)})"


def _argument(text: str, types: tuple[str, ...]) -> str:
    if is_symbol(text):
        return text
    if {"Number", "Term"} & set(types) and text.removeprefix("-").isdecimal() and text.isascii():
        return text
    return term_text(Quoted(text))


def _same_fact(draft: FactDraft, vocabulary: Vocabulary, old: Entry | None) -> str | None:
    """The fact as the old entry spells it, where the draft leaves it as it was."""
    if old is None:
        return None
    before = draft_of(old)
    unchanged = (before.predicate, before.arguments) == (draft.predicate, draft.arguments)
    return str(old.get("fact", old.get("assume"))) if unchanged else None


def lacking(draft: FactDraft, vocabulary: Vocabulary) -> dict[str, Problem]:
    """The fields that must be filled in first, from the top, each with what is to be said of it.

    A field of the fact goes by its name, an argument or report by its place as well: ``argument:0``,
    ``report:0:source``.
    """
    return dict(_lacking(draft, vocabulary))


def _lacking(draft: FactDraft, vocabulary: Vocabulary) -> Iterator[tuple[str, Problem]]:
    predicate = vocabulary.predicates.get(draft.predicate)
    if not draft.predicate:
        yield "predicate", _empty("predicate", "what the fact says, a word of the vocabulary")
    for place, argument in enumerate(predicate.arguments if predicate else ()):
        if not "".join(draft.arguments[place : place + 1]):
            yield f"argument:{place}", _empty(argument.name, wanted(argument.types))
    if draft.no_basis is not None:
        yield "standing", _no_basis(draft.no_basis)
    if draft.standing == "given" and not draft.source:
        yield "source", _empty("source", "the source that says so")
    for place, report in enumerate(draft.reports if draft.standing == "reported" else ()):
        if not report.source:
            yield f"report:{place}:source", _empty(f"source of report {place + 1}", "the id of a source")
        if not report.credibility:
            yield f"report:{place}:credibility", _empty(f"credibility of report {place + 1}", "a digit from 1 to 6")


def _empty(field: str, what: str) -> Problem:
    return Problem(EMPTY_FIELD, f"still empty: {field} ({what})")


def _no_basis(text: str) -> Problem:
    if not text:
        return _empty("basis", "reported, given or assumed")
    return Problem("unknown-basis", f"`{text}` is no basis", hint="it is reported, given or assumed")


def wanted(types: tuple[str, ...]) -> str:
    """What an argument of these types may be, in words."""
    words = {"Term": "a word of your own", "Date": "a date", "Number": "a whole number", "Role": "a role"}
    return " or ".join(words.get(each, each.lower()) for each in types)


def _reported(draft: FactDraft, old: Entry | None) -> dict[str, Any]:
    listed = (old or {}).get("reports")
    if listed is None and len(draft.reports) == 1:
        return _keys(draft.reports[0], old)
    if listed is None:
        return {"reports": [_keys(report, old if report.was == 0 else None) for report in draft.reports]}
    from reasoner.documents.rewriting import GONE

    kept = {report.was: _keys(report, listed[report.was]) for report in draft.reports if report.was is not None}
    new = [_keys(report, None) for report in draft.reports if report.was is None]
    return {"reports": [*(kept.get(place, GONE) for place in range(len(listed))), *new]}


def _keys(report: ReportDraft, old: Entry | None) -> dict[str, Any]:
    """The keys of a report; that it affirms is only written where it was written before."""
    digit = report.credibility
    keys: dict[str, Any] = {
        "source": report.source,
        "credibility": int(digit) if digit.isascii() and digit.isdecimal() and len(digit) < 10 else digit,
        "date": report.date,
        "polarity": "" if report.polarity == _AFFIRMS and "polarity" not in (old or {}) else report.polarity,
        "says": report.says,
        "quote": report.quote,
        "locator": report.locator,
    }
    return {key: value for key, value in keys.items() if value != ""}


def _report(entry: Entry, place: int) -> ReportDraft:
    texts = {key: _text(entry.get(key)) for key in ("source", "credibility", "date", "says", "quote", "locator")}
    return ReportDraft(**texts, polarity=_text(entry.get("polarity")) or _AFFIRMS, was=place)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def blank(predicate: Predicate, draft: FactDraft) -> FactDraft:
    """The draft with another predicate, and its arguments as far as they carry over."""
    kept = [*draft.arguments[: predicate.arity], *[""] * predicate.arity]
    return replace(draft, predicate=predicate.name, arguments=tuple(kept[: predicate.arity]))
