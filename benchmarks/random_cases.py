"""Random attribution cases as workspaces on disk: rules with recursion and negation, and so many uncertain facts.

The rules are those of the tests' random attributions; actors grow with the facts, twelve facts to one. Every fact has
one to three reports by sources of all letters.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import yaml

from reasoner.evidence.workspace import Workspace, find_workspace
from tests.assessment.attributions import FACTORS, random_rules

CASE = "i"
LINES = 24
"""Rules for lines of evidence."""

KINDS = {"militia": ["Actor"], "weapon": ["Capability"], "incident": ["Incident"], "term": ["Term"]}
PREDICATES = {
    "considered": ("Actor", "Incident"),
    "backs": ("Actor", "Actor"),
    "tie": ("Actor", "Actor"),
    "mark": ("Actor",),
    "cleared": ("Actor",),
    "used": ("Incident", "Capability"),
    "has": ("Actor", "Capability"),
    "level": ("Actor", "Number"),
    "role": ("Role",),
    "member_of": ("Actor", "Actor"),
    "front_for": ("Actor", "Actor"),
}
UMBRELLAS = 2
"""How many actors may have members."""

WEAPONS = ("w", "x", "y")
LETTERS = "AABBBCCCDEF"
DIGITS = (1, 2, 2, 2, 3, 3, 4)


def random_case(folder: Path, rng: Random, uncertain: int, figures: bool = False) -> Workspace:
    """A workspace with one case, ``i``, of so many uncertain facts; its rules count and add up, or they don't."""
    rules, facts = folder / "rules", folder / "facts"
    for place in (rules, facts / "background", facts / "cases"):
        place.mkdir(parents=True)
    actors = [f"a{number}" for number in range(max(4, uncertain // 12))]
    _write(rules / "vocabulary.yaml", _vocabulary())
    _write(rules / "scales.yaml", _scales())
    (rules / "random.dl").write_text(random_rules(rng, LINES, figures))
    _write(facts / "cases" / f"{CASE}.yaml", _case(rng, actors, uncertain))
    return Workspace(rules, facts, writable=True)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False))


def _vocabulary() -> dict[str, Any]:
    predicates = {
        name: {
            "arguments": {f"a{place}": kind for place, kind in enumerate(kinds)},
            "sentence": f"{name} was so of " + " and ".join(f"{{a{place}}}" for place in range(len(kinds))),
            "question": f"Was {name} so of " + " and ".join(f"{{a{place}}}" for place in range(len(kinds))) + "?",
            **({"functional": True} if name == "used" else {}),
        }
        for name, kinds in PREDICATES.items()
    }
    return {"kinds": KINDS, "predicates": predicates}


def _scales() -> dict[str, Any]:
    shipped = yaml.safe_load((find_workspace().rules / "scales.yaml").read_text())
    factors = {name: {"name": name.capitalize(), "about": "of this kind"} for name in FACTORS}
    return shipped | {"factors": factors}


def _case(rng: Random, actors: list[str], uncertain: int) -> dict[str, Any]:
    sources = {f"s{n}": {"name": f"Source {n}", "reliability": rng.choice(LETTERS)} for n in range(uncertain // 3)}
    considered = [f"considered({actor}, {CASE})" for actor in actors[: 2 + len(actors) // 2]]
    certain = [*considered, "role(perpetrator)", "role(sponsor)"]
    drawn = dict.fromkeys(f"used({CASE}, {weapon})" for weapon in WEAPONS)
    while len(drawn) < uncertain:
        fact = rng.choice(_FACTS)(rng, actors)
        drawn |= {} if fact in certain else {fact: None}
    facts: list[dict[str, Any]] = [{"assume": fact} for fact in certain]
    facts += [{"fact": fact, "reports": _reports(rng, list(sources))} for fact in drawn]
    kinds = dict.fromkeys(actors, "militia") | dict.fromkeys(WEAPONS, "weapon")
    return {
        "case": CASE,
        "title": "A random case",
        "entities": {name: {"name": name.capitalize(), "kind": kind} for name, kind in kinds.items()},
        "sources": sources,
        "facts": facts,
    }


def _reports(rng: Random, sources: list[str]) -> list[dict[str, Any]]:
    chosen = rng.sample(sources, rng.choice((1, 1, 1, 2, 3)))
    return [
        {
            "source": source,
            "credibility": rng.choice(DIGITS),
            "date": f"2023-01-{rng.randint(1, 20):02}",
            "says": "So it was.",
            **({"polarity": "denies"} if place and rng.random() < 0.3 else {}),
        }
        for place, source in enumerate(chosen)
    ]


def _pair(name: str) -> Callable[[Random, list[str]], str]:
    return lambda rng, actors: f"{name}({', '.join(rng.sample(actors, 2))})"


_FACTS: tuple[Callable[[Random, list[str]], str], ...] = (
    lambda rng, actors: f"considered({rng.choice(actors)}, {CASE})",
    lambda rng, actors: f"mark({rng.choice(actors)})",
    lambda rng, actors: f"cleared({rng.choice(actors)})",
    lambda rng, actors: f"has({rng.choice(actors)}, {rng.choice(WEAPONS)})",
    lambda rng, actors: f"has({rng.choice(actors)}, {rng.choice(WEAPONS)})",
    lambda rng, actors: f"level({rng.choice(actors)}, {rng.randint(0, 30)})",
    lambda rng, actors: f"level({rng.choice(actors)}, {rng.randint(0, 30)})",
    _pair("tie"),
    _pair("tie"),
    _pair("tie"),
    _pair("backs"),
    lambda rng, actors: f"member_of({rng.choice(actors[UMBRELLAS:])}, {rng.choice(actors[:UMBRELLAS])})",
    lambda rng, actors: f"front_for({rng.choice(actors[UMBRELLAS:])}, {rng.choice(actors)})",
)
