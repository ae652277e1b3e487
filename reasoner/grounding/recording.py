"""What grounding finds, as it finds it: constants and atoms with their numbers, and every instance of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reasoner.grounding.atoms import Atoms
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Joins, Row
from reasoner.grounding.firings import Firings, derivation
from reasoner.grounding.gathering import Gathering, Tested
from reasoner.grounding.graph import Derivation
from reasoner.grounding.joins import Completion, completion_of, join_of
from reasoner.language.program import Program
from reasoner.terms import Aggregate, Atom, Rule


class Recorder:
    """Makes instances of the joined rows of rules; ``joins`` answers what aggregates go over."""

    def __init__(self, program: Program, joins: Joins, bounds: Bounds) -> None:
        self._program = program
        self._joins = joins
        self._bounds = bounds
        self.constants = Constants()
        self.atoms = Atoms()
        self._base: list[int] = []
        self.firings = Firings()
        self._joined: dict[int, Rule] = {}
        self._completions: dict[int, Completion] = {}
        self._gatherings: dict[int, Gathering] = {}

    def take(self, atoms: Iterable[Atom]) -> dict[str, list[Row]]:
        """Note facts; returns the new rows of each predicate."""
        fresh: dict[str, list[Row]] = {}
        for atom in atoms:
            row = self.constants.row_of(atom.arguments)  # type: ignore[arg-type]  # facts are ground
            number, new = self.atoms.number_of(atom.predicate, row)
            if new:
                self._base.append(number)
                fresh.setdefault(atom.predicate, []).append(row)
        return fresh

    def join(self, position: int) -> Rule:
        """The positive literals of a rule, as an engine takes them."""
        if position not in self._joined:
            self._joined[position] = join_of(self._program.rules[position], self.constants)
        return self._joined[position]

    def gather(self, position: int) -> None:
        """Ask what the aggregates of a rule go over, before it first fires: joins are answered one at a time."""
        rule = self._program.rules[position]
        if position not in self._gatherings and any(isinstance(element, Aggregate) for element in rule.body):
            self._gatherings[position] = Gathering(
                self._completion(position), self._joins, self.constants, self.atoms, self._bounds
            )

    def record(self, position: int, rows: Sequence[Row], fresh: dict[str, list[Row]]) -> None:
        """Make instances of a rule's joined rows; the rows that they newly conclude are added to ``fresh``."""
        completion = self._completion(position)
        found, atoms, head = self.firings, self.atoms, completion.head
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

    def result(self) -> Derivation:
        """The graph of all that was found."""
        return derivation(self._program, self.constants, self.atoms, self._base, self.firings)

    def _completion(self, position: int) -> Completion:
        """What becomes of a rule's joined rows, compiled when the first of them is there."""
        completion = self._completions.get(position)
        if completion is None:
            rule, join = self._program.rules[position], self.join(position)
            completion = self._completions[position] = completion_of(rule, position, join, self.constants)
        return completion

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
            self._bounds.check(completion.rule, len(self.firings) + gathering.size)
