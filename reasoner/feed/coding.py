"""Constants as integers, in the order of `reasoner.terms.order_key`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from reasoner.evidence.scope import Scope
from reasoner.feed.database import Workbench
from reasoner.feed.mapping import Mapping
from reasoner.feed.numbering import NONE, ZERO
from reasoner.grounding.coding import NARROW, Coding
from reasoner.language.program import Program
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.terms import Atom, Constant, Quoted, atom_constants, rule_constants

Run: TypeAlias = Callable[[str, list[object]], list[tuple[Any, ...]]]
"""Gives the rows of a query with parameters."""


def code_constants(bench: Workbench, program: Program, scope: Scope, mapping: Mapping, cases: Iterable[str]) -> None:
    """Make ``store.constant(code, text, quoted)`` of feed, background and rules, and code what the feed names.

    ``coded(slot, text, code, flaw, made)`` and ``incident_code(text, code, flaw)`` are made of what `naming` found.
    """
    known = [
        *(each for rule in program.rules for each in rule_constants(rule)),
        *_scope_constants(scope),
        *_words(program.vocabulary, program.scales),
    ]
    known += [each for template in mapping.facts for each in template.arguments if not isinstance(each, tuple)]
    texts = {(each.text, True) if isinstance(each, Quoted) else (each, False) for each in (*known, *cases)}
    pairs = sorted((text, quoted) for text, quoted in texts if isinstance(text, str))
    bench.run(
        """
        CREATE TABLE store.constant AS
        SELECT CAST(row_number() OVER (ORDER BY quoted, text) - 1 AS INTEGER) AS code, text, quoted
        FROM (SELECT unnest($texts) AS text, unnest($quoted) AS quoted
              UNION SELECT name, sort = 2 FROM cell WHERE sort > 0
              UNION SELECT kind, false FROM made
              UNION SELECT name, false FROM incident_text WHERE flaw IS NULL)
        ORDER BY code
        """,
        {"texts": [text for text, _ in pairs], "quoted": [quoted for _, quoted in pairs]},
    )
    _code_cells(bench)


def _code_cells(bench: Workbench) -> None:
    bench.run(
        """
        CREATE TABLE coded AS
        SELECT slot, cell.text, CAST(CASE WHEN sort = 0 THEN $zero + CAST(name AS BIGINT) ELSE c.code END AS INTEGER)
               AS code, flaw
        FROM cell LEFT JOIN store.constant c ON c.text = cell.name AND c.quoted = (cell.sort = 2) AND cell.sort > 0
        """,
        {"zero": ZERO},
    )
    bench.run(
        """
        CREATE TABLE incident_code AS
        SELECT i.text, c.code, i.flaw FROM incident_text i
        LEFT JOIN store.constant c ON i.flaw IS NULL AND c.text = i.name AND NOT c.quoted
        """
    )


def _scope_constants(scope: Scope) -> Iterator[Constant]:
    for entity in scope.entities.values():
        yield entity.id
        yield entity.kind
    for statement in scope.statements:
        yield from atom_constants(statement.atom)


def _words(vocabulary: Vocabulary, scales: Scales) -> Iterator[Constant]:
    yield from vocabulary.kinds
    yield from scales.roles
    yield from scales.factors
    yield from scales.strengths


def stored_coding(run: Run, constants: Iterable[Constant]) -> Coding:
    """The codes that the tables of a feed, attached as ``store``, give some constants."""
    texts = {each.text if isinstance(each, Quoted) else each for each in constants if not isinstance(each, int)}
    rows = run("SELECT code, text, quoted FROM store.constant WHERE text IN (SELECT unnest(?))", [sorted(texts)])
    codes: dict[Constant, int] = {Quoted(text) if quoted else text: code for code, text, quoted in rows}
    return Coding(codes, run("SELECT count(*) FROM store.constant", [])[0][0], NARROW)


def padded_codes(coding: Coding, atom: Atom, width: int) -> list[int]:
    """The codes of a ground atom's arguments, padded to a width."""
    codes = [coding.code(each) for each in atom_constants(atom)]
    return [*codes, *[NONE] * (width - len(codes))]
