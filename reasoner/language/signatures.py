"""Which predicates there are and what arguments they take: reserved, declared, or concluded by a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reasoner.language.passages import Passage
from reasoner.language.vocabulary import Argument, Predicate, Vocabulary
from reasoner.problems import Problem, similar
from reasoner.terms import Atom

IS_A = "is_a"

_INCIDENT, _ROLE, _ACTOR = (
    Argument("incident", ("Incident",)),
    Argument("role", ("Role",)),
    Argument("actor", ("Actor",)),
)
_FACTOR, _STRENGTH = Argument("factor", ("Factor",)), Argument("strength", ("Strength",))

RESERVED: Mapping[str, Predicate] = {
    predicate.name: predicate
    for predicate in (
        Predicate("candidate", (_INCIDENT, _ROLE, _ACTOR), ""),
        Predicate("supports", (_INCIDENT, _ROLE, _ACTOR, _FACTOR, _STRENGTH), ""),
        Predicate("opposes", (_INCIDENT, _ROLE, _ACTOR, _FACTOR, _STRENGTH), ""),
        Predicate("prior", (_INCIDENT, _ROLE, _ACTOR, Argument("strength", ("Prior",))), ""),
        Predicate("excludes", (_INCIDENT, _ROLE, _ACTOR, Argument("reason", ("Term",))), ""),
    )
}
"""The reserved heads with their arguments; the types ``Factor``, ``Strength`` and ``Prior`` occur only here."""

_IS_A = Predicate(IS_A, (Argument("entity", ("Term",)), Argument("kind", ("Kind",))), "")


@dataclass(frozen=True, slots=True)
class Signatures:
    """What is known about predicates.

    ``declared`` are those whose arguments have names and types; ``concluded`` maps the others to an atom that some
    rule concludes, with the place of that rule in words; ``broken`` are names in clauses that could not be read.
    """

    declared: Mapping[str, Predicate]
    concluded: Mapping[str, tuple[Atom, str]]
    broken: frozenset[str] = frozenset()

    def arity(self, predicate: str) -> int | None:
        """How many arguments a predicate takes, or None where nothing says."""
        if predicate in self.declared:
            return self.declared[predicate].arity
        if predicate in self.concluded:
            return len(self.concluded[predicate][0].arguments)
        return None

    def shown(self, predicate: str) -> str:
        """The predicate with its arguments, as an error shows it."""
        if predicate in self.declared:
            return str(self.declared[predicate])
        return str(self.concluded[predicate][0]) if predicate in self.concluded else predicate


def declared_predicates(vocabulary: Vocabulary) -> dict[str, Predicate]:
    """The predicates of the vocabulary, with the reserved heads and ``is_a``."""
    return {IS_A: _IS_A, **vocabulary.predicates, **RESERVED}


def concluded_predicates(passages: Iterable[Passage], declared: Mapping[str, Predicate]) -> dict[str, tuple[Atom, str]]:
    """For each predicate that is not declared, the first conclusion with it, and where that stands."""
    found: dict[str, tuple[Atom, str]] = {}
    for passage in passages:
        head = passage.head
        if head is not None and head.predicate not in declared and head.predicate not in found:
            start = passage.tokens[passage.parsed.first].start
            found[head.predicate] = (head, f"{passage.source.file}:{passage.source.span(start, start).line}")
    return found


def misused(passage: Passage, signatures: Signatures) -> Iterator[Problem]:
    """Yield a problem for each atom of an unknown predicate, or with the wrong number of arguments."""
    for number, atom in passage.atoms():
        arity = signatures.arity(atom.predicate)
        if arity is None:
            if atom.predicate not in signatures.broken:
                yield _unknown(passage, number, atom, signatures)
        elif arity != len(atom.arguments):
            yield _arity(passage, number, atom, arity, signatures)


def _unknown(passage: Passage, number: int, atom: Atom, signatures: Signatures) -> Problem:
    known = [*signatures.declared, *signatures.concluded]
    meant = similar(atom.predicate, known)
    hint = f"did you mean `{signatures.shown(meant)}`?" if meant else None
    note = "A premise is a fact that the vocabulary declares, or what another rule concludes."
    return passage.problem(
        "unknown-predicate", f"unknown predicate `{atom.predicate}`", passage.name(number), hint, note
    )


def _arity(passage: Passage, number: int, atom: Atom, arity: int, signatures: Signatures) -> Problem:
    message = f"`{atom.predicate}` takes {_arguments(arity)}, not {len(atom.arguments)}"
    if atom.predicate in RESERVED:
        hint = f"it is `{signatures.shown(atom.predicate)}`, one of the conclusions that are ranked"
    elif atom.predicate in signatures.declared:
        hint = f"it is `{signatures.shown(atom.predicate)}` in the vocabulary"
    else:
        concluded, place = signatures.concluded[atom.predicate]
        hint = f"it is `{concluded}` at {place}"
    return passage.problem("arity", message, passage.whole(number), hint)


def _arguments(count: int) -> str:
    return "no arguments" if count == 0 else "1 argument" if count == 1 else f"{count} arguments"
