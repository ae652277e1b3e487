"""Where files live: finding, making and filling a workspace, and saving without loss."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from reasoner.evidence.checking import check_facts
from reasoner.evidence.loading import Workspace, find_workspace, init_workspace, load_base
from reasoner.evidence.saving import fingerprint, save
from reasoner.evidence.template import copy_case, new_case
from reasoner.language.vocabulary_files import load_vocabulary
from reasoner.problems import InputError
from tests.evidence.desk import ROOT, SCALES
from tests.shipped import CASES


def message(error: pytest.ExceptionInfo[InputError]) -> str:
    return error.value.problems[0].message


def test_a_workspace_is_found_from_inside_it(tmp_path: Path) -> None:
    """From any folder in a workspace, its rules and facts are used, and it is writable."""
    for name in ("rules", "facts/cases"):
        (tmp_path / name).mkdir(parents=True)

    assert Workspace(tmp_path / "rules", tmp_path / "facts", True) == find_workspace(tmp_path / "facts" / "cases")


def test_elsewhere_the_shipped_rules_and_facts_are_read_only(tmp_path: Path) -> None:
    """Outside any workspace the shipped ones are used, and not written to."""
    found = find_workspace(tmp_path)

    assert (found.rules, found.facts, found.writable) == (ROOT / "rules", ROOT / "facts", False)
    with pytest.raises(InputError) as caught:
        new_case(found, "harbour_2024")
    assert message(caught) == "the shipped cases are read-only"


def test_a_workspace_is_not_looked_for_above_a_repository(tmp_path: Path) -> None:
    """The search ends at a folder under version control."""
    for name in ("rules", "facts", "project/.git", "project/deep"):
        (tmp_path / name).mkdir(parents=True)

    assert not find_workspace(tmp_path / "project" / "deep").writable


def test_folders_given_replace_those_found(tmp_path: Path) -> None:
    """`--facts` and `--rules` replace one each; a folder that is not there is a problem."""
    (tmp_path / "mine").mkdir()
    found = find_workspace(tmp_path, facts=tmp_path / "mine")

    assert (ROOT / "rules", tmp_path / "mine", True) == (found.rules, found.facts, found.writable)
    with pytest.raises(InputError) as caught:
        find_workspace(tmp_path, rules=tmp_path / "none")
    assert "there is no folder" in message(caught)


def test_a_new_workspace_is_a_copy_and_never_overwrites(tmp_path: Path) -> None:
    """The shipped rules and facts are copied whole; what is there already is left as it is."""
    made = init_workspace(tmp_path / "desk")

    copied = sorted(str(path.relative_to(made.rules)) for path in made.rules.rglob("*") if path.is_file())
    shipped = sorted(str(path.relative_to(ROOT / "rules")) for path in (ROOT / "rules").rglob("*") if path.is_file())
    assert shipped == copied
    assert made == find_workspace(tmp_path / "desk")
    assert sorted(os.listdir(tmp_path / "desk")) == ["facts", "rules"]
    with pytest.raises(InputError) as caught:
        init_workspace(tmp_path / "desk")
    assert "exists already" in message(caught)


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    """A workspace without cases and background, that uses the shipped rules."""
    (tmp_path / "facts").mkdir()
    return Workspace(ROOT / "rules", tmp_path / "facts", writable=True)


def test_a_new_case_passes_check_as_it_is(own: Workspace) -> None:
    """The commented case file is right as it stands, and can be read at once."""
    new_case(own, "harbour_2024")
    vocabulary = load_vocabulary(ROOT / "rules" / "vocabulary.yaml")

    assert check_facts(own, vocabulary, SCALES) == ()
    assert load_base(own, "harbour_2024", vocabulary, SCALES).case.id == "harbour_2024"


def test_every_example_in_a_new_case_is_right(own: Workspace) -> None:
    """With the # removed from every example line, the file passes as well."""
    path = new_case(own, "harbour_2024")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^#(?=  )", "", text), encoding="utf-8")
    vocabulary = load_vocabulary(ROOT / "rules" / "vocabulary.yaml")

    assert check_facts(own, vocabulary, SCALES) == ()
    base = load_base(own, path.stem, vocabulary, SCALES)
    assert {
        basis: sum(fact.basis == basis for fact in base.facts.values()) for basis in ("reported", "given", "assumed")
    } == {"reported": 4, "given": 3, "assumed": 1}


