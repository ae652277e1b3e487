"""Mistakes in vocabulary.yaml and scales.yaml are shown at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.language.vocabulary_files import load_scales, load_vocabulary
from reasoner.problems import InputError
from tests.evidence.desk import ROOT, VOCABULARY

SCALES = (ROOT / "rules" / "scales.yaml").read_text(encoding="utf-8")
ADDED = '  hits: {arguments: {actor: Actor}, sentence: "{actor} hits"}\n'


def told(load, path: Path, text: str) -> list[tuple[str, str | None]]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    return [(problem.message, problem.hint) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{actor} hits", "{actr} hits", ("`{actr}` names no argument", "did you mean `actor`?")),
        ("{actor} hits", "{actor hits", ("a brace in `sentence` has no partner", None)),
        ("actor: Actor", "actor: Acter", ("unknown argument type `Acter`", "did you mean `Actor`?")),
        ("  hits:", "  supports:", ("`supports` is what rules conclude; facts cannot state it", None)),
        (
            "  hits:",
            "  Hits:",
            ("`Hits` cannot be a name", "names start with a small letter and go on with letters, digits and _"),
        ),
        ('"{actor} hits"', "17", ("`sentence` must be text, not the number 17", "put quotes around it")),
        ("sentence:", "sentense:", ("unknown key `sentense`", "did you mean `sentence`?")),
        (
            "sentence:",
            "plantable: true, sentence:",
            (
                "`plantable` must be `easily`, not true",
                "`plantable` is `easily`, for evidence that others can plant or stage at little cost",
            ),
        ),
        (
            "sentence:",
            "weightless: so it is, plantable: easily, sentence:",
            ("`hits` is no evidence, so it cannot be planted as such", "leave out `plantable` or `weightless`"),
        ),
    ],
)
def test_a_mistake_in_the_vocabulary_is_told(tmp_path: Path, old: str, new: str, message) -> None:
    """Templates name arguments, types exist, and what rules conclude is no fact."""
    assert message in told(load_vocabulary, tmp_path / "vocabulary.yaml", VOCABULARY + ADDED.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2: 0.88", "2: 1.88", "`2` must be less than 1, not 1.88"),
        (", F: 0.4", "", "`letters` lacks F"),
        ("weak: 5", "weak: 61", "`weak` must be at most 60, not 61"),
        ("exclusion: -60", "exclusion: 60", "`exclusion` must be less than 0, not 60"),
        ("perpetrator:", "culprit:", "the role `perpetrator` is missing"),
    ],
)
def test_a_mistake_in_the_scales_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Grades are complete, probabilities and strengths within bounds, and there is a perpetrator."""
    assert old in SCALES
    said = [text for text, _ in told(load_scales, tmp_path / "scales.yaml", SCALES.replace(old, new))]

    assert message in said


def test_the_kind_predicate_is_always_there(tmp_path: Path) -> None:
    """`is_a` follows from kinds, so a vocabulary need not declare it."""
    (tmp_path / "v.yaml").write_text(VOCABULARY, encoding="utf-8")

    assert load_vocabulary(tmp_path / "v.yaml").predicates["is_a"].arity == 2


def test_what_is_easily_planted_is_read(tmp_path: Path) -> None:
    """A predicate is plantable where the vocabulary says easily, and only there."""
    added = ADDED.replace("sentence:", "plantable: easily, sentence:") + ADDED.replace("hits:", "misses:")
    (tmp_path / "v.yaml").write_text(VOCABULARY + added, encoding="utf-8")

    predicates = load_vocabulary(tmp_path / "v.yaml").predicates

    assert predicates["hits"].plantable
    assert not predicates["misses"].plantable


@pytest.mark.parametrize("load", [load_vocabulary, load_scales])
def test_an_empty_file_of_the_rules_is_no_case_to_fill_in(tmp_path: Path, load) -> None:
    """What helps with an empty case file is not said of another file."""
    assert told(load, tmp_path / "empty.yaml", "# nothing\n") == [("this file is empty", None)]
