"""Canonical layout: nothing is lost, nothing moves twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from reasoner.language.parser import parse_rules
from reasoner.language.printer import format_text, print_rules
from reasoner.language.tokens import scan
from reasoner.problems import InputError
from reasoner.terms import Rule
from tests.language.strategies import FILE, rule_lists, untidy_texts


@settings(max_examples=200, deadline=None)
@given(rule_lists())
def test_what_is_printed_reads_back_as_the_same_rules_and_is_laid_out(rules: tuple[Rule, ...]) -> None:
    text = print_rules(rules)
    read = parse_rules(text, FILE)

    assert rules == read
    assert [rule.named for rule in rules] == [rule.named for rule in read]
    assert text == format_text(text, FILE)


@settings(max_examples=300, deadline=None)
@given(untidy_texts())
def test_formatting_keeps_every_rule_and_comment_and_is_done_after_one_pass(text: str) -> None:
    try:
        rules = parse_rules(text, FILE)
    except InputError:
        # A stray comment may come between a name and its rule.
        return
    formatted = format_text(text, FILE)

    assert rules == parse_rules(formatted, FILE)
    assert formatted == format_text(formatted, FILE)
    assert sorted(_plain_comments(text)) == sorted(_plain_comments(formatted))


def _plain_comments(text: str) -> list[str]:
    return [token.text.strip() for token in scan(text) if token.kind == "COMMENT"]


LAYOUTS = [
    (
        "a short rule stands on one line",
        "armed(A):-possesses( A ,W ),   scarce(W).",
        "armed(A) :- possesses(A, W), scarce(W).\n",
    ),
    (
        "a long rule has its body below, indented",
        "supports(I, perpetrator, A, means, moderate) :- candidate(I, perpetrator, A), used(I, W), possesses(A, W), "
        "scarce(W), not lacks(A, W), operates_in(A, P).",
        "supports(I, perpetrator, A, means, moderate) :-\n"
        "    candidate(I, perpetrator, A), used(I, W), possesses(A, W), scarce(W), not lacks(A, W),\n"
        "    operates_in(A, P).\n",
    ),
    (
        "a sentence is joined and wrapped at 100 columns",
        "%% [means] {A} had it,\n%%   and used it where nobody else could have used it, on a day when all the "
        "others were elsewhere.\nmeans(A) :- possesses(A, W).",
        "%% [means] {A} had it, and used it where nobody else could have used it, on a day when all the\n"
        "%% others were elsewhere.\n"
        "means(A) :- possesses(A, W).\n",
    ),
    (
        "one blank line parts rules, and facts may stand together",
        "p(a).\np(b).\n\n\n\np(c).\nq(X) :- p(X).\nr(X) :- p(X).",
        "p(a).\np(b).\n\np(c).\n\nq(X) :- p(X).\n\nr(X) :- p(X).\n",
    ),
    (
        "comments stay where they stand",
        "% About the file.\n\n% About the rule.\np(X) :- % why\n  q(X), % first\n  % before the second\n"
        "  r(X). % end\n% below",
        "% About the file.\n\n% About the rule.\np(X) :-  % why\n    q(X),  % first\n    % before the second\n"
        "    r(X).  % end\n% below\n",
    ),
    (
        "only the parentheses that are needed stay",
        "p(X) :- q(Y), X = (((Y+1))*2)-(3).",
        "p(X) :- q(Y), X = (Y+1)*2-3.\n",
    ),
    ("a text without rules stays a text without rules", "\n\n% nothing yet\n", "% nothing yet\n"),
]


@pytest.mark.parametrize(("promise", "text", "laid_out"), LAYOUTS, ids=[layout[0] for layout in LAYOUTS])
def test_canonical_layout(promise: str, text: str, laid_out: str) -> None:
    assert laid_out == format_text(text, FILE), promise


def test_a_broken_file_is_reported_and_not_laid_out() -> None:
    with pytest.raises(InputError) as caught:
        format_text("p(X) :- q(X)", FILE)

    assert ["missing-stop"] == [problem.word for problem in caught.value.problems]
