"""Cases that are at hand as bases, ranked together as the incidents of a feed, and what each must then have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from reasoner.assessment.assess import assess
from reasoner.assessment.draws import BLOCKS, Raw, key
from reasoner.assessment.result import Settings
from reasoner.bulk.assessing import Assessor, Ranked, Stated
from reasoner.bulk.draws import Draws
from reasoner.bulk.judging import NOBODY_LEADS
from reasoner.bulk.network import Cases, Ids
from reasoner.evidence.base import Base
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.coding import Coding, coding_of
from reasoner.grounding.duckdb import DuckDB
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.relations import Relation
from reasoner.grounding.tables import Setting
from reasoner.language.program import Program
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.limits import Limits
from reasoner.terms import Atom


def shared(bases: Mapping[str, Base]) -> Base:
    """What all bases have alike, with whole draws: the background."""
    first = next(iter(bases.values()))
    common = {
        atom: fact for atom, fact in first.facts.items() if all(b.facts.get(atom) == fact for b in bases.values())
    }
    grown = True
    while grown:
        mixed = {
            value
            for base in bases.values()
            for draw in base.draws
            for value in (*draw.values, *filter(None, [draw.within]))
            if not all(each in common for each in (*draw.values, *filter(None, [draw.within])))
        }
        grown = not mixed.isdisjoint(common)
        common = {atom: fact for atom, fact in common.items() if atom not in mixed}
    draws = tuple(draw for draw in first.draws if draw.values[0] in common)
    return replace(first, facts=common, draws=draws)


def check(program: Program, bases: Mapping[str, Base], background: Base, worlds: int) -> int:
    """Rank cases together; each must get what it gets alone, by the same method. How many were enumerated."""
    coding = coding_of(
        program.rules, [*(a for b in bases.values() for a in b.facts), *(Atom("c", (c,)) for c in bases)]
    )
    ranked, cases = _ranked(program, bases, background, worlds, coding)
    for place, case in enumerate(cases):
        _compare(program, bases[case], ranked, place, coding, worlds)
    return int(ranked.exact.sum())


def _ranked(
    program: Program, bases: Mapping[str, Base], background: Base, worlds: int, coding: Coding
) -> tuple[Ranked, list[str]]:
    own = {
        case: {atom: fact for atom, fact in base.facts.items() if atom not in background.facts and fact.credence > 0}
        for case, base in bases.items()
    }
    bounds = Bounds(program, Limits(instances=10**9, seconds=600))
    stated = {atom.predicate for facts in own.values() for atom in facts}
    assessor = Assessor(Setting(program, DuckDB(bounds), coding, bounds, stated), background, worlds, 0)
    cases = sorted(bases, key=coding.code)
    rows: dict[str, list[tuple[str, Atom]]] = defaultdict(list)
    for case in cases:
        for atom in own[case]:
            rows[atom.predicate].append((case, atom))
    relations, certain, number = {}, [], {}
    for predicate, atoms in rows.items():
        relation = Relation(f"own_{predicate}", len(atoms[0][1].arguments), scoped=True)
        table = [[coding.code(case), *map(coding.code, atom.arguments)] for case, atom in atoms]
        columns = dict(zip(relation.columns, np.array(table, dtype=np.int64).T, strict=True))
        assessor.setting.database.load(relation.table, columns)
        relations[predicate] = relation
        for case, atom in atoms:
            number[case, atom] = len(certain)
            certain.append(own[case][atom].certain)
    draws, names = _draws(bases, background, cases, number)

    def keys(asked: Ids) -> Raw:
        found = [[key(0, block, names[draw]) for block in range(BLOCKS)] for draw in asked]
        return np.array(found, dtype=np.uint64).reshape(-1, BLOCKS)

    codes = Cases(np.array([coding.code(case) for case in cases], dtype=np.int64))
    stated = Stated(codes, relations, np.array(certain, dtype=np.bool_), draws, keys)
    return assessor.rank(stated, assessor.ground(stated)), cases


def _draws(
    bases: Mapping[str, Base], background: Base, cases: list[str], number: Mapping[tuple[str, Atom], int]
) -> tuple[Draws, list[str]]:
    rows: list[tuple[int, int, int, float, int]] = []
    names: list[str] = []
    for place, case in enumerate(cases):
        for draw in bases[case].draws:
            if draw.values[0] in background.facts:
                continue
            gate = -1 if draw.within is None else number[case, draw.within]
            rows += [
                (place, len(names), number[case, value], share, gate)
                for value, share in zip(draw.values, draw.shares, strict=True)
            ]
            names.append(draw.name)
    case, draw_number, atom, share, within = zip(*rows, strict=True) if rows else ((),) * 5
    ids = [np.array(column, dtype=np.int64) for column in (case, draw_number, atom, within)]
    return Draws(ids[0], ids[1], ids[2], np.array(share, dtype=np.float64), ids[3]), names


def _compare(program: Program, base: Base, ranked: Ranked, place: int, coding: Coding, worlds: int) -> None:
    possible = [atom for atom, fact in base.facts.items() if fact.credence > 0]
    method = "exact" if ranked.exact[place] else "sampled"
    alone = assess(base, ground(program, possible), Settings(worlds, method=method))
    field, companies = ranked.field, ranked.companies

    def name(actor: int) -> object:
        beside = {field.other: OTHER, field.other + 1: NOBODY, NOBODY_LEADS: None}
        return beside[actor] if actor in beside else coding.constant(int(actor))

    roles = list(program.scales.roles)
    mine = field.case == place
    assert {roles[role] for role in field.role[mine]} == set(alone.outlooks)
    for role, outlook in alone.outlooks.items():
        rows = np.flatnonzero(mine & (field.role == roles.index(role)))
        found = {name(actor): value for actor, value in zip(field.actor[rows], ranked.probability[rows], strict=True)}
        assert found == pytest.approx(dict(outlook.actors), abs=1e-11)
        contest = int(field.contest[rows[0]])
        for owns, expected in ((0, outlook.umbrellas), (1, outlook.owners)):
            these = np.flatnonzero((companies.contest == contest) & (companies.owns == owns))
            heads = {name(h): p for h, p in zip(companies.head[these], ranked.together[these], strict=True)}
            assert heads == pytest.approx(dict(expected), abs=1e-11)
        judged = alone.judgements[role]
        verdict = bool(ranked.verdicts.named[contest]), name(int(ranked.verdicts.subject[contest]))
        assert verdict == (judged.verdict == "named", judged.subject)
