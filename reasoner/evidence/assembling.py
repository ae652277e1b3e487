"""From statements to the facts of a base: merged, graded, weighed against rivals, in a canonical order."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from reasoner.evidence.base import Base, Case, Draw, Entity, Fact, Moment, Report, Source
from reasoner.evidence.credence import counted, credence, graded
from reasoner.evidence.moments import holds_at, known_by
from reasoner.evidence.rivals import REFINING, draw_place, drawn_alone, groups, settle, slot_of, weigh_rivals
from reasoner.evidence.scope import Statement
from reasoner.evidence.sources import origins
from reasoner.language.vocabulary import DECLARED, Scales, Vocabulary
from reasoner.terms import Atom, atom_constants, order_key

_RANK = {"given": 0, "assumed": 1, "reported": 2}


def known_facts(statements: Iterable[Statement], as_of: Moment | None, case: str) -> list[Fact]:
    """One fact for each atom stated, with the reports known by then; credences are not set yet.

    An atom given anywhere is given, one assumed anywhere is assumed; reports about it are kept all the same.
    """
    by_atom: dict[Atom, list[Statement]] = {}
    for statement in statements:
        if statement.basis == "given" and not known_by(statement.dated, as_of):
            continue
        reports = tuple(report for report in statement.reports if known_by(report.date, as_of))
        if statement.basis == "reported" and not reports:
            continue
        by_atom.setdefault(statement.atom, []).append(replace(statement, reports=reports))
    return [_merged(group, case) for group in by_atom.values()]


def _merged(group: list[Statement], case: str) -> Fact:
    group = sorted(group, key=lambda each: (_RANK[each.basis], each.source or "", each.says or "", _where(each)))
    first = group[0]
    cases = {each.case for each in group if each.case is not None}
    since, until = _ends([each.since for each in group]), _ends([each.until for each in group])
    return Fact(
        atom=first.atom,
        basis=first.basis,
        credence=0.0,
        alone=0.0,
        reports=_distinct([report for each in group for report in each.reports]),
        source=first.source,
        valid_from=since[0] if since else None,
        valid_to=until[-1] if until else None,
        case=case if case in cases else min(cases, default=None),
        span=first.span,
        says=first.says,
    )


def _where(statement: Statement) -> tuple[str, int, int]:
    return (statement.span.file, statement.span.line, statement.span.column)


def _ends(stated: list[Moment | None]) -> list[Moment]:
    """The ends of several intervals, earliest first; none where one of the intervals has none."""
    ends = [end for end in stated if end is not None]
    return sorted(ends, key=lambda moment: moment.instant) if len(ends) == len(stated) else []


def _distinct(reports: list[Report]) -> tuple[Report, ...]:
    """The reports without those that say the very same as another, wherever they stand."""
    if len(reports) < 2:
        return tuple(reports)
    return tuple({replace(report, span=None): report for report in reports}.values())


def in_force(statements: Iterable[Statement], moment: Moment | None) -> list[Statement]:
    """The statements that hold at a moment."""
    return [statement for statement in statements if holds_at(moment, statement.since, statement.until)]


def declared_facts(entities: Iterable[Entity]) -> list[Fact]:
    """``is_a(entity, kind)`` for every entity."""
    return [
        Fact(Atom(DECLARED, (entity.id, entity.kind)), "declared", 1.0, 1.0, span=entity.span) for entity in entities
    ]


def assemble(
    case: Case,
    as_of: Moment | None,
    entities: Mapping[str, Entity],
    sources: Mapping[str, Source],
    facts: Iterable[Fact],
    names: Mapping[str, str],
    vocabulary: Vocabulary,
    scales: Scales,
) -> Base:
    """Grade the reports, weigh rivals, and put everything in order. Raises `InputError` for certain rivals."""
    settled, draws = settle(_ordered(grade(facts, sources, scales)), vocabulary)
    return Base(case, as_of, entities, sources, settled, draws, names, vocabulary, scales)


def revised(base: Base, facts: Mapping[Atom, Fact | None], sources: Mapping[str, Source] | None = None) -> Base:
    """The base with some facts replaced by others, whose rivals are not weighed yet, or gone where there is None.

    What these have nothing to do with keeps its very values. Raises `InputError` for certain rivals.
    """
    vocabulary, _ = base.standards
    if any(atom.predicate in REFINING for atom in facts):  # which may be rivals depends on these
        before = {atom: _before_rivals(fact) for atom, fact in base.facts.items()}
        settled, draws = settle(_replaced(before, facts), vocabulary)
    else:
        settled, draws = _resettled(_replaced(base.facts, facts), facts, base.draws, vocabulary)
    return replace(base, facts=settled, draws=draws, sources=base.sources if sources is None else sources)


def _replaced(known: Mapping[Atom, Fact], facts: Mapping[Atom, Fact | None]) -> dict[Atom, Fact]:
    found = dict(known)
    for atom, fact in facts.items():
        if fact is not None:
            found[atom] = fact
        else:
            found.pop(atom, None)
    return found if facts.keys() <= known.keys() else _ordered(found.values())


def _resettled(
    facts: dict[Atom, Fact], changed: Collection[Atom], draws: Iterable[Draw], vocabulary: Vocabulary
) -> tuple[dict[Atom, Fact], tuple[Draw, ...]]:
    """The facts with their draws, where only these and their rivals have to be weighed again."""
    slots = {slot for slot in (slot_of(atom, vocabulary) for atom in changed) if slot is not None}
    concerned = {atom for atom in facts if slots and slot_of(atom, vocabulary) in slots}
    facts.update((atom, _before_rivals(facts[atom])) for atom in concerned)
    weighed, fresh = weigh_rivals(groups((facts[atom] for atom in concerned), vocabulary), facts)
    facts.update(weighed)
    single = [facts[atom] for atom in changed if atom in facts and slot_of(atom, vocabulary) is None]
    fresh += [drawn_alone(fact) for fact in single if fact.drawn]
    stale = {*changed, *concerned}
    kept = [draw for draw in draws if stale.isdisjoint(draw.values)]
    for draw in fresh:
        insort(kept, draw, key=draw_place)
    return facts, tuple(kept)


def regraded(base: Base, fact: Fact, sources: Mapping[str, Source] | None = None) -> Fact:
    """A fact with its reports graded anew, and the credence that follows before rivals."""
    sources = base.sources if sources is None else sources
    return _graded(fact, sources, origins(sources), base.standards[1])


def recounted(fact: Fact) -> Fact:
    """A fact that has lost reports: those left keep their grades, but others of them may count."""
    reports = counted(fact.reports)
    sure = 1.0 if fact.certain else credence(reports)
    return replace(fact, reports=reports, alone=sure, credence=sure, rivals=())


def grade(facts: Iterable[Fact], sources: Mapping[str, Source], scales: Scales) -> list[Fact]:
    """The facts with their reports graded and the credence that follows, rivals not yet weighed."""
    roots = origins(sources)
    return [_graded(fact, sources, roots, scales) for fact in facts]


def _ordered(facts: Iterable[Fact]) -> dict[Atom, Fact]:
    return {fact.atom: fact for fact in sorted(facts, key=lambda fact: _atom_key(fact.atom))}


def _before_rivals(fact: Fact) -> Fact:
    if fact.credence == fact.alone and not fact.rivals:
        return fact
    return replace(fact, credence=fact.alone, rivals=())


def _graded(fact: Fact, sources: Mapping[str, Source], roots: Mapping[str, str], scales: Scales) -> Fact:
    if fact.basis == "declared":
        return fact
    reports = graded(fact.reports, fact.atom, sources, roots, scales)
    sure = 1.0 if fact.certain else credence(reports)
    return replace(fact, reports=reports, alone=sure, credence=sure, rivals=())


def _atom_key(atom: Atom) -> tuple[str, list[tuple[int, int, str]]]:
    return atom.predicate, [order_key(each) for each in atom_constants(atom)]
