"""In what share of the worlds something holds in at least one of several ways."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from reasoner.assessment.worlds import Worlds

Premises: TypeAlias = tuple[Iterable[int], Iterable[int]]
"""Atom ids that must hold, and atom ids that must not."""

Ways: TypeAlias = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
"""Several of them."""


def share_of(ways: Ways, worlds: Worlds) -> float:
    """The share of worlds in which in at least one way all that must hold does, and nothing that mustn't."""
    bits = worlds.bits
    found = bits.empty
    for positive, negative in ways:
        row = bits.full
        for atom in positive:
            row = bits.both(row, worlds.row(atom))
        for atom in negative:
            row = bits.minus(row, worlds.row(atom))
        found = bits.either(found, row)
    return worlds.share(found)
