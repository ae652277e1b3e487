"""Which predicates depend on which: components in dependency order, strata, and cycles that have no meaning."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reasoner.language.program import Component
from reasoner.terms import Aggregate, AggregateFunction, Rule, literals_in


@dataclass(frozen=True, slots=True)
class Step:
    """One dependency: the rule (by position) whose head needs the predicate, and what it needs of it.

    ``negated``: its absence; ``aggregate``: what this function makes of it.
    """

    predicate: str
    rule: int
    negated: bool
    aggregate: AggregateFunction | None = None

    @property
    def settling(self) -> bool:
        """Whether the predicate must be settled before the rule can be looked at."""
        return self.negated or self.aggregate is not None

    def __str__(self) -> str:
        """The predicate as the rule has it: ``p``, ``not p`` or ``#count{ p }``."""
        if self.aggregate:
            return f"#{self.aggregate}{{ {self.predicate} }}"
        return f"not {self.predicate}" if self.negated else self.predicate


Dependencies = Mapping[str, Sequence[Step]]
"""Head predicate → what its rules need, in the order written. Predicates without rules are left out."""


def dependencies(rules: Sequence[Rule]) -> dict[str, list[Step]]:
    """What each predicate with rules needs, among the predicates with rules."""
    found: dict[str, list[Step]] = {rule.head.predicate: [] for rule in rules}
    for number, rule in enumerate(rules):
        steps = found[rule.head.predicate]
        for element in rule.body:
            function = element.function if isinstance(element, Aggregate) else None
            for literal in literals_in([element]):
                if literal.atom.predicate in found:
                    steps.append(Step(literal.atom.predicate, number, literal.negated and not function, function))
    return found


def components(rules: Sequence[Rule]) -> tuple[Component, ...]:
    """The strongly connected components of the predicates with rules, each after those it depends on.

    The stratum of a component is the largest number of negations and aggregates on a path beneath it; it means nothing
    where a component depends on its own negation or aggregate (see `negative_cycles`).
    """
    needs = dependencies(rules)
    groups = _strongly_connected({head: [step.predicate for step in steps] for head, steps in needs.items()})
    member = {predicate: number for number, group in enumerate(groups) for predicate in group}
    owned: list[list[int]] = [[] for _ in groups]
    for number, rule in enumerate(rules):
        owned[member[rule.head.predicate]].append(number)
    made: list[Component] = []
    for number, group in enumerate(groups):
        steps = [step for predicate in group for step in needs[predicate]]
        inner = [step for step in steps if member[step.predicate] == number]
        outer = [step for step in steps if member[step.predicate] != number]
        stratum = max((made[member[step.predicate]].stratum + step.settling for step in outer), default=0)
        recursive = any(not step.settling for step in inner)
        made.append(Component(frozenset(group), tuple(owned[number]), recursive, stratum))
    return tuple(made)


def _strongly_connected(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Tarjan's components (SIAM J. Comput. 1, 1972), without recursion; each after those it points to."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: dict[str, int] = {}
    found: list[list[str]] = []
    for root in graph:
        if root in number:
            continue
        work = [(root, iter(graph[root]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        waiting[root] = 0
        while work:
            node, rest = work[-1]
            following = next((other for other in rest if other not in number or other in waiting), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    found.append(stack[waiting[node] :])
                    for predicate in found[-1]:
                        del waiting[predicate]
                    del stack[-len(found[-1]) :]
            elif following in number:
                low[node] = min(low[node], number[following])
            else:
                number[following] = low[following] = len(number)
                stack.append(following)
                waiting[following] = len(stack) - 1
                work.append((following, iter(graph[following])))
    return found


@dataclass(frozen=True, slots=True)
class Cycle:
    """A predicate that depends on its own absence, or on an aggregate of itself: the path back, that step first."""

    head: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """The cycle as ``a → not b → a``."""
        return " → ".join([self.head, *map(str, self.steps)])


_MOST_CYCLES = 100
"""Negations and aggregates for which a cycle is looked for."""


def negative_cycles(rules: Sequence[Rule], ordered: Sequence[Component]) -> list[Cycle]:
    """A shortest cycle through each negation or aggregate that lies on one; over the same steps once, by first rule."""
    needs = dependencies(rules)
    member = {predicate: group for group in ordered for predicate in group.predicates}
    wrong: dict[tuple[str, str], Step] = {}
    for head, steps in needs.items():
        for step in steps:
            if step.settling and member[step.predicate] is member[head]:
                wrong.setdefault((head, step.predicate), step)
    found: dict[frozenset[tuple[str, int]], Cycle] = {}
    for (head, negated), step in list(wrong.items())[:_MOST_CYCLES]:
        cycle = Cycle(head, (step, *_path(needs, negated, head)))
        found.setdefault(frozenset((one.predicate, one.rule) for one in cycle.steps), cycle)
    return sorted(found.values(), key=lambda cycle: cycle.steps[0].rule)


def _path(needs: Dependencies, start: str, goal: str) -> list[Step]:
    """The steps of a shortest path, breadth first; there is one."""
    came: dict[str, tuple[str, Step]] = {}
    queue = deque([start])
    while queue and goal not in came and start != goal:
        node = queue.popleft()
        for step in needs[node]:
            if step.predicate != start and step.predicate not in came:
                came[step.predicate] = (node, step)
                queue.append(step.predicate)
    path: list[Step] = []
    node = goal
    while node != start:
        node, step = came[node]
        path.append(step)
    return path[::-1]
