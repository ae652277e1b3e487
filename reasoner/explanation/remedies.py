"""Premises that fail, and what would mend them, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reasoner.abduction.clauses import ANONYMOUS
from reasoner.abduction.repairs import Repair
from reasoner.assessment.assess import Assessment
from reasoner.assessment.words import number_word, percent
from reasoner.explanation.sentences import Voice, clause, listed, running, sentence
from reasoner.explanation.tallying import asked
from reasoner.language.vocabulary import DECLARED
from reasoner.terms import Aggregate, Atom, BodyElement, Comparison, Constant, Literal, Quoted, Rule, Term, Variable

_OPEN_END = re.compile(r",? (through|over|on|because of|going by) (any|some)(thing|body| day| place)$")
"""What a clause need not end with: that there was some reason, channel or day goes without saying."""


@dataclass(frozen=True)
class Wording:
    """How the premises and repairs of one case are put into words."""

    assessment: Assessment
    voice: Voice

    def element(self, element: BodyElement) -> str:
        """A premise as a sentence, as the rule has it."""
        if isinstance(element, Comparison):
            return self.voice.comparison(element, {})
        if isinstance(element, Aggregate):
            return asked(self.voice, element)
        said = self.positively(element.atom)
        return sentence(f"it is not so that {said}" if element.negated else said)

    def failing(self, element: BodyElement, repair: Repair | None) -> str:
        """Why a premise fails: nobody reports it, it is not established, or something stands against it.

        With a repair that says just this, one report of it would do.
        """
        if not isinstance(element, Literal):
            return sentence(f"it is not so that {running(clause(self.element(element)))}")
        if element.negated:
            return sentence(f"against it stands that {self.positively(element.atom)}")
        chance = self._chance(element.atom)
        said = self._said(self._undated(element.atom, repair), "any")
        if chance > 0:
            return sentence(f"it is not established that {said} ({percent(chance)})")
        reportable = element.atom.predicate in self.voice.program.vocabulary.predicates
        nobody = (reportable and element.atom.predicate != DECLARED) or (repair and self.is_just(repair, element))
        shown = "nobody has reported" if nobody else "nothing shows"
        what, is_open, _ = said.partition(" was anything")
        return sentence(f"{shown} what {what} was" if is_open else f"{shown} that {said}")

    def _undated(self, atom: Atom, repair: Repair | None) -> Atom:
        """The atom without the dates that only a repair brings in: any other day would do as well."""
        if repair is None:
            return atom
        dates = {term for fact in repair.assume for term in fact.arguments if isinstance(term, Quoted)}
        return Atom(atom.predicate, tuple("any day" if term in dates else term for term in atom.arguments))

    def is_just(self, repair: Repair, element: BodyElement) -> bool:
        """Whether a repair is one report, new to everybody, that says just what a failing premise says."""
        if repair.retract or len(repair.assume) != 1:
            return False
        (atom,) = repair.assume
        if not isinstance(element, Literal) or element.negated or atom in self.assessment.base.facts:
            return False
        return self.positively(element.atom) == self.positively(atom)

    def remedy(self, repair: Repair, fails: BodyElement | None) -> str:
        """What a repair would take, in one sentence, after it was said what fails."""
        if fails is not None and self.is_just(repair, fails):
            return "One report of that would do."
        told = [f"that {self._assumed(atom)}" for atom in repair.assume]
        if repair.retract:
            wrong = [f"it turned out wrong that {self.positively(atom)}" for atom in repair.retract]
            return sentence(f"it would hold if {listed([*(f'it were reported {each}' for each in told), *wrong])}")
        reports = "one report" if len(told) == 1 else f"{number_word(len(told))} reports"
        return sentence(f"{reports} would do: {listed(told)}")

    def _assumed(self, atom: Atom) -> str:
        """What an assumed fact says, and how it stands so far; a date is one of many that would do."""
        days = tuple(
            f"a day such as {self.voice.name(term)}" if isinstance(term, Quoted) else term for term in atom.arguments
        )
        return f"{self.positively(Atom(atom.predicate, days))}{self._so_far(atom)}"

    def _so_far(self, atom: Atom) -> str:
        fact = self.assessment.base.facts.get(atom)
        if fact is None:
            return ""
        return " (only denied so far)" if fact.only_denied else f" (now at {percent(fact.credence)})"

    def _chance(self, atom: Atom) -> float:
        number = self.assessment.derivation.atom_ids.get(atom)
        return 0.0 if number is None else self.assessment.probability(number)

    def positively(self, atom: Atom) -> str:
        """The clause that says an atom, with ``somebody`` or ``something`` for what it leaves open."""
        return self._said(atom, "some")

    def _said(self, atom: Atom, quantity: str) -> str:
        """The clause that says an atom, without an open reason, channel or day at its end."""
        return _OPEN_END.sub("", self.voice.atom(self._named(atom, quantity)))

    def rule(self, rule: Rule, values: Mapping[str, Term]) -> str:
        """The rule's sentence for one instance."""
        named: dict[str, Constant] = {}
        for name, value in values.items():
            said = self._unnamed(self._types_in(rule, name), "some") if value == ANONYMOUS else value
            named[name] = said  # type: ignore[assignment]  # what an instance leaves open is ANONYMOUS
        return self.voice.rule(rule, named)

    def _named(self, atom: Atom, quantity: str) -> Atom:
        arguments = [
            self._unnamed(self._types(atom.predicate, place), quantity) if term == ANONYMOUS else term
            for place, term in enumerate(atom.arguments)
        ]
        return Atom(atom.predicate, tuple(arguments))

    @staticmethod
    def _unnamed(types: Sequence[str], quantity: str) -> str:
        if {"Actor", "Speaker"} & set(types):
            return f"{quantity}body"
        if "Place" in types:
            return f"{quantity} place"
        return f"{quantity}thing"

    def _types(self, predicate: str, place: int) -> Sequence[str]:
        """The types of an argument; those of a derived predicate follow from the rules that conclude it."""
        return self._columns.get((predicate, place), ())

    def _types_in(self, rule: Rule, variable: str) -> Sequence[str]:
        return next(self._found(rule, Variable(variable)), ())

    def _found(self, rule: Rule, variable: Variable) -> Iterator[Sequence[str]]:
        for element in rule.body:
            if isinstance(element, Literal):
                for place, term in enumerate(element.atom.arguments):
                    if term == variable and (types := self._types(element.atom.predicate, place)):
                        yield types

    @cached_property
    def _columns(self) -> dict[tuple[str, int], Sequence[str]]:
        program = self.voice.program
        found: dict[tuple[str, int], Sequence[str]] = {
            (name, place): argument.types
            for name, predicate in program.vocabulary.predicates.items()
            for place, argument in enumerate(predicate.arguments)
        }
        self.__dict__["_columns"] = found
        for component in program.components:
            for position in component.rules:
                rule = program.rules[position]
                for place, term in enumerate(rule.head.arguments):
                    if isinstance(term, Variable) and (rule.head.predicate, place) not in found:
                        types = self._types_in(rule, term.name)
                        if types:
                            found[rule.head.predicate, place] = types
        return found
