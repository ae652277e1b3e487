"""Small cases to assess: rule text and facts with their credences, written down directly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reasoner.assessment.assess import Assessment, assess
from reasoner.assessment.result import Settings
from reasoner.evidence.base import Base, Case, Draw, Fact
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from reasoner.language.checking import build_program
from reasoner.language.parser import parse_fact, parse_rules
from reasoner.language.program import Program
from reasoner.language.vocabulary import RESERVED_HEADS, Argument, Factor, Predicate, Role, Scales, Vocabulary
from reasoner.terms import Atom, literals_in

CASE = "i"
FILE = "case.dl"

SCALES = Scales(
    strengths={"weak": 5, "moderate": 15, "moderately_strong": 25, "strong": 35},
    factors={name: Factor(name, name.capitalize(), "") for name in ("means", "motive", "record", "words")},
    roles={
        "perpetrator": Role("perpetrator", "Who did it?", "did it", None),
        "sponsor": Role("sponsor", "Who stood behind it?", "stood behind it", "nobody: they acted alone"),
    },
    digits={1: 0.97, 2: 0.88, 3: 0.65, 4: 0.35, 5: 0.10, 6: 0.50},
    letters={"A": 1, "B": 0.85, "C": 0.65, "D": 0.4, "E": 0.15, "F": 0.4},
    grade_words={},
    unlisted=10.0,
    nobody=10.0,
    exclusion=-60.0,
)


def atom(text: str) -> Atom:
    """A ground atom of the rule language."""
    return parse_fact(text, "test", 1, 1)


def single(text: str, credence: float) -> Draw:
    """The draw of a fact that has no rivals."""
    return Draw(text, (atom(text),), (credence,))


def rivals(name: str, shares: Mapping[str, float], within: str | None = None) -> Draw:
    """The draw of several values, at most one of which holds."""
    return Draw(name, tuple(map(atom, shares)), tuple(shares.values()), atom(within) if within else None)


def base_of(certain: Iterable[str], draws: Iterable[Draw]) -> Base:
    """A base with these facts; reports and sources play no part."""
    draws = tuple(draws)
    facts = {held: Fact(held, "given", 1.0, 1.0) for held in map(atom, certain)}
    for draw in draws:
        for value, share in zip(draw.values, draw.shares, strict=True):
            facts[value] = Fact(value, "reported", share, share)
    return Base(Case(CASE, "A case", None, (), "case.yaml"), None, {}, {}, facts, draws, {})


def program_of(
    text: str, facts: Iterable[Atom] = (), scales: Scales = SCALES, plantable: Collection[str] = ()
) -> Program:
    """Rule text after every check, over a vocabulary that declares whatever no rule concludes."""
    rules = parse_rules(text, FILE)
    concluded = {rule.head.predicate for rule in rules} | set(RESERVED_HEADS)
    bodies = (literal.atom for rule in rules for literal in literals_in(rule.body))
    arities = {a.predicate: len(a.arguments) for a in (*facts, *bodies) if a.predicate not in concluded}
    declared = {
        name: Predicate(
            name,
            tuple(Argument(f"a{n}", ("Term", "Number", "Date")) for n in range(arity)),
            f"{name} holds",
            plantable=name in plantable,
        )
        for name, arity in arities.items()
    }
    return build_program({FILE: text}, Vocabulary(declared, {}), scales)


@dataclass(frozen=True, slots=True)
class Staged:
    """A case through grounding and assessment."""

    text: str
    base: Base
    derivation: Derivation
    assessment: Assessment

    def probability(self, actor: str, role: str = "perpetrator") -> float:
        """The probability of a hypothesis or umbrella."""
        return self.assessment.without()[role][actor]

    def hypotheses(self, role: str = "perpetrator") -> dict[str, float]:
        """Hypothesis → probability, umbrellas aside."""
        return dict(self.assessment.outlooks[role].actors)

    def atom(self, text: str) -> int:
        """The id of an atom."""
        return self.derivation.atom_ids[atom(text)]

    def instances(self, rule: str) -> list[int]:
        """The instances of a rule, by its name."""
        rules = self.derivation.program.rules
        return [i for i, number in enumerate(self.derivation.rule.tolist()) if rules[number].name == rule]


def stage(
    text: str,
    certain: Sequence[str] = (),
    uncertain: Mapping[str, float] | None = None,
    draws: Sequence[Draw] = (),
    settings: Settings = Settings(),
    scales: Scales = SCALES,
) -> Staged:
    """Ground and assess rule text over certain facts, uncertain ones, and draws with rivals."""
    singles = [single(fact, credence) for fact, credence in (uncertain or {}).items()]
    return staged(text, base_of(certain, [*singles, *draws]), settings, scales)


def staged(
    text: str,
    base: Base,
    settings: Settings = Settings(),
    scales: Scales = SCALES,
    plantable: Collection[str] = (),
) -> Staged:
    """Ground and assess rule text over a base."""
    possible = [held for held, fact in base.facts.items() if fact.credence > 0]
    derivation = ground(program_of(text, base.facts, scales, plantable), possible)
    return Staged(text, base, derivation, assess(base, derivation, settings))


def rated(base: Base, credences: Mapping[str, float]) -> Base:
    """The base with the credences of single facts changed; 0 stands for a fact only denied."""
    changed = {atom(text): credence for text, credence in credences.items()}
    facts = {
        held: replace(fact, credence=changed[held]) if held in changed else fact for held, fact in base.facts.items()
    }
    draws = tuple(
        replace(draw, shares=(changed[draw.values[0]],)) if draw.values[0] in changed else draw for draw in base.draws
    )
    return replace(base, facts=facts, draws=tuple(draw for draw in draws if sum(draw.shares) > 0))
