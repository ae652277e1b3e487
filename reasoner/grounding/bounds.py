"""The bounds of one grounding: how many instances it may make, and how long it may take."""

from __future__ import annotations

from time import monotonic

from reasoner.language.program import Program
from reasoner.limits import UNBOUNDED, Limits
from reasoner.problems import InputError, Problem
from reasoner.terms import Aggregate, Rule, Span

LARGEST_NUMBER = 2**31 - 1
"""The largest number that arithmetic may reach, and the smallest but for its sign: clingo's own range."""


class Bounds:
    """Watches a grounding; each check raises InputError naming the rule at work and the setting that stopped it.

    ``largest`` is the largest number that arithmetic may reach, and the smallest but for its sign.
    """

    def __init__(self, program: Program, limits: Limits, largest: int = LARGEST_NUMBER) -> None:
        self._program = program
        self._limits = limits
        self._largest = largest
        self._deadline = monotonic() + limits.seconds

    def check(self, rule: Rule, instances: int) -> None:
        """Raise InputError if there are too many instances by now, or the time is up."""
        if instances > self._limits.instances:
            message = f"with rule `{rule.name}` there are more than {self._limits.instances:,} ways for rules to apply"
            raise self._stopped("too-many-instances", "instances", message, rule)
        if monotonic() > self._deadline:
            message = f"working out where rule `{rule.name}` applies took more than {self._limits.seconds} seconds"
            raise self._stopped("out-of-time", "seconds", message, rule)

    def room(self, instances: int) -> int | None:
        """How many more instances there may be; None where nothing bounds them."""
        return None if self._limits.instances >= UNBOUNDED else max(0, self._limits.instances - instances)

    @property
    def values(self) -> int:
        """How many values an aggregate may give a variable."""
        return self._limits.values

    def too_many_values(self, rule: Rule, aggregate: Aggregate) -> InputError:
        """The error for an aggregate that may give a variable more values than that."""
        message = f"`#{aggregate.function}` in rule `{rule.name}` may have more than {self.values:,} values"
        hint = f"test it where it stands, as in `#{aggregate.function}{{…}} <= 5`, instead of giving its value a name"
        note = f"the bound is the setting {Limits.setting('values')}"
        return InputError([self._problem("too-many-values", message, aggregate.span or rule.span, hint, note)])

    def number_too_large(self, rule: Rule) -> InputError:
        """The error for arithmetic that leaves the range of numbers."""
        message = f"rule `{rule.name}` computes a number beyond {self._largest:,}"
        note = f"numbers run from -{self._largest:,} to {self._largest:,}"
        return InputError([self._problem("number-too-large", message, rule.span, None, note)])

    def _stopped(self, word: str, bound: str, message: str, rule: Rule) -> InputError:
        hint = "do two parts of its body share no variable? then every pair of their matches counts"
        note = f"the bound is the setting {Limits.setting(bound)}"
        return InputError([self._problem(word, message, rule.span, hint, note)])

    def _problem(self, word: str, message: str, span: Span | None, hint: str | None, note: str) -> Problem:
        lines = self._program.sources.get(span.file, "").splitlines() if span else []
        line_text = lines[span.line - 1] if span and 0 < span.line <= len(lines) else ""
        return Problem(word, message, span, line_text, hint, note)
