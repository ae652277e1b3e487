"""Who reports each fact of a row, and how good that is.

``form_<n>(row, source, credibility, denies, date, flaw, value)``: for the n-th template, the report that each row
makes of its fact. Sources that neither the background nor the mapping defines are defined by the rows themselves; a
source has one definition in the whole feed, the first.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from reasoner.evidence.base import Source
from reasoner.evidence.sources import origins, published
from reasoner.feed.database import Workbench
from reasoner.feed.mapping import Column, Form, Mapping, Text
from reasoner.feed.sourcing import Meant, Naming, SourceDirectory
from reasoner.feed.stating import form_table

_NAMING = ("source", "reliability", "via", "origin")


def report(bench: Workbench, mapping: Mapping, background: dict[str, Source]) -> dict[str, Source]:
    """Make the tables of reports, and ``store.source``; all sources, by id."""
    namings = _namings(bench, mapping)
    directory = SourceDirectory({**background, **mapping.sources})
    outcomes = directory.define(namings)
    sources = directory.sources
    codes = {source: code for code, source in enumerate(sorted(sources))}
    _write_sources(bench, sources, codes, frozenset(background), mapping)
    _write_outcomes(bench, namings, outcomes, sources, codes)
    known: dict[tuple[Form, str], int] = {}
    for position, template in enumerate(mapping.facts):
        first = known.setdefault((template.form, template.basis), position)
        if first == position:
            bench.run(f"CREATE TABLE {form_table(position)} AS {_form_query(mapping, template.form, template.basis)}")
        else:
            bench.run(f"CREATE VIEW {form_table(position)} AS SELECT * FROM {form_table(first)}")
    return sources


def _meant(mapping: Mapping, text: Text | None, number: int | None, alias: str) -> exp.Expr:
    """What a cell of ``sheet`` means, by its column's table of values."""
    if text is None:
        return exp.cast(exp.null(), "VARCHAR")
    cell = exp.column(f"e{number}", "r")
    if not _has_values(mapping, text):
        return cell
    text_of = exp.column("text", alias)
    return exp.case().when(text_of.is_(exp.null()), cell).else_(exp.column("meant", alias))


def _has_values(mapping: Mapping, text: Text) -> bool:
    column = text[0]
    return len(text) == 1 and isinstance(column, Column) and column.name in mapping.values


def _from_sheet(mapping: Mapping, form: Form, keys: Iterable[str]) -> tuple[exp.Select, dict[str, exp.Expr]]:
    """A query over ``sheet``, and what each key of the form holds in its rows."""
    places = {text: number for number, text in enumerate(mapping.texts)}
    query = exp.select().from_(exp.to_table("sheet").as_("r"))
    found: dict[str, exp.Expr] = {}
    for key in keys:
        text, alias = getattr(form, key), f"m_{key}"
        number = places.get(text) if text is not None else None
        found[key] = _meant(mapping, text, number, alias)
        if text is not None and _has_values(mapping, text):
            on = exp.and_(
                exp.column("text_number", alias).eq(number),
                exp.column("text", alias).eq(exp.column(f"e{number}", "r")),
            )
            query = query.join(exp.to_table("meaning").as_(alias), on=on, join_type="left")
    return query, found


def _namings(bench: Workbench, mapping: Mapping) -> list[Naming]:
    """How rows name sources, each once, in the order in which they come up first."""
    forms = dict.fromkeys(template.form for template in mapping.facts if template.form.source is not None)
    queries = []
    for number, form in enumerate(forms):
        query, found = _from_sheet(mapping, form, _NAMING)
        first = exp.Add(
            this=exp.Mul(this=exp.column("rowid", "r"), expression=exp.convert(len(forms))),
            expression=exp.convert(number),
        )
        queries.append(query.select(*(each.as_(key) for key, each in found.items()), first.as_("first")))
    if not queries:
        return []
    both = exp.union(*queries, distinct=False) if len(queries) > 1 else queries[0]
    rows = bench.run(
        "SELECT source, reliability, via, origin, symbol_of(source) FROM ("
        "SELECT source, reliability, via, origin, min(first) AS first "
        f"FROM ({both.sql('duckdb')}) WHERE source IS NOT NULL GROUP BY ALL) ORDER BY first"
    )
    return [Naming(*row) for row in rows]


