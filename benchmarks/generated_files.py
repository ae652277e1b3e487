"""What `generate` makes up, as files: rules weighed by its rates, background, feed, mapping and truth."""

from __future__ import annotations

from collections.abc import Iterator
from math import log10
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from generate import PLACES, REGIONS, REPORTED, SOURCES, UMBRELLAS, WAYS, Rates, World, incidents


def decibans(ratio: float) -> int:
    """A likelihood ratio as whole decibans."""
    return round(10 * log10(ratio))


def strengths(rates: Rates, rivals: float) -> dict[str, int]:
    """What each line weighs, by the rates; ``rivals`` is how many others an incident has on the mean."""
    found = {}
    for way, (values, mine) in WAYS.items():
        found[way] = decibans(((1 - rates.noise) / mine + rates.noise / values) * values)
        found[f"not_{way}"] = -decibans(rates.noise)
    for said, right, wrong in (
        ("claimed", rates.claims, rates.deceit),
        ("named", rates.named, rates.misnamed),
        ("sighted", rates.sighted, rates.mistaken),
    ):
        found[said] = max(0, decibans(right / (wrong / rivals)))
        found[f"not_{said}"] = max(0, -decibans((1 - right) / (1 - wrong / rivals)))
    return found


VOCABULARY = """\
kinds:
  group: [Actor, Speaker]
  umbrella: [Actor, Speaker]
  authority: [Speaker]
  place: [Place]
  region: [Place]
  weapon: [Capability]
  target: [Target]
  tool: [Evidence]
  style: [Term]
  language: [Term]
  incident: [Incident]
predicates:
  is_a:
    arguments: {thing: [Actor, Place, Capability, Target, Evidence, Term, Incident, Speaker], kind: Kind}
    sentence: "{thing} counted as {kind}"
  occurred: {arguments: {incident: Incident, date: Date}, sentence: "{incident} happened on {date}", functional: true}
  at: {arguments: {incident: Incident, place: Place}, sentence: "{incident} took place in {place}"}
  used: {arguments: {incident: Incident, weapon: Capability}, sentence: "{weapon} was used in {incident}"}
  hit: {arguments: {incident: Incident, target: Target}, sentence: "{incident} hit {target}"}
  left: {arguments: {incident: Incident, tool: Evidence}, sentence: "{tool} was left behind in {incident}"}
  done_by: {arguments: {incident: Incident, style: Term}, sentence: "{incident} went like {style}"}
  written_in: {arguments: {incident: Incident, language: Term}, sentence: "a note of {incident} was in {language}"}
  claimed: {arguments: {actor: Actor, incident: Incident}, sentence: "{actor} claimed {incident}"}
  named: {arguments: {speaker: Speaker, actor: Actor, incident: Incident}, sentence: "{speaker} named {actor}"}
  seen: {arguments: {actor: Actor, incident: Incident}, sentence: "people of {actor} were seen near {incident}"}
  within: {arguments: {place: Place, region: Place}, sentence: "{place} lies in {region}"}
  operates_in: {arguments: {actor: Actor, region: Place}, sentence: "{actor} operated in {region}"}
  possesses: {arguments: {actor: Actor, weapon: Capability}, sentence: "{actor} possessed {weapon}"}
  strikes: {arguments: {actor: Actor, target: Target}, sentence: "{actor} went for {target}"}
  works_with: {arguments: {actor: Actor, tool: Evidence}, sentence: "{actor} worked with {tool}"}
  known_for: {arguments: {actor: Actor, style: Term}, sentence: "{actor} was known for {style}"}
  writes: {arguments: {actor: Actor, language: Term}, sentence: "{actor} wrote in {language}"}
  member_of: {arguments: {member: Actor, umbrella: Actor}, sentence: "{member} belonged to {umbrella}"}
"""

SCALES = """\
strengths: {weak: 5, moderate: 15, moderately_strong: 25, strong: 35, very_strong: 50, extremely_strong: 60}
factors:
  means: {name: Means, about: what was used}
  motive: {name: Motive, about: what was hit}
  traces: {name: Traces, about: what was left behind}
  manner: {name: Manner, about: how it went}
  words: {name: Words, about: in what language}
  own_words: {name: Own words, about: claims}
  judgement: {name: Judgement, about: what authorities say}
  presence: {name: Presence, about: who was seen}
roles:
  perpetrator: {question: "Who did it?", said: "did it"}
digits: {1: 0.97, 2: 0.88, 3: 0.65, 4: 0.35, 5: 0.10, 6: 0.50}
letters: {A: 1, B: 0.85, C: 0.65, D: 0.4, E: 0.15, F: 0.4}
grade_words: {A: a, B: b, C: c, D: d, E: e, F: f, "1": one, "2": two, "3": three, "4": four, "5": five, "6": six}
priors: {unlisted: 10, nobody: 10}
exclusion: -60
"""

