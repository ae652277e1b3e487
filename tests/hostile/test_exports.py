"""What is given away obeys nothing either: text for a terminal, Markdown, JSON, CSV and a picture."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from reasoner.evidence.workspace import Workspace
from reasoner.exchange.matrix_data import matrix_csv
from reasoner.inquiry import open_case
from tests.hostile.hostile_case import hostile_base, hostile_file
from tests.hostile.run import Shell
from tests.hostile.walking import check
from tests.tui.stage import opened, play, press, settled
from tui.forms import FORMS
from tui.messages import CaseOpened
from tui.picture import self_contained
from tui.views import view_of

UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)
OBEYED = ("html_block", "html_inline", "link_open", "image", "code_inline", "fence")
"""What Markdown would make of a hostile text; ascribe's own pages have none of it, or else from no file."""


def kinds(markdown: str) -> set[str]:
    """What a reader of Markdown makes of a page, with the extensions that sites of reports have."""
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown)
    return {each.type for token in tokens for each in (token, *(token.children or ()))}


def test_every_form_of_a_hostile_case_is_harmless(workspace: Workspace) -> None:
    """The ranking with the chain and with the answers of tabs, in each form, and the matrix as CSV."""
    inquiry = open_case("harbour_2030", workspace)
    worse = replace(inquiry, facts_base=hostile_base(inquiry.facts_base))
    made = []

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            app.on_case_opened(CaseOpened(app.runs._newest["open"], worse))
            await settled(app, pilot)
            for tab in "12378":
                await press(app, pilot, tab)
                check(app)
                view = view_of(app)
                assert view is not None
                made.extend((form.suffix, form.made(view)) for form in FORMS if form.made)
            made.append((".svg", self_contained(app.export_screenshot(title="ascribe"))))

    play(journey())
    made.append((".csv", matrix_csv(worse.matrix("perpetrator"))))
    for suffix, text in made:
        found = UNSAFE.search(text.replace("\u200e", ""))
        assert found is None, (suffix, found)
        if suffix == ".md":
            assert not kinds(text) & set(OBEYED)
        elif suffix == ".json":
            assert "\x1b]2;PWNED" in json.dumps(json.loads(text), ensure_ascii=False).replace("\\u001b", "\x1b")
        elif suffix == ".svg":
            names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(text).iter()}
            assert names <= {"svg", "style", "defs", "clipPath", "rect", "text", "g", "circle", "line"}


@pytest.mark.parametrize("verb", ["matrix --csv", "why --json", "compare --markdown"])
def test_the_command_line_prints_a_hostile_file_harmlessly(verb: str, workspace: Workspace, shell: Shell) -> None:
    """What goes to standard output has nothing that a terminal would obey, or not show."""
    hostile_file(workspace.cases / "harbour_2030.yaml")
    name, *options = verb.split()
    of = ["harbour_2030", *(["red_brigade", "other"] if name == "compare" else [])]
    done = shell(name, *of, *options, "--facts", str(Path("facts")), "--rules", str(Path("rules")))

    assert 0 == done.code, done.err
    assert done.out
    assert UNSAFE.search(done.out) is None
