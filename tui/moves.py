"""What moved between two rankings of one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reasoner.assessment.result import Standing, Standings

LEAST = 0.0005
"""The smallest change of a probability that is worth a word."""


@dataclass(frozen=True, slots=True)
class Move:
    """A hypothesis or umbrella whose probability changed; None where it was not, or no longer is, a hypothesis.

    ``group``: it is an umbrella's, members included, and not the umbrella's own as "a member not named".
    """

    role: str
    actor: str
    name: str
    group: bool
    before: float | None
    after: float | None

    @property
    def size(self) -> float:
        """By how much it moved, with its sign."""
        return (self.after or 0.0) - (self.before or 0.0)


def moves(before: Standings, after: Standings) -> tuple[Move, ...]:
    """What moved by more than a rounding, the largest first, role by role as the later of them has them."""
    roles = dict.fromkeys([*after, *before])
    return tuple(move for role in roles for move in _of_role(role, before.get(role), after.get(role)))


Places: TypeAlias = dict[tuple[str, bool], tuple[str, float]]
"""(actor, whether as an umbrella) → name and probability."""


def _of_role(role: str, before: Standing | None, after: Standing | None) -> list[Move]:
    old, new = _places(before), _places(after)
    found = []
    for key in dict.fromkeys([*new, *old]):
        name = (new.get(key) or old[key])[0]
        was, now = (places[key][1] if key in places else None for places in (old, new))
        move = Move(role, key[0], name, key[1], was, now)
        if was is None or now is None or abs(move.size) >= LEAST:
            found.append(move)
    return sorted(found, key=lambda move: (-abs(move.size), move.actor, not move.group))


def _places(ranking: Standing | None) -> Places:
    if ranking is None:
        return {}
    heads = {row.actor for row in ranking.umbrellas}
    places: Places = {(row.actor, True): (row.name, row.probability) for row in ranking.umbrellas}
    for row in ranking.hypotheses:
        name = f"{row.name}, a member not named" if row.actor in heads else row.name
        places[row.actor, False] = (name, row.probability)
    return places
