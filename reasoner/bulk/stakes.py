"""The hypotheses of many incidents, and all that weighs for and against each, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sqlglot import exp

from reasoner.bulk.network import Ids
from reasoner.grounding.relations import ROW, SCOPE
from reasoner.grounding.tables import Grounded, Setting
from reasoner.language.vocabulary import MAXIMUM_STRENGTH, NOBODY, OTHER, RESERVED_HEADS, Scales
from reasoner.problems import InputError, Problem
from reasoner.terms import term_text

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
    """Lines of evidence: whose, of which factor and side, how strong in decibans, and the atom that states it.

    Sorted by hypothesis, factor and side.
    """

    hypothesis: Ids
    factor: Ids
    side: Ids
    strength: Ids
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


def read_stakes(setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Ids) -> Stakes:
    """What the rules conclude of who it was, for each of some incidents (sorted numbers of constants).

    Raises:
        InputError: a rule names an unknown role or factor, a strength off the scale, or a reserved candidate.
    """
    return _Reading(setting, grounded, starts, cases).stakes()


class _Reading:
    """One pass over the reserved heads of all incidents."""

    def __init__(self, setting: Setting, grounded: Grounded, starts: Mapping[str, int], cases: Ids) -> None:
        self._setting, self._grounded, self._starts, self._cases = setting, grounded, starts, cases
        self._scales: Scales = setting.program.scales
        self._roles, self._factors = list(self._scales.roles), sorted(self._scales.factors)
        self._other = len(setting.coding.symbols)
        self._contests: Ids = np.zeros(0, np.int64)

    def stakes(self) -> Stakes:
        field = self._field()
        supports, opposes = self._lines(field, "supports", SUPPORTS), self._lines(field, "opposes", OPPOSES)
        priors, excludes = self._stated(field, "prior"), self._stated(field, "excludes")
        return Stakes(field, _sorted(supports, opposes), priors, excludes)

    def _atoms(self, head: str) -> tuple[list[Ids], Ids]:
        """The arguments of the heads that concern their own incident, its place first, and the numbers of the atoms."""
        relation = self._grounded.scoped.get(head)
        if relation is None:
            return [np.zeros(0, np.int64)] * RESERVED_HEADS[head], np.zeros(0, np.int64)
        shown = [exp.alias_(value, f"c{place}") for place, value in enumerate(relation.arguments("r"))]
        shown.append(exp.alias_(exp.column(SCOPE, "r"), "own"))
        query = exp.select(*shown).from_(exp.to_table(relation.table).as_("r")).order_by(exp.column(ROW, "r"))
        found = [np.asarray(each, dtype=np.int64) for each in self._setting.database.columns(query).values()]
        concerned = np.flatnonzero(found[0] == found[-1])
        arguments = [each[concerned] for each in found[:-1]]
        arguments[0] = np.searchsorted(self._cases, arguments[0])
        return arguments, concerned + self._starts[relation.table]

    def _field(self) -> Field:
        (case, role_code, actor), _ = self._atoms("candidate")
        role, count = self._places(role_code, self._roles), len(self._roles)
        self._check(role < 0, role_code, "role")
        self._contests = contests = np.unique(case * count + role)
        nobody = np.array([self._scales.roles[each].nobody is not None for each in self._roles], dtype=np.bool_)
        open_ = contests[nobody[contests % count]]
        keys = np.concatenate([case * count + role, contests, open_])
        beside = [np.full(len(contests), self._other), np.full(len(open_), self._other + 1)]
        rows = np.unique(np.array([keys, np.concatenate([actor, *beside])]), axis=1)
        default = np.zeros(rows.shape[1])
        default[rows[1] == self._other] = self._scales.unlisted
        default[rows[1] == self._other + 1] = self._scales.nobody
        contest = np.searchsorted(contests, rows[0])
        starts = np.searchsorted(contest, np.arange(len(contests)))
        return Field(rows[0] // count, rows[0] % count, rows[1], default, contest, starts, self._other)

    def _hypotheses(self, field: Field, case: Ids, role_code: Ids, actor: Ids) -> Ids:
        """The hypotheses that some heads are about; -1 where the actor is none."""
        role = self._places(role_code, self._roles)
        keys = case * len(self._roles) + role
        contest = np.searchsorted(self._contests, keys)
        contest[contest == len(self._contests)] = 0
        known = (role >= 0) & (self._contests[contest] == keys) if len(self._contests) else role < -1
        beside = self._places(actor, (OTHER, NOBODY))  # rules may speak of these, too
        actor = np.where(beside >= 0, self._other + beside, actor)
        return np.where(known, field.place(contest, actor), -1)

    def _lines(self, field: Field, head: str, side: int) -> Lines:
        (case, role, actor, factor_code, strength), atom = self._atoms(head)
        factor = self._places(factor_code, self._factors)
        self._check(factor < 0, factor_code, "factor")
        decibans = self._strengths(strength, 0)
        lines = Lines(self._hypotheses(field, case, role, actor), factor, np.full(len(atom), side), decibans, atom)
        return _chosen(lines, np.flatnonzero(lines.hypothesis >= 0))

    def _stated(self, field: Field, head: str) -> Lines:
        (case, role, actor, strength), atom = self._atoms(head)
        nothing = np.zeros(len(atom), np.int64)
        decibans = self._strengths(strength, -MAXIMUM_STRENGTH) if head == "prior" else nothing
        lines = Lines(self._hypotheses(field, case, role, actor), nothing, nothing, decibans, atom)
        return _sorted(_chosen(lines, np.flatnonzero(lines.hypothesis >= 0)))

    def _places(self, codes: Ids, names: Sequence[str]) -> Ids:
        """The place of each constant among some names; -1 for any other."""
        coding = self._setting.coding
        known = sorted((coding.code(name), place) for place, name in enumerate(names) if coding.knows(name))
        if not known:
            return np.full(len(codes), -1)
        ordered = np.array(known, dtype=np.int64)
        found = np.minimum(np.searchsorted(ordered[:, 0], codes), len(known) - 1)
        return np.where(ordered[found, 0] == codes, ordered[found, 1], -1)

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


def _chosen(lines: Lines, rows: Ids) -> Lines:
    return Lines(*(each[rows] for each in (lines.hypothesis, lines.factor, lines.side, lines.strength, lines.atom)))


def _sorted(*parts: Lines) -> Lines:
    """Lines by hypothesis, factor and side."""
    columns = [
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("hypothesis", "factor", "side", "strength", "atom")
    ]
    order = np.lexsort((columns[2], columns[1], columns[0]))
    return Lines(*(column[order] for column in columns))
