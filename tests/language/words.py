"""A small vocabulary and scales for tests of the language."""

from __future__ import annotations

from collections.abc import Mapping

from reasoner.language.checking import build_program
from reasoner.language.program import Program
from reasoner.language.vocabulary import Argument, Factor, Predicate, Role, Scales, Vocabulary

ENTITIES: Mapping[str, tuple[str, ...]] = {
    "kataib_hezbollah": ("Actor", "Speaker"),
    "islamic_state": ("Actor", "Speaker"),
    "baghdad": ("Place", "Target"),
    "armed_drone": ("Capability",),
    "attack_2021": ("Incident",),
}
"""The entities that a workspace's facts would list, with the argument types they fill."""


def _predicate(name: str, **arguments: str) -> Predicate:
    return Predicate(name, tuple(Argument(key, tuple(types.split())) for key, types in arguments.items()), "")


VOCABULARY = Vocabulary(
    predicates={
        predicate.name: predicate
        for predicate in (
            _predicate("possesses", actor="Actor", capability="Capability"),
            _predicate("used", incident="Incident", capability="Capability"),
            _predicate("at", incident="Incident", place="Place"),
            _predicate("within", place="Place", region="Place"),
            _predicate("operates_in", actor="Actor", place="Place"),
            _predicate("occurred", incident="Incident", date="Date"),
            _predicate("series_count", series="Term", number="Number"),
            _predicate("considered", actor="Actor", incident="Incident"),
            _predicate("blamed", speaker="Speaker", actor="Actor", role="Role", incident="Incident"),
            _predicate("member_of", actor="Actor", umbrella="Actor"),
            _predicate("scarce", capability="Capability"),
            _predicate("part_of", incident="Incident", series="Term"),
        )
    },
    kinds={
        "militia": ("Actor", "Speaker"),
        "state": ("Actor", "Speaker", "Place"),
        "place": ("Place", "Target"),
        "weapon": ("Capability",),
    },
)

SCALES = Scales(
    strengths={"weak": 5, "moderate": 15, "strong": 35},
    factors={name: Factor(name, name.capitalize(), "") for name in ("means", "motive")},
    roles={
        "perpetrator": Role("perpetrator", "Who did it?", "did it", None),
        "sponsor": Role("sponsor", "Who stood behind it?", "stood behind it", "nobody"),
    },
    digits={1: 0.97, 2: 0.88, 3: 0.65, 4: 0.35, 5: 0.10, 6: 0.50},
    letters={"A": 1, "B": 0.85, "C": 0.65, "D": 0.4, "E": 0.15, "F": 0.4},
    grade_words={},
    unlisted=10,
    nobody=10,
    exclusion=-60,
)


def program(*texts: str, entities: Mapping[str, tuple[str, ...]] | None = ENTITIES) -> Program:
    """The program of rule files ``1.dl``, ``2.dl`` … with these texts."""
    sources = {f"{number}.dl": text for number, text in enumerate(texts, start=1)}
    return build_program(sources, VOCABULARY, SCALES, entities)
