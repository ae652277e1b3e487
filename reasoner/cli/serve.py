"""The verb that shows the terminal UI in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from reasoner.cli.options import where, workspace_of

MISSING = "serving in a browser needs the library textual-serve: pip install 'ascribe[serve]'"
READ_ONLY = "--edit: these are the files that came with ascribe, read-only; `ascribe init DIR` copies them to edit"


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Port to serve on; 0: any."
)
@click.option("--edit", is_flag=True, help="Let visitors change rules and facts; without it they only read.")
@where
def serve(port: int, edit: bool, rules: Path | None, facts: Path | None) -> None:
    """Show the terminal UI in a browser on this machine, until interrupted."""
    workspace = workspace_of(rules, facts)
    if edit and not workspace.writable:
        raise click.UsageError(READ_ONLY)
    try:
        from tui.serving.server import serve as serve_until_interrupted
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in ("reasoner", "tui"):
            raise
        raise click.UsageError(MISSING) from None

    def say(address: str) -> None:
        click.echo(address)
        may = "read every case, and change rules and facts" if edit else "read every case; nobody can change anything"
        click.echo(f"Whoever has this address and is on this machine may {may}. Ctrl+C ends it.", err=True)

    serve_until_interrupted(workspace, port, edit, say)
    click.echo("Ended, with all visits.", err=True)
