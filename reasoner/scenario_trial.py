"""One scenario on trial: what was expected, what came instead, and what explains the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.assessment.decibans import log_odds
from reasoner.assessment.words import percent
from reasoner.evidence.entities import resolve_entity
from reasoner.inquiry import Inquiry
from reasoner.language.parser import parse_query
from reasoner.language.vocabulary import PERPETRATOR, RESERVED_HEADS
from reasoner.problems import InputError, Problem
from reasoner.terms import Atom, Literal

if TYPE_CHECKING:
    from reasoner.assessment.result import Ranking
    from reasoner.scenario_schema import Scenario

FIRST = 3
"""Among so many questions must be what a scenario expects to be asked."""

SAME = 1e-12
"""Two probabilities that differ by less are the same digits."""

_LEAST_SHOWN = 0.05

_FIELD = "everyone else"

_MOST_CHAINS = 2
"""Of so many hypotheses the chain is shown, of any more only what the changes did to them."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What was expected and what came instead, in words; ``about`` are the actors that it is about, in a role.

    Where it names none, it is about whoever the scenario is.
    """

    text: str
    about: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True)
class Trial:
    """One scenario with the case as it is (``plain``) and as it was changed (``inquiry``)."""

    scenario: Scenario
    plain: Inquiry
    inquiry: Inquiry

    def failures(self) -> Iterator[str]:
        """What was expected and what came instead, one text an expectation."""
        return (each.text for each in self.failed)

    @cached_property
    def failed(self) -> tuple[Failure, ...]:
        """The expectations that were not met."""
        return tuple(self._failed())

    def _failed(self) -> Iterator[Failure]:
        if self.role not in self.inquiry.assessment.posteriors and self._asks_about_actors():
            yield Failure(f"expected hypotheses for the role {self.role}; nobody is one")
            return
        yield from self._verdict()
        yield from self._order()
        yield from self._probabilities()
        yield from self._moves()
        yield from self._rules()
        yield from self._answers()
        yield from self._missing()

    @property
    def role(self) -> str:
        """The role that the expectations are about."""
        return self.scenario.role or PERPETRATOR

    @property
    def ranking(self) -> Ranking:
        """The ranking that the expectations are about."""
        return self.inquiry.ranking(self.role)

    def _asks_about_actors(self) -> bool:
        asked = self.scenario
        about = (asked.leader, asked.verdict, asked.confidence, asked.order, asked.falls, asked.rises, asked.because)
        return any(about) or any("(" not in what for what in asked.probability)

    def _verdict(self) -> Iterator[Failure]:
        expected = self.scenario
        if expected.leader is None and expected.verdict is None and not expected.confidence:
            return
        ranking = self.ranking
        if expected.leader is not None and ranking.ahead != resolve_entity(self.inquiry.base, expected.leader):
            yield Failure(f"expected {expected.leader} to lead; {ranking.ahead} does", (expected.leader, ranking.ahead))
        if expected.verdict is not None and ranking.verdict != expected.verdict:
            yield Failure(f"expected the verdict “{expected.verdict}”; it is “{ranking.verdict}”", (ranking.ahead,))
        if expected.confidence and ranking.confidence.level not in expected.confidence:
            wanted = " or ".join(expected.confidence)
            reasons = " ".join(ranking.confidence.reasons)
            yield Failure(
                f"expected {wanted} confidence; it is {ranking.confidence.level}: {reasons}", (ranking.ahead,)
            )

    def _order(self) -> Iterator[Failure]:
        for ahead, behind in zip(self.scenario.order, self.scenario.order[1:], strict=False):
            first, second = self._chance(ahead), self._chance(behind)
            if first is None or second is None:
                missing = [actor for actor, chance in ((ahead, first), (behind, second)) if chance is None]
                yield Failure(
                    f"expected {ahead} ahead of {behind}; no hypothesis: {', '.join(missing)}", (ahead, behind)
                )
            elif not first > second:
                said = f"expected {ahead} ahead of {behind}; they have {first:.2%} and {second:.2%}"
                yield Failure(said, (ahead, behind))

    def _chance(self, actor: str, inquiry: Inquiry | None = None) -> float | None:
        """The probability of an actor or umbrella, None where it is no hypothesis."""
        asked = inquiry or self.inquiry
        rows = asked.assessment.posteriors.get(self.role, {})
        return rows[actor] if actor in rows else rows.get(resolve_entity(asked.base, actor))

    def _probabilities(self) -> Iterator[Failure]:
        for what, (low, high) in self.scenario.probability.items():
            chance = self._best_answer(what) if "(" in what else self._chance(what)
            about = () if "(" in what else (what,)
            if chance is None:
                yield Failure(f"expected {what} between {low:.2%} and {high:.2%}; it is no hypothesis", about)
            elif not low <= chance <= high:
                yield Failure(f"expected {what} between {low:.2%} and {high:.2%}; it has {chance:.2%}", about)

    def _best_answer(self, query: str) -> float:
        return max((answer.probability for answer in self.inquiry.query(query)), default=0.0)

    def _moves(self) -> Iterator[Failure]:
        for actor, least in self.scenario.falls.items():
            yield from self._move(actor, least, "fall", -1)
        for actor, least in self.scenario.rises.items():
            yield from self._move(actor, least, "rise", +1)
        if self.scenario.unchanged:
            yield from self._changed()

    def _move(self, actor: str, least: float, verb: str, sign: int) -> Iterator[Failure]:
        before, after = self._chance(actor, self.plain), self._chance(actor)
        if before is None or after is None:
            yield Failure(f"expected {actor} to {verb} by at least {least:g} dB; it is no hypothesis", (actor,))
            return
        move = log_odds(after) - log_odds(before)
        if not sign * move >= least:
            moved = f"it moved by {move:+.2f} dB, from {before:.2%} to {after:.2%}"
            yield Failure(f"expected {actor} to {verb} by at least {least:g} dB; {moved}", (actor,))

    def _changed(self) -> Iterator[Failure]:
        before, after = self.plain.assessment.posteriors, self.inquiry.assessment.posteriors
        named = self.scenario.unchanged
        for role in named if isinstance(named, list) else sorted({*before, *after}):
            old, new = before.get(role, {}), after.get(role, {})
            if old.keys() != new.keys():
                yield Failure(f"expected the same hypotheses ({role}); {_listed(old)} became {_listed(new)}")
                continue
            for actor, chance in old.items():
                if abs(new[actor] - chance) > SAME:
                    said = f"expected no change; {actor} ({role}) went from {chance:.6%} to {new[actor]:.6%}"
                    yield Failure(said, (actor,), role)

    def _rules(self) -> Iterator[Failure]:
        expected = self.scenario
        if not (expected.because or expected.not_because):
            return
        used, subject = rules_behind(self.inquiry, self.role, self.subject), self.subject
        for name in expected.because:
            if name not in used:
                yield Failure(f"expected the rule [{name}] in the chain of {subject}; it is not there", (subject,))
        for name in expected.not_because:
            if name in used:
                yield Failure(f"expected no use of the rule [{name}] in the chain of {subject}", (subject,))

    def _answers(self) -> Iterator[Failure]:
        for query in self.scenario.answers:
            if not self.inquiry.query(query):
                yield Failure(f"expected an answer to {query}; there is none")
        for query in self.scenario.no_answers:
            answers = self.inquiry.query(query)
            if answers:
                found = ", ".join(f"{name} = {value}" for name, value in answers[0].bindings.items())
                said = f"expected no answer to {query}; there is {found or 'one'} ({percent(answers[0].probability)})"
                yield Failure(said)

    def _missing(self) -> Iterator[Failure]:
        if not self.scenario.missing:
            return
        first = self.inquiry.missing(self.role).questions[:FIRST]
        for text in self.scenario.missing:
            if not any(question.about(pattern_of(text)) for question in first):
                asked = " ".join(question.text for question in first) or "nothing"
                yield Failure(f"expected one of the first {FIRST} questions to be about {text}; asked is: {asked}")

    @cached_property
    def subject(self) -> str:
        """Whose chain is meant: the actor named, or whoever leads."""
        if self.scenario.of:
            return resolve_entity(self.inquiry.base, self.scenario.of)
        return self.ranking.ahead

    def reasons(self) -> str:
        """What the changes did to the factors of those whom the failures are about, and the chains of the first."""
        told: list[str] = []
        for place, (actor, role) in enumerate(self._in_question()):
            told += self._shifts(actor, role)
            if place < _MOST_CHAINS:
                told += ["The chain as it is:", self._chain(actor, role)]
        return "\n".join(told)

    def _in_question(self) -> list[tuple[str, str]]:
        """Whom the failures are about, each in a role: the one that the scenario names, then those named in them.

        Where that is nobody, whoever leads.
        """
        about = [(self.scenario.of, self.role)] if self.scenario.of else []
        about += [(actor, each.role or self.role) for each in self.failed for actor in each.about]
        if not about and self.role in self.inquiry.assessment.posteriors:
            about = [(self.subject, self.role)]
        return list(dict.fromkeys((self._resolved(actor, role), role) for actor, role in about))

    def _resolved(self, actor: str, role: str) -> str:
        rows = self.inquiry.assessment.posteriors.get(role, {})
        return actor if actor in rows else resolve_entity(self.inquiry.base, actor)

    def _chain(self, actor: str, role: str) -> str:
        from reasoner.exchange.chain_text import chain_text

        try:
            return chain_text(self.inquiry.why(actor, role), 100)
        except InputError as error:
            return str(error)

    def _shifts(self, actor: str, role: str) -> Iterator[str]:
        if self.inquiry is self.plain:
            return
        before, after = (self._parts(inquiry, actor, role) for inquiry in (self.plain, self.inquiry))
        moved = [
            f"{name} {before.get(name, 0):+.1f} → {after.get(name, 0):+.1f} dB"
            for name in sorted({*before, *after})
            if abs(before.get(name, 0) - after.get(name, 0)) >= _LEAST_SHOWN
        ]
        factors = [each for each in moved if not each.startswith(_FIELD)]
        yield f"What the changes did to {actor}: {', '.join(factors) or '; '.join(['no factor moved', *moved])}."

    @staticmethod
    def _parts(inquiry: Inquiry, actor: str, role: str) -> Mapping[str, float]:
        """The factors' nets, and what everyone else weighs; none where it is no hypothesis."""
        try:
            made_of = inquiry.assessment.contribution(role, actor)
        except KeyError:
            return {}
        return {**{net.factor: net.decibans for net in made_of.factors}, _FIELD: made_of.field}


