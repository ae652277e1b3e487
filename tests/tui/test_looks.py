"""However it looks, it says the same: in other themes, without colour, without motion, in every script."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.color import Color
from textual.widgets import Input

from reasoner.evidence.workspace import Workspace
from tests.tui.stage import NAMES, SIZES, opened, play, press, screen, settled
from tests.tui.terminal import ascribe
from tui.app import AscribeApp
from tui.colours import editor_theme
from tui.direction import MARK, kept_in_place
from tui.looks import LOOKS

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


def test_every_look_says_the_same(workspace: Workspace) -> None:
    """One key goes through dark, light and the terminal's own colours, and nothing but the colours changes."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            before, looks = screen(app), []
            for _ in LOOKS:
                looks.append((app.theme, app.current_theme.dark))
                await press(app, pilot, "f2")
                assert screen(app) == before
            assert [name for name, _ in looks] == list(LOOKS)
            assert [dark for _, dark in looks] == [True, False, True, False]
            assert app.theme == LOOKS[0]

    play(journey())


def drawn(app: AscribeApp) -> list[tuple[str, Style]]:
    """Each piece of what is drawn, with its style."""
    return [
        (segment.text, segment.style or Style())
        for strip in app.screen._compositor.render_strips()
        for segment in strip
    ]


def contrast(colour: Color, ground: Color) -> float:
    """How far two colours stand apart, from 1 to 21 (WCAG 2, contrast ratio)."""

    def light(of: Color) -> float:
        shares = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (of.r / 255, of.g / 255, of.b / 255)
        ]
        return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]

    dark, bright = sorted((light(colour), light(ground)))
    return (bright + 0.05) / (dark + 0.05)


def test_colours_of_rules_can_be_read_on_dark_and_on_light(workspace: Workspace) -> None:
    """Each class of token stands out from the ground, by at least 3:1, which WCAG asks of large text."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            for look in ("textual-dark", "textual-light"):
                app.theme = look
                await pilot.pause()
                styles = editor_theme(app.theme_variables).syntax_styles
                ground = Color.parse(app.theme_variables["background"])
                for style in styles.values():
                    assert style.color is None or contrast(Color.from_rich_color(style.color), ground) >= 3, style

    play(journey())


TOLD_APART = (
    (("down",), "a member not named"),
    (("up", "enter"), "Own words."),
    (("3",), "3 Compare"),
    (("1", "escape", "c"), "harbour_2030"),
    (("escape", "f"), "given"),
    (("escape", "r", "down"), "claims it"),
    (("escape", "x"), "Text"),
    (("escape", "question_mark"), "Why"),
)
"""Keys, and what must stand out after them: where the cursor is, or what is chosen."""


def test_without_colour_all_is_told_by_words_and_signs(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR nothing is coloured, and what is chosen stands out on every screen."""
    monkeypatch.setenv("NO_COLOR", "1")

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            assert app.no_color
            for keys, chosen in TOLD_APART:
                await press(app, pilot, *keys)
                pieces = drawn(app)
                colours = [colour for _, style in pieces for colour in (style.color, style.bgcolor) if colour]
                assert all(colour.is_default for colour in colours)
                standing_out = "".join(text for text, style in pieces if style.reverse or style.underline)
                assert chosen in standing_out, (keys, standing_out)
            for keys in (("escape", "colon"), ("escape", "r", "down", "enter"), ("escape", "escape", "f", "enter")):
                await press(app, pilot, *keys)
                assert any(style.reverse and len(text) == 1 for text, style in drawn(app)), f"{keys}: no cursor"

    play(journey())


def test_without_colour_no_colour_is_written(workspace: Workspace) -> None:
    """With NO_COLOR the terminal is sent no colour at all, only what is bold, dim, underlined or reversed."""
    with ascribe(workspace.rules.parent, (80, 24), NO_COLOR="1") as terminal:
        terminal.wait_for("Verdict")
        terminal.read(0.3)
        codes = re.findall(rb"\x1b\[([0-9;:]*)m", terminal.written)
        numbers = {int(number) for code in codes for number in re.split(rb"[;:]", code) if number}
        assert numbers <= {*range(10), *range(21, 30), 39, 49}


def test_nothing_moves_where_that_is_asked_for(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without animations no cursor blinks; otherwise it does."""

    async def journey() -> None:
        for level, blinks in (("full", True), ("none", False)):
            async with opened(workspace) as (app, pilot):
                app.animation_level = level  # what TEXTUAL_ANIMATIONS sets
                await press(app, pilot, "colon")
                assert app.screen.query_one(Input).cursor_blink is blinks

    play(journey())


NAMES_OF = {
    "Red Brigade": "赤い旅団😀の長い長い名前、とても長い長い名前です",
    "Free Harbour Movement": "حركة الميناء الحر 2030",
    "Northern League groups": "קבוצות הליגה הצפונית",
}


@both_sizes
def test_columns_stay_in_line_in_every_script(workspace: Workspace, size: tuple[int, int]) -> None:
    """Wide characters and words from right to left push no column out of line, and no line out of the screen."""
    path = workspace.cases / "harbour_2030.yaml"
    text = path.read_text(encoding="utf-8")
    for name, other in NAMES_OF.items():
        text = text.replace(name, other)
    path.write_text(text, encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "down")
            for keys in ((), ("enter", "asterisk"), ("7",), ("escape", "f"), ("escape", "colon")):
                await press(app, pilot, *keys)
                assert {size[0]} == {cell_len(line) for line in screen(app).split("\n")}
            app.screen.query_one(Input).value = "possesses(A, W)"
            await press(app, pilot, "enter", "escape")
            await settled(app, pilot)
            shown = [line for line in screen(app).split("\n") if " %" in line and "(" in line]
            assert 1 == len({cell_len(line[: line.index(" %")].replace(MARK, "")) for line in shown[:3]})

    play(journey())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain 62 %", "plain 62 %"),
        ("漢字 62 %", "漢字 62 %"),
        ("العربية  62 %", "<العربية>  62 %"),
        ("├ قوات بدر │ ألف", "├ <قوات بدر> │ <ألف>"),
        ("of 5 שנים: 7", "of 5 <שנים>: 7"),
        ("قوة 25 (بدر)", "<قوة 25 (بدر>)"),
    ],
)
def test_words_from_right_to_left_stay_in_place(text: str, kept: str) -> None:
    """Each run stands between marks, so that numbers and borders beside it keep their side (UAX #9)."""
    assert kept.replace("<", MARK).replace(">", MARK) == kept_in_place(text)
