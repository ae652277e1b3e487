"""A case whose reasoning has more than ten thousand statements: a recursion thousands of levels deep, and wide fans.

The same workspace every time. ``python benchmarks/deep_case.py DIR`` writes it, to be opened with ``ascribe`` there;
``python benchmarks/tui_keys.py`` times keys on it.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from reasoner.evidence.workspace import Workspace

CASE = "deep"
LEVELS, DEEDS, ACTORS = 1_500, 3_000, 6
"""Steps of the trail, deeds of each of the first two actors, and actors."""

RULES = """
%% [considered] {A} is looked at.
candidate(I, perpetrator, A) :- considered(A, I).

%% [sets out] A trail of {A} begins at {P}.
trail(A, P) :- sets_out(A, P).

%% [goes on] The trail of {A} goes on to {Q}.
trail(A, Q) :- trail(A, P), road(P, Q).

%% [trail's end] A trail of {A} ends at {P}, where it happened.
supports(I, perpetrator, A, opportunity, 8) :- candidate(I, perpetrator, A), at(I, P), trail(A, P).

%% [bent on it] {A} has struck at {O} before, with {D}.
bent_on(A, O) :- deed(A, D), aimed_at(D, O).

%% [motive] {A} has struck at {O}, who was hit, before.
supports(I, perpetrator, A, motive, 6) :- candidate(I, perpetrator, A), victim(I, O), bent_on(A, O).

%% [habit] {A} has done so {N} times.
supports(I, perpetrator, A, method, 4) :-
    candidate(I, perpetrator, A), N = #count{ D : deed(A, D), grave(D) }, N >= 3.

%% [boast] {A} boasted of it.
supports(I, perpetrator, A, statements, 5) :- candidate(I, perpetrator, A), boasted(A, I).

%% [no boast] {A} kept silent, as it never does.
opposes(I, perpetrator, A, statements, 2) :- candidate(I, perpetrator, A), not boasted(A, I).
"""

KINDS = {"militia": ["Actor"], "town": ["Place"], "deed": ["Evidence"], "incident": ["Incident"]}
PREDICATES = {
    "considered": (("Actor", "Incident"), "{a} is to be looked at for {b}"),
    "sets_out": (("Actor", "Place"), "{a} set out from {b}"),
    "road": (("Place", "Place"), "a road leads from {a} to {b}"),
    "at": (("Incident", "Place"), "{a} happened at {b}"),
    "deed": (("Actor", "Evidence"), "{a} did {b}"),
    "aimed_at": (("Evidence", "Actor"), "{a} was aimed at {b}"),
    "grave": (("Evidence",), "{a} was grave"),
    "victim": (("Incident", "Actor"), "{a} hit {b}"),
    "boasted": (("Actor", "Incident"), "{a} boasted of {b}"),
}
FACTORS = ("opportunity", "motive", "method", "statements")
REPORTED = 40
"""Every so many-th deed is reported, and so uncertain; the others are given."""


def deep_case(folder: Path, levels: int = LEVELS, deeds: int = DEEDS) -> Workspace:
    """A workspace with the case: a trail of so many levels, and two actors with so many deeds each."""
    rules, facts = folder / "rules", folder / "facts"
    for place in (rules, facts / "background", facts / "cases"):
        place.mkdir(parents=True)
    _write(rules / "vocabulary.yaml", _vocabulary())
    _write(rules / "scales.yaml", _scales())
    (rules / "deep.dl").write_text(RULES, encoding="utf-8")
    _write(facts / "cases" / f"{CASE}.yaml", _case(levels, deeds))
    return Workspace(rules, facts, writable=True)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False, width=200), encoding="utf-8")


def _vocabulary() -> dict[str, Any]:
    predicates = {
        name: {
            "arguments": dict(zip("ab", kinds, strict=False)),
            "sentence": sentence,
            "question": f"Is it so that {sentence}?",
        }
        for name, (kinds, sentence) in PREDICATES.items()
    }
    return {"kinds": KINDS, "predicates": predicates}


def _scales() -> dict[str, Any]:
    shipped = yaml.safe_load((Path(__file__).parent.parent / "rules" / "scales.yaml").read_text(encoding="utf-8"))
    factors = {name: {"name": name.capitalize(), "about": "of this kind"} for name in FACTORS}
    return {**shipped, "factors": factors}


def _case(levels: int, deeds: int) -> dict[str, Any]:
    actors = [f"group_{number}" for number in range(ACTORS)]
    towns = [f"town_{number}" for number in range(levels)]
    done = {f"deed_{number}": actors[number % 2] for number in range(2 * deeds)}
    names = {CASE: "incident", "city": "militia"}
    names |= dict.fromkeys(actors, "militia") | dict.fromkeys(towns, "town") | dict.fromkeys(done, "deed")
    return {
        "case": CASE,
        "title": "An attack at the end of a very long trail",
        "entities": {name: {"name": name.replace("_", " ").capitalize(), "kind": kind} for name, kind in names.items()},
        "sources": {
            "paper": {"name": "The Daily Paper", "reliability": "B"},
            "official": {"name": "an official", "reliability": "C", "via": "paper", "interest": [actors[0]]},
        },
        "facts": [*_given(actors, towns), *_deeds(done), *_reported(actors)],
    }


def _given(actors: list[str], towns: list[str]) -> list[dict[str, Any]]:
    facts = [f"at({CASE}, {towns[-1]})", f"victim({CASE}, city)"]
    facts += [f"considered({actor}, {CASE})" for actor in actors]
    facts += [f"road({first}, {second})" for first, second in pairwise(towns)]
    return [{"fact": fact, "given": True, "source": "paper"} for fact in facts]


def _deeds(done: dict[str, str]) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    for number, (deed, actor) in enumerate(done.items()):
        did = {"fact": f"deed({actor}, {deed})", "source": "paper"}
        certain = number % REPORTED
        facts.append(did | ({"given": True} if certain else {"credibility": 2, "says": f"It was {actor}."}))
        facts.append({"fact": f"aimed_at({deed}, city)", "given": True, "source": "paper"})
        if number % 10 == 0:
            facts.append({"fact": f"grave({deed})", "given": True, "source": "paper"})
    return facts


def _reported(actors: list[str]) -> list[dict[str, Any]]:
    facts = [f"sets_out({actor}, town_0)" for actor in actors[:3]]
    facts += [f"boasted({actor}, {CASE})" for actor in actors[:2]]
    return [
        {"fact": fact, "source": ("paper", "official")[number % 2], "credibility": 2 + number % 3}
        for number, fact in enumerate(facts)
    ]


def main() -> None:
    """Write the workspace."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    print(deep_case(parser.parse_args().folder).rules.parent)


if __name__ == "__main__":
    main()
