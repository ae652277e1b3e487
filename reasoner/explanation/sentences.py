"""Atoms and rule instances as sentences: from the vocabulary's and the rules' templates, with names put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reasoner.evidence.base import Base, Fact, Moment, Report, Source
from reasoner.explanation.nodes import ShownReport
from reasoner.language.program import Program
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.terms import Atom, Comparison, Constant, Quoted, Rule, Term, Variable, term_text

_SLOT = re.compile(r"\{(\w+)\}")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?")
_FIRST_HALF = ("January", "February", "March", "April", "May", "June")
_MONTHS = (*_FIRST_HALF, "July", "August", "September", "October", "November", "December")


def written_date(text: str) -> str:
    """An ISO date (with a time or without) as prose: ``7 November 2021``; other text stays as it is."""
    match = _ISO_DATE.match(text)
    if not match:
        return text
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return text
    clock = f", {match[4]} UTC" if match[4] else ""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}{clock}"


def moment_text(moment: Moment | None) -> str | None:
    """A moment as prose, or None."""
    return written_date(moment.written) if moment else None


def sentence(text: str) -> str:
    """The text with a capital at the front and a stop at the end."""
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!…" else ".")


def clause(text: str) -> str:
    """The text without its closing stop, to go on from."""
    return text.strip().removesuffix(".")


@dataclass(frozen=True)
class Voice:
    """How the facts and rules of one case are put into words."""

    base: Base
    program: Program

    def name(self, constant: Term) -> str:
        """The display name of a constant; dates as prose, a variable as ``anybody``."""
        match constant:
            case Quoted(text):
                return written_date(text)
            case Variable():
                return "anybody"
            case str() if constant == OTHER:
                return "someone not on the list"
            case str() if constant == NOBODY:
                return "nobody"
            case str():
                return self.base.name(constant)
            case _:
                return term_text(constant)

    def fill(self, template: str, values: Mapping[str, Term]) -> str | None:
        """The template with its slots filled, or None where a slot has no value."""
        if any(slot not in values for slot in _SLOT.findall(template)):
            return None
        return _SLOT.sub(lambda match: self.name(values[match[1]]), template)

    def atom(self, atom: Atom) -> str:
        """A clause saying the atom, without a closing stop."""
        predicate = self.program.vocabulary.predicates.get(atom.predicate)
        if predicate and predicate.arity == len(atom.arguments):
            names = [argument.name for argument in predicate.arguments]
            said = self.fill(predicate.sentence, dict(zip(names, atom.arguments, strict=True)))
            if said:
                return said
        return self._defined(atom) or self._bare(atom)

    def _defined(self, atom: Atom) -> str | None:
        """What a rule that concludes the atom says of it, best one that needs no more than the atom's arguments."""
        rules = [rule for rule in self.program.rules if rule.head.predicate == atom.predicate and rule.sentence]
        for rule in rules:
            said = self.fill(rule.sentence or "", _given(rule, atom))
            if said:
                return clause(said)
        for rule in rules[:1]:
            given = _given(rule, atom)
            open_slots = {slot: Variable("_") for slot in _SLOT.findall(rule.sentence or "") if slot not in given}
            return clause(self.fill(rule.sentence or "", {**given, **open_slots}) or "")
        return None

    def _bare(self, atom: Atom) -> str:
        words = atom.predicate.replace("_", " ")
        return f"{words}: {', '.join(map(self.name, atom.arguments))}" if atom.arguments else words

    def rule(self, rule: Rule, bindings: Mapping[str, Constant]) -> str:
        """The rule's sentence for one instance; without one, what its head says."""
        if rule.sentence:
            said = self.fill(rule.sentence, bindings)
            if said:
                return sentence(said)
        return sentence(self.atom(ground(rule.head, bindings)))

    def absence(self, atom: Atom) -> str:
        """That nothing says so; ``_`` reads as anybody."""
        if atom.predicate in self.program.vocabulary.predicates:
            return sentence(f"nothing reported that {self.atom(atom)}")
        return sentence(f"nothing shows that {self.atom(atom)}")

    def comparison(self, comparison: Comparison, bindings: Mapping[str, Constant]) -> str:
        """The comparison with its values, as a clause."""
        left, right = (self.name(substitute(term, bindings)) for term in (comparison.left, comparison.right))
        words = {"=": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
        return sentence(f"{left} {words[comparison.operator]} {right}")

    def source(self, source: Source) -> str:
        """A source's name with who passed it on."""
        via = self.base.sources.get(source.via or "")
        return f"{source.name}, in {via.name}" if via else source.name

    def report(self, report: Report) -> ShownReport:
        """One report as a reader sees it."""
        source = self.base.sources[report.source]
        return ShownReport(
            source=report.source,
            name=self.source(source),
            grade=report.grade,
            polarity=report.polarity,
            date=report.date.written if report.date else None,
            says=report.says,
            quote=report.quote,
            locator=report.locator,
            origin=self.base.name(report.origin),
            counted=report.counted,
        )

    def reporters(self, fact: Fact) -> str:
        """Who affirms and who denies a fact, by name."""
        said: dict[str, list[str]] = {"affirms": [], "denies": []}
        for report in fact.reports:
            name = self.source(self.base.sources[report.source])
            if name not in said[report.polarity]:
                said[report.polarity].append(name)
        parts = [listed(said["affirms"])] if said["affirms"] else []
        parts += [f"denied by {listed(said['denies'])}"] if said["denies"] else []
        return "; ".join(parts)


def _given(rule: Rule, atom: Atom) -> dict[str, Term]:
    """What the variables of a rule's head stand for where it concludes the atom."""
    pairs = zip(rule.head.arguments, atom.arguments, strict=False)
    return {term.name: value for term, value in pairs if isinstance(term, Variable)}


def listed(names: list[str]) -> str:
    """Names in a row, with ``and`` before the last; semicolons part names that hold commas."""
    if len(names) < 2:
        return "".join(names)
    comma = "; " if any("," in name for name in names) else ", "
    return f"{comma.join(names[:-1])} and {names[-1]}"


def substitute(term: Term, bindings: Mapping[str, Constant]) -> Term:
    """The term with its bound variables replaced."""
    return bindings.get(term.name, term) if isinstance(term, Variable) else term


def ground(atom: Atom, bindings: Mapping[str, Constant]) -> Atom:
    """The atom with its bound variables replaced."""
    return Atom(atom.predicate, tuple(substitute(term, bindings) for term in atom.arguments))
