"""Mistakes we expect in a rule file, each with what it is called, how it is recognised and an example of it.

The table is tried from the top; the first row that recognises the trouble gives the problem. Every row's example is
a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reasoner.language.tokens import ARITHMETIC, COMPARISONS
from reasoner.language.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row: a stable word, the test that recognises it, what is said, and an example.

    ``message``, ``hint`` and ``note`` may name ``{found}`` (the text that does not fit), ``{before}``, ``{next}``,
    and ``{meant}``, the entry of ``meant`` for the found text. ``marks`` says which tokens the carets go under, as
    (place of the first, place after the last); by default the one found.
    """

    word: str
    when: Callable[[Trouble], bool]
    message: str
    example: str
    hint: str | None = None
    note: str | None = None
    meant: dict[str, str] | None = None
    marks: Callable[[Trouble], tuple[int, int]] = lambda trouble: (trouble.at, trouble.at + 1)


def _text(*texts: str) -> Callable[[Trouble], bool]:
    return lambda trouble: trouble.found.text in texts


def _kind(*kinds: str) -> Callable[[Trouble], bool]:
    return lambda trouble: trouble.found.kind in kinds


def _before(trouble: Trouble) -> tuple[int, int]:
    return max(trouble.first, trouble.at - 1), max(trouble.first + 1, trouble.at)


def _with_before(trouble: Trouble) -> tuple[int, int]:
    return max(trouble.first, trouble.at - 1), trouble.at + 1


def _open_parenthesis(trouble: Trouble) -> tuple[int, int]:
    place = trouble.open_parentheses[-1]
    return place, place + 1


_COMPARISON_MEANT = {"==": "=", "<>": "!=", "=<": "<=", "=>": ">=", "≤": "<=", "≥": ">=", "≠": "!="}
_ARROWS = ("->", "=>", ":=", ":", "<=", "=", "==", "<", "⇐", "←", "if", "IF", "If", ":~")
_AGGREGATES = ("#count", "#sum", "#min", "#max", "#times", "#avg")
_TERMS = ("NAME", "VARIABLE", "ANONYMOUS", "NUMBER", "STRING")


def _wrong_not(trouble: Trouble) -> bool:
    if trouble.found.text in ("!", "~", "¬", "\\+"):
        return not trouble.inside
    return trouble.before.text in ("Not", "NOT") and trouble.found.kind == "NAME"


def _classical_negation(trouble: Trouble) -> bool:
    if trouble.found.kind == "MINUS":
        return trouble.at == trouble.first
    before_minus = trouble.back(2).kind
    return (
        trouble.before.kind == "MINUS"
        and trouble.found.kind == "NAME"
        and not trouble.inside
        and before_minus in ("START", "IF", "COMMA", "NOT")
    )


def _negated_comparison(trouble: Trouble) -> bool:
    negated = bool(trouble.element) and trouble.element[0].kind == "NOT"
    if trouble.before.kind == "NOT":
        return trouble.found.kind in _TERMS and trouble.next.kind in COMPARISONS | ARITHMETIC
    return negated and not trouble.inside and trouble.found.kind in COMPARISONS


def _function_term(trouble: Trouble) -> bool:
    return trouble.found.kind == "LPAR" and trouble.before.kind in ("NAME", "VARIABLE") and trouble.inside


def _tuple_term(trouble: Trouble) -> bool:
    if trouble.found.kind != "COMMA" or not trouble.inside:
        return False
    return trouble.tokens[trouble.open_parentheses[-1] - 1].kind != "NAME"


def _lone_term(trouble: Trouble) -> bool:
    lone = trouble.found.kind in ("COMMA", "STOP", "END", "NAME", "NOT") and not trouble.inside
    return lone and trouble.wants("EQ") and not trouble.wants("COMMA")


def _missing_comma(trouble: Trouble) -> bool:
    starts = (*_TERMS, "NOT", "LPAR")
    return trouble.found.kind in starts and trouble.wants("COMMA", "RPAR") and trouble.before.kind != "COMMA"


MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        "unclosed-quote",
        _kind("OPEN_STRING"),
        "this quote is not closed",
        'occurred(i, "2021-11-07).',
        hint='close it on the same line: `"2021-11-07"`',
    ),
    Mistake(
        "curly-quotes",
        _text(*"“”„«»‘’"),
        "`{found}` is not a plain quotation mark",
        "occurred(i, “2021-11-07”).",
        hint='write the straight kind: `"2021-11-07"`',
    ),
    Mistake(
        "single-quotes",
        lambda trouble: "'" in trouble.found.text,
        "single quotes do not quote here",
        "at(i, 'green zone').",
        hint='write `"…"`, or a name such as `green_zone`',
    ),
    Mistake(
        "unquoted-date",
        _kind("DATE"),
        "the date `{found}` has no quotes",
        "recent(I) :- occurred(I, D), D > 2021-11-07.",
        hint='write `"{found}"`',
        note="Without quotes it would be a subtraction.",
    ),
    Mistake(
        "decimal-number",
        lambda trouble: trouble.found.kind == "ODD_NUMBER" and "." in trouble.found.text,
        "`{found}` is not a whole number",
        "p(X) :- q(X), X > 1.5.",
        hint="the language has whole numbers only",
    ),
    Mistake(
        "leading-zero",
        _kind("ODD_NUMBER"),
        "the number `{found}` begins with a zero",
        "p(007).",
        hint="write it without the zero",
    ),
    Mistake(
        "interval",
        _kind("RANGE"),
        "ranges such as `1..3` are not supported",
        "level(1..3).",
        hint="compare instead: `X >= 1, X <= 3`",
    ),
    Mistake(
        "aggregate",
        _text(*_AGGREGATES),
        "aggregates are not supported yet: `{found}`",
        "few(W) :- scarce(W), N = #count{ B : possesses(B, W) }, N <= 5.",
        hint="say it without counting, for instance with a reported fact such as `scarce(W)`",
    ),
    Mistake(
        "directive",
        lambda trouble: trouble.found.kind == "DIRECTIVE" or trouble.found.text == ":~",
        "`{found}` is an instruction to clingo, which rule files here do not use",
        "#show means/3.",
        hint="take it out: rule files hold rules only",
    ),
    Mistake(
        "choice",
        _text("{", "}"),
        "choices and sets in braces are not supported",
        "{ guilty(A) } :- actor(A).",
        hint="a rule concludes one atom: `guilty(A) :- actor(A).`",
        note="Several hypotheses are several `candidate` conclusions; weighing chooses among them.",
    ),
    Mistake(
        "constraint",
        lambda trouble: trouble.found.kind == "IF" and trouble.at == trouble.first,
        "this rule concludes nothing: no atom stands before `:-`",
        ":- alibi(A, I, T), candidate(I, perpetrator, A).",
        hint="to rule an actor out, conclude `excludes(I, Role, A, Reason)`",
    ),
    Mistake(
        "negated-head",
        lambda trouble: trouble.found.kind == "NOT" and trouble.at == trouble.first,
        "a rule cannot conclude that something is not so",
        "not means(I, A, W) :- lacks(A, W), used(I, W).",
        hint="conclude an atom of its own, such as `lacks_means(I, A)`",
    ),
    Mistake(
        "classical-negation",
        _classical_negation,
        "`-` before an atom is not supported",
        "p(A) :- actor(A), -possesses(A, w).",
        hint="write `not` for what is not known to hold",
        marks=_with_before,
    ),
    Mistake(
        "minus-name",
        lambda trouble: trouble.before.kind == "MINUS" and trouble.found.kind in _TERMS,
        "`-` stands before a number or a parenthesis only",
        "p(X) :- q(Y), X = -Y.",
        hint="write `0-{found}`",
        marks=_with_before,
    ),
    Mistake(
        "double-negation",
        lambda trouble: trouble.found.kind == "NOT" and trouble.before.kind == "NOT",
        "`not not` is not supported",
        "p(A) :- actor(A), not not q(A).",
        hint="write the atom without `not`",
        marks=_with_before,
    ),
    Mistake(
        "negated-comparison",
        _negated_comparison,
        "`not` stands before atoms only",
        "p(X) :- q(X), not X = 3.",
        hint="turn the comparison round: `!=` for `=`, `>=` for `<`",
    ),
    Mistake(
        "wrong-not",
        _wrong_not,
        "`{found}` does not negate here",
        "p(A) :- actor(A), !possesses(A, w).",
        hint="write `not` before the atom",
    ),
    Mistake(
        "wrong-arrow",
        lambda trouble: (
            trouble.in_head and trouble.wants("IF") and not trouble.inside and trouble.found.text in _ARROWS
        ),
        "`{found}` does not part a conclusion from its premises",
        "means(A) := possesses(A, w).",
        hint="write `:-`",
    ),
    Mistake(
        "wrong-comparison",
        lambda trouble: trouble.found.text in _COMPARISON_MEANT and trouble.found.kind not in COMPARISONS,
        "`{found}` is not a comparison here",
        "p(X) :- q(X), X == 3.",
        hint="write `{meant}`",
        meant=_COMPARISON_MEANT,
    ),
    Mistake(
        "upper-case-predicate",
        lambda trouble: (
            (trouble.found.kind == "LPAR" and trouble.before.kind == "VARIABLE" and not trouble.inside)
            or (trouble.found.kind == "VARIABLE" and trouble.next.kind == "LPAR" and not trouble.inside)
        ),
        "a predicate begins with a lower-case letter",
        "Means(A) :- possesses(A, w).",
        hint="capitals begin variables",
        marks=lambda trouble: _before(trouble) if trouble.found.kind == "LPAR" else (trouble.at, trouble.at + 1),
    ),
    Mistake(
        "word-and",
        _text("and", "AND", "And", "&", "&&", "∧"),
        "`{found}` does not join premises",
        "p(A) :- q(A) and r(A).",
        hint="write a comma",
    ),
    Mistake(
        "pooling",
        lambda trouble: trouble.found.text == ";" and trouble.inside,
        "`;` inside an atom is not supported",
        "role(perpetrator; sponsor).",
        hint="write one atom for each value",
    ),
    Mistake(
        "disjunction",
        lambda trouble: trouble.in_head and trouble.found.text in (";", "|", "||", "or", "OR", "∨"),
        "a rule concludes one atom, not one of several",
        "p(A) | q(A) :- r(A).",
        hint="write one rule for each conclusion, and let their weights differ",
    ),
    Mistake(
        "or-in-body",
        _text(";", "|", "||", "or", "OR", "Or", "∨"),
        "`{found}` does not join premises",
        "p(A) :- q(A); r(A).",
        hint="for `and` write a comma; for `or` write two rules with the same head",
    ),
    Mistake(
        "division",
        _text("/", "÷"),
        "division is not supported",
        "p(X) :- q(Y), X = Y/2.",
        hint="the language has `+`, `-` and `*`; multiply the other side instead",
    ),
    Mistake(
        "modulo",
        _text("\\", "mod"),
        "remainders are not supported",
        "p(X) :- q(Y), X = Y\\2.",
        hint="the language has `+`, `-` and `*`",
    ),
    Mistake("power", _text("**", "^"), "powers are not supported", "p(X) :- q(Y), X = Y**2.", hint="multiply: `Y*Y`"),
    Mistake(
        "conditional",
        _text(":"),
        "`:` is not supported",
        "p(A) :- q(A) : r(A).",
        hint="write a comma, or `:-` after a head",
    ),
    Mistake(
        "chained-comparison",
        lambda trouble: (
            trouble.found.kind in COMPARISONS and any(token.kind in COMPARISONS for token in trouble.element)
        ),
        "comparisons cannot be chained",
        "p(X) :- q(X), 1 < X < 3.",
        hint="write them apart: `1 < X, X < 3`",
    ),
)
