"""Mistakes we expect in aggregates: what stands in the braces, before them and behind them."""

from __future__ import annotations

from itertools import takewhile

from reasoner.language.mistake import TERMS, Mistake, kind, meant, text, the_one_before, with_the_one_before
from reasoner.language.tokens import ARITHMETIC, COMPARISONS
from reasoner.language.trouble import Trouble

_SHAPE = "`#count{ B : possesses(B, W) }`"
_ENDS = ("STOP", "END", "IF")
_NAMED = "give it a name, `N = #count{…}`, and go on with `N`"


def _unknown(trouble: Trouble) -> bool:
    """``#avg{``, ``#Count{``: what the language has no word for, where an aggregate is meant."""
    return trouble.found.kind == "DIRECTIVE" and any(
        trouble.tokens[place].text == "{" for place in (trouble.at + 1, trouble.at + 2) if place < len(trouble.tokens)
    )


def _capital(trouble: Trouble) -> bool:
    return _unknown(trouble) and trouble.next.text.lower() in ("count", "sum", "min", "max")


def _after(trouble: Trouble) -> bool:
    """Whether it stands directly behind an aggregate that has no guard on its left."""
    return trouble.before.kind == "RBRACE" and trouble.wants("EQ")


def _braces_before(trouble: Trouble) -> tuple[int, int]:
    """Mark the aggregate that ends there."""
    start = next(
        (place for place in range(trouble.at - 1, trouble.first, -1) if trouble.tokens[place].kind == "AGGREGATE"),
        trouble.at - 1,
    )
    return start, trouble.at


def _runs_on(trouble: Trouble) -> bool:
    """Whether a condition is compared, as its aggregate should be, and no brace closes before the end."""
    if trouble.found.kind not in COMPARISONS or trouble.before.kind not in ("RPAR", "NAME"):
        return False
    rest = takewhile(lambda token: token.kind not in _ENDS, trouble.tokens[trouble.at :])
    return all(token.kind != "RBRACE" for token in rest)


def _condition_follows(trouble: Trouble) -> bool:
    """Whether a condition begins right behind what is counted."""
    if not trouble.counting or trouble.before.kind not in TERMS:
        return False
    return trouble.found.kind == "NOT" or (trouble.found.kind == "NAME" and trouble.next.kind == "LPAR")


def _open_brace(trouble: Trouble) -> tuple[int, int]:
    place = trouble.at if trouble.open_brace is None else trouble.open_brace
    return place, place + 1


def _second(trouble: Trouble) -> bool:
    """A second aggregate in one comparison."""
    return trouble.found.kind == "AGGREGATE" and any(token.kind == "AGGREGATE" for token in trouble.element)


