"""What docs/facts.md shows is what happens."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
import yaml

from reasoner.documents import parse_yaml
from reasoner.evidence.checking import check_facts
from reasoner.evidence.loading import Workspace, load_base
from reasoner.language.vocabulary_files import load_vocabulary
from reasoner.problems import render_all
from tests.evidence.desk import ROOT, SCALES

PAGE = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(yaml|text)\n(.*?)```", PAGE, re.DOTALL)
WHOLE = BLOCKS[0][1]
PARTS = [text for kind, text in BLOCKS[1:] if kind == "yaml" and not text.startswith("# facts/")]
MISTAKES = [(text, said) for (_, text), (kind, said) in itertools.pairwise(BLOCKS) if kind == "text"]
VOCABULARY = load_vocabulary(ROOT / "rules" / "vocabulary.yaml")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with the shipped rules and no facts, which is also the current folder."""
    (tmp_path / "facts" / "cases").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return Workspace(ROOT / "rules", tmp_path / "facts", writable=True)


def test_the_whole_case_is_right(own: Workspace) -> None:
    """The case on the page passes check as it is written."""
    (own.cases / "harbour_2024.yaml").write_text(WHOLE, encoding="utf-8")

    assert check_facts(own, VOCABULARY, SCALES) == ()
    assert load_base(own, "harbour_2024", VOCABULARY, SCALES).case.place == "The port, Exampleland"


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_every_part_fits_into_the_case(own: Workspace, part: int) -> None:
    """Each example adds to the case without a problem."""
    case, more = parse_yaml(WHOLE, "whole").value, parse_yaml(PARTS[part], "part").value
    case["sources"].update(more.get("sources", {}))
    case["facts"] += more.get("facts", [])
    (own.cases / "harbour_2024.yaml").write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")

    assert render_all(check_facts(own, VOCABULARY, SCALES)) == "0 problems."


@pytest.mark.parametrize("mistake", range(len(MISTAKES)))
def test_every_mistake_says_what_the_page_says(own: Workspace, mistake: int) -> None:
    """The messages on the page are the real ones."""
    text, said = MISTAKES[mistake]
    (own.cases / "pier_2024.yaml").write_text(text, encoding="utf-8")

    assert render_all(check_facts(own, VOCABULARY, SCALES)) + "\n" == said


def test_the_grade_words_are_those_of_the_scales() -> None:
    """The table of grades has the wording that the program shows."""
    for grade, words in SCALES.grade_words.items():
        assert f"| {grade} | {words} |" in PAGE


def test_the_page_has_its_examples() -> None:
    """There are parts and mistakes to test at all."""
    assert len(PARTS) >= 5
    assert len(MISTAKES) >= 2
