"""Missing evidence: what nobody has reported and would tell most about who did it, as questions with their worth.

A finding is assumed, and the ranking made again over the same worlds; `assessment.information` says what the answer is
worth. What has been reported but is in doubt may be asked about as well: there the worlds themselves say what follows
from either answer. All findings are first tried over few worlds; the questions most worth asking are then worked out
over all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

import numpy as np

from reasoner.assessment.assess import Assessment
from reasoner.assessment.bits import Row
from reasoner.assessment.decibans import log_odds
from reasoner.assessment.information import Prospect, entropy, prospect
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.posterior import Posterior, posterior
from reasoner.assessment.result import Side
from reasoner.assessment.revision import Change
from reasoner.assessment.weights import Stake, Stated
from reasoner.assessment.worlds import Values, Worlds
from reasoner.explanation.asking import Asking
from reasoner.explanation.assuming import knowing
from reasoner.explanation.near_misses import Missing, near_misses
from reasoner.explanation.questions import Effect, Finding, MissingEvidence, Purpose, Question
from reasoner.explanation.sentences import Voice
from reasoner.language.vocabulary import Predicate
from reasoner.terms import Atom, Constant, Term

FOUND: Mapping[str, float] = {"often": 0.5, "in hand": 0.75, "seldom": 0.1, "unasked": 0.02}
"""How often a finding comes to light where it is likeliest, by what the vocabulary says of it.

``in hand`` is what is to be seen on a thing that is there to be examined.
"""

MOST_TRIED = 600
"""So many findings are tried for one role; beyond that the search is cut, and says so."""

FEW_WORLDS = 2_048
"""Worlds over which findings are tried at first."""

MOST_ASKED = 8
"""So many questions are worked out to the end."""

LEAST_BITS = 0.005
"""A question worth less is not asked."""

_IN_PART = 0.1
"""A finding joins the question of others where its own worth is at least this share of the best one's."""

_SAME = 1e-9


