"""Facts that exclude each other: several values reported where there can be only one.

Values of a functional predicate that agree in all but the last argument are rivals, and share one draw; values linked
by ``within`` or ``entails`` refine each other and stand together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reasoner.evidence.base import Draw, Fact
from reasoner.language.vocabulary import Vocabulary
from reasoner.limits import Limits
from reasoner.problems import InputError, Problem
from reasoner.terms import Atom, Constant, Term, atom_constants, order_key, term_text

REFINING = ("within", "entails")
"""Predicates that link a value to a wider one."""

Cluster = tuple[Fact, ...]
Slot = tuple[str, tuple[Term, ...]]


def settle(facts: Mapping[Atom, Fact], vocabulary: Vocabulary) -> tuple[dict[Atom, Fact], tuple[Draw, ...]]:
    """Weigh rivals against each other; give every uncertain fact its draw.

    Takes facts whose ``credence`` is still that before rivals. Draws come in a canonical order, those that lie within
    a fact last. Raises `InputError` where two certain facts exclude each other.
    """
    changed, draws = weigh_rivals(groups(facts.values(), vocabulary), facts)
    settled = {**facts, **changed}
    functional = {atom for draw in draws for atom in draw.values}
    draws += [drawn_alone(fact) for fact in settled.values() if fact.drawn and fact.atom not in functional]
    return settled, tuple(sorted(draws, key=draw_place))


def weigh_rivals(
    rivalries: Iterable[Sequence[Fact]], facts: Mapping[Atom, Fact]
) -> tuple[dict[Atom, Fact], list[Draw]]:
    """The facts of some groups of rivals with the credences that these leave them, and their draws.

    ``facts`` are all facts. Raises `InputError` where two certain facts exclude each other.
    """
    weighed: dict[Atom, Fact] = {}
    draws: list[Draw] = []
    problems: list[Problem] = []
    for group in rivalries:
        try:
            changed, drawn = _settle_group(group, facts)
        except InputError as error:
            problems += error.problems
            continue
        weighed.update((fact.atom, fact) for fact in changed)
        draws += drawn
    if problems:
        raise InputError(problems)
    return weighed, draws


def drawn_alone(fact: Fact) -> Draw:
    """The draw of a fact that has no rivals."""
    return Draw(str(fact.atom), (fact.atom,), (fact.credence,))


def draw_place(draw: Draw) -> tuple[bool, str]:
    """The canonical order of draws."""
    return (draw.within is not None, draw.name)


def groups(facts: Iterable[Fact], vocabulary: Vocabulary) -> Iterator[list[Fact]]:
    """The affirmed facts of functional predicates, grouped by what they are values of."""
    found: dict[Slot, list[Fact]] = {}
    for fact in facts:
        slot = slot_of(fact.atom, vocabulary) if fact.alone > 0 else None
        if slot is not None:
            found.setdefault(slot, []).append(fact)
    for group in found.values():
        yield sorted(group, key=_value_key)


def slot_of(atom: Atom, vocabulary: Vocabulary) -> Slot | None:
    """What the fact is a value of, where there can be only one: predicate and all arguments but the last."""
    predicate = vocabulary.predicates.get(atom.predicate)
    return (atom.predicate, atom.arguments[:-1]) if predicate is not None and predicate.functional else None


def _value_key(fact: Fact) -> tuple[int, int, str]:
    return order_key(fact.atom.arguments[-1])  # type: ignore[arg-type]  # facts are ground


def _settle_group(group: Sequence[Fact], facts: Mapping[Atom, Fact]) -> tuple[list[Fact], list[Draw]]:
    bound = Limits.from_environment().values
    if len(group) > bound:
        raise InputError([_too_many(group, bound)])
    clusters = _clusters(group, facts) if len(group) > 1 else [tuple(group)]
    clusters = [_with_rivals(cluster, clusters) for cluster in clusters]
    certain = [cluster for cluster in clusters if any(fact.certain for fact in cluster)]
    if len(certain) > 1:
        raise InputError([_contradiction(certain)])
    if certain:
        excluded = [
            replace(fact, credence=0.0) for cluster in clusters if cluster is not certain[0] for fact in cluster
        ]
        return [*certain[0], *excluded], _apart([fact for fact in certain[0] if not fact.certain])
    if len(clusters) == 1:
        best = _best(clusters[0])
        lead = Draw(draw_name(best.atom), (best.atom,), (best.alone,))
        return list(clusters[0]), [lead, *_apart([fact for fact in clusters[0] if fact is not best])]
    return _share(clusters)


def _share(clusters: Sequence[Cluster]) -> tuple[list[Fact], list[Draw]]:
    """One draw for the best members, by their odds against "none of them", and one within it for each other."""
    bests = [_best(cluster) for cluster in clusters]
    odds = [best.alone / (1 - best.alone) for best in bests]
    total = 1 + sum(odds)
    changed: list[Fact] = []
    draws: list[Draw] = []
    for cluster, best, value in zip(clusters, bests, odds, strict=True):
        share = value / total
        for fact in cluster:
            ratio = fact.alone / best.alone
            changed.append(replace(fact, credence=share * ratio))
            if fact is not best:
                draws.append(Draw(str(fact.atom), (fact.atom,), (ratio,), best.atom))
    ranked = sorted(zip(bests, odds, strict=True), key=lambda pair: _value_key(pair[0]))
    atoms = tuple(best.atom for best, _ in ranked)
    rival = Draw(draw_name(atoms[0]), atoms, tuple(value / total for _, value in ranked))
    return changed, [rival, *draws]


def _apart(members: Iterable[Fact]) -> list[Draw]:
    return [Draw(str(fact.atom), (fact.atom,), (fact.alone,)) for fact in members]


def _best(cluster: Cluster) -> Fact:
    return max(cluster, key=lambda fact: fact.alone)


def draw_name(atom: Atom) -> str:
    """The name of the draw that the values of a slot share."""
    return f"{atom.predicate}({', '.join([*map(term_text, atom.arguments[:-1]), '*'])})"


def _with_rivals(cluster: Cluster, clusters: Sequence[Cluster]) -> Cluster:
    others = tuple(fact.atom for other in clusters if other is not cluster for fact in other)
    return tuple(replace(fact, rivals=others) for fact in cluster)


def _clusters(group: Sequence[Fact], facts: Mapping[Atom, Fact]) -> list[Cluster]:
    """The values, with those together that a chain of refinements links, each cluster in the group's order."""
    values = [fact.atom.arguments[-1] for fact in group]
    edges = refinements(facts.values())
    upward = _reached(values, edges)
    downward = _reached(values, [(broad, narrow) for narrow, broad in edges])
    leader: dict[Term, Term] = {term: term for term in upward | downward}

    def find(term: Term) -> Term:
        while leader[term] != term:
            leader[term] = leader[leader[term]]
            term = leader[term]
        return term

    for narrow, broad in edges:
        # Only a step from beneath one value towards another links values; a region that both lie in does not.
        if narrow in upward and broad in downward:
            leader[find(narrow)] = find(broad)
    clusters: dict[Term, list[Fact]] = {}
    for value, fact in zip(values, group, strict=True):
        clusters.setdefault(find(value), []).append(fact)
    return [tuple(cluster) for cluster in clusters.values()]


