"""The fields of a fact's form, what may stand in each, and what is offered while one types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from reasoner.evidence.drafts import POLARITIES, STANDINGS, FactDraft, ReportDraft, blank, wanted
from reasoner.language.vocabulary import DECLARED, Argument, Scales, Vocabulary

if TYPE_CHECKING:
    from reasoner.evidence.base import Entity, Source
    from reasoner.evidence.entries import Stock

Named = TypeVar("Named", "Entity", "Source")

_SLOT = re.compile(r"\{(\w+)\}")

MOST_OFFERS = 50
"""What is offered for a field at the most; more letters find the rest."""

REPORT_FIELDS = {
    "source": "the id of a source",
    "credibility": "1 to 6",
    "date": "2021-11-07 or 2021-11-07T04:30; empty: as its source",
    "polarity": "affirms or denies",
    "says": "what it says, in your words",
    "quote": "a few of its own words",
    "locator": "where to find it",
}

FEW = ("credibility", "polarity", "standing")
"""Fields that can hold so few things that all of them are offered, whatever is typed."""

TIMES = {"since": ("from", "from when it held; empty: always"), "until": ("to", "until when it held; empty: still")}


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form: its key, its name, what it holds, what belongs there, and whether only offers do."""

    key: str
    label: str
    text: str
    hint: str
    closed: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may stand in a field, and what it is; ``names`` are other words it is found by."""

    value: str
    told: str
    names: tuple[str, ...] = ()


def fields_of(draft: FactDraft, vocabulary: Vocabulary) -> Iterator[Field]:
    """The lines of the form for a draft, from the top."""
    predicate = vocabulary.predicates.get(draft.predicate)
    yield Field(
        "predicate", "predicate", draft.predicate, "what the fact says: a word of the vocabulary", True, "The fact"
    )
    arguments = predicate.arguments if predicate else ()
    for place, argument in enumerate(arguments):
        text = draft.arguments[place] if place < len(draft.arguments) else ""
        yield Field(f"argument:{place}", argument.name, text, wanted(argument.types), _closed(argument))
    basis = draft.standing if draft.no_basis is None else draft.no_basis
    yield Field("standing", "basis", basis, "reported, given or assumed", True)
    if draft.standing == "reported":
        for number, report in enumerate(draft.reports):
            yield from _report_fields(number, report, len(draft.reports))
    else:
        yield from _own_fields(draft)
    for key, (label, hint) in TIMES.items():
        yield Field(key, label, getattr(draft, key), hint, heading="When it held" if key == "since" else "")


def _report_fields(number: int, report: ReportDraft, of: int) -> Iterator[Field]:
    heading = "Report" if of == 1 else f"Report {number + 1} of {of}"
    for key, hint in REPORT_FIELDS.items():
        closed = key in ("source", "credibility", "polarity")
        yield Field(f"report:{number}:{key}", key, getattr(report, key), hint, closed, heading)
        heading = ""


def _own_fields(draft: FactDraft) -> Iterator[Field]:
    if draft.standing == "given":
        yield Field("source", "source", draft.source, "the source that says so", True, "Where it is known from")
        yield Field("date", "date", draft.date, "since when it is known; empty: always")
        yield Field("says", "says", draft.says, "what the source says")
    else:
        yield Field("says", "says", draft.says, "why you suppose so", heading="Your reason")


def _closed(argument: Argument) -> bool:
    return not {"Term", "Date", "Number"} & set(argument.types)


def with_field(draft: FactDraft, key: str, text: str, vocabulary: Vocabulary) -> FactDraft:
    """The draft with something else in a field."""
    kind, *place = key.split(":")
    if kind == "argument":
        number = int(place[0])
        return replace(draft, arguments=(*draft.arguments[:number], text, *draft.arguments[number + 1 :]))
    if kind == "report":
        number = int(place[0])
        written: dict[str, Any] = {place[1]: text}
        report = replace(draft.reports[number], **written)
        return replace(draft, reports=(*draft.reports[:number], report, *draft.reports[number + 1 :]))
    if kind == "predicate" and text in vocabulary.predicates:
        return blank(vocabulary.predicates[text], draft)
    if kind == "standing":
        return _standing(draft, text)
    own: dict[str, Any] = {kind: text}
    return replace(draft, **own)


def _standing(draft: FactDraft, text: str) -> FactDraft:
    """Another basis; what the first report has is kept where the basis has it, too."""
    if text not in STANDINGS:
        return replace(draft, no_basis=text)
    draft = replace(draft, no_basis=None)
    if text == draft.standing:
        return draft
    first = draft.reports[0] if draft.reports else ReportDraft()
    if text == "reported":
        kept = ReportDraft(
            draft.source, first.credibility, draft.date, first.polarity, draft.says, draft.quote, draft.locator
        )
        return replace(draft, standing="reported", reports=draft.reports if first.source else (kept,))
    if text == "given":
        source, date = draft.source or first.source, draft.date or first.date
        return replace(draft, standing="given", source=source, date=date, says=draft.says or first.says)
    return replace(draft, standing="assumed", source="", date="", quote="", locator="")


@dataclass(frozen=True)
class Offers:
    """What may stand in the fields of a case's facts."""

    vocabulary: Vocabulary
    scales: Scales
    stock: Stock

    def matching(self, draft: FactDraft, key: str, text: str) -> tuple[Offer, ...]:
        """What a field may hold that has the text in its value or names.

        Those that begin with it come first, and of those the ones that the case's own file names.
        """
        sought = "" if key.split(":")[-1] in FEW else text.strip().casefold()
        graded = [(grade, offer) for offer in self._all(draft, key) if (grade := _grade(offer, sought)) is not None]
        graded.sort(key=lambda each: each[0])
        return tuple(offer for _, offer in graded[:MOST_OFFERS])

    def meant(self, field: Field, text: str, offered: tuple[Offer, ...]) -> int | None:
        """Which of what is offered the text means, by its place; None where it means none of it.

        Where all is offered whatever is typed, only what begins with the text is meant.
        """
        exact = next((place for place, offer in enumerate(offered) if offer.value == text), None)
        if exact is not None or not text or not field.closed:
            return exact
        begun = text.strip().casefold()
        few = field.key.split(":")[-1] in FEW
        return next((place for place, offer in enumerate(offered) if not few or offer.value.startswith(begun)), None)

    def _all(self, draft: FactDraft, key: str) -> Iterable[Offer]:
        kind, *place = key.split(":")
        if kind == "argument":
            predicate = self.vocabulary.predicates.get(draft.predicate)
            return self._constants(predicate.arguments[int(place[0])], draft) if predicate else ()
        match place[1] if kind == "report" else kind:
            case "predicate":
                return [
                    Offer(each.name, _slots_shown(each.sentence))
                    for each in self.vocabulary.predicates.values()
                    if each.name != DECLARED
                ]
            case "standing":
                return [Offer(name, told) for name, told in STANDINGS.items()]
            case "polarity":
                return [Offer(name, told) for name, told in POLARITIES.items()]
            case "credibility":
                return [Offer(str(digit), self.scales.grade_words.get(str(digit), "")) for digit in self.scales.digits]
            case "source":
                return [self._source(each) for each in self._own_first(self.stock.scope.sources.values())]
        return ()

    def _own_first(self, named: Iterable[Named]) -> list[Named]:
        """What the case's own file names, before what it shares with other cases."""
        return sorted(named, key=lambda each: each.span is None or each.span.file != self.stock.file)

    def _source(self, source: Source) -> Offer:
        words = self.scales.grade_words.get(source.reliability, "")
        via = f", via {source.via}" if source.via else ""
        origin = f", rests on {source.origin}" if source.origin else ""
        unnamed = ", anonymous" if source.anonymous else ""
        told = f"{source.name} · {source.reliability} {words}{via}{origin}{unnamed}"
        return Offer(source.id, told, (source.name,))

    def _constants(self, argument: Argument, draft: FactDraft) -> Iterator[Offer]:
        types = set(argument.types)
        if "Role" in types:
            yield from (Offer(role.id, role.question) for role in self.scales.roles.values())
        seen = set()
        for entity in self._own_first(self.stock.scope.entities.values()):
            if types & set(self.vocabulary.kinds.get(entity.kind, ())):
                seen.add(entity.id)
                yield _entity(entity)
        if "Incident" in types:
            yield from (Offer(case, "a case") for case in self.stock.incidents if case not in seen)
        if "Term" in types:
            yield from self._terms(draft.predicate, argument, seen)

    def _terms(self, predicate: str, argument: Argument, seen: set[str]) -> Iterator[Offer]:
        """The words that other facts have in the same place."""
        place = next(n for n, each in enumerate(self.vocabulary.predicates[predicate].arguments) if each == argument)
        for stated in self.stock.entries:
            atom = stated.statement.atom
            if atom.predicate == predicate and len(atom.arguments) > place:
                text = atom.arguments[place]
                if isinstance(text, str) and text not in seen:
                    seen.add(text)
                    yield Offer(text, "in another fact")


def _slots_shown(sentence: str) -> str:
    """The sentence of a predicate with its arguments in capitals, in place of braces."""
    return _SLOT.sub(lambda match: match[1].replace("_", " ").upper(), sentence)


def _entity(entity: Entity) -> Offer:
    also = f" · also {', '.join(entity.aliases)}" if entity.aliases else ""
    return Offer(entity.id, f"{entity.name} · {entity.kind}{also}", (entity.name, *entity.aliases))


def _grade(offer: Offer, sought: str) -> int | None:
    value, names = offer.value.casefold(), [name.casefold() for name in offer.names]
    spaced = value.replace("_", " ")
    if value == sought or sought in names:
        return 0
    if value.startswith(sought) or spaced.startswith(sought) or any(name.startswith(sought) for name in names):
        return 1
    if sought in value or sought in spaced or any(sought in name for name in names):
        return 2
    return 3 if sought and sought in offer.told.casefold() else None
