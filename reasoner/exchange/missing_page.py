"""Missing evidence as a page: what to ask, where to look, and what each answer would make of the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reasoner.assessment.decibans import log_odds, signed
from reasoner.assessment.result import Ranking
from reasoner.assessment.words import number_word, percent
from reasoner.evidence.base import Base
from reasoner.exchange.case_heading import titled
from reasoner.exchange.layout import counted
from reasoner.exchange.page import Block, Heading, Leads, Page, Paragraph, Told, leads, points
from reasoner.exchange.ranking_text import verdict_words
from reasoner.explanation.questions import Effect, Finding, MissingEvidence, Question
from reasoner.explanation.sentences import listed, opening
from reasoner.language.vocabulary import NOBODY, OTHER, Role
from reasoner.terms import Constant

_MOST_FINDINGS = 3


def missing_page(found: MissingEvidence, ranking: Ranking, base: Base, role: Role) -> Page:
    """Everything ``ascribe missing`` says about one role."""
    return Page(f"What to ask next? {titled(base)}", tuple(_Writing(found, ranking, base, role).blocks()))


@dataclass(frozen=True)
class _Writing:
    """One answer on its way to the page."""

    found: MissingEvidence
    ranking: Ranking
    base: Base
    role: Role

    def blocks(self) -> Iterator[Block]:
        """The page, block by block."""
        verdict = opening(verdict_words(self.ranking, self.base))
        yield Paragraph(f"{self.role.question} {verdict}", leads("actor", [self.ranking.ahead]))
        yield Paragraph(self._measure())
        for number, question in enumerate(self.found.questions, 1):
            about = self._about(question)
            yield Heading(f"{number}. {question.text}", about)
            yield points([(self._worth(question), about), *self._answers(question)])
        if self.found.tried < self.found.possible:
            possible = counted(self.found.possible, "possible finding")
            yield Paragraph(f"Only {self.found.tried:,} of {possible} were weighed.")

    def _measure(self) -> str:
        if not self.found.questions:
            return "By these rules, nothing that could still be found is expected to tell more."
        return (
            f"What is open about it comes to {self.found.entropy:.2f} bits. A question is worth as many of them as its "
            "answer is expected to settle."
        )

    def _about(self, question: Question) -> Leads:
        """What a question is about: the reported fact that it is to confirm, and the rules that answers bear on."""
        facts = question.findings[0].facts if question.purpose == "confirm" else ()
        effects = [self._effect(finding) for finding in question.findings]
        return leads("fact", facts) + leads("rule", [effect.rule for effect in effects if effect])

    def _worth(self, question: Question) -> str:
        return f"Worth {question.bits:.2f} bits. Where to look: {question.where}."

    def _answers(self, question: Question) -> Iterator[Told]:
        """What each answer would do, and what follows if there is none."""
        if question.purpose == "confirm":
            after, otherwise = question.findings[0].after, question.otherwise
            actor = self._of_either(after, otherwise)
            about = self._about(question) + leads("actor", [actor])
            yield f"If it is so: {self._moved(actor, after)}.", about
            yield f"If it is not: {self._moved(actor, question.otherwise)}.", about
            return
        shown = question.findings[:_MOST_FINDINGS]
        for finding in shown:
            yield self._finding(finding)
        more = len(question.findings) - len(shown)
        if more:
            tell = "answer tells" if more == 1 else "answers tell"
            about = tuple(lead for finding in question.findings[len(shown) :] for lead in self._finding(finding)[1])
            yield f"{opening(number_word(more))} further {tell} less.", about
        actor = self._concerned(shown[0])
        yield f"If nothing is found: {self._moved(actor, question.otherwise)}.", leads("actor", [actor])
        if question.likewise:
            named = [thing for thing in question.likewise if thing in self.found.before]
            yield f"The same may be asked of {self._things(question.likewise)}.", leads("actor", named)

    def _things(self, things: Sequence[Constant]) -> str:
        shown = [self.base.name(thing) for thing in things[:_MOST_FINDINGS]]
        more = len(things) - len(shown)
        return listed([*shown, f"{number_word(more)} more"] if more else shown)

    def _of_either(self, after: Mapping[str, float], otherwise: Mapping[str, float]) -> str:
        """Whose figures to show for what is so or not: the leader's where they move, else those that move most."""
        ahead, before = self.ranking.ahead, self.found.before
        moved = any(percent(each[ahead]) != percent(before[ahead]) for each in (after, otherwise))
        return ahead if moved else self._most_moved(otherwise, otherwise)

    def _finding(self, finding: Finding) -> Told:
        actor = self._concerned(finding)
        moved = self._moved(actor, finding.after)
        if self.base.name(actor) in finding.said:
            moved = moved.removeprefix(f"{self.base.name(actor)} ")
        effect = self._effect(finding)
        found = leads("finding", ["\n".join(map(str, finding.facts))])
        about = found + leads("rule", [effect.rule] if effect else []) + leads("actor", [actor])
        return f"If {finding.said}: {moved}{f', {_line(effect)}' if effect else ''}.", about

    def _effect(self, finding: Finding) -> Effect | None:
        """The first line that changes of whom a finding is about."""
        actor = self._concerned(finding)
        return next((effect for effect in finding.effects if effect.actor == actor), None)

    def _moved(self, actor: str, after: Mapping[str, float]) -> str:
        before, then = percent(self.found.before[actor]), percent(after[actor])
        return f"{self.base.name(actor)} {f'still at {then}' if before == then else f'from {before} to {then}'}"

    def _concerned(self, finding: Finding) -> str:
        """Whom a finding is about: of those whose lines change, one whom it names, or else whose odds change most."""
        lines = [effect.actor for effect in finding.effects]
        named = [actor for actor in lines if any(actor in atom.arguments for atom in finding.facts)]
        return self._most_moved(finding.after, named or lines or finding.after)

    def _most_moved(self, after: Mapping[str, float], among: Iterable[str]) -> str:
        before = self.found.before
        named = [actor for actor in among if actor not in (OTHER, NOBODY)] or list(after)
        return max(named, key=lambda actor: (round(abs(log_odds(after[actor]) - log_odds(before[actor])), 6), actor))


def _line(effect: Effect) -> str:
    weight = signed(effect.strength if effect.side == "supports" else -effect.strength)
    return f"{weight} [{effect.rule}]" if effect.gained else f"without {weight} [{effect.rule}]"
