"""A small workspace whose rules count, add up and compare, for tests of what is said about it."""

from __future__ import annotations

import shutil
from pathlib import Path

from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import Inquiry, open_case

ROOT = Path(__file__).parent.parent.parent

VOCABULARY = """\
kinds:
  militia: [Actor]
  weapon: [Capability]
  incident: [Incident]
predicates:
  possesses: {arguments: {actor: Actor, capability: Capability}, sentence: "{actor} had {capability}"}
  gave_up: {arguments: {actor: Actor, capability: Capability}, sentence: "{actor} had given up {capability}"}
  used: {arguments: {incident: Incident, capability: Capability}, sentence: "{capability} were used at {incident}"}
  occurred: {arguments: {incident: Incident, date: Date}, sentence: "{incident} happened on {date}"}
  raids: {arguments: {actor: Actor, number: Number}, sentence: "{actor} had carried out {number} raids"}
  considered: {arguments: {actor: Actor, incident: Incident}, sentence: "{actor} came into question for {incident}"}
"""

RULES = """\
%% [looked at] {A} came into question.
candidate(I, perpetrator, A) :- considered(A, I).

%% [keeps] {A} still had {W}.
keeps(A, W) :- possesses(A, W), not gave_up(A, W).

%% [few] Only {N} still had {W}, and {A} was one of them.
supports(I, perpetrator, A, means, S) :-
    candidate(I, perpetrator, A), used(I, W), keeps(A, W), N = #count{ B : keeps(B, W) }, S = 20-N*4.

%% [not alone] At least two had ever had {W}.
opposes(I, perpetrator, A, motive, weak) :-
    candidate(I, perpetrator, A), used(I, W), 2 <= #count{ B : possesses(B, W) }.

%% [busy] {A} and others had carried out more than five raids.
supports(I, perpetrator, A, record, moderate) :-
    candidate(I, perpetrator, A), raids(A, _), #sum{ M, B : raids(B, M) } > 5.

%% [latest] {I} was the latest of all, on {D}.
supports(I, perpetrator, A, opportunity, weak) :-
    candidate(I, perpetrator, A), occurred(I, D), D = #max{ E, J : occurred(J, E), J != other_raid }.

%% [nobody at all] Nobody had given up {W}.
supports(I, perpetrator, A, aftermath, weak) :-
    candidate(I, perpetrator, A), used(I, W), #count{ B : gave_up(B, W) } = 0.
"""

CASE = """\
case: raid_2020
title: The raid
entities:
  red_band: {name: the Red Band, kind: militia}
  blue_band: {name: the Blue Band, kind: militia}
  grey_band: {name: the Grey Band, kind: militia}
  green_band: {name: the Green Band, kind: militia}
  long_rifles: {name: long rifles, kind: weapon}
  raid_2020: {name: the raid, kind: incident}
  first_raid: {name: the first raid, kind: incident}
  other_raid: {name: the other raid, kind: incident}
sources:
  paper: {name: The Paper, reliability: B, published: 2020-05-03}
  radio: {name: The Radio, reliability: C, published: 2020-05-04}
facts:
  - {fact: "considered(red_band, raid_2020)", given: true, source: paper}
  - {fact: "considered(blue_band, raid_2020)", given: true, source: paper}
  - {fact: "used(raid_2020, long_rifles)", given: true, source: paper}
  - {fact: 'occurred(raid_2020, "2020-05-02")', given: true, source: paper}
  - {fact: 'occurred(first_raid, "2019-01-01")', given: true, source: paper}
  - {fact: "possesses(red_band, long_rifles)", source: paper, credibility: 1, says: They paraded them.}
  - {fact: "possesses(blue_band, long_rifles)", source: radio, credibility: 2, says: A witness saw some.}
  - {fact: "possesses(grey_band, long_rifles)", source: radio, credibility: 3, says: It is said.}
  - {fact: "gave_up(grey_band, long_rifles)", source: paper, credibility: 2, says: They handed them in.}
  - {fact: "raids(red_band, 4)", source: paper, credibility: 2, says: Four of them.}
  - {fact: "raids(blue_band, 4)", source: radio, credibility: 2, says: Four as well.}
"""


def counting_workspace(folder: Path) -> Workspace:
    """The workspace, written into a folder."""
    rules, cases = folder / "rules", folder / "facts" / "cases"
    rules.mkdir(parents=True)
    cases.mkdir(parents=True)
    shutil.copy(ROOT / "rules" / "scales.yaml", rules)
    (rules / "vocabulary.yaml").write_text(VOCABULARY, "utf-8")
    (rules / "counting.dl").write_text(RULES, "utf-8")
    (cases / "raid_2020.yaml").write_text(CASE, "utf-8")
    return Workspace(rules, folder / "facts", writable=True)


def counting_inquiry(folder: Path) -> Inquiry:
    """The one case of the workspace, opened."""
    return open_case("raid_2020", counting_workspace(folder))