def _write_sources(
    bench: Workbench, sources: dict[str, Source], codes: dict[str, int], background: frozenset[str], mapping: Mapping
) -> None:
    ordered = [sources[source] for source in codes]
    roots = origins(sources)
    bench.run(
        "CREATE TABLE store.source AS SELECT unnest($codes) AS code, unnest($ids) AS id, unnest($names) AS name,"
        " unnest($letters) AS reliability, unnest($via) AS via, unnest($origin) AS origin,"
        " unnest($roots) AS root, unnest($made) AS made, unnest($interest) AS interest",
        {
            "codes": list(codes.values()),
            "ids": [each.id for each in ordered],
            "names": [each.name for each in ordered],
            "letters": [each.reliability for each in ordered],
            "via": [each.via for each in ordered],
            "origin": [each.origin for each in ordered],
            "roots": [codes[roots[each.id]] for each in ordered],
            "made": [each.id not in background and each.id not in mapping.sources for each in ordered],
            "interest": [list(each.interest) for each in ordered],
        },
    )


def _write_outcomes(
    bench: Workbench,
    namings: list[Naming],
    outcomes: list[Meant],
    sources: dict[str, Source],
    codes: dict[str, int],
) -> None:
    dates = {source: published(source, sources) for source in sources}
    moments = [dates[each.source] if each.source is not None else None for each in outcomes]
    columns = {
        "source": [each.source for each in namings],
        "reliability": [each.reliability for each in namings],
        "via": [each.via for each in namings],
        "origin": [each.origin for each in namings],
        "code": [codes[each.source] if each.source is not None else None for each in outcomes],
        "flaw": [each.flaw for each in outcomes],
        "value": [each.value for each in outcomes],
        "published": [moment.written if moment is not None else None for moment in moments],
    }
    bench.run(
        "CREATE TABLE naming (source VARCHAR, reliability VARCHAR, via VARCHAR, origin VARCHAR, code INTEGER,"
        " flaw VARCHAR, value VARCHAR, published VARCHAR)"
    )
    bench.run(f"INSERT INTO naming SELECT {', '.join(f'unnest(${key})' for key in columns)}", columns)


def _form_query(mapping: Mapping, form: Form, basis: str) -> str:
    keys = (*_NAMING, "credibility", "polarity", "date")
    query, found = _from_sheet(mapping, form, keys)
    query = query.select(exp.column("rowid", "r").as_("row"), *(each.as_(key) for key, each in found.items()))
    reported, sourced = basis == "reported", basis != "assumed"
    return f"""
        SELECT row, n.code AS source, digit AS credibility, polarity = 'denies' AS denies,
               {"coalesce(f.moment, n.published)" if reported else "f.moment"} AS date,
               CASE WHEN f.date IS NOT NULL AND f.moment IS NULL THEN 'not-a-date'
                    {"WHEN f.source IS NULL THEN 'no-source' WHEN n.flaw IS NOT NULL THEN n.flaw" if sourced else ""}
                    {"WHEN digit IS NULL THEN 'unknown-digit'" if reported else ""}
                    {"WHEN polarity IS NULL THEN 'unknown-polarity'" if reported else ""} END AS flaw,
               CASE WHEN f.date IS NOT NULL AND f.moment IS NULL THEN left(f.date, 100)
                    {"WHEN f.source IS NULL THEN NULL WHEN n.flaw IS NOT NULL THEN n.value" if sourced else ""}
                    {"WHEN digit IS NULL THEN left(f.credibility, 100)" if reported else ""}
                    {"WHEN polarity IS NULL THEN left(f.said_polarity, 100)" if reported else ""} END AS value
        FROM (
          SELECT row, source, reliability, via, origin, credibility, date, moment(date) AS moment,
                 CASE WHEN regexp_full_match(credibility, '[1-6](\\.0)?')
                      THEN CAST(left(credibility, 1) AS TINYINT) END AS digit,
                 polarity AS said_polarity,
                 CASE WHEN polarity IS NULL THEN 'affirms'
                      WHEN lower(polarity) IN ('affirms', 'denies') THEN lower(polarity) END AS polarity
          FROM ({query.sql("duckdb")})) f
        LEFT JOIN naming n ON n.source IS NOT DISTINCT FROM f.source
          AND n.reliability IS NOT DISTINCT FROM f.reliability
          AND n.via IS NOT DISTINCT FROM f.via AND n.origin IS NOT DISTINCT FROM f.origin
        """
