"""What moved between two rankings of one case."""

from __future__ import annotations

from dataclasses import dataclass

from reasoner.assessment.result import Ranking, Rankings

LEAST = 0.0005
"""The smallest change of a probability that is worth a word."""


@dataclass(frozen=True, slots=True)
class Move:
    """A hypothesis or umbrella whose probability changed; None where it was not, or no longer is, a hypothesis."""

    role: str
    actor: str
    name: str
    before: float | None
    after: float | None

    @property
    def size(self) -> float:
        """By how much it moved, with its sign."""
        return (self.after or 0.0) - (self.before or 0.0)


def moves(before: Rankings, after: Rankings) -> tuple[Move, ...]:
    """What moved by more than a rounding, the largest first, role by role as the rankings have them."""
    roles = dict.fromkeys([*after, *before])
    return tuple(move for role in roles for move in _of_role(role, before.get(role), after.get(role)))


def _of_role(role: str, before: Ranking | None, after: Ranking | None) -> list[Move]:
    old, new = _standing(before), _standing(after)
    found = []
    for actor in dict.fromkeys([*new, *old]):
        name, was = old.get(actor, ("", None))
        newer, now = new.get(actor, (name, None))
        move = Move(role, actor, newer, was, now)
        if was is None or now is None or abs(move.size) >= LEAST:
            found.append(move)
    return sorted(found, key=lambda move: (-abs(move.size), move.actor))


def _standing(ranking: Ranking | None) -> dict[str, tuple[str, float | None]]:
    if ranking is None:
        return {}
    rows: dict[str, tuple[str, float | None]] = {row.actor: (row.name, row.probability) for row in ranking.hypotheses}
    rows.update((row.actor, (row.name, row.probability)) for row in ranking.umbrellas)
    return rows
