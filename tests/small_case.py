"""A workspace of one small case under a few rules, in the shipped vocabulary, for tests of what is said about it."""

from __future__ import annotations

import shutil
from pathlib import Path

from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import Inquiry, open_case

ROOT = Path(__file__).parent.parent

RULES = """\
%% [listed] {A} is looked at.
candidate(I, perpetrator, A) :- considered(A, I).

%% [means] {A} had {W}.
supports(I, perpetrator, A, means, 8) :- candidate(I, perpetrator, A), used(I, W), possesses(A, W).

%% [motive] {A} was hostile to {V}.
supports(I, perpetrator, A, motive, 4) :- candidate(I, perpetrator, A), target(I, V), hostile_to(A, V).

%% [elsewhere] {A} cannot have done it: {T}.
excludes(I, perpetrator, A, T) :- candidate(I, perpetrator, A), impossible(A, I, T).
"""

HEAD = """\
case: raid_2020
title: The raid
entities:
  red_band: {name: the Red Band, kind: militia}
  blue_band: {name: the Blue Band, kind: militia}
  rifles: {name: rifles, kind: weapon}
  victim: {name: the Victim, kind: state}
  raid_2020: {name: the raid, kind: incident}
sources:
  paper: {name: The Paper, reliability: A}
  radio: {name: The Radio, reliability: B}
facts:
  - {fact: "considered(red_band, raid_2020)", given: true, source: paper}
  - {fact: "considered(blue_band, raid_2020)", given: true, source: paper}
  - {fact: "used(raid_2020, rifles)", given: true, source: paper}
  - {fact: "target(raid_2020, victim)", given: true, source: paper}
"""


def small_workspace(folder: Path, facts: str = "", rules: str = RULES, head: str = HEAD) -> Workspace:
    """The workspace, written into a folder: the facts, lines of YAML, come after those of the head."""
    into, cases = folder / "rules", folder / "facts" / "cases"
    into.mkdir(parents=True)
    cases.mkdir(parents=True)
    for name in ("scales.yaml", "vocabulary.yaml"):
        shutil.copy(ROOT / "rules" / name, into)
    (into / "small.dl").write_text(rules, "utf-8")
    (cases / "raid_2020.yaml").write_text(head + "".join(f"  - {line}\n" for line in facts.splitlines()), "utf-8")
    return Workspace(into, folder / "facts", writable=True)


def small_inquiry(folder: Path, facts: str = "", rules: str = RULES, head: str = HEAD) -> Inquiry:
    """The one case of the workspace, opened."""
    return open_case("raid_2020", small_workspace(folder, facts, rules, head))
