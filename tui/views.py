"""What is in front of the reader, as it can be given away: the same text, Markdown and JSON that the commands print.

Each screen that shows something of its own has a row in `VIEWS`. On any other, a dialog for instance, it is what
lies beneath.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reasoner.exchange.layout import wrapped
from reasoner.exchange.page import Page, Paragraph
from reasoner.exchange.plain_text import json_text
from tui.questions import BY_ID as QUESTIONS
from tui.questions import WHY, Wanted

if TYPE_CHECKING:
    from textual.screen import Screen

    from reasoner.explanation.nodes import Chain
    from reasoner.inquiry import Inquiry
    from tui.doing import Doing
    from tui.history import Asked

WIDTH = 100
"""Columns of an exported text."""

NOTHING = "There is nothing here to export yet."


@dataclass(frozen=True, slots=True)
class View:
    """Something that can be exported: what it is called, and its forms, each worked out when asked for.

    They are worked out on the background thread, so they touch no widget.
    """

    name: str
    title: str
    text: Callable[[], str]
    markdown: Callable[[], str]
    value: Callable[[], object]
    csv: Callable[[], str] | None = None

    def json(self) -> str:
        """Its value, as the commands print it."""
        return json_text(self.value()) + "\n"


def view_of(app: Doing) -> View | None:
    """What is in front, or nothing yet."""
    for screen in reversed(app.screen_stack):
        if made := VIEWS.get(screen.id or ""):
            return made(app, screen)
    return None


def why_no_view(app: Doing) -> str | None:
    """Why there is nothing to export, or None."""
    return NOTHING if view_of(app) is None else None


def _case(app: Doing, screen: Screen[object]) -> View | None:
    """The ranking, and beneath it what the tab shows."""
    shown, dossier = app.case_screen, app.dossier
    if dossier is None or not shown.actor:
        return None
    inquiry, keys, question = dossier.inquiry, app.keys, QUESTIONS.get(shown.tabs.active)
    if shown.proof:
        return _said_first(_proof(inquiry, shown.proof), inquiry)
    ranking = _ranking(inquiry, app.as_of)
    wanted = Wanted(shown.tabs.active, shown.role, shown.asked_about)
    parts = [inquiry.base.case.id, wanted.role, wanted.tab.replace("_", "-")]
    if question is None:
        return _both("-".join([*parts, wanted.actor]), "the ranking, and why", ranking, _why(inquiry, wanted))
    page = shown.answer.page if shown.answering else None
    beneath = _page(wanted.tab, lambda: page or wanted.page(inquiry, keys), lambda: wanted.value(inquiry))
    if wanted.tab == "matrix":
        beneath = replace(beneath, csv=lambda: _matrix_csv(inquiry, wanted.role))
    name = "-".join([*parts, wanted.actor] if question.of_actor else parts)
    return _both(name, f"the ranking, and “{question.title}”", ranking, beneath)


def _matrix_csv(inquiry: Inquiry, role: str) -> str:
    from reasoner.exchange.matrix_data import matrix_csv

    return matrix_csv(inquiry.matrix(role))


def _both(name: str, title: str, first: View, second: View) -> View:
    """Two things, one beneath the other."""
    return View(
        name,
        title,
        lambda: f"{first.text()}\n\n{second.text()}",
        lambda: f"{first.markdown()}\n{second.markdown()}",
        lambda: {first.name: first.value(), second.name: second.value()},
        second.csv,
    )


def _ranking(inquiry: Inquiry, as_of: str | None) -> View:
    """What `ascribe rank` prints, after what is supposed, where that is anything."""
    from reasoner.exchange.page_markdown import page_markdown
    from reasoner.exchange.ranking_json import rankings_json
    from reasoner.exchange.ranking_page import ranking_page
    from reasoner.exchange.ranking_text import rankings_text

    found, supposed = inquiry.assessment, _supposed(inquiry)

    def page() -> Page:
        made = ranking_page(found)
        return replace(made, blocks=(Paragraph(_only(supposed)), *made.blocks)) if supposed else made

    ranking = View(
        "rank",
        "the ranking",
        lambda: rankings_text(found, WIDTH),
        lambda: page_markdown(page()),
        lambda: rankings_json(inquiry.base.case.id, as_of, found.worlds, found.rankings),
    )
    return replace(_said_first(ranking, inquiry), markdown=ranking.markdown)  # a page says it beneath its title


def _why(inquiry: Inquiry, wanted: Wanted) -> View:
    from reasoner.exchange.chain_json import chain_json
    from reasoner.exchange.chain_markdown import chain_markdown
    from reasoner.exchange.chain_text import chain_text
    from reasoner.explanation.folding import folded

    def found() -> Chain:
        return inquiry.why(wanted.actor, wanted.role)

    return View(
        WHY,
        "why",
        lambda: chain_text(folded(found()), WIDTH),
        lambda: chain_markdown(folded(found())),
        lambda: chain_json(found()),
    )


def _proof(inquiry: Inquiry, asked: Asked) -> View:
    """What an answer to a query rests on."""
    from reasoner.exchange.chain_json import node_json
    from reasoner.exchange.chain_markdown import node_markdown
    from reasoner.exchange.chain_text import node_lines
    from reasoner.explanation.nodes import Node

    def found() -> Node:
        node = inquiry.asked(asked.text).proof(dict(asked.bindings))
        assert node is not None
        return node

    return View(
        f"{inquiry.base.case.id}-query-why",
        "what the answer rests on",
        lambda: "\n".join(node_lines(found(), 0, WIDTH)),
        lambda: node_markdown(found()),
        lambda: {"query": asked.text, "why": node_json(found())},
    )


def _said_first(view: View, inquiry: Inquiry) -> View:
    """A view that says first what is supposed, where that is anything; its value must be an object."""
    from reasoner.exchange.chain_markdown import escaped

    supposed = _supposed(inquiry)
    said = _only(supposed)
    if not supposed:
        return view

    def value() -> object:
        made = view.value()
        assert isinstance(made, dict)
        return made | {"supposed": supposed}

    return replace(
        view,
        text=lambda: "\n".join([*wrapped(said, "", "", WIDTH), "", view.text()]),
        markdown=lambda: f"{escaped(said)}\n\n{view.markdown()}",
        value=value,
    )


def _supposed(inquiry: Inquiry) -> tuple[str, ...]:
    return tuple(inquiry.changes.lines()) if inquiry.plain else ()


def _only(supposed: Iterable[str]) -> str:
    return f"Only supposed: {'; '.join(supposed)}."


def _page(name: str, page: Callable[[], Page], value: Callable[[], object], title: str = "") -> View:
    """Anything that is a page."""
    from reasoner.exchange.page_markdown import page_markdown
    from reasoner.exchange.page_text import page_text

    return View(name, title, lambda: page_text(page(), WIDTH), lambda: page_markdown(page()), value)


def _query(app: Doing, screen: Screen[object]) -> View | None:
    """The answers to the last query."""
    from reasoner.exchange.query_text import answers_csv, answers_json, answers_page
    from tui.screens.query import QueryScreen

    if app.dossier is None or not isinstance(screen, QueryScreen) or screen.answered is None:
        return None
    query = screen.answered
    name = f"{app.dossier.inquiry.base.case.id}-query"
    made = _page(
        name, lambda: answers_page(query.text, query.answers), lambda: answers_json(query.answers), "the answers"
    )
    return _said_first(replace(made, csv=lambda: answers_csv(query.answers)), app.dossier.inquiry)


def _rules(app: Doing, screen: Screen[object]) -> View | None:
    """All rules, file by file."""
    from reasoner.exchange.rules_page import rules_json, rules_page

    if app.dossier is None:
        return None
    program, folder = app.dossier.inquiry.program, app.workspace.rules
    return _page("rules", lambda: rules_page(program, folder), lambda: rules_json(program, folder), "the rules")


def _facts(app: Doing, screen: Screen[object]) -> View | None:
    """The facts that are listed."""
    from tui.facts_view import facts_json, facts_page
    from tui.screens.facts import FactsScreen

    if not isinstance(screen, FactsScreen) or not screen.found:
        return None
    rows, found_by, dossier = screen.found, screen.wanted, screen.dossier
    name = f"{dossier.inquiry.base.case.id}-facts"
    made = _page(
        name, lambda: facts_page(rows, found_by, dossier), lambda: facts_json(rows, found_by, dossier), "the facts"
    )
    return _said_first(made, dossier.inquiry)


def _problems(app: Doing, screen: Screen[object]) -> View | None:
    """Everything that is wrong in the files."""
    from reasoner.exchange.problems_json import problems_json
    from reasoner.exchange.problems_page import problems_page

    problems = app.found_problems
    return _page("problems", lambda: problems_page(problems), lambda: problems_json(problems), "the problems")


VIEWS: Mapping[str, Callable[[Doing, Screen[object]], View | None]] = {
    "case": _case,
    "query": _query,
    "rules": _rules,
    "facts": _facts,
    "problems-screen": _problems,
}
"""Screen → what it shows, as it can be given away; None where that is nothing yet."""
