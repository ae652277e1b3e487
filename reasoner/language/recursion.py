"""Recursion that has no meaning, or no end: through negation and aggregates, and through arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reasoner.language.passages import HEAD, Passage
from reasoner.language.program import Component
from reasoner.language.strata import Cycle, Step, negative_cycles
from reasoner.problems import Problem
from reasoner.terms import (
    Aggregate,
    Arithmetic,
    Comparison,
    Literal,
    Rule,
    Variable,
    atom_variables,
    literals_in,
    term_variables,
)


def unstratified(passages: Sequence[Passage], rules: Sequence[Rule], ordered: Sequence[Component]) -> Iterator[Problem]:
    """Yield a problem for each cycle of dependencies with a negation or aggregate in it, naming the whole cycle."""
    for cycle in negative_cycles(rules, ordered):
        step = cycle.steps[0]
        passage = passages[step.rule]
        if step.aggregate:
            word, message = "aggregate-cycle", f"recursion through an aggregate: {cycle}"
            note = f"What a rule concludes must not be among what its own `#{step.aggregate}` goes over."
        else:
            word, message = "negative-cycle", f"recursion through negation: {cycle}"
            note = "What a rule concludes must not rest on its own absence."
        yield passage.problem(word, message, passage.whole(_premise(passage, step)), _through(cycle, rules), note)


def _premise(passage: Passage, step: Step) -> int:
    return next(
        number
        for number, element in enumerate(passage.body)
        if (element.function == step.aggregate if isinstance(element, Aggregate) else not step.aggregate)
        and any(
            literal.atom.predicate == step.predicate and (literal.negated or step.aggregate)
            for literal in literals_in([element])
        )
    )


def _through(cycle: Cycle, rules: Sequence[Rule]) -> str:
    names = list(dict.fromkeys(f"[{rules[step.rule].name}]" for step in cycle.steps))
    return f"by rule{'s' if len(names) > 1 else ''} {', '.join(names)}"


def endless(passages: Sequence[Passage], components: Sequence[Component]) -> Iterator[Problem]:
    """Yield a problem for each recursive rule that computes a value for its own conclusion."""
    for component in components:
        if component.recursive:
            for number in component.rules:
                if _calls(passages[number], component):
                    yield from _computed(passages[number], component)


def _calls(passage: Passage, component: Component) -> bool:
    return any(
        isinstance(element, Literal) and not element.negated and element.atom.predicate in component.predicates
        for element in passage.body
    )


def _computed(passage: Passage, component: Component) -> Iterator[Problem]:
    assert passage.head is not None
    grown = _grown(passage, component)
    for place, argument in enumerate(passage.head.arguments):
        if isinstance(argument, Arithmetic) or not grown.isdisjoint(term_variables(argument)):
            message = f"this rule needs `{passage.head.predicate}` to conclude it, and computes a new value each time"
            hint = "take the arithmetic out, or compute the value in a rule that does not recur"
            note = "Nothing would stop it."
            yield passage.problem("endless-arithmetic", message, passage.argument(HEAD, place), hint, note)


def _grown(passage: Passage, component: Component) -> set[str]:
    """The variables whose values are computed from what the recursion yields.

    A variable that some other premise has too takes its values from there, and grows nothing.
    """
    given: set[str] = set()
    recurring: set[str] = set()
    for element in passage.body:
        if isinstance(element, Literal) and not element.negated:
            own = element.atom.predicate in component.predicates
            (recurring if own else given).update(atom_variables(element.atom))
    computed: set[tuple[str, bool]] = set()
    flows = _flows(passage, given | recurring)
    fresh = [(name, False) for name in recurring - given]
    while fresh:
        name, grows = fresh.pop()
        for target, arithmetic in flows.get(name, ()):
            reached = (target, grows or arithmetic)
            if reached not in computed:
                computed.add(reached)
                fresh.append(reached)
    return {name for name, grows in computed if grows}


def _flows(passage: Passage, given: set[str]) -> dict[str, list[tuple[str, bool]]]:
    """For each variable those that ``=`` computes from it, each with whether to a value that may be new."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for _, element in passage.comparisons():
        if element.operator != "=":
            continue
        for target, value in ((element.left, element.right), (element.right, element.left)):
            if isinstance(target, Variable) and target.name not in given:
                for name in term_variables(value):
                    found[name].append((target.name, isinstance(value, Arithmetic)))
    for _, aggregate in passage.aggregates():
        for name in aggregate.inner_variables:
            found[name] += [(each, _computes(aggregate)) for each in aggregate.assignable if each not in given]
    return found


def _computes(aggregate: Aggregate) -> bool:
    """Whether the aggregate may have a value that is none of those inside it: a sum, or terms with arithmetic.

    A count has no more values than there are tuples.
    """
    inside = [term for element in aggregate.elements for term in element.terms]
    for element in aggregate.elements:
        for each in element.condition:
            inside += (each.left, each.right) if isinstance(each, Comparison) else ()
    return aggregate.function == "sum" or any(isinstance(term, Arithmetic) for term in inside)
