"""The ground atoms found so far, numbered as they come."""

from __future__ import annotations

from reasoner.grounding.engine import Row


class Atoms:
    """The ground atoms known so far: for each predicate, its rows with their numbers, which count up from 0."""

    def __init__(self) -> None:
        self.known: list[tuple[str, Row]] = []
        self._rows: dict[str, dict[Row, int]] = {}

    def rows(self, predicate: str) -> dict[Row, int]:
        """The rows of a predicate with their atoms' numbers; live, not a copy."""
        return self._rows.setdefault(predicate, {})

    def number_of(self, predicate: str, row: Row) -> tuple[int, bool]:
        """The number of an atom, and whether it is new."""
        rows = self.rows(predicate)
        number = rows.get(row)
        if number is not None:
            return number, False
        number = rows[row] = len(self.known)
        self.known.append((predicate, row))
        return number, True
