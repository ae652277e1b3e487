"""The verbs that work on files: proofreading, layout, scenario tests."""

from __future__ import annotations

from pathlib import Path

import click

from reasoner.cli.options import as_json, say, say_json, where, workspace_of


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@where
@as_json
def check(paths: tuple[Path, ...], rules: Path | None, facts: Path | None, as_json: bool) -> None:
    """Find every problem in rule and fact files (those of the workspace, where no path is given)."""
    from reasoner.exchange.layout import counted
    from reasoner.exchange.problems_json import problems_json
    from reasoner.problems import render_all
    from reasoner.proofreading import check_files

    checked, problems = check_files(workspace_of(rules, facts), paths)
    if as_json:
        say_json(problems_json(problems))
    elif problems:
        say(render_all(problems))
    else:
        click.echo(f"No problems in {counted(len(checked), 'file')}.", err=True)
    if problems:
        raise SystemExit(1)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@where
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 where something would change.")
def fmt(paths: tuple[Path, ...], rules: Path | None, facts: Path | None, only_check: bool) -> None:
    """Put rule files (those of the workspace, where no path is given) into the canonical layout."""
    from reasoner.exchange.layout import counted
    from reasoner.proofreading import format_files

    changed = format_files(workspace_of(rules, facts), paths, write=not only_check)
    for path in changed:
        click.echo(path)
    verb = "would change" if only_check else "changed"
    click.echo(f"{counted(len(changed), 'file')} {verb}.", err=True)
    if only_check and changed:
        raise SystemExit(1)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@where
@as_json
def test(paths: tuple[Path, ...], rules: Path | None, facts: Path | None, as_json: bool) -> None:
    """Run scenario tests (*.scenario.yaml under the paths, or under the current folder)."""
    from reasoner.exchange.layout import counted
    from reasoner.scenarios import Bench, find_scenarios

    bench = Bench(workspace_of(rules, facts) if rules or facts else None)
    files = find_scenarios(paths or (Path(),))
    bench.check(files)
    rows: list[dict[str, object]] = []
    for path in files:
        failures = bench.run(path)
        rows.append({"scenario": str(path), "passed": not failures, "failures": list(failures)})
        if not as_json:
            say(f"{'failed' if failures else 'passed'}  {path}")
            for failure in failures:
                say("\n".join(f"    {line}" for line in failure.split("\n")))
    failed = sum(not row["passed"] for row in rows)
    if as_json:
        say_json({"scenarios": rows, "passed": len(rows) - failed, "failed": failed})
    else:
        click.echo(f"{counted(len(rows), 'scenario')}: {len(rows) - failed} passed, {failed} failed.", err=True)
    if failed:
        raise SystemExit(1)
