"""What weighs for and against each hypothesis: the reserved heads of a derivation, with strengths checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal as OneOf
from typing import TypeAlias

from reasoner.grounding.graph import Derivation
from reasoner.language.program import Program
from reasoner.language.vocabulary import MAXIMUM_STRENGTH, NOBODY, OTHER, Role, Scales
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import Atom, Term, term_text

Stated: TypeAlias = tuple[tuple[float, int], ...]
"""Strengths in decibans, ascending, each with the id of the atom that states it."""

Head: TypeAlias = OneOf["supports", "opposes"]

Concern: TypeAlias = tuple[int, str | None]
"""A hypothesis by its place, and a factor, or None for its prior and exclusions."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What is said of one hypothesis; ``default`` is its prior where no rule states one, before any is shared.

    ``supports`` and ``opposes`` map factors to lines; ``excludes`` are atom ids.
    """

    actor: str
    default: float
    supports: Mapping[str, Stated]
    opposes: Mapping[str, Stated]
    priors: Stated
    excludes: tuple[int, ...]

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors with a line, in order of their ids."""
        return tuple(sorted({*self.supports, *self.opposes}))

    def stating(self, factor: str) -> Iterator[int]:
        """The ids of the atoms that state a line of a factor."""
        for lines in (self.supports, self.opposes):
            yield from (atom for _, atom in lines.get(factor, ()))

    def atoms(self) -> Iterator[int]:
        """The ids of all atoms that weigh here."""
        for lines in (*self.supports.values(), *self.opposes.values(), self.priors):
            yield from (atom for _, atom in lines)
        yield from self.excludes


@dataclass(frozen=True)
class RoleStakes:
    """The hypotheses of a role: its candidates in order of their ids, then ``other``, then ``nobody`` if it has one."""

    role: Role
    stakes: tuple[Stake, ...]

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """The hypotheses' ids, in order."""
        return tuple(stake.actor for stake in self.stakes)

    @cached_property
    def atoms(self) -> frozenset[int]:
        """The ids of all atoms that weigh for or against any of the hypotheses."""
        return frozenset(self.concerned)

    @cached_property
    def concerned(self) -> Mapping[int, tuple[Concern, ...]]:
        """Atom → what it weighs in."""
        found: dict[int, dict[Concern, None]] = defaultdict(dict)
        for place, stake in enumerate(self.stakes):
            for factor in stake.factors:
                for atom in stake.stating(factor):
                    found[atom][place, factor] = None
            for atom in (*stake.excludes, *(atom for _, atom in stake.priors)):
                found[atom][place, None] = None
        return {atom: tuple(slots) for atom, slots in found.items()}

    def stake(self, actor: str) -> Stake | None:
        """What is said of one of the hypotheses, None where the actor is none."""
        return next((stake for stake in self.stakes if stake.actor == actor), None)

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """The hypotheses that rules name."""
        return tuple(actor for actor in self.actors if actor not in (OTHER, NOBODY))


def read_stakes(case: str, derivation: Derivation, holds_somewhere: Callable[[int], bool]) -> tuple[RoleStakes, ...]:
    """The roles that have a candidate in the incident, in the order of the scales, with all that weighs there.

    Lines for an actor who is no candidate are left out, and so is all that concerns another incident. So is a strength
    off the scale that an aggregate gives, where it ``holds_somewhere`` in no world.

    Raises:
        InputError: a rule gives a strength off the scale, an unknown factor or role, or names ``other`` or
            ``nobody`` as a candidate; names the rule.
    """
    return _Reading(case, derivation, holds_somewhere).stakes()


