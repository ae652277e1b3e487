"""The atoms that instances conclude, each once: what cannot come twice is not looked for twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from sqlglot import exp

from reasoner.grounding.clauses import Clause
from reasoner.grounding.coding import Coding
from reasoner.grounding.ordering import positive
from reasoner.grounding.relations import ONE, SCOPE, Instances, Relation, number
from reasoner.terms import Arithmetic, Atom, Term, Variable


def heads(coding: Coding, relation: Relation, fired: Iterable[Instances]) -> exp.Query:
    """The distinct heads of instances of one predicate, as rows of a relation."""
    each = [_together(coding, relation, group) for group in _apart(fired)]
    if len(each) == 1:
        return each[0]
    shown = [exp.column(name) for name in relation.columns]
    whole = [exp.select(*shown).from_(query.subquery(f"u{n}", copy=False), copy=False) for n, query in enumerate(each)]
    return exp.union(*whole, distinct=False, copy=False)


def _apart(fired: Iterable[Instances]) -> Sequence[Sequence[Instances]]:
    """Instances in groups that have no head in common."""
    groups: list[list[Instances]] = []
    for each in fired:
        meeting = [group for group in groups if any(_may_meet(each.rule.head, other.rule.head) for other in group)]
        groups = [group for group in groups if group not in meeting]
        groups.append([*chain.from_iterable(meeting), each])
    return groups


def _may_meet(one: Atom, other: Atom) -> bool:
    """Whether two heads may be the same atom: no argument is one constant here, and another there."""
    return not any(
        is_constant(here) and is_constant(there) and here != there
        for here, there in zip(one.arguments, other.arguments, strict=True)
    )


def is_constant(term: Term) -> bool:
    """Whether a term of a head is the same in all instances."""
    return not isinstance(term, Variable | Arithmetic)


def _together(coding: Coding, relation: Relation, group: Sequence[Instances]) -> exp.Query:
    if len(group) > 1:
        return exp.union(*(_rows(coding, relation, each) for each in group), distinct=True, copy=False)
    return _rows(coding, relation, group[0]) if _says_all(group[0]) else _distinct(coding, relation, group[0])


def _says_all(instances: Instances) -> bool:
    """Whether a head tells its instance: it has all variables of the rule, and nothing is matched by ``_``."""
    rule = instances.rule
    said = {term.name for term in rule.head.arguments if isinstance(term, Variable)}
    terms = chain.from_iterable(atom.arguments for atom in positive(rule.body))
    return {rule.variables[place] for place in instances.bound} <= said and not any(
        isinstance(term, Variable) and term.anonymous for term in terms
    )


def _rows(coding: Coding, relation: Relation, instances: Instances) -> exp.Select:
    clause, columns = _head(coding, relation, instances)
    return clause.select(columns)


def _distinct(coding: Coding, relation: Relation, instances: Instances) -> exp.Select:
    """The heads of some instances, where only what differs is compared.

    Those of an incident stand together, so that whatever goes over them finds near each other what belongs together.
    """
    clause, columns = _head(coding, relation, instances)
    differing = {name: value for name, value in columns.items() if value.find(exp.Column)}
    shown = [
        exp.column(name, "d") if name in differing else exp.alias_(value.copy(), name)
        for name, value in columns.items()
    ]
    inner = clause.select(differing).distinct(copy=False).subquery("d", copy=False)
    query = exp.select(*shown, copy=False).from_(inner, copy=False)
    return query.order_by(exp.column(SCOPE, "d"), copy=False) if relation.scoped else query


def _head(coding: Coding, relation: Relation, instances: Instances) -> tuple[Clause, Mapping[str, exp.Expr]]:
    clause = Clause(coding, instances.values("i"))
    clause.over(instances.table, "i", instances.scoped)
    arguments = map(clause.value, instances.rule.head.arguments)
    columns = {ONE: number(1), **{relation.column(place): value for place, value in enumerate(arguments)}}
    if clause.scope is not None:
        columns[SCOPE] = clause.scope
    return clause, {name: columns[name] for name in relation.columns}
