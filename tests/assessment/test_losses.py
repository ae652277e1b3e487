"""What would be without a fact, source, origin or rule is what brute force finds with it forced out of every world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations_with_replacement, count, islice
from random import Random

import pytest

from reasoner.assessment.outlook import Outlook
from reasoner.assessment.parts import Part, failing
from reasoner.assessment.result import Settings
from reasoner.assessment.revival import held_down
from reasoner.evidence.base import Base
from reasoner.evidence.changes import retract, without_origin, without_source
from tests.assessment.cases import SCALES, Staged, atom, staged
from tests.assessment.reference import Figures, reference, worlds
from tests.assessment.reported import SOURCES, random_reported

CHUNKS, CASES = 5, 2
"""Cases in each chunk, of at most so many worlds."""
WORLDS = 64

Losses = Mapping[str, tuple[Base, frozenset[int], str]]
"""What is lost → the base and the silenced instances that this leaves, and the rule text."""


def losses(case: Staged) -> Losses:
    """Each fact that isn't given, each origin, each source and each rule that applies."""
    base = case.base
    atoms = [held for held, fact in base.facts.items() if fact.basis in ("reported", "assumed")]
    origins = sorted({report.origin for fact in base.facts.values() for report in fact.reports})
    bases: dict[str, Base] = {str(held): retract(base, [held]) for held in atoms}
    bases |= {f"origin {origin}": without_origin(base, origin) for origin in origins}
    bases |= {f"source {source}": without_source(base, source) for source in SOURCES}
    program = case.derivation.program
    rules = {
        f"rule {rule.name}": (base, silenced, "\n".join(str(other) for other in program.rules if other is not rule))
        for rule in program.rules
        if (silenced := frozenset(case.instances(rule.name)))
    }
    return {name: (changed, frozenset[int](), case.text) for name, changed in bases.items()} | rules


def cases(chunk: int) -> Iterator[tuple[str, Base]]:
    """Random cases with few enough worlds for brute force to take a second or so each."""
    drawn = (random_reported(Random(f"loss {chunk} {number}")) for number in count())
    return islice(((text, base) for text, base in drawn if len(list(worlds(base))) <= WORLDS), CASES)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_losses_are_those_of_brute_force(chunk: int) -> None:
    """Enumerated, every hypothesis, umbrella and front to 1e-9; sampled, within five of the errors stated for it."""
    for text, base in cases(chunk):
        exact, sampled = (staged(text, base, Settings(method=method)) for method in ("exact", "sampled"))
        together = sampled.assessment.outlooks_on([changed for changed, _, _ in losses(sampled).values()])
        for (name, (changed, silenced, left)), side_by_side in zip(losses(exact).items(), together, strict=True):
            expected = reference(left, exact.derivation.program.rules, changed, SCALES, considering=base)
            assert_exact(exact.assessment.outlooks_without(changed, silenced), expected, name)
            assert_near(sampled.assessment.outlooks_without(changed, silenced), expected, name)
            if not silenced:
                assert_near(side_by_side, expected, name)


def assert_exact(found: Mapping[str, Outlook], expected: Figures, name: str) -> None:
    for role, outlook in found.items():
        assert expected.hypotheses[role] == pytest.approx(outlook.actors, abs=1e-9), name
        assert expected.umbrellas[role] == pytest.approx(outlook.umbrellas, abs=1e-9), name
        assert expected.fronts[role] == pytest.approx(outlook.fronts, abs=1e-9), name


def assert_near(found: Mapping[str, Outlook], expected: Figures, name: str) -> None:
    for role, outlook in found.items():
        there = outlook.posterior
        errors = there.worlds.standard_error(there.chances).tolist()
        for (actor, chance), error in zip(outlook.actors.items(), errors, strict=True):
            assert abs(chance - expected.hypotheses[role][actor]) <= 5 * error, (name, actor)


def test_what_only_a_denial_kept_out_comes_back() -> None:
    """A fact that held nowhere, so that no rule was applied to it, holds somewhere without the source of its denial."""
    text, base = random_reported(Random("loss 1 0"))
    case, without_denial = staged(text, base), without_source(base, "z")
    revived = atom("used(i, w)")

    assert (base.facts[revived].credence, without_denial.facts[revived].credence > 0) == (0.0, True)
    assert revived not in case.derivation.atom_ids
    expected = reference(text, case.derivation.program.rules, without_denial, SCALES, considering=base)
    assert_exact(case.assessment.outlooks_without(without_denial), expected, "source z")


def held_down_cases(chunk: int) -> Iterator[tuple[str, Base]]:
    """Random cases in which a denial lets a fact hold nowhere that its origin affirms as well."""
    drawn = (random_reported(Random(f"held {chunk} {number}")) for number in count())
    held = (each for each in drawn if any(held_down(fact, each[1]) for fact in each[1].facts.values()))
    return islice((each for each in held if len(list(worlds(each[1]))) <= WORLDS), 4)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_a_part_holds_down_falls_with_it(chunk: int) -> None:
    """A source or an origin that fails, alone or with another part, leaves what leaving it out leaves."""
    for text, base in held_down_cases(chunk):
        there = staged(text, base, Settings(method="exact")).assessment
        for role in there.outlooks:
            parts = [part for part in there.parts(role) if part.what in ("source", "origin", "assumption")]
            for failed in combinations_with_replacement(parts, 2):
                gone = there.outlooks_without(without_each(base, failed))[role]
                found = there.outlooks_without(*failing(base, failed))[role]
                assert gone.rows == pytest.approx(found.rows, abs=1e-12), [part.name for part in failed]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_source_that_matters_is_a_part(chunk: int) -> None:
    """Whatever source moves a role by its absence is a part of it, or fails alike with one."""
    for text, base in held_down_cases(chunk):
        there = staged(text, base, Settings(method="exact")).assessment
        for role, outlook in there.outlooks.items():
            tried = {name for part in there.parts(role) for name in (part.name, *part.alike)}
            for source in SOURCES:
                without = there.outlooks_without(without_source(base, source))[role]
                assert ("source", source) in tried or without.rows == pytest.approx(outlook.rows, abs=1e-12), source


def without_each(base: Base, parts: Iterable[Part]) -> Base:
    """The base without parts, one loss after the other."""
    for part in parts:
        if part.what == "source":
            base = without_source(base, part.id)
        elif part.what == "origin":
            base = without_origin(base, part.id)
        elif atom(part.id) in base.facts:
            base = retract(base, [part.id])
    return base
