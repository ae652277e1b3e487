"""Findings as questions: one fact by its own question, several at once by the one that leaves open what they differ in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reasoner.explanation.near_misses import Missing, unknown
from reasoner.explanation.sentences import Voice, opening
from reasoner.language.vocabulary import Argument, Predicate
from reasoner.terms import Atom, Term

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Asking:
    """How the missing facts of one case are asked for."""

    voice: Voice

    def question(self, facts: Missing, many: bool = False) -> str:
        """The question whether these facts are so; with ``many``, the one that asks for all of the kind at once."""
        asked: dict[str, None] = {}
        mentioned: set[Term] = set()
        for atom in facts:
            predicate = self._declared(atom)
            template = (many and predicate.which) or predicate.question or f"Is it so that {predicate.sentence}?"
            asked[self._filled(template, predicate, atom, mentioned)] = None
            mentioned |= set(atom.arguments)
        return " ".join(asked)

    def confirming(self, atom: Atom) -> str:
        """The question whether what was reported is so."""
        return f"Is it so that {self.voice.atom(atom)}?"

    def where(self, facts: Iterable[Missing]) -> str:
        """Where one might look."""
        places = (self._declared(atom).where for missing in facts for atom in missing)
        return opening("; ".join(dict.fromkeys(place for place in places if place)))

    def said(self, facts: Missing) -> str:
        """The facts as a clause: what would be so."""
        mentioned: set[Term] = set()
        clauses = []
        for atom in facts:
            predicate = self._declared(atom)
            filled = self._filled(predicate.sentence, predicate, atom, mentioned)
            clauses.append(filled)
            mentioned |= set(atom.arguments)
        return " and ".join(clauses)

    def _declared(self, atom: Atom) -> Predicate:
        return self.voice.program.vocabulary.predicates[atom.predicate]

    def _filled(self, template: str, predicate: Predicate, atom: Atom, mentioned: set[Term]) -> str:
        pairs = zip(predicate.arguments, atom.arguments, strict=True)
        names = {argument.name: self._name(argument, term, term in mentioned) for argument, term in pairs}
        return opening(_SLOT.sub(lambda match: names.get(match[1], match[0]), template))

    def _name(self, argument: Argument, term: Term, again: bool) -> str:
        if not unknown(term):
            return self.voice.name(term)
        if "Evidence" in argument.types:
            return "it" if again else "anything"
        if "Speaker" in argument.types:
            return "that person" if again else "anybody"
        return "that" if again else "something"
