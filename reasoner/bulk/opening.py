"""One incident of a run, opened as a case: everything that can be asked of a case can be asked of it."""

from __future__ import annotations

from pathlib import Path

from reasoner.assessment.result import Method, Settings
from reasoner.bulk.folder import STORE_FILE, settings_of
from reasoner.documents import shown_path
from reasoner.evidence.workspace import Workspace
from reasoner.feed.store import FeedStore, base_of
from reasoner.inquiry import Inquiry
from reasoner.problems import InputError, Problem
from reasoner.rule_base import load_rules


def open_incident(folder: Path, case: str, workspace: Workspace) -> Inquiry:
    """An incident of the run in a folder, in the same worlds and by the same method as its row there.

    Raises:
        InputError: the folder holds no run, or the run has no such incident, or rules or background have mistakes.
    """
    settings = settings_of(folder)
    path = folder / STORE_FILE
    if not path.exists():
        message = f"the run in `{shown_path(folder)}` was broken off before it had read its feed"
        raise InputError([Problem("unfinished-run", message, hint="start it again")])
    rules = load_rules(workspace)
    store = FeedStore(path, workspace, rules)
    base = base_of(store, case)
    method = _method(folder / f"rankings.{settings['form']}", case)
    return Inquiry(workspace, rules, base, Settings(settings["worlds"], settings["seed"], method))


def _method(rankings: Path, case: str) -> Method | None:
    """How the incident's worlds came about, as its row says; None where it has none."""
    import duckdb

    if not rankings.exists():
        return None
    connection = duckdb.connect(":memory:")
    if rankings.suffix == ".duckdb":
        connection.execute(f"ATTACH '{_escaped(rankings)}' AS made (READ_ONLY)")
        table = "made.ranking"
    else:
        table = f"'{_escaped(rankings)}'"
    found = connection.execute(f'SELECT method FROM {table} WHERE "case" = ? LIMIT 1', [case]).fetchone()  # noqa: S608
    connection.close()
    return found[0] if found else None


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
