"""The command line. Data goes to stdout, narration and problems to stderr; exit codes are 0 done, 1 no, 2 bad input.

Nothing heavy is imported before a verb needs it.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from reasoner.cli import (
    answers,
    bulk,
    cases,
    compare,
    files,
    keys,
    linchpins,
    matrix,
    missing,
    score,
    serve,
    sources,
    timeline,
    what_if,
    why_not,
)
from reasoner.cli.options import say, where, workspace_of
from reasoner.cli.streams import outlive_readers


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ascribe", message="%(prog)s %(version)s")
@where
@click.pass_context
def cli(context: click.Context, rules: Path | None, facts: Path | None) -> None:
    """Say who was behind an incident, and why.

    Without a verb: the terminal UI, or the list of cases where there is no terminal.
    """
    if context.invoked_subcommand is not None:
        return
    workspace = workspace_of(rules, facts)
    if _on_a_terminal():
        from tui.app import run

        run(workspace)
        return
    cases.list_cases(workspace)
    click.echo("\nNext: ascribe rank CASE · ascribe why CASE · ascribe --help", err=True)


def _on_a_terminal() -> bool:
    """Whether somebody sits in front of it: Textual reads stdin and draws on stderr."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


for verb in (
    cases.cases,
    cases.init,
    cases.new,
    answers.rank,
    answers.why,
    what_if.what_if,
    linchpins.linchpins,
    sources.sources,
    why_not.why_not,
    missing.missing,
    answers.query,
    compare.compare,
    matrix.matrix,
    timeline.timeline,
    files.check,
    files.fmt,
    files.test,
    keys.keys,
    score.score,
    serve.serve,
    bulk.bulk,
):
    cli.add_command(verb)


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
    outlive_readers()
    try:
        cli(prog_name="ascribe", standalone_mode=False)
    except InputError as error:
        say(render_all(error.problems), err=True)
        sys.exit(2)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(130)
    except OSError as error:
        click.echo(f"{error.filename or 'ascribe'}: {error.strerror or error}", err=True)
        sys.exit(2)
