"""What would be without a fact, source, origin or rule is what brute force finds with it forced out of every world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, islice
from random import Random

import pytest

from reasoner.assessment.outlook import Outlook
from reasoner.assessment.result import Settings
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
