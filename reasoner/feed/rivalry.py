"""Values that exclude each other, as `reasoner.evidence.rivals` weighs them, for all incidents at once.

``settled("case", predicate, a0 …, certain, credence, atom, lead, place, share, within, slot)``: each atom with its
credence. ``atom`` numbers the atoms of an incident; ``lead`` is the number by which the draw of one that is drawn is
known, ``place`` its place in it, ``within`` the number of the atom that its draw lies within, and ``slot`` whether the
draw is named after the slot.
"""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.feed.backdrop import Backdrop, Season
from reasoner.feed.coding import stored_coding
from reasoner.feed.database import Workbench
from reasoner.feed.numbering import NONE, predicates_of
from reasoner.feed.timing import refined_pairs
from reasoner.limits import Limits


def group_rivals(bench: Workbench, backdrop: Backdrop, seasons: Sequence[Season], names: list[str]) -> None:
    """Make ``valued``, the affirmed atoms of functional predicates, and ``rival``, those with others beside them."""
    predicates = enumerate(predicates_of(backdrop.vocabulary))
    functional = {number: predicate.arity for number, predicate in predicates if predicate.functional}
    bench.run("CREATE OR REPLACE TABLE functional (predicate SMALLINT, arity INTEGER)")
    if functional:
        bench.run("INSERT INTO functional SELECT unnest(?), unnest(?)", [list(functional), list(functional.values())])
    value = "CASE f.arity " + " ".join(f"WHEN {n + 1} THEN {name}" for n, name in enumerate(names)) + " END"
    slot = [f"CASE WHEN f.arity > {n + 1} THEN {name} ELSE {NONE} END" for n, name in enumerate(names)]
    bench.run(
        f"""
        CREATE OR REPLACE TABLE valued AS
        SELECT w.rowid AS atom, w."case", w.predicate, w.certain, w.alone, {value} AS value,
               count(*) OVER slot AS many, min(w.rowid) OVER slot AS slot
        FROM weighed w JOIN functional f USING (predicate) WHERE w.alone > 0
        WINDOW slot AS (PARTITION BY w."case", w.predicate, {", ".join(slot)})
        """
    )
    bench.run(
        """
        CREATE OR REPLACE TABLE rival AS
        SELECT v.atom, v.slot, v.value, v.certain, v.alone, v.many, v.value AS cluster, i.season
        FROM valued v JOIN incident i USING ("case") WHERE many > 1 ORDER BY slot, value
        """
    )
    _link(bench, seasons)


def _link(bench: Workbench, seasons: Sequence[Season]) -> None:
    """Give the values that refine each other one cluster: the least of them."""
    values = {row[0] for row in bench.run("SELECT DISTINCT value FROM rival")}
    bench.run("CREATE OR REPLACE TABLE refines (season INTEGER, narrow INTEGER, broad INTEGER)")
    refined = {each for season in seasons for pair in season.refined for each in pair}
    coding = stored_coding(bench.run, refined)
    for season, wider in refined_pairs(seasons):
        coded = [(coding.code(one), coding.code(each)) for one, known in wider.items() for each in known]
        kept = [pair for pair in coded if values.issuperset(pair)]
        if kept:
            narrow, broad = zip(*kept, strict=True)
            bench.run("INSERT INTO refines SELECT ?, unnest(?), unnest(?)", [season, list(narrow), list(broad)])
    bench.run(
        "CREATE OR REPLACE TABLE link AS"
        " SELECT n.slot, n.value AS one, b.value AS other FROM refines r"
        " JOIN rival n ON n.season = r.season AND n.value = r.narrow"
        " JOIN rival b ON b.slot = n.slot AND b.value = r.broad"
    )
    bench.run("INSERT INTO link SELECT slot, other, one FROM link")
    while bench.one("SELECT count(*) FROM link"):
        changed = bench.one(
            "UPDATE rival SET cluster = least(rival.cluster, l.cluster) FROM"
            " (SELECT link.slot, link.one, min(o.cluster) AS cluster FROM link"
            "  JOIN rival o ON o.slot = link.slot AND o.value = link.other GROUP BY link.slot, link.one) l"
            " WHERE l.slot = rival.slot AND l.one = rival.value AND l.cluster < rival.cluster"
        )
        if not changed:
            return


def reject_rivals(bench: Workbench, names: list[str]) -> bool:
    """Mark the statements of certain values beside another certain one, and of slots of too many; whether any are.

    Of certain values that exclude each other, the one that is stated first stays.
    """
    same = " AND ".join(f"s.{name} = w.{name}" for name in names)
    bench.run(
        """
        CREATE OR REPLACE TABLE barred AS
        SELECT atom, 'too-many-values' AS flaw FROM rival WHERE many > $bound
        """,
        {"bound": Limits.from_environment().values},
    )
    bench.run(_BARRED.format(same=same))
    if not bench.one("SELECT count(*) FROM barred"):
        return False
    bench.run(_MARKED.format(same=same))
    return True


