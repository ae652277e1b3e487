"""What the documentation shows is what happens."""

from __future__ import annotations

import re

import pytest

from tests.console_blocks import ROOT, Example, documents, examples, matches, output

EXAMPLES = [example for page in documents() for example in examples(page)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.file.name}: {example.command}")
def test_console_examples_print_what_they_show(example: Example) -> None:
    """Each command in the documentation prints what stands beneath it."""
    got = output(example.command)

    assert matches(example.expected, got), "\n".join(got)


def test_the_readme_shows_the_verbs() -> None:
    """The tour has console examples at all."""
    assert [example for example in EXAMPLES if example.file.name == "README.md"]


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link in the documentation leads to a file that exists."""
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in documents()
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert [] == broken
