"""Findings as questions: one by its own, several at once by one that leaves open what they differ in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import starmap

from reasoner.explanation.askable import unknown
from reasoner.explanation.near_misses import Missing
from reasoner.explanation.sentences import Voice, opening, running
from reasoner.language.vocabulary import Argument, Predicate
from reasoner.terms import Atom, Constant, Quoted, Term

_THINGS = {"Evidence", "Capability", "Place", "Term"}
"""Argument types of what questions may differ in and still be much the same."""


@dataclass(frozen=True)
class Asking:
    """How the missing facts of one case are asked for."""

    voice: Voice

    def question(self, facts: Missing, many: bool = False) -> str:
        """The question whether these facts are so; with ``many``, the one that asks for all of the kind at once."""
        asked: dict[str, None] = {}
        for fact, named in zip(facts, self._named(facts, "anything"), strict=True):
            template = self._template(fact, many)
            for slot in (slot for slot, term in self._slots(fact).items() if unknown(term)):
                template = template.replace(f" of {{{slot}}}?", "?")
            asked[opening(self.voice.fill(template, self._slots(named)) or "")] = None
        return " ".join(asked)

    def shape(self, facts: Missing, many: bool) -> str:
        """The question without the things that it speaks of: alike for questions that differ in nothing else."""
        return self.question(tuple(self._without_things(fact, many) for fact in facts), many)

    def things(self, facts: Missing, many: bool) -> tuple[Constant, ...]:
        """The things that the question speaks of."""
        spoken = (
            term
            for fact in facts
            for term, other in zip(fact.arguments, self._without_things(fact, many).arguments, strict=True)
            if term != other and isinstance(term, (int, str, Quoted))
        )
        return tuple(dict.fromkeys(spoken))

    def _without_things(self, fact: Atom, many: bool) -> Atom:
        template = self._template(fact, many)

        def left(argument: Argument, term: Term) -> Term:
            thing = _THINGS.issuperset(argument.types) and not unknown(term) and f"{{{argument.name}}}" in template
            return "…" if thing else term

        pairs = zip(self._declared(fact).arguments, fact.arguments, strict=True)
        return Atom(fact.predicate, tuple(starmap(left, pairs)))

    def _template(self, fact: Atom, many: bool) -> str:
        """How to ask: for many at once, or where the question would speak of what nobody has named, by ``which``."""
        predicate = self._declared(fact)
        question = predicate.question or f"Is it so that {running(predicate.sentence)}?"
        which = predicate.which or question
        nameless = [slot for slot, term in self._slots(fact).items() if unknown(term) and f"{{{slot}}}" in question]
        return which if many or any(f"{{{slot}}}" not in which for slot in nameless) else question

    def _slots(self, atom: Atom) -> dict[str, Term]:
        names = (argument.name for argument in self._declared(atom).arguments)
        return dict(zip(names, atom.arguments, strict=True))

    def confirming(self, atom: Atom) -> str:
        """The question whether what was reported is so."""
        return f"Is it so that {self.voice.atom(atom)}?"

    def where(self, facts: Iterable[Missing]) -> str:
        """Where one might look."""
        places = (self._declared(atom).where for missing in facts for atom in missing)
        return "; ".join(dict.fromkeys(place for place in places if place))

    def said(self, facts: Missing) -> str:
        """The facts as a clause: what would be so, without what nobody has named where that only says why."""
        return " and ".join(map(self._clause, facts, self._named(facts, "something")))

    def _clause(self, fact: Atom, named: Atom) -> str:
        template = running(self._declared(fact).sentence)
        for slot in (slot for slot, term in self._slots(fact).items() if unknown(term)):
            template = re.sub(rf"(?:,[^,{{}}]*\{{{slot}\}}[^,{{}}]*|(?<!spoke) of \{{{slot}\}})\Z", "", template)
        return self.voice.fill(template, self._slots(named)) or self.voice.atom(named)

    def _declared(self, atom: Atom) -> Predicate:
        return self.voice.program.vocabulary.predicates[atom.predicate]

    def _named(self, facts: Missing, at_first: str) -> Iterator[Atom]:
        """The facts with a word for each thing that nobody has named: one where it is first spoken of, then another."""
        mentioned: set[Term] = set()
        for atom in facts:
            pairs = zip(self._declared(atom).arguments, atom.arguments, strict=True)
            words = tuple(
                (_again(argument) if term in mentioned else _first(argument, at_first)) if unknown(term) else term
                for argument, term in pairs
            )
            mentioned |= set(atom.arguments)
            yield Atom(atom.predicate, words)


def _first(argument: Argument, word: str) -> str:
    return word.replace("thing", "body") if _a_person(argument) else word


def _again(argument: Argument) -> str:
    if argument.types == ("Evidence",):
        return "it"
    return "that person" if _a_person(argument) else "that"


def _a_person(argument: Argument) -> bool:
    return "Speaker" in argument.types or argument.name == "who"
