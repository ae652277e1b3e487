"""Atoms and rule instances as sentences: from the vocabulary's and the rules' templates, with names put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from reasoner.evidence.base import Base, Fact, Moment, Report, Source
from reasoner.evidence.moments import written_date as written_date
from reasoner.explanation.nodes import ShownReport
from reasoner.language.program import Program
from reasoner.language.vocabulary import NOBODY, OTHER, Argument
from reasoner.terms import (
    Arithmetic,
    Atom,
    Comparison,
    ComparisonOperator,
    Constant,
    Quoted,
    Rule,
    Term,
    Variable,
    term_text,
)

_SLOT = re.compile(r"\{(\w+)\}")
_DECLARED = "is_a"
_BELONGS = "member_of"
LINES = ("supports", "opposes", "excludes")
"""The heads that are lines of evidence, the actor their third argument."""

NO_NAMES: Mapping[str, str] = MappingProxyType({})
_SIGNED = re.compile(r"(?<=[\w)])[-+*]")
_SIGNS = {"+": " + ", "-": " − ", "*": " × "}
_COMPARED = {"=": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
_DATES_COMPARED = _COMPARED | {
    "<": "came before",
    "<=": "came no later than",
    ">": "came after",
    ">=": "came no earlier than",
}


def moment_text(moment: Moment | None) -> str | None:
    """A moment as prose, or None."""
    return written_date(moment.written) if moment else None


def sentence(text: str) -> str:
    """The text with a capital at the front and a stop at the end."""
    text = opening(text.strip())
    return text + ("" if not text or text[-1] in ".?!…" else ".")


def opening(text: str) -> str:
    """The text with a capital at the front."""
    return text[:1].upper() + text[1:]


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
            case int():
                return f"{constant:,}"
            case Arithmetic():
                return _SIGNED.sub(lambda sign: _SIGNS[sign[0]], term_text(constant))
            case _:
                return term_text(constant)

    def factor(self, factor: str) -> str:
        """The display name of a factor; of none, where a line excludes."""
        known = self.program.scales.factors.get(factor)
        return known.name if known else factor.replace("_", " ").capitalize() or "Excluded"

    def fill(self, template: str, values: Mapping[str, Term], names: Mapping[str, str] = NO_NAMES) -> str | None:
        """The template with its slots filled, or None where a slot has no value; ``names`` go before display names."""
        if any(slot not in values for slot in _SLOT.findall(template)):
            return None
        return _SLOT.sub(lambda match: names.get(match[1]) or self.name(values[match[1]]), template)

    def atom(self, atom: Atom) -> str:
        """A clause saying the atom, without a closing stop."""
        predicate = self.program.vocabulary.predicates.get(atom.predicate)
        if predicate and predicate.arity == len(atom.arguments):
            pairs = zip(predicate.arguments, atom.arguments, strict=True)
            names = {argument.name: self._argument(argument, term) for argument, term in pairs}
            return _SLOT.sub(lambda match: names.get(match[1], match[0]), running(predicate.sentence))
        return self.claim(atom) or self._with_anybody(atom) or self._bare(atom)

    def _argument(self, argument: Argument, term: Term) -> str:
        if "Kind" in argument.types and isinstance(term, str):
            return self.program.vocabulary.kind_names.get(term) or self.name(term)
        return self.name(term)

    def claim(self, atom: Atom) -> str | None:
        """What a rule that concludes the atom claims, in words that hold whatever shows it; None where no rule has any.

        Where a rule's sentence names everything that it concludes about before a colon, the rest only says why.
        """
        claims = (self.claim_by(rule, given) for rule, given in self._concluding(atom))
        return next((said for said in claims if said), None)

    def claim_by(self, rule: Rule, bindings: Mapping[str, Term]) -> str | None:
        """What one rule claims, without why; None where it has no sentence, or that needs more than the bindings."""
        said = self.fill(_claimed(rule), bindings) if rule.sentence else None
        return clause(said) if said else None

    def _with_anybody(self, atom: Atom) -> str | None:
        """As the first rule says it, with ``anybody`` for what the atom leaves open."""
        for rule, given in self._concluding(atom):
            template = _claimed(rule)
            open_slots = {slot: Variable("_") for slot in _SLOT.findall(template) if slot not in given}
            return clause(self.fill(template, {**given, **open_slots}) or "")
        return None

    def _concluding(self, atom: Atom) -> Iterator[tuple[Rule, Mapping[str, Term]]]:
        """The rules with a sentence that may conclude the atom, each with what its head's variables stand for."""
        for rule in self.program.rules:
            given = _given(rule.head, atom) if rule.sentence else None
            if given is not None:
                yield rule, given

    def _bare(self, atom: Atom) -> str:
        words = atom.predicate.replace("_", " ")
        return f"{words}: {', '.join(map(self.name, atom.arguments))}" if atom.arguments else words

    def rule(self, rule: Rule, bindings: Mapping[str, Constant]) -> str:
        """The rule's sentence for one instance; without one, what its head says."""
        if rule.sentence:
            said = self.fill(rule.sentence, bindings, self._by_class(rule, bindings))
            if said:
                return sentence(said)
        return sentence(self.atom(ground(rule.head, bindings)))

    def _by_class(self, rule: Rule, bindings: Mapping[str, Constant]) -> dict[str, str]:
        """Slot → class with its member, where a line about an actor only names a class that it belongs to."""
        about = rule.head.arguments[2] if rule.head.predicate in LINES else None
        slots = slots_of(rule)
        if not isinstance(about, Variable) or about.name not in bindings:
            return {}
        actor = bindings[about.name]
        if any(bindings.get(slot) == actor for slot in slots):
            return {}
        classes = {slot: bindings[slot] for slot in slots if (actor, bindings.get(slot)) in self._belonging}
        return {slot: f"{self.name(each)}, to which {self.name(actor)} belonged," for slot, each in classes.items()}

    @cached_property
    def _belonging(self) -> frozenset[tuple[Term, ...]]:
        """Each member with each class that it is said to belong to, through others or not."""
        pairs = {atom.arguments for atom in self.base.facts if atom.predicate == _BELONGS}
        while True:
            further = {(first, last) for first, middle in pairs for start, last in pairs if middle == start}
            if further <= pairs:
                return frozenset(pairs)
            pairs |= further

    def absence(self, atom: Atom, doubted: bool = False) -> str:
        """That nothing says so, or, where something does, that it is in doubt; ``_`` reads as anybody."""
        said = self.atom(atom)
        if doubted:
            return sentence(f"it is not established that {said}")
        if atom.predicate in self.program.vocabulary.predicates and atom.predicate != _DECLARED:
            return sentence(f"nobody has reported that {said}")
        return sentence(f"nothing shows that {said}")

    def comparison(self, comparison: Comparison, bindings: Mapping[str, Term]) -> str:
        """The comparison with its values, as a clause."""
        left, right = substitute(comparison.left, bindings), substitute(comparison.right, bindings)
        if comparison.operator == "!=":
            return sentence(f"{self.name(left)} and {self.name(right)} are not the same")
        dates = isinstance(left, Quoted) and isinstance(right, Quoted)
        return sentence(f"{self.name(left)} {compared_words(comparison.operator, dates)} {self.name(right)}")

    def source(self, source: Source) -> str:
        """A source's name with who passed it on."""
        via = self.base.sources.get(source.via or "")
        return f"{source.name}, in {via.name}" if via else source.name

    def reports(self, fact: Fact | None) -> tuple[ShownReport, ...]:
        """The reports of a fact as a reader sees them."""
        return tuple(self._report(report, fact) for report in fact.reports) if fact else ()

    def _report(self, report: Report, fact: Fact) -> ShownReport:
        source = self.base.sources[report.source]
        return ShownReport(
            source=report.source,
            name=opening(self.source(source)),
            grade=report.grade,
            polarity=report.polarity,
            date=report.date.written if report.date else None,
            says=report.says,
            quote=report.quote,
            locator=report.locator,
            origin=self.base.name(report.origin),
            counted=report.counted,
            uncounted=None if report.counted else self._uncounted(report, fact),
        )

    def _uncounted(self, report: Report, fact: Fact) -> str:
        """Why a report does not count: the same origin denied or affirmed later, or is counted once already."""
        counting = next((each for each in fact.reports if each.counted and each.origin == report.origin), report)
        source, other = self.base.sources[report.source], self.base.sources[counting.source]
        if counting.polarity != report.polarity:
            said = "denial" if counting.polarity == "denies" else "word"
            return f"superseded by the later {said} of {other.name}"
        if source.id == other.id:
            return f"{source.name} counts once, with the best-graded report"
        if source.id in other.maybe_same_as or other.id in source.maybe_same_as:
            return f"counts once with {other.name}: perhaps one person"
        return f"counts once with {other.name}: both rest on {self.base.name(report.origin)}"

    def reporters(self, fact: Fact) -> str:
        """Who affirms and who denies a fact, by name: `according to …; denied by …`."""
        said: dict[str, list[str]] = {"affirms": [], "denies": []}
        for report in fact.reports:
            name = self.source(self.base.sources[report.source])
            if name not in said[report.polarity]:
                said[report.polarity].append(name)
        parts = [f"according to {listed(said['affirms'])}"] if said["affirms"] else []
        parts += [f"denied by {listed(said['denies'])}"] if said["denies"] else []
        return "; ".join(parts)


