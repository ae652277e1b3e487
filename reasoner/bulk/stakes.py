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
from reasoner.grounding.clauses import Clause
from reasoner.grounding.database import Columns
from reasoner.grounding.relations import ROW, SCOPE
from reasoner.grounding.tables import Grounded, Setting
from reasoner.language.vocabulary import MAXIMUM_STRENGTH, NOBODY, OTHER, Scales
from reasoner.problems import InputError, Problem
from reasoner.terms import term_text

Small: TypeAlias = npt.NDArray[np.int16]

SUPPORTS, OPPOSES = 0, 1

_HYPOTHESES = "hypotheses"


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
    """All that weighs: lines, stated priors, and what excludes."""

    field: Field
    lines: Lines
    priors: Lines
    excludes: Lines

    def renumbered(self, number: Ids) -> Stakes:
        """The same with new numbers for the atoms."""
        lines, priors, excludes = (
            replace(each, atom=number[each.atom]) for each in (self.lines, self.priors, self.excludes)
        )
        return Stakes(self.field, lines, priors, excludes)

    @property
    def atoms(self) -> Ids:
        """The atoms that weigh."""
        return np.concatenate([each.atom for each in (self.lines, self.priors, self.excludes)])


def read_stakes(setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Cases) -> Stakes:
    """What the rules conclude of who it was, for each of some incidents.

    Raises:
        InputError: a rule names an unknown role or factor, a strength off the scale, or a reserved candidate.
    """
    return _Reading(setting, grounded, starts, cases).stakes()


