"""What the verbs share: their options, opening a case, and printing an answer safely."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from reasoner.evidence.workspace import Workspace
    from reasoner.exchange.page import Page
    from reasoner.inquiry import Inquiry

Command = TypeVar("Command", bound=Callable[..., Any])

A_DATE = "write a date, such as 2021-11-08 or 2021-11-08T12:00"

SMALLEST_SAMPLE = 1_024
"""Fewest sampled worlds: 16 blocks of 64."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a verb was asked to reason: in which workspace, as known when, over how many worlds, under which seed."""

    rules: Path | None
    facts: Path | None
    as_of: str | None
    worlds: int
    seed: int
    bulk: Path | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace that the options ask for."""
        return workspace_of(self.rules, self.facts)

    def open(self, case: str) -> Inquiry:
        """Open a case as asked. Raises `InputError` as `open_case` does."""
        from reasoner.assessment.result import Settings
        from reasoner.inquiry import open_case

        if self.as_of is not None and not self.as_of.strip():
            raise click.BadParameter(A_DATE, param_hint="--as-of")
        if self.bulk is not None:
            return self._open_incident(case, self.bulk)
        blocks = -(-self.worlds // SMALLEST_SAMPLE) * SMALLEST_SAMPLE
        return open_case(case, self.workspace, self.as_of, Settings(blocks, self.seed))

    def _open_incident(self, case: str, folder: Path) -> Inquiry:
        need_tables("--bulk")
        from reasoner.bulk.opening import open_incident

        given = click.get_current_context().get_parameter_source
        for name in ("worlds", "seed", "as_of"):
            if given(name) is not ParameterSource.DEFAULT:
                option = f"--{name.replace('_', '-')}"
                raise click.UsageError(f"{option} does not go with --bulk: an incident is opened as its run ranked it")
        return open_incident(folder, case, self.workspace)


def need_tables(what: str, spark: bool = False) -> None:
    """Refuse what needs libraries that are not installed, those of Spark too where that is wanted."""
    from reasoner.grounding.choosing import spark_installed, tables_installed

    if spark and not spark_installed():
        raise click.UsageError(f"{what} with Spark needs more libraries, and Java: pip install 'ascribe[spark]'")
    if not tables_installed():
        raise click.UsageError(f"{what} needs the libraries duckdb and sqlglot: pip install 'ascribe[bulk]'")


def where(command: Command) -> Command:
    """Give a verb the options that say which rules and facts to use."""
    command = click.option("--facts", type=click.Path(path_type=Path), help="Folder of fact files to use instead.")(
        command
    )
    return click.option("--rules", type=click.Path(path_type=Path), help="Folder of rule files to use instead.")(
        command
    )


def of_a_run(command: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the option to take its case from a run of `ascribe bulk`; stands below `reasoning`."""

    @functools.wraps(command)
    def asking(*arguments: Any, asked: Asked, bulk: Path | None, **others: Any) -> None:
        command(*arguments, asked=replace(asked, bulk=bulk), **others)

    return click.option(
        "--bulk", type=click.Path(path_type=Path), help="Folder of an `ascribe bulk` run that the case is part of."
    )(asking)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
as_markdown = click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
role = click.option("--role", help="perpetrator (default), sponsor, supplier, or another the rule base declares.")


def reasoning(command: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options that say how to reason; they reach it as one value, ``asked``."""

    @functools.wraps(command)
    def asking(
        *arguments: Any,
        rules: Path | None,
        facts: Path | None,
        as_of: str | None,
        worlds: int,
        seed: int,
        **others: Any,
    ) -> None:
        command(*arguments, asked=Asked(rules, facts, as_of, worlds, seed), **others)

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
    ):
        asking = option(asking)
    return where(asking)


def workspace_of(rules: Path | None, facts: Path | None) -> Workspace:
    """The workspace that the options of the verb, or those before the verb, ask for."""
    from reasoner.evidence.workspace import find_workspace

    before = click.get_current_context().find_root().params
    return find_workspace(rules=rules or before.get("rules"), facts=facts or before.get("facts"))


def say(text: str, err: bool = False) -> None:
    """Print text from files: nothing in it reaches the terminal as a control code."""
    from reasoner.exchange.plain_text import visible

    click.echo("\n".join(visible(line) for line in text.split("\n")), err=err)


def say_json(value: object) -> None:
    """Print a value as JSON."""
    from reasoner.exchange.plain_text import json_text

    click.echo(json_text(value))


def one_form(as_json: bool, as_markdown: bool) -> None:
    """Refuse two forms of output at once."""
    if as_markdown and as_json:
        raise click.UsageError("--json and --markdown exclude each other")


def answer(page: Callable[[], Page], value: Callable[[], object], as_json: bool, as_markdown: bool) -> None:
    """Print an answer in the form asked for: a page as text or Markdown, or a value as JSON."""
    one_form(as_json, as_markdown)
    if as_json:
        say_json(value())
    elif as_markdown:
        from reasoner.exchange.page_markdown import page_markdown

        say(page_markdown(page()).rstrip("\n"))
    else:
        from reasoner.exchange.layout import page_width
        from reasoner.exchange.page_text import page_text

        say(page_text(page(), page_width()))
