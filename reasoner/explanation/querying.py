"""Queries: a conjunction in the rule language, asked of a case as if it were one rule more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reasoner.assessment.assess import Assessment
from reasoner.explanation.nodes import Node
from reasoner.explanation.sentences import Voice, clause, running, sentence
from reasoner.explanation.unfolding import Unfolding
from reasoner.language.parser import parse_query
from reasoner.language.program import Program
from reasoner.language.strata import components
from reasoner.problems import InputError
from reasoner.terms import Aggregate, Atom, BodyElement, Constant, Quoted, Rule, Variable

QUERY_HEAD = "ascribe_query"
"""The head of the rule that a query becomes while it is answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a query: what its variables are bound to, how probable it is, and in which cases."""

    bindings: Mapping[str, Constant]
    probability: float
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A query asked of one case.

    ``assessment`` is that of the case with the query as one rule more, ``names`` are its variables,
    ``of`` is whom it was asked of.
    """

    text: str
    names: tuple[str, ...]
    assessment: Assessment
    of: object = None

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """All answers, the most probable first."""
        derivation, case = self.assessment.derivation, self.assessment.base.case.id
        atoms = list(derivation.with_predicate(QUERY_HEAD))
        chances = self.assessment.probabilities(atoms)
        return by_probability(
            Answer(dict(zip(self.names, _constants(derivation.atoms[atom]), strict=True)), float(chance), (case,))
            for atom, chance in zip(atoms, chances, strict=True)
            if chance > 0
        )

    def proof(self, bindings: Mapping[str, Constant]) -> Node | None:
        """What one of its answers rests on: a way for each instance, its premises those of the query.

        None where it is no answer.
        """
        answer = next((each for each in self.answers if each.bindings == bindings), None)
        if answer is None:
            return None
        derivation = self.assessment.derivation
        unfolding = Unfolding(self.assessment, derivation, Voice(self.assessment.base, derivation.program), most=1_000)
        head = derivation.atom_ids[Atom(QUERY_HEAD, tuple(answer.bindings.values()))]
        found = [unfolding.way(instance) for instance in derivation.instances_of(head).tolist()]
        ways = tuple(way for way in found if way is not None)
        said = "; ".join(map(_running, ways[0].premises)) if ways else self.text
        return Node("derived", self.text, sentence(said), answer.probability, (), ways)


def listing(aggregate: str) -> tuple[str, ...]:
    """The queries that list what an aggregate counts: one for each of its elements."""
    elements = (each for part in parse_query(aggregate) if isinstance(part, Aggregate) for each in part.elements)
    return tuple(", ".join(map(str, each.condition)) for each in elements if each.condition)


def query_program(program: Program, elements: Sequence[BodyElement]) -> tuple[Program, tuple[str, ...]]:
    """The rules with a query as one more, and the query's variables."""
    names = Rule(QUERY_HEAD, None, Atom(QUERY_HEAD), tuple(elements)).variables
    said = ", ".join(f"{name} is {{{name}}}" for name in names) or "it is so"
    rule = Rule("your query", said, Atom(QUERY_HEAD, tuple(map(Variable, names))), tuple(elements))
    rules = (*program.rules, rule)
    return replace(program, rules=rules, components=components(rules)), names


def by_probability(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers, the most probable first."""
    return tuple(sorted(answers, key=lambda answer: (-answer.probability, str(tuple(answer.bindings.values())))))


def merged(cases: Sequence[str], ask: Callable[[str], tuple[Answer, ...]]) -> tuple[Answer, ...]:
    """The answers of several cases; those that agree in bindings and probability stand together, with their cases.

    Raises:
        InputError: none of the cases can answer; what some lack, as an entity that they do not name, others may have.
    """
    found: dict[object, Answer] = {}
    refused: list[InputError] = []
    for case in cases:
        try:
            answers = ask(case)
        except InputError as error:
            refused.append(error)
            continue
        for answer in answers:
            key = (tuple(answer.bindings.items()), round(answer.probability, 12))
            known = found[key].cases if key in found else ()
            found[key] = replace(answer, cases=(*known, *answer.cases))
    if refused and len(refused) == len(cases):
        raise refused[0]
    return by_probability(found.values())


def _running(premise: Node) -> str:
    """A premise in the midst of a sentence: only a name keeps its capital, and no absence begins with one."""
    said = clause(premise.sentence)
    return running(said) if premise.atom.startswith("not ") else said


def _constants(atom: Atom) -> tuple[Constant, ...]:
    return tuple(term for term in atom.arguments if isinstance(term, (int, str, Quoted)))