RULES = """\
lies_in(P, R) :- within(P, R).
lies_in(P, R) :- within(P, Q), lies_in(Q, R).
around(I, R) :- at(I, P), lies_in(P, R).
around(I, P) :- at(I, P).
candidate(I, perpetrator, A) :- around(I, R), operates_in(A, R).

has(A, W) :- possesses(A, W).
holders(W, N) :- is_a(W, weapon), N = #count{ A : possesses(A, W) }.
known_weapon(I) :- used(I, W), holders(W, N), N >= 1.
armed(I, A) :- candidate(I, perpetrator, A), used(I, W), has(A, W).
supports(I, perpetrator, A, means, %(weapon)d) :- armed(I, A).
opposes(I, perpetrator, A, means, %(not_weapon)d) :- candidate(I, perpetrator, A), known_weapon(I), not armed(I, A).

supports(I, perpetrator, A, motive, %(target)d) :- candidate(I, perpetrator, A), hit(I, T), strikes(A, T).
opposes(I, perpetrator, A, motive, %(not_target)d) :-
    candidate(I, perpetrator, A), hit(I, T), not strikes(A, T).

supports(I, perpetrator, A, traces, %(tool)d) :- candidate(I, perpetrator, A), left(I, T), works_with(A, T).
opposes(I, perpetrator, A, traces, %(not_tool)d) :-
    candidate(I, perpetrator, A), left(I, T), not works_with(A, T).

supports(I, perpetrator, A, manner, %(style)d) :- candidate(I, perpetrator, A), done_by(I, S), known_for(A, S).
opposes(I, perpetrator, A, manner, %(not_style)d) :-
    candidate(I, perpetrator, A), done_by(I, S), not known_for(A, S).

supports(I, perpetrator, A, words, %(language)d) :- candidate(I, perpetrator, A), written_in(I, L), writes(A, L).
opposes(I, perpetrator, A, words, %(not_language)d) :-
    candidate(I, perpetrator, A), written_in(I, L), not writes(A, L).

supports(I, perpetrator, A, own_words, %(claimed)d) :- candidate(I, perpetrator, A), claimed(A, I).
opposes(I, perpetrator, A, own_words, %(not_claimed)d) :- candidate(I, perpetrator, A), not claimed(A, I).

pointed_at(I, A) :- named(_, A, I).
supports(I, perpetrator, A, judgement, %(named)d) :- candidate(I, perpetrator, A), pointed_at(I, A).
opposes(I, perpetrator, A, judgement, %(not_named)d) :- candidate(I, perpetrator, A), not pointed_at(I, A).

supports(I, perpetrator, A, presence, %(sighted)d) :- candidate(I, perpetrator, A), seen(A, I).
opposes(I, perpetrator, A, presence, %(not_sighted)d) :- candidate(I, perpetrator, A), not seen(A, I).
"""

STATED = {
    "used": ("weapon", "weapon", True),
    "hit": ("target", "target", False),
    "left": ("tool", "tool", True),
    "done_by": ("style", "style", True),
    "written_in": ("language", "language", True),
}
"""Predicate → what it is about, the column of its values, and whether it is only reported."""


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The one that is compiled, where there is one."""


def write_workspace(folder: Path, made: World) -> None:
    """Rules, scales, vocabulary and background."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "facts" / "background").mkdir(parents=True, exist_ok=True)
    (folder / "facts" / "cases").mkdir(exist_ok=True)
    rivals = made.regions.sum() / REGIONS - 0.5  # the actor is listed in about half of all incidents
    (folder / "rules" / "vocabulary.yaml").write_text(VOCABULARY)
    (folder / "rules" / "scales.yaml").write_text(SCALES)
    (folder / "rules" / "who.dl").write_text(RULES % strengths(made.rates, rivals))
    facts = list(_background(made))
    doubtful = np.random.default_rng([made.seed, 2]).random(len(facts)) < made.rates.doubtful
    background = {
        "background": "made",
        "entities": {name: {"name": name.replace("_", " "), "kind": kind} for name, kind in _entities(made)},
        "sources": {
            "made_up": {"name": "the generator", "reliability": "A"},
            **{name: {"name": f"the {name}", "reliability": letter} for name, letter in SOURCES.items()},
        },
        "facts": [_stated(fact, unsure) for fact, unsure in zip(facts, doubtful, strict=True)],
    }
    text = yaml.dump(background, Dumper=_DUMPER, sort_keys=False, width=120)
    (folder / "facts" / "background" / "made.yaml").write_text(text)


