"""The tables of the store: facts by predicate, draws, reports, incidents, and the rows that could not be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import exp

from reasoner.feed.backdrop import Backdrop, Season
from reasoner.feed.coding import padded_codes, stored_coding
from reasoner.feed.database import Progress, Workbench
from reasoner.feed.mapping import Mapping
from reasoner.feed.numbering import ZERO, numbers_of, predicates_of
from reasoner.feed.rejecting import SENTENCES
from reasoner.language.vocabulary import DECLARED, Predicate, Vocabulary
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import atom_constants

_MOST_ROWS = 50_000
"""Rows of the background that are handed over at once."""


def add_declared(bench: Workbench, vocabulary: Vocabulary, names: list[str]) -> None:
    """Add to ``settled`` what kinds the entities have that only the feed names: to each incident that names them."""
    if not bench.one("SELECT count(*) FROM made"):
        return
    number = numbers_of(vocabulary)[DECLARED]
    named = " UNION ".join(f'SELECT "case", {name} AS entity FROM settled' for name in names)
    bench.run(
        f"""
        INSERT INTO settled BY NAME
        SELECT n."case", CAST({number} AS SMALLINT) AS predicate, e.code AS a0, k.code AS a1,
               true AS certain, 1.0 AS credence, 0 AS place, 1.0 AS share, false AS slot
        FROM made m JOIN store.constant e ON e.text = m.id AND NOT e.quoted
        JOIN store.constant k ON k.text = m.kind AND NOT k.quoted
        JOIN ({named}) n ON n.entity = e.code
        """
    )


def add_dated(bench: Workbench, backdrop: Backdrop, seasons: Sequence[Season], names: list[str]) -> None:
    """Add to ``settled`` what of the dated background holds of each incident."""
    rows = list(_dated_rows(bench, backdrop, seasons, len(names)))
    if not rows:
        return
    columns = ["season", "predicate", *names, "certain", "credence", "atom", "lead", "place", "share", "within", "slot"]
    made = ", ".join(f"unnest(${number}) AS {name}" for number, name in enumerate(columns, 1))
    bench.run("CREATE TABLE season_fact AS FROM settled LIMIT 0")
    bench.run("ALTER TABLE season_fact ADD COLUMN season INTEGER")
    for start in range(0, len(rows), _MOST_ROWS):
        values = [list(column) for column in zip(*rows[start : start + _MOST_ROWS], strict=True)]
        bench.run(f"INSERT INTO season_fact BY NAME SELECT {made}", values)
    bench.run(
        'INSERT INTO settled BY NAME SELECT i."case", f.* EXCLUDE ("case", season) FROM season_fact f'
        " JOIN incident i USING (season)"
    )


def _dated_rows(
    bench: Workbench, backdrop: Backdrop, seasons: Sequence[Season], width: int
) -> Iterator[tuple[object, ...]]:
    predicates = numbers_of(backdrop.vocabulary)
    dated = (fact.atom for season in seasons for fact in season.facts)
    coding = stored_coding(bench.run, (each for atom in dated for each in atom_constants(atom)))
    number = 0
    for season_number, season in enumerate(seasons):
        # Atoms of the feed are numbered from 0 on.
        atoms = {fact.atom: -1 - number - place for place, fact in enumerate(season.facts)}
        number += len(atoms)
        drawn = {atom: (draw, place) for draw in season.draws for place, atom in enumerate(draw.values)}
        for fact in season.facts:
            draw, place = drawn.get(fact.atom, (None, 0))
            yield (
                season_number,
                predicates[fact.atom.predicate],
                *padded_codes(coding, fact.atom, width),
                fact.certain,
                fact.credence,
                atoms[fact.atom],
                atoms[draw.values[0]] if draw else None,
                place,
                draw.shares[place] if draw else 1.0,
                atoms[draw.within] if draw and draw.within is not None else None,
                draw is not None and draw.name.endswith("*)"),
            )


def write_facts(bench: Workbench, vocabulary: Vocabulary, names: list[str], progress: Progress) -> None:
    """Write ``fact_<predicate>`` and ``draw``."""
    bench.run(
        f"""
        CREATE TABLE placed AS
        SELECT * FROM settled ORDER BY predicate, "case", {", ".join(names)}
        """
    )
    bench.run(
        "CREATE TABLE first_fact AS SELECT predicate, min(rowid) AS first, count(*) AS many FROM placed GROUP BY ALL"
    )
    predicates = predicates_of(vocabulary)
    _write_predicates(bench, predicates)
    _number_draws(bench)
    _write_draws(bench, names)
    present = [row[0] for row in bench.run("SELECT predicate FROM first_fact ORDER BY predicate")]
    for done, number in enumerate(present):
        progress("writing", done, len(present))
        stop_if_unwanted()
        _write_fact_table(bench, predicates[number].name, number, names[: predicates[number].arity])


def _number_draws(bench: Workbench) -> None:
    """Make ``drawn("case", lead, draw)``: the number of each draw, those within others last."""
    bench.run(
        """
        CREATE TABLE drawn_sorted AS
        SELECT p."case", lead FROM placed p WHERE lead IS NOT NULL AND place = 0
        ORDER BY p."case", within IS NOT NULL, predicate, p.rowid
        """
    )
    bench.run('CREATE VIEW drawn AS SELECT "case", lead, rowid AS draw FROM drawn_sorted')


def _write_draws(bench: Workbench, names: list[str]) -> None:
    bench.run(_SPELLED)
    bench.run(_INNER)
    texts = [
        f"CASE WHEN q.arity <= {place} THEN '' ELSE {repr(', ') if place else repr('')} || "
        f"CASE WHEN p.slot AND q.arity = {place + 1} THEN '*' "
        f"WHEN p.{name} < 0 THEN CAST(p.{name}::BIGINT - {ZERO} AS VARCHAR) ELSE t{place}.text END END"
        for place, name in enumerate(names)
    ]
    joins = [f"LEFT JOIN spelled t{place} ON t{place}.code = p.{name}" for place, name in enumerate(names)]
    bench.run(_DRAW.format(texts=" || ".join(texts), joins=" ".join(joins)))


_SPELLED = r"""
CREATE VIEW spelled AS SELECT code, CASE WHEN NOT quoted THEN text
  ELSE '"' || replace(replace(replace(text, '\', '\\'), '"', '\"'), chr(10), '\n') || '"' END AS text
FROM store.constant
"""
"""Constants as `reasoner.terms.term_text` writes them."""

_INNER = """
CREATE TABLE inner_draw AS
SELECT p."case", p.atom, o.rowid - f.first AS fact, d.draw
FROM (SELECT DISTINCT "case", within FROM placed WHERE within IS NOT NULL) p_within
JOIN placed o ON o."case" = p_within."case" AND o.atom = p_within.within
JOIN first_fact f USING (predicate) JOIN drawn d ON d."case" = o."case" AND d.lead = o.lead
JOIN placed p ON p."case" = o."case" AND p.within = o.atom
"""
"""Of the values whose draw lies within a fact, that fact and its draw."""

_DRAW = """
CREATE TABLE store.draw AS
SELECT p."case", d.draw, q.name || CASE WHEN q.arity = 0 THEN '' ELSE '(' || {texts} || ')' END AS name,
       q.name AS predicate, p.rowid - f.first AS fact, CAST(p.place AS INTEGER) AS place, p.share,
       w.draw AS within_draw, w.fact AS within_fact
FROM placed p JOIN drawn d ON d."case" = p."case" AND d.lead = p.lead
JOIN store.predicate q ON q.number = p.predicate JOIN first_fact f ON f.predicate = p.predicate {joins}
LEFT JOIN inner_draw w ON w."case" = p."case" AND w.atom = p.atom AND p.within IS NOT NULL
ORDER BY p."case", d.draw, p.place
"""


def _write_predicates(bench: Workbench, predicates: Sequence[Predicate]) -> None:
    bench.run(
        "CREATE TABLE store.predicate AS SELECT CAST(unnest(?) AS SMALLINT) AS number, unnest(?) AS name,"
        " CAST(unnest(?) AS INTEGER) AS arity, unnest(?) AS functional",
        [
            list(range(len(predicates))),
            [each.name for each in predicates],
            [each.arity for each in predicates],
            [each.functional for each in predicates],
        ],
    )


def _write_fact_table(bench: Workbench, predicate: str, number: int, names: list[str]) -> None:
    table = exp.table_(exp.to_identifier(f"fact_{predicate}", quoted=True), db="store").sql("duckdb")
    columns = "".join(f"p.{name}, " for name in names)
    bench.run(
        f"""
        CREATE TABLE {table} AS
        SELECT p."case", {columns}p.certain, p.credence, d.draw
        FROM placed p LEFT JOIN drawn d ON d."case" = p."case" AND d.lead = p.lead
        WHERE p.predicate = {number} ORDER BY p.rowid
        """
    )


def write_incidents(bench: Workbench, mapping: Mapping) -> None:
    """Write ``incident``."""
    title = f"e{mapping.texts.index(mapping.title)}" if mapping.title is not None else "NULL"
    bench.run(
        f"""
        CREATE TABLE store.incident AS
        SELECT i."case", i.occurred, t.title FROM incident i LEFT JOIN (
          SELECT c.code AS "case", arg_min({title}, s.rowid) AS title
          FROM sheet s JOIN incident_code c ON c.text = s.e0 AND c.flaw IS NULL GROUP BY c.code) t USING ("case")
        ORDER BY i."case"
        """
    )


def write_reports(bench: Workbench, mapping: Mapping, names: list[str]) -> None:
    """Write ``report``, ``said``, ``saying`` and ``made``."""
    bench.run(
        f"""
        CREATE TABLE store.report AS
        SELECT "case", predicate, {", ".join(names)}, basis, source, credibility, denies, date, row, fact
        FROM stated WHERE flaw IS NULL ORDER BY "case", row, fact
        """
    )
    bench.run("CREATE TABLE store.made AS FROM made")
    bench.run("CREATE TABLE store.saying (fact INTEGER, text_number INTEGER)")
    bench.run("CREATE TABLE store.said (text_number INTEGER, row BIGINT, text VARCHAR)")
    texts = mapping.texts
    sayings = {n: texts.index(each.form.says) for n, each in enumerate(mapping.facts) if each.form.says is not None}
    for fact, number in sayings.items():
        bench.run("INSERT INTO store.saying VALUES (?, ?)", [fact, number])
    for number in dict.fromkeys(sayings.values()):
        bench.run(
            f"INSERT INTO store.said SELECT {number}, rowid, e{number} FROM sheet WHERE e{number} IS NOT NULL"
            " ORDER BY rowid"
        )


def write_rejects(bench: Workbench) -> None:
    """Write ``reject`` and ``reason``."""
    bench.run(
        """
        INSERT INTO store.reject
        SELECT f.number, r.row - f.first_row + 1, r.fact, r.word, r.value FROM (
          SELECT s.rowid AS row, NULL::INTEGER AS fact, coalesce(c.flaw, 'no-incident') AS word,
                 left(s.e0, 100) AS value
          FROM sheet s LEFT JOIN incident_code c ON c.text = s.e0
          WHERE c.flaw IS NOT NULL OR s.e0 IS NULL AND s.rowid NOT IN (
            SELECT b.first_row + line.row - 1 FROM store.reject line JOIN store.feed_file b ON b.number = line.file)
          UNION ALL
          SELECT row, fact + 1, flaw, value FROM stated WHERE flaw IS NOT NULL) r
        ASOF JOIN (FROM store.feed_file WHERE "rows" > 0) f ON r.row >= f.first_row
        ORDER BY r.row, r.fact
        """
    )
    bench.run(
        "CREATE TABLE store.reason AS SELECT unnest(?) AS word, unnest(?) AS reason",
        [list(SENTENCES), list(SENTENCES.values())],
    )
