"""The hypotheses of many incidents, and all that weighs for and against each, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sqlglot import exp

from reasoner.bulk.network import Cases, Ids
from reasoner.bulk.propagation import run_sizes
from reasoner.grounding.clauses import Clause
from reasoner.grounding.coding import Coding
from reasoner.grounding.relations import ROW, SCOPE
from reasoner.grounding.tables import Grounded, Setting
from reasoner.language.vocabulary import MAXIMUM_STRENGTH, NOBODY, OTHER, Scales
from reasoner.problems import InputError, Problem
from reasoner.terms import term_text

Small: TypeAlias = npt.NDArray[np.int16]

SUPPORTS, OPPOSES = 0, 1


@dataclass(frozen=True, eq=False)
class Field:
    """The hypotheses, a row each, those of one role of one incident together: candidates by name, `other`, `nobody`.

    ``case`` is the place of the incident, ``role`` that of the role in the scales, ``actor`` a number of a constant or,
    past all of these, ``other`` or ``nobody``. ``default`` is a prior in decibans. ``contest`` numbers the pairs of
    incident and role from 0; the rows of each begin at ``starts``.
    """

    case: Ids
    role: Ids
    actor: Ids
    default: npt.NDArray[np.float64]
    contest: Ids
    starts: Ids
    other: int

    def __len__(self) -> int:
        return len(self.case)

    def place(self, contest: Ids, actor: Ids) -> Ids:
        """Where hypotheses stand, by contest and actor; -1 for who is none."""
        keys = self._keys(self.contest, self.actor)
        wanted = self._keys(contest, actor)
        found = np.searchsorted(keys, wanted)
        found[found == len(keys)] = 0
        return np.where(keys[found] == wanted, found, -1) if len(keys) else np.full(len(wanted), -1)

    def _keys(self, contest: Ids, actor: Ids) -> Ids:
        return np.asarray(contest * (self.other + 2) + actor)


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines of evidence: whose, of which slot, how strong in decibans, and the atom that states it.

    A slot is a side of a factor: two times its place, and one more against. Sorted by hypothesis and slot.
    """

    hypothesis: Ids
    slot: Small
    strength: Small
    atom: Ids


@dataclass(frozen=True, eq=False)
class Stakes:
    """All that weighs: lines, stated priors, and what excludes.

    ``misfits`` are atoms that state a strength off the scale, with its number: they must hold in no world.
    """

    field: Field
    lines: Lines
    priors: Lines
    excludes: Lines
    misfits: Ids

    def renumbered(self, number: Ids) -> Stakes:
        """The same with new numbers for the atoms."""
        lines, priors, excludes = (
            replace(each, atom=number[each.atom]) for each in (self.lines, self.priors, self.excludes)
        )
        return Stakes(self.field, lines, priors, excludes, np.array([number[self.misfits[0]], self.misfits[1]]))

    @property
    def atoms(self) -> Ids:
        """The atoms that weigh."""
        return np.concatenate([self.lines.atom, self.priors.atom, self.excludes.atom, self.misfits[0]])


def read_stakes(setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Cases) -> Stakes:
    """What the rules conclude of who it was, for each of some incidents.

    Raises:
        InputError: a rule names an unknown role or factor, or a reserved candidate.
    """
    return _Reading(setting, grounded, starts, cases).stakes()


