"""What a chain is made of: nodes, ways and lines, as values that any output draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

Kind: TypeAlias = OneOf[
    "reported", "denied", "derived", "absent", "aggregate", "comparison", "declared", "given", "assumed"
]

MORE_BELOW = "more below"


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One report as a reader sees it: who, through whom, how graded, when, saying what, why uncounted."""

    source: str
    name: str
    grade: str
    polarity: str
    date: str | None
    says: str | None
    quote: str | None
    locator: str | None
    origin: str
    counted: bool
    uncounted: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One statement of a chain.

    ``atom`` is the statement in the rule language, ``sentence`` in words. ``reports`` stand behind it where it is
    a fact; ``ways`` are all the rule instances that derive it, ``further`` what those say that are folded. ``note``
    says what else a reader must know: a dispute, "shown above", "rests on itself", "more below". ``beyond`` is how many
    ways there are after those shown.
    """

    kind: Kind
    atom: str
    sentence: str
    probability: float
    reports: tuple[ShownReport, ...] = ()
    ways: tuple[Way, ...] = ()
    note: str | None = None
    further: tuple[str, ...] = ()
    beyond: int = 0

    @property
    def cut(self) -> bool:
        """Whether it was left closed although something stands beneath it."""
        return not self.ways and (self.note or "").startswith(MORE_BELOW) and self.kind != "aggregate"


@dataclass(frozen=True, slots=True)
class Way:
    """One rule instance: the rule's name, its sentence for this binding, and its premises in body order."""

    rule: str
    sentence: str
    premises: tuple[Node, ...]
    instance: int


@dataclass(frozen=True, slots=True)
class Beneath:
    """How much stands beneath a line that is folded: different statements, and reports."""

    statements: int
    reports: int


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One line of a hypothesis: the rule's sentence, what it weighs, and the premises it rests on.

    ``decibans`` is its part of the mean net; ``without_it`` the probability without it; ``also`` says by what else
    the same is shown where its loss changes nothing. ``folded`` says how much stands beneath it where its premises are
    left out.
    """

    rule: str
    factor: str
    factor_name: str
    sentence: str
    decibans: float
    strength: float
    probability: float
    without_it: float
    premises: tuple[Node, ...]
    instance: int
    also: str | None = None
    folded: Beneath | None = None


@dataclass(frozen=True, slots=True)
class FactorShare:
    """A factor's name, its mean net in decibans, and what its loss would leave.

    ``without_it`` is the probability with all its lines silenced; ``without_facts`` the one had nobody reported the
    facts that stand beneath this factor's lines alone.
    """

    factor: str
    name: str
    decibans: float
    without_it: float
    without_facts: float


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from nothing to a probability's log-odds: what it is, and how many decibans it adds."""

    name: str
    decibans: float


@dataclass(frozen=True, slots=True)
class Reliance:
    """Something a hypothesis rests on: the probability had nobody reported, or assumed, it.

    ``what`` is ``fact``, ``assumption`` or ``origin``, ``id`` the fact in the rule language or the origin's id;
    ``passes_on`` says that the origin is one through which others reached us, too, of whom this does not speak.
    """

    what: str
    id: str
    sentence: str
    without_it: float
    passes_on: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A hypothesis beneath an umbrella, with the lines that the umbrella lacks, and why it is a hypothesis at all.

    ``belonging`` says by what it belongs to the umbrella, where that is uncertain.
    """

    actor: str
    name: str
    probability: float
    lines: tuple[ChainLine, ...]
    listing: Node | None
    belonging: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Why a hypothesis stands where it stands.

    ``probability`` is the umbrella's where the actor is one. ``lines`` come by size of contribution, all
    alternatives. ``not_counted`` are sentences on reports that weigh nothing here and why; ``disputed`` on facts
    that are denied or have rivals, with who says so; ``assumed`` on what is only assumed, beneath a line or beneath
    that an actor is looked at at all. ``sum`` is the sentence that adds up the decibans, ``steps`` the same one by
    one: together they are the log-odds of the probability. ``members`` are the hypotheses beneath an umbrella.
    ``listing`` says why the actor is a hypothesis at all; lines only refer to it. ``rests_on`` are the facts and
    origins whose loss would move the probability by half a deciban or more, the largest move first; what nobody
    disputes is none of them. ``starts`` are the lines by which rules state where it begins, or ``other`` and
    ``nobody`` do, against whom it stands; their decibans are by how much they move that. ``uncounted`` is how many
    reported facts ``not_counted`` speaks of, ``not_counted_of_it`` what it says of those that name the actor or a
    member, all of it for whoever comes first in the first role; ``said_elsewhere`` how many facts are left to the
    chain of that one.
    """

    case: str
    role: str
    actor: str
    name: str
    headline: str
    probability: float
    words: str
    lines: tuple[ChainLine, ...]
    factors: tuple[FactorShare, ...]
    sum: str
    not_counted: tuple[str, ...]
    disputed: tuple[str, ...]
    assumed: tuple[str, ...]
    members: tuple[Member, ...] = ()
    listing: Node | None = None
    rests_on: tuple[Reliance, ...] = ()
    uncounted: int = 0
    not_counted_of_it: tuple[str, ...] = ()
    uncounted_of_it: int = 0
    said_elsewhere: int = 0
    steps: tuple[Step, ...] = ()
    starts: tuple[ChainLine, ...] = ()