BRACES: tuple[Mistake, ...] = (
    Mistake(
        "capital-aggregate",
        _capital,
        "aggregates are written in lower case",
        "few(W) :- scarce(W), #Count{ A : possesses(A, W) } <= 5.",
        hint="there are `#count`, `#sum`, `#min` and `#max`",
        marks=lambda trouble: (trouble.at, trouble.at + 2),
        repair=lambda trouble: ("AGGREGATE", f"#{trouble.next.text.lower()}"),
    ),
    Mistake(
        "unknown-aggregate",
        _unknown,
        "there is no aggregate `{found}`",
        "mean(N) :- N = #avg{ X : level(X) }.",
        hint="there are `#count`, `#sum`, `#min` and `#max`",
        repair=meant("AGGREGATE", "#count"),
    ),
    Mistake(
        "aggregate-head",
        lambda trouble: trouble.found.kind == "AGGREGATE" and trouble.in_head,
        "a rule cannot conclude an aggregate",
        "#count{ A : possesses(A, W) } <= 5 :- scarce(W).",
        hint="conclude an atom, and count among the premises",
    ),
    Mistake(
        "aggregate-in-atom",
        lambda trouble: trouble.found.kind == "AGGREGATE" and trouble.inside,
        "an aggregate cannot stand inside parentheses",
        "rated(A) :- actor(A), level(#count{ W : possesses(A, W) }).",
        hint=_NAMED,
    ),
    Mistake(
        "nested-aggregate",
        lambda trouble: trouble.found.kind == "AGGREGATE" and trouble.open_brace is not None,
        "an aggregate cannot stand inside another",
        "much(A) :- actor(A), #count{ W : possesses(A, W), #count{ B : possesses(B, W) } < 3 } > 2.",
        hint="let a rule of its own conclude the inner one, and name that here",
    ),
    Mistake(
        "negated-aggregate",
        lambda trouble: trouble.found.kind == "AGGREGATE" and trouble.before.kind == "NOT",
        "`not` stands before atoms only, not before `{found}`",
        "rare(W) :- scarce(W), not #count{ A : possesses(A, W) } > 5.",
        hint="turn the comparison round: `<=` for `>`",
        marks=with_the_one_before,
    ),
    Mistake(
        "two-aggregates",
        _second,
        "two aggregates cannot be compared with each other",
        "more(A, B) :- rivals(A, B), #count{ W : possesses(A, W) } > #count{ W : possesses(B, W) }.",
        hint="give each a name: `N = #count{…}, M = #count{…}, N > M`",
    ),
    Mistake(
        "counted-in-sum",
        lambda trouble: trouble.found.kind == "AGGREGATE" and trouble.before.kind in ARITHMETIC,
        "`{found}` cannot stand in arithmetic",
        "next(N) :- scarce(W), N = 1 + #count{ A : possesses(A, W) }.",
        hint=_NAMED,
    ),
    Mistake(
        "counted-in-sum-before",
        lambda trouble: _after(trouble) and trouble.found.kind in ARITHMETIC,
        "an aggregate cannot stand in arithmetic",
        "few(W) :- scarce(W), #count{ A : possesses(A, W) } + 1 < 5.",
        hint=_NAMED,
        marks=_braces_before,
    ),
    Mistake(
        "missing-comparison",
        lambda trouble: (
            (trouble.found.kind == "AGGREGATE" and trouble.before.kind in (*TERMS, "RPAR"))
            or (_after(trouble) and trouble.found.kind in TERMS)
        ),
        "a comparison is missing before `{found}`",
        "few(W) :- scarce(W), 5 #count{ A : possesses(A, W) }.",
        hint="write `N = #count{…}` or `#count{…} <= 5`",
    ),
    Mistake(
        "unguarded-aggregate",
        lambda trouble: _after(trouble) and trouble.found.kind in ("COMMA", "RPAR", *_ENDS),
        "this aggregate is compared with nothing",
        "few(W) :- scarce(W), #count{ A : possesses(A, W) }.",
        hint="`#count{…} <= 5` tests its value, `N = #count{…}` gives it a name",
        marks=_braces_before,
    ),
    Mistake(
        "missing-brace",
        lambda trouble: trouble.before.kind == "AGGREGATE" and trouble.found.kind != "LBRACE",
        "a `{` is missing after `{before}`",
        "few(W) :- scarce(W), N = #count A : possesses(A, W), N <= 5.",
        hint=f"write {_SHAPE}",
        marks=the_one_before,
    ),
    Mistake(
        "empty-braces",
        lambda trouble: trouble.before.kind == "LBRACE" and trouble.found.kind == "RBRACE",
        "there is nothing between the braces",
        "none(N) :- N = #count{ }.",
        hint=f"write what is counted, a colon and the condition: {_SHAPE}",
    ),
    Mistake(
        "nothing-counted",
        lambda trouble: (
            trouble.before.kind in ("LBRACE", "SEMICOLON")
            and trouble.open_brace is not None
            and trouble.found.kind in ("COLON", "SEMICOLON", "RBRACE", "NOT")
        ),
        "what is counted is missing here",
        "few(W) :- scarce(W), #count{ : possesses(A, W) } <= 5.",
        hint=f"write it before the colon: {_SHAPE}",
    ),
    Mistake(
        "colon-left-out",
        _condition_follows,
        "a colon is missing before `{found}`",
        "few(W) :- scarce(W), #count{ A possesses(A, W) } <= 5.",
        hint=f"it parts what is counted from its condition: {_SHAPE}",
        repair=meant("COLON", ":"),
        inserts=True,
    ),
    Mistake(
        "missing-colon",
        lambda trouble: trouble.counting and trouble.found.kind in ("LPAR", *COMPARISONS),
        "what is counted, and a colon, must stand before the condition",
        "few(W) :- scarce(W), #count{ possesses(A, W) } <= 5.",
        hint="write `#count{ A : possesses(A, W) }`",
        marks=the_one_before,
    ),
    Mistake(
        "wrong-colon",
        lambda trouble: trouble.counting and trouble.found.text in ("|", ":-", "where", "if", "/"),
        "`{found}` does not part what is counted from its condition",
        "few(W) :- scarce(W), #count{ A | possesses(A, W) } <= 5.",
        hint="write a colon",
        repair=meant("COLON", ":"),
    ),
    Mistake(
        "second-colon",
        lambda trouble: trouble.found.kind == "COLON" and trouble.open_brace is not None and not trouble.counting,
        "a second colon",
        "few(W) :- scarce(W), #count{ A : possesses(A, W) : actor(A) } <= 5.",
        hint="conditions are joined by commas; `;` begins what else is counted",
        repair=meant("COMMA", ","),
    ),
    Mistake(
        "missing-condition",
        lambda trouble: trouble.before.kind == "COLON" and trouble.found.kind in ("RBRACE", "SEMICOLON", "COMMA"),
        "no condition follows the colon",
        "few(W) :- scarce(W), #count{ A : } <= 5.",
        hint=f"write when it counts: {_SHAPE}",
        marks=the_one_before,
    ),
    Mistake(
        "unclosed-brace",
        lambda trouble: trouble.open_brace is not None and (trouble.found.kind in _ENDS or _runs_on(trouble)),
        "this brace is not closed",
        "few(W) :- scarce(W), N = #count{ A : possesses(A, W), N <= 5.",
        hint="write `}` after the condition",
        marks=_open_brace,
    ),
    Mistake(
        "unopened-brace",
        lambda trouble: (
            kind("RBRACE")(trouble)
            and trouble.open_brace is None
            and any(token.kind == "AGGREGATE" for token in trouble.tokens[trouble.first : trouble.at])
        ),
        "this brace was never opened",
        "few(W) :- scarce(W), #count{ A : possesses(A, W) } } <= 5.",
        hint="take it out",
    ),
    Mistake(
        "bare-braces",
        lambda trouble: text("{")(trouble) and not trouble.in_head and trouble.before.kind != "AGGREGATE",
        "braces follow `#count`, `#sum`, `#min` or `#max` only",
        "few(W) :- scarce(W), { A : possesses(A, W) } <= 5.",
        hint="write `#count{` for how many there are",
    ),
)
"""In the order they are tried, before what is foreign to the language."""
