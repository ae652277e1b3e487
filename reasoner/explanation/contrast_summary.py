"""A comparison in one paragraph: who leads by how much, and what would have to be otherwise for the other to lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

from reasoner.assessment.assess import Assessment
from reasoner.assessment.contenders import Contender
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.reversal import MOST_TOGETHER, Found, Overturn, Reversal, Strand
from reasoner.assessment.words import number_word, percent
from reasoner.explanation.sentences import Voice, listed, opening

_COUNTED, _MOST = 12.5, 1_000
"""Times up to which a ratio is said in a word, and up to which at all; between them, to one digit."""

_NAMED = 5
"""So many lines are named where more would have to fall."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Two contenders as they stand: who is ahead, by how many decibans, and what would turn it round (None: level)."""

    assessment: Assessment
    outlook: Outlook
    ahead: Contender
    behind: Contender
    gap: float
    reversal: Reversal | None

    @property
    def voice(self) -> Voice:
        """How names are put."""
        return Voice(self.assessment.base, self.assessment.derivation.program)

    def name(self, contender: Contender) -> str:
        """A contender within a sentence."""
        name = self.voice.name(contender.actor)
        return f"a member of {name} not named" if contender.alone else name


def summary(standing: Standing) -> str:
    """The paragraph."""
    return " ".join(_sentences(standing))


def _sentences(standing: Standing) -> Iterator[str]:
    ahead, behind = standing.name(standing.ahead), standing.name(standing.behind)
    chances = [percent(contender.chance(standing.outlook)) for contender in (standing.ahead, standing.behind)]
    if standing.reversal is None:
        yield f"Nothing puts either {ahead} or {behind} ahead: both stand at {chances[0]}."
        yield from _foremost(standing)
        yield "Any line more on one side would decide between them."
        return
    times = _times(10 ** (standing.gap / 10))
    yield f"The lead lies with {ahead}, by {standing.gap:.1f} dB: {chances[0]} against {chances[1]}, {times}."
    yield from _foremost(standing)
    yield from _falling(standing, standing.reversal.falling)
    yield from _level(standing, standing.reversal.level)
    yield from _new_line(standing, standing.reversal)


def _times(ratio: float) -> str:
    if ratio < 1.5:
        return "a close thing"
    if ratio < 2.5:
        return "about twice as probable"
    if ratio < _COUNTED:
        return f"about {number_word(round(ratio))} times as probable"
    if ratio > _MOST:
        return f"more than {_MOST:,} times as probable"
    digit = 10 ** int(log10(ratio))
    return f"about {round(ratio / digit) * digit:,} times as probable"


def _foremost(standing: Standing) -> Iterator[str]:
    """Who stands above both."""
    best = max(contender.chance(standing.outlook) for contender in (standing.ahead, standing.behind))
    rows = standing.outlook.rows
    over = standing.outlook.posterior.related.over
    kin = {each for contender in (standing.ahead, standing.behind) for each in over.get(contender.actor, ())}
    above = sorted(
        (actor for actor, chance in rows.items() if chance > best and actor not in kin),
        key=lambda actor: -rows[actor],
    )
    above = [actor for actor in above if not set(over.get(actor, ())) & set(above)]
    if above:
        names = listed([f"{standing.voice.name(actor)} ({percent(rows[actor])})" for actor in above])
        yield f"Above both: {names}."


def _falling(standing: Standing, found: Found[Strand]) -> Iterator[str]:
    behind = standing.name(standing.behind)
    if not found.overturns:
        if found.among:
            yield f"Not even the loss of every line that tells them apart would put {behind} ahead."
        else:
            yield "No line carries that lead: it lies in where the two start."
        return
    best, *others = found.overturns
    number, which = len(best.changes), _strands(standing, best)
    if number == 1:
        lost = f"one line would have to fall: {which}"
        lost += "".join(f", or else {_strands(standing, each)}" for each in others[:2])
    elif found.smallest:
        lost = f"no fewer than {number_word(number)} lines would have to fall together, such as {which}"
    else:
        least = number_word(MOST_TOGETHER)
        lost = f"more than {least} lines would have to fall together, such as these {number_word(number)}: {which}"
    yield f"For {behind} to pass, {lost}. {_after(standing, best)}"


def _strands(standing: Standing, overturn: Overturn[Strand]) -> str:
    for_it = [f"[{strand.rule}]" for strand in overturn.changes if not strand.against]
    against = [f"[{strand.rule}]" for strand in overturn.changes if strand.against]
    named = [*for_it[:_NAMED], *against[: max(0, _NAMED - len(for_it))]]
    more = len(overturn.changes) - len(named)
    if more > 1:
        return listed([*named, f"{number_word(more)} more"])
    parts = [listed(for_it)] if for_it else []
    parts += [f"{listed(against)} against {standing.name(standing.behind)}"] if against else []
    return ", with ".join(parts)


def _after(standing: Standing, overturn: Overturn[Strand] | Overturn[str]) -> str:
    """How the two would stand, and who would come first of all if neither did."""
    figures = f"It would then be {_figures(overturn)}"
    over = standing.outlook.posterior.related.over.get(standing.behind.actor, ())
    if overturn.foremost in (standing.behind.actor, *over):
        return f"{figures}."
    return f"{figures}, with {standing.voice.name(overturn.foremost)} first of all."


def _figures(overturn: Overturn[Strand] | Overturn[str]) -> str:
    behind, ahead = percent(overturn.behind), percent(overturn.ahead)
    return f"at {behind} against {ahead}" if behind != ahead else f"just past, at {behind}"


def _level(standing: Standing, found: Found[str]) -> Iterator[str]:
    if found.overturns:
        best = found.overturns[0]
        factors = listed([standing.voice.factor(factor).lower() for factor in best.changes])
        model = standing.name(standing.ahead)
        yield f"The same lines as those of {model} in {factors} would do as well: {_figures(best)}."


def _new_line(standing: Standing, reversal: Reversal) -> Iterator[str]:
    if reversal.new_line is None:
        yield "No new line on the scale would do by itself."
        return
    line = f"a new line of {reversal.new_line} dB for {standing.name(standing.behind)}, beyond doubt"
    otherwise = reversal.falling.overturns or reversal.level.overturns
    yield f"{opening(line)}, would do as well." if otherwise else f"It would take {line}."
