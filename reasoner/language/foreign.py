"""Mistakes we expect from people who know clingo, Prolog or a programming language: what rule files do not have."""

from __future__ import annotations

from reasoner.language.mistake import TERMS, Mistake, kind, meant, text, the_one_before, with_the_one_before
from reasoner.language.tokens import ARITHMETIC, COMPARISONS
from reasoner.language.trouble import Trouble

_COMPARISON_MEANT = {"==": "=", "<>": "!=", "=<": "<=", "=>": ">=", "≤": "<=", "≥": ">=", "≠": "!="}
_COMPARISON_MEANT |= dict.fromkeys(("\\=", "\\==", "=\\="), "!=")
_SIGN_MEANT = {"−": "-", "–": "-", "—": "-", "×": "*", "∗": "*", "＋": "+"}
_SIGNS = {"-": "MINUS", "*": "STAR", "+": "PLUS"}
_KINDS = {"=": "EQ", "!=": "NE", "<=": "LE", ">=": "GE"}
_ARROWS = ("->", "=>", ":=", ":", "<=", "=", "==", "<", "⇐", "←", "→", "if", "IF", "If")
_OR = ("|", "||", "or", "OR", "Or", "∨")


def _comparison(text: str) -> tuple[str, str]:
    return _KINDS[text], text


def _follows_arrow(trouble: Trouble) -> bool:
    head = trouble.in_head and not trouble.inside and trouble.before.kind in ("NAME", "RPAR")
    return head and trouble.wants("IF") and trouble.found.text in _ARROWS


def _arrow(trouble: Trouble) -> tuple[int, int]:
    """Mark ``<-`` and ``: -`` whole, which are two tokens."""
    return trouble.at, trouble.at + (2 if trouble.found.text in "<:" and trouble.next.text == "-" else 1)


def _wrong_not(trouble: Trouble) -> bool:
    if trouble.found.text in ("!", "~", "¬", "\\+"):
        return not trouble.inside
    return trouble.before.text in ("Not", "NOT") and trouble.found.kind == "NAME"


def _classical_negation(trouble: Trouble) -> bool:
    if trouble.found.kind == "MINUS" and trouble.wants("NOT", "NAME"):
        return not trouble.inside
    begins = trouble.back(2).kind in ("START", "IF", "COMMA", "NOT")
    return trouble.before.kind == "MINUS" and trouble.found.kind == "NAME" and not trouble.inside and begins


def _negated_comparison(trouble: Trouble) -> bool:
    if trouble.before.kind == "NOT":
        return trouble.found.kind in TERMS and trouble.next.kind in COMPARISONS | ARITHMETIC
    negated = bool(trouble.element) and trouble.element[0].kind == "NOT"
    return negated and not trouble.inside and trouble.found.kind in COMPARISONS


def _chained(trouble: Trouble) -> bool:
    return trouble.found.kind in COMPARISONS and any(token.kind in COMPARISONS for token in trouble.element)


def _or(trouble: Trouble) -> bool:
    return trouble.found.text in (";", *_OR)


