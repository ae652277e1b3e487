"""What holds in one reading of a case: the rows of each predicate, found by any of their arguments."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from reasoner.terms import Atom, Term

Row = tuple[Term, ...]
Bucket = dict[Row, None]

_NOTHING: Mapping[Row, None] = {}

Key = TypeVar("Key", bound=Hashable)


class Model:
    """A set of ground atoms that can be asked for all that match some arguments; order is that of adding.

    A copy shares its rows with the original until one of them is changed there.
    """

    def __init__(self, atoms: Iterable[Atom] = ()) -> None:
        self._rows: dict[str, Bucket] = {}
        self._found: dict[tuple[str, int, Term], Bucket] = {}
        self._own: set[object] = set()
        for atom in atoms:
            self.add(atom.predicate, atom.arguments)

    def copy(self) -> Model:
        """A model with the same atoms, to be changed."""
        other = Model()
        other._rows, other._found = dict(self._rows), dict(self._found)
        self._own = set()
        return other

    def rows(self, predicate: str) -> Mapping[Row, None]:
        """All rows of a predicate."""
        return self._rows.get(predicate, _NOTHING)

    def holds(self, predicate: str, row: Row) -> bool:
        """Whether one ground atom is among them."""
        return row in self._rows.get(predicate, _NOTHING)

    def __iter__(self) -> Iterator[Atom]:
        """All atoms, predicate by predicate."""
        return (Atom(predicate, row) for predicate, rows in self._rows.items() for row in rows)

    def near(self, predicate: str, bound: Iterable[tuple[int, Term]]) -> Mapping[Row, None]:
        """The rows that agree in one of the bound arguments: in the one that fewest agree in."""
        best = self._rows.get(predicate, _NOTHING)
        for place, term in bound:
            bucket = self._found.get((predicate, place, term), _NOTHING)
            if len(bucket) < len(best):
                best = bucket
        return best

    def add(self, predicate: str, row: Row) -> None:
        """Let an atom hold."""
        self._bucket(self._rows, predicate)[row] = None
        for place, term in enumerate(row):
            self._bucket(self._found, (predicate, place, term))[row] = None

    def remove(self, predicate: str, row: Row) -> None:
        """Let an atom hold no more."""
        self._bucket(self._rows, predicate).pop(row, None)
        for place, term in enumerate(row):
            self._bucket(self._found, (predicate, place, term)).pop(row, None)

    def _bucket(self, table: dict[Key, Bucket], key: Key) -> Bucket:
        if key not in self._own:
            self._own.add(key)
            table[key] = dict(table.get(key, _NOTHING))
        return table[key]