class _Reading:
    """One pass over the reserved heads of all incidents; the database brings heads and hypotheses together."""

    def __init__(self, setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Cases) -> None:
        self._setting, self._grounded, self._starts, self._cases = setting, grounded, starts, cases
        self._scales: Scales = setting.program.scales
        self._roles, self._factors = list(self._scales.roles), sorted(self._scales.factors)
        self._other = setting.coding.size

    def stakes(self) -> Stakes:
        field = self._field()
        self._setting.database.load(_HYPOTHESES, self._named(field))
        lines = chain(self._lines("supports", SUPPORTS), self._lines("opposes", OPPOSES))
        return Stakes(field, _sorted(lines), _sorted(self._stated("prior")), _sorted(self._stated("excludes")))

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
        contests = np.unique(case * count + role)
        nobody = np.array([self._scales.roles[each].nobody is not None for each in self._roles], dtype=np.bool_)
        open_ = contests[nobody[contests % count]]
        beyond = self._other + 2
        keys = [(case * count + role) * beyond + actor, contests * beyond + self._other, open_ * beyond + beyond - 1]
        rows = np.sort(np.concatenate(keys))
        both, actors = rows // beyond, rows % beyond
        starts = np.searchsorted(both, contests)
        default = np.zeros(len(rows))
        default[actors == self._other] = self._scales.unlisted
        default[actors == self._other + 1] = self._scales.nobody
        contest = np.repeat(np.arange(len(contests)), np.diff([*starts, len(rows)]))
        return Field(both // count, both % count, actors, default, contest, starts, self._other)

    def _named(self, field: Field) -> Columns:
        """The hypotheses by the constants that rules know them by."""
        roles = np.array([self._code(role) for role in self._roles])
        beside = {self._other: self._code(OTHER), self._other + 1: self._code(NOBODY)}
        actor = field.actor.copy()
        for number, code in beside.items():
            actor[field.actor == number] = code
        return {SCOPE: self._cases.codes[field.case], "role": roles[field.role], "actor": actor, "number": _upto(field)}

    def _code(self, name: str) -> int:
        """The number of a constant; one that stands for nothing where no rule or fact has it."""
        coding = self._setting.coding
        return coding.code(name) if coding.knows(name) else coding.code(coding.largest) + 1

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
        whose = exp.and_(
            exp.EQ(this=exp.column(SCOPE, "h"), expression=exp.column(SCOPE, "r")),
            exp.EQ(this=exp.column("role", "h"), expression=arguments[1].copy()),
            exp.EQ(this=exp.column("actor", "h"), expression=arguments[2].copy()),
            _of_itself(arguments),
        )
        shown = [exp.column("number", "h"), *arguments[3:], exp.column(ROW, "r")]
        fetched = {place: each for place, each in enumerate(shown) if not isinstance(each, (exp.Literal, exp.Neg))}
        query = exp.select(*(exp.alias_(each.copy(), f"c{place}") for place, each in fetched.items()))
        query = query.from_(exp.to_table(table).as_("r")).join(exp.to_table(_HYPOTHESES).as_("h"), on=whose)
        columns = self._setting.database.columns(query)
        found = [columns[f"c{place}"] if place in fetched else int(each.sql()) for place, each in enumerate(shown)]
        return [*found[:-1], found[-1] + self._starts[table]]

    def _lines(self, head: str, side: int) -> Iterator[Lines]:
        for hypothesis, factor_code, strength, atom in self._about(head):
            size = len(hypothesis)  # type: ignore[arg-type]  # never a constant
            factor = self._places(np.atleast_1d(factor_code), self._factors)
            self._check(factor < 0, np.atleast_1d(factor_code), "factor")
            slot, decibans = factor * 2 + side, self._strengths(np.atleast_1d(strength), 0)
            yield Lines(hypothesis, _small(slot, size), _small(decibans, size), atom)  # type: ignore[arg-type]

    def _stated(self, head: str) -> Iterator[Lines]:
        for hypothesis, strength, atom in self._about(head):
            size = len(hypothesis)  # type: ignore[arg-type]  # never a constant
            nothing = np.zeros(1, np.int64)
            said = self._strengths(np.atleast_1d(strength), -MAXIMUM_STRENGTH) if head == "prior" else nothing
            yield Lines(hypothesis, _small(nothing, size), _small(said, size), atom)  # type: ignore[arg-type]

    def _places(self, codes: Ids, names: Sequence[str]) -> Ids:
        """The place of each constant among some names; -1 for any other."""
        coding = self._setting.coding
        lookup = np.full(coding.size + 1, -1, dtype=np.int64)
        for place, name in enumerate(names):
            if coding.knows(name):
                lookup[coding.code(name)] = place
        return lookup[np.where(codes < 0, coding.size, codes)]

    def _strengths(self, codes: Ids, least: int) -> Ids:
        words = list(self._scales.strengths)
        place = self._places(codes, words)
        decibans = np.array([self._scales.strengths[word] for word in words], dtype=np.int64)
        found = np.where(place >= 0, decibans[place], codes + self._setting.coding.offset)
        fits = (place >= 0) | ((codes < 0) & (found >= least) & (found <= MAXIMUM_STRENGTH))
        self._check(~fits, codes, "strength")
        return found

    def _check(self, wrong: npt.NDArray[np.bool_], codes: Ids, kind: str) -> None:
        if wrong.any():
            constant = self._setting.coding.constant(int(codes[np.argmax(wrong)]))
            message = f"a rule concludes something with the {kind} `{term_text(constant)}`, and there is none such"
            raise InputError([Problem(f"unknown-{kind}", message)])

    def _check_actors(self, actor: Ids) -> None:
        beside = self._places(actor, (OTHER, NOBODY)) >= 0
        if beside.any():
            name = term_text(self._setting.coding.constant(int(actor[np.argmax(beside)])))
            message = f"`{name}` is always a hypothesis of its own and can't be named as a candidate"
            raise InputError([Problem("reserved-candidate", message)])


def _of_itself(arguments: Sequence[exp.Expr]) -> exp.Expr:
    """That a head is about the incident it was concluded for."""
    return exp.EQ(this=arguments[0].copy(), expression=exp.column(SCOPE, "r"))


def _upto(field: Field) -> Ids:
    return np.arange(len(field))


def _small(values: Ids, size: int) -> Small:
    """Small numbers, one for each of so many rows."""
    return np.broadcast_to(values.astype(np.int16), size)


def _sorted(parts: Iterable[Lines]) -> Lines:
    """Lines by hypothesis and slot."""
    lines = [_NONE, *parts]
    hypothesis, slot = (
        np.concatenate([each.hypothesis for each in lines]),
        np.concatenate([each.slot for each in lines]),
    )
    order = np.argsort((hypothesis << 16) + slot, kind="stable")
    strength, atom = np.concatenate([each.strength for each in lines]), np.concatenate([each.atom for each in lines])
    return Lines(hypothesis[order], slot[order], strength[order], atom[order])


_NONE = Lines(np.zeros(0, np.int64), np.zeros(0, np.int16), np.zeros(0, np.int16), np.zeros(0, np.int64))
