"""The verb that measures rankings against accepted answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reasoner.cli.options import Asked, answer, as_json, as_markdown, one_form, reasoning, say

if TYPE_CHECKING:
    from reasoner.inquiry import Inquiry
    from reasoner.scoring.truth import Truth

DRAWS = 200
"""How often facts are drawn where nothing else is asked for."""


@click.command()
@click.argument("cases", nargs=-1)
@click.option(
    "--truth",
    "truth_file",
    type=click.Path(path_type=Path),
    required=True,
    help="YAML file with the accepted answers: case → {perpetrator: {accept: [...], reject: [...]}, expected: ...}.",
)
@click.option("--cap", type=click.IntRange(1), help="Keep at most so many reported facts a candidate, drawn by lot.")
@click.option("--draws", type=click.IntRange(2, 100_000), help="How often to draw them.  [default: 200]")
@click.option("--without-naming", is_flag=True, help="Leave out facts that name somebody outright: claims, blame …")
@as_markdown
@as_json
@reasoning
def score(
    cases: tuple[str, ...],
    truth_file: Path,
    cap: int | None,
    draws: int | None,
    without_naming: bool,
    asked: Asked,
    as_json: bool,
    as_markdown: bool,
) -> None:
    """Score rankings against accepted answers, beside naive baselines (all cases of the file, unless named)."""
    one_form(as_json, as_markdown)
    if draws is not None and cap is None:
        raise click.UsageError("--draws goes with --cap: without a cap there is nothing to draw")
    from reasoner.scoring.score_json import scores_json
    from reasoner.scoring.score_page import score_page
    from reasoner.scoring.scorecard import Terms, scorecards
    from reasoner.scoring.truth import read_truth

    terms = Terms(cap, (draws or DRAWS) if cap else 1, not without_naming, asked.seed)
    truth = read_truth(truth_file).chosen(cases)
    opened = {case: asked.open(case) for case in truth.answers}
    _check_names(truth, opened)
    with click.progressbar(
        length=len(truth.answers) * terms.draws, label="Scoring", file=sys.stderr, hidden=terms.draws == 1
    ) as progress:
        # What is popped is let go of once its case is scored.
        cards = scorecards(truth.answers, tuple(truth.answers), opened.pop, terms, lambda: progress.update(1))
    answer(lambda: score_page(cards), lambda: scores_json(cards), as_json, as_markdown)


def _check_names(truth: Truth, opened: Mapping[str, Inquiry]) -> None:
    """Refuse misspelt names, and say which others a case does not know."""
    from reasoner.problems import InputError, render

    misspelt = [each for case, inquiry in opened.items() for each in truth.misspelt(case, inquiry.base)]
    if misspelt:
        raise InputError(misspelt)
    for case, inquiry in opened.items():
        for stranger in truth.strangers(case, inquiry.base):
            say(render(stranger), err=True)
