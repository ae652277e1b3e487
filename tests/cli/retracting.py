"""A case that a retraction decides: a spokesman's admission is reported, and three days later denied."""

from __future__ import annotations

from pathlib import Path

from reasoner.evidence.workspace import Workspace, find_workspace, init_workspace

CASE = "retracted_2024"
ADMITTED = f"admitted(iron, {CASE})"

_TEXT = f"""\
case: {CASE}
title: The attack on the depot
entities:
  red: {{name: the Reds, kind: militia}}
  iron: {{name: the Irons, kind: militia}}
sources:
  herald: {{name: the Herald, reliability: A, published: 2024-02-02}}
  spokesman: {{name: the Irons' spokesman, reliability: A}}
  television: {{name: State Television, reliability: A, origin: spokesman, published: 2024-02-02}}
  agency: {{name: the Agency, reliability: A}}
  tribune: {{name: the Tribune, reliability: A, origin: spokesman, via: agency, published: 2024-02-05}}
facts:
  - {{fact: 'occurred({CASE}, "2024-02-01")', given: true, source: herald}}
  - {{fact: 'kind({CASE}, bombing)', given: true, source: herald}}
  - {{fact: 'considered(red, {CASE})', given: true, source: herald}}
  - {{fact: 'considered(iron, {CASE})', given: true, source: herald}}
  - {{fact: 'claimed(red, {CASE}, telegram)', source: herald, credibility: 1}}
  - {{fact: 'credible_claim(red, {CASE}, "the fuse")', source: herald, credibility: 1}}
  - fact: {ADMITTED}
    reports:
      - {{source: television, credibility: 1, says: He acknowledged it.}}
      - {{source: tribune, credibility: 1, polarity: denies, says: He said no such thing.}}
"""


def retracting(folder: Path) -> Workspace:
    """A workspace of its own with the case: the Reds are named with the denial, the Irons without it."""
    init_workspace(folder)
    workspace = find_workspace(rules=folder / "rules", facts=folder / "facts")
    (workspace.cases / f"{CASE}.yaml").write_text(_TEXT, encoding="utf-8")
    return workspace
