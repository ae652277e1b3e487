"""The verb that says what a lead hangs on."""

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
def linchpins(case: str, asked: Asked, role: str | None, as_json: bool, as_markdown: bool) -> None:
    """Say what the lead hangs on: facts, sources and rules that move it most, and sets that end it."""
    one_form(as_json, as_markdown)
    from reasoner.exchange.linchpins_json import linchpins_json
    from reasoner.exchange.linchpins_page import linchpins_page
    from reasoner.explanation.sentences import Voice

    inquiry = asked.open(case)
    found = inquiry.linchpins(role)
    robustness = inquiry.assessment.robustness(found.role)
    answer(
        lambda: linchpins_page(found, robustness, Voice(inquiry.base, inquiry.program)),
        lambda: linchpins_json(inquiry.base.case.id, found, robustness),
        as_json,
        as_markdown,
    )
