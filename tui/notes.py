"""The note beside the chosen line or hypothesis: what an analyst would write about it, in full sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from reasoner.assessment.result import Ranking
from reasoner.assessment.words import lead_words, percent, words
from reasoner.exchange.chain_text import effect, relied
from reasoner.exchange.layout import counted, signed
from reasoner.exchange.ranking_text import front_words
from reasoner.explanation.folding import is_light
from reasoner.explanation.nodes import Chain, ChainLine, FactorShare, Node, ShownReport, Step, Way
from reasoner.explanation.sentences import clause, listed, sentence
from tui.dossier import Dossier
from tui.labels import floating
from tui.outline import Entry, Remark, Rest, Section, Stage, Sum, Up, reports, stages
from tui.plain import Piece, lead, passage
from tui.report_notes import report_note, without

HEADING, QUIET = "bold", "dim"

WATERFALL = 24
"""Columns of the bars of a sum."""


GONE = {
    "LEFT OUT": "It stands in the files, and is only supposed left out; {toggle} takes it back.",
    "FALLS": (
        "It falls away with what is supposed. Where something beneath it is left out, {toggle} there takes that back; "
        "{undo} takes back the last change."
    ),
}


def entry_note(entry: Entry, chain: Chain, dossier: Dossier) -> Content:
    """The note on one entry of the chain."""
    if entry.gone:
        said = entry.value.sentence if isinstance(entry.value, ChainLine) else entry.title
        return passage([(f"{sentence(said)}\n", HEADING), dossier.keys.worded(GONE[entry.gone])])
    match entry.value:
        case ChainLine():
            pieces = _line(entry.value, chain, dossier)
        case Node():
            pieces = _node(entry.value, chain, dossier)
        case Way():
            pieces = _way(entry.value, dossier)
        case ShownReport():
            pieces = report_note(entry, chain, dossier)
        case Section():
            pieces = _section(entry.value)
        case Sum(text, steps):
            pieces = iter([text, "\n", *_waterfall(steps)])
        case Remark(text):
            pieces = iter([text])
        case Stage(name, decibans, begins, ends):
            pieces = iter([(f"{signed(decibans)}  {name}", HEADING), f"\nFrom {signed(begins)} to {signed(ends)}."])
        case Rest(count):
            counted_only = entry.node is not None and entry.node.kind == "aggregate"
            how = "enter shows the next" + (", and then a query that lists all of them." if counted_only else ".")
            pieces = iter([f"{count:,} more stand here; {how}"])
        case Up(text):
            pieces = iter([f"Enter, or {dossier.keys.first('out')}, goes back to: {text}."])
        case _:
            pieces = iter(())
    return passage(pieces)


def unranked_note(chain: Chain) -> Content:
    """The note on a hypothesis that is none under what is supposed."""
    return passage(
        [(f"Not ranked under what is supposed: {chain.name}\n", HEADING), f"In the files: {chain.headline}."]
    )


def actor_note(chain: Chain, ranking: Ranking, dossier: Dossier) -> Content:
    """The note on one hypothesis: how likely, what that is made of, how sure, who is beneath it."""
    return passage(_actor(chain, ranking, dossier))


def _actor(chain: Chain, ranking: Ranking, dossier: Dossier) -> Iterator[Piece]:
    yield (chain.headline, HEADING)
    yield "\n"
    stability = {row.actor: row.stability for row in ranking.hypotheses}
    stability |= {row.actor: row.stability for row in ranking.umbrellas}
    sampled = dossier.inquiry.assessment.worlds.sampled
    ahead = lead_words(stability[chain.actor], chain.name, sampled) if chain.actor in stability else ""
    if ahead and ahead not in ranking.confidence.reasons:  # of whoever leads, confidence says it below
        yield f"{ahead} "
    yield f"{chain.sum}\n"
    if chain.factors:
        yield ("By factor  ", HEADING)
        yield " · ".join(
            f"{share.name} {signed(share.decibans)} ({percent(share.without_it)} without it{_lightly(share, chain)})"
            for share in chain.factors
        )
        yield "\n"
    if chain.rests_on:
        first = chain.rests_on[0]
        yield ("Rests most on  ", HEADING)
        yield f"{clause(relied(first))}: {percent(first.without_it)} without it"
        yield ".\n"
    if chain.members:
        yield ("Of which  ", HEADING)
        yield " · ".join(f"{member.name} {percent(member.probability)}" for member in chain.members)
        if any(member.belonging for member in chain.members):
            yield ", as far as they belong to it"
        yield "\n"
    yield (f"Confidence: {ranking.confidence.level}. ", HEADING)
    yield f"{' '.join(ranking.confidence.reasons)}\n"
    for front in ranking.fronts:
        if chain.actor in (front.front, front.owner):
            yield f"{front_words(front, dossier.inquiry.base)}\n"
    if chain.steps:
        yield ("From nothing known to the odds, in decibans\n", HEADING)
        yield from _waterfall(chain.steps)


def _lightly(share: FactorShare, chain: Chain) -> str:
    """What lines that stand folded away add to a factor, where it shows, so that it agrees with those that stand apart.

    In decibans.
    """
    lines = [line for line in chain.lines if line.factor == share.factor]
    light = sum(line.decibans for line in lines if is_light(line, chain.probability))
    if signed(share.decibans) == signed(share.decibans - light):
        return ""
    return f"; {signed(light)} of it by lines that weigh little"


def _waterfall(steps: Sequence[Step]) -> Iterator[Piece]:
    """The steps of a sum, one beneath the other, with bars from where each begins to where it ends."""
    for stage in stages(steps):
        row = f"{signed(stage.decibans):>8}  {floating(stage, WATERFALL)}  {stage.name}\n"
        yield (row, HEADING) if stage.total else row


def _line(line: ChainLine, chain: Chain, dossier: Dossier) -> Iterator[Piece]:
    of = next((member for member in chain.members if line in member.lines), chain)
    side = "for" if line.strength > 0 else "against"
    yield (f"{signed(line.decibans)}  {line.factor_name}", HEADING)
    yield f", {side} {of.name}\n"
    yield f"{sentence(line.sentence)}\n"
    yield f"{_weight(line, of.name)} "
    yield f"{effect(line, of)}\n"
    yield from _who(reports(line))
    yield from _rule(line.rule, dossier)


def _weight(line: ChainLine, chain_name: str) -> str:
    """What the rule states, and how often it holds."""
    times = 10 ** (abs(line.strength) / 10)
    shown = f"{times:,.0f}" if times >= 9.5 else f"{times:.1f}".removesuffix(".0")
    what = f"are {shown} times what they were" if line.strength > 0 else f"are divided by {shown}"
    return (
        f"Where it holds, the odds on {chain_name} {what} ({signed(line.strength)}). "
        f"It holds with a probability of {percent(line.probability)}."
    )


def _who(shown: tuple[ShownReport, ...]) -> Iterator[Piece]:
    if not shown:
        return
    origins = {report.origin for report in shown}
    yield ("Rests on  ", HEADING)
    yield f"{counted(len(shown), 'report')} from {counted(len(origins), 'origin')}: "
    yield "; ".join(dict.fromkeys(f"{report.grade} {report.name}" for report in shown))
    yield "\n"


def _rule(name: str, dossier: Dossier) -> Iterator[Piece]:
    place = dossier.rule_place(name)
    yield lead(f"Rule [{name}]", "rules", name, QUIET)
    if place:
        yield (f", {place}", QUIET)
    yield "\n"


_BASIS = {
    "reported": "Reported.",
    "denied": "Only denied: nobody reports that it is so, so it holds in no world.",
    "derived": "Concluded by a rule.",
    "absent": "Nothing reported says so. This premise holds for want of a report, and falls with the first one.",
    "aggregate": "Counted from what is reported.",
    "comparison": "Compared.",
    "declared": "Stated where the actor is entered; nobody disputes it.",
    "given": "Given: nobody disputes it.",
    "assumed": "ASSUMED by the analyst. Nobody has reported it.",
}


def _node(node: Node, chain: Chain, dossier: Dossier) -> Iterator[Piece]:
    yield (sentence(node.sentence), HEADING)
    yield "\n"
    certain = node.kind in ("given", "declared", "comparison", "assumed")
    if not (node.kind == "given" and node.note):  # the note says that it is undisputed, and from whom it is known
        yield _BASIS[node.kind]
    if not certain:
        yield f" Probability: {percent(node.probability)}, {words(node.probability)}."
    yield "\n"
    if node.note:
        yield f"{sentence(node.note)}\n"
    fact = dossier.facts.get(node.atom.removeprefix("not "))
    if fact and fact.rivals:
        rivals = listed([clause(dossier.said(dossier.facts[str(rival)])) for rival in fact.rivals])
        yield f"By its own reports alone: {percent(fact.alone)}; the rest is shared with {rivals}.\n"
    yield from without(chain, node.atom, f"Had nobody {'assumed' if node.kind == 'assumed' else 'reported'} it")
    if node.reports:
        yield from _who(node.reports)
    for way in node.ways:
        if node.kind == "aggregate":
            yield ("Counted  ", HEADING)
            yield f"{sentence(way.sentence)}\n"
            continue
        yield ("By rule  " if way is node.ways[0] else "Also by  ", HEADING)
        known = dossier.rule_place(way.rule)  # a query is a rule of no file
        yield lead(f"[{way.rule}]", "rules", way.rule) if known else f"[{way.rule}]"
        yield f" {sentence(way.sentence)}\n"
    yield lead(node.atom, "facts", str(fact.atom), QUIET) if fact else (node.atom, QUIET)
    yield "\n"


def _way(way: Way, dossier: Dossier) -> Iterator[Piece]:
    yield (sentence(way.sentence), HEADING)
    yield "\n"
    yield "All of these must hold for it:\n"
    for node in way.premises:
        yield f"  · {clause(node.sentence)} ({percent(node.probability)})\n"
    yield from _rule(way.rule, dossier)


def _section(section: Section) -> Iterator[Piece]:
    yield (section.title, HEADING)
    yield f"\n{section.about}\n"
    if not section.size:
        yield "Nothing."
    for text in section.sentences:
        yield f"  · {text}\n"
    for line in section.lines:
        yield f"  · {line.factor_name}: {line.sentence}\n"
    for node in section.nodes:
        yield f"  · {sentence(node.sentence)}\n"
