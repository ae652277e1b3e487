"""The rules of a workspace with what they are checked against, read once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reasoner.documents import read_text, shown_path
from reasoner.evidence.workspace import Workspace
from reasoner.language.program import Program
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import InputError, Problem
from reasoner.storage.store import fingerprint_of, kept


@dataclass(frozen=True, slots=True)
class RuleBase:
    """The rules of a workspace with what they are checked against."""

    program: Program
    vocabulary: Vocabulary
    scales: Scales


def rule_files(workspace: Workspace) -> tuple[Path, ...]:
    """The rule files of a workspace, in order of their names, without hidden ones such as an editor's locks."""
    found = workspace.rules.rglob("*.dl")
    return tuple(sorted(path for path in found if not path.name.startswith(".")))


def load_rules(workspace: Workspace) -> RuleBase:
    """Read and check the rule base, or recall it from when these very files were last read.

    Raises:
        InputError: with every problem of every rule file.
    """
    program = kept(
        f"rules {_as_shown(workspace)}",
        lambda: fingerprint_of((*_table_files(workspace), *rule_files(workspace))),
        lambda: _read_rules(workspace),
        Program,
    )
    return RuleBase(program, program.vocabulary, program.scales)


def _as_shown(workspace: Workspace) -> str:
    return f"of {workspace.rules.resolve()}, shown as {shown_path(workspace.rules)}"


def _read_rules(workspace: Workspace) -> Program:
    return drafted_rules(workspace, {}).program


def drafted_rules(workspace: Workspace, drafts: Mapping[Path, str]) -> RuleBase:
    """The rule base as it would be with these texts in place of what the files hold; nothing is kept or written.

    Raises:
        InputError: with every problem of every rule file.
    """
    from reasoner.language.checking import build_program

    known = tables(workspace)
    program = build_program(rule_texts(workspace, drafts), known.vocabulary, known.scales)
    return RuleBase(program, program.vocabulary, program.scales)


def rule_texts(workspace: Workspace, drafts: Mapping[Path, str]) -> dict[str, str]:
    """The text of every rule file, by its path as shown; of some, a draft in place of what the file holds.

    Raises:
        InputError: there is no rule file, or one cannot be read.
    """
    files = dict.fromkeys([*rule_files(workspace), *drafts])
    if not files:
        raise InputError([Problem("no-rules", f"no rule files (*.dl) in `{workspace.rules}`")])
    return {shown_path(path): drafts[path] if path in drafts else read_text(path) for path in files}


@dataclass(frozen=True, slots=True)
class Tables:
    """What rules are checked against, which stays as it is while rules are edited."""

    vocabulary: Vocabulary
    scales: Scales


def _table_files(workspace: Workspace) -> tuple[Path, Path]:
    return workspace.rules / "vocabulary.yaml", workspace.rules / "scales.yaml"


def tables(workspace: Workspace) -> Tables:
    """The vocabulary and the scales of a workspace. Raises `InputError` with every problem of either."""
    from reasoner.language.vocabulary_files import load_scales, load_vocabulary

    vocabulary, scales = _table_files(workspace)
    return kept(
        f"vocabulary and scales {_as_shown(workspace)}",
        lambda: fingerprint_of((vocabulary, scales)),
        lambda: Tables(load_vocabulary(vocabulary), load_scales(scales)),
        Tables,
    )
