"""A feed of made-up incidents with planted truth, and the workspace to read it in: rules, background, mapping.

    python benchmarks/generate.py FOLDER [--incidents N] [--actors N] [--seed N] [--deceit R] [--noise R] …

An incident happens in a region. Who did it is drawn among those listed there and ten nobody has listed; what they use,
hit, leave behind, how they go about it and in what language they write is drawn from their own ways, or now and then
from anybody's. Reports of that are wrong as often as their grade says. Whoever did it may claim it, and so may somebody
else. The rules weigh each by the odds that follow from these very rates, so that how often the planted actor is found,
and how often what is called 60 % comes true, can be foretold. The same arguments make the same files on any machine.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

REGIONS, PLACES, UMBRELLAS, UNLISTED = 40, 200, 20, 10
PORTION = 200_000
"""Incidents drawn and written at a time; part of what the numbers depend on."""

WAYS = {"weapon": (30, 3), "target": (24, 4), "tool": (50, 2), "style": (12, 2), "language": (10, 2)}
"""What incidents show, each of so many values, of which so many are an actor's own."""

REPORTED = ("weapon", "tool", "style", "language", "sighted")
SOURCES = {"court": "A", "police": "B", "press": "C", "wire": "B", "blog": "D"}
DIGITS = {1: 0.97, 2: 0.88, 3: 0.65}
LETTERS = {"A": 1.0, "B": 0.85, "C": 0.65, "D": 0.4}


@dataclass(frozen=True)
class Rates:
    """How incidents come about: each a share of incidents.

    ``noise``: something is not the actor's own. ``claims``: the actor claims it. ``deceit``: somebody else claims it.
    ``named``, ``misnamed``: an authority names the actor, or somebody else. ``sighted``, ``mistaken``: likewise seen.
    ``doubtful``: the share of the background that is only reported, not given; all of it is so. ``mixed``: the share of
    reports that come from anybody, at any grade; the others are a court's, confirmed.
    """

    noise: float = 0.1
    claims: float = 0.4
    deceit: float = 0.1
    named: float = 0.4
    misnamed: float = 0.1
    sighted: float = 0.3
    mistaken: float = 0.2
    doubtful: float = 0.0
    mixed: float = 1.0


@dataclass(frozen=True)
class World:
    """The actors and their ways: ``regions`` (actors, regions) of truth values, ``own`` by way (actors, values)."""

    actors: int
    rates: Rates
    seed: int
    regions: np.ndarray
    own: dict[str, np.ndarray]
    umbrella: np.ndarray

    @property
    def region_of(self) -> np.ndarray:
        """The region of each place."""
        return np.arange(PLACES) % REGIONS


def world(actors: int = 200, seed: int = 0, rates: Rates | None = None) -> World:
    """Actors with their ways, drawn once."""
    rng = np.random.default_rng([seed, 0])
    regions = np.zeros((actors, REGIONS), dtype=bool)
    regions[np.arange(actors), rng.integers(0, REGIONS, actors)] = True
    second = rng.random(actors) < 0.3
    regions[second, rng.integers(0, REGIONS, second.sum())] = True
    own = {}
    for way, (values, mine) in WAYS.items():
        order = rng.random((actors, values)).argsort(axis=1)
        own[way] = order < mine
    umbrella = np.where(rng.random(actors) < 0.5, rng.integers(0, UMBRELLAS, actors), -1)
    return World(actors, rates or Rates(), seed, regions, own, umbrella)


def incidents(made: World, number: int) -> Iterator[dict[str, np.ndarray]]:
    """Incidents as columns, a portion at a time; ``truth`` is the actor, -1 for one who is not listed."""
    for start in range(0, number, PORTION):
        size = min(PORTION, number - start)
        yield _portion(made, np.random.default_rng([made.seed, 1, start]), start, size)


def _portion(made: World, rng: np.random.Generator, start: int, size: int) -> dict[str, np.ndarray]:
    place = rng.integers(0, PLACES, size)
    region = made.region_of[place]
    truth = _drawn_among(made.regions[:, region].T, rng, UNLISTED)
    found = {"number": np.arange(start, start + size), "place": place, "truth": truth}
    found["day"] = rng.integers(0, 3_650, size)
    for way, (values, _) in WAYS.items():
        own = _drawn_among(made.own[way][truth], rng, 0)
        anything = rng.integers(0, values, size)
        strange = (truth < 0) | (rng.random(size) < made.rates.noise)
        found[way] = np.where(strange, anything, own)
    for way in REPORTED:
        anybody = rng.random(size) < made.rates.mixed
        found[f"{way}_source"] = np.where(anybody, rng.integers(1, len(SOURCES), size), 0)
        found[f"{way}_digit"] = np.where(anybody, rng.integers(1, len(DIGITS) + 1, size), 1)
    others = _drawn_among(made.regions[:, region].T & (np.arange(made.actors) != truth[:, None]), rng, 0)
    rates = made.rates
    found["claimant"] = _said(truth, others, rates.claims, rates.deceit, rng)
    found["named"] = _said(truth, others, rates.named, rates.misnamed, rng)
    found["sighted"] = _said(truth, others, rates.sighted, rates.mistaken, rng)
    for way in ("weapon", "tool", "style", "language"):
        wrong = rng.random(size) >= credences(found, way)
        found[way] = np.where(wrong, rng.integers(0, WAYS[way][0], size), found[way])
    return found


def _drawn_among(mine: np.ndarray, rng: np.random.Generator, besides: int) -> np.ndarray:
    """One of the columns marked in each row, at random; -1 where it falls on one of so many besides, or on none."""
    counts = mine.sum(axis=1)
    chosen = (rng.random(len(mine)) * (counts + besides)).astype(np.int64)
    place = (np.cumsum(mine, axis=1) > chosen[:, None]).argmax(axis=1)
    return np.where(chosen < counts, place, -1)


def _said(truth: np.ndarray, others: np.ndarray, right: float, wrong: float, rng: np.random.Generator) -> np.ndarray:
    """Whom somebody points at, or -1: whoever did it as often as ``right``, another as often as ``wrong``."""
    drawn = rng.random(len(truth))
    return np.where((drawn < right) & (truth >= 0), truth, np.where(drawn > 1 - wrong, others, -1))


def credences(found: dict[str, np.ndarray], way: str) -> np.ndarray:
    """How sure each report of something is, by its grade."""
    letters = np.array([LETTERS[letter] for letter in SOURCES.values()])[found[f"{way}_source"]]
    digits = np.array([DIGITS[digit] for digit in DIGITS])[found[f"{way}_digit"] - 1]
    return 1 / (1 + (1 / digits - 1) ** letters)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incidents", type=int, default=1_000)
    parser.add_argument("--actors", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deceit", type=float, default=Rates.deceit)
    parser.add_argument("--noise", type=float, default=Rates.noise)
    parser.add_argument("--claims", type=float, default=Rates.claims)
    parser.add_argument("--doubtful", type=float, default=Rates.doubtful)
    parser.add_argument("--mixed", type=float, default=Rates.mixed)
    given = parser.parse_args(arguments)
    from generated_files import write_feed, write_workspace

    rates = Rates(
        noise=given.noise, claims=given.claims, deceit=given.deceit, doubtful=given.doubtful, mixed=given.mixed
    )
    made = world(given.actors, given.seed, rates)
    write_workspace(given.folder, made)
    write_feed(given.folder, made, given.incidents)
    print(json.dumps({"incidents": given.incidents, "actors": given.actors, "folder": str(given.folder)}))


if __name__ == "__main__":
    main()
