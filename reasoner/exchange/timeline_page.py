"""How a ranking came about as a page: a row a step, then what moved it at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reasoner.assessment.decibans import signed, summed
from reasoner.assessment.words import number_word, percent, words
from reasoner.evidence.moments import written_date
from reasoner.exchange.page import Block, Column, Heading, Leads, Page, Paragraph, Table, leads, points
from reasoner.explanation.movers import Mover
from reasoner.explanation.sentences import listed, opening
from reasoner.explanation.timeline import Step, Timeline

MOST_PLOTTED = 4
"""So many hypotheses have a letter; the rest of a bar is dotted."""

LEAST_PLOTTED = 0.1
"""The probability that a hypothesis must once have had to be plotted."""

_BAR = 20


def timeline_page(timeline: Timeline) -> Page:
    """Everything ``ascribe timeline`` says."""
    title = f"{timeline.question} How the answer came about: {timeline.title}"
    if not timeline.steps:
        return Page(title, (Paragraph("No report has a date, so that there are no steps to tell."),))
    letters = _lettered(timeline)
    blocks: list[Block] = [_plot(timeline, letters), _legend(timeline, letters)]
    before: Step | None = None
    for changed, group in groupby(timeline.steps, key=lambda step: step.changed):
        steps = list(group)
        if not changed:
            blocks.append(Paragraph(_folded(timeline, steps)))
        for step in steps if changed else ():
            blocks += _told(timeline, step, before)
            before = step
    return Page(title, tuple(blocks))


def _lettered(timeline: Timeline) -> dict[str, str]:
    """The hypotheses that are plotted, by their last place, each with its letter."""
    peaks: dict[str, float] = {}
    for step in timeline.steps:
        for actor, chance in step.tops.items():
            peaks[actor] = max(chance, peaks.get(actor, 0.0))
    last = timeline.steps[-1].tops
    shown = [actor for actor, peak in peaks.items() if peak >= LEAST_PLOTTED]
    shown.sort(key=lambda actor: (-last.get(actor, 0.0), -peaks[actor], actor))
    return {actor: chr(ord("A") + place) for place, actor in enumerate(shown[:MOST_PLOTTED])}


def _plot(timeline: Timeline, letters: dict[str, str]) -> Table:
    columns = [Column("Known by"), *(Column(letter, "right") for letter in letters.values()), Column("")]
    shown = [step for step in timeline.steps if step.changed]
    rows = []
    for step in shown:
        figures = step.figures
        shares = [percent(figures[actor]) if actor in figures else "–" for actor in letters]
        apart = {actor: letter for actor, letter in letters.items() if not _within(step, actor, letters)}
        rows.append((_when(timeline, step), *shares, _bar(figures, apart)))
    return Table(tuple(columns), tuple(rows), about=tuple(_ranked(timeline, _in_front(step)) for step in shown))


def _in_front(step: Step) -> list[str]:
    """The likeliest of a step, one where there is any."""
    return sorted(step.tops, key=lambda actor: -step.tops[actor])[:1]


def _ranked(timeline: Timeline, actors: Iterable[str | None]) -> Leads:
    """Those of several who are still ranked at the end."""
    last = timeline.steps[-1]
    return leads("actor", [actor for actor in actors if actor in last.chances or actor in last.umbrellas])


def _within(step: Step, actor: str, letters: Iterable[str]) -> list[str]:
    """The umbrellas with a letter that an actor counts in, if only perhaps: its share is part of theirs."""
    over = step.over.get(actor, frozenset())
    return [umbrella for umbrella in letters if umbrella in over and umbrella in step.umbrellas]


def _bar(figures: dict[str, float], letters: dict[str, str]) -> str:
    """The whole as a bar, in letters, each hypothesis with its share; largest remainders fill it up."""
    shares = {letter: figures.get(actor, 0.0) * _BAR for actor, letter in letters.items()}
    shares["·"] = max(0.0, _BAR - sum(shares.values()))
    lengths = {letter: int(share) for letter, share in shares.items()}
    for letter in sorted(shares, key=lambda letter: lengths[letter] - shares[letter]):
        if sum(lengths.values()) < _BAR:
            lengths[letter] += 1
    return "".join(letter * length for letter, length in lengths.items())[:_BAR]


def _legend(timeline: Timeline, letters: dict[str, str]) -> Paragraph:
    names = [f"{letter}  {timeline.labels[actor]}" for actor, letter in letters.items()]
    shown = [step for step in timeline.steps if step.changed]
    absent = any(letters.keys() - step.figures.keys() for step in shown)
    said = f"{'; '.join(names)}. One letter of the bar is {100 // _BAR} %; the rest is dotted."
    for actor, letter in letters.items():
        within = dict.fromkeys(letters[each] for step in shown for each in _within(step, actor, letters))
        if within:
            said += f" {letter} counts in {listed(list(within))}, at least perhaps, and is not drawn beside it."
    return Paragraph(said + (" A dash: no hypothesis then." if absent else ""), _ranked(timeline, letters))


def _told(timeline: Timeline, step: Step, before: Step | None) -> Iterator[Block]:
    yield Heading(_when(timeline, step))
    leaders = [each.judgement.leader for each in (step, before) if each]
    moved = _shifted(step, before) if before else list(step.tops)
    about = _ranked(timeline, dict.fromkeys([*moved[:2], *leaders, *step.newcomers]))
    yield Paragraph(" ".join(_sentences(timeline, step, before)), about)
    if step.because:
        yield points((_mover(timeline, mover), _about(timeline, mover)) for mover in step.because)


def _about(timeline: Timeline, mover: Mover) -> Leads:
    """The line that had most part in a move, the facts and reporters it was moved by, and whom it moved most."""
    reported = leads("fact", mover.facts) + leads("source", mover.source_ids)
    return leads("rule", [mover.rule]) + reported + _ranked(timeline, mover.actors[:1])


def _sentences(timeline: Timeline, step: Step, before: Step | None) -> Iterator[str]:
    if not step.chances:
        yield "Nobody to look at yet."
        return
    if before is None or not before.chances:
        first = sorted(step.tops.items(), key=lambda row: -row[1])[:2]
        stand = listed([f"{timeline.names[actor]} at {percent(chance)}" for actor, chance in first])
        yield f"{opening(_reports(step.reports))} by then. In front: {stand}."
    else:
        yield from _shifts(timeline, step, before)
    yield from _verdict(timeline, step, before)
    if before and before.chances and not step.because:
        yield "No factor moved anybody by half a deciban."
    if before and before.chances and step.newcomers:
        yield f"Looked at for the first time: {listed([timeline.names[actor] for actor in step.newcomers])}."


def _shifts(timeline: Timeline, step: Step, before: Step) -> Iterator[str]:
    """The two largest shifts among hypotheses that there were before."""
    past, now = before.tops, step.tops
    for actor in _shifted(step, before)[:2]:
        yield f"{opening(timeline.names[actor])}: from {percent(past[actor])} to {percent(now[actor])}."


def _shifted(step: Step, before: Step) -> list[str]:
    """Those whose figures a reader sees move, the largest shift first."""
    past, now = before.tops, step.tops
    moved = sorted((actor for actor in now if actor in past), key=lambda actor: -abs(now[actor] - past[actor]))
    return [actor for actor in moved if percent(past[actor]) != percent(now[actor])]


def _verdict(timeline: Timeline, step: Step, before: Step | None) -> Iterator[str]:
    leader, former = step.judgement.leader, before.judgement.leader if before else None
    if leader == former:
        return
    if leader:
        yield f"Named from here on: {timeline.names[leader]}, {words(step.lead)}."
    elif former:
        yield f"No longer named: {timeline.names[former]}."


_BECAME = {"gained": "", "weaker": ", weaker now", "gone": ", no longer"}


def _mover(timeline: Timeline, mover: Mover) -> str:
    first, *others = [timeline.names.get(actor, actor) for actor in mover.actors]
    who = listed([first, *others]) if len(others) < 3 else f"{first} and {number_word(len(others))} others"
    factor = f"{mover.factor_name}{_BECAME[mover.how]}"
    too = f" {mover.likewise}" if mover.likewise else ""
    said = f"{_size(mover)} for {who}. {factor}. {mover.sentence}{too} [{mover.rule}]"
    told = "Denied by" if mover.denied else "Reported by" if mover.how == "gained" else "After reports by"
    return f"{said} {told} {_sources(mover.sources)}." if mover.sources else said


def _size(mover: Mover) -> str:
    """By how much it moved the first of them, and the last where that is another figure."""
    most, least = mover.after - mover.before, mover.least
    return signed(most) if signed(most) == signed(least) else f"{summed(most)} to {signed(least)}"


def _sources(names: Sequence[str]) -> str:
    more = len(names) - 2
    further = f"{number_word(more)} further source{'' if more == 1 else 's'}"
    return listed([*names[:2], further] if more > 0 else list(names))


def _folded(timeline: Timeline, steps: Sequence[Step]) -> str:
    dates = [_when(timeline, step) for step in steps]
    when = listed(dates) if len(dates) < 3 else f"{dates[0]} to {dates[-1]}"
    return f"{when}: {_reports(sum(step.reports for step in steps))}, and nothing changed."


def _reports(number: int) -> str:
    return "one report that bears on it" if number == 1 else f"{number_word(number)} reports that bear on it"


def _when(timeline: Timeline, step: Step) -> str:
    """The moment of a step; a bare date is the end of it, which is said where another step is on the same day."""
    written = step.moment.written
    same_day = sum(other.moment.written.startswith(written) for other in timeline.steps) > 1
    return f"{written_date(written)}, end of day" if same_day else written_date(written)
