"""The end of a line of search: values for what is still open, and the change as it is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from reasoner.abduction.admission import Admission
from reasoner.abduction.attempts import WILD, Attempt, Proposal, is_wild
from reasoner.abduction.clauses import ANONYMOUS
from reasoner.abduction.joining import is_open
from reasoner.abduction.reading import Reading
from reasoner.terms import Arithmetic, Atom, Constant, Term, Variable


def values(
    variable: Variable, assumed: Iterable[Atom], admission: Admission, wild: int | None
) -> Iterator[Constant] | None:
    """What a variable of assumed facts may stand for: nothing in particular first, where it stands in one alone.

    ``wild`` numbers that nothing; with None it is left out. None where any value would be a guess.
    """
    places = [
        (atom.predicate, place) for atom in assumed for place, term in enumerate(atom.arguments) if term == variable
    ]
    if len(places) > 1 and not admission.guesses:
        return None
    first, *others = places
    known = (each for each in admission.values(*first) if all(admission.fits(*place, each) for place in others))
    if wild is not None and len(places) == 1 and admission.leaves_open(*places[0]):
        return chain((f"{WILD}{wild}",), known)
    return known


def proposal_of(attempt: Attempt, reading: Reading, admission: Admission, most: int) -> Proposal | None:
    """The proposal, with the facts retracted that exclude what is assumed; None where that cannot be."""
    assumed = frozenset(attempt.assumed)
    if any(atom in reading.facts or atom in attempt.false for atom in assumed):
        return None
    if not all(fitting(atom, admission) and admission.tells(atom) for atom in assumed):
        return None
    retracted = set(attempt.retracted)
    for atom in assumed:
        if any(admission.exclude(atom, other) for other in assumed if other != atom):
            return None
        for row in reading.model.rows(atom.predicate):
            other = Atom(atom.predicate, row)
            if other in reading.facts and admission.exclude(atom, other):
                if not admission.retractable(other):
                    return None
                retracted.add(other)
    if len(assumed) + len(retracted) > most:
        return None
    return Proposal(assumed, frozenset(retracted), attempt.steps, attempt.guessed)


def fitting(atom: Atom, admission: Admission) -> bool:
    """Whether a report could say the atom, as far as its arguments are known."""
    return all(
        is_open(term) or is_wild(term) or admission.fits(atom.predicate, place, constant_of(term))
        for place, term in enumerate(atom.arguments)
    )


def outline(atom: Atom) -> Atom:
    """The atom without the names of its variables."""
    return Atom(atom.predicate, tuple(ANONYMOUS if is_open(term) else term for term in atom.arguments))


def constant_of(term: Term) -> Constant:
    """A term that is known to be a constant."""
    assert not isinstance(term, (Variable, Arithmetic))
    return term
