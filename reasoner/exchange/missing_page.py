"""Missing evidence as a page: what to ask, where to look, and what each answer would make of the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reasoner.assessment.decibans import log_odds, signed
from reasoner.assessment.words import percent
from reasoner.evidence.base import Base
from reasoner.exchange.layout import counted
from reasoner.exchange.page import Block, Heading, Page, Paragraph, bullets
from reasoner.explanation.questions import Effect, Finding, MissingEvidence, Question
from reasoner.explanation.sentences import opening
from reasoner.language.vocabulary import NOBODY, OTHER, Scales

_MOST_FINDINGS = 3


def missing_page(found: MissingEvidence, base: Base, scales: Scales) -> Page:
    """Everything ``ascribe missing`` says about one role."""
    return Page(f"What to ask next · {base.case.title}", tuple(_Writing(found, base, scales).blocks()))


class _Writing:
    """One answer being written."""

    def __init__(self, found: MissingEvidence, base: Base, scales: Scales) -> None:
        self._found = found
        self._base = base
        self._scales = scales

    def blocks(self) -> Iterator[Block]:
        yield Paragraph(" ".join(self._opening()))
        for number, question in enumerate(self._found.questions, 1):
            yield Heading(f"{number}. {question.text}")
            yield bullets([f"{question.bits:.2f} bits. Where to look: {question.where}.", *self._answers(question)])
        if self._found.tried < self._found.possible:
            tried, possible = self._found.tried, counted(self._found.possible, "possible finding")
            yield Paragraph(f"Only {tried:,} of {possible} were weighed.")

    def _opening(self) -> Iterator[str]:
        role = self._scales.roles[self._found.role]
        ahead = self._found.ahead
        yield f"{role.question} {opening(self._base.name(ahead))}, at {percent(self._found.before[ahead])}."
        if not self._found.questions:
            yield "Nothing that could still be found would tell much more, by these rules."
            return
        yield (
            f"That leaves {self._found.entropy:.2f} bits open. The bits beneath a question say how much of this its "
            "answer is expected to settle; an answer is followed by what it would make of the ranking."
        )

    def _answers(self, question: Question) -> Iterator[str]:
        """What each answer would do, and what it would do if none is found."""
        shown = question.findings[:_MOST_FINDINGS]
        if question.purpose == "confirm":
            yield f"If it is so: {self._moved(question.findings[0].after)}."
            yield f"If it is not: {self._moved(question.otherwise)}."
            return
        for finding in shown:
            yield f"If {finding.said}: {self._moved(finding.after, finding)}{self._lines(finding)}."
        if len(question.findings) > len(shown):
            yield f"{counted(len(question.findings) - len(shown), 'further answer')} would tell less."
        yield f"If nothing is found: {self._moved(question.otherwise)}."

    def _moved(self, after: Mapping[str, float], finding: Finding | None = None) -> str:
        actor = self._whom(after, finding)
        before, then = percent(self._found.before[actor]), percent(after[actor])
        moved = f"still at {then}" if before == then else f"from {before} to {then}"
        return moved if finding and self._name(actor) in finding.said else f"{self._name(actor)} {moved}"

    def _whom(self, after: Mapping[str, float], finding: Finding | None) -> str:
        """Whose probability to show: of whomever the lines concern, or else of all, the one that moves most."""
        before = self._found.before
        concerned = {effect.actor for effect in finding.effects} if finding else set()
        named = [actor for actor in after if actor not in (OTHER, NOBODY)]
        among = [actor for actor in named if actor in concerned] or named
        return max(among, key=lambda actor: (round(abs(log_odds(after[actor]) - log_odds(before[actor])), 6), actor))

    def _name(self, actor: str) -> str:
        return self._base.name(actor)

    def _lines(self, finding: Finding) -> str:
        effects = [effect for effect in finding.effects if effect.actor == self._whom(finding.after, finding)]
        return f" {_line(effects[0])}" if effects else ""


def _line(effect: Effect) -> str:
    weight = signed(effect.strength if effect.side == "supports" else -effect.strength)
    return f"({weight}, {effect.rule})" if effect.gained else f"(without {effect.rule}, {weight})"
