"""Which reported facts mention a candidate; how often each is mentioned; and a case with fewer such facts.

The actor mentioned most is nearly always the answer, because whoever wrote a case down knew it. So a ranking has to be
better than counting mentions, above all where everybody has equally many facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from random import Random

from reasoner.evidence.base import Base
from reasoner.evidence.changes import retract
from reasoner.terms import Atom

NAMING = frozenset({"claimed", "admitted", "blamed", "judged", "testified", "traced_to", "intercepted", "linked_to"})
"""Predicates that name somebody outright."""

STRUCTURE = frozenset({"considered", "member_of", "front_for", "is_a"})
"""Predicates that say who may be meant at all, and are no report about anybody."""


def mentions(base: Base, candidates: Collection[str]) -> Mapping[str, tuple[Atom, ...]]:
    """Candidate → the reported facts that mention it, but for those that only say who is who."""
    found: dict[str, list[Atom]] = {candidate: [] for candidate in candidates}
    for atom, fact in base.facts.items():
        if fact.basis != "reported" or fact.credence <= 0 or atom.predicate in STRUCTURE:
            continue
        for actor in dict.fromkeys(argument for argument in atom.arguments if isinstance(argument, str)):
            if actor in found:
                found[actor].append(atom)
    return {candidate: tuple(atoms) for candidate, atoms in found.items()}


def without_naming(base: Base) -> Base:
    """The case without every reported fact that names somebody outright."""
    return retract(base, [atom for atom, fact in base.facts.items() if atom.predicate in NAMING and not fact.certain])


def capped(base: Base, mentioned: Mapping[str, tuple[Atom, ...]], cap: int, seed: str) -> Base:
    """The case with at most ``cap`` reported facts a candidate, drawn under a seed.

    Each candidate draws its own; a fact that mentions several stays only where each of them drew it.
    """
    draw = Random(seed)  # noqa: S311 - a sample, no secret
    gone: set[Atom] = set()
    for candidate in sorted(mentioned):
        atoms = mentioned[candidate]
        if len(atoms) > cap:
            gone |= set(atoms) - set(draw.sample(atoms, cap))
    return retract(base, sorted(gone, key=str))


def counted(mentioned: Mapping[str, Iterable[Atom]], base: Base) -> dict[str, float]:
    """Candidate → how many of these facts a base still has."""
    return {candidate: float(sum(atom in base.facts for atom in atoms)) for candidate, atoms in mentioned.items()}
