"""When each incident happened, and what of the dated background holds of it.

``incident("case", occurred, season)`` and ``season_fact``, ``season_draw``, ``refined`` for each season: the dated
background as it stands for the incidents that fall into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.evidence.moments import holds_at, read_moment
from reasoner.feed.backdrop import Backdrop, Season
from reasoner.feed.database import Workbench
from reasoner.feed.numbering import numbers_of
from reasoner.language.vocabulary import Vocabulary
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import Constant


def date_incidents(bench: Workbench, backdrop: Backdrop) -> list[Season]:
    """Make ``dated``; the seasons by their numbers."""
    vocabulary = backdrop.vocabulary
    background = list(backdrop.occurrences())
    bench.run(
        "CREATE OR REPLACE TABLE background_date AS SELECT unnest(CAST(? AS VARCHAR[])) AS name,"
        " unnest(CAST(? AS VARCHAR[])) AS occurred",
        [[name for name, _ in background], [date for _, date in background]],
    )
    bench.run(
        f"""
        CREATE OR REPLACE TABLE dated AS
        WITH stated AS ({_dates(vocabulary)}),
        best AS (SELECT "case", arg_max(text, (share, -value)) AS occurred FROM stated GROUP BY "case")
        SELECT i.code AS "case", coalesce(best.occurred, b.occurred) AS occurred
        FROM (SELECT DISTINCT code FROM incident_code WHERE flaw IS NULL) i
        LEFT JOIN best ON best."case" = i.code
        LEFT JOIN store.constant c ON c.code = i.code
        LEFT JOIN background_date b ON b.name = c.text
        """
    )
    return _seasons(bench, backdrop)


def _dates(vocabulary: Vocabulary) -> str:
    """The dates stated of each incident, with the share of each: as `evidence.dating.best_date` compares them."""
    predicate = vocabulary.predicates.get("occurred")
    if predicate is None or predicate.arity < 2:
        return 'SELECT NULL::INTEGER AS "case", NULL AS text, 0.0 AS share, 0 AS value WHERE false'
    number = numbers_of(vocabulary)["occurred"]
    share = "alone"
    if predicate.functional:
        share = (
            "CASE WHEN bool_or(certain) OVER slot THEN CASE WHEN certain THEN 1.0 ELSE 0.0 END"
            " WHEN count(*) OVER slot = 1 THEN alone"
            " ELSE (alone / (1 - alone)) / (1 + sum(alone / (1 - alone)) OVER slot) END"
        )
    return (
        f'SELECT "case", c.text, {share} AS share, w.a1 AS value FROM weighed w '
        f"JOIN store.constant c ON c.code = w.a1 AND c.quoted "
        f'WHERE w.predicate = {number} AND w.a0 = w."case" AND w.alone > 0 '
        'WINDOW slot AS (PARTITION BY "case")'
    )


def _seasons(bench: Workbench, backdrop: Backdrop) -> list[Season]:
    """Make ``incident``: each with the season it falls into."""
    bounded = backdrop.bounded()
    numbers: dict[tuple[bool, ...], int] = {}
    seasons: list[Season] = []
    dates: dict[str | None, int] = {}
    for (date,) in bench.run("SELECT DISTINCT occurred FROM dated ORDER BY occurred"):
        moment = read_moment(date) if date is not None else None
        held = tuple(holds_at(moment, each.since, each.until) for each in bounded)
        if held not in numbers:
            stop_if_unwanted()
            numbers[held] = len(seasons)
            seasons.append(backdrop.season(moment))
        dates[date] = numbers[held]
    bench.run(
        'CREATE OR REPLACE TABLE incident AS SELECT d."case", d.occurred, s.season FROM dated d JOIN'
        " (SELECT unnest(CAST(? AS VARCHAR[])) AS occurred, unnest(CAST(? AS INTEGER[])) AS season) s"
        ' ON s.occurred IS NOT DISTINCT FROM d.occurred ORDER BY d."case"',
        [list(dates), list(dates.values())],
    )
    return seasons


def refined_pairs(seasons: Iterable[Season]) -> Iterator[tuple[int, dict[Constant, set[Constant]]]]:
    """For each season, each value with all that it refines."""
    known: dict[frozenset[tuple[Constant, Constant]], dict[Constant, set[Constant]]] = {}
    for number, season in enumerate(seasons):
        if season.refined not in known:
            known[season.refined] = _closed(season.refined)
        yield number, known[season.refined]


def _closed(pairs: Iterable[tuple[Constant, Constant]]) -> dict[Constant, set[Constant]]:
    """Each narrower value with all the wider ones that steps lead to."""
    onward: dict[Constant, list[Constant]] = {}
    for narrow, broad in pairs:
        onward.setdefault(narrow, []).append(broad)
    return {start: _reached(start, onward) for start in onward}


def _reached(start: Constant, onward: dict[Constant, list[Constant]]) -> set[Constant]:
    seen: set[Constant] = set()
    waiting = [start]
    while waiting:
        for target in onward.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen - {start}
