"""The keys of the terminal UI, and what each of them does."""

from __future__ import annotations

import click

from reasoner.cli.options import answer, as_json, as_markdown, say


@click.command()
@as_json
@as_markdown
def keys(as_json: bool, as_markdown: bool) -> None:
    """List what one can do on the screen, by which keys; a file of your own gives other keys."""
    from reasoner.problems import render_all
    from tui.key_file import read_keys
    from tui.keys_page import keys_json, keys_page

    found, problems = read_keys()
    answer(lambda: keys_page(found), lambda: keys_json(found), as_json, as_markdown)
    if problems:
        say(render_all(problems), err=True)
        raise SystemExit(2)
