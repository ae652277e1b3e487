"""The form of fact files: what keys they have and what each holds.

Only forms are checked here; what the words mean is checked against vocabulary, entities and sources afterwards.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from reasoner.evidence.base import Moment
from reasoner.evidence.moments import read_moment

_CLOSED = ConfigDict(extra="forbid", strict=True, defer_build=True)

Element = TypeVar("Element")

# A key with nothing behind it is what remains when all its entries are commented out.
Listed = Annotated[list[Element], BeforeValidator(lambda value: [] if value is None else value)]
Keyed = Annotated[dict[str, Element], BeforeValidator(lambda value: {} if value is None else value)]

_DATE = "a date like 2021-11-07, or with a time like 2021-11-07T04:30 (UTC)"
When = Annotated[Moment, PlainValidator(read_moment)]
_Words = Annotated[str, Field(min_length=1)]
_Digit = Annotated[int, Field(ge=1, le=6)]
_Letter = Literal["A", "B", "C", "D", "E", "F"]
_Polarity = Literal["affirms", "denies"]
CREDIBILITY = "a digit: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged"
_RELIABILITY = "a letter: A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged"


class EntityEntry(BaseModel):
    """Somebody or something that facts name."""

    model_config = _CLOSED
    name: _Words = Field(description="its display name")
    kind: _Words = Field(description="what it is: militia, place, weapon …; rules/vocabulary.yaml lists the kinds")
    aliases: Listed[_Words] = []
    about: _Words | None = None


class SourceEntry(BaseModel):
    """Somebody who reports."""

    model_config = _CLOSED
    name: _Words = Field(description="its display name")
    reliability: _Letter = Field(description=_RELIABILITY)
    published: When | None = Field(None, description=_DATE)
    via: _Words | None = Field(None, description="the id of the source that passed this one on")
    origin: _Words | None = Field(None, description="the id of the source that this one rests on")
    anonymous: bool = False
    interest: Listed[_Words] = Field([], description="a list of actors whose blame this source gains by")
    maybe_same_as: Listed[_Words] = Field([], description="a list of other anonymous sources that may be this one")
    about: _Words | None = None


class ReportEntry(BaseModel):
    """That one source affirms or denies the fact it stands under."""

    model_config = _CLOSED
    source: _Words = Field(description="the id of a source")
    credibility: _Digit = Field(description=CREDIBILITY)
    date: When | None = Field(None, description=_DATE)
    polarity: _Polarity = "affirms"
    says: _Words | None = None
    quote: _Words | None = None
    locator: _Words | None = None


class FactEntry(BaseModel):
    """A fact with its reports, one of them written short; or a given fact; or an assumption."""

    model_config = _CLOSED
    fact: _Words | None = Field(None, description="what is reported: predicate(argument, argument)")
    assume: _Words | None = Field(None, description="what is assumed: predicate(argument, argument)")
    source: _Words | None = Field(None, description="the id of a source")
    credibility: _Digit | None = Field(None, description=CREDIBILITY)
    date: When | None = Field(None, description=_DATE)
    polarity: _Polarity | None = None
    says: _Words | None = None
    quote: _Words | None = None
    locator: _Words | None = None
    reports: list[ReportEntry] | None = Field(None, description="a list of reports, each with source and credibility")
    given: bool = False
    since: When | None = Field(None, alias="from", description=_DATE)
    until: When | None = Field(None, alias="to", description=_DATE)


class BackgroundFile(BaseModel):
    """What is known beyond any one case."""

    model_config = _CLOSED
    background: str | None = None
    title: str | None = None
    entities: Keyed[EntityEntry] = Field({}, description="entities by id, each with name and kind")
    sources: Keyed[SourceEntry] = Field({}, description="sources by id, each with name and reliability")
    facts: Listed[FactEntry] = Field([], description="a list of facts, each starting with `- fact:`")


class CaseFile(BaseModel):
    """One incident."""

    model_config = _CLOSED
    case: _Words = Field(description="the id of the incident, as facts name it; the file has the same name")
    title: _Words = Field(description="the incident in a few words")
    place: _Words | None = None
    includes: Listed[_Words] = Field([], description="a list of other cases whose facts this one needs")
    entities: Keyed[EntityEntry] = Field({}, description="entities by id, each with name and kind")
    sources: Keyed[SourceEntry] = Field({}, description="sources by id, each with name and reliability")
    facts: Listed[FactEntry] = Field([], description="a list of facts, each starting with `- fact:`")


FactFile = BackgroundFile | CaseFile


def reported_keys(entry: FactEntry) -> dict[str, Any]:
    """The keys of a report that an entry states itself, in the short form."""
    stated = {key: getattr(entry, key) for key in ("credibility", "date", "polarity", "says", "quote", "locator")}
    return {key: value for key, value in stated.items() if value is not None}
