"""The verb that sets two hypotheses against each other."""

from __future__ import annotations

import click

from reasoner.cli.options import Asked, answer, as_json, as_markdown, of_a_run, reasoning, role


@click.command()
@click.argument("case")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@role
@as_markdown
@as_json
@reasoning
@of_a_run
def compare(
    case: str, first: str, second: str, asked: Asked, role: str | None, as_json: bool, as_markdown: bool
) -> None:
    """Say why A rather than B: the lines that tell them apart, and what would turn it round."""
    from reasoner.exchange.compare_json import compare_json
    from reasoner.exchange.compare_page import compare_page

    contrast = asked.open(case).compare(first, second, role)
    answer(lambda: compare_page(contrast), lambda: compare_json(contrast), as_json, as_markdown)