def pattern_of(text: str) -> Atom:
    """The fact, with variables, or the predicate, that a scenario expects to be asked about.

    Raises:
        InputError: it is neither.
    """
    elements = parse_query(text)
    if len(elements) == 1 and isinstance(elements[0], Literal) and not elements[0].negated:
        return elements[0].atom
    message = f"`{text}` is neither one fact nor a predicate"
    raise InputError([Problem("wrong-pattern", message, hint="write matches, or matches(E, iran)")])


def rules_behind(inquiry: Inquiry, role: str, actor: str) -> frozenset[str]:
    """The names of all rules that fire in some world on the way to a line, prior or candidacy of an actor."""
    derivation, assessment = inquiry.derivation, inquiry.assessment
    about = (inquiry.base.case.id, role, actor)
    waiting = [
        number
        for number, atom in enumerate(derivation.atoms)
        if atom.predicate in RESERVED_HEADS and atom.arguments[:3] == about
    ]
    seen, used = set(waiting), set()
    while waiting:
        for instance in assessment.circuit.deriving.get(waiting.pop(), ()):
            if assessment.instance_probability(instance) <= 0:
                continue
            used.add(derivation.program.rules[int(derivation.rule[instance])].name)
            fresh = set(derivation.grounds(instance)) - seen
            seen |= fresh
            waiting += fresh
    return frozenset(used)


def _listed(names: Mapping[str, float]) -> str:
    return ", ".join(sorted(names)) or "none"
