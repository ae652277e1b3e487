"""What rule files, facts and queries mean."""

from __future__ import annotations

import pytest

from reasoner.language.parser import parse_fact, parse_query, parse_rules
from reasoner.problems import InputError
from reasoner.terms import Arithmetic, Atom, Comparison, Literal, Quoted, Rule, Span, Variable

X, Y = Variable("X"), Variable("Y")

TERMS = [
    ("baghdad", "baghdad"),
    ("_hidden", "_hidden"),
    ("camelCase", "camelCase"),
    ("0", 0),
    ("-17", -17),
    ("- 17", -17),
    ("-(17)", -17),
    ('"2021-11-07"', Quoted("2021-11-07")),
    (r'"a \"b\" \\ c\nd"', Quoted('a "b" \\ c\nd')),
    ('"% no comment. :-"', Quoted("% no comment. :-")),
    ("1+2*3", Arithmetic("+", 1, Arithmetic("*", 2, 3))),
    ("(1+2)*3", Arithmetic("*", Arithmetic("+", 1, 2), 3)),
    ("3-2-1", Arithmetic("-", Arithmetic("-", 3, 2), 1)),
    ("3-(2-1)", Arithmetic("-", 3, Arithmetic("-", 2, 1))),
    ("4--2", Arithmetic("-", 4, -2)),
    ("-(1+2)", Arithmetic("-", 0, Arithmetic("+", 1, 2))),
    ("((5))", 5),
    ("2147483647", 2147483647),
]


@pytest.mark.parametrize(("text", "term"), TERMS, ids=[text for text, _ in TERMS])
def test_a_term_is_read_as_what_it_means(text: str, term: object) -> None:
    (rule,) = parse_rules(f"p({text}).", "f.dl")

    assert (term,) == rule.head.arguments


def test_a_rule_has_a_head_a_body_and_a_sentence() -> None:
    text = "%% [armed] {X} had\n%%   {Y}.\narmed(X) :-\n    possesses(X, Y), not lost(X, _), Y != none."

    assert parse_rules(text, "rules/means.dl") == (
        Rule(
            "armed",
            "{X} had {Y}.",
            Atom("armed", (X,)),
            (
                Literal(Atom("possesses", (X, Y))),
                Literal(Atom("lost", (X, Variable("_"))), negated=True),
                Comparison("!=", Y, "none"),
            ),
        ),
    )


def test_spans_say_where_each_part_stands() -> None:
    (rule,) = parse_rules("%% [a] b\np(X) :-\n  q(X),\n  X\n  > 3.\n", "dir/f.dl")

    assert rule.span == Span("dir/f.dl", 2, 1, 5, 7)
    assert [element.span for element in rule.body] == [
        Span("dir/f.dl", 3, 3, 3, 7),
        Span("dir/f.dl", 4, 3, 5, 6),
    ]


def test_rules_without_a_name_are_named_after_file_and_predicate() -> None:
    rules = parse_rules("p(a).\np(b).\np(a, b).\n%% [mine]\np(c).\n%% Said, not named.\np(d).", "some/where/x.dl")

    assert ["x.dl:p/1", "x.dl:p/1#2", "x.dl:p/2", "mine", "x.dl:p/1#3"] == [rule.name for rule in rules]
    assert [False, False, False, True, False] == [rule.named for rule in rules]
    assert [None, None, None, None, "Said, not named."] == [rule.sentence for rule in rules]


def test_only_comment_lines_may_stand_between_a_sentence_and_its_rule() -> None:
    near = parse_rules("%% [a] {X}.\n% why\n%% And more.\np(X) :- q(X).", "f.dl")
    far = parse_rules("%% About all below.\n\np(X) :- q(X).", "f.dl")

    assert "{X}. And more." == near[0].sentence
    assert far[0].sentence is None


@pytest.mark.parametrize("text", ["", "\n\n", "% nothing", "%%\n%%%%%\n"])
def test_a_file_may_be_empty(text: str) -> None:
    assert () == parse_rules(text, "f.dl")


@pytest.mark.parametrize("end", ["\n", "\r\n", " % and so on\n", "\t"])
def test_line_ends_and_spaces_mean_nothing(end: str) -> None:
    text = f"%% [n] {{X}}.\np(X) :-{end} q(X),{end} not{end} r(X){end} .{end}".replace(f"{{X}}.{end}", "{X}.\n")

    assert parse_rules("%% [n] {X}.\np(X):-q(X),not r(X).", "f.dl") == parse_rules(text, "f.dl")


def test_a_fact_is_one_ground_atom_with_or_without_a_full_stop() -> None:
    atom = Atom("occurred", ("attack", Quoted("2021-11-07")))

    assert atom == parse_fact('occurred(attack, "2021-11-07")', "f.yaml", 3, 9)
    assert atom == parse_fact(' occurred(attack, "2021-11-07"). ', "f.yaml", 3, 9)


def test_a_broken_fact_is_shown_where_it_stands_in_its_file() -> None:
    with pytest.raises(InputError) as caught:
        parse_fact("at(attack, Baghdad)", "facts/a.yaml", 41, 13, "    - fact: at(attack, Baghdad)")

    (problem,) = caught.value.problems
    assert "variable-in-fact" == problem.word
    assert Span("facts/a.yaml", 41, 24, 41, 31) == problem.span
    assert "    - fact: at(attack, Baghdad)" == problem.line_text


def test_a_query_is_a_conjunction_with_or_without_a_full_stop() -> None:
    elements = (Literal(Atom("p", (X, Y))), Literal(Atom("q", (X,)), negated=True), Comparison("<", Y, 3))

    assert elements == parse_query("p(X, Y), not q(X), Y < 3")
    assert elements == parse_query("p(X, Y), not q(X), Y < 3.")


def test_a_whole_rule_base_is_read_fast() -> None:
    """10,000 rules in seconds: time grows with the text, not with its square."""
    text = "%% [n] {X}.\np(X, Y) :- q(X, Z), not r(Z, _), Y = Z+1, Y < 5.\n\n".replace("[n] ", "") * 10_000

    assert 10_000 == len(parse_rules(text, "f.dl"))
