"""The pyDatalog engine: joins answered by pyDatalog's tabled resolution, over facts alone.

Clauses are built from pyDatalog's own objects, never from text, which it would execute. The database holds only
facts, so no resolution ever recurses. The tasks of a resolution are run here, some hundreds at a time, in place of
`Literal.ask`, which cannot be interrupted and keeps every answer and every partial match until it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from pyDatalog import Logic, pyEngine

from reasoner.grounding.engine import Row, Rows
from reasoner.terms import Atom, Literal, Rule, Variable

_PORTION = 512
"""Tasks of a resolution between two portions of answers: a few milliseconds."""

_AHEAD = 32
"""How many literals of a body are compared when the next one to join is chosen."""

_FORGET = 64
"""Portions after which matches that are complete are dropped from the table: it stays small, and is refilled."""


class PyDatalogEngine:
    """Answers joins with pyDatalog; keeps a database of its own, whatever thread it is called from."""

    def __init__(self) -> None:
        self._logic = Logic()
        self._constants: dict[int, Any] = {}
        self._sizes: dict[str, int] = {}
        self._values: dict[tuple[str, int], set[object]] = {}
        self._tables: dict[str, Any] = {}
        self._newest: dict[str, Sequence[Row]] = {}
        self._newest_tables: dict[str, Any] = {}
        self._numbers = count()

    def add(self, predicate: str, rows: Iterable[Row]) -> None:
        """Take new rows of a predicate; they are its newest until the next call."""
        self._enter()
        newest = list(rows)
        outdated = self._newest_tables.pop(predicate, None)
        if outdated is not None:
            pyEngine.remove(outdated)
        self._newest[predicate] = newest
        if newest:
            self._tables[predicate] = self._insert(self._tables.get(predicate), newest)
            self._sizes[predicate] = self._sizes.get(predicate, 0) + len(newest)
            for place, column in enumerate(zip(*newest, strict=True)):
                self._values.setdefault((predicate, place), set()).update(column)

    def fire(self, rule: Rule, delta: int | None) -> Rows:
        """All bindings of the rule's variables, the literal at ``delta`` matching the newest rows only."""
        self._enter()
        literals = [element.atom for element in rule.body if isinstance(element, Literal)]
        tables = [self._table(atom.predicate, place == delta) for place, atom in enumerate(literals)]
        if None in tables or self._hopeless(literals):
            return
        sizes = [self._size(atom.predicate, place == delta) for place, atom in enumerate(literals)]
        variables = {term.name: pyEngine.Var(term.name) for term in rule.head.arguments if isinstance(term, Variable)}
        body = [
            pyEngine.Literal(tables[place], [self._term(term, variables) for term in literals[place].arguments])
            for place in join_order(literals, sizes)
        ]
        yield from self._resolve(pyEngine.Literal("fire", list(variables.values())), body)

    def _enter(self) -> None:
        """Make this engine's database the one that pyDatalog sees in the thread that calls."""
        if not hasattr(pyEngine.Fresh_var.tl, "counter"):
            Logic()
        Logic.tl.logic = self._logic

    def _insert(self, table: Any, rows: Sequence[Row]) -> Any:
        """Put rows into a table, a new one if there is none yet, and give it back."""
        if table is None:
            table = pyEngine.Pred(f"t{next(self._numbers)}", len(rows[0]))
            table.prearity = table.arity
        for row in rows:
            literal = pyEngine.Literal(table, [self._constant(value) for value in row])
            pyEngine.assert_(pyEngine.Clause(literal, []))
        return table

    def _table(self, predicate: str, newest: bool) -> Any:
        """The table of a predicate's rows, or of its newest rows alone, made when first asked for; None if empty."""
        if not newest:
            return self._tables.get(predicate)
        if predicate not in self._newest_tables and self._newest.get(predicate):
            self._newest_tables[predicate] = self._insert(None, self._newest[predicate])
        return self._newest_tables.get(predicate)

    def _size(self, predicate: str, newest: bool) -> int:
        return len(self._newest[predicate]) if newest else self._sizes[predicate]

    def _hopeless(self, literals: Iterable[Atom]) -> bool:
        """Whether some argument has no value that suits every place where it stands: the join is then empty."""
        suitable: dict[object, set[object]] = {}
        for atom in literals:
            for place, term in enumerate(atom.arguments):
                here = self._values[atom.predicate, place]
                common = here & suitable.get(term, here if isinstance(term, Variable) else {term})
                if not common:
                    return True
                suitable[term] = common
        return False

    def _term(self, term: object, variables: dict[str, Any]) -> Any:
        return variables[term.name] if isinstance(term, Variable) else self._constant(term)

    def _constant(self, number: Any) -> Any:
        constant = self._constants.get(number)
        if constant is None:
            constant = self._constants[number] = pyEngine.Const(number)
        return constant

    def _resolve(self, goal: Any, body: list[Any]) -> Iterator[list[Row]]:
        """Run the resolution of one clause, task by task; its answers leave the table as they are handed on."""
        subgoal = self._start(goal)
        task, arguments = pyEngine.ADD_CLAUSE, (subgoal, pyEngine.Clause(goal, body))
        for portion in count(1):
            for _ in range(_PORTION):
                task, arguments = task(*arguments)
                if task is None:
                    break
            answers, subgoal.facts = subgoal.facts, {}
            yield [tuple([term.id for term in answer.terms]) for answer in answers.values()]
            if task is None:
                return
            self._enter()
            if portion % _FORGET == 0:
                self._forget()

    def _start(self, goal: Any) -> Any:
        logic = self._logic
        subgoal = pyEngine.Subgoal(goal)
        logic.Tasks, logic.Recursive_Tasks = pyEngine.TaskList(), pyEngine.TaskDeque()
        logic.Subgoals, logic.Goal = {}, subgoal
        logic.gc_uncollected, logic.Recursive = True, False
        return subgoal

    def _forget(self) -> None:
        """Drop complete matches: whoever waits for them has them, and whoever asks again has them found again."""
        table = self._logic.Subgoals
        self._logic.Subgoals = {tag: matches for tag, matches in table.items() if matches.tasks or matches.clauses}


def join_order(literals: Sequence[Atom], sizes: Sequence[int]) -> list[int]:
    """The places of the literals in the order to join them: most bound arguments first, then fewest rows.

    A literal that shares no variable with those before it comes as late as it can.
    """
    left = list(range(len(literals)))
    bound: set[object] = set()
    order: list[int] = []

    def cost(place: int) -> tuple[bool, int]:
        arguments = literals[place].arguments
        fixed = sum([term in bound or not isinstance(term, Variable) for term in arguments])
        return (not fixed and bool(order) and bool(arguments), sizes[place] >> 2 * fixed)

    while len(left) > 1:
        best = min(left[:_AHEAD], key=cost)
        left.remove(best)
        order.append(best)
        bound.update(literals[best].arguments)
    return order + left
