"""The verb that says who stands behind an answer."""

from __future__ import annotations

import click

from reasoner.cli.options import Asked, answer, as_json, as_markdown, of_a_run, one_form, reasoning, role


@click.command()
@click.argument("case")
@click.option("--of", metavar="ACTOR", help="Weigh facts for this hypothesis (default: whoever leads).")
@role
@as_markdown
@as_json
@reasoning
@of_a_run
def sources(case: str, of: str | None, asked: Asked, role: str | None, as_json: bool, as_markdown: bool) -> None:
    """Say who stands behind the answer: each source, what it reports, and what the lead would be without it."""
    one_form(as_json, as_markdown)
    from reasoner.exchange.sources_json import sources_json
    from reasoner.exchange.sources_page import sources_page
    from reasoner.explanation.sentences import Voice

    inquiry = asked.open(case)
    found = inquiry.sources(of, role)
    answer(
        lambda: sources_page(found, Voice(inquiry.base, inquiry.program)),
        lambda: sources_json(found),
        as_json,
        as_markdown,
    )
