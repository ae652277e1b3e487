"""What a lead hangs on as a page: what moves it most when it is gone, and what brings it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from reasoner.assessment.decibans import signed
from reasoner.assessment.judging import Judgement
from reasoner.assessment.linchpins import LARGEST_SET, Breaking, Linchpin, Linchpins
from reasoner.assessment.parts import Named, Part, What
from reasoner.assessment.ranking import name_of
from reasoner.assessment.result import Robustness, Shifted
from reasoner.assessment.words import number_word, percent, words
from reasoner.exchange.case_heading import titled
from reasoner.exchange.layout import counted
from reasoner.exchange.outcome_words import outcome_words
from reasoner.exchange.page import (
    Block,
    Column,
    Heading,
    Kind,
    Lead,
    Leads,
    Page,
    Paragraph,
    Table,
    Told,
    leads,
    points,
)
from reasoner.explanation.part_words import PartWords
from reasoner.explanation.sentences import Voice, listed, opening
from reasoner.language.vocabulary import Role

MOST_ROWS = 6
"""Rows shown of one kind of part, and sets shown of one size."""

_NAMED = 4
"""Alternatives named in one set."""

LEAST_MOVE = 0.5
"""Decibans from which on a part is shown whose loss does not end the lead."""

_KINDS: tuple[tuple[str, tuple[What, ...]], ...] = (
    ("Without those who report it", ("source", "origin")),
    ("Without a fact", ("fact", "assumption")),
    ("Without a rule", ("rule",)),
)
_COLUMNS = (Column("Leaves", "right"), Column("Change", "right"), Column("Without"))

_LEADS: Mapping[What, Kind] = {
    "fact": "fact",
    "assumption": "fact",
    "source": "source",
    "origin": "origin",
    "rule": "rule",
}


def linchpins_page(found: Linchpins, robustness: Robustness, voice: Voice) -> Page:
    """Everything ``ascribe linchpins`` says."""
    role = voice.program.scales.roles[found.role]
    title = f"What does it hang on? {titled(voice.base)}"
    return Page(title, tuple(_Writing(found, robustness, voice, role, PartWords(voice)).blocks()))


@dataclass(frozen=True)
class _Writing:
    """One answer on its way to the page."""

    found: Linchpins
    robustness: Robustness
    voice: Voice
    role: Role
    parts: PartWords

    def blocks(self) -> Iterator[Block]:
        """The page, block by block."""
        if self.found.judged.subject is None:
            yield Paragraph(f"{self.role.question} Nobody in particular is a hypothesis.")
            return
        yield Paragraph(self._lead(), leads("actor", [self.found.judged.subject]))
        for heading, kinds in _KINDS:
            yield from self._singles(heading, [each for each in self.found.single if each.part.what in kinds])
        yield from self._together()
        yield Heading(f"If the strengths are off by {self.robustness.decibans:g} dB")
        yield points((self._shifted(shift), _leading(shift)) for shift in self.robustness.shifts)
        yield Heading("What was tried")
        yield Paragraph(self._tried())

    def _name(self, actor: str | None) -> str:
        return name_of(actor or "", self.role, self.voice.base)

    def _lead(self) -> str:
        judged, chance = self.found.judged, self.found.probability
        fronts = ", with its fronts," if judged.with_fronts else ""
        standing = "named" if judged.leader else "in front of the others listed, but not named"
        name = opening(self._name(judged.subject))
        alone = sum(len(each.parts) == 1 for each in self.found.sets)
        losses = (
            f"the loss of any one of {number_word(alone)} facts, sources and rules"
            if alone > 1
            else "the loss of one thing"
        )
        ends = f"{opening(losses)} would end that." if alone else "No single loss would end that."
        return f"{self.role.question} {name}{fronts} at {percent(chance)}, {words(chance)}: {standing}. {ends}"

    def _singles(self, heading: str, singles: Sequence[Linchpin]) -> Iterator[Block]:
        shown = [each for each in singles if each.lost or abs(each.decibans) >= LEAST_MOVE]
        groups = [list(alike) for _, alike in groupby(shown, key=_effect)][:MOST_ROWS]
        if groups:
            yield Heading(heading)
            about = tuple(_about(each.part for each in alike) for alike in groups)
            yield Table(_COLUMNS, tuple(map(self._row, groups)), about=about)

    def _row(self, alike: Sequence[Linchpin]) -> tuple[str, str, str]:
        first = alike[0]
        text = opening(self.parts.together([each.part for each in alike], "or"))
        ending = f" → {self._outcome(first.after)}" if first.lost else ""
        return percent(first.probability), signed(first.decibans), f"{text}{ending}"

    def _outcome(self, after: Judgement) -> str:
        return outcome_words(self.found.judged, after, self._name)

    def _together(self) -> Iterator[Block]:
        sets = [each for each in self.found.sets if len(each.parts) > 1]
        evidence = [each for each in sets if not _has_rule(each)]
        told = 0
        for size in range(2, LARGEST_SET + 1):
            groups = _alternatives([each for each in evidence if len(each.parts) == size], self._effects)
            if groups:
                yield Heading(f"Without {number_word(size)} at once")
                yield points(map(self._set, groups[:MOST_ROWS]))
            told += sum(map(len, groups[:MOST_ROWS]))
        if len(sets) > told:
            rules = sum(map(_has_rule, sets))
            which = "all with a rule" if rules == len(sets) - told else f"{rules} of them with a rule"
            sets_said = counted(len(sets) - told, "further set" if told else "set")
            yield Paragraph(f"{sets_said} of two or three, {which}, would do as well.")

    @cached_property
    def _effects(self) -> Mapping[Named, object]:
        """What the loss of each part alone comes to, where it moves anything."""
        return {each.part.name: _effect(each) for each in self.found.single}

    def _set(self, group: Sequence[Breaking]) -> Told:
        """Sets that differ in one part as one, with what that may be."""
        common = [part for part in group[0].parts if all(part in each.parts for each in group)]
        others = [part for each in group for part in each.parts if part not in common]
        about = _about([*common, *others])
        phrases = [self.parts.phrase(part) for part in (common if len(group) > 1 else group[0].parts)]
        if len(group) > 1:
            named = [self.parts.together(others, "or")]
            if len(others) > _NAMED:
                more = f"{number_word(len(others) - _NAMED + 1)} others"
                named = [*(self.parts.phrase(part) for part in others[: _NAMED - 1]), more]
            phrases.append(f"one of these: {listed(named, 'or')}")
        return f"{opening(listed(phrases))} → {self._outcome(group[0].after)}", about

    def _shifted(self, shift: Shifted) -> str:
        moved = {
            "all up": "All lines stronger",
            "all down": "All lines weaker",
            "against the leader": "Each line moved as it hurts most",
        }[shift.shift]
        ahead, same = self._name(shift.leading), shift.leading == self.robustness.leading
        if shift.named:
            outcome = "named" if same else f"{ahead} named"
        else:
            outcome = "nobody named" if same else f"nobody named, {ahead} in front"
        return f"{moved}: leaves {percent(shift.probability)}, {outcome}."

    def _tried(self) -> str:
        found = self.found
        most = f"the {found.searched} that matter most" if found.unsearched else f"all {found.searched}"
        others = f"{counted(found.unsearched, 'other')} together, " if found.unsearched else ""
        return (
            f"Each of {found.tried} facts, sources and rules alone; of those whose loss does not end it, "
            f"{most}, two and three at a time. Not tried: {others}more than three at a time, and what nobody disputes. "
            "A set is shown only where nothing smaller within it does."
        )


def _about(parts: Iterable[Part]) -> Leads:
    """What parts lead to: each, and whatever fails just as it does; a source for the origin that it also is."""
    found: dict[Lead, None] = {}
    for part in parts:
        names = (part.name, *part.alike)
        for what, id in names:
            origin_too = what == "origin" and ("source", id) in names
            found[Lead("source" if origin_too else _LEADS[what], id)] = None
    return tuple(found)


def _leading(shift: Shifted) -> Leads:
    return leads("actor", [shift.leading]) if shift.leading else ()


def _effect(each: Linchpin) -> tuple[float, str | None, bool]:
    """What the loss comes to: parts that fail with the very same effect are told of together."""
    return (round(each.probability, 12), each.after.subject, each.lost)


def _has_rule(each: Breaking) -> bool:
    return any(part.what == "rule" for part in each.parts)


def _alternatives(sets: Sequence[Breaking], effects: Mapping[Named, object]) -> list[list[Breaking]]:
    """The sets, those together that differ in one part, if the loss of that alone comes to the same."""
    keys = [[(frozenset(each.parts) - {part}, effects.get(part.name)) for part in each.parts] for each in sets]
    shared = Counter(key for places in keys for key in places)
    groups: dict[object, list[Breaking]] = {}
    for each, places in zip(sets, keys, strict=True):
        most = max(places, key=lambda key: shared[key])
        groups.setdefault(most if shared[most] > 1 else each, []).append(each)
    return list(groups.values())
