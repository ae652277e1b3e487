"""The verb that ranks every incident of a feed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from reasoner.cli.options import need_tables, say_json, where, workspace_of

_STAGES = {
    "reading": "Reading the feed",
    "naming": "Finding out what it speaks of",
    "sources": "Reading its sources",
    "stating": "Stating its facts",
    "weighing": "Weighing its reports",
    "writing": "Keeping it in tables",
    "reports": "Keeping its reports",
    "ranking": "Ranking",
    "bringing together": "Bringing the rankings together",
}
"""What each stage does, in words; others go by without any."""

ENGINES = ("duckdb", "spark")
FORMS = ("parquet", "csv", "ndjson", "duckdb")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    required=True,
    help="YAML file that says which column is what; acled and gtd name the ones that come with ascribe.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, help="Folder for rankings and what they rest on."
)
@click.option("--top", type=click.IntRange(1), help="Keep the first so many hypotheses of each ranking.")
@click.option("--format", "form", type=click.Choice(FORMS), default="parquet", show_default=True)
@click.option(
    "--worlds",
    type=click.IntRange(16, 65_536),
    default=256,
    show_default=True,
    help="How many worlds to enumerate at most, or else to sample; rounded up to a multiple of 16.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the sampled worlds.")
@click.option("--jobs", type=click.IntRange(1), help="How many processes to use.  [default: one a processor]")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="duckdb",
    show_default=True,
    help="What grounds and ranks: processes on this machine, or Spark, for what one machine cannot hold.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
@where
def bulk(
    files: tuple[Path, ...],
    mapping: Path,
    output: Path,
    top: int | None,
    form: str,
    worlds: int,
    seed: int,
    jobs: int | None,
    engine: str,
    as_json: bool,
    rules: Path | None,
    facts: Path | None,
) -> None:
    """Rank every incident of a feed: an event database as Parquet, CSV or NDJSON.

    A run that was broken off goes on where it stopped when it is started again.

    Spark runs where its own settings say; without any, or with --jobs, on this machine, so many tasks at a time.
    """
    need_tables("ranking a feed", spark=engine == "spark")
    from reasoner.bulk.running import Asked, run
    from reasoner.exchange.layout import counted
    from reasoner.rule_base import load_rules

    workspace = workspace_of(rules, facts)
    narration = _Narration()
    asked = Asked(-(-worlds // 16) * 16, seed, top, form)
    known = load_rules(workspace)
    done = run(files, _mapping(mapping), workspace, known, output, asked, jobs, narration, engine)
    narration.end()
    refused = sum(done.rejected.values())
    if as_json:
        numbers = {"incidents": done.incidents, "ranked": done.ranked}
        say_json({**numbers, "rankings": str(done.path), "rejected": done.rejected})
        return
    click.echo(f"{done.path}")
    click.echo(f"{counted(done.ranked, 'incident')} ranked.", err=True)
    if done.ranked < done.incidents:
        more = counted(done.incidents - done.ranked, "other")
        click.echo(f"For {more} nobody is a candidate, and so there is no ranking.", err=True)
    for reason, count in sorted(done.rejected.items(), key=lambda each: (-each[1], each[0])):
        click.echo(f"  {count:,} × {reason}", err=True)
    if refused:
        click.echo(f"{refused:,} rows or facts of rows could not be used: see {done.rejects}", err=True)
    click.echo(f"Next: ascribe why CASE ACTOR --bulk {output}", err=True)


def _mapping(named: Path) -> Path:
    """The mapping file; one that comes with ascribe may go by its name."""
    from reasoner.feed import LAYOUTS

    shipped = LAYOUTS / f"{named}.feed.yaml"
    return shipped if not named.exists() and named.name == str(named) and shipped.exists() else named


class _Narration:
    """Tells on stderr how far a run is, at what rate, and how long it will take; a line that is drawn over and over."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = time.monotonic()
        self._first = 0
        self._terminal = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in _STAGES:
            return
        fresh = stage != self._stage
        if fresh:
            self.end()
            self._stage, self._began, self._first = stage, time.monotonic(), done
        if self._terminal:
            click.echo(f"\r\033[K{self._line(done, total)}", nl=False, err=True)
        elif fresh:
            click.echo(f"{_STAGES[stage]} …", err=True)

    def end(self) -> None:
        """Leave the line."""
        if self._stage and self._terminal:
            click.echo(err=True)

    def _line(self, done: int, total: int) -> str:
        said = _STAGES[self._stage]
        if self._stage != "ranking":
            return f"{said} … {done} of {total}" if total > 1 else f"{said} …"
        line = f"{said}: {_bar(done / max(total, 1))} {done:,} of {total:,}"
        passed, gone = done - self._first, time.monotonic() - self._began
        if passed <= 0 or gone <= 0 or done >= total:
            return line
        rate = passed / gone
        return f"{line} · {rate:,.0f}/s · {(total - done) / rate:,.0f} s left"


def _bar(share: float) -> str:
    """A bar of twenty columns."""
    full = round(share * 20)
    return "█" * full + "░" * (20 - full)
