"""A what-if kept as a scenario file: the changes, and who then comes first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reasoner.assessment.decibans import LEAST_SHOWN, log_odds
from reasoner.assessment.result import Ranking
from reasoner.evidence.saving import save
from reasoner.evidence.workspace import Workspace, find_workspace
from reasoner.explanation.what_if import WhatIf
from reasoner.problems import InputError, Problem
from reasoner.scenarios import ENDING


def save_scenario(path: Path, asked: WhatIf, workspace: Workspace) -> None:
    """Write a what-if as a scenario that expects the leader, verdict and order which came of it.

    The file is written whole or not at all. Raises `InputError` where it exists already, cannot be written, is not
    called ``*.scenario.yaml``, or lies where other rules would be in force.
    """
    import yaml

    if not path.name.endswith(ENDING):
        raise InputError([Problem("no-scenario-name", f"`{path}` does not end in {ENDING}, as scenario files do")])
    around = find_workspace(path.parent)
    if around.rules.resolve() != workspace.rules.resolve():
        message = f"a scenario in `{path.parent}` runs on the rules in `{around.rules}`, not on those asked"
        raise InputError([Problem("other-rules", message, hint="save it beside the rules that it is about")])
    content = dict(_content(asked))
    if around.facts.resolve() != workspace.facts.resolve():
        content["facts"] = os.path.relpath(workspace.facts, path.parent)
    save(path, yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120), None)


def _content(asked: WhatIf) -> Iterator[tuple[str, Any]]:
    role = next(iter(asked.after.rankings), None)
    if role is None:
        raise InputError([Problem("no-candidate", "nobody is a hypothesis, so there is no ranking to expect")])
    ranking, changes = asked.after.rankings[role], asked.changes
    yield "scenario", f"What if: {changes}"
    yield "case", asked.after.base.case.id
    yield "role", role
    if asked.after.base.as_of is not None:
        yield "as_of", asked.after.base.as_of.written
    for key, value in (
        ("assume", list(changes.assume)),
        ("retract", list(changes.retract)),
        ("rate", dict(changes.rate)),
        ("source_off", list(changes.source_off)),
        ("origin_off", list(changes.origin_off)),
        ("rule_off", list(changes.rule_off)),
        ("strength", dict(changes.strength)),
    ):
        if value:
            yield key, value
    yield "leader", ranking.ahead
    yield "verdict", ranking.verdict
    order = list(_order(ranking))
    if len(order) > 1:
        yield "order", order


def _order(ranking: Ranking) -> Iterator[str]:
    """Hypotheses and umbrellas, the likeliest first, without those that stand level with the one before."""
    chances = {row.actor: row.probability for row in ranking.hypotheses}
    chances |= {row.actor: row.probability for row in ranking.umbrellas}
    before = None
    for actor, chance in sorted(chances.items(), key=lambda row: (-row[1], row[0])):
        if before is None or log_odds(before) - log_odds(chance) >= LEAST_SHOWN:
            yield actor
            before = chance
