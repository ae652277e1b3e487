"""Why a row, or a fact of it, could not be used."""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES = {
    "broken-line": "this line is no row: it has too many or too few values, an open quote, or no text in UTF-8",
    "no-incident": "the row names no incident",
    "same-id": "another incident of the feed gets the same id",
    "taken-id": "this id is taken: by an entity that is no incident, or by an incident",
    "reserved-id": "`other` and `nobody` are hypotheses of their own",
    "too-long": "the text is too long to name anything",
    "unknown-predicate": "unknown predicate",
    "refinement": "what lies in what is no fact of an incident; state it in facts/background",
    "wrong-arity": "the fact has too many or too few arguments",
    "unknown-entity": "unknown actor or entity",
    "ambiguous-name": "the name may mean several",
    "wrong-kind": "this is of a kind that cannot stand here",
    "unknown-role": "unknown role",
    "not-a-date": "this is not a date",
    "not-a-number": "this is not a whole number",
    "big-number": "the number is too large",
    "no-source": "the row names no source",
    "unknown-source": "unknown source",
    "other-source": "an earlier row defines this source differently: with another letter, `via` or `origin`",
    "source-cycle": "the source rests on itself, or on too many others",
    "unknown-letter": "the reliability of a source is a letter A–F",
    "unknown-digit": "credibility is a digit 1–6",
    "unknown-polarity": "a report affirms or denies",
    "background": "the background states it; state it there",
    "certain-rivals": "the feed gives another value of the same as certain",
    "too-many-values": "too many values are reported of the same",
}
"""Each kind of flaw in words."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be used, or one fact of it (by its place in the mapping, from 1 on).

    ``row`` counts the rows of the file from 1 on, those that could not be read with the others. ``hint`` says what was
    probably meant.
    """

    file: str
    row: int
    fact: int | None
    word: str
    value: str | None
    reason: str
    hint: str | None = None
