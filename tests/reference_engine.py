"""The plainest engine there can be: every row of every literal tried against every other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.grounding.engine import Row, Rows
from reasoner.terms import Atom, Literal, Rule, Variable


class ReferenceEngine:
    """Nested loops over sets of rows."""

    def __init__(self) -> None:
        self._rows: dict[str, set[Row]] = {}
        self._newest: dict[str, set[Row]] = {}

    def add(self, predicate: str, rows: Iterable[Row]) -> None:
        """Take new rows."""
        self._newest[predicate] = set(rows)
        self._rows.setdefault(predicate, set()).update(self._newest[predicate])

    def fire(self, rule: Rule, delta: int | None) -> Rows:
        """Try everything."""
        bindings: list[dict[str, int]] = [{}]
        for place, element in enumerate(rule.body):
            assert isinstance(element, Literal)
            known = self._newest if place == delta else self._rows
            rows = known.get(element.atom.predicate, set())
            bindings = [found for binding in bindings for found in _matches(element.atom, rows, binding)]
        yield sorted({tuple(binding[name] for name in rule.variables) for binding in bindings})


def _matches(atom: Atom, rows: Iterable[Row], binding: dict[str, int]) -> Iterator[dict[str, int]]:
    for row in rows:
        found = dict(binding)
        for term, value in zip(atom.arguments, row, strict=True):
            wanted = found.setdefault(term.name, value) if isinstance(term, Variable) else term
            if wanted != value:
                break
        else:
            yield found
