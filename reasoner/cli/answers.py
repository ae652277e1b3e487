"""The verbs that ask a case for its ranking, for the reasons behind it, and for anything else."""

from __future__ import annotations

import click

from reasoner.cli.options import Asked, as_json, as_markdown, of_a_run, one_form, reasoning, role, say, say_json


@click.command()
@click.argument("case")
@as_markdown
@as_json
@reasoning
@of_a_run
def rank(case: str, asked: Asked, as_json: bool, as_markdown: bool) -> None:
    """Rank the hypotheses of a case, role by role."""
    one_form(as_json, as_markdown)
    inquiry = asked.open(case)
    found = inquiry.assessment
    if as_json:
        from reasoner.exchange.ranking_json import rankings_json

        say_json(rankings_json(inquiry.base.case.id, asked.as_of, found.worlds, found.rankings))
    elif as_markdown:
        from reasoner.exchange.page_markdown import page_markdown
        from reasoner.exchange.ranking_page import ranking_page

        say(page_markdown(ranking_page(found)).rstrip("\n"))
    else:
        from reasoner.exchange.layout import page_width
        from reasoner.exchange.ranking_text import next_step, rankings_text

        say(rankings_text(found, page_width()))
        step = next_step(inquiry.base.case.id, found.rankings)
        if step:
            click.echo(f"\nNext: {step}", err=True)


@click.command()
@click.argument("case")
@click.argument("actor", required=False)
@role
@click.option("--depth", type=click.IntRange(0), help="How many rules deep to go; all the way where not given.")
@click.option("--full", is_flag=True, help="Unfold lines of little weight too, and repeat what is said of everybody.")
@as_markdown
@as_json
@reasoning
@of_a_run
def why(
    case: str,
    actor: str | None,
    asked: Asked,
    role: str | None,
    depth: int | None,
    full: bool,
    as_json: bool,
    as_markdown: bool,
) -> None:
    """Show the reasoning chain behind a hypothesis (whoever leads, where no actor is given)."""
    one_form(as_json, as_markdown)
    chain = asked.open(case).why(actor, role, depth)
    if as_json:
        from reasoner.exchange.chain_json import chain_json

        say_json(chain_json(chain))
        return
    from reasoner.explanation.folding import folded

    shown = chain if full else folded(chain)
    if as_markdown:
        from reasoner.exchange.chain_markdown import chain_markdown

        say(chain_markdown(shown).rstrip("\n"))
    else:
        from reasoner.exchange.chain_text import chain_text
        from reasoner.exchange.layout import page_width

        say(chain_text(shown, page_width()))


@click.command()
@click.argument("query")
@click.option("--case", required=False, help="The case to ask; all cases where not given.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: a row an answer.")
@as_json
@reasoning
def query(query: str, case: str | None, asked: Asked, as_csv: bool, as_json: bool) -> None:
    """Ask for everything that matches, as 'possesses(A, W), not scarce(W)', with its probability."""
    if as_csv and as_json:
        raise click.UsageError("--csv and --json exclude each other")
    from reasoner.evidence.loading import case_summaries
    from reasoner.exchange.layout import counted, page_width
    from reasoner.exchange.query_text import answers_csv, answers_json, answers_text
    from reasoner.explanation.querying import merged

    names = [case] if case else [summary.id for summary in case_summaries(asked.workspace)]
    answers = merged(names, lambda name: asked.open(name).query(query))
    if as_json:
        say_json(answers_json(answers))
        return
    if as_csv:
        click.echo(answers_csv(answers), nl=False)
        return
    say(answers_text(answers, page_width()))
    click.echo(f"{counted(len(answers), 'answer')}.", err=True)
