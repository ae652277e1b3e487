"""Checked rules: safe, of one arity each, stratified, over known predicates. Engines accept nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.terms import Rule


@dataclass(frozen=True, slots=True)
class Component:
    """Predicates that depend on each other, with the rules (by position in the program) that define them.

    ``recursive``: some predicate of it depends, positively, on itself. ``stratum`` counts the negations
    and aggregates beneath.
    """

    predicates: frozenset[str]
    rules: tuple[int, ...]
    recursive: bool
    stratum: int


@dataclass(frozen=True, slots=True)
class Program:
    """Rules that passed every check, with their dependency components, each after those it depends on.

    ``arities`` covers every predicate that a rule mentions or the vocabulary declares. ``sources`` holds the text of
    each rule file, by the file name that spans carry.
    """

    rules: tuple[Rule, ...]
    components: tuple[Component, ...]
    arities: Mapping[str, int]
    vocabulary: Vocabulary
    scales: Scales
    sources: Mapping[str, str]

    def rule_named(self, name: str) -> Rule | None:
        """The rule of that name, or None."""
        return next((rule for rule in self.rules if rule.name == name), None)