FOREIGN: tuple[Mistake, ...] = (
    Mistake(
        "unquoted-date",
        kind("DATE"),
        "the date `{found}` has no quotes",
        "recent(I) :- occurred(I, D), D > 2021-11-07.",
        hint='write `"{found}"`',
        note="Without quotes it would be a subtraction.",
        repair=lambda trouble: ("STRING", f'"{trouble.found.text}"'),
    ),
    Mistake(
        "decimal-number",
        lambda trouble: trouble.found.kind == "ODD_NUMBER" and "." in trouble.found.text,
        "`{found}` is not a whole number",
        "many(S) :- series_count(S, N), N > 1.5.",
        hint='there are whole numbers only, and dates in quotes: `"2021-11-07"`',
        repair=meant("NUMBER", "1"),
    ),
    Mistake(
        "leading-zero",
        kind("ODD_NUMBER"),
        "the number `{found}` begins with a zero",
        "series_count(s, 007).",
        hint="write it without the zero",
        repair=lambda trouble: ("NUMBER", trouble.found.text.lstrip("0") or "0"),
    ),
    Mistake(
        "two-stops",
        lambda trouble: trouble.found.kind == "RANGE" and trouble.next.kind != "NUMBER",
        "there is one full stop too many",
        "armed(A) :- possesses(A, rifle)..",
        hint="one ends a rule",
        repair=meant("STOP", "."),
    ),
    Mistake(
        "interval",
        kind("RANGE"),
        "ranges such as `1..3` are not supported",
        "level(1..3).",
        hint="compare instead: `X >= 1, X <= 3`",
    ),
    Mistake(
        "directive",
        lambda trouble: trouble.found.kind == "DIRECTIVE" or trouble.found.text == ":~",
        "`{found}` is an instruction to clingo, which rule files do not use",
        "#show means/3.",
        hint="take it out: a rule file holds rules only",
    ),
    Mistake(
        "choice",
        lambda trouble: text("{", "}")(trouble) and not (trouble.inside and trouble.open_brace is not None),
        "choices and sets in braces are not supported",
        "{ guilty(A) } :- had_access(A, I).",
        hint="a rule concludes one atom",
        note="Rival hypotheses are several `candidate` conclusions; their evidence chooses among them.",
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
        "unarmed(A) :- actor(A), -possesses(A, rifle).",
        hint="write `not` for what is not known to be so",
        marks=lambda trouble: (
            (trouble.at, trouble.at + 1) if trouble.found.kind == "MINUS" else the_one_before(trouble)
        ),
    ),
    Mistake(
        "minus-name",
        lambda trouble: trouble.before.kind == "MINUS" and trouble.found.kind in TERMS,
        "a lone `-` stands before a number or a parenthesis only",
        "below(X) :- level(Y), X = -Y.",
        hint="write `0-{found}`",
        marks=with_the_one_before,
    ),
    Mistake(
        "double-negation",
        lambda trouble: trouble.found.kind == "NOT" and trouble.before.kind == "NOT",
        "`not not` is not supported",
        "known(A) :- actor(A), not not denied(A, i).",
        hint="write the atom without `not`",
        marks=with_the_one_before,
    ),
    Mistake(
        "negated-comparison",
        _negated_comparison,
        "`not` stands before atoms only",
        "other(X) :- level(X), not X = 3.",
        hint="turn the comparison round: `!=` for `=`, `>=` for `<`",
    ),
    Mistake(
        "wrong-not",
        _wrong_not,
        "`{marked}` does not negate here",
        "unarmed(A) :- actor(A), !possesses(A, rifle).",
        hint="write `not` before the atom",
        marks=lambda trouble: the_one_before(trouble) if trouble.found.kind == "NAME" else (trouble.at, trouble.at + 1),
        repair=meant("NOT", "not"),
    ),
    Mistake(
        "wrong-arrow",
        _follows_arrow,
        "`{marked}` does not part a conclusion from its premises",
        "armed(A) := possesses(A, rifle).",
        hint="write `:-`",
        marks=_arrow,
        repair=meant("IF", ":-"),
    ),
    Mistake(
        "wrong-comparison",
        lambda trouble: trouble.found.text in _COMPARISON_MEANT and trouble.found.kind not in COMPARISONS,
        "`{found}` does not compare here",
        "third(X) :- level(X), X == 3.",
        hint="write `{meant}`",
        meant=_COMPARISON_MEANT,
        repair=lambda trouble: _comparison(_COMPARISON_MEANT[trouble.found.text]),
    ),
    Mistake(
        "wrong-sign",
        text(*_SIGN_MEANT),
        "`{found}` does not calculate here",
        "below(Y) :- level(X), Y = X − 1.",
        hint="write `{meant}`",
        meant=_SIGN_MEANT,
        repair=lambda trouble: (_SIGNS[_SIGN_MEANT[trouble.found.text]], _SIGN_MEANT[trouble.found.text]),
    ),
    Mistake(
        "word-is",
        lambda trouble: trouble.found.text == "is" and trouble.wants("EQ"),
        "`is` does not give a value here",
        "next(Y) :- level(X), Y is X+1.",
        hint="write `=`",
        repair=meant("EQ", "="),
    ),
    Mistake(
        "word-and",
        text("and", "AND", "And", "&", "&&", "∧"),
        "`{found}` does not join premises",
        "suspect(A) :- armed(A) and hostile(A).",
        hint="write a comma",
        repair=meant("COMMA", ","),
    ),
    Mistake(
        "pooling",
        lambda trouble: trouble.found.text == ";" and trouble.inside,
        "`;` inside an atom is not supported",
        "asked(perpetrator; sponsor).",
        hint="write one atom for each value",
    ),
    Mistake(
        "disjunction",
        lambda trouble: trouble.in_head and _or(trouble),
        "a rule concludes one atom, not one of several",
        "militia(A) | agency(A) :- armed(A).",
        hint="write one rule for each conclusion",
    ),
    Mistake(
        "or-in-body",
        _or,
        "`{found}` does not join premises",
        "suspect(A) :- armed(A); hostile(A).",
        hint="for `and` write a comma; for `or` write two rules with the same conclusion",
        repair=meant("COMMA", ","),
    ),
    Mistake(
        "division",
        text("/", "÷"),
        "division is not supported",
        "half(X) :- level(Y), X = Y/2.",
        hint="there are `+`, `-` and `*`; multiply the other side instead",
    ),
    Mistake(
        "modulo",
        text("\\", "mod"),
        "remainders are not supported",
        "odd(Y) :- level(Y), 1 = Y\\2.",
        hint="there are `+`, `-` and `*`",
    ),
    Mistake(
        "power",
        text("**", "^"),
        "powers are not supported",
        "square(X) :- level(Y), X = Y**2.",
        hint="multiply: `Y*Y`",
    ),
    Mistake(
        "conditional",
        text(":"),
        "`:` is not supported",
        "all(A) :- actor(A), denied(A, I) : incident(I).",
        hint="write a comma between premises, and `:-` after the conclusion",
    ),
    Mistake(
        "external-function",
        text("@"),
        "`@` is not supported: rules call no functions",
        "day(D) :- D = @today.",
        hint="write the value",
    ),
    Mistake(
        "chained-comparison",
        _chained,
        "comparisons cannot be chained",
        "middle(X) :- level(X), 1 < X < 3.",
        hint="write them apart: `1 < X, X < 3`",
    ),
)
"""In the order they are tried."""