def slots_of(rule: Rule) -> tuple[str, ...]:
    """The variables that a rule's sentence names, each once."""
    return tuple(dict.fromkeys(_SLOT.findall(rule.sentence or "")))


def running(template: str) -> str:
    """The template as it reads within a sentence: its own first word without the capital, except for `UN` and such."""
    first = template.partition(" ")[0]
    return template if len(first) > 1 and first.isupper() else template[:1].lower() + template[1:]


def _claimed(rule: Rule) -> str:
    """The part of a rule's sentence before a colon, where it names all that the head and the sentence both name."""
    text = running(rule.sentence or "")
    before, colon, _ = text.partition(": ")
    of_head = {term.name for term in rule.head.arguments if isinstance(term, Variable)} & set(_SLOT.findall(text))
    return before if colon and of_head <= set(_SLOT.findall(before)) else text


def _given(head: Atom, atom: Atom) -> dict[str, Term] | None:
    """What the head's variables stand for where it concludes the atom; None where it cannot.

    A variable in the atom (``_`` under a negation) may stand for anything.
    """
    if head.predicate != atom.predicate or len(head.arguments) != len(atom.arguments):
        return None
    given: dict[str, Term] = {}
    for term, value in zip(head.arguments, atom.arguments, strict=True):
        before = given.get(term.name, value) if isinstance(term, Variable) else term
        if before != value and not isinstance(before, Variable) and not isinstance(value, Variable):
            return None
        if isinstance(term, Variable) and (term.name not in given or isinstance(before, Variable)):
            given[term.name] = value
    return given


def compared_words(operator: ComparisonOperator, dates: bool) -> str:
    """What stands between two things compared."""
    return (_DATES_COMPARED if dates else _COMPARED)[operator]


def listed(names: list[str], last: str = "and") -> str:
    """Names in a row, with ``and`` (or ``or``) before the last; semicolons part names that hold commas."""
    if len(names) < 2:
        return "".join(names)
    comma = "; " if any("," in name for name in names) else ", "
    return f"{comma.join(names[:-1])}{';' if comma == '; ' else ''} {last} {names[-1]}"


def substitute(term: Term, bindings: Mapping[str, Term]) -> Term:
    """The term with its bound variables replaced."""
    if isinstance(term, Arithmetic):
        return Arithmetic(term.operator, substitute(term.left, bindings), substitute(term.right, bindings))
    return bindings.get(term.name, term) if isinstance(term, Variable) else term


def ground(atom: Atom, bindings: Mapping[str, Constant]) -> Atom:
    """The atom with its bound variables replaced."""
    return Atom(atom.predicate, tuple(substitute(term, bindings) for term in atom.arguments))
