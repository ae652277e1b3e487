"""Mistakes we expect from anybody: something missing, something left over, a name that is none."""

from __future__ import annotations

from reasoner.language.mistake import TERMS, Mistake, innermost_parenthesis, kind, meant, text, the_one_before
from reasoner.language.tokens import ARITHMETIC, COMPARISONS
from reasoner.language.trouble import Trouble, begins_clause

_ENDS = ("STOP", "END", "IF")


def _upper_case(trouble: Trouble) -> bool:
    if trouble.found.kind == "LPAR":
        return trouble.before.kind == "VARIABLE" and not trouble.inside
    return trouble.found.kind == "VARIABLE" and trouble.next.kind == "LPAR" and not trouble.inside


def _predicate(trouble: Trouble) -> str:
    return trouble.before.text if trouble.found.kind == "LPAR" else trouble.found.text


def _function_term(trouble: Trouble) -> bool:
    return trouble.found.kind == "LPAR" and trouble.before.kind in ("NAME", "VARIABLE") and trouble.inside


def _grouped(trouble: Trouble) -> bool:
    if trouble.found.kind == "LPAR" and trouble.before.kind == "NOT":
        return True
    inner = _function_term(trouble) or trouble.found.kind in ("COMMA", *COMPARISONS)
    return inner and trouble.groups_premises


def _hyphen(trouble: Trouble) -> bool:
    if trouble.found.kind == "MINUS":
        return trouble.in_head and trouble.before.kind == "NAME" and trouble.next.kind == "NAME" and not trouble.inside
    names = trouble.before.kind == "NAME" and trouble.back(3).kind == "NAME"
    return trouble.found.kind == "LPAR" and trouble.back(2).kind == "MINUS" and names and not trouble.inside


def _hyphen_marks(trouble: Trouble) -> tuple[int, int]:
    return (trouble.at - 1, trouble.at + 2) if trouble.found.kind == "MINUS" else (trouble.at - 3, trouble.at)


def _tuple_term(trouble: Trouble) -> bool:
    if trouble.found.kind != "COMMA" or not trouble.inside:
        return False
    place = trouble.open_parentheses[-1]
    return place == trouble.first or trouble.tokens[place - 1].kind != "NAME"


def _missing_stop(trouble: Trouble) -> bool:
    if not trouble.wants("STOP", "COMMA", "IF") or trouble.setting != "rule":
        return False
    return trouble.found.kind == "END" or (trouble.begins_clause and trouble.wants("STOP", "IF"))


def _unfinished(trouble: Trouble) -> bool:
    if trouble.found.kind != "IF" or trouble.in_head:
        return False
    return begins_clause(trouble.source, trouble.tokens, trouble.element_start, trouble.first)


def _before_element(trouble: Trouble) -> tuple[int, int]:
    return trouble.element_start - 1, trouble.element_start


def _missing_if(trouble: Trouble) -> bool:
    head = trouble.in_head and not trouble.inside and trouble.before.kind in ("RPAR", "NAME")
    return head and trouble.found.kind in (*TERMS, "NOT", "COMMA")


def _missing_comma(trouble: Trouble) -> bool:
    starts = trouble.found.kind in (*TERMS, "NOT", "LPAR")
    return starts and trouble.wants("COMMA", "RPAR", "EQ") and trouble.before.kind in (*TERMS, "RPAR")


def _lone_term(trouble: Trouble) -> bool:
    ended = trouble.found.kind in ("COMMA", *_ENDS) and not trouble.inside
    return ended and trouble.wants("EQ") and not trouble.wants("COMMA")


def _missing_value(trouble: Trouble) -> bool:
    operator = trouble.before.kind in COMPARISONS | ARITHMETIC
    return operator and trouble.found.kind in ("COMMA", "RPAR", *_ENDS)


def _odd_letter(trouble: Trouble) -> bool:
    return not trouble.found.text.isascii() or not trouble.found.text.isprintable()


def _odd_space(trouble: Trouble) -> bool:
    shown = trouble.found.text
    return len(shown) == 1 and (shown.isspace() or shown in "\ufeff\u200b\u200c\u200d\u2060")


