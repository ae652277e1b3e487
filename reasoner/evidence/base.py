"""The facts of one case with their sources and credences: what grounding and assessment start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from typing import Literal as OneOf

from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.terms import Atom, Span

if TYPE_CHECKING:
    from reasoner.evidence.scope import Gathered

Basis: TypeAlias = OneOf["reported", "given", "assumed", "declared"]
Polarity: TypeAlias = OneOf["affirms", "denies"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a date with a time: as written, and the instant (UTC) by which it had passed.

    A bare date means its end.
    """

    written: str
    instant: datetime


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor, place, capability, target, speaker, piece of evidence or incident."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    about: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who reports: reliability A–F, who passed it on (``via``), who it rests on (``origin``)."""

    id: str
    name: str
    reliability: str
    published: Moment | None = None
    via: str | None = None
    origin: str | None = None
    anonymous: bool = False
    interest: tuple[str, ...] = ()
    maybe_same_as: tuple[str, ...] = ()
    about: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """That one source affirms or denies a fact.

    ``origin`` is the id of the source it finally rests on (one id for all that may be the same); ``letter`` the
    effective reliability, the weakest of the chain, lowered for interest; ``weight`` its log-odds in nats;
    ``counted`` whether it is the one that counts for its origin. ``rated`` is a letter set for this very report in a
    what-if, instead of the chain's. ``date`` is the report's own, or else when its source was published.
    """

    source: str
    polarity: Polarity
    credibility: int
    date: Moment | None
    says: str | None
    quote: str | None
    locator: str | None
    origin: str
    letter: str
    weight: float
    counted: bool
    span: Span | None = None
    rated: str | None = None

    @property
    def grade(self) -> str:
        """Letter and digit, such as ``B2``."""
        return f"{self.letter}{self.credibility}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One ground atom and what stands behind it.

    ``credence`` is the probability that worlds draw it true with, after functional rivals: 1 for given, assumed and
    declared facts, 0 for a fact that is only denied. ``alone`` is the credence before rivals. ``source`` is that of
    a given fact, ``says`` what it says, or why an assumption is made. ``rivals`` are the reported values that exclude
    it.
    """

    atom: Atom
    basis: Basis
    credence: float
    alone: float
    reports: tuple[Report, ...] = ()
    source: str | None = None
    valid_from: Moment | None = None
    valid_to: Moment | None = None
    rivals: tuple[Atom, ...] = ()
    case: str | None = None
    span: Span | None = None
    says: str | None = None

    @property
    def certain(self) -> bool:
        """Whether it holds in every world."""
        return self.basis != "reported"

    @property
    def drawn(self) -> bool:
        """Whether worlds differ in it."""
        return self.basis == "reported" and self.credence > 0

    @property
    def only_denied(self) -> bool:
        """Whether every report that counts denies it."""
        return self.basis == "reported" and all(
            report.polarity == "denies" for report in self.reports if report.counted
        )


@dataclass(frozen=True, slots=True)
class Draw:
    """One random choice that a world makes.

    ``name`` keys its random numbers. ``values[i]`` is drawn with probability ``shares[i]``, none of them with the
    rest. Where ``within`` is set, a drawn value holds only in worlds where that fact holds, too (a refinement of a
    value that has rivals); draws come after the ones their ``within`` belongs to.
    """

    name: str
    values: tuple[Atom, ...]
    shares: tuple[float, ...]
    within: Atom | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The incident in hand. ``occurred`` is the best-reported date of it, ``path`` the file, ``place`` for display."""

    id: str
    title: str
    occurred: Moment | None
    includes: tuple[str, ...]
    path: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """Everything reported that bears on one case, as known at ``as_of`` (None: all of it).

    ``facts`` holds every fact, only denied ones too, in a canonical order; ``draws`` every uncertain one of them
    (credence above 0, not certain), each in exactly one draw. ``names`` maps the ids of entities, sources and
    incidents to display names. ``vocabulary`` and ``scales`` are what it was read with, for changes to it;
    ``stated`` is what it was read from, facts that are not in force included.
    """

    case: Case
    as_of: Moment | None
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    facts: Mapping[Atom, Fact]
    draws: tuple[Draw, ...]
    names: Mapping[str, str]
    vocabulary: Vocabulary | None = field(default=None, compare=False, repr=False)
    scales: Scales | None = field(default=None, compare=False, repr=False)
    stated: Gathered | None = field(default=None, compare=False, repr=False)

    @property
    def standards(self) -> tuple[Vocabulary, Scales]:
        """What it was read with. Raises `ValueError` where it was not read from files."""
        if self.vocabulary is None or self.scales is None:
            raise ValueError("this base was not read from files: it has no vocabulary and scales to check against")
        return self.vocabulary, self.scales

    def label(self, constant: object) -> str:
        """The display name as a list shows it, without an article: ``United States``."""
        return self.name(constant).removeprefix("the ")

    def name(self, constant: object) -> str:
        """The display name of a constant; its own text where it names nothing."""
        text = getattr(constant, "text", None) or str(constant)
        return self.names.get(text, text.replace("_", " "))
