"""Findings as questions: one by its own, several at once by one that leaves open what they differ in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reasoner.explanation.askable import unknown
from reasoner.explanation.near_misses import Missing
from reasoner.explanation.sentences import Voice, opening, running
from reasoner.language.vocabulary import Argument, Predicate
from reasoner.terms import Atom, Term


@dataclass(frozen=True)
class Asking:
    """How the missing facts of one case are asked for."""

    voice: Voice

    def question(self, facts: Missing, many: bool = False) -> str:
        """The question whether these facts are so; with ``many``, the one that asks for all of the kind at once."""
        asked: dict[str, None] = {}
        for atom in self._named(facts, "anything"):
            predicate = self._declared(atom)
            names = {argument.name: term for argument, term in zip(predicate.arguments, atom.arguments, strict=True)}
            template = (many and predicate.which) or predicate.question
            asked[opening(self.voice.fill(template or "", names) or self.confirming(atom))] = None
        return " ".join(asked)

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
        predicate = self._declared(fact)
        slots = [argument.name for argument in predicate.arguments]
        template = running(predicate.sentence)
        for slot in (slot for slot, term in zip(slots, fact.arguments, strict=True) if unknown(term)):
            template = re.sub(rf",[^,{{}}]*\{{{slot}\}}[^,{{}}]*\Z", "", template)
        return self.voice.fill(template, dict(zip(slots, named.arguments, strict=True))) or self.voice.atom(named)

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
    return word.replace("thing", "body") if "Speaker" in argument.types else word


def _again(argument: Argument) -> str:
    if argument.types == ("Evidence",):
        return "it"
    return "that person" if "Speaker" in argument.types else "that"
