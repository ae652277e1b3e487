"""What is said beside a problem helps, and nothing is said that is not so."""

from __future__ import annotations

from pathlib import Path

from reasoner.problems import did_you_mean
from reasoner.proofreading import check_files
from tests.small_case import small_workspace


def test_a_word_in_other_letters_is_meant_however_short() -> None:
    """Ids may have one letter; a word that is merely short is no guess."""
    assert did_you_mean("B", ["a", "b"]) == "did you mean `b`?"
    assert did_you_mean("Afp", ["ap", "afp"]) == "did you mean `afp`?"
    assert did_you_mean("c", ["a", "b"]) is None


def test_a_file_that_cannot_be_read_is_not_said_to_have_no_rule(tmp_path: Path) -> None:
    """It has some; they are only not read."""
    workspace = small_workspace(tmp_path)
    path = workspace.rules / "small.dl"
    path.write_text(path.read_text("utf-8") + "\0\n", "utf-8")

    assert ["invisible control character (code 0x00)"] == [each.message for each in check_files(workspace)[1]]
