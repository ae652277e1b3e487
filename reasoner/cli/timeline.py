"""The verb that tells how a ranking came about."""

from __future__ import annotations

import click

from reasoner.cli.options import Asked, answer, as_json, as_markdown, reasoning, role


@click.command()
@click.argument("case")
@role
@as_markdown
@as_json
@reasoning
def timeline(case: str, asked: Asked, role: str | None, as_json: bool, as_markdown: bool) -> None:
    """Tell how the ranking came about: where everybody stood after each report, and what moved them."""
    from reasoner.exchange.timeline_json import timeline_json
    from reasoner.exchange.timeline_page import timeline_page

    told = asked.open(case).timeline(role)
    answer(lambda: timeline_page(told), lambda: timeline_json(told), as_json, as_markdown)
