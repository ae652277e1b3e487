"""Text in, rules out: rule files, single facts and queries. Every problem of a text is reported at once."""

from __future__ import annotations

from typing import Literal

from reasoner.language.clauses import body_of, read, tokens_of
from reasoner.language.oddities import oddities
from reasoner.language.places import Source
from reasoner.language.syntax import Failed, Parsed, parse
from reasoner.language.tokens import Token
from reasoner.limits import Limits
from reasoner.problems import InputError
from reasoner.terms import Arithmetic, Atom, BodyElement, Rule

QUERY = "query"
"""The file name that the spans of a query carry."""


def parse_rules(text: str, file: str) -> tuple[Rule, ...]:
    """Read the rules of a file, in order.

    A rule without a name in brackets is called ``file:predicate/arity``, by the file's base name; further ones of
    that predicate in the file end in ``#2``, ``#3`` …

    Raises:
        InputError: with every problem of the text.
    """
    reading = read(Source(file, text))
    if reading.problems:
        raise InputError(reading.problems)
    return tuple(clause.rule for clause in reading.clauses)


def parse_fact(text: str, file: str, line: int, column: int, line_text: str = "") -> Atom:
    """Read one ground atom that stands in a fact file at a line and column, such as ``at(attack, baghdad)``.

    ``line_text`` is the whole line of that file, for the problem to show. A full stop at the end is allowed.

    Raises:
        InputError: where it is no atom, or holds a variable or arithmetic.
    """
    source = Source(file, text, line, column, line_text)
    tokens, parsed = parse_alone(source, "fact")
    if parsed.head is None or parsed.body:
        raise _wrong(source, tokens, "not-a-fact", "a fact is one atom, without `:-`")
    for token in tokens:
        if token.kind in ("VARIABLE", "ANONYMOUS"):
            message = f"`{token.text}` is a variable, and a fact names everything"
            hint = "names begin with a lower-case letter, or stand in quotes"
            raise InputError([source.problem("variable-in-fact", message, token.start, token.end, hint)])
    if any(isinstance(argument, Arithmetic) for argument in parsed.head.arguments):
        raise _wrong(source, tokens, "arithmetic-in-fact", "a fact holds no arithmetic", "write the value itself")
    return parsed.head


def parse_query(text: str) -> tuple[BodyElement, ...]:
    """Read a conjunction such as ``means(I, A, W), not denied(A, I)``. A full stop at the end is allowed.

    Raises:
        InputError: where it is no conjunction.
    """
    source = Source(QUERY, text)
    tokens, parsed = parse_alone(source, "query")
    return body_of(source, tokens, parsed)


def parse_alone(source: Source, setting: Literal["fact", "query"]) -> tuple[list[Token], Parsed]:
    """Parse a text that is one fact or one query, whether or not it ends in a full stop."""
    tokens, _ = tokens_of(source.text)
    if len(tokens) == 1:
        raise InputError([source.problem("empty", f"there is no {setting} here", 0, 1)])
    if tokens[-2].kind != "STOP":
        tokens.insert(-1, Token("STOP", "", tokens[-1].start))
    parsed = parse(tokens, 0, "query" if setting == "query" else "clause")
    if isinstance(parsed, Failed):
        # The tables of mistakes are loaded only where there is one.
        from reasoner.language.explaining import explain
        from reasoner.language.trouble import Trouble

        raise InputError([explain(Trouble(source, tokens, parsed, setting))])
    if problems := list(oddities(source, tokens, parsed, Limits.from_environment().nesting)):
        raise InputError(problems)
    if tokens[parsed.stop].kind != "END":
        extra = tokens[parsed.stop]
        message = f"only one {setting} can stand here"
        raise InputError([source.problem("more-than-one", message, extra.start, tokens[-2].end)])
    return tokens, parsed


def _wrong(source: Source, tokens: list[Token], word: str, message: str, hint: str | None = None) -> InputError:
    return InputError([source.problem(word, message, tokens[0].start, tokens[-1].start, hint)])
