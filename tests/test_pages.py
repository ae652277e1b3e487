"""A page reads the same as text and as Markdown, at any width, and nothing in it is interpreted."""

from __future__ import annotations

import pytest

from reasoner.exchange.page import Bullet, Bullets, Column, Drawing, Heading, Page, Paragraph, Table, bullets
from reasoner.exchange.page_markdown import page_markdown
from reasoner.exchange.page_text import page_text

PAGE = Page(
    "Why not the Islamic State?",
    (
        Paragraph("It lacks two lines that the leader has."),
        Heading("Lines"),
        Table(
            (Column("Line"), Column("dB", "right"), Column("What fails")),
            (
                ("Means", "+9", "nobody reports that it possesses drone command and control"),
                ("Motive", "+4", ""),
            ),
        ),
        Bullets((Bullet("One fact would do", (Bullet("possesses(islamic_state, drones)"),)),)),
        Drawing(("10 %  █", "90 %  █████████")),
    ),
)


def test_text_lines_up_columns_and_wraps_the_last() -> None:
    """At 60 columns the last column wraps beneath itself, and nothing is cut."""
    assert page_text(PAGE, 60).split("\n") == [
        "Why not the Islamic State?",
        "",
        "It lacks two lines that the leader has.",
        "",
        "Lines",
        "  Line    dB  What fails",
        "  Means   +9  nobody reports that it possesses drone command",
        "              and control",
        "  Motive  +4",
        "",
        "  - One fact would do",
        "    - possesses(islamic_state, drones)",
        "",
        "10 %  █",
        "90 %  █████████",
    ]


def test_a_narrow_page_turns_a_table_into_a_list() -> None:
    """Where the columns do not fit, each row becomes a point with its cells beneath it, titled."""
    lines = page_text(PAGE, 36).split("\n")

    assert lines[lines.index("Lines") + 1 :][:6] == [
        "  - Line: Means",
        "    dB: +9",
        "    What fails: nobody reports that",
        "      it possesses drone command and",
        "      control",
        "  - Line: Motive",
    ]


def test_markdown_has_the_same_content() -> None:
    """The same page as Markdown: headings, a table, a nested list, a block of code."""
    shown = page_markdown(PAGE)

    assert shown.startswith("# Why not the Islamic State?\n")
    assert "| Line | dB | What fails |\n| --- | ---: | --- |\n| Means | \\+9 | nobody reports" in shown
    assert "- One fact would do\n  - possesses(islamic\\_state, drones)" in shown
    assert "    90 %  █████████" in shown


@pytest.mark.parametrize("text", ["a|b", "<script>x</script>", "# no heading", "- no point", "`code`", "[x](y)"])
def test_nothing_from_a_file_is_markdown(text: str) -> None:
    """Text that looks like markup comes out escaped, in every kind of block."""
    column = (Column(text),)
    blocks = (Heading(text), Paragraph(text), bullets([text]), Table(column, ((text,),)))
    lines = page_markdown(Page(text, blocks)).split("\n")

    assert not any(line.lstrip("#-| ").startswith(("<", "# ", "- ", "`", "[")) for line in lines)
    assert not any(f"{text}" == line for line in lines)