def test_the_id_of_an_entity_is_refused(own: Workspace) -> None:
    """A case called like a state or group would be taken for it: no file is written, and checking one says so."""
    folder = own.facts / "background"
    folder.mkdir()
    (folder / "states.yaml").write_text("entities: {iran: {name: Iran, kind: state}}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        new_case(own, "iran")
    said = "`iran` cannot be the id of a case: it is that of Iran"

    assert [said] == [problem.message for problem in caught.value.problems]
    assert not (own.cases / "iran.yaml").exists()
    own.cases.mkdir()
    (own.cases / "iran.yaml").write_text("case: iran\ntitle: A trap\n", encoding="utf-8")
    problems = check_facts(own, load_vocabulary(ROOT / "rules" / "vocabulary.yaml"), SCALES)
    assert said in {problem.message for problem in problems}


@pytest.mark.parametrize("case", ["Harbour", "har bour", "../harbour", "", "2024", "not"])
def test_a_case_id_that_rules_could_not_name_is_refused(own: Workspace, case: str) -> None:
    """Ids are symbols of the rule language; nothing else becomes a file."""
    with pytest.raises(InputError) as caught:
        new_case(own, case)

    assert "cannot be the id of a case" in message(caught)


@pytest.mark.parametrize("case", ["other", "nobody"])
def test_no_case_takes_the_name_of_a_hypothesis(own: Workspace, case: str) -> None:
    """`other` and `nobody` are in every ranking, so that no case can be called so; nothing is written."""
    with pytest.raises(InputError) as caught:
        new_case(own, case)

    assert message(caught) == f"`{case}` is reserved: it is a hypothesis of its own"
    assert not own.cases.exists()

    own.cases.mkdir()
    (own.cases / f"{case}.yaml").write_text(f"case: {case}\ntitle: By hand\n", encoding="utf-8")
    assert [problem.word for problem in check_facts(own, load_vocabulary(own.rules / "vocabulary.yaml"), SCALES)] == [
        "reserved-id"
    ]


def test_a_new_case_never_overwrites(own: Workspace) -> None:
    """A case that exists stays as it is."""
    path = new_case(own, "harbour_2024")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        new_case(own, "harbour_2024")

    assert "exists already" in message(caught)
    assert path.read_text(encoding="utf-8") == "mine"


def test_saving_replaces_the_whole_file(tmp_path: Path) -> None:
    """A save leaves the new text, the file's mode, and nothing else in the folder."""
    path = tmp_path / "case.yaml"
    first = save(path, "one\n", None)
    path.chmod(0o600)
    save(path, "two\n", first)

    assert path.read_text(encoding="utf-8") == "two\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["case.yaml"]


def test_somebody_elses_change_is_never_overwritten(tmp_path: Path) -> None:
    """A file that changed since it was read is left alone, and the save says so."""
    path = tmp_path / "case.yaml"
    read = save(path, "one\n", None)
    path.write_text("theirs\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        save(path, "mine\n", read)

    assert "changed since it was read" in message(caught)
    assert path.read_text(encoding="utf-8") == "theirs\n"
    assert os.listdir(tmp_path) == ["case.yaml"]


def test_a_failed_save_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, the old file stays whole and no scrap is left."""
    path = tmp_path / "case.yaml"
    read = save(path, "one\n", None)
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError) as caught:
        save(path, "two\n", read)

    assert "No space left on device" in message(caught)
    assert read == fingerprint(path)
    assert os.listdir(tmp_path) == ["case.yaml"]


@pytest.mark.parametrize("of", CASES)
def test_a_copy_of_a_case_passes_check(tmp_path: Path, of: str) -> None:
    """A copy has its own id wherever that of the first one stood, and is right as it stands; the first stays."""
    desk = init_workspace(tmp_path / "desk")
    first = (desk.cases / f"{of}.yaml").read_bytes()
    path = copy_case(desk, of, "copied_2024")
    vocabulary = load_vocabulary(ROOT / "rules" / "vocabulary.yaml")

    assert f"case: {of}" not in path.read_text(encoding="utf-8")
    assert () == check_facts(desk, vocabulary, SCALES, [path])
    assert first == (desk.cases / f"{of}.yaml").read_bytes()
    with pytest.raises(InputError) as caught:
        copy_case(desk, of, "copied_2024")
    assert "exists already" in message(caught)
