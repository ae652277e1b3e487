"""From the facts of many incidents to their rankings: ground together, weighed in worlds, judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from reasoner.assessment.draws import Raw
from reasoner.assessment.draws import sampled_rows as sampled_alone
from reasoner.bulk.companies import Companies, counting, read_companies, sharing, with_membership
from reasoner.bulk.draws import Draws, Values, exact_counts, exact_rows, sampled_rows
from reasoner.bulk.judging import Verdicts, judged
from reasoner.bulk.network import ANYWAY, Cases, Ids, Network
from reasoner.bulk.propagation import Rows, propagate, run_starts
from reasoner.bulk.reading import Reading
from reasoner.bulk.relevance import Mask, depending, reach, restricted, touching
from reasoner.bulk.stakes import Field, Stakes, not_there, read_stakes
from reasoner.bulk.weighing import weighed
from reasoner.evidence.base import Base
from reasoner.grounding.relations import SCOPE, Relation
from reasoner.grounding.tables import Grounded, Setting, ground_background, ground_incidents, load_facts
from reasoner.language.program import Program
from reasoner.language.vocabulary import RESERVED_HEADS
from reasoner.terms import Atom, literals_in


@dataclass(frozen=True, eq=False)
class Stated:
    """What is stated of some incidents: a relation for each predicate, with what stands behind its atoms.

    The rows of all ``relations`` are numbered one after the other: so ``certain`` tells which hold in every world, and
    ``draws`` which are drawn. ``keys`` gives the generator's starting states of some draws, by number, shape
    (draws, 16).
    """

    cases: Cases
    relations: Mapping[str, Relation]
    certain: Mask
    draws: Draws
    keys: Callable[[Ids], Raw]


@dataclass(frozen=True, eq=False)
class Ranked:
    """The rankings of many incidents: the hypotheses with their probabilities, the companies with theirs, verdicts.

    ``exact`` says which incidents' worlds were enumerated.
    """

    field: Field
    probability: Values
    error: Values
    companies: Companies
    together: Values
    verdicts: Verdicts
    exact: Mask


class Assessor:
    """Ranks incidents over one background, so many at a time.

    Worlds are enumerated where an incident's are no more than ``worlds`` and no uncertain background is among what
    matters, else sampled, so many.
    """

    def __init__(
        self, setting: Setting, background: Base, worlds: int, seed: int, beneath: Grounded | None = None
    ) -> None:
        """Ground the background, unless that was done; ``setting`` has the rules as they are written."""
        program = with_membership(setting.program)
        self.setting = replace(setting, program=program, ends=_ends(program, setting.stated))
        self.worlds, self._seed = worlds, seed
        self.recursive = [component.recursive for component in self.setting.program.components]
        facts = [fact for fact in background.facts.values() if fact.credence > 0]
        if beneath is None:
            loaded = load_facts(setting.database, setting.coding, [fact.atom for fact in facts])
            beneath = ground_background(self.setting, loaded)
        self.beneath = beneath
        reading = Reading(self.setting, self.beneath, Cases(np.zeros(0, np.int64)))
        self._network = reading.network()
        number = self._numbers([fact.atom for fact in facts])
        self.certain = np.zeros(self._network.size, dtype=np.bool_)
        self.certain[[number[fact.atom] for fact in facts if fact.certain]] = True
        uncertain = np.zeros(self._network.size, dtype=np.bool_)
        uncertain[[number[fact.atom] for fact in facts if not fact.certain]] = True
        self.varying = depending(self._network, uncertain, self.certain)
        self.rows = self._held(background, number)

    def _numbers(self, atoms: Iterable[Atom]) -> dict[Atom, int]:
        """The number of each background fact: facts are the first rows of their relations."""
        seen: dict[str, int] = defaultdict(int)
        found = {}
        for atom in atoms:
            table = self.beneath.background[atom.predicate].table
            found[atom] = self._network.starts[table] + seen[atom.predicate]
            seen[atom.predicate] += 1
        return found

    def _held(self, background: Base, number: Mapping[Atom, int]) -> Rows:
        """Where each background atom holds in sampled worlds, which are the same for all incidents."""
        rows = np.zeros((self._network.size + 1, self.worlds // 8), dtype=np.uint8)
        rows[-1] = 255
        rows[:-1][self.certain] = 255
        for draw in background.draws:  # those within a fact come after its own
            drawn = sampled_alone(self._seed, draw.name, draw.shares, self.worlds)
            gate = rows[-1] if draw.within is None else rows[number[draw.within]]
            for value, row in zip(draw.values, drawn, strict=True):
                rows[number[value]] = row.view(np.uint8)[: rows.shape[1]] & gate
        propagate(self._network, self.recursive, rows, self.worlds, self.setting.coding.offset)
        return rows

    def ground(self, stated: Stated) -> Grounded:
        """All that may follow for some incidents."""
        self.setting.database.load("incidents", {SCOPE: stated.cases.codes})
        return ground_incidents(self.setting, self.beneath, stated.relations, "incidents")

    def rank(self, stated: Stated, grounded: Grounded) -> Ranked:
        """The rankings of some incidents that were ground. Raises InputError as `Assessment` does."""
        database, cases = self.setting.database, stated.cases
        reading = Reading(self.setting, grounded, cases, self._network.starts)
        network = reading.network(self._network.size)
        stakes = read_stakes(self.setting, grounded, network.starts, cases)
        companies = read_companies(self.setting, grounded, network.starts, cases, stakes.field)
        sizes = [database.size(relation.table) for relation in stated.relations.values()]
        starts = [network.starts[grounded.scoped[predicate].table] for predicate in stated.relations]
        numbers = [start + np.arange(size) for start, size in zip(starts, sizes, strict=True)]
        facts = np.concatenate([np.zeros(0, np.int64), *numbers])
        return _Ranking(self, stated, network, facts, stakes, companies).ranked()


def _ends(program: Program, stated: Collection[str]) -> frozenset[str]:
    """What weighs for and against, unless a rule asks for it or a feed states it: nothing asks which atom it is."""
    asked = {literal.atom.predicate for rule in program.rules for literal in literals_in(rule.body)}
    return frozenset(RESERVED_HEADS) - {"candidate"} - asked - frozenset(stated)


class _Ranking:
    """One ranking of many incidents, those with so many worlds at a time."""

    def __init__(
        self, by: Assessor, stated: Stated, network: Network, facts: Ids, stakes: Stakes, companies: Companies
    ) -> None:
        self._by, self._stated, self._network = by, stated, network
        self._stakes, self._companies = stakes, companies
        place = np.append(facts, -1)
        self._draws = replace(stated.draws, atom=place[stated.draws.atom], within=place[stated.draws.within])
        self._certain = np.append(by.certain, np.zeros(network.size - network.beneath, dtype=np.bool_))
        self._certain[facts[stated.certain]] = True
        self._sure = facts[stated.certain]
        self._probability = np.zeros(len(stakes.field))
        self._error = np.zeros(len(stakes.field))
        self._counting = np.zeros(len(companies.company))

    def ranked(self) -> Ranked:
        """Weigh all incidents, and judge."""
        needed, exact, counts = self._mattering()
        widths = np.where(exact, 8 * 2 ** np.ceil(np.log2(np.maximum(counts, 8.0) / 8)), 0).astype(np.int64)
        for width in np.unique(widths):
            self._weigh(needed, widths == width, int(width))
        companies = self._companies
        together = np.zeros(len(companies.head))
        np.add.at(together, companies.company, self._counting)
        verdicts = judged(self._stakes.field, companies, self._probability, together)
        return Ranked(self._stakes.field, self._probability, self._error, companies, together, verdicts, exact)

    def _mattering(self) -> tuple[Mask, Mask, Values]:
        """The atoms that matter, which incidents are enumerated, and in how many worlds."""
        network, by, companies = self._network, self._by, self._companies
        cases = len(self._stated.cases)
        targets = np.concatenate([self._stakes.atoms, companies.atom[companies.atom >= 0]])
        needed = reach(network, targets, self._certain)
        before = -1
        while before != (before := int(needed.sum())):  # a gate may itself lie within another
            gates = self._draws.within[needed[self._draws.atom]]
            needed[gates[gates >= 0]] = True
        varying = np.append(by.varying, np.zeros(network.size - network.beneath + 1, dtype=np.bool_))
        open_ = touching(network, needed, self._certain, varying[:-1], cases)
        tied = varying[companies.atom]
        home = self._stakes.field.case[companies.hypothesis[companies.pairing[tied]]]
        open_[home] = True
        counts = exact_counts(self._draws.only(needed[self._draws.atom]), cases)
        return needed, ~open_ & (counts <= by.worlds), counts

    def _weigh(self, needed: Mask, cases: Mask, width: int) -> None:
        """Weigh some incidents that take as many worlds as are enumerated, or the sample where ``width`` is 0."""
        by, field, companies = self._by, self._stakes.field, self._companies
        worlds = width or by.worlds
        network, number = restricted(self._network, needed, self._certain, cases)
        rows, weights = self._held(network, number, needed, cases, width)
        propagate(network, by.recursive, rows, worlds, by.setting.coding.offset)
        stakes = self._stakes.renumbered(number)
        self._check(stakes, rows, worlds)
        contests = np.flatnonzero(cases[field.case[field.starts]])
        chosen = np.flatnonzero(cases[field.case[companies.hypothesis]])
        held = companies.rows(chosen, number, rows)
        asked, pairings = counting(companies, chosen, held)
        found = weighed(
            stakes,
            contests,
            rows,
            None if weights is None else weights[field.case[field.starts[contests]]],
            sharing(companies, chosen, field, held, worlds),
            asked,
            by.setting.program.scales.exclusion,
            worlds,
        )
        self._probability += found.probability
        self._error += found.error
        self._counting[pairings] = found.counting

    def _check(self, stakes: Stakes, rows: Rows, worlds: int) -> None:
        """Refuse a strength off the scale that something holds with in some world of these incidents."""
        atoms, codes = stakes.misfits[:, stakes.misfits[0] >= 0]
        wrong = np.unpackbits(rows[atoms], axis=1, count=worlds, bitorder="little").any(axis=1)
        if wrong.any():
            raise not_there(self._by.setting.coding, int(codes[np.argmax(wrong)]), "strength")

    def _held(self, network: Network, number: Ids, needed: Mask, cases: Mask, width: int) -> tuple[Rows, Values | None]:
        """The rows of the background and of facts, and the weights of the worlds if these are enumerated."""
        by, draws = self._by, self._draws
        rows = np.zeros((network.size + 1, (width or by.worlds) // 8), dtype=np.uint8)
        rows[-1] = 255
        weights = None
        if width:
            rows[: network.beneath] = np.where(by.rows[:-1].any(axis=1), 255, 0)[:, None]  # what varies does not matter
            drawn = draws.only(needed[draws.atom] & cases[draws.case])
            values, weights = exact_rows(drawn, len(cases), width)
        else:
            rows[: network.beneath] = by.rows[:-1]
            asked = np.zeros(int(draws.draw.max(initial=-1)) + 1, dtype=np.bool_)
            asked[draws.draw[needed[draws.atom]]] = True
            drawn = draws.only(asked[draws.draw] & cases[draws.case])
            keys = self._stated.keys(drawn.draw[run_starts(drawn.draw)])
            values = sampled_rows(keys, drawn, by.worlds)
        sure = number[self._sure]
        rows[sure[sure >= 0]] = 255
        _fill(rows, values, number[drawn.atom], np.where(drawn.within >= 0, number[drawn.within], ANYWAY))
        return rows, weights


def _fill(rows: Rows, values: Rows, atom: Ids, gate: Ids) -> None:
    """Enter where drawn facts hold: where they are drawn and the fact that each lies within holds, too."""
    waiting = np.flatnonzero(atom >= 0)
    open_ = np.zeros(len(rows), dtype=np.bool_)
    while len(waiting):
        open_[atom[waiting]] = True
        ready = waiting[~open_[gate[waiting]]]
        rows[atom[ready]] = values[ready] & rows[gate[ready]]
        open_[:] = False
        waiting = np.setdiff1d(waiting, ready, assume_unique=True)
