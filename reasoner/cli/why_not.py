"""The verb that says what an actor lacks of what another has."""

from __future__ import annotations

import click

from reasoner.cli.options import Asked, answer, as_json, as_markdown, of_a_run, reasoning, role


@click.command("why-not")
@click.argument("case")
@click.argument("actor")
@role
@click.option("--against", metavar="ACTOR", help="Whom to set it against; whoever leads, where nobody is given.")
@as_markdown
@as_json
@reasoning
@of_a_run
def why_not(
    case: str, actor: str, asked: Asked, role: str | None, against: str | None, as_json: bool, as_markdown: bool
) -> None:
    """Say what speaks for another and not for ACTOR, and what report would change that."""
    from reasoner.exchange.why_not_json import why_not_json
    from reasoner.exchange.why_not_page import why_not_page

    found = asked.open(case).why_not(actor, role, against)
    answer(lambda: why_not_page(found), lambda: why_not_json(found), as_json, as_markdown)
