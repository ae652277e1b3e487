"""The form of a mapping file: what keys it has and what each holds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from reasoner.evidence.schema import Keyed, Listed, When

_CLOSED = ConfigDict(extra="forbid", strict=True, defer_build=True)
_Words = Annotated[str, Field(min_length=1)]
_Letter = Literal["A", "B", "C", "D", "E", "F"]


def _as_text(value: Any) -> Any:
    """A whole number as the text that a column would have."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _by_text(value: Any) -> Any:
    """A table whose keys, read as YAML, may be numbers."""
    return {_as_text(key): _as_text(constant) for key, constant in value.items()} if isinstance(value, dict) else value


_Cell = Annotated[str, Field(min_length=1), BeforeValidator(_as_text)]
_Values = Annotated[dict[str, str | None], BeforeValidator(_by_text)]


class SourceKeys(BaseModel):
    """A source that the mapping defines."""

    model_config = _CLOSED
    name: _Words = Field(description="its display name")
    reliability: _Letter = Field(description="a letter from A, completely reliable, to F, cannot be judged")
    published: When | None = Field(None, description="a date like 2021-11-07")
    via: _Words | None = Field(None, description="the id of the source that passed this one on")
    origin: _Words | None = Field(None, description="the id of the source that this one rests on")
    interest: Listed[_Words] = Field([], description="a list of actors whose blame this source gains by")


class ReportKeys(BaseModel):
    """Who reports, and how good that is: each a constant, or a text with columns in braces."""

    model_config = _CLOSED
    source: _Cell | None = Field(None, description="a source, or a column that names one")
    reliability: _Cell | None = Field(None, description="the letter of sources that nothing else defines")
    via: _Cell | None = Field(None, description="who passed on the sources that nothing else defines")
    origin: _Cell | None = Field(None, description="who the sources rest on that nothing else defines")
    credibility: _Cell | None = Field(None, description="a digit 1–6, or a column that holds one")
    polarity: _Cell | None = Field(None, description="affirms or denies, or a column that says so")
    date: _Cell | None = Field(None, description="when it was reported")
    says: _Cell | None = Field(None, description="what the report says, in words")


class FactKeys(ReportKeys):
    """One fact that a row states."""

    fact: _Words | None = Field(None, description="what is reported: predicate({column}, constant)")
    assume: _Words | None = Field(None, description="what is assumed: predicate({column}, constant)")
    given: bool = False


class FeedFile(BaseModel):
    """How the rows of a feed are read as facts."""

    model_config = _CLOSED
    feed: _Words = Field(description="what the feed is called")
    case: _Words = Field(description="the column that names the incident")
    title: _Words | None = Field(None, description="the column that holds the incident's title")
    sources: Keyed[SourceKeys] = Field({}, description="sources by id, each with name and reliability")
    entities: Keyed[_Words] = Field({}, description="columns whose values are entities of their own, each with a kind")
    values: Keyed[_Values] = Field({}, description="columns with a table: text in the feed → constant (empty: none)")
    dates: Keyed[_Words] = Field({}, description="columns with the form of their dates: %d %B %Y")
    report: ReportKeys = Field(ReportKeys(), description="what all reports share")
    facts: list[FactKeys] = Field(description="a list of facts, each starting with `- fact:`")
