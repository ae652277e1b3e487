"""Who counts with whom, for the hypotheses of many incidents: members under umbrellas, fronts with their owners.

The same as `reasoner.assessment.umbrellas`. Membership in any number of steps comes from the network: `UNDER` says it,
and two rules of the calculus derive it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sqlglot import exp

from reasoner.bulk.network import ANYWAY, Cases, Ids
from reasoner.bulk.propagation import Rows, distinct, folded, is_among, ranges, run_sizes, run_starts
from reasoner.bulk.stakes import Field
from reasoner.bulk.weighing import Counting, Sharing
from reasoner.grounding.relations import ROW, SCOPE, Relation
from reasoner.grounding.tables import Grounded, Setting
from reasoner.language.program import Component, Program
from reasoner.terms import Atom, Comparison, Literal, Rule, Variable

UNDER = "#under"
"""The predicate that says who is under whom, in any number of steps. No rule file can name it."""

_MEMBER, _FRONT = "member_of", "front_for"


def with_membership(program: Program) -> Program:
    """The program with rules for membership in any number of steps; nobody is under themselves."""
    member, between, umbrella = map(Variable, ("M", "X", "U"))
    apart = Comparison("!=", member, umbrella)
    direct = Literal(Atom(_MEMBER, (member, umbrella)))
    first = Literal(Atom(UNDER, (member, between)))
    step = Literal(Atom(_MEMBER, (between, umbrella)))
    head = Atom(UNDER, (member, umbrella))
    rules = (Rule(UNDER, None, head, (direct, apart)), Rule(f"{UNDER} again", None, head, (first, step, apart)))
    start = len(program.rules)
    component = Component(frozenset({UNDER}), (start, start + 1), True, program.components[-1].stratum)
    return replace(
        program,
        rules=(*program.rules, *rules),
        components=(*program.components, component),
        arities={**program.arities, UNDER: 2, _MEMBER: 2},
    )


@dataclass(frozen=True, eq=False)
class Companies:
    """Umbrellas and owners of fronts, each in one contest, with the hypotheses that may count with it.

    A company has a ``contest`` and a ``head``, and may ``own`` fronts: then members, fronts and itself count, else
    members and itself. ``company`` and ``hypothesis`` are those of each pairing, sorted so; a pairing holds where one
    of its ``atom`` does, which ``pairing`` assigns. ``over`` are umbrellas whose head may be under that of another:
    these and those, in two rows.
    """

    contest: Ids
    head: Ids
    owns: Ids
    company: Ids
    hypothesis: Ids
    pairing: Ids
    atom: Ids
    over: Ids

    def rows(self, pairings: Ids, number: Ids, rows: Rows) -> Rows:
        """Where some pairings (ascending) hold, by the rows of atoms that are numbered anew."""
        if not len(pairings):
            return rows[:0]
        first = np.searchsorted(self.pairing, pairings)
        sizes = np.searchsorted(self.pairing, pairings, side="right") - first
        starts = np.cumsum(sizes) - sizes
        atoms = number[self.atom[ranges(first, sizes)]]
        found: Rows = folded(np.bitwise_or, rows[atoms], starts, np.uint8)
        return found


def read_companies(
    setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Cases, field: Field
) -> Companies:
    """All companies of some incidents."""
    tied = _Tied(setting, grounded, starts, cases)
    listed = np.flatnonzero(field.actor < field.other)
    members = tied.pairs(UNDER, field.case[listed], field.actor[listed])
    fronts = tied.pairs(_FRONT, field.case[listed], field.actor[listed])
    for each in (members, fronts):
        each[0] = listed[each[0]]
    beyond = field.other + 2
    beneath = distinct(field.contest[members[0]] * beyond + members[1])
    of_front = field.contest[fronts[0]] * beyond + fronts[1]
    known = is_among(of_front, beneath) | (field.place(field.contest[fronts[0]], fronts[1]) >= 0)
    fronts = fronts[:, known & (field.actor[fronts[0]] != fronts[1])]
    owners = distinct(field.contest[fronts[0]] * beyond + fronts[1])
    parts = [_entries(field, members, 0), _entries(field, fronts, 1)]
    owned = _entries(field, members, 1)
    parts.append(owned[:, is_among(owned[0] * beyond + owned[1], owners)])
    for kind, keys in ((0, beneath), (1, owners)):
        contest, head = keys // beyond, keys % beyond
        place = field.place(contest, head)
        own = np.array([contest, head, np.full(len(keys), kind), place, np.full(len(keys), ANYWAY)])
        parts.append(own[:, place >= 0])
    contest, head = beneath // beyond, beneath % beyond
    higher = tied.pairs(UNDER, field.case[field.starts[contest]], head)
    upper = np.searchsorted(beneath, contest[higher[0]] * beyond + higher[1])
    return _companies(np.concatenate(parts, axis=1), np.array([higher[0], upper]))


def _entries(field: Field, pairs: Ids, kind: int) -> Ids:
    """Pairs of hypothesis, head and atom, as rows of contest, head, kind, hypothesis and atom."""
    hypothesis, head, atom = pairs
    return np.array([field.contest[hypothesis], head, np.full(len(head), kind), hypothesis, atom])


def _companies(entries: Ids, over: Ids) -> Companies:
    """Companies of their entries. Umbrellas come first, by contest and head; ``over`` speaks of them in that order."""
    contest, head, kind, hypothesis, atom = entries[:, np.lexsort((entries[3], entries[1], entries[0], entries[2]))]
    fresh = np.ones(len(head), dtype=np.bool_)
    fresh[1:] = (kind[1:] != kind[:-1]) | (contest[1:] != contest[:-1]) | (head[1:] != head[:-1])
    paired = fresh.copy()
    paired[1:] |= hypothesis[1:] != hypothesis[:-1]
    first, firsts = np.flatnonzero(fresh), np.flatnonzero(paired)
    company, pairing = (np.cumsum(fresh) - 1)[firsts], np.cumsum(paired) - 1
    return Companies(contest[first], head[first], kind[first], company, hypothesis[firsts], pairing, atom, over)


class _Tied:
    """Looks up whom actors are tied to, in the background and in their incidents."""

    def __init__(self, setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Cases) -> None:
        self._setting, self._grounded, self._starts, self._cases = setting, grounded, starts, cases
        self._beyond = setting.coding.size + 2

    def pairs(self, predicate: str, case: Ids, actor: Ids) -> Ids:
        """For each actor (by place), whom it may be tied to, and the atom that says so; shape (3, pairs)."""
        found = [np.zeros((3, 0), np.int64)]
        for relation in self._grounded.of(predicate):
            first, second, atom, home = self._read(relation)
            if relation.scoped:
                mine, theirs = case * self._beyond + actor, home * self._beyond + first
            else:
                mine, theirs = actor, first
            order = np.argsort(theirs, kind="stable")
            low = np.searchsorted(theirs[order], mine, side="left")
            sizes = np.searchsorted(theirs[order], mine, side="right") - low
            chosen = order[ranges(low, sizes)]
            found.append(np.array([np.repeat(np.arange(len(actor)), sizes), second[chosen], atom[chosen]]))
        return np.concatenate(found, axis=1)

    def _read(self, relation: Relation) -> tuple[Ids, Ids, Ids, Ids]:
        shown = [exp.alias_(value, f"c{place}") for place, value in enumerate(relation.arguments("r"))]
        shown.append(exp.alias_(exp.column(SCOPE, "r") if relation.scoped else exp.Literal.number("0"), "own"))
        query = exp.select(*shown).from_(exp.to_table(relation.table).as_("r")).order_by(exp.column(ROW, "r"))
        found = [np.asarray(each, dtype=np.int64) for each in self._setting.database.columns(query).values()]
        case = self._cases.places(found[2]) if relation.scoped else found[2]
        return found[0], found[1], np.arange(len(case)) + self._starts[relation.table], case


def counting(companies: Companies, pairings: Ids, rows: Rows) -> tuple[Counting, Ids]:
    """What is asked of some pairings, in order of their hypotheses, and which pairing each is."""
    order = np.argsort(companies.hypothesis[pairings], kind="stable")
    return Counting(companies.hypothesis[pairings[order]], rows[order]), pairings[order]


def sharing(companies: Companies, pairings: Ids, field: Field, rows: Rows, worlds: int) -> Sharing:
    """By how many the default prior of each hypothesis is shared, where an umbrella is one, too.

    ``rows`` are those of the pairings. An umbrella that is a hypothesis and its members in a world share one prior; who
    is in several such families has the largest one's share.
    """
    heading = (companies.owns == 0) & (field.place(companies.contest, companies.head) >= 0)
    chosen = np.flatnonzero(heading[companies.company[pairings]])
    if not len(chosen):
        return Sharing(np.zeros(0, np.int64), np.zeros((0, worlds), np.int16))
    company, hypothesis = companies.company[pairings[chosen]], companies.hypothesis[pairings[chosen]]
    held = np.unpackbits(rows[chosen], axis=1, count=worlds, bitorder="little").astype(np.int16)
    starts = run_starts(company)
    family = np.add.reduceat(held, starts, axis=0)  # its own pairing holds anyway, and counts the umbrella itself
    held *= np.repeat(family, run_sizes(starts, len(chosen)), axis=0)
    order = np.argsort(hypothesis, kind="stable")
    runs = run_starts(hypothesis[order])
    number = np.maximum(np.maximum.reduceat(held[order], runs, axis=0), 1)
    return Sharing(hypothesis[order][runs], number)
