"""What a key changes about an entry of the chain: which fact, grade, rule or strength is then supposed otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reasoner.exchange.page import Lead
from reasoner.explanation.changes import Changes
from reasoner.explanation.nodes import ChainLine, Node, ShownReport, Way
from reasoner.explanation.sourcing import Reported, SourceStanding
from tui.left_out import FALLS
from tui.outline import Entry

if TYPE_CHECKING:
    from tui.dossier import Dossier

LETTERS = "ABCDEF"
"""Reliability, best first; F says that it cannot be judged."""

BEST, WORST = 1, 6
"""Credibility: confirmed, and not to be judged."""


class Unchangeable(Exception):
    """Nothing can be supposed about an entry; the message says why, with actions in braces for their keys."""


def toggled(changes: Changes, entry: Entry, dossier: Dossier) -> Changes:
    """The fact or rule of an entry left out, or taken back where it is left out already.

    Raises `Unchangeable` where the entry is neither.
    """
    if isinstance(entry.value, SourceStanding):
        return left_out(changes, Lead("source", entry.value.source.id))
    rule = rule_of(entry)
    if entry.gone == FALLS:
        raise Unchangeable("This falls away with what is supposed; {undo} takes back the last change.")
    if rule is not None:
        return left_out(changes, Lead("rule", rule))
    if isinstance(entry.value, ShownReport):
        raise Unchangeable("A report is graded with {surer} and {less_sure}; the fact above it can be left out.")
    atom = _atom(entry)
    if atom.startswith("not "):
        if atom.removeprefix("not ").partition("(")[0] not in dossier.inquiry.program.vocabulary.predicates:
            raise Unchangeable("This follows by rules, from what is not reported: assume a fact that would show it.")
        return replace(changes, assume=_without_or_with(changes.assume, _said_whole(atom.removeprefix("not "))))
    if atom in changes.retract or atom in dossier.facts:
        return left_out(changes, Lead("fact", atom))
    raise Unchangeable("This follows by rules: leave out a fact or a rule that it rests on.")


def left_out(changes: Changes, lead: Lead) -> Changes:
    """A fact, rule, source or origin left out, or taken back where it is already; so is a fact that was assumed.

    What might be found is supposed to be found, or taken back.
    """
    match lead.kind:
        case "source":
            return replace(changes, source_off=_without_or_with(changes.source_off, lead.name))
        case "origin":
            return replace(changes, origin_off=_without_or_with(changes.origin_off, lead.name))
        case "rule":
            return replace(changes, rule_off=_without_or_with(changes.rule_off, lead.name))
        case "finding":
            return _found(changes, lead.name.splitlines())
        case _ if _has(changes.assume, lead.name):
            return replace(changes, assume=_without_or_with(changes.assume, lead.name))
        case _:
            return replace(changes, retract=_without_or_with(changes.retract, lead.name))


def is_supposed(changes: Changes, lead: Lead) -> bool:
    """Whether a fact, rule, source or origin is left out, or a fact assumed, so that it can be taken back."""
    match lead.kind:
        case "source":
            return _has(changes.source_off, lead.name)
        case "origin":
            return _has(changes.origin_off, lead.name)
        case "rule":
            return _has(changes.rule_off, lead.name)
        case "finding":
            return all(_has(changes.assume, fact) for fact in lead.name.splitlines())
        case _:
            return _has((*changes.assume, *changes.retract), lead.name)


def _found(changes: Changes, facts: Sequence[str]) -> Changes:
    """Facts that might be found supposed to be found, or none of them where all are already."""
    known = [fact for fact in facts if _has(changes.assume, fact)]
    for fact in facts if len(known) == len(facts) else [fact for fact in facts if fact not in known]:
        changes = replace(changes, assume=_without_or_with(changes.assume, fact))
    return changes


def rule_of(entry: Entry) -> str | None:
    """The rule that an entry is an instance of; None where it is something else."""
    return entry.value.rule if isinstance(entry.value, ChainLine | Way) else None


def _atom(entry: Entry) -> str:
    if isinstance(entry.value, Reported):
        return entry.value.fact
    if isinstance(entry.value, Node) and entry.value.kind not in ("comparison", "aggregate"):
        return entry.value.atom
    raise Unchangeable("Choose a fact, a report or a rule to suppose that it is otherwise.")


def _said_whole(atom: str) -> str:
    if "_" in atom.partition("(")[2].replace(")", "").replace(" ", "").split(","):
        raise Unchangeable("It says that there is none at all. Under What if, assume one by name.")
    return atom


def _without_or_with(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    rest = tuple(each for each in values if _closed_up(each) != _closed_up(value))
    return rest if len(rest) < len(values) else (*values, value)


def _has(values: tuple[str, ...], value: str) -> bool:
    return len(_without_or_with(values, value)) < len(values)


def _closed_up(text: str) -> str:
    """A fact without its spaces, which whoever typed it may have put elsewhere."""
    return "".join(text.split())


def regraded(changes: Changes, entry: Entry, better: bool, dossier: Dossier) -> Changes:
    """The report of an entry, or the only one of its fact, one digit more or less credible.

    Raises `Unchangeable` where the entry is no report, or the report stands at the end of the scale.
    """
    if isinstance(entry.value, SourceStanding):
        return relied_on(changes, entry, better, dossier)
    if isinstance(entry.value, Reported):
        return _digit(
            changes, f"{entry.value.fact}@{entry.value.report.source}", int(entry.value.report.grade[1:]), better
        )
    found = [each for each in (_report(entry, dossier),) if each]
    atom = entry.node.atom.removeprefix("not ") if entry.node else ""
    if not found and isinstance(entry.value, Node) and atom in dossier.facts:
        reports = dossier.facts[atom].reports
        if len(reports) > 1:
            raise Unchangeable("Several report this: open it and choose one of the reports.")
        found = [(report.source, report.credibility) for report in reports]
    if not found:
        raise Unchangeable("Only a report has a grade: open a fact and choose one.")
    ((source, digit),) = found
    return _digit(changes, f"{atom}@{source}", digit, better)


def _digit(changes: Changes, report: str, digit: int, better: bool) -> Changes:
    """A report one digit more or less credible. Raises `Unchangeable` at the end of the scale."""
    after = digit - 1 if better else digit + 1
    if not BEST <= after <= WORST:
        raise Unchangeable(f"{digit} is the {'best' if better else 'last'} of the scale.")
    return _rated(changes, report, str(after))


def _report(entry: Entry, dossier: Dossier) -> tuple[str, int] | None:
    if not isinstance(entry.value, ShownReport):
        return None
    found = dossier.report(entry.value, entry.node.atom if entry.node else "")
    return (found[1].source, found[1].credibility) if found else None


def relied_on(changes: Changes, entry: Entry, better: bool, dossier: Dossier) -> Changes:
    """The source of the report of an entry, one letter more or less reliable.

    Raises `Unchangeable` where the entry is no report, or the source stands at the end of the scale.
    """
    reported = entry.value.report if isinstance(entry.value, Reported) else entry.value
    source = dossier.source(reported.source) if isinstance(reported, ShownReport) else None
    if isinstance(entry.value, SourceStanding):
        source = dossier.source(entry.value.source.id)
    if source is None:
        raise Unchangeable("Choose a report: its source is relied on more or less.")
    return source_relied_on(changes, source.id, source.reliability, better)


def source_relied_on(changes: Changes, source: str, letter: str, better: bool) -> Changes:
    """A source one letter more or less reliable. Raises `Unchangeable` at the end of the scale."""
    place = LETTERS.index(letter) + (-1 if better else 1)
    if not 0 <= place < len(LETTERS):
        raise Unchangeable(f"{letter} is the {'best' if better else 'last'} of the scale.")
    return _rated(changes, source, LETTERS[place])


def _rated(changes: Changes, what: str, grade: str) -> Changes:
    return replace(changes, rate=tuple((dict(changes.rate) | {what: grade}).items()))


def strengthened(changes: Changes, entry: Entry, strength: str) -> Changes:
    """The rule of an entry's line with another strength. Raises `Unchangeable` where the entry stands in no line."""
    if entry.line is None:
        raise Unchangeable("Choose a line of evidence: its rule states a strength.")
    return replace(changes, strength=tuple((dict(changes.strength) | {entry.line.rule: strength}).items()))
