"""The command line. Data goes to stdout, narration and problems to stderr; exit codes are 0 done, 1 no, 2 bad input.

Nothing heavy is imported before a verb needs it.
"""

from __future__ import annotations

import gc
import io
import json
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from reasoner.evidence.workspace import Workspace
    from reasoner.inquiry import Inquiry

Command = TypeVar("Command", bound=Callable[..., Any])

SMALLEST_SAMPLE = 1_024
"""Fewest sampled worlds: 16 blocks of 64."""


def _where(command: Command) -> Command:
    """Give a verb the options that say which rules and facts to use."""
    command = click.option("--facts", type=click.Path(path_type=Path), help="Folder of fact files to use instead.")(
        command
    )
    return click.option("--rules", type=click.Path(path_type=Path), help="Folder of rule files to use instead.")(
        command
    )


def _reasoning(command: Command) -> Command:
    """Give a verb the options that say how to reason."""
    for option in (
        click.option("--seed", type=int, default=0, show_default=True, help="Seed of the sampled worlds."),
        click.option(
            "--worlds",
            type=click.IntRange(SMALLEST_SAMPLE, 1 << 20),
            default=16_384,
            show_default=True,
            help="How many worlds to sample where they are too many to enumerate; rounded up to a multiple of 1,024.",
        ),
        click.option("--as-of", metavar="DATE", help="Reason with what was known then: 2021-11-08, 2021-11-08T12:00."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    ):
        command = option(command)
    return _where(command)


def _workspace(rules: Path | None, facts: Path | None) -> Workspace:
    """The workspace that the options of the verb, or those before the verb, ask for."""
    from reasoner.evidence.workspace import find_workspace

    before = click.get_current_context().find_root().params
    return find_workspace(rules=rules or before.get("rules"), facts=facts or before.get("facts"))


def _open(case: str, rules: Path | None, facts: Path | None, as_of: str | None, worlds: int, seed: int) -> Inquiry:
    from reasoner.assessment.result import Settings
    from reasoner.inquiry import open_case

    if as_of is not None and not as_of.strip():
        raise click.BadParameter("write a date, such as 2021-11-08 or 2021-11-08T12:00", param_hint="--as-of")
    blocks = -(-worlds // SMALLEST_SAMPLE) * SMALLEST_SAMPLE
    return open_case(case, _workspace(rules, facts), as_of, Settings(blocks, seed))


def _print(text: str, err: bool = False) -> None:
    """Print text from files: nothing in it reaches the terminal as a control code."""
    from reasoner.exchange.plain_text import visible

    click.echo("\n".join(visible(line) for line in text.split("\n")), err=err)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ascribe", message="%(prog)s %(version)s")
@_where
@click.pass_context
def cli(context: click.Context, rules: Path | None, facts: Path | None) -> None:
    """Say who was behind an incident, and why.

    Without a verb: the terminal UI, or the list of cases where there is no terminal.
    """
    if context.invoked_subcommand is not None:
        return
    workspace = _workspace(rules, facts)
    if _on_a_terminal():
        from tui.app import run

        run(workspace)
        return
    _list_cases(workspace)
    click.echo("\nNext: ascribe rank CASE · ascribe why CASE · ascribe --help", err=True)


def _on_a_terminal() -> bool:
    """Whether somebody sits in front of it: Textual reads stdin and draws on stderr."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _list_cases(workspace: Workspace) -> None:
    from reasoner.evidence.loading import case_summaries

    summaries = case_summaries(workspace)
    if not summaries:
        from reasoner.documents import shown_path

        click.echo(f"No cases in {shown_path(workspace.facts)}. Start one with: ascribe new CASE", err=True)
        return
    column = max(len(summary.id) for summary in summaries)
    for summary in summaries:
        _print(f"{summary.id:<{column}}  {summary.date or '':<10}  {summary.title}")


@cli.command()
@_where
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def cases(rules: Path | None, facts: Path | None, as_json: bool) -> None:
    """List the cases there are."""
    workspace = _workspace(rules, facts)
    if not as_json:
        _list_cases(workspace)
        return
    from reasoner.evidence.loading import case_summaries

    rows = [{"case": row.id, "title": row.title, "date": row.date} for row in case_summaries(workspace)]
    _print_json({"cases": rows})


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Make a workspace: a folder with rules and facts of your own, copied from the shipped ones."""
    from reasoner.evidence.workspace import init_workspace

    workspace = init_workspace(directory)
    click.echo(f"A workspace with the shipped rules and facts: {workspace.rules.parent}", err=True)
    click.echo(f"Next: cd {shlex.quote(str(directory))} && ascribe new my_case", err=True)


@cli.command()
@click.argument("case")
@_where
def new(case: str, rules: Path | None, facts: Path | None) -> None:
    """Write a commented case file to fill in."""
    from reasoner.evidence.template import new_case

    path = new_case(_workspace(rules, facts), case)
    click.echo(path)
    click.echo(f"Fill it in, then: ascribe check {shlex.quote(str(path))} && ascribe rank {case}", err=True)


@cli.command()
@click.argument("case")
@_reasoning
def rank(
    case: str, rules: Path | None, facts: Path | None, as_of: str | None, as_json: bool, worlds: int, seed: int
) -> None:
    """Rank the hypotheses of a case, role by role."""
    inquiry = _open(case, rules, facts, as_of, worlds, seed)
    found = inquiry.assessment
    if as_json:
        from reasoner.exchange.ranking_json import rankings_json

        _print_json(rankings_json(inquiry.base.case.id, as_of, found.worlds, found.rankings))
        return
    from reasoner.exchange.layout import page_width
    from reasoner.exchange.ranking_text import next_step, rankings_text

    _print(rankings_text(found, page_width()))
    step = next_step(inquiry.base.case.id, found.rankings)
    if step:
        click.echo(f"\nNext: {step}", err=True)


@cli.command()
@click.argument("case")
@click.argument("actor", required=False)
@click.option("--role", help="perpetrator (default), sponsor, supplier, or another the rule base declares.")
@click.option("--depth", type=click.IntRange(0), help="How many rules deep to go; all the way where not given.")
@click.option("--markdown", is_flag=True, help="Print Markdown.")
@_reasoning
def why(
    case: str,
    actor: str | None,
    role: str | None,
    depth: int | None,
    markdown: bool,
    rules: Path | None,
    facts: Path | None,
    as_of: str | None,
    as_json: bool,
    worlds: int,
    seed: int,
) -> None:
    """Show the reasoning chain behind a hypothesis (whoever leads, where no actor is given)."""
    if markdown and as_json:
        raise click.UsageError("--json and --markdown exclude each other")
    chain = _open(case, rules, facts, as_of, worlds, seed).why(actor, role, depth)
    if as_json:
        from reasoner.exchange.chain_json import chain_json

        _print_json(chain_json(chain))
    elif markdown:
        from reasoner.exchange.chain_markdown import chain_markdown

        _print(chain_markdown(chain).rstrip("\n"))
    else:
        from reasoner.exchange.chain_text import chain_text
        from reasoner.exchange.layout import page_width

        _print(chain_text(chain, page_width()))


@cli.command()
@click.argument("query")
@click.option("--case", required=False, help="The case to ask; all cases where not given.")
@_reasoning
def query(
    query: str,
    case: str | None,
    rules: Path | None,
    facts: Path | None,
    as_of: str | None,
    as_json: bool,
    worlds: int,
    seed: int,
) -> None:
    """Ask for everything that matches, as 'means(I, A, W), not scarce(W)', with its probability."""
    from reasoner.evidence.loading import case_summaries
    from reasoner.exchange.layout import counted
    from reasoner.exchange.query_text import answers_json, answers_text
    from reasoner.inquiry import merged

    asked = [case] if case else [summary.id for summary in case_summaries(_workspace(rules, facts))]
    answers = merged(asked, lambda name: _open(name, rules, facts, as_of, worlds, seed).query(query))
    if as_json:
        _print_json(answers_json(answers))
        return
    _print(answers_text(answers))
    click.echo(f"{counted(len(answers), 'answer')}.", err=True)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_where
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(paths: tuple[Path, ...], rules: Path | None, facts: Path | None, as_json: bool) -> None:
    """Find every problem in rule and fact files (those of the workspace, where no path is given)."""
    from reasoner.exchange.layout import counted
    from reasoner.exchange.problems_json import problems_json
    from reasoner.problems import render_all
    from reasoner.proofreading import check_files

    checked, problems = check_files(_workspace(rules, facts), paths)
    if as_json:
        _print_json(problems_json(problems))
    elif problems:
        _print(render_all(problems))
    else:
        click.echo(f"No problems in {counted(len(checked), 'file')}.", err=True)
    if problems:
        raise SystemExit(1)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_where
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 where something would change.")
def fmt(paths: tuple[Path, ...], rules: Path | None, facts: Path | None, only_check: bool) -> None:
    """Put rule files (those of the workspace, where no path is given) into the canonical layout."""
    from reasoner.exchange.layout import counted
    from reasoner.proofreading import format_files

    changed = format_files(_workspace(rules, facts), paths, write=not only_check)
    for path in changed:
        click.echo(path)
    verb = "would change" if only_check else "changed"
    click.echo(f"{counted(len(changed), 'file')} {verb}.", err=True)
    if only_check and changed:
        raise SystemExit(1)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_where
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def test(paths: tuple[Path, ...], rules: Path | None, facts: Path | None, as_json: bool) -> None:
    """Run scenario tests (*.scenario.yaml under the paths, or under the current folder)."""
    from reasoner.exchange.layout import counted
    from reasoner.scenarios import Bench, find_scenarios

    bench = Bench(_workspace(rules, facts) if rules or facts else None)
    files = find_scenarios(paths or (Path(),))
    bench.check(files)
    rows: list[dict[str, object]] = []
    for path in files:
        failures = bench.run(path)
        rows.append({"scenario": str(path), "passed": not failures, "failures": list(failures)})
        if not as_json:
            _print(f"{'failed' if failures else 'passed'}  {path}")
            for failure in failures:
                _print("\n".join(f"    {line}" for line in failure.split("\n")))
    failed = sum(not row["passed"] for row in rows)
    if as_json:
        _print_json({"scenarios": rows, "passed": len(rows) - failed, "failed": failed})
    else:
        click.echo(f"{counted(len(rows), 'scenario')}: {len(rows) - failed} passed, {failed} failed.", err=True)
    if failed:
        raise SystemExit(1)


GARBAGE = 20_000
"""New objects between two collections of garbage: a short call leaves hardly any, and looking for it costs 15 ms."""


def _start_quickly() -> None:
    """Spare a process that lives for a fraction of a second what only long or large ones need."""
    gc.set_threshold(GARBAGE)
    # numpy would start a thread per core for matrices, which are never multiplied here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command line; bad input ends with its problems on stderr and exit code 2."""
    from reasoner.problems import InputError, render_all

    _start_quickly()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a character shows another in its place rather than nothing at all.
            stream.reconfigure(errors="replace")
    try:
        cli(prog_name="ascribe", standalone_mode=False)
    except InputError as error:
        _print(render_all(error.problems), err=True)
        sys.exit(2)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        click.echo(f"{error.filename or 'ascribe'}: {error.strerror or error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
