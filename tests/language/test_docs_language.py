"""The examples of docs/language.md are rules that pass every check, or show exactly what is said about them."""

from __future__ import annotations

import re
from pathlib import Path

import clingo
import pytest

from reasoner.language.checking import build_program
from reasoner.language.printer import format_text
from reasoner.language.vocabulary_files import load_scales, load_vocabulary
from reasoner.problems import InputError, render_all

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "language.md"
_EXAMPLE = re.compile(r"```prolog\n(.*?)```", re.DOTALL)
_ERROR = re.compile(r"(```prolog error\n(.*?)```\n\n```text\n)(.*?)```", re.DOTALL)

TEXT = PAGE.read_text("utf-8")


def shown(text: str) -> str:
    """What is said about a rule file with this text."""
    vocabulary, scales = load_vocabulary(ROOT / "rules/vocabulary.yaml"), load_scales(ROOT / "rules/scales.yaml")
    try:
        build_program({"rules/example.dl": text}, vocabulary, scales)
    except InputError as error:
        return render_all(error.problems)
    return ""


@pytest.mark.parametrize("text", _EXAMPLE.findall(TEXT))
def test_an_example_passes_every_check_in_canonical_layout_and_loads_in_clingo(text: str) -> None:
    assert "" == shown(text)
    assert text == format_text(text, "example.dl")
    control = clingo.Control()
    control.add("base", [], text)
    control.ground([("base", [])])


@pytest.mark.parametrize(("text", "output"), [(text, output) for _, text, output in _ERROR.findall(TEXT)])
def test_an_error_example_shows_what_is_said(text: str, output: str) -> None:
    assert output.rstrip("\n") == shown(text)


def test_there_are_examples_of_both_kinds() -> None:
    assert len(_EXAMPLE.findall(TEXT)) > 4
    assert len(_ERROR.findall(TEXT)) > 1


if __name__ == "__main__":
    PAGE.write_text(_ERROR.sub(lambda found: f"{found[1]}{shown(found[2])}\n```", TEXT), "utf-8")
