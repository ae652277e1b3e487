"""What the command palette finds: actions, cases, the hypotheses, facts, rules and sources of the open case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reasoner.assessment.words import percent
from reasoner.evidence.moments import written_date
from reasoner.exchange.rows import folded
from tui.actions import ACTIONS
from tui.finding import closeness
from tui.history import Spot
from tui.outline import atoms
from tui.plain import LABEL, plain, shown
from tui.questions import SOURCES, WHY

if TYPE_CHECKING:
    from tui.app import AscribeApp
    from tui.dossier import Dossier

MOST = 60
"""Things that are offered at once."""

UNLISTED = ("stop", "palette")

GOES_LAST = 0.02
"""How much each kind stands behind the one before where both match as well."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be found: what it is called, what it is, what choosing it does, and what else finds it."""

    name: str
    about: str
    do: Callable[[], object]
    kind: int = 0
    words: str = ""


class Finder(Provider):
    """Finds all of them."""

    things: tuple[Thing, ...] = ()

    async def startup(self) -> None:
        """Gather what there is to find."""
        app = cast("AscribeApp", self.app)
        of_the_case = tuple(_of_the_case(app, app.dossier)) if app.dossier else ()
        self.things = (*_actions(app, self.screen.id), *_cases(app), *of_the_case)

    async def discover(self) -> Hits:
        """Before anything is typed: what can be done here."""
        for thing in self.things:
            if thing.kind == 0:
                yield DiscoveryHit(_prompt(thing), thing.do, text=thing.name)

    async def search(self, query: str) -> Hits:
        """The closest first."""
        found = [(*closeness(query, thing.name, f"{thing.about} {thing.words}"), thing) for thing in self.things]
        close = sorted((each for each in found if each[0] > 0), key=lambda each: -each[0])[:MOST]
        for score, marks, thing in close:
            yield Hit(score - GOES_LAST * thing.kind, _prompt(thing, marks), thing.do, text=thing.name)


def _prompt(thing: Thing, marks: tuple[int, ...] = ()) -> Content:
    """The name over what it is; the letters found are underlined."""
    name = plain(thing.name, limit=LABEL)
    for mark in marks:
        name = name.stylize("underline", mark, mark + 1)
    return Content("\n").join([name, plain(thing.about, "dim", limit=LABEL)])


def _actions(app: AscribeApp, screen: str | None) -> Iterator[Thing]:
    for action in ACTIONS:
        if action.screen in (None, screen) and action.id not in UNLISTED:
            reason = app.why_not_now(action.id, beneath=app.screen)
            about = f"not now: {reason}" if reason else action.about
            yield Thing(action.title, f"{app.key_text(action)}  {about}", partial(app.action_perform, action.id))
    yield Thing("Theme", "Choose the colours", app.action_change_theme)


def _cases(app: AscribeApp) -> Iterator[Thing]:
    for case in app.case_screen.cases.cases:
        about = f"Case {case.id}" + (f", {written_date(case.date)}" if case.date else "")
        yield _thing(case.title, about, 1, app, Spot(case.id))


def _of_the_case(app: AscribeApp, dossier: Dossier) -> Iterator[Thing]:
    """Hypotheses of every question, facts, where each stands in the reasoning at hand, rules and sources."""
    for role, ranking in dossier.inquiry.standings.items():
        for row in folded(ranking):
            name, question = dossier.name(row.actor, role), dossier.question(role)
            wish = Spot(role=role, actor=row.actor, tab=WHY)
            yield _thing(name, f"Hypothesis, {percent(row.probability)}: {question}", 2, app, wish)
    chain = app.case_screen.chain.chain
    reasoned = atoms(chain) if chain else frozenset()
    for text, fact in dossier.facts.items():
        said = dossier.said(fact)
        words = " ".join(f"{report.source} {report.says or ''}" for report in fact.reports)
        yield _thing(said, f"Fact {text}", 3, app, Spot(screen="facts", entry=text), words)
        if chain and text in reasoned:
            yield _thing(said, f"In the reasoning about {chain.name}", 3, app, Spot(tab=WHY, entry=text))
    for rule in dossier.rules.values():
        about = f"Rule: {rule.sentence}" if rule.sentence else "Rule"
        yield _thing(rule.name, about, 4, app, Spot(screen="rules", entry=rule.name))
    for source in dossier.inquiry.base.sources.values():
        about = f"Source {source.id}, {source.reliability}: {dossier.grade_word(source.reliability)}"
        yield _thing(source.name, about, 5, app, Spot(tab=SOURCES, entry=source.id), source.about or "")


def _thing(name: str, about: str, kind: int, app: AscribeApp, wish: Spot, words: str = "") -> Thing:
    return Thing(shown(name, LABEL), shown(about, LABEL), partial(app.go_to, wish), kind, words)
