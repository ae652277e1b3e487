"""A case as it is beside the same case with something changed: who moves, and which lines make the difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from reasoner.assessment.assess import Assessment
from reasoner.assessment.credits import Credit
from reasoner.assessment.decibans import LEAST_SHOWN
from reasoner.explanation.change_words import change_sentences
from reasoner.explanation.changes import Changes
from reasoner.explanation.sentences import Voice
from reasoner.terms import term_text

Key: TypeAlias = tuple[str, str, tuple[str, ...]]
"""What makes two lines the same one: the rule, for or against, and what the rule's variables stand for."""


@dataclass(frozen=True, slots=True)
class LineShift:
    """A line of one hypothesis whose part of the mean net moved: ``before`` and ``after`` in decibans.

    None where there is no such line. ``held_before`` and ``held_after`` are the shares of worlds in which it holds.
    """

    role: str
    actor: str
    rule: str
    factor: str
    sentence: str
    before: float | None
    after: float | None
    held_before: float
    held_after: float

    @property
    def decibans(self) -> float:
        """By how much it moved."""
        return (self.after or 0.0) - (self.before or 0.0)

    @property
    def change(self) -> str:
        """What became of it, in a word."""
        if self.before is None:
            return "gained"
        return "lost" if self.after is None else "changed"


@dataclass(frozen=True)
class WhatIf:
    """Two assessments of one case, with what was changed between them."""

    changes: Changes
    before: Assessment
    after: Assessment

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that have a candidate before or after, in the order the rule base declares them."""
        declared = self.before.derivation.program.scales.roles
        return tuple(role for role in declared if role in self.before.outlooks or role in self.after.outlooks)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Each change in words."""
        return change_sentences(self.changes, self.before, self.after)

    @cached_property
    def moved(self) -> frozenset[str]:
        """The roles in which some hypothesis moved, by as little as it may be."""
        before, after = self.before.posteriors, self.after.posteriors
        return frozenset(role for role in self.roles if before.get(role) != after.get(role))

    @cached_property
    def lines(self) -> tuple[LineShift, ...]:
        """The lines that moved, by role and hypothesis, the largest move first."""
        return tuple(
            shift for role in self.roles for actor in self._actors(role) for shift in self._shifts(role, actor)
        )

    def _actors(self, role: str) -> Iterator[str]:
        """The hypotheses of a role, by their probability after the change and then before it."""
        chances: dict[str, float] = {}
        for outlooks in (self.after.outlooks, self.before.outlooks):
            if role in outlooks:
                rows = sorted(outlooks[role].actors.items(), key=lambda row: (-row[1], row[0]))
                chances = chances | {actor: chance for actor, chance in rows if actor not in chances}
        yield from chances

    def _shifts(self, role: str, actor: str) -> list[LineShift]:
        before, after = _lines(self.before, role, actor), _lines(self.after, role, actor)
        found = []
        for key in {**before, **after}:
            there = after.get(key) or before[key]
            old, new = before.get(key), after.get(key)
            shift = LineShift(
                role=role,
                actor=actor,
                rule=key[0],
                factor=there.factor,
                sentence=there.sentence,
                before=old.decibans if old else None,
                after=new.decibans if new else None,
                held_before=old.held if old else 0.0,
                held_after=new.held if new else 0.0,
            )
            if abs(shift.decibans) >= LEAST_SHOWN:
                found.append(shift)
        return sorted(found, key=lambda shift: (-round(abs(shift.decibans), 9), shift.rule, shift.sentence))


@dataclass(frozen=True, slots=True)
class _Told:
    """A line with its sentence; instances that differ only in what ``_`` matches are one line."""

    factor: str
    sentence: str
    decibans: float
    held: float


def _lines(assessment: Assessment, role: str, actor: str) -> Mapping[Key, _Told]:
    grouped: dict[Key, list[Credit]] = defaultdict(list)
    for credit in assessment.credits(role, actor):
        bindings = assessment.derivation.bindings(credit.instance)
        values = tuple(term_text(bindings[name]) for name in sorted(bindings))
        grouped[credit.rule, credit.side, values].append(credit)
    voice = Voice(assessment.base, assessment.derivation.program)
    return {key: _told(credits, assessment, voice) for key, credits in grouped.items()}


def _told(credits: list[Credit], assessment: Assessment, voice: Voice) -> _Told:
    instance = credits[0].instance
    derivation = assessment.derivation
    rule = derivation.program.rules[int(derivation.rule[instance])]
    return _Told(
        factor=credits[0].factor,
        sentence=voice.rule(rule, derivation.bindings(instance)),
        decibans=sum(credit.decibans for credit in credits),
        held=max(credit.probability for credit in credits),
    )