def missing_evidence(assessment: Assessment, role: str) -> MissingEvidence:
    """What to ask next about one role, which must have a ranking."""
    candidates = near_misses(assessment, role)
    tried = candidates[:MOST_TRIED]
    known = knowing(assessment, (atom for missing in tried for atom in missing))
    search = _Search(known, role, Asking(Voice(assessment.base, assessment.derivation.program)))
    drafts = search.over_few_worlds().drafts(tried)
    questions = sorted(map(search.finished, drafts), key=lambda each: (-round(each.bits, 9), each.text))
    return MissingEvidence(
        role=role,
        before=search.outlook.rows,
        entropy=entropy(search.before),
        questions=tuple(question for question in questions if question.bits >= LEAST_BITS),
        tried=len(tried),
        possible=len(candidates),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A question before it is worked out to the end; what it may bring to light, the most telling first."""

    purpose: Purpose
    text: str
    findings: tuple[Missing, ...]
    bits: float
    likewise: tuple[Constant, ...] = ()

    @property
    def many(self) -> bool:
        """Whether it asks for several findings at once."""
        return len(self.findings) > 1


@dataclass(frozen=True)
class _Search:
    """One role over worlds of a derivation that knows what could still be found."""

    assessment: Assessment
    role: str
    asking: Asking

    def over_few_worlds(self) -> _Search:
        """The same over a small sample, where there are more worlds than that."""
        if self._worlds.bits.count <= FEW_WORLDS:
            return self
        settings = replace(self.assessment.settings, worlds=FEW_WORLDS, method="sampled")
        return replace(self, assessment=replace(self.assessment, settings=settings))

    @cached_property
    def outlook(self) -> Outlook:
        """The role as it is."""
        return self.assessment.outlooks[self.role]

    @cached_property
    def before(self) -> Values:
        """The ranking as it is, one probability a hypothesis."""
        return self._worlds.mean(self.outlook.posterior.chances)

    @property
    def _worlds(self) -> Worlds:
        return self.outlook.posterior.worlds

    @property
    def _predicates(self) -> Mapping[str, Predicate]:
        return self.assessment.derivation.program.vocabulary.predicates

    # Which questions.

    def drafts(self, candidates: Sequence[Missing]) -> tuple[_Draft, ...]:
        """The questions most worth asking."""
        found = sorted(
            [*self._to_find(candidates), *self._to_confirm()], key=lambda each: (-round(each.bits, 9), each.text)
        )
        return self._merged(found)[:MOST_ASKED]

    def _merged(self, drafts: Sequence[_Draft]) -> tuple[_Draft, ...]:
        """The drafts in order, with one for those that differ only in the things that they speak of."""
        merged: dict[str, _Draft] = {}
        for draft in drafts:
            shape = draft.text
            if draft.purpose == "find":
                shape = " ".join(self.asking.shape(facts, draft.many) for facts in draft.findings[:1])
            best = merged.setdefault(shape, draft)
            if best is not draft:
                more = (*best.likewise, *self.asking.things(draft.findings[0], draft.many))
                merged[shape] = replace(best, likewise=tuple(dict.fromkeys(more)))
        return tuple(merged.values())

    def _to_find(self, candidates: Sequence[Missing]) -> Iterator[_Draft]:
        """A question for each lot of findings that are asked for alike."""
        groups: dict[str, list[tuple[float, Missing, Values]]] = defaultdict(list)
        for missing, there in zip(candidates, self._assuming_each(candidates), strict=True):
            after = self._worlds.mean(there.chances)
            if np.abs(after - self.before).max() >= _SAME:
                alone = prospect(self.before, [after], [self._found(missing)]).bits
                groups[self.asking.question(missing, many=True)].append((alone, missing, after))
        for text, group in groups.items():
            group.sort(key=lambda each: (-round(each[0], 9), str(each[1])))
            kept = self._apart([each for each in group if each[0] >= _IN_PART * group[0][0]])
            findings = tuple(missing for _, missing, _ in kept)
            together = prospect(self.before, [after for *_, after in kept], list(map(self._found, findings)))
            asked = text if len(kept) > 1 else self.asking.question(findings[0])
            yield _Draft("find", asked, findings, together.bits)

    def _apart(self, group: Sequence[tuple[float, Missing, Values]]) -> list[tuple[float, Missing, Values]]:
        """Those that speak most for or against somebody else than the ones before them; the rest say it more weakly."""
        found: dict[tuple[int, bool], tuple[float, Missing, Values]] = {}
        for each in group:
            moves = [log_odds(after) - log_odds(before) for after, before in zip(each[2], self.before, strict=True)]
            most = int(np.abs(np.round(moves, 6)).argmax())
            found.setdefault((most, moves[most] > 0), each)
        return list(found.values())

    def _to_confirm(self) -> Iterator[_Draft]:
        """What is reported, but in doubt."""
        ids = self.assessment.derivation.atom_ids
        for atom, fact in self.assessment.base.facts.items():
            if not fact.certain and ids.get(atom) in self._worlds.atoms and atom.predicate in self._predicates:
                share = self._worlds.share(self._worlds.row(ids[atom]))
                if _SAME < share < 1 - _SAME:
                    bits = FOUND["often"] * self._either(atom).bits
                    yield _Draft("confirm", self.asking.confirming(atom), ((atom,),), bits)

    # What would follow.

    def _assuming(self, missing: Missing) -> Posterior:
        """The hypotheses in worlds where the facts hold, and what they presuppose."""
        return self._among(self._worlds.with_facts({**self._worlds.facts, **self._assumed(missing)}))

    def _assuming_each(self, candidates: Sequence[Missing]) -> Iterator[Posterior]:
        """The same for each of several, but only the hypotheses, not what else holds in those worlds."""
        mattering = {*self.outlook.posterior.role.atoms, *self.assessment.ties.atoms()}
        changes = [Change(self._assumed(missing)) for missing in candidates]
        return map(self._among, self._worlds.with_each(changes, mattering))

    def _assumed(self, missing: Missing) -> Mapping[int, Row]:
        ids = self.assessment.derivation.atom_ids
        return {ids[atom]: self._worlds.bits.full for atom in (*missing, *self._presupposed(missing))}

    def _among(self, changed: Worlds) -> Posterior:
        there = self.outlook.posterior
        return posterior(there.role, self.assessment.ties, changed, self._exclusion, like=there)

    @property
    def _exclusion(self) -> float:
        return self.assessment.derivation.program.scales.exclusion

    def _found(self, missing: Missing) -> float:
        """How often the facts come to light where they are likeliest: each in turn, if what they presuppose is so."""
        facts, there = self.assessment.base.facts, self._presupposed(missing)
        share = prod(facts[atom].credence for atom in there)
        shown: set[Term] = set()
        for atom in missing:
            predicate = self._predicates[atom.predicate]
            things = set(_things(predicate, atom))
            in_hand = predicate.found == "often" and (there or things & shown)
            share *= FOUND["in hand" if in_hand else predicate.found]
            shown |= things
        return share

    def _presupposed(self, missing: Missing) -> tuple[Atom, ...]:
        """What has been reported of the case and the things in question: that they are there to be examined."""
        base, ids = self.assessment.base, self.assessment.derivation.atom_ids
        things = {thing for atom in missing for thing in _things(self._predicates[atom.predicate], atom)}
        pairs = {(base.case.id, thing) for thing in things}
        return tuple(atom for atom in base.facts if atom.arguments in pairs and atom in ids)

    def _held(self, atom: Atom) -> Values:
        row = self._worlds.row(self.assessment.derivation.atom_ids[atom])
        return self._worlds.bits.unpack(row).astype(np.float64)

    def _either(self, atom: Atom) -> Prospect:
        """The ranking where a reported fact holds, and where it does not."""
        held = self._held(atom)
        share = float(self._worlds.mean(held))
        after = self._worlds.mean(self.outlook.posterior.chances * held) / share
        return Prospect(self.before, (after,), (share,))

    # To the end.

    def finished(self, draft: _Draft) -> Question:
        """The question with its worth, and with what follows from each answer and from none."""
        if draft.purpose == "confirm":
            return self._confirmed(draft)
        there = [self._assuming(missing) for missing in draft.findings]
        after = [each.worlds.mean(each.chances) for each in there]
        together = prospect(self.before, after, list(map(self._found, draft.findings)))
        rows = [Outlook(each).rows for each in there]
        findings = tuple(
            Finding(missing, self.asking.said(missing), chance, self._named(row), self._effects(each.worlds))
            for missing, chance, row, each in zip(draft.findings, together.chances, rows, there, strict=True)
        )
        return self._question(draft, together, together.bits, findings)

    def _confirmed(self, draft: _Draft) -> Question:
        ((atom,),) = draft.findings
        either, held, mean = self._either(atom), self._held(atom), self._worlds.mean
        (share,) = either.chances
        rows = {
            name: float(mean(self.outlook.in_worlds(self.outlook.party(name)) * held)) / share
            for name in self.outlook.rows
        }
        finding = Finding((atom,), self.asking.said((atom,)), share, rows, ())
        return self._question(draft, either, FOUND["often"] * either.bits, (finding,))

    def _question(self, draft: _Draft, told: Prospect, bits: float, findings: tuple[Finding, ...]) -> Question:
        names = list(self.outlook.rows)
        after = [np.array([finding.after[name] for name in names]) for finding in findings]
        left = told.left(np.array([self.outlook.rows[name] for name in names]), after)
        where = self.asking.where(draft.findings)
        otherwise = dict(zip(names, left.tolist(), strict=True))
        return Question(draft.purpose, draft.text, where, bits, findings, otherwise, draft.likewise)

    def _named(self, rows: Mapping[str, float]) -> Mapping[str, float]:
        return {name: rows.get(name, 0.0) for name in self.outlook.rows}

    def _effects(self, changed: Worlds) -> tuple[Effect, ...]:
        """The lines that hold in more worlds than before, or in fewer, by what they gain or lose in decibans."""
        found = []
        for stake in self.outlook.posterior.role.stakes:
            for side, factor, strength, atom in _stated(stake, -self._exclusion):
                before, after = self._worlds.row(atom), changed.row(atom)
                more = 0.0 if before is after else changed.share(after) - self._worlds.share(before)
                if abs(more) > _SAME:
                    rule = self._rule(atom, changed if more > 0 else self._worlds)
                    effect = Effect(stake.actor, side, factor, rule, strength, more > 0)
                    found.append((-round(abs(more) * strength, 9), stake.actor, rule, effect))
        return tuple(row[-1] for row in sorted(found, key=lambda row: row[:-1]))

    def _rule(self, atom: int, worlds: Worlds) -> str:
        """The rule that states a line in most worlds."""
        derivation = self.assessment.derivation
        instances = self.assessment.circuit.deriving.get(atom, ())
        firing = max(instances, key=lambda instance: (worlds.share(worlds.fires(instance)), -instance))
        return derivation.program.rules[int(derivation.rule[firing])].name


def _things(predicate: Predicate, atom: Atom) -> Iterator[Term]:
    """The pieces of evidence that an atom speaks of."""
    pairs = zip(predicate.arguments, atom.arguments, strict=True)
    return (term for argument, term in pairs if argument.types == ("Evidence",))


def _stated(stake: Stake, exclusion: float) -> Iterator[tuple[Side, str, float, int]]:
    """Every line about a hypothesis: side, factor, strength, and the atom that states it."""
    sides: tuple[tuple[Side, Mapping[str, Stated]], ...] = (("supports", stake.supports), ("opposes", stake.opposes))
    for side, factors in sides:
        for factor, lines in factors.items():
            yield from ((side, factor, strength, atom) for strength, atom in lines)
    yield from (("excludes", "", exclusion, atom) for atom in stake.excludes)
