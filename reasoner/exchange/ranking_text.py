"""A ranking as text for a terminal: who, how likely, how sure of it, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.assessment.assess import Assessment
from reasoner.assessment.result import Front, Ranking, Rankings, Standing
from reasoner.assessment.revival import held_down
from reasoner.assessment.words import number_word, percent, words
from reasoner.cells import cells, cut, padded
from reasoner.evidence.base import Base, Fact, Moment
from reasoner.exchange.case_heading import titled
from reasoner.exchange.layout import bar, counted, signed, wrapped
from reasoner.exchange.rows import Row, folded
from reasoner.explanation.sentences import Voice, listed, moment_text, opening
from reasoner.language.program import Program
from reasoner.language.vocabulary import NOBODY, OTHER, PERPETRATOR

_BAR = 20

_NAMED = 4
"""Of those who are level, so many are named, or one more."""

_UNLISTED = {NOBODY: "“nobody”", OTHER: "“someone not on the list”"}

_UNSETTLED = "That is so near the line that other sampled worlds may tell otherwise."

_WORDS_BESIDE = 64
"""From how many columns the words of a probability stand beside it, not below."""


def rankings_text(assessment: Assessment, width: int) -> str:
    """Everything ``ascribe rank`` says of a case."""
    base, program = assessment.base, assessment.derivation.program
    voice = Voice(base, program)
    lines = wrapped(titled(base), "", "", width) + wrapped(" · ".join(footing(assessment)), "", "", width)
    if not assessment.rankings:
        return "\n".join([*lines, "", *wrapped(nobody_yet(base), "", "", width)])
    for ranking in assessment.rankings.values():
        lines += ["", question(ranking, program), *_rows(ranking, voice, program, width)]
        for said in beneath(assessment, ranking):
            lines += wrapped(said, "     ", "     ", width)
    return "\n".join(lines)


def nobody_yet(base: Base) -> str:
    """What to say where nobody is a candidate for any role."""
    text = f"No rule makes anybody a candidate. Name one with a fact: considered(ACTOR, {base.case.id})."
    return f"Nothing known on {moment_text(base.as_of)} points to anybody. {text}" if base.as_of else text


def question(ranking: Ranking, program: Program) -> str:
    """What is asked of a role."""
    role = program.scales.roles.get(ranking.role)
    return role.question if role else f"Who was the {ranking.role}?"


def beneath(assessment: Assessment, ranking: Ranking) -> list[str]:
    """What stands beneath a ranking, a paragraph each: verdict, confidence, names, what speaks for and against."""
    base = assessment.base
    reasons = " ".join(ranking.confidence.reasons)
    said = [f"Verdict: {verdict_words(ranking, base)}", f"Confidence: {ranking.confidence.level}. {reasons}"]
    said += [front_words(front, base) for front in ranking.fronts]
    return [*said, *_for_and_against(assessment, ranking)]


def _for_and_against(assessment: Assessment, ranking: Ranking) -> list[str]:
    """What speaks for and against whoever is ahead, factor by factor, and whether it is excluded."""
    leading = ranking.leading
    if leading is None or all(row.actor != leading for row in ranking.hypotheses):
        return []
    known = assessment.derivation.program.scales.factors
    made_of = assessment.contribution(ranking.role, leading)
    parts = [(net.decibans, known[net.factor].name.lower()) for net in made_of.factors]
    parts = sorted([*parts, (made_of.exclusion, "exclusion")], key=lambda part: -round(abs(part[0]), 9))
    visible = [(decibans, f"{name} {signed(decibans)}") for decibans, name in parts if signed(decibans) != signed(0)]
    speaks_for = " · ".join(text for decibans, text in visible if decibans > 0) or "nothing"
    against = " · ".join(text for decibans, text in visible if decibans < 0) or "nothing"
    name = assessment.base.name(leading)
    return [f"For {name}: {speaks_for}. Against: {against}."]


def footing(assessment: Assessment) -> list[str]:
    """As known when; how many facts from how many origins; how the probabilities came about.

    Without a date asked for, known is what the last report counted says, whether the case's own or background. A denial
    counts, too, if it brings to nothing what would bear on a ranking.
    """
    base, worlds = assessment.base, assessment.worlds
    reported = [fact for fact in base.facts.values() if fact.basis == "reported" and fact.case == base.case.id]
    origins = {report.origin for fact in reported for report in fact.reports}
    known = base.as_of or _last_report(assessment)
    parts = [f"As known on {moment_text(known)}"] if known else []
    parts.append(f"{counted(len(reported), 'reported fact')} from {counted(len(origins), 'origin')}")
    if worlds.method == "exact":
        parts.append(f"{counted(worlds.count, 'world')}, exact")
    else:
        margin = 200 * worlds.standard_error
        shown = "±<0.1 %" if margin < 0.1 else f"±{margin:.1f} %"
        parts.append(f"{counted(worlds.count, 'world')}, {shown}")
    return parts


def _last_report(assessment: Assessment) -> Moment | None:
    """When the last report came that bears on a ranking; what is held down is looked at only if it may be that."""
    base = assessment.base
    last = _latest(assessment.bearing, None)
    later = _latest((fact for fact in base.facts.values() if held_down(fact, base)), last)
    return last if later is last else _latest(assessment.suppressed, last)


def _latest(facts: Iterable[Fact], known: Moment | None) -> Moment | None:
    """The date of the latest report of facts, or the one known where none is later."""
    dates = [report.date for fact in facts for report in fact.reports if report.date]
    return max([known, *dates] if known else dates, key=lambda moment: moment.instant, default=None)


def display_name(row: Row, voice: Voice, ranking: Ranking, program: Program) -> str:
    """The name of a row: ``other`` and ``nobody`` in words."""
    if row.actor == OTHER:
        return voice.name(OTHER)
    role = program.scales.roles.get(ranking.role)
    if row.actor == NOBODY and role and role.nobody:
        return role.nobody
    return row.name


def _rows(ranking: Ranking, voice: Voice, program: Program, width: int) -> list[str]:
    rows = folded(ranking)
    names = [("  " * row.depth) + display_name(row, voice, ranking, program) for row in rows]
    beside = width >= _WORDS_BESIDE
    room = max(18, width - 6 - 7 - (33 if beside else 0) - (_BAR + 2 if width >= 90 else 0))
    column = min(max(map(cells, names), default=0), room)
    lines = []
    place = 0
    for row, name in zip(rows, names, strict=True):
        place += row.depth == 0
        number = f"{place:>3}" if row.depth == 0 else "   "
        text = f"{number}  {padded(cut(name, column), column)}  {percent(row.probability):>5}"
        if not beside:
            lines += [text, f"     {words(row.probability)}"]
            continue
        text += f"  {words(row.probability):<31}"
        lines.append((text + ("  " + bar(row.probability, _BAR) if width >= 90 else "")).rstrip())
    return lines


def front_words(front: Front, base: Base) -> str:
    """Whose name a front is, and how likely it is that it was one or the other."""
    chance = f"{percent(front.probability)}, {words(front.probability)}"
    return opening(
        f"{base.name(front.front)} is a name that {base.name(front.owner)} may use: the two together, {chance}."
    )


def verdict_words(ranking: Standing, base: Base) -> str:
    """Who is named; or that nobody is, who comes first among those listed, and who stands above even so.

    Those whom the worlds do not tell apart are said together, and it is said where they do not tell who is named.
    """
    return _verdict(ranking, base) if ranking.settled else f"{_verdict(ranking, base)} {_UNSETTLED}"


def _verdict(ranking: Standing, base: Base) -> str:
    if ranking.leader and ranking.with_fronts:
        likely = f"{percent(ranking.with_fronts)}, {words(ranking.with_fronts)}"
        return f"{base.name(ranking.leader)}, together with the names it may use: {likely}."
    if ranking.leader:
        return f"{base.name(ranking.leader)}."
    if ranking.leading is None:
        return "insufficient evidence."
    chance = ranking.probability(ranking.leading)
    chances = {row.actor: row.probability for row in ranking.hypotheses}
    above = [actor for actor in _UNLISTED if chances.get(actor, 0.0) > chance and actor not in ranking.level]
    level = [actor for actor in ranking.level if not above or actor not in _UNLISTED]
    first = _together([_UNLISTED.get(actor) or base.name(actor) for actor in (ranking.leading, *level)])
    if above:
        who = " and ".join(_UNLISTED[actor] for actor in above)
        those = f"are {first}, level as far as can be told" if level else f"is {first}"
        return f"insufficient evidence. The likeliest of those listed {those}, below {who}."
    if level:
        clear = "neither" if len(level) == 1 else "none"
        return f"insufficient evidence. The likeliest are {first}, level as far as can be told: {clear} can be named."
    return f"insufficient evidence. The likeliest is {first}, but not clearly enough to be named."


def _together(names: list[str]) -> str:
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{number_word(more)} more"] if more > 1 else names)


def next_step(case: str, rankings: Rankings) -> str | None:
    """The commands to go on with."""
    ranking = rankings.get(PERPETRATOR) or next(iter(rankings.values()), None)
    if ranking is None:
        return None
    return f"ascribe why {case} {ranking.ahead} · ascribe missing {case}"
