"""Missing evidence: what nobody has reported and would tell most about who did it, as questions with their worth.

A finding is assumed, and the ranking made again over the same worlds; `assessment.information` says what the answer is
worth. What has been reported but is in doubt may be asked about as well: there the worlds themselves say what follows
from either answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Literal as OneOf
from typing import TypeAlias

import numpy as np

from reasoner.assessment.assess import Assessment
from reasoner.assessment.information import Prospect, entropy, prospect
from reasoner.assessment.posterior import Posterior, posterior
from reasoner.assessment.ranking import Outlook
from reasoner.assessment.result import Side
from reasoner.assessment.weights import Stake, Stated
from reasoner.assessment.worlds import Values, Worlds
from reasoner.explanation.asking import Asking
from reasoner.explanation.assuming import knowing
from reasoner.explanation.near_misses import Missing, near_misses
from reasoner.explanation.sentences import Voice
from reasoner.language.vocabulary import Predicate
from reasoner.terms import Atom, Term, Variable

FOUND: Mapping[str, float] = {"often": 0.5, "in hand": 0.75, "seldom": 0.1, "unasked": 0.02}
"""How often a finding comes to light where it is likeliest, by what the vocabulary says of it.

``in hand`` is what is to be seen on a thing that is there to be examined.
"""

MOST_TRIED = 600
"""So many findings are tried for one role; beyond that the search is cut, and says so."""

MOST_ASKED = 8
"""So many questions are worked out to the end."""

LEAST_BITS = 0.005
"""A question worth less is not asked."""

_IN_PART = 0.1
"""A finding joins the question of others where its own worth is at least this share of the best one's."""

_SAME = 1e-9

Purpose: TypeAlias = OneOf["find", "confirm"]


@dataclass(frozen=True, slots=True)
class Effect:
    """A line for or against somebody that a finding completes (``gained``) or defeats; ``strength`` in decibans."""

    actor: str
    side: Side
    factor: str
    rule: str
    strength: float
    gained: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer to a question: the facts that would be so, how likely that is to be found, and what would follow.

    ``after`` holds the probability of every hypothesis and umbrella then, ``effects`` the lines that change, those that
    change most first.
    """

    facts: Missing
    said: str
    chance: float
    after: Mapping[str, float]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, where to look, what the answer is worth in bits, what may be found, and what follows if nothing is.

    The purpose is to ``confirm`` where the fact in question has been reported, but is in doubt.
    """

    purpose: Purpose
    text: str
    where: str
    bits: float
    findings: tuple[Finding, ...]
    otherwise: Mapping[str, float]

    def about(self, wanted: Atom) -> bool:
        """Whether an answer may be such a fact: variables stand for anything, and so does a predicate by itself."""
        return any(_alike(wanted, atom) for finding in self.findings for atom in finding.facts)


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """The questions of one role, the most telling first, at most 8; ``tried`` of ``possible`` findings were weighed.

    ``before`` is the probability of every hypothesis and umbrella as it is, ``entropy`` the ranking's, in bits.
    """

    role: str
    ahead: str
    before: Mapping[str, float]
    entropy: float
    questions: tuple[Question, ...]
    tried: int
    possible: int


