"""A hostile case in a real browser: text is drawn in a terminal, and no more."""

from __future__ import annotations

from reasoner.evidence.workspace import Workspace
from tests.hostile.hostile_case import MARKUP, hostile_file, hostile_rules
from tests.hostile.test_terminal import CONTROL, DRAWING
from tests.tui.serving.served import serving
from tests.tui.serving.test_browser import Visit, chromium

ELEMENTS = "() => [...document.querySelectorAll('a[href], img, iframe, script:not([src])')].map(each => each.outerHTML)"


def test_a_hostile_case_is_only_drawn(workspace: Workspace) -> None:
    """No title, dialog, window, link, image or script comes of a case's text, and only what draws is sent."""
    hostile_file(workspace.cases / "harbour_2030.yaml")
    hostile_rules(workspace.rules / "harbour.dl", " ".join(MARKUP[:3]))
    with serving(workspace.rules.parent) as server, chromium() as browser:
        visit = Visit(browser, server.address)
        dialogs: list[str] = []
        visit.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        visit.wait_for("Hypothesis")
        visit.wait_for("Why Red Brigade")
        title, elements = visit.page.title(), visit.page.evaluate(ELEMENTS)
        for keys, word in (
            (("Enter", "*"), "Open all"),
            (("7",), "Matrix"),
            (("f",), "Facts:"),
            (("Escape", ":"), "Query"),
        ):
            visit.wait_for(word, visit.press(*keys))
        visit.page.wait_for_timeout(200)

        assert (title, elements) == (visit.page.title(), visit.page.evaluate(ELEMENTS))
        assert "PWNED" not in title
        assert [] == dialogs
        assert [] == visit.wrong
        assert 1 == len(browser.contexts[0].pages)
        text = DRAWING.sub("", visit.drawn.decode("utf-8", "ignore"))
        assert CONTROL.search(_packets(text)) is None


def _packets(text: str) -> str:
    """What is sent, without the lengths before each piece of it."""
    return text
