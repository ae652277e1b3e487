"""Constants as integers, in the order of `reasoner.terms.order_key`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.evidence.scope import Scope
from reasoner.feed.database import Workbench
from reasoner.feed.mapping import Mapping
from reasoner.feed.numbering import NONE, ZERO
from reasoner.language.program import Program
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.terms import Atom, Constant, Quoted, rule_constants, term_constants


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
        for argument in statement.atom.arguments:
            yield from term_constants(argument)


def _words(vocabulary: Vocabulary, scales: Scales) -> Iterator[Constant]:
    yield from vocabulary.kinds
    yield from scales.roles
    yield from scales.factors
    yield from scales.strengths


class Codes:
    """The codes of the constants that facts of the background have."""

    def __init__(self, bench: Workbench, constants: Iterable[Constant]) -> None:
        texts = {each.text if isinstance(each, Quoted) else each for each in constants if not isinstance(each, int)}
        rows = bench.run(
            "SELECT text, quoted, code FROM store.constant WHERE text IN (SELECT unnest(?))", [sorted(texts)]
        )
        self._codes = {(text, quoted): code for text, quoted, code in rows}

    def code(self, constant: Constant) -> int:
        """The code of one of the constants."""
        match constant:
            case int():
                return ZERO + constant
            case Quoted(text):
                return int(self._codes[text, True])
            case str():
                return int(self._codes[constant, False])

    def row(self, atom: Atom, width: int) -> list[int]:
        """The codes of an atom's arguments, padded to a width."""
        codes = [self.code(argument) for argument in atom.arguments]  # type: ignore[arg-type]  # facts are ground
        return [*codes, *[NONE] * (width - len(codes))]