def missing_evidence(assessment: Assessment, role: str) -> MissingEvidence:
    """What to ask next about one role, which must have a ranking."""
    candidates = near_misses(assessment, role)
    search = _Search.over(assessment, role, candidates[:MOST_TRIED])
    return MissingEvidence(
        role=role,
        ahead=assessment.rankings[role].ahead,
        before=search.outlook.rows,
        entropy=entropy(search.before),
        questions=search.questions(),
        tried=min(len(candidates), MOST_TRIED),
        possible=len(candidates),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """A finding, and the ranking with it, one probability a hypothesis; ``found`` is its chance where likeliest."""

    facts: Missing
    found: float
    after: Values


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A question before it is worked out to the end."""

    purpose: Purpose
    text: str
    tried: tuple[_Tried, ...]
    prospect: Prospect
    bits: float


@dataclass(frozen=True, eq=False)
class _Search:
    """One role over worlds of a derivation that knows what could still be found."""

    assessment: Assessment
    candidates: Sequence[Missing]
    outlook: Outlook
    asking: Asking

    @classmethod
    def over(cls, assessment: Assessment, role: str, candidates: Sequence[Missing]) -> _Search:
        """Ground the case once with all that could be found, so that each finding can be assumed in its worlds."""
        known = knowing(assessment, (atom for missing in candidates for atom in missing))
        asking = Asking(Voice(assessment.base, assessment.derivation.program))
        return cls(known, candidates, known.outlooks[role], asking)

    @property
    def _there(self) -> Posterior:
        return self.outlook.posterior

    @cached_property
    def before(self) -> Values:
        """The ranking as it is, one probability a hypothesis."""
        return self._there.worlds.mean(self._there.chances)

    def questions(self) -> tuple[Question, ...]:
        """The questions most worth asking."""
        drafts = [*self._finding(), *self._confirming()]
        drafts.sort(key=lambda draft: (-round(draft.bits, 9), draft.text))
        return tuple(self._finished(draft) for draft in drafts[:MOST_ASKED] if draft.bits >= LEAST_BITS)

    # What nobody has reported.

    def _finding(self) -> Iterator[_Draft]:
        groups: dict[str, list[_Tried]] = defaultdict(list)
        for missing in self.candidates:
            after = self._assuming(missing)[1]
            vector = after.worlds.mean(after.chances)
            if np.abs(vector - self.before).max() >= _SAME:
                tried = _Tried(missing, self._found(missing), vector)
                groups[self.asking.question(missing, many=True)].append(tried)
        for text, group in groups.items():
            yield self._draft(text, group)

    def _assuming(self, missing: Missing) -> tuple[Worlds, Posterior]:
        """The worlds with the facts, and what they presuppose, and the hypotheses there."""
        worlds, ids = self._there.worlds, self.assessment.derivation.atom_ids
        assumed = {ids[atom]: worlds.bits.full for atom in (*missing, *self._presupposed(missing))}
        changed = worlds.with_facts({**worlds.facts, **assumed})
        role, ties = self._there.role, self.assessment.ties
        return changed, posterior(role, ties, changed, self._exclusion, like=self._there)

    @property
    def _exclusion(self) -> float:
        return self.assessment.derivation.program.scales.exclusion

    def _draft(self, text: str, group: Sequence[_Tried]) -> _Draft:
        """One question for findings that are asked for alike, without those that tell next to nothing."""
        alone = [prospect(self.before, [each.after], [each.found]).bits for each in group]
        ranked = sorted(zip(alone, group, strict=True), key=lambda pair: (-round(pair[0], 9), str(pair[1].facts)))
        kept = tuple(each for bits, each in ranked if bits >= _IN_PART * ranked[0][0])
        together = prospect(self.before, [each.after for each in kept], [each.found for each in kept])
        shown = text if len(kept) > 1 else self.asking.question(kept[0].facts)
        return _Draft("find", shown, kept, together, together.bits)

    def _found(self, missing: Missing) -> float:
        """How often the facts come to light where they are likeliest: each in turn, if what they presuppose is so."""
        known, facts = self._predicates, self.assessment.base.facts
        there = self._presupposed(missing)
        share = prod(facts[atom].credence for atom in there)
        shown: set[Term] = set()
        for atom in missing:
            things = set(_things(known[atom.predicate], atom))
            in_hand = known[atom.predicate].found == "often" and (there or things & shown)
            share *= FOUND["in hand" if in_hand else known[atom.predicate].found]
            shown |= things
        return share

    def _presupposed(self, missing: Missing) -> tuple[Atom, ...]:
        """What has been reported of the case and the things in question: that they are there to be examined."""
        base, known = self.assessment.base, self._predicates
        things = {thing for atom in missing for thing in _things(known[atom.predicate], atom)}
        pairs = {(base.case.id, thing) for thing in things}
        return tuple(
            atom for atom in base.facts if atom.arguments in pairs and atom in self.assessment.derivation.atom_ids
        )

    @property
    def _predicates(self) -> Mapping[str, Predicate]:
        return self.assessment.derivation.program.vocabulary.predicates

    # What is reported, but in doubt.

    def _confirming(self) -> Iterator[_Draft]:
        ids, worlds = self.assessment.derivation.atom_ids, self._there.worlds
        for atom, fact in self.assessment.base.facts.items():
            number = ids.get(atom)
            if fact.certain or number not in worlds.atoms or atom.predicate not in self._predicates:
                continue
            held = self._held(atom)
            share = float(worlds.mean(held))
            if _SAME < share < 1 - _SAME:
                after = worlds.mean(self._there.chances * held) / share
                either = Prospect(self.before, (after,), (share,))
                tried = (_Tried((atom,), FOUND["often"], after),)
                yield _Draft("confirm", self.asking.confirming(atom), tried, either, FOUND["often"] * either.bits)

    def _held(self, atom: Atom) -> Values:
        worlds = self._there.worlds
        row = worlds.row(self.assessment.derivation.atom_ids[atom])
        return worlds.bits.unpack(row).astype(np.float64)

    # To the end.

    def _finished(self, draft: _Draft) -> Question:
        names = list(self.outlook.rows)
        findings = tuple(
            self._made(draft, each, chance) for each, chance in zip(draft.tried, draft.prospect.chances, strict=True)
        )
        rows = [np.array([finding.after[name] for name in names]) for finding in findings]
        left = draft.prospect.left(np.array([self.outlook.rows[name] for name in names]), rows)
        return Question(
            purpose=draft.purpose,
            text=draft.text,
            where=self.asking.where(each.facts for each in draft.tried),
            bits=draft.bits,
            findings=findings,
            otherwise=dict(zip(names, left.tolist(), strict=True)),
        )

    def _made(self, draft: _Draft, tried: _Tried, chance: float) -> Finding:
        said = self.asking.said(tried.facts)
        if draft.purpose == "confirm":
            return Finding(tried.facts, said, chance, self._where_held(tried.facts[0], chance), ())
        changed, after = self._assuming(tried.facts)
        rows = Outlook(after).rows
        named = {name: rows.get(name, 0.0) for name in self.outlook.rows}
        return Finding(tried.facts, said, chance, named, self._effects(changed))

    def _where_held(self, atom: Atom, share: float) -> Mapping[str, float]:
        outlook, held = self.outlook, self._held(atom)
        mean = self._there.worlds.mean
        return {name: float(mean(outlook.in_worlds(outlook.party(name)) * held)) / share for name in outlook.rows}

    def _effects(self, changed: Worlds) -> tuple[Effect, ...]:
        """The lines that hold in more worlds than before, or in fewer, by what they gain or lose in decibans."""
        found = []
        for stake in self._there.role.stakes:
            for side, factor, strength, atom in _stated(stake, -self._exclusion):
                before, after = self._there.worlds.row(atom), changed.row(atom)
                more = 0.0 if before is after else changed.share(after) - self._there.worlds.share(before)
                if abs(more) > _SAME:
                    where = changed if more > 0 else self._there.worlds
                    effect = Effect(stake.actor, side, factor, self._rule(atom, where), strength, more > 0)
                    found.append((-abs(more) * strength, stake.actor, effect.rule, effect))
        return tuple(row[-1] for row in sorted(found, key=lambda row: row[:-1]))

    def _rule(self, atom: int, worlds: Worlds) -> str:
        """The rule that states a line in most worlds."""
        derivation = self.assessment.derivation
        instances = self.assessment.circuit.deriving.get(atom, ())
        firing = max(instances, key=lambda instance: (worlds.share(worlds.fires(instance)), -instance))
        return derivation.program.rules[int(derivation.rule[firing])].name


def _alike(wanted: Atom, atom: Atom) -> bool:
    if not wanted.arguments:
        return wanted.predicate == atom.predicate
    pairs = zip(wanted.arguments, atom.arguments, strict=False)
    same = all(isinstance(term, Variable) or term == value for term, value in pairs)
    return wanted.predicate == atom.predicate and len(wanted.arguments) == len(atom.arguments) and same


def _things(predicate: Predicate, atom: Atom) -> Iterator[Term]:
    """The pieces of evidence that an atom speaks of."""
    pairs = zip(predicate.arguments, atom.arguments, strict=True)
    return (term for argument, term in pairs if argument.types == ("Evidence",))


def _stated(stake: Stake, exclusion: float) -> Iterator[tuple[Side, str, float, int]]:
    sides: tuple[tuple[Side, Mapping[str, Stated]], ...] = (("supports", stake.supports), ("opposes", stake.opposes))
    for side, factors in sides:
        for factor, lines in factors.items():
            yield from ((side, factor, strength, atom) for strength, atom in lines)
    yield from (("excludes", "", exclusion, atom) for atom in stake.excludes)
