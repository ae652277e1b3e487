"""Grounding: every ground instance of every rule that can fire in some world.

Negation and the bounds of aggregates are dropped while grounding, and kept on the instances: what is found is a
superset of what holds in any world, and worlds decide. An aggregate that gives a variable its value makes an instance
for each value that it may have. The program that is left is positive, and is ground component by component in
dependency order, semi-naive: each rule is one non-recursive join over rows already known, its heads are added, and
rules that depend on them fire again on what is new until nothing is (Bancilhon and Ramakrishnan 1986, "An amateur's
introduction to recursive query processing strategies").
"""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.grounding.bounds import Bounds
from reasoner.grounding.choosing import engine_for
from reasoner.grounding.engine import Engine, Row, Rows, WholeEngine
from reasoner.grounding.graph import Derivation
from reasoner.grounding.joins import NumberTooLargeError
from reasoner.grounding.recording import Recorder
from reasoner.language.program import Component, Program
from reasoner.limits import Limits
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import Atom, Literal

__all__ = ["Engine", "Row", "Rows", "ground"]


def ground(
    program: Program,
    atoms: Iterable[Atom],
    engine: Engine | WholeEngine | None = None,
    limits: Limits | None = None,
) -> Derivation:
    """Every ground instance of the program's rules over the atoms that some world may hold.

    An instance with ``_`` in a positive literal is one per atom that matched it. Without an engine, there is one by the
    number of atoms; an engine given must be new. Raises InputError where instances or time exceed their limits
    (those of the environment, unless given), or arithmetic leaves the range of numbers.
    """
    limits = limits or Limits.from_environment()
    atoms = tuple(atoms)
    engine = engine or engine_for(len(atoms))
    if isinstance(engine, WholeEngine):
        return engine.ground(program, atoms, limits)
    grounding = _Grounding(program, engine, Bounds(program, limits))
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
        self._recorder = Recorder(program, engine, bounds)

    def take(self, atoms: Iterable[Atom]) -> None:
        """Hand the engine the facts."""
        self._announce(self._recorder.take(atoms))

    def close(self, component: Component) -> None:
        """Fire a component's rules until they give nothing new."""
        fireable = [i for i in component.rules if component.recursive or self._possible(i)]
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
        return self._recorder.result()

    def _possible(self, position: int) -> bool:
        """Whether every predicate that a rule needs has a row."""
        body = self._program.rules[position].body
        needed = (element.atom for element in body if isinstance(element, Literal) and not element.negated)
        return all(self._recorder.atoms.rows(atom.predicate) for atom in needed)

    def _recursive(self, position: int, component: Component) -> list[tuple[int, str]]:
        """The places in a join's body whose predicate the same component defines, with that predicate."""
        literals = [element for element in self._recorder.join(position).body if isinstance(element, Literal)]
        predicates = [literal.atom.predicate for literal in literals]
        return [(place, name) for place, name in enumerate(predicates) if name in component.predicates]

    def _announce(self, fresh: dict[str, list[Row]]) -> None:
        for predicate, rows in fresh.items():
            self._engine.add(predicate, rows)

    def _fire(self, position: int, delta: int | None, seen: dict[int, set[Row]], fresh: dict[str, list[Row]]) -> None:
        """Record the instances of one rule that were not there before, and the rows they newly conclude."""
        stop_if_unwanted()
        recorder, rule = self._recorder, self._program.rules[position]
        join, before = recorder.join(position), seen.get(position)
        try:
            recorder.gather(position)
            portions: Rows = self._engine.fire(join, delta) if join.body else [[()]]
            for portion in portions:
                rows = portion if before is None else [row for row in portion if row not in before]
                if rows:
                    recorder.record(position, rows, fresh)
                if before is not None:
                    before.update(rows)
                self._bounds.check(rule, len(recorder.firings))
        except NumberTooLargeError:
            raise self._bounds.number_too_large(rule) from None
