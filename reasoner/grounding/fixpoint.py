"""Grounding: every ground instance of every rule that can fire in some world.

Negation is dropped while grounding, and kept on the instances: what is found is a superset of what holds in any
world, and worlds decide. The program that is left is positive, and is ground component by component in dependency
order, semi-naive: each rule is one non-recursive join over rows already known, its heads are added, and rules that
depend on them fire again on what is new until nothing is (Bancilhon and Ramakrishnan 1986, "An amateur's
introduction to recursive query processing strategies").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasoner.grounding.bounds import Bounds
from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Engine, Row, Rows
from reasoner.grounding.firings import Atoms, Firings, derivation
from reasoner.grounding.graph import Derivation
from reasoner.grounding.joins import Join, NumberTooLargeError, compile_rule
from reasoner.language.program import Component, Program
from reasoner.limits import Limits
from reasoner.terms import Atom, Literal, Rule

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

    def take(self, atoms: Iterable[Atom]) -> None:
        """Hand the engine the facts."""
        fresh: dict[str, list[Row]] = {}
        for atom in atoms:
            row = self._constants.row_of(atom.arguments)  # type: ignore[arg-type]
            number, new = self._atoms.number_of(atom.predicate, row)
            if new:
                self._base.append(number)
                fresh.setdefault(atom.predicate, []).append(row)
        self._announce(fresh)

    def close(self, component: Component) -> None:
        """Fire a component's rules until they give nothing new."""
        rules = self._program.rules
        fireable = [i for i in component.rules if component.recursive or self._possible(rules[i])]
        joins = [compile_rule(rules[i], i, self._constants) for i in fireable]
        seen: dict[int, set[Row]] = {join.position: set() for join in joins if _recursive(join, component)}
        fresh: dict[str, list[Row]] = {}
        for join in joins:
            if self._possible(join.rule):
                self._fire(join, None, seen, fresh)
        while fresh:
            self._announce(fresh)
            newest, fresh = fresh, {}
            for join in joins:
                for delta in _recursive(join, component):
                    if join.premises[delta].predicate in newest and self._possible(join.rule):
                        self._fire(join, delta, seen, fresh)

    def result(self) -> Derivation:
        """The graph of all that was found."""
        return derivation(self._program, self._constants, self._atoms, self._base, self._firings)

    def _possible(self, rule: Rule) -> bool:
        """Whether every predicate that the rule needs has a row."""
        needed = (element.atom for element in rule.body if isinstance(element, Literal) and not element.negated)
        return all(self._atoms.rows(atom.predicate) for atom in needed)

    def _announce(self, fresh: dict[str, list[Row]]) -> None:
        for predicate, rows in fresh.items():
            self._engine.add(predicate, rows)

    def _fire(self, join: Join, delta: int | None, seen: dict[int, set[Row]], fresh: dict[str, list[Row]]) -> None:
        """Record the instances of one join that were not there before, and the rows they newly conclude."""
        before = seen.get(join.position)
        portions: Rows = self._engine.fire(join.join, delta) if join.premises else [[()]]
        try:
            for portion in portions:
                rows = portion if before is None else [row for row in portion if row not in before]
                self._record(join, rows, fresh)
                if before is not None:
                    before.update(rows)
                self._bounds.check(join.rule, len(self._firings))
        except NumberTooLargeError:
            raise self._bounds.number_too_large(join.rule) from None

    def _record(self, join: Join, rows: Sequence[Row], fresh: dict[str, list[Row]]) -> None:
        found, atoms = self._firings, self._atoms
        premises = [(pattern.columns, atoms.rows(pattern.predicate)) for pattern in join.premises]
        for row in rows:
            finished = join.finish(row)
            if finished is None:
                continue
            conclusion = join.head.columns(finished)
            number, new = atoms.number_of(join.head.predicate, conclusion)
            if new:
                fresh.setdefault(join.head.predicate, []).append(conclusion)
            if not join.rule.body:
                self._base.append(number)
            found.join.append(join)
            found.binding.append(join.binding(finished))
            found.head.append(number)
            found.premises.append(tuple(known[columns(finished)] for columns, known in premises))
            found.absences.append(tuple(pattern.columns(finished) for pattern in join.absences))


def _recursive(join: Join, component: Component) -> list[int]:
    """The places in a join's body whose predicate the same component defines."""
    literals = [element for element in join.join.body if isinstance(element, Literal)]
    return [place for place, literal in enumerate(literals) if literal.atom.predicate in component.predicates]
