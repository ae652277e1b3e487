"""The parse table of the rule language: built by Lark from grammar.lark, kept beside it as grammar.json.

Importing Lark and building the table takes longer than reading every shipped rule, so the table is stored, as plain
JSON under the digest of the grammar it came from. A table of another grammar is never used: Lark then builds a new
one in memory. ``python -m reasoner.language.grammar`` writes the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reasoner.language.tokens import COMMENTS, TOKENS

GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLE = Path(__file__).with_name("grammar.json")
STARTS = ("clause", "query")
END = "$END"


@dataclass(frozen=True, slots=True)
class Reduction:
    """A production to reduce by: the symbol it makes, how many symbols it takes, and its name in the grammar."""

    symbol: str
    size: int
    action: str | None


@dataclass(frozen=True, slots=True)
class ParseTable:
    """An LALR(1) table.

    ``states[state][symbol]`` is the state to go to, or, where negative, ``-1 - n`` for a reduction by
    ``reductions[n]``. ``starts`` maps a start symbol to its first and its accepting state.
    """

    states: tuple[dict[str, int], ...]
    reductions: tuple[Reduction, ...]
    starts: dict[str, tuple[int, int]]


@cache
def parse_table() -> ParseTable:
    """The table of grammar.lark, from grammar.json where that is up to date."""
    grammar = GRAMMAR.read_text("utf-8")
    try:
        stored = json.loads(TABLE.read_text("utf-8"))
        current = stored["digest"] == _digest(grammar)
    except (OSError, ValueError, KeyError):
        current = False
    return _decode(stored if current else build(grammar))


def _digest(grammar: str) -> str:
    return hashlib.sha256(grammar.encode("utf-8")).hexdigest()


def _decode(stored: dict[str, Any]) -> ParseTable:
    return ParseTable(
        states=tuple(stored["states"]),
        reductions=tuple(Reduction(*entry) for entry in stored["reductions"]),
        starts={symbol: (first, last) for symbol, (first, last) in stored["starts"].items()},
    )


def build(grammar: str) -> dict[str, Any]:
    """Have Lark compute the table; the answer is what grammar.json holds."""
    from lark import Lark
    from lark.grammar import Rule as Production
    from lark.lexer import Lexer, TerminalDef

    class NoLexer(Lexer):
        """Takes the place of Lark's lexer: the tokens come from our own table."""

        def __init__(self, _configuration: Any) -> None: ...

        def lex(self, *_: Any) -> Any:
            return iter(())

    terminals = " ".join(kind.name for kind in TOKENS if kind.name not in COMMENTS)
    built = Lark(f"{grammar}\n%declare {terminals}\n", parser="lalr", lexer=NoLexer, start=list(STARTS))
    saved, productions = built.memo_serialize([TerminalDef, Production])
    return {"digest": _digest(grammar), **_canonical(saved["parser"]["parser"], productions)}


def _canonical(table: dict[str, Any], productions: dict[int, Any]) -> dict[str, Any]:
    """Lark's table in the form of `ParseTable`, numbered in an order that is the same in every run."""
    made = {n: (rule["origin"]["name"], len(rule["expansion"]), rule["alias"]) for n, rule in productions.items()}
    reductions = sorted(set(made.values()), key=str)
    found: dict[int, dict[str, Any]] = {}
    queue = [table["start_states"][symbol] for symbol in STARTS]
    for state in queue:
        if state not in found:
            named = {table["tokens"][symbol]: action for symbol, action in table["states"][state].items()}
            found[state] = dict(sorted(named.items()))
            queue += [to for kind, to in found[state].values() if not kind]
    place = {state: number for number, state in enumerate(found)}
    return {
        "starts": {s: [place[table["start_states"][s]], place[table["end_states"][s]]] for s in STARTS},
        "reductions": reductions,
        "states": [
            {symbol: -1 - reductions.index(made[to["@"]]) if kind else place[to] for symbol, (kind, to) in row.items()}
            for row in found.values()
        ],
    }


def write_table() -> None:
    """Write grammar.json for the grammar as it stands."""
    stored = build(GRAMMAR.read_text("utf-8"))
    rows = ",\n  ".join(json.dumps(row, sort_keys=True) for row in stored.pop("states"))
    head = json.dumps(stored, sort_keys=True)[:-1]
    TABLE.write_text(f'{head},\n "states": [\n  {rows}\n ]}}\n', "utf-8")


if __name__ == "__main__":
    write_table()
