"""Scenario tests: a case, what is changed, and what must then be concluded."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.documents import read_yaml, validate
from reasoner.inquiry import Changes, Inquiry, leading, open_case
from reasoner.problems import InputError, Problem

if TYPE_CHECKING:
    from reasoner.assessment.result import Ranking
    from reasoner.evidence.workspace import Workspace
    from reasoner.explanation.nodes import Chain, Node
    from reasoner.scenario_schema import Scenario

ENDING = ".scenario.yaml"

SAME = 1e-12
"""Two probabilities that differ by less are the same digits."""


def find_scenarios(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The scenario files among and beneath the paths, in order.

    Raises:
        InputError: a path is missing, or there is no scenario file at all.
    """
    paths = tuple(paths)
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError([Problem("no-file", f"there is no file or folder `{path}`")])
        found += sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
    if not found:
        where = ", ".join(str(path) for path in paths)
        raise InputError([Problem("no-scenarios", f"no scenario files (*{ENDING}) in `{where}`")])
    return tuple(dict.fromkeys(found))


def read_scenario(path: Path) -> Scenario:
    """Read one scenario file.

    Raises:
        InputError: with every problem in it.
    """
    from reasoner.scenario_schema import Scenario

    return validate(read_yaml(path), Scenario)


def run_scenario(path: Path, workspace: Workspace | None = None) -> tuple[str, ...]:
    """Run one scenario: what was expected and didn't come, each with what came and why; empty where all came."""
    scenario = read_scenario(path)
    plain = open_case(scenario.case, workspace)
    then = open_case(scenario.case, workspace, scenario.as_of) if scenario.as_of else plain
    changes = Changes(
        assume=tuple(scenario.assume),
        retract=tuple(scenario.retract),
        rate=tuple((what, str(grade)) for what, grade in scenario.rate.items()),
        rule_off=tuple(scenario.rule_off),
    )
    trial = Trial(scenario, plain, then.changed(changes) if changes else then)
    failures = tuple(trial.failures())
    return (*failures, trial.reasons()) if failures else ()


@dataclass(frozen=True)
class Trial:
    """One scenario with the case as it is (``plain``) and as it was changed (``inquiry``)."""

    scenario: Scenario
    plain: Inquiry
    inquiry: Inquiry

    @property
    def ranking(self) -> Ranking:
        """The ranking that the expectations are about."""
        return self.inquiry.ranking(self.scenario.role)

    def failures(self) -> Iterator[str]:
        """What was expected and what came instead, one text an expectation."""
        yield from self._verdict()
        yield from self._order()
        yield from self._probabilities()
        yield from self._moves()
        yield from self._rules()

    def _verdict(self) -> Iterator[str]:
        expected, ranking = self.scenario, self.ranking
        if expected.leader is not None and leading(ranking) != expected.leader:
            yield f"expected {expected.leader} to lead; {leading(ranking)} does"
        if expected.verdict is not None and ranking.verdict != expected.verdict:
            yield f"expected the verdict “{expected.verdict}”; it is “{ranking.verdict}”"
        if expected.confidence is not None and ranking.confidence.level not in expected.confidence_levels:
            wanted = " or ".join(expected.confidence_levels)
            reasons = " ".join(ranking.confidence.reasons)
            yield f"expected {wanted} confidence; it is {ranking.confidence.level}: {reasons}"

    def _order(self) -> Iterator[str]:
        for ahead, behind in zip(self.scenario.order, self.scenario.order[1:], strict=False):
            first, second = self._chance(ahead), self._chance(behind)
            if not first > second:
                yield f"expected {ahead} ahead of {behind}; they have {first:.1%} and {second:.1%}"

    def _chance(self, actor: str, inquiry: Inquiry | None = None) -> float:
        asked = inquiry or self.inquiry
        return asked.ranking(self.scenario.role).probability(asked.hypothesis(actor, self.scenario.role))

    def _probabilities(self) -> Iterator[str]:
        for actor, (low, high) in self.scenario.probability.items():
            chance = self._chance(actor)
            if not low <= chance <= high:
                yield f"expected {actor} between {low:.1%} and {high:.1%}; it has {chance:.2%}"

    def _moves(self) -> Iterator[str]:
        for actor, least in self.scenario.falls.items():
            move = self._decibans(actor)
            if not -move >= least:
                yield f"expected {actor} to fall by at least {least} dB; it moved by {move:+.2f} dB"
        for actor, least in self.scenario.rises.items():
            move = self._decibans(actor)
            if not move >= least:
                yield f"expected {actor} to rise by at least {least} dB; it moved by {move:+.2f} dB"
        if self.scenario.unchanged:
            yield from self._changed()

    def _decibans(self, actor: str) -> float:
        return _log_odds(self._chance(actor)) - _log_odds(self._chance(actor, self.plain))

    def _changed(self) -> Iterator[str]:
        before = {role: {row.actor: row.probability for row in rank.hypotheses} for role, rank in _ranks(self.plain)}
        after = {role: {row.actor: row.probability for row in rank.hypotheses} for role, rank in _ranks(self.inquiry)}
        if {role: set(rows) for role, rows in before.items()} != {role: set(rows) for role, rows in after.items()}:
            yield f"expected the same hypotheses; before {before}, after {after}"
            return
        for role, rows in before.items():
            for actor, chance in rows.items():
                if abs(after[role][actor] - chance) > SAME:
                    yield f"expected no change; {actor} ({role}) went from {chance:.6%} to {after[role][actor]:.6%}"

    def _rules(self) -> Iterator[str]:
        expected = self.scenario
        if not (expected.because or expected.not_because):
            return
        used = set(_rules_used(self._chain()))
        for name in expected.because:
            if name not in used:
                yield f"expected the rule [{name}] in the chain; it has {', '.join(sorted(used)) or 'none'}"
        for name in expected.not_because:
            if name in used:
                yield f"expected no use of the rule [{name}] in the chain"

    def _chain(self) -> Chain:
        actor = self.scenario.of or None
        return self.inquiry.why(actor, self.scenario.role)

    def reasons(self) -> str:
        """The chain that explains what came instead."""
        from reasoner.exchange.chain_text import chain_text

        return "The chain as it is:\n" + chain_text(self._chain(), 100)


def _ranks(inquiry: Inquiry) -> list[tuple[str, Ranking]]:
    return list(inquiry.rankings.items())


def _log_odds(chance: float) -> float:
    """Log-odds of a probability, in decibans."""
    bounded = min(max(chance, 1e-15), 1 - 1e-15)
    return 10 * math.log10(bounded / (1 - bounded))


def _rules_used(chain: Chain) -> Iterator[str]:
    for line in chain.lines:
        yield line.rule
        for node in line.premises:
            yield from _rules_beneath(node)


def _rules_beneath(node: Node) -> Iterator[str]:
    for way in node.ways:
        yield way.rule
        for premise in way.premises:
            yield from _rules_beneath(premise)