QUOTES: tuple[Mistake, ...] = (
    Mistake(
        "unclosed-quote",
        kind("OPEN_STRING"),
        "this quote is not closed",
        'occurred(i, "2021-11-07).',
        hint='close it on the same line: `"…"`',
    ),
    Mistake(
        "curly-quotes",
        text(*"“”„«»‘’"),
        "`{found}` is not a plain quotation mark",
        "occurred(i, “2021-11-07”).",
        hint='write the straight kind: `"…"`',
    ),
    Mistake(
        "single-quotes",
        lambda trouble: "'" in trouble.found.text,
        "single quotes do not quote here",
        "at(i, 'green zone').",
        hint='write `"…"`, or a name such as `green_zone`',
    ),
)
"""Tried before anything else: what follows a quote that went wrong means nothing."""

SLIPS: tuple[Mistake, ...] = (
    Mistake(
        "upper-case-predicate",
        _upper_case,
        "a predicate begins with a lower-case letter: `{name}`",
        "Means(A) :- possesses(A, rifle).",
        hint="write `{lower}`; capitals begin variables",
        marks=lambda trouble: the_one_before(trouble) if trouble.found.kind == "LPAR" else (trouble.at, trouble.at + 1),
        repair=lambda trouble: ("NAME", _predicate(trouble).lower()),
    ),
    Mistake(
        "hyphen-name",
        _hyphen,
        "a name holds no hyphen",
        "operates-in(a, baghdad).",
        hint="join its words by `_`",
        marks=_hyphen_marks,
    ),
    Mistake(
        "unclosed-parenthesis",
        lambda trouble: (
            trouble.inside
            and (trouble.found.kind in (*_ENDS, "RBRACE") or (_function_term(trouble) and trouble.unbalanced))
        ),
        "this parenthesis is not closed",
        "armed(A :- possesses(A, rifle).",
        hint="write `)` after the last argument",
        marks=innermost_parenthesis,
    ),
    Mistake(
        "grouped-premises",
        _grouped,
        "premises are not put in parentheses",
        "suspect(A) :- (armed(A), hostile(A)).",
        hint="take the parentheses out",
        marks=lambda trouble: innermost_parenthesis(trouble) if trouble.inside else (trouble.at, trouble.at + 1),
    ),
    Mistake(
        "function-term",
        _function_term,
        "`{before}(…)` cannot stand inside an atom",
        "at(i, street(baghdad)).",
        hint="an argument is a name, a number, a quoted text or a variable",
        marks=the_one_before,
    ),
    Mistake(
        "tuple-term",
        _tuple_term,
        "arguments are not put in parentheses of their own",
        "at(i, (baghdad, iraq)).",
        hint="write one atom for each, or give the predicate one more argument",
        marks=innermost_parenthesis,
    ),
    Mistake(
        "unopened-parenthesis",
        lambda trouble: trouble.found.kind == "RPAR" and not trouble.inside,
        "this parenthesis was never opened",
        "armed(A) :- possesses(A, rifle)).",
        hint="take it out, or write the `(` that it closes",
    ),
    Mistake(
        "empty-arguments",
        lambda trouble: trouble.found.kind == "RPAR" and trouble.before.kind == "LPAR",
        "there is nothing between the parentheses",
        "alarm() :- armed(A).",
        hint="an atom without arguments is written without them",
    ),
    Mistake(
        "extra-comma",
        lambda trouble: trouble.before.kind == "COMMA" and trouble.found.kind in ("COMMA", "RPAR", *_ENDS),
        "nothing follows this comma",
        "armed(A) :- possesses(A, rifle), .",
        hint="take the comma out, or add what is missing",
        marks=the_one_before,
    ),
    Mistake(
        "stray-comma",
        lambda trouble: trouble.found.kind == "COMMA" and trouble.before.kind in ("LPAR", "IF", "NOT", "START"),
        "nothing stands before this comma",
        "armed(A) :- , possesses(A, rifle).",
        hint="take the comma out, or add what is missing",
    ),
    Mistake(
        "stray-stop",
        lambda trouble: trouble.found.kind == "STOP" and trouble.at == trouble.first,
        "nothing stands before this full stop",
        "armed(a). .",
        hint="take it out",
    ),
    Mistake(
        "unfinished-rule",
        _unfinished,
        "this rule breaks off, and another begins below it",
        "armed(A) :- possesses(A, rifle),\nhostile(A) :- grievance(A, B, T).",
        hint="end it with a full stop, or add what is missing",
        marks=_before_element,
    ),
    Mistake(
        "missing-body",
        lambda trouble: trouble.before.kind == "IF" and trouble.found.kind in ("STOP", "END", "IF"),
        "no premise follows `:-`",
        "armed(A) :- .",
        hint="add the premises; a bare fact is written without `:-`",
        marks=the_one_before,
    ),
    Mistake(
        "missing-value",
        _missing_value,
        "nothing follows `{before}`",
        "high(X) :- level(X), X > .",
        hint="write the value that is meant",
        marks=the_one_before,
    ),
    Mistake(
        "missing-left",
        lambda trouble: trouble.found.kind in COMPARISONS and trouble.before.kind in ("COMMA", "IF"),
        "nothing stands before `{found}`",
        "high(X) :- level(X), >= 3.",
        hint="write what is compared: `X {found} 3`",
    ),
    Mistake(
        "second-if",
        lambda trouble: trouble.found.kind == "IF" and not trouble.in_head,
        "a second `:-` in one rule",
        "armed(A) :- possesses(A, rifle), hostile(A) :- grievance(A, B, T).",
        hint="end the first rule with a full stop before the next conclusion",
    ),
    Mistake(
        "missing-stop",
        _missing_stop,
        "the full stop after this is missing",
        "armed(A) :- possesses(A, rifle)\nhostile(A) :- grievance(A, B, T).",
        hint="every rule ends with `.`",
        marks=the_one_before,
        repair=meant("STOP", "."),
        inserts=True,
    ),
    Mistake(
        "lone-term",
        _lone_term,
        "`{before}` alone is no premise",
        "armed(A) :- possesses(A, W), W.",
        hint="a premise is an atom such as `possesses(A, W)`, or a comparison such as `X > 3`",
        marks=the_one_before,
    ),
    Mistake(
        "comparison-head",
        lambda trouble: trouble.in_head and not trouble.inside and trouble.found.kind in COMPARISONS | ARITHMETIC,
        "a rule cannot conclude a comparison",
        "armed != hostile :- possesses(A, rifle).",
        hint="conclude an atom, and compare among the premises",
    ),
    Mistake(
        "missing-if",
        _missing_if,
        "`:-` is missing between the conclusion and its premises",
        "armed(A) possesses(A, rifle).",
        hint="write `conclusion :- premise, premise.`",
        repair=lambda trouble: None if trouble.found.kind == "COMMA" else ("IF", ":-"),
        inserts=True,
    ),
    Mistake(
        "missing-comma",
        _missing_comma,
        "a comma is missing before `{found}`",
        "armed(A) :- possesses(A, rifle) hostile(A).",
        hint="premises and arguments are parted by commas",
        repair=lambda trouble: None if trouble.inside else ("COMMA", ","),
        inserts=True,
    ),
    Mistake(
        "reserved-word",
        kind("NOT"),
        "`not` is a word of the language and cannot stand here",
        "at(i, not).",
        hint="choose another name",
    ),
    Mistake(
        "no-conclusion",
        lambda trouble: trouble.at == trouble.first and trouble.found.kind in (*TERMS, "LPAR"),
        "a rule begins with an atom, not with `{found}`",
        "3 :- level(X).",
        hint="write `conclusion :- premise, premise.`",
    ),
    Mistake(
        "odd-space",
        _odd_space,
        "there is an invisible character here",
        "armed(A) :-\u00a0possesses(A, rifle).",
        hint="delete it and type an ordinary space",
    ),
    Mistake(
        "digit-name",
        lambda trouble: trouble.found.kind == "ODD_NAME" and trouble.found.text[0].isdecimal(),
        "a name begins with a lower-case letter, not with a digit: `{found}`",
        "occurred(7_october, d).",
        hint="put a letter first, or quote it",
    ),
    Mistake(
        "odd-letters",
        lambda trouble: trouble.found.kind == "ODD_NAME" and _odd_letter(trouble),
        "a name holds the letters a to z, digits and `_` only: `{found}`",
        "at(i, café).",
        hint='write it without accents, or quote it: `"{found}"`',
    ),
    Mistake(
        "odd-name",
        kind("ODD_NAME"),
        "`{found}` is neither a name nor a variable",
        "at(i, __).",
        hint="names and variables have a letter first; `_` stands for anything",
    ),
    Mistake(
        "question-mark",
        text("?"),
        "a rule ends with a full stop, not with `?`",
        "armed(A)?",
        hint="to ask, use `ascribe query`",
    ),
    Mistake(
        "odd-character",
        kind("OTHER", "ODD"),
        "`{found}` means nothing here",
        "armed(A) $ hostile(A).",
        hint="a rule has names, variables, numbers, quoted texts, and `( ) , . :- = != < <= > >= + - *`",
    ),
)
"""In the order they are tried, after what is foreign to the language."""
