"""The verb that sets hypotheses against evidence."""

from __future__ import annotations

import click

from reasoner.cli.options import Asked, answer, as_json, as_markdown, of_a_run, reasoning, role


@click.command()
@click.argument("case")
@role
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: a row a hypothesis, a column a fact, in decibans.")
@as_markdown
@as_json
@reasoning
@of_a_run
def matrix(case: str, asked: Asked, role: str | None, as_csv: bool, as_json: bool, as_markdown: bool) -> None:
    """Set every hypothesis against the evidence: what speaks for whom, against whom, and what tells most."""
    from reasoner.exchange.matrix_data import matrix_csv, matrix_json
    from reasoner.exchange.matrix_page import matrix_page

    if as_csv and (as_json or as_markdown):
        raise click.UsageError("--csv excludes --json and --markdown")
    found = asked.open(case).matrix(role)
    if as_csv:
        click.echo(matrix_csv(found), nl=False)
        return
    answer(lambda: matrix_page(found), lambda: matrix_json(found), as_json, as_markdown)
