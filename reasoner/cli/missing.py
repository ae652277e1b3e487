"""The verb that says what to ask next."""

from __future__ import annotations

import click

from reasoner.cli.options import Asked, answer, as_json, as_markdown, of_a_run, one_form, reasoning, role


@click.command()
@click.argument("case")
@role
@as_markdown
@as_json
@reasoning
@of_a_run
def missing(case: str, asked: Asked, role: str | None, as_json: bool, as_markdown: bool) -> None:
    """Say what nobody has reported and would tell most, as questions, with where to look."""
    one_form(as_json, as_markdown)
    from reasoner.exchange.missing_json import missing_json
    from reasoner.exchange.missing_page import missing_page

    inquiry = asked.open(case)
    found = inquiry.missing(role)
    answer(
        lambda: missing_page(found, inquiry.ranking(role), inquiry.base, inquiry.rules.scales.roles[found.role]),
        lambda: missing_json(inquiry.base.case.id, found),
        as_json,
        as_markdown,
    )
