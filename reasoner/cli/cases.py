"""The verbs that list and make cases."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reasoner.cli.options import as_json, say, say_json, where, workspace_of

if TYPE_CHECKING:
    from reasoner.evidence.loading import CaseSummary
    from reasoner.evidence.workspace import Workspace


def list_cases(workspace: Workspace) -> None:
    """Print the cases of a workspace, one a line."""
    from reasoner.evidence.loading import case_summaries

    summaries = case_summaries(workspace)
    if not summaries:
        from reasoner.documents import shown_path

        click.echo(f"No cases in {shown_path(workspace.facts)}. Start one with: ascribe new CASE", err=True)
        return
    from reasoner.exchange.layout import page_width
    from reasoner.exchange.page import Column, Table
    from reasoner.exchange.page_text import table_lines

    rows = tuple((summary.id, summary.date or "", _titled(summary)) for summary in summaries)
    table = Table((Column("Case"), Column("Date"), Column("Title")), rows, heads=False)
    say("\n".join(table_lines(table, page_width(), indent="")))


def _titled(summary: CaseSummary) -> str:
    """The title of a case, and that its file cannot be read where that is so."""
    return summary.title if summary.readable else f"{summary.title} (cannot be read: ascribe check {summary.path})"


@click.command()
@where
@as_json
def cases(rules: Path | None, facts: Path | None, as_json: bool) -> None:
    """List the cases there are."""
    workspace = workspace_of(rules, facts)
    if not as_json:
        list_cases(workspace)
        return
    from reasoner.evidence.loading import case_summaries

    rows = [
        {"case": row.id, "title": row.title, "date": row.date, "readable": row.readable}
        for row in case_summaries(workspace)
    ]
    say_json({"cases": rows})


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Make a workspace: a folder with rules and facts of your own, copied from the shipped ones."""
    from reasoner.evidence.workspace import init_workspace

    workspace = init_workspace(directory)
    click.echo(f"A workspace with the shipped rules and facts: {workspace.rules.parent}", err=True)
    click.echo(f"Next: cd {shlex.quote(str(directory))} && ascribe new my_case", err=True)


@click.command()
@click.argument("case")
@where
def new(case: str, rules: Path | None, facts: Path | None) -> None:
    """Write a commented case file to fill in."""
    from reasoner.evidence.template import new_case

    path = new_case(workspace_of(rules, facts), case)
    click.echo(path)
    click.echo(f"Fill it in, then: ascribe check {shlex.quote(str(path))} && ascribe rank {case}", err=True)
