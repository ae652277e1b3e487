"""Grounding: every ground instance of every rule that can fire in some world.

Negation and the bounds of aggregates are dropped while grounding, and kept on the instances: what is found is a
superset of what holds in any world, and worlds decide. An aggregate that gives a variable its value makes an instance
for each value that it may have. The program that is left is positive, and is ground component by component in
dependency order, semi-naive: each rule is one non-recursive join over rows already known, its heads are added, and
rules that depend on them fire again on what is new until nothing is (Bancilhon and Ramakrishnan 1986, "An amateur's
introduction to recursive query processing strategies").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reasoner.grounding.atoms import Atoms
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Engine, Row, Rows
from reasoner.grounding.firings import Firings, derivation
from reasoner.grounding.gathering import Gathering, Tested
from reasoner.grounding.graph import Derivation
from reasoner.grounding.joins import Completion, NumberTooLargeError, completion_of, join_of
from reasoner.language.program import Component, Program
from reasoner.limits import Limits
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import Aggregate, Atom, Literal, Rule

__all__ = ["Engine", "Row", "Rows", "ground"]


def ground(
    program: Program, atoms: Iterable[Atom], engine: Engine | None = None, limits: Limits | None = None
) -> Derivation:
    """Every ground instance of the program's rules over the atoms that some world may hold.

    An instance with ``_`` in a positive literal is one per atom that matched it. Without an engine, pyDatalog
    answers the joins; an engine given must be new. Raises InputError where instances or time exceed their limits
    (those of the environment, unless given), or arithmetic leaves the range of numbers.
    """
    if engine is None:
        from reasoner.grounding.pydatalog import PyDatalogEngine

        engine = PyDatalogEngine()
    grounding = _Grounding(program, engine, Bounds(program, limits or Limits.from_environment()))
    grounding.take(atoms)
    for component in program.components:
        grounding.close(component)
    return grounding.result()


class _Grounding:
    """One run: what is known so far, and the loop that adds to it.

    The engine has every known row except those found in the round under way, which it gets when the round is over.
    """

    def __init__(self, program: Program, engine: Engine, bounds: Bounds) -> None:
        self._program = program
        self._engine = engine
        self._bounds = bounds
        self._constants = Constants()
        self._atoms = Atoms()
        self._base: list[int] = []
        self._firings = Firings()
        self._joins: dict[int, Rule] = {}
        self._completions: dict[int, Completion] = {}
        self._gatherings: dict[int, Gathering] = {}

    def take(self, atoms: Iterable[Atom]) -> None:
        """Hand the engine the facts."""
        fresh: dict[str, list[Row]] = {}
        for atom in atoms:
            row = self._constants.row_of(atom.arguments)  # type: ignore[arg-type]  # facts are ground
            number, new = self._atoms.number_of(atom.predicate, row)
            if new:
                self._base.append(number)
                fresh.setdefault(atom.predicate, []).append(row)
        self._announce(fresh)

    def close(self, component: Component) -> None:
        """Fire a component's rules until they give nothing new."""
        fireable = [i for i in component.rules if component.recursive or self._possible(i)]
        for position in fireable:
            self._joins[position] = join_of(self._program.rules[position], self._constants)
        recursive = {position: self._recursive(position, component) for position in fireable}
        seen: dict[int, set[Row]] = {position: set() for position, places in recursive.items() if places}
        fresh: dict[str, list[Row]] = {}
        for position in fireable:
            if self._possible(position):
                self._fire(position, None, seen, fresh)
        while fresh:
            self._announce(fresh)
            newest, fresh = fresh, {}
            for position, places in recursive.items():
                for delta, predicate in places:
                    if predicate in newest and self._possible(position):
                        self._fire(position, delta, seen, fresh)

    def result(self) -> Derivation:
        """The graph of all that was found."""
        return derivation(self._program, self._constants, self._atoms, self._base, self._firings)

    def _possible(self, position: int) -> bool:
        """Whether every predicate that a rule needs has a row."""
        body = self._program.rules[position].body
        needed = (element.atom for element in body if isinstance(element, Literal) and not element.negated)
        return all(self._atoms.rows(atom.predicate) for atom in needed)

    def _recursive(self, position: int, component: Component) -> list[tuple[int, str]]:
        """The places in a join's body whose predicate the same component defines, with that predicate."""
        literals = [element for element in self._joins[position].body if isinstance(element, Literal)]
        predicates = [literal.atom.predicate for literal in literals]
        return [(place, name) for place, name in enumerate(predicates) if name in component.predicates]

    def _announce(self, fresh: dict[str, list[Row]]) -> None:
        for predicate, rows in fresh.items():
            self._engine.add(predicate, rows)

    def _fire(self, position: int, delta: int | None, seen: dict[int, set[Row]], fresh: dict[str, list[Row]]) -> None:
        """Record the instances of one rule that were not there before, and the rows they newly conclude."""
        stop_if_unwanted()
        rule, join, before = self._program.rules[position], self._joins[position], seen.get(position)
        try:
            self._gather(position)
            portions: Rows = self._engine.fire(join, delta) if join.body else [[()]]
            for portion in portions:
                rows = portion if before is None else [row for row in portion if row not in before]
                if rows:
                    self._record(self._completion(position), rows, fresh)
                if before is not None:
                    before.update(rows)
                self._bounds.check(rule, len(self._firings))
        except NumberTooLargeError:
            raise self._bounds.number_too_large(rule) from None

    def _completion(self, position: int) -> Completion:
        """What becomes of a rule's joined rows, compiled when the first of them is there."""
        completion = self._completions.get(position)
        if completion is None:
            rule, join = self._program.rules[position], self._joins[position]
            completion = self._completions[position] = completion_of(rule, position, join, self._constants)
        return completion

    def _gather(self, position: int) -> None:
        """Ask what the aggregates of a rule go over, before it first fires: an engine answers one join at a time."""
        rule = self._program.rules[position]
        if position not in self._gatherings and any(isinstance(element, Aggregate) for element in rule.body):
            self._gatherings[position] = Gathering(
                self._completion(position), self._engine, self._constants, self._atoms, self._bounds
            )

    def _record(self, completion: Completion, rows: Sequence[Row], fresh: dict[str, list[Row]]) -> None:
        found, atoms, head = self._firings, self._atoms, completion.head
        premises = [(pattern.columns, atoms.rows(pattern.predicate)) for pattern in completion.premises]
        for finished, tests in self._finished(completion, rows):
            conclusion = head.columns(finished)
            number, new = atoms.number_of(head.predicate, conclusion)
            if new:
                fresh.setdefault(head.predicate, []).append(conclusion)
            if not completion.rule.body:
                self._base.append(number)
            found.of.append(completion)
            found.binding.append(completion.binding(finished))
            found.head.append(number)
            found.premises.append(tuple([known[columns(finished)] for columns, known in premises]))
            found.absences.append(tuple([pattern.columns(finished) for pattern in completion.absences]))
            found.tests.append(tests)

    def _finished(self, completion: Completion, rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[Tested, ...]]]:
        """The finished rows of a rule, each with what it asks of the rule's aggregates."""
        gathering = self._gatherings.get(completion.position)
        for row in rows:
            finished = completion.finish(row)
            if finished is None:
                continue
            if gathering is None:
                yield finished, ()
                continue
            yield from gathering.expand(finished)
            self._bounds.check(completion.rule, len(self._firings) + gathering.size)
