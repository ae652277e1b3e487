"""What the background thread and the panes say to the app and the screens: values, no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from reasoner.evidence.loading import CaseSummary
    from reasoner.exchange.page import Page
    from reasoner.explanation.nodes import Chain
    from reasoner.explanation.querying import Answer, Query
    from reasoner.inquiry import Inquiry
    from reasoner.problems import Problem
    from tui.dossier import Dossier, Place
    from tui.left_out import Plain
    from tui.outline import Entry
    from tui.questions import Wanted


@dataclass
class CasesListed(Message):
    """The cases of the workspace."""

    run: int
    cases: tuple[CaseSummary, ...]


@dataclass
class CaseOpened(Message):
    """A case was read, grounded and weighed: its rankings are there."""

    run: int
    inquiry: Inquiry


@dataclass
class CaseSupposed(Message):
    """The open case under what the reader supposes: grounded where that matters, and weighed.

    How far to rely on the ranking is not found yet. ``dropped`` are the changes that no longer say anything of the
    case, each with why.
    """

    run: int
    inquiry: Inquiry
    dropped: tuple[tuple[str, str], ...] = ()


@dataclass
class ChainFound(Message):
    """The chain behind one hypothesis of one inquiry."""

    run: int
    inquiry: Inquiry
    chain: Chain
    plain: Plain | None = None


@dataclass
class BranchAsked(Message):
    """What stands beneath a statement is wanted, its ways from a place on."""

    atom: str
    start: int


@dataclass
class CountedAsked(Message):
    """All that an aggregate counts is wanted."""

    aggregate: str


@dataclass
class ReportChosen(Message):
    """The reader chose a source's report of a fact among the sources."""

    fact: str
    source: str


@dataclass
class Answered(Message):
    """A query's answers."""

    run: int
    query: Query


@dataclass
class PageFound(Message):
    """The answer to a tab's question."""

    run: int
    wanted: Wanted
    inquiry: Inquiry
    page: Page


@dataclass
class Found(Message):
    """What a screen asked for; the kind is the screen's id, a colon, and what was asked."""

    run: int
    kind: str
    value: object


@dataclass
class ElementChosen(Message):
    """Another element of the page that answers a question is chosen, or none."""


@runtime_checkable
class Asker(Protocol):
    """A screen that asks the background thread for things of its own."""

    def show_found(self, what: str, value: object) -> None:
        """Show what was found."""

    def show_refused(self, what: str, problems: tuple[Problem, ...]) -> None:
        """Say why it was not."""


@runtime_checkable
class Opening(Protocol):
    """A screen that cannot be typed into until what it shows is there."""

    @property
    def opening(self) -> bool:
        """Whether it is not there yet."""


@runtime_checkable
class Joining(Protocol):
    """A line that takes several, pasted at once, as several of what it takes."""

    def joined(self, lines: tuple[str, ...]) -> str:
        """All of them on one line."""


@runtime_checkable
class Saver(Protocol):
    """A screen that saves, and then closes or says why it does not."""

    @property
    def saving(self) -> bool:
        """Whether neither is known yet."""


@runtime_checkable
class Stoppable(Protocol):
    """A screen that says itself where something it asked for was stopped."""

    def show_stopped(self, what: str) -> None:
        """Say so."""


@runtime_checkable
class Holder(Protocol):
    """A screen that holds edits of files until they are saved."""

    def holds_edits(self) -> bool:
        """Whether leaving would lose edits."""

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Leave, once it is settled what becomes of them."""

    def files_changed(self) -> None:
        """Files changed on disk."""


@runtime_checkable
class Follower(Protocol):
    """A screen above the case screen that shows the open case, and follows it when files change."""

    def show(self, dossier: Dossier) -> None:
        """Show it as it is now."""


@dataclass
class Refused(Message):
    """A run of this kind could not be done, for problems in someone's input."""

    run: int
    kind: str
    problems: tuple[Problem, ...]


@dataclass
class FilesChanged(Message):
    """Rule or fact files changed on disk, appeared or went."""

    files: tuple[Path, ...]


@dataclass
class CaseChosen(Message):
    """The reader chose a case."""

    case: str


@dataclass
class ActorChosen(Message):
    """The reader chose a row of the ranking."""

    actor: str


@dataclass
class ChainAsked(Message):
    """The reasoning behind a hypothesis is wanted."""

    role: str
    actor: str


@dataclass
class PageAsked(Message):
    """The answer to a tab's question is wanted."""

    wanted: Wanted


@dataclass
class ChangesTyped(Message):
    """The reader typed what to suppose."""

    text: str


@dataclass
class QueryAsked(Message):
    """The reader asked a query."""

    text: str


@dataclass
class ProofAsked(Message):
    """What an answer to a query rests on is wanted."""

    query: Query
    answer: Answer


@dataclass
class EditAsked(Message):
    """The reader wants a place opened in an editor; None means the first problem's place."""

    place: Place | None


@dataclass
class EntryChosen(Message):
    """The reader chose a line of the chain; None where it is empty."""

    entry: Entry | None
