"""What parses but is not in the language: numbers out of range, unknown escapes, sums inside a premise, and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reasoner.language.places import Source
from reasoner.language.syntax import Parsed
from reasoner.language.tokens import ARITHMETIC, COMPARISONS, Token
from reasoner.limits import Limits
from reasoner.problems import Problem
from reasoner.terms import Aggregate, Arithmetic, Comparison, Quoted, Term, Variable, term_text

LARGEST = 2**31 - 1
"""Whole numbers run from minus this to this, as in clingo."""

_DIGITS = len(str(LARGEST))
_PARTS = frozenset({"COMMA", "IF", "STOP", "LBRACE", "RBRACE", "COLON", "SEMICOLON", *COMPARISONS})


def oddities(source: Source, tokens: Sequence[Token], parsed: Parsed, nesting: int) -> Iterator[Problem]:
    """Yield the problems with a clause or query that parsed; ``nesting`` bounds how deep a term may be."""
    deep = _too_deep(source, tokens, parsed, nesting)
    if deep is not None:
        yield deep
        return
    for token in tokens[parsed.first : parsed.stop]:
        if token.kind == "NUMBER" and (len(token.text) > _DIGITS or int(token.text) > LARGEST):
            message = f"the number `{token.text[:_DIGITS]}…` is too large"
            yield source.problem("number-too-large", message, token.start, token.end, f"the largest is {LARGEST}")
        elif token.kind == "STRING" and "\\" in token.text:
            yield from _escapes(source, token)
    for element in parsed.elements:
        part = tokens[element.first : element.stop]
        if isinstance(element.value, Comparison):
            yield from _compared(source, (element.value.left, element.value.right), part)
        elif isinstance(element.value, Aggregate):
            yield from _aggregate(source, element.value, part)
        elif any(isinstance(argument, Arithmetic) for argument in element.value.atom.arguments):
            message = "arithmetic stands in comparisons and conclusions only"
            hint = "give the value a name of its own: write `Y` in the atom and add `Y = X+1`"
            yield source.problem("arithmetic-in-premise", message, part[0].start, part[-1].end, hint)
    if parsed.head is not None:
        yield from _terms(source, parsed.head.arguments, tokens[parsed.first : parsed.head_stop])


def _too_deep(source: Source, tokens: Sequence[Token], parsed: Parsed, nesting: int) -> Problem | None:
    if parsed.stop - parsed.first <= nesting:
        return None
    depth = 0
    for token in tokens[parsed.first : parsed.stop]:
        if token.kind in _PARTS:
            depth = 0
        elif token.kind in ARITHMETIC or token.kind == "LPAR":
            depth += 1
            if depth > nesting + 1:
                message = f"this term has more than {nesting} operators and parentheses"
                hint = f"the setting {Limits.setting('nesting')} allows more"
                return source.problem("too-deep", message, token.start, token.end, hint)
    return None


def _escapes(source: Source, token: Token) -> Iterator[Problem]:
    for found in re.finditer(r"\\(.)", token.text[1:-1]):
        if found[1] not in '"\\n':
            start = token.start + 1 + found.start()
            hint = 'a quoted text may hold `\\"`, `\\\\` and `\\n`'
            yield source.problem("unknown-escape", f"`{found[0]}` stands for nothing", start, start + 2, hint)


def _compared(source: Source, terms: Sequence[Term], part: Sequence[Token]) -> Iterator[Problem]:
    yield from _terms(source, terms, part)
    if any(map(_anonymous, terms)):
        message = "`_` in a comparison compares nothing"
        hint = "give the value a variable of its own"
        yield source.problem("anonymous-compared", message, part[0].start, part[-1].end, hint)


def _aggregate(source: Source, aggregate: Aggregate, part: Sequence[Token]) -> Iterator[Problem]:
    yield from _compared(source, [guard.term for guard in aggregate.guards], part)
    for element in aggregate.elements:
        yield from _terms(source, element.terms, part)
        if any(map(_anonymous, element.terms)):
            message = f"`_` is nothing that `#{aggregate.function}` can tell apart"
            hint = "give it a name, in the condition too: `#count{ B : possesses(B, W) }`"
            yield source.problem("anonymous-counted", message, part[0].start, part[-1].end, hint)


def _terms(source: Source, terms: Sequence[Term], part: Sequence[Token]) -> Iterator[Problem]:
    """Arithmetic that can have no value, and the subtraction that an unpadded date without quotes is."""
    for term in terms:
        if not isinstance(term, Arithmetic):
            continue
        if date := _date(term):
            start = _find(part, date[0]).start
            end = next(token.end for token in part if token.start > start and token.text == date[2])
            hint = f'write `"{date[0]}-{date[1]:0>2}-{date[2]:0>2}"`'
            yield source.problem("unquoted-date", "this date has no quotes", start, end, hint, _SUBTRACTION)
        odd = next((operand for operand in _operands(term) if isinstance(operand, (str, Quoted))), None)
        if odd is not None:
            token = _find(part, term_text(odd))
            message = f"`{token.text}` is not a number, so `{term_text(term)}` has no value"
            advice = "the words of a name are joined by `_`, not by `-`" if term.operator == "-" else None
            yield source.problem("not-a-number", message, token.start, token.end, advice)


def _find(part: Sequence[Token], text: str) -> Token:
    """The first token with this text, or the first of all."""
    return next((token for token in part if token.text == text), part[0])


_SUBTRACTION = "Without quotes it is a subtraction."


def _date(term: Arithmetic) -> tuple[str, str, str] | None:
    match term:
        case Arithmetic("-", Arithmetic("-", int(year), int(month)), int(day)):
            if 1000 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31:
                return str(year), str(month), str(day)
    return None


def _operands(term: Term) -> Iterator[Term]:
    if isinstance(term, Arithmetic):
        yield from _operands(term.left)
        yield from _operands(term.right)
    else:
        yield term


def _anonymous(term: Term) -> bool:
    return any(isinstance(operand, Variable) and operand.anonymous for operand in _operands(term))
