"""Premises that fail, and what would mend them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reasoner.assessment.assess import Assessment
from reasoner.assessment.words import number_word, percent
from reasoner.explanation.clauses import ANONYMOUS
from reasoner.explanation.repairs import Repair
from reasoner.explanation.sentences import Voice, clause, listed, opening, running, sentence
from reasoner.explanation.tallying import asked
from reasoner.terms import Aggregate, Atom, BodyElement, Comparison, Constant, Literal, Rule, Term, Variable


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

    def failing(self, element: BodyElement) -> str:
        """Why a premise fails: nobody reports it, it is not established, or something stands against it."""
        if not isinstance(element, Literal):
            return sentence(f"it is not so that {running(clause(self.element(element)))}")
        if element.negated:
            return sentence(f"against it stands that {self.positively(element.atom)}")
        chance = self._chance(element.atom)
        said = sentence(clause(self.voice.absence(self._named(element.atom, "any"), chance > 0)))
        return f"{clause(said)} ({percent(chance)})." if chance > 0 else said

    def remedy(self, repair: Repair, failing: Sequence[BodyElement]) -> str:
        """What a repair would take, in one sentence."""
        wanted = [self._wanted(atom, failing) for atom in repair.assume]
        wrong = [f"it turned out wrong that {self.positively(atom)}" for atom in repair.retract]
        if not wrong and len(wanted) == 1 and wanted[0] is None:
            return "One report of that would do."
        if not wrong:
            reports = "One report" if len(wanted) == 1 else f"{opening(number_word(len(wanted)))} reports"
            told = [f"that {self.positively(atom)}{self._so_far(atom)}" for atom in repair.assume]
            return sentence(f"{reports} would do: {listed(told)}")
        known = [f"it were reported that {self.positively(atom)}{self._so_far(atom)}" for atom in repair.assume]
        return sentence(f"it would hold if {listed([*known, *wrong])}")

    def other(self, repair: Repair) -> str:
        """A further repair, to follow the first."""
        known = [f"that {self.positively(atom)}{self._so_far(atom)}" for atom in repair.assume]
        wrong = [f"that it is wrong that {self.positively(atom)}" for atom in repair.retract]
        return sentence(f"or {listed([*known, *wrong])}")

    def _wanted(self, atom: Atom, failing: Sequence[BodyElement]) -> Atom | None:
        """The fact, or None where it says just what a failing premise says."""
        said = self.positively(atom)
        missing = [each for each in failing if isinstance(each, Literal) and not each.negated]
        same = len(failing) == 1 and any(self.positively(each.atom) == said for each in missing)
        return None if same and self._chance(atom) == 0 else atom

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
        return self.voice.atom(self._named(atom, "some"))

    def rule(self, rule: Rule, values: Mapping[str, Term]) -> str:
        """The rule's sentence for one instance."""
        named: dict[str, Constant] = {}
        for name, value in values.items():
            named[name] = self._unnamed(self._types_in(rule, name), "some") if value == ANONYMOUS else value  # type: ignore[assignment]
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
