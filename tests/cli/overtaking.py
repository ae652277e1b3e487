"""A case in which a member of an umbrella, by what is retracted or known, stands beneath it or before it."""

from __future__ import annotations

from pathlib import Path

from reasoner.evidence.workspace import Workspace, find_workspace, init_workspace

CASE = "overtaking_2024"
CLAIM = f"claimed(iron, {CASE}, statement)"

_TEXT = f"""\
case: {CASE}
title: The attack on the depot
entities:
  red: {{name: the Reds, kind: militia}}
  iron: {{name: the Irons, kind: militia}}
  front: {{name: the Front, kind: umbrella}}
  mine: {{name: a mine, kind: weapon}}
sources:
  s: {{name: The Herald, reliability: B, published: 2024-05-02}}
facts:
  - {{fact: 'occurred({CASE}, "2024-05-01")', given: true, source: s}}
  - {{fact: 'used({CASE}, mine)', given: true, source: s}}
  - {{fact: 'possesses(red, mine)', source: s, credibility: 1}}
  - {{fact: 'member_of(red, front)', source: s, credibility: 3}}
  - {{fact: 'member_of(iron, front)', source: s, credibility: 1}}
  - {{fact: 'considered(red, {CASE})', given: true, source: s}}
  - {{fact: 'considered(iron, {CASE})', given: true, source: s}}
  - {{fact: '{CLAIM}', source: s, credibility: 2, date: 2024-05-05}}
"""


def overtaking(folder: Path) -> Workspace:
    """A workspace of its own with the case: the Reds are before the Front without the claim, beneath it with it."""
    init_workspace(folder)
    workspace = find_workspace(rules=folder / "rules", facts=folder / "facts")
    (workspace.cases / f"{CASE}.yaml").write_text(_TEXT, encoding="utf-8")
    return workspace
