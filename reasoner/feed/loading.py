"""From the files of a feed and a mapping to a store of checked integer tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reasoner.evidence.workspace import Workspace, case_ids
from reasoner.feed import coding, folding, naming, reporting, rivalry, stating, timing, weighing, writing
from reasoner.feed.backdrop import Backdrop, Season, read_backdrop
from reasoner.feed.database import Progress, Workbench
from reasoner.feed.database import writing as written
from reasoner.feed.mapping import Mapping, read_mapping
from reasoner.feed.numbering import argument_columns
from reasoner.feed.reading import read_rows
from reasoner.feed.store import FeedStore
from reasoner.problems import InputError, Problem
from reasoner.rule_base import RuleBase


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def load_feed(
    files: Sequence[Path],
    mapping: Path,
    workspace: Workspace,
    rules: RuleBase,
    path: Path,
    progress: Progress = _silent,
) -> FeedStore:
    """Read a feed into a store, all of it or nothing.

    What cannot be used of a row is in the table ``reject``. ``progress`` is told of reading, naming, sources, stating,
    weighing, writing, reports and done, in this order. Raises `InputError` for a mapping with mistakes, files that
    cannot be read or lack a column, and a store that cannot be written; `Stopped` where nobody waits for it any more.
    """
    if not files:
        raise InputError([Problem("no-files", "there is no file to read")])
    backdrop = read_backdrop(workspace, rules)
    form = read_mapping(mapping, backdrop.scope, rules.vocabulary, rules.scales)
    with written(path) as bench:
        folding.define(bench.run)
        _load(bench, files, form, backdrop, rules, case_ids(workspace), progress)
    progress("done", 1, 1)
    return FeedStore(path, workspace, rules)


def _load(
    bench: Workbench,
    files: Sequence[Path],
    mapping: Mapping,
    backdrop: Backdrop,
    rules: RuleBase,
    cases: Sequence[str],
    progress: Progress,
) -> None:
    read_rows(bench, files, mapping, progress)
    slots = _name(bench, mapping, backdrop, rules, cases, progress)
    progress("sources", 0, 1)
    sources = reporting.report(bench, mapping, dict(backdrop.scope.sources))
    stating.state(bench, mapping, slots, backdrop, progress)
    names = argument_columns(rules.vocabulary)
    progress("weighing", 0, 1)
    weighing.grade(bench, sources, rules.scales, names)
    seasons = _weigh(bench, backdrop, names)
    while rivalry.reject_rivals(bench, names):
        seasons = _weigh(bench, backdrop, names)
    rivalry.settle(bench, names)
    writing.add_declared(bench, rules.vocabulary, names)
    writing.add_dated(bench, backdrop, seasons, names)
    writing.write_facts(bench, rules.vocabulary, names, progress)
    progress("reports", 0, 1)
    writing.write_incidents(bench, mapping)
    writing.write_reports(bench, mapping, names)
    writing.write_rejects(bench)


def _name(
    bench: Workbench,
    mapping: Mapping,
    backdrop: Backdrop,
    rules: RuleBase,
    cases: Sequence[str],
    progress: Progress,
) -> naming.Slots:
    """Give every text that names something its constant, and every constant its code."""
    vocabulary, scales, scope = rules.vocabulary, rules.scales, backdrop.scope
    slots = naming.slots_of(mapping, vocabulary)
    progress("naming", 0, 1)
    bench.run("CREATE TABLE other_case AS SELECT unnest(CAST(? AS VARCHAR[])) AS name", [list(cases)])
    naming.name_incidents(bench, mapping, scope, vocabulary)
    naming.name_cells(bench, mapping, slots, scope, scales, vocabulary)
    coding.code_constants(bench, rules.program, scope, mapping, cases)
    return slots


def _weigh(bench: Workbench, backdrop: Backdrop, names: list[str]) -> list[Season]:
    """Weigh all statements without a flaw, and group the values that exclude each other."""
    weighing.weigh(bench, names)
    seasons = timing.date_incidents(bench, backdrop)
    rivalry.group_rivals(bench, backdrop, seasons, names)
    return seasons
