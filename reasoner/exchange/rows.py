"""A ranking as rows: umbrellas with their members folded beneath, everyone else beside them."""

from __future__ import annotations

from dataclasses import dataclass

from reasoner.assessment.result import Hypothesis, Standing, Umbrella

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a ranking as a reader sees it.

    ``depth`` 1 stands beneath the umbrella above it. ``group`` says that the row adds up an umbrella; beneath it
    stands then the umbrella itself, "a member not named", where it is a hypothesis of its own.
    """

    actor: str
    name: str
    probability: float
    stability: float
    depth: int = 0
    group: bool = False


def folded(ranking: Standing) -> tuple[Row, ...]:
    """The rows of a ranking, umbrellas and everyone outside them by probability, members beneath their umbrella.

    A member of several umbrellas stands beneath each, and an umbrella within another only shows its members. Who is
    more probable than an umbrella, being a member of it only perhaps, does not stand beneath it.
    """
    hypotheses = {row.actor: row for row in ranking.hypotheses}
    beneath = {umbrella.actor: _beneath(umbrella, ranking) for umbrella in ranking.umbrellas}
    covered = {member for members in beneath.values() for member in members}
    tops: list[Umbrella | Hypothesis] = [row for row in ranking.umbrellas if row.actor not in covered]
    heads = {row.actor for row in tops}
    tops += [row for row in ranking.hypotheses if row.actor not in covered and row.actor not in heads]
    rows: list[Row] = []
    for top in sorted(tops, key=lambda row: (-row.probability, row.actor)):
        group = isinstance(top, Umbrella)
        rows.append(Row(top.actor, top.name, top.probability, top.stability, 0, group))
        if isinstance(top, Umbrella):
            own = hypotheses.get(top.actor)
            rows += _members([hypotheses[actor] for actor in beneath[top.actor]], own)
    return tuple(rows)


def _beneath(umbrella: Umbrella, ranking: Standing) -> list[str]:
    """The members that are no more probable than the umbrella."""
    most = umbrella.probability + _ROUNDING
    return [actor for actor in umbrella.members if actor != umbrella.actor and ranking.probability(actor) <= most]


def _members(beneath: list[Hypothesis], own: Hypothesis | None) -> list[Row]:
    rows = [Row(row.actor, row.name, row.probability, row.stability, 1) for row in beneath]
    if own:
        rows.append(Row(own.actor, "a member not named", own.probability, own.stability, 1))
    return sorted(rows, key=lambda row: (-row.probability, row.actor))
