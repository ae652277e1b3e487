"""A new case file: commented, to be filled in, and right as it stands; or a copy of another."""

from __future__ import annotations

import re
from pathlib import Path

from reasoner.documents import read_text
from reasoner.evidence.entities import reserved
from reasoner.evidence.files import background_entities, taken
from reasoner.evidence.saving import save
from reasoner.evidence.workspace import Workspace
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.problems import InputError, Problem
from reasoner.terms import is_symbol

_INCIDENT = "incident"
"""The kind of an entity that may well become a case: background knows it by name, and nobody has looked into it."""

_TEMPLATE = Path(__file__).with_name("new_case.yaml")


def new_case(workspace: Workspace, case_id: str) -> Path:
    """Write a commented case file to fill in, and return where it is.

    Raises `InputError` where the id cannot be one, is reserved or an entity's, where the case exists, or where the
    workspace is not the user's own.
    """
    _check_id(workspace, case_id)
    return _write(workspace, case_id, _TEMPLATE.read_text(encoding="utf-8").replace("new_case", case_id))


def copy_case(workspace: Workspace, of: str, case_id: str) -> Path:
    """Write a case that starts as a copy of another, with its id wherever that of the other stood; return where it is.

    Raises `InputError` as `new_case` does, and where the other cannot be read.
    """
    _check_id(workspace, case_id)
    text = read_text(workspace.case_path(of))
    return _write(workspace, case_id, re.sub(rf"\b{re.escape(of)}\b", case_id, text))


def _check_id(workspace: Workspace, case_id: str) -> None:
    if not is_symbol(case_id):
        hint = "ids start with a small letter and go on with letters, digits and _, such as harbour_2024"
        raise InputError([Problem("wrong-id", f"`{case_id}` cannot be the id of a case", hint=hint)])
    if case_id in (OTHER, NOBODY):
        raise InputError([Problem("reserved-id", reserved(case_id), hint="use another id")])
    if not workspace.writable:
        hint = "make a workspace of your own first: ascribe init DIR, and work in it"
        raise InputError([Problem("read-only", "the shipped cases are read-only", hint=hint)])
    entity = background_entities(workspace).get(case_id)
    if entity and entity.kind != _INCIDENT:
        hint = f"say what happened and when, such as {case_id}_2024"
        raise InputError([Problem("taken-id", taken(case_id, entity), hint=hint)])


def _write(workspace: Workspace, case_id: str, text: str) -> Path:
    path = workspace.cases / f"{case_id}.yaml"
    try:
        workspace.cases.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"`{workspace.cases}` cannot be made: {error.strerror or error}"
        raise InputError([Problem("unwritable", message)]) from None
    save(path, text, expected=None)
    return path
