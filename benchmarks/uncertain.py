"""Times every question on random cases with 30, 60, 120 and 240 uncertain facts, beside ProbLog on the same case.

Run with ``python benchmarks/uncertain.py`` from the checkout; ``--help`` tells its options. There are 10 cases of each
size, 4 of 240. No answer is to take over 2 s.

*Rank* goes from the files, rules not yet read, to the rankings of all roles; every other question from a ranked case to
its whole answer. ProbLog is asked for the exact probability of every line, prior and exclusion, which is less than a
ranking; it has 20 s, from its program's text on, in a process of its own. ``--processor`` counts seconds of the
processor instead of the clock's, for a machine that is busy with something else.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from random_cases import CASE, random_case

from reasoner.evidence.workspace import Workspace
from reasoner.exchange.chain_json import chain_json
from reasoner.exchange.compare_json import compare_json
from reasoner.exchange.missing_json import missing_json
from reasoner.exchange.what_if_json import what_if_json
from reasoner.exchange.why_not_json import why_not_json
from reasoner.explanation.changes import Changes
from reasoner.inquiry import Inquiry, open_case
from reasoner.language.vocabulary import OTHER

GOAL = 2.0
"""Seconds that no answer may take."""

PROBLOG_LIMIT = 20.0
CASES: Mapping[int, int] = {30: 10, 60: 10, 120: 10, 240: 4}
WEIGHING = ("supports", "opposes", "prior", "excludes")

Question = Callable[[Inquiry], object]


def _two(inquiry: Inquiry) -> tuple[str, str]:
    """The two likeliest of those on the list."""
    first, second, *_ = (row.actor for row in inquiry.ranking().hypotheses if row.actor != OTHER)
    return first, second


def _doubtful(inquiry: Inquiry) -> str:
    """The fact most in doubt."""
    facts = [fact for fact in inquiry.base.facts.values() if not fact.certain and fact.credence > 0]
    return str(min(facts, key=lambda fact: (abs(fact.credence - 0.5), str(fact.atom))).atom)


QUESTIONS: Mapping[str, Question] = {
    "why": lambda inquiry: chain_json(inquiry.why()),
    "compare": lambda inquiry: compare_json(inquiry.compare(*_two(inquiry))),
    "why-not": lambda inquiry: why_not_json(inquiry.why_not(_two(inquiry)[1], against=_two(inquiry)[0])),
    "what-if": lambda inquiry: what_if_json(inquiry.what_if(Changes(retract=(_doubtful(inquiry),)))),
    "missing": lambda inquiry: missing_json(CASE, inquiry.missing()),
    "matrix": lambda inquiry: inquiry.matrix(),
    "linchpins": lambda inquiry: inquiry.linchpins(),
    "timeline": lambda inquiry: inquiry.timeline(),
}


@dataclass
class Size:
    """What was measured on the cases of one size: seconds by question, and ProbLog's, None past its limit."""

    uncertain: int
    ours: dict[str, list[float]] = field(default_factory=dict)
    problog: list[float | None] = field(default_factory=list)

    def add(self, question: str, seconds: float) -> None:
        """One more measurement."""
        self.ours.setdefault(question, []).append(seconds)

    def rows(self) -> Iterable[dict[str, object]]:
        """One row a question, and ProbLog's."""
        for question, seconds in self.ours.items():
            most = max(seconds)
            yield self._row(question, seconds, len(seconds)) | {"met": most <= GOAL}
        solved = [seconds for seconds in self.problog if seconds is not None]
        if self.problog:
            yield self._row("ProbLog, every line's probability", solved, len(self.problog)) | {"solved": len(solved)}

    def _row(self, question: str, seconds: Sequence[float], cases: int) -> dict[str, object]:
        median = statistics.median(seconds) if seconds else None
        most = max(seconds, default=None)
        return {"uncertain": self.uncertain, "question": question, "cases": cases, "median": median, "max": most}


def measured(uncertain: int, cases: int, seed: str, figures: bool, clock: Callable[[], float], limit: float) -> Size:
    """All questions on so many random cases of one size."""
    size = Size(uncertain)
    for number in range(cases):
        print(f"{uncertain} uncertain facts: case {number + 1} of {cases}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            rng = Random(f"{seed} {uncertain} {number}")
            inquiry = _asked(random_case(Path(folder) / "case", rng, uncertain, figures), size, clock)
            if limit and not figures:
                size.problog.append(_problog(inquiry, limit))
    return size


def _asked(workspace: Workspace, size: Size, clock: Callable[[], float]) -> Inquiry:
    inquiry = _timed("rank", size, clock, lambda: _ranked(workspace))
    for name, ask in QUESTIONS.items():
        _timed(name, size, clock, lambda ask=ask: ask(inquiry))
    return inquiry


def _ranked(workspace: Workspace) -> Inquiry:
    inquiry = open_case(CASE, workspace)
    assert inquiry.rankings
    return inquiry


def _timed(name: str, size: Size, clock: Callable[[], float], call: Callable[[], Inquiry]) -> Inquiry:
    begun = clock()
    answer = call()
    size.add(name, clock() - begun)
    return answer


def _problog(inquiry: Inquiry, limit: float) -> float | None:
    from tests.problog_oracle import model, within

    solved = within(model(inquiry.program.rules, inquiry.base, WEIGHING), limit)
    return None if solved is None else solved.seconds


def table(rows: Iterable[Mapping[str, object]]) -> Iterable[str]:
    """The rows as a Markdown table, in milliseconds."""
    yield "| uncertain facts | question | cases | median | slowest | |"
    yield "| ---: | --- | ---: | ---: | ---: | --- |"
    for row in rows:
        median, most = (_milliseconds(row[name]) for name in ("median", "max"))
        verdict = f"{row['solved']} of {row['cases']} in time" if "solved" in row else "met" if row["met"] else "missed"
        yield f"| {row['uncertain']} | {row['question']} | {row['cases']} | {median} | {most} | {verdict} |"


def _milliseconds(seconds: object) -> str:
    return f"{1000 * seconds:,.0f}" if isinstance(seconds, float) else "–"


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=list(CASES))
    options.add_argument("--cases", type=int, help="of each size; else 10, and 4 of 240")
    options.add_argument("--seed", default="0")
    options.add_argument("--problog", type=float, default=PROBLOG_LIMIT, help="seconds for ProbLog; 0 leaves it out")
    options.add_argument("--figures", action="store_true", help="rules with aggregates, which ProbLog can't say")
    options.add_argument("--processor", action="store_true")
    options.add_argument("--json", action="store_true", dest="as_json")
    given = options.parse_args()
    os.environ["ASCRIBE_CACHE"] = "off"
    clock = time.process_time if given.processor else time.perf_counter
    sizes = [
        measured(n, given.cases or CASES.get(n, 4), given.seed, given.figures, clock, given.problog)
        for n in given.sizes
    ]
    rows = [row for size in sizes for row in size.rows()]
    print(json.dumps(rows, indent=2) if given.as_json else "\n".join(table(rows)))


if __name__ == "__main__":
    main()