class _Reading:
    """One pass over the reserved heads of one incident, collecting problems."""

    def __init__(self, case: str, derivation: Derivation, holds_somewhere: Callable[[int], bool]) -> None:
        self.derivation = derivation
        self.holds_somewhere = holds_somewhere
        self.scales: Scales = derivation.program.scales
        self.problems: list[Problem] = []
        self.complained: set[tuple[str, int]] = set()
        self.heads: dict[str, list[tuple[int, Atom]]] = defaultdict(list)
        arities = {"candidate": 3, "supports": 5, "opposes": 5, "prior": 4, "excludes": 4}
        for number, atom in enumerate(derivation.atoms):
            if arities.get(atom.predicate) == len(atom.arguments) and atom.arguments[0] == case:
                self.heads[atom.predicate].append((number, atom))

    def stakes(self) -> tuple[RoleStakes, ...]:
        candidates = self._candidates()
        starts = {role: self._starts(role, candidates[role]) for role in self.scales.roles if role in candidates}
        hypotheses = {(role, actor) for role, actors in starts.items() for actor in actors}
        supports, opposes = self._lines("supports", hypotheses), self._lines("opposes", hypotheses)
        priors = self._priors(hypotheses)
        excludes: dict[tuple[Term, ...], list[int]] = defaultdict(list)
        for number, atom in self.heads["excludes"]:
            excludes[atom.arguments[1:3]].append(number)
        if self.problems:
            raise InputError(dict.fromkeys(self.problems))

        def stake(role: str, actor: str, start: float) -> Stake:
            both = (role, actor)
            for_it, against_it = _by_factor(supports.get(both, ())), _by_factor(opposes.get(both, ()))
            stated = _ascending(priors.get(both, ()))
            return Stake(actor, start, for_it, against_it, stated, tuple(excludes.get(both, ())))

        return tuple(
            RoleStakes(self.scales.roles[role], tuple(stake(role, actor, start) for actor, start in actors.items()))
            for role, actors in starts.items()
        )

    def _starts(self, role: str, candidates: Iterable[str]) -> dict[str, float]:
        """The hypotheses of a role in order, each with its default prior."""
        starts = dict.fromkeys(sorted(candidates), 0.0) | {OTHER: self.scales.unlisted}
        return starts if self.scales.roles[role].nobody is None else starts | {NOBODY: self.scales.nobody}

    def _candidates(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for number, atom in self.heads["candidate"]:
            _, role, actor = atom.arguments
            if not isinstance(role, str) or role not in self.scales.roles:
                self._complain(number, "unknown-role", f"there is no role `{term_text(role)}`", role, self.scales.roles)
            elif actor in (OTHER, NOBODY):
                message = f"`{actor}` is always a hypothesis of its own and can't be named as a candidate"
                self._complain(number, "reserved-candidate", message)
            elif not isinstance(actor, str):
                self._complain(number, "no-actor", f"a candidate must be an actor, and `{term_text(actor)}` is none")
            else:
                found[role].add(actor)
        return found

    def _lines(
        self, head: Head, hypotheses: set[tuple[str, str]]
    ) -> dict[tuple[str, str], list[tuple[str, float, int]]]:
        found: dict[tuple[str, str], list[tuple[str, float, int]]] = defaultdict(list)
        for number, atom in self.heads[head]:
            _, role, actor, factor, strength = atom.arguments
            weighs = self._strength(number, strength, 0)
            if not isinstance(factor, str) or factor not in self.scales.factors:
                message = f"there is no factor `{term_text(factor)}`"
                self._complain(number, "unknown-factor", message, factor, self.scales.factors)
            elif weighs is not None and (role, actor) in hypotheses:
                found[str(role), str(actor)].append((factor, weighs, number))
        return found

    def _priors(self, hypotheses: set[tuple[str, str]]) -> dict[tuple[str, str], list[tuple[float, int]]]:
        found: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
        for number, atom in self.heads["prior"]:
            _, role, actor, strength = atom.arguments
            weighs = self._strength(number, strength, -MAXIMUM_STRENGTH)
            if weighs is not None and (role, actor) in hypotheses:
                found[str(role), str(actor)].append((weighs, number))
        return found

    def _strength(self, number: int, strength: Term, least: int) -> float | None:
        """A strength in decibans; None, and a problem, where it is off the scale."""
        if isinstance(strength, int) and least <= strength <= MAXIMUM_STRENGTH:
            return float(strength)
        if isinstance(strength, str) and strength in self.scales.strengths:
            return float(self.scales.strengths[strength])
        if self._figured(number) and not self.holds_somewhere(number):
            return None
        message = (
            f"the strength comes out as `{term_text(strength)}`, "
            f"which is neither a word of the scale nor a whole number from {least} to {MAXIMUM_STRENGTH}"
        )
        self._complain(number, "strength-off-scale", message, strength, self.scales.strengths)
        return None

    def _figured(self, number: int) -> bool:
        """Whether all that concludes the atom is one of several instances, one for each value of an aggregate."""
        instances = self.derivation.instances_of(number).tolist()
        return bool(instances) and all(any(test.given for test in self.derivation.tests[i]) for i in instances)

    def _complain(
        self, number: int, word: str, message: str, term: Term | None = None, known: Iterable[str] = ()
    ) -> None:
        atom = self.derivation.atoms[number]
        program = self.derivation.program
        culprits = sorted({int(self.derivation.rule[i]) for i in self.derivation.instances_of(number)})
        hint = did_you_mean(term, known) if isinstance(term, str) else None
        if not culprits:
            self.problems.append(Problem(word, f"`{atom}`: {message}", hint=hint))
        for rule_number in culprits:
            if (word, rule_number) in self.complained:  # the same mistake, made for somebody else
                continue
            self.complained.add((word, rule_number))
            rule = program.rules[rule_number]
            said = f"rule [{rule.name}] concludes `{atom}`: {message}"
            line = _line_text(program, rule_number)
            self.problems.append(Problem(word, said, span=rule.span, line_text=line, hint=hint))


def _by_factor(lines: Iterable[tuple[str, float, int]]) -> dict[str, Stated]:
    grouped: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for factor, strength, number in lines:
        grouped[factor].append((strength, number))
    return {factor: _ascending(grouped[factor]) for factor in sorted(grouped)}


def _ascending(lines: Iterable[tuple[float, int]]) -> Stated:
    return tuple(sorted(lines))


def _line_text(program: Program, rule: int) -> str:
    span = program.rules[rule].span
    lines = program.sources.get(span.file, "").splitlines() if span else []
    return lines[span.line - 1] if span and span.line <= len(lines) else ""
