"""Random attribution cases whose uncertain facts are reported, by sources that pass on and rest on each other."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from reasoner.evidence.assembling import assemble
from reasoner.evidence.base import Base, Case, Fact, Report, Source
from reasoner.language.vocabulary import Vocabulary
from tests.assessment.attributions import random_facts, random_rules
from tests.assessment.cases import CASE, SCALES, atom, program_of

SOURCES = {
    "w": Source("w", "Wire", "A"),
    "x": Source("x", "Xenia", "A", via="w"),
    "y": Source("y", "Yard", "B", via="w"),
    "z": Source("z", "Zed", "B", origin="y"),
    "v": Source("v", "Voice", "C"),
}


def random_reported(rng: Random) -> tuple[str, Base]:
    """A rule file and a base; some of its certain facts are assumed."""
    text = random_rules(rng, rng.randint(3, 9))
    certain, draws = random_facts(rng)
    facts = [Fact(atom(held), "assumed" if rng.random() < 0.2 else "given", 1, 1) for held in dict.fromkeys(certain)]
    known = {fact.atom for fact in facts}
    uncertain = dict.fromkeys(value for draw in draws for value in draw.values if value not in known)
    facts += [Fact(value, "reported", 1, 1, _reports(rng)) for value in uncertain]
    declared = program_of(text, [fact.atom for fact in facts]).vocabulary.predicates
    vocabulary = Vocabulary({**declared, "used": replace(declared["used"], functional=True)}, {})
    return text, assemble(Case(CASE, "A case", None, (), ""), None, {}, SOURCES, facts, {}, vocabulary, SCALES)


def _reports(rng: Random) -> tuple[Report, ...]:
    """One report or two, of different sources, the second sometimes a denial."""
    sources = rng.sample(sorted(SOURCES), rng.choice((1, 1, 2)))
    return tuple(
        Report(
            source=source,
            polarity="denies" if place and rng.random() < 0.4 else "affirms",
            credibility=rng.choice((1, 2, 2, 3, 4)),
            date=None,
            says=None,
            quote=None,
            locator=None,
            origin=source,
            letter="A",
            weight=0.0,
            counted=True,
        )
        for place, source in enumerate(sources)
    )