class _Reading:
    """One pass over the reserved heads of all incidents; the database brings heads and hypotheses together."""

    def __init__(self, setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Cases) -> None:
        self._setting, self._grounded, self._starts, self._cases = setting, grounded, starts, cases
        self._scales: Scales = setting.program.scales
        self._roles, self._factors = list(self._scales.roles), sorted(self._scales.factors)
        self._other = setting.coding.size
        self._misfits = [np.zeros((2, 0), np.int64)]

    def stakes(self) -> Stakes:
        field = self._field()
        lines = chain(self._lines("supports", SUPPORTS), self._lines("opposes", OPPOSES))
        found, priors, excludes = map(_sorted, (lines, self._stated("prior"), self._stated("excludes")))
        return Stakes(field, found, priors, excludes, np.concatenate(self._misfits, axis=1))

    def _field(self) -> Field:
        relation = self._grounded.scoped.get("candidate")
        found = [np.zeros(0, np.int64)] * 3
        if relation is not None:
            arguments = relation.arguments("r")
            query = exp.select(*(exp.alias_(each, f"c{place}") for place, each in enumerate(arguments)))
            query = query.from_(exp.to_table(relation.table).as_("r")).where(_of_itself(arguments))
            found = [np.asarray(each, dtype=np.int64) for each in self._setting.database.columns(query).values()]
        case, role_code, actor = found
        case, role, count = self._cases.places(case), self._places(role_code, self._roles), len(self._roles)
        self._check(role < 0, role_code, "role")
        self._check_actors(actor)
        contests = np.flatnonzero(np.bincount(case * count + role))
        nobody = np.array([self._scales.roles[each].nobody is not None for each in self._roles], dtype=np.bool_)
        open_ = contests[nobody[contests % count]]
        beyond = self._other + 2
        keys = [(case * count + role) * beyond + actor, contests * beyond + self._other, open_ * beyond + beyond - 1]
        self._keys = rows = np.sort(np.concatenate(keys))
        both, actors = rows // beyond, rows % beyond
        starts = np.searchsorted(both, contests)
        default = np.zeros(len(rows))
        default[actors == self._other] = self._scales.unlisted
        default[actors == self._other + 1] = self._scales.nobody
        contest = np.repeat(np.arange(len(contests)), run_sizes(starts, len(rows)))
        return Field(both // count, both % count, actors, default, contest, starts, self._other)

    def _about(self, head: str) -> Iterator[list[Ids | int]]:
        """What tables conclude of hypotheses: which one, the further arguments, and the numbers of the atoms.

        An argument that is one constant throughout is that.
        """
        relation = self._grounded.scoped.get(head)
        if relation is not None:
            yield self._of_hypotheses(relation.table, relation.arguments("r"))
        for each in self._grounded.instances:
            if each.rule.head.predicate == head and each.scoped and head in self._setting.ends:
                clause = Clause(self._setting.coding, each.values("r"))
                yield self._of_hypotheses(each.table, [clause.value(term) for term in each.rule.head.arguments])

    def _of_hypotheses(self, table: str, arguments: Sequence[exp.Expr]) -> list[Ids | int]:
        """What the rows of a table conclude of hypotheses of their own incident."""
        shown = [exp.column(SCOPE, "r"), *arguments[1:], exp.column(ROW, "r")]
        fetched = {place: each for place, each in enumerate(shown) if not isinstance(each, (exp.Literal, exp.Neg))}
        query = exp.select(*(exp.alias_(each.copy(), f"c{place}") for place, each in fetched.items()))
        query = query.from_(exp.to_table(table).as_("r")).where(_of_itself(arguments))
        columns = self._setting.database.columns(query)
        case, role, actor, *further, atom = (
            columns[f"c{place}"] if place in fetched else int(each.sql()) for place, each in enumerate(shown)
        )
        hypothesis = self._hypothesis(*map(np.atleast_1d, (case, role, actor)))
        found = [hypothesis, *further, atom + self._starts[table]]
        known = hypothesis >= 0
        return found if known.all() else [each if isinstance(each, int) else each[known] for each in found]

    def _hypothesis(self, case: Ids, role: Ids, actor: Ids) -> Ids:
        """Where hypotheses stand in the field, by the constants that rules know them by; -1 for what is none."""
        beside = self._places(actor, (OTHER, NOBODY))
        named = np.where(beside >= 0, self._other + beside, actor)
        place = self._places(role, self._roles)
        if not len(self._keys):
            return np.full(len(case), -1)
        wanted = (self._cases.places(case) * len(self._roles) + place) * (self._other + 2) + named
        found = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where((self._keys[found] == wanted) & (place >= 0) & (named >= 0), found, -1)

    def _lines(self, head: str, side: int) -> Iterator[Lines]:
        for hypothesis, factor_code, strength, atom in self._about(head):
            factor = self._places(np.atleast_1d(factor_code), self._factors)
            self._check(factor < 0, np.atleast_1d(factor_code), "factor")
            yield self._fitting(hypothesis, factor * 2 + side, strength, 0, atom)

    def _stated(self, head: str) -> Iterator[Lines]:
        for hypothesis, strength, atom in self._about(head):
            said = strength if head == "prior" else self._setting.coding.code(0)
            yield self._fitting(hypothesis, np.zeros(1, np.int64), said, -MAXIMUM_STRENGTH, atom)

    def _fitting(self, hypothesis: Ids | int, slot: Ids, strength: Ids | int, least: int, atom: Ids | int) -> Lines:
        """The lines with a strength that is on the scale; the others are remembered, and must hold nowhere."""
        codes = np.atleast_1d(strength)
        word = self._places(codes, list(self._scales.strengths))
        decibans = np.array(list(self._scales.strengths.values()), dtype=np.int64)
        found = np.where(word >= 0, decibans[word], codes + self._setting.coding.offset)
        fits = (word >= 0) | ((codes < 0) & (found >= least) & (found <= MAXIMUM_STRENGTH))
        whose, atoms = np.atleast_1d(hypothesis), np.atleast_1d(atom)
        lines = Lines(whose, _small(slot, len(whose)), _small(found, len(whose)), atoms)
        if fits.all():
            return lines
        kept = np.broadcast_to(fits, len(whose))
        self._misfits.append(np.array([atoms[~kept], np.broadcast_to(codes, len(whose))[~kept]]))
        return Lines(whose[kept], lines.slot[kept], lines.strength[kept], atoms[kept])

    def _places(self, codes: Ids, names: Sequence[str]) -> Ids:
        """The place of each constant among some names; -1 for any other."""
        coding = self._setting.coding
        known = sorted((coding.code(name), place) for place, name in enumerate(names) if coding.knows(name))
        if not known:
            return np.full(len(codes), -1)
        ordered = np.array(known, dtype=np.int64)
        found = np.minimum(np.searchsorted(ordered[:, 0], codes), len(known) - 1)
        return np.where(ordered[found, 0] == codes, ordered[found, 1], -1)

    def _check(self, wrong: npt.NDArray[np.bool_], codes: Ids, kind: str) -> None:
        if wrong.any():
            raise not_there(self._setting.coding, int(codes[np.argmax(wrong)]), kind)

    def _check_actors(self, actor: Ids) -> None:
        beside = self._places(actor, (OTHER, NOBODY)) >= 0
        if beside.any():
            name = term_text(self._setting.coding.constant(int(actor[np.argmax(beside)])))
            message = f"`{name}` is always a hypothesis of its own and can't be named as a candidate"
            raise InputError([Problem("reserved-candidate", message)])


def not_there(coding: Coding, code: int, kind: str) -> InputError:
    """That a rule concludes something with a role, factor or strength that there is not."""
    message = f"a rule concludes something with the {kind} `{term_text(coding.constant(code))}`, and there is none such"
    return InputError([Problem(f"unknown-{kind}", message)])


def _of_itself(arguments: Sequence[exp.Expr]) -> exp.Expr:
    """That a head is about the incident it was concluded for."""
    return exp.EQ(this=arguments[0].copy(), expression=exp.column(SCOPE, "r"))


def _small(values: Ids, size: int) -> Small:
    """Small numbers, one for each of so many rows."""
    return np.broadcast_to(values.astype(np.int16), size)


def _sorted(parts: Iterable[Lines]) -> Lines:
    """Lines by hypothesis and slot."""
    lines = [_NONE, *parts]
    hypothesis = np.concatenate([each.hypothesis for each in lines])
    slot = np.concatenate([each.slot for each in lines])
    strength = np.concatenate([each.strength for each in lines])
    atom = np.concatenate([each.atom for each in lines])
    order = np.argsort((hypothesis << 16) + slot, kind="stable")
    return Lines(hypothesis[order], slot[order], strength[order], atom[order])


_NONE = Lines(np.zeros(0, np.int64), np.zeros(0, np.int16), np.zeros(0, np.int16), np.zeros(0, np.int64))