_BARRED = """
INSERT INTO barred
WITH sure AS (
  SELECT r.slot, r.cluster, r.atom, count(DISTINCT r.cluster) OVER (PARTITION BY r.slot) AS clusters
  FROM rival r WHERE r.certain AND r.many > 1 AND r.atom NOT IN (SELECT atom FROM barred)),
stated_first AS (
  SELECT sure.slot, sure.cluster, sure.atom, min((s.row, s.fact)) AS first
  FROM sure JOIN weighed w ON w.rowid = sure.atom
  JOIN stated s ON s."case" = w."case" AND s.predicate = w.predicate AND {same}
  WHERE sure.clusters > 1 AND s.flaw IS NULL AND s.basis < 2
  GROUP BY ALL),
staying AS (SELECT slot, arg_min(cluster, first) AS cluster FROM stated_first GROUP BY slot)
SELECT f.atom, 'certain-rivals' FROM stated_first f JOIN staying USING (slot) WHERE f.cluster <> staying.cluster
"""
"""The certain values beside another that is stated before them."""

_MARKED = """
UPDATE stated SET flaw = b.flaw FROM (
  SELECT s.rowid AS stated, min(barred.flaw) AS flaw FROM barred JOIN weighed w ON w.rowid = barred.atom
  JOIN stated s ON s."case" = w."case" AND s.predicate = w.predicate AND {same}
  WHERE s.flaw IS NULL AND (barred.flaw = 'too-many-values' OR s.basis < 2) GROUP BY s.rowid) b
WHERE stated.rowid = b.stated
"""


def settle(bench: Workbench, names: list[str]) -> None:
    """Make ``settled``."""
    bench.run(_SHARED)
    arguments = ", ".join(f"w.{name}" for name in names)
    bench.run(
        f"""
        CREATE TABLE settled AS
        SELECT w."case", w.predicate, {arguments}, w.certain,
               coalesce(s.credence, w.alone) AS credence, w.rowid AS atom,
               CASE WHEN w.certain OR coalesce(s.credence, w.alone) = 0 THEN NULL ELSE coalesce(s.lead, w.rowid) END
                 AS lead,
               coalesce(s.place, 0) AS place, coalesce(s.share, w.alone) AS share, s.within,
               coalesce(s.slot, v.atom IS NOT NULL) AS slot
        FROM weighed w LEFT JOIN shared s ON s.atom = w.rowid LEFT JOIN valued v ON v.atom = w.rowid
        ORDER BY w."case", w.predicate, {arguments}
        """
    )


_SHARED = """
CREATE TABLE shared AS
WITH ranked AS (
  SELECT *, row_number() OVER (PARTITION BY slot, cluster ORDER BY alone DESC, value) = 1 AS best,
         first_value(atom) OVER (PARTITION BY slot, cluster ORDER BY alone DESC, value) AS best_atom,
         first_value(alone) OVER (PARTITION BY slot, cluster ORDER BY alone DESC, value) AS best_alone,
         bool_or(certain) OVER (PARTITION BY slot) AS fixed,
         bool_or(certain) OVER (PARTITION BY slot, cluster) AS fixing,
         count(*) OVER (PARTITION BY slot, cluster) = many AS lone
  FROM rival),
summed AS (
  SELECT slot, 1 + sum(alone / (1 - alone) ORDER BY value) AS total, min(atom) AS lead
  FROM ranked WHERE best AND NOT fixed GROUP BY slot),
placed AS (
  SELECT atom, row_number() OVER (PARTITION BY slot ORDER BY value) - 1 AS place
  FROM ranked WHERE best AND NOT fixed AND NOT lone)
SELECT r.atom, CASE
    WHEN fixed AND NOT fixing THEN 0.0
    WHEN fixed OR lone THEN r.alone
    ELSE (best_alone / (1 - best_alone)) / total * (r.alone / best_alone) END AS credence,
  CASE WHEN best AND NOT fixed AND NOT lone THEN s.lead ELSE r.atom END AS lead,
  coalesce(p.place, 0) AS place,
  CASE
    WHEN fixed OR lone THEN r.alone
    WHEN best THEN (best_alone / (1 - best_alone)) / total
    ELSE r.alone / best_alone END AS share,
  CASE WHEN NOT fixed AND NOT lone AND NOT best THEN best_atom END AS within,
  best AND NOT fixed AS slot
FROM ranked r LEFT JOIN summed s USING (slot) LEFT JOIN placed p USING (atom)
"""
"""Of each value with others beside it, its credence and its place in a draw."""
