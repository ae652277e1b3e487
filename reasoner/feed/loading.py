"""From the files of a feed and a mapping to a store of checked integer tables."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from reasoner.documents import shown_path
from reasoner.evidence.workspace import Workspace, background_paths, case_ids
from reasoner.feed import coding, folding, naming, reporting, rivalry, stating, timing, weighing, writing
from reasoner.feed.backdrop import Backdrop, Season, read_backdrop
from reasoner.feed.database import Progress, Workbench
from reasoner.feed.database import writing as written
from reasoner.feed.mapping import Mapping, read_mapping
from reasoner.feed.numbering import argument_columns
from reasoner.feed.reading import read_rows
from reasoner.feed.store import FeedStore, stored_digest
from reasoner.problems import InputError, Problem
from reasoner.rule_base import RuleBase, rule_files

FORM = 1
"""The form of the tables: a store of another one has to be made again."""


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
    meta = digest_of(files, mapping, workspace)
    with written(path) as bench:
        folding.define(bench)
        _load(bench, files, form, backdrop, rules, case_ids(workspace), progress)
        bench.run("CREATE TABLE store.meta AS SELECT ? AS feed, ? AS digest, ? AS form", [form.feed, meta, FORM])
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


def still_fits(path: Path, files: Sequence[Path], mapping: Path, workspace: Workspace) -> bool:
    """Whether there is a store of these very files, mapping, rules and background. Raises as `digest_of` does."""
    if not path.is_file():
        return False
    return stored_digest(path) == digest_of(files, mapping, workspace)


def digest_of(files: Sequence[Path], mapping: Path, workspace: Workspace) -> str:
    """A digest of all that a store is made of. Raises `InputError` where a file cannot be read."""
    found = sha256(f"{FORM}".encode())
    tables = (workspace.rules / "vocabulary.yaml", workspace.rules / "scales.yaml")
    try:
        for path in (mapping, *tables, *rule_files(workspace), *background_paths(workspace)):
            found.update(path.read_bytes())
            found.update(b"\0")
        for path in files:
            about = path.stat()
            found.update(f"{path.resolve()}\0{about.st_size}\0{about.st_mtime_ns}\0".encode(errors="surrogateescape"))
    except OSError as error:
        message = f"`{shown_path(Path(error.filename))}` cannot be read: {error.strerror or error}"
        raise InputError([Problem("unreadable-file", message)]) from None
    found.update("\0".join(case_ids(workspace)).encode())
    return found.hexdigest()
