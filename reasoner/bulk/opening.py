"""One incident of a run, opened as a case: everything that can be asked of a case can be asked of it."""

from __future__ import annotations

from pathlib import Path

from reasoner.assessment.result import Settings
from reasoner.bulk.folder import STORE_FILE, check_ranked_by, settings_of
from reasoner.bulk.rankings import method_of
from reasoner.documents import shown_path
from reasoner.evidence.workspace import Workspace
from reasoner.feed.digests import workspace_digests
from reasoner.feed.store import FeedStore, base_of
from reasoner.inquiry import Inquiry
from reasoner.problems import InputError, Problem
from reasoner.rule_base import load_rules


def open_incident(folder: Path, case: str, workspace: Workspace) -> Inquiry:
    """An incident of the run in a folder, in the same worlds and by the same method as its row there.

    Raises:
        InputError: the folder holds no run, or one that went by other rules or another background; the run has no such
            incident; or rules or background have mistakes.
    """
    settings = settings_of(folder)
    check_ranked_by(folder, workspace_digests(workspace))
    path = folder / STORE_FILE
    if not path.exists():
        message = f"the run in `{shown_path(folder)}` was broken off before it had read its feed"
        raise InputError([Problem("unfinished-run", message, hint="start it again")])
    rules = load_rules(workspace)
    store = FeedStore(path, workspace, rules)
    base = base_of(store, case)
    method = method_of(folder / f"rankings.{settings['form']}", base.case.id)
    return Inquiry(workspace, rules, base, Settings(settings["worlds"], settings["seed"], method))
