"""The credence of each atom before rivals, as `reasoner.evidence.credence` gives it.

``weighed("case", predicate, a0 …, certain, alone)``. Weights are summed as whole numbers of 2^-56 nats, so that a
credence is the same in whatever order its reports come.
"""

from __future__ import annotations

from collections.abc import Mapping as Table

from reasoner.evidence.base import Source
from reasoner.evidence.credence import FURTHEST, weight
from reasoner.evidence.sources import chain, effective_letter
from reasoner.feed.coding import stored_coding
from reasoner.feed.database import Workbench
from reasoner.feed.numbering import REPORTED
from reasoner.language.vocabulary import Scales

FINENESS = 2.0**56
"""Parts of a nat in which weights are summed."""

EARLIEST = -62_135_596_800_000_000
"""The instant of a report without a date: `reasoner.evidence.moments.EARLIEST`, in microseconds."""


def grade(bench: Workbench, sources: Table[str, Source], scales: Scales, names: list[str]) -> None:
    """Make ``grade(source, letter)``, ``lowered(stated, letter)`` and ``worth(letter, digit, weight)``.

    ``lowered`` holds the letters of the statements that name somebody in whom their source has an interest.
    """
    ids = sorted(sources)
    letters = [effective_letter(source, sources, (), scales) for source in ids]
    bench.run(
        "CREATE TABLE grade AS SELECT s.code AS source, s.root, g.letter FROM store.source s"
        " JOIN (SELECT unnest(?) AS id, unnest(?) AS letter) g USING (id)",
        [ids, letters],
    )
    pairs = [(letter, digit) for letter in scales.letters for digit in scales.digits]
    weights = [round(weight(letter, digit, scales) * FINENESS) for letter, digit in pairs]
    bench.run(
        "CREATE TABLE worth AS SELECT unnest(?) AS letter, CAST(unnest(?) AS TINYINT) AS digit,"
        " CAST(unnest(?) AS BIGINT) AS weight",
        [[letter for letter, _ in pairs], [digit for _, digit in pairs], weights],
    )
    _lower(bench, sources, scales, names)


def _interests(sources: Table[str, Source]) -> dict[str, set[str]]:
    """The sources in whose chain somebody has an interest, each with the actors."""
    found = {
        source: {actor for link in chain(source, sources) for actor in sources[link].interest} for source in sources
    }
    return {source: actors for source, actors in found.items() if actors}


def _lower(bench: Workbench, sources: Table[str, Source], scales: Scales, names: list[str]) -> None:
    bench.run("CREATE TABLE lowered (stated BIGINT, letter VARCHAR)")
    interests = _interests(sources)
    if not interests:
        return
    coding = stored_coding(bench.run, {actor for actors in interests.values() for actor in actors})
    bench.run(
        "CREATE TABLE interest AS SELECT s.code AS source, i.actors FROM"
        " (SELECT unnest(?) AS id, unnest(?) AS actors) i JOIN store.source s USING (id)",
        [list(interests), [sorted(map(coding.code, actors)) for actors in interests.values()]],
    )
    bench.run(
        "CREATE TABLE concerned AS SELECT s.rowid AS stated, s.source,"
        f" list_sort(list_distinct(list_intersect([{', '.join(names)}], i.actors))) AS named"
        f" FROM stated s JOIN interest i USING (source) WHERE s.flaw IS NULL AND s.basis = {REPORTED}"
    )
    found = bench.run(_CONCERNED)
    actors = {coding.code(actor): actor for each in interests.values() for actor in each}
    letters = [
        effective_letter(source, sources, {actors[each] for each in named}, scales) for source, _, named in found
    ]
    if found:
        bench.run(
            "INSERT INTO lowered SELECT c.stated, l.letter FROM concerned c JOIN"
            " (SELECT unnest(?) AS source, unnest(?) AS named, unnest(?) AS letter) l"
            " ON l.source = c.source AND l.named = c.named",
            [[code for _, code, _ in found], [named for _, _, named in found], letters],
        )


_CONCERNED = """
SELECT DISTINCT s.id, c.source, c.named FROM concerned c JOIN store.source s ON s.code = c.source
WHERE len(c.named) > 0
"""
"""Which sources report on whom in whose blame they have an interest."""


def weigh(bench: Workbench, names: list[str]) -> None:
    """Make ``weighed``, of all statements without a flaw."""
    numbers = {"fineness": FINENESS, "furthest": FURTHEST, "earliest": EARLIEST, "reported": REPORTED}
    bench.run(_WEIGHED.format(arguments=", ".join(names), **numbers))


_WEIGHED = """
CREATE OR REPLACE TABLE weighed AS
WITH said AS (
  SELECT s."case", s.predicate, {arguments}, g.root,
         coalesce(instant(s.date), {earliest}) * 2 + CAST(s.denies AS BIGINT) AS moment, s.denies, w.weight
  FROM stated s JOIN grade g USING (source)
  LEFT JOIN lowered l ON l.stated = s.rowid
  JOIN worth w ON w.letter = coalesce(l.letter, g.letter) AND w.digit = s.credibility
  WHERE s.flaw IS NULL AND s.basis = {reported}),
by_origin AS (
  SELECT "case", predicate, {arguments}, root, max(moment) & 1 AS denied,
         max(weight) FILTER (NOT denies) AS affirming, max(weight) FILTER (denies) AS denying
  FROM said GROUP BY ALL),
summed AS (
  SELECT "case", predicate, {arguments}, false AS certain,
         coalesce(sum(affirming) FILTER (denied = 0 AND affirming > 0),
                  max(affirming) FILTER (denied = 0)) AS up,
         coalesce(sum(denying) FILTER (denied = 1 AND denying > 0), 0) AS down
  FROM by_origin GROUP BY "case", predicate, {arguments}
  UNION ALL
  SELECT DISTINCT "case", predicate, {arguments}, true, NULL, NULL FROM stated
  WHERE flaw IS NULL AND basis <> {reported}),
merged AS (
  SELECT "case", predicate, {arguments}, bool_or(certain) AS certain,
         CAST(any_value(up) AS DOUBLE) / {fineness!r} - CAST(any_value(down) AS DOUBLE) / {fineness!r} AS odds
  FROM summed GROUP BY "case", predicate, {arguments})
SELECT "case", predicate, {arguments}, certain, CASE
    WHEN certain THEN 1.0
    WHEN odds IS NULL THEN 0.0
    ELSE 1 / (1 + exp(-greatest(-{furthest!r}, least({furthest!r}, odds)))) END AS alone
FROM merged ORDER BY "case", predicate, {arguments}
"""
