"""`ascribe missing` keeps its contract."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from reasoner.cli import cli
from reasoner.problems import InputError


def run(*arguments: str) -> str:
    """What the verb prints."""
    result = CliRunner().invoke(cli, ["missing", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_json_has_the_promised_fields() -> None:
    """A list of questions, each with a fact, its question and its bits."""
    found = json.loads(run("kadhimi_2021", "--json"))
    assert found["questions"]
    for question in found["questions"]:
        assert {"fact", "question", "bits"} <= question.keys()
        assert 0 < question["bits"] < found["entropy"]


def test_another_role_has_questions_of_its_own() -> None:
    """Who stood behind it is asked about otherwise than who did it."""
    assert "Did Iran give orders to Iran-backed groups in Iraq?" in run("kadhimi_2021", "--role", "sponsor")


def test_markdown_and_text_say_the_same() -> None:
    """Each question is a heading in either."""
    assert "## 1. " in run("kadhimi_2021", "--markdown")
    assert "\n1. " in run("kadhimi_2021")


def test_a_role_without_hypotheses_is_a_mistake() -> None:
    """It is named, with those that there are."""
    with pytest.raises(InputError, match="nobody is a candidate for the role `supplier`"):
        CliRunner().invoke(cli, ["missing", "kadhimi_2021", "--role", "supplier"], catch_exceptions=False)
