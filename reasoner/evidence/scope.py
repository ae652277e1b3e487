"""What fact files state and define, checked, before anything is weighed or left out for its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reasoner.evidence.base import Basis, Case, Entity, Moment, Report, Source
from reasoner.terms import Atom, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One entry under ``facts:``: an atom and what the entry says of it.

    ``dated`` is the explicit date of a given fact; ``since`` and ``until`` bound its validity. Origin, letter and
    weight of its reports are not yet known.
    """

    atom: Atom
    basis: Basis
    reports: tuple[Report, ...]
    source: str | None
    says: str | None
    dated: Moment | None
    since: Moment | None
    until: Moment | None
    case: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that the files of one scope define and state."""

    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All there is on one case: its head, what its scope defines and states, and display names.

    When the case occurred is not yet known.
    """

    case: Case
    scope: Scope
    names: Mapping[str, str]