def refinements(facts: Iterable[Fact]) -> list[tuple[Constant, Constant]]:
    """Pairs (narrower, wider) that somebody affirms."""
    steps = (fact.atom for fact in facts if fact.atom.predicate in REFINING and fact.alone > 0)
    return [(narrow, broad) for narrow, broad in (atom_constants(step) for step in steps if len(step.arguments) == 2)]


def _reached(start: Iterable[Term], edges: Iterable[tuple[Term, Term]]) -> set[Term]:
    """Everything that the edges lead to, with where they start."""
    onward: dict[Term, list[Term]] = {}
    for source, target in edges:
        onward.setdefault(source, []).append(target)
    seen = set(start)
    waiting = list(seen)
    while waiting:
        for target in onward.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _too_many(group: Sequence[Fact], bound: int) -> Problem:
    hint = f"the setting {Limits.setting('values')} raises this bound"
    message = f"more than {bound:,} values are reported of `{draw_name(group[0].atom)}`"
    return Problem("too-many-values", message, group[0].span, "", hint)


def _contradiction(certain: Sequence[Cluster]) -> Problem:
    first, second = (next(fact for fact in cluster if fact.certain) for cluster in certain[:2])
    later = max((first, second), key=lambda fact: (fact.span.file, fact.span.line) if fact.span else ("", 0))
    earlier = second if later is first else first
    where = f", in {earlier.span.file}:{earlier.span.line}" if earlier.span else ""
    message = f"`{later.atom}` and `{earlier.atom}` cannot both be certain"
    hint = f"`{earlier.atom}` is {earlier.basis}{where}; report them instead, or retract one"
    return Problem("certain-rivals", message, later.span, "", hint)
