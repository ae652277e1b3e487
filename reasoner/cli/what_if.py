"""The verb that changes a case and shows the ranking before and after."""

from __future__ import annotations

from pathlib import Path

import click

from reasoner.cli.options import A_DATE, Asked, answer, as_json, as_markdown, one_form, reasoning

_WAYS = ("--assume", "--retract", "--rate", "--source-off", "--origin-off", "--rule-off", "--strength", "--to")


@click.command("what-if")
@click.argument("case")
@click.option("--assume", multiple=True, metavar="FACT", help="Take a fact for certain.")
@click.option("--retract", multiple=True, metavar="FACT", help="Leave a fact out, as if nobody had reported it.")
@click.option(
    "--rate",
    multiple=True,
    metavar="WHAT=GRADE",
    help="Grade a fact, a report (FACT@SOURCE), a source or an origin otherwise: C, 4 or B2.",
)
@click.option("--source-off", multiple=True, metavar="NAME", help="Take away all that came from or through a source.")
@click.option("--origin-off", multiple=True, metavar="NAME", help="Take away all that finally rests on a source.")
@click.option("--rule-off", multiple=True, metavar="NAME", help="Switch a rule off.")
@click.option("--strength", multiple=True, metavar="RULE=DB", help="Let a rule state another strength.")
@click.option("--to", metavar="DATE", help="Reason with what was known then.")
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE.scenario.yaml",
    help="Write the changes, and who comes first under them, as a scenario that `ascribe test` runs.",
)
@as_markdown
@as_json
@reasoning
def what_if(
    case: str,
    assume: tuple[str, ...],
    retract: tuple[str, ...],
    rate: tuple[str, ...],
    source_off: tuple[str, ...],
    origin_off: tuple[str, ...],
    rule_off: tuple[str, ...],
    strength: tuple[str, ...],
    to: str | None,
    save: Path | None,
    asked: Asked,
    as_json: bool,
    as_markdown: bool,
) -> None:
    """Change facts, grades, rules or the date, and compare the ranking before and after."""
    one_form(as_json, as_markdown)
    if to is not None and not to.strip():
        raise click.BadParameter(A_DATE, param_hint="--to")
    from reasoner.explanation.changes import Changes, pair
    from reasoner.problems import InputError

    changes = Changes(
        assume=assume,
        retract=retract,
        rate=tuple(pair(text, "--rate WHAT=GRADE") for text in rate),
        source_off=source_off,
        origin_off=origin_off,
        rule_off=rule_off,
        strength=tuple(pair(text, "--strength RULE=DB") for text in strength),
        as_of=to,
    )
    if not changes:
        raise click.UsageError(f"say what to change: {', '.join(_WAYS[:-1])} or {_WAYS[-1]}")
    if changes.conflicts():
        raise InputError(changes.conflicts())
    from reasoner.exchange.what_if_json import what_if_json
    from reasoner.exchange.what_if_page import what_if_page

    inquiry = asked.open(case)
    found = inquiry.what_if(Changes().then(inquiry.meant(changes)))
    if save is not None:
        from reasoner.scenario_saving import save_scenario

        save_scenario(save, found, asked.workspace)
    answer(lambda: what_if_page(found), lambda: what_if_json(found), as_json, as_markdown)
    if save is not None:
        click.echo(f"\nSaved: {save}. Next: ascribe test {save}", err=True)