def _stated(fact: str, unsure: bool) -> dict[str, Any]:
    if unsure and not fact.startswith("within"):
        return {"fact": fact, "source": "police", "credibility": 1}
    return {"fact": fact, "given": True, "source": "made_up"}


def _entities(made: World) -> Iterator[tuple[str, str]]:
    yield from ((f"actor_{number}", "group") for number in range(made.actors))
    yield from ((f"umbrella_{number}", "umbrella") for number in range(UMBRELLAS))
    yield from ((f"region_{number}", "region") for number in range(REGIONS))
    yield from ((f"place_{number}", "place") for number in range(PLACES))
    yield ("authority", "authority")
    for way, (values, _) in WAYS.items():
        yield from ((f"{way}_{number}", way) for number in range(values))


def _background(made: World) -> Iterator[str]:
    yield from (f"within(place_{place}, region_{region})" for place, region in enumerate(made.region_of))
    yield from (f"operates_in(actor_{actor}, region_{region})" for actor, region in np.argwhere(made.regions))
    predicates = dict(zip(WAYS, ("possesses", "strikes", "works_with", "known_for", "writes"), strict=True))
    for way, predicate in predicates.items():
        yield from (f"{predicate}(actor_{actor}, {way}_{value})" for actor, value in np.argwhere(made.own[way]))
    under = ((actor, made.umbrella[actor]) for actor in range(made.actors) if made.umbrella[actor] >= 0)
    yield from (f"member_of(actor_{actor}, umbrella_{umbrella})" for actor, umbrella in under)


def texts(found: dict[str, np.ndarray]) -> dict[str, Any]:
    """Incidents as the columns of a feed; None where there is nothing to say."""
    days = (np.datetime64("2015-01-01") + found["day"]).astype(str)
    columns: dict[str, Any] = {
        "incident": np.char.add("case_", found["number"].astype(str)),
        "date": days,
        "place": np.char.add("place_", found["place"].astype(str)),
    }
    for way in WAYS:
        columns[way] = np.char.add(f"{way}_", found[way].astype(str))
    for said in ("claimant", "named", "sighted"):
        columns[said] = [f"actor_{who}" if who >= 0 else None for who in found[said].tolist()]
    names = np.array(list(SOURCES))
    for way in REPORTED:
        columns[f"{way}_source"] = names[found[f"{way}_source"]]
        columns[f"{way}_digit"] = found[f"{way}_digit"].astype(str)
    return columns


def mapping() -> dict[str, Any]:
    """How the columns of a feed are read."""
    given = {"given": True, "source": "made_up"}

    def reported(way: str) -> dict[str, str]:
        return {"source": f"{{{way}_source}}", "credibility": f"{{{way}_digit}}"}

    facts = [{"fact": "occurred({incident}, {date})", **given}, {"fact": "at({incident}, {place})", **given}]
    for predicate, (way, column, unsure) in STATED.items():
        facts.append({"fact": f"{predicate}({{incident}}, {{{column}}})", **(reported(way) if unsure else given)})
    facts += [
        {"fact": "claimed({claimant}, {incident})", **given},
        {"fact": "named(authority, {named}, {incident})", **given},
        {"fact": "seen({sighted}, {incident})", **reported("sighted")},
    ]
    return {"feed": "made", "case": "incident", "facts": facts}


def write_feed(folder: Path, made: World, number: int) -> None:
    """The feed as Parquet, with its mapping, and the truth beside it."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    (folder / "made.feed.yaml").write_text(yaml.safe_dump(mapping(), sort_keys=False, width=120))
    feed = truth = None
    for portion in incidents(made, number):
        table = arrow.table({name: arrow.array(column) for name, column in texts(portion).items()})
        planted = arrow.table({"incident": table["incident"], "actor": portion["truth"]})
        feed = feed or parquet.ParquetWriter(folder / "feed.parquet", table.schema)
        truth = truth or parquet.ParquetWriter(folder / "truth.parquet", planted.schema)
        feed.write_table(table)
        truth.write_table(planted)
    for writer in (feed, truth):
        if writer is not None:
            writer.close()
