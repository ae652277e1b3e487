"""The mistakes we expect are recognised, each by its own words, and none hides another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.language.explaining import MISTAKES
from reasoner.language.mistake import Mistake
from reasoner.language.parser import parse_fact, parse_query, parse_rules
from reasoner.problems import InputError, render_all

RULES = MISTAKES["rule"]


def _words(text: str) -> list[str]:
    try:
        parse_rules(text, "f.dl")
    except InputError as error:
        return [problem.word for problem in error.problems]
    return []


@pytest.mark.parametrize("mistake", RULES, ids=[mistake.word for mistake in RULES])
def test_each_expected_mistake_is_recognised_by_its_example(mistake: Mistake) -> None:
    assert [mistake.word] == _words(mistake.example)


def test_no_word_stands_for_two_mistakes() -> None:
    words = [mistake.word for mistake in RULES]

    assert len(set(words)) == len(words)


def test_all_mistakes_of_a_file_are_reported_at_once() -> None:
    """A mistake hides neither those below it nor the rules between."""
    alone = {"missing-stop", "unfinished-rule"}
    chosen = [mistake for mistake in RULES if mistake.word not in alone]
    text = "\n\nfine(X) :- q(X).\n\n".join(mistake.example for mistake in chosen)

    assert [mistake.word for mistake in chosen] == _words(text)


MORE = [
    ("many slips", "a(X) := b(X), !c(X) and X == 3.", ["wrong-arrow", "wrong-not", "word-and", "wrong-comparison"]),
    ("a stop missing above a sentence", "a(X) :- b(X)\n\n%% [c] {X}.\nc(X) :- d(X).", ["missing-stop"]),
    ("a stop missing at the end", "a(X) :- b(X).\nc(X) :- d(X)", ["missing-stop"]),
    ("stops missing after facts", "a(b)\nc(d)\ne(f).", ["missing-stop", "missing-stop"]),
    ("a comma missing at the end of a line", "a(X) :-\n    b(X)\n    c(X).", ["missing-comma"]),
    ("a comma missing between arguments", "a(b c).", ["missing-comma"]),
    ("an unclosed quote above another", 'a :- b("x).\nc :- d(2.\ne.', ["unclosed-quote", "unclosed-parenthesis"]),
    ("another arrow", "a(X) <- b(X).", ["wrong-arrow"]),
    ("a spaced arrow", "a(X) : - b(X).", ["wrong-arrow"]),
    ("if in words", "a(X) if b(X).", ["wrong-arrow"]),
    ("Prolog's negation", "a(X) :- b(X), \\+ c(X).", ["wrong-not"]),
    ("a tilde", "a(X) :- b(X), ~c(X).", ["wrong-not"]),
    ("a capital Not", "a(X) :- b(X), Not c(X).", ["wrong-not"]),
    ("a negated head with a minus", "-a(X) :- b(X).", ["classical-negation"]),
    ("not in front of parentheses", "a(X) :- b(X), not (c(X)).", ["grouped-premises"]),
    ("a comparison in parentheses", "a(X) :- b(X), (X > 3).", ["grouped-premises"]),
    ("or in words", "a(X) :- b(X) or c(X).", ["or-in-body"]),
    ("an ampersand", "a(X) :- b(X) & c(X).", ["word-and"]),
    ("a sum of sums", "a(N) :- b(X), N = #sum{ Y : c(X, Y), Y > #sum{ Z : d(Z) } }.", ["nested-aggregate"]),
    ("another aggregate", "a(N) :- b(X), N = #times{ Y : c(X, Y) }.", ["unknown-aggregate"]),
    ("clingo's other sum", "a(N) :- b(X), N = #sum+{ Y : c(X, Y) }.", ["unknown-aggregate"]),
    ("parentheses for braces", "a(N) :- N = #count(X : b(X)).", ["missing-brace"]),
    ("braces that open a parenthesis", "a(N) :- N = #count{ X : b(X }.", ["unclosed-parenthesis"]),
    ("an aggregate of nothing to compare in the middle", "a(X) :- #count{ Y : b(Y) }, c(X).", ["unguarded-aggregate"]),
    ("an unguarded aggregate under not", "a(X) :- c(X), not #count{ Y : b(Y) }.", ["negated-aggregate"]),
    ("something behind an aggregate", "a(X) :- c(X), #count{ Y : b(Y) } 5.", ["missing-comparison"]),
    ("not in what is counted", "a(X) :- c(X), #count{ not b(Y) } > 5.", ["nothing-counted"]),
    ("a comparison counted", "a(X) :- c(X), #count{ X > 3 } > 5.", ["missing-colon"]),
    ("_ counted", "a(X) :- c(X), #count{ _ : b(_) } > 5.", ["anonymous-counted"]),
    ("a sum in a condition", "a(X) :- c(X), #count{ Y : b(Y+1) } > 5.", ["arithmetic-in-premise"]),
    ("an unquoted date in braces", "a(X) :- c(X), #min{ Y : b(Y), Y > 2021-11-07 } = X.", ["unquoted-date"]),
    ("a semicolon at the end", "a(X) :- c(X), #count{ Y : b(Y) ; } = X.", ["nothing-counted"]),
    ("an aggregate that does not end", "a(X) :- #count{ Y : b(Y).\nc(X) :- d(X).", ["unclosed-brace"]),
    ("an aggregate as an argument of its own", "a(#count{ X : b(X) }).", ["aggregate-head"]),
    ("a guard inside the brace", "a(X) :- c(X), #count{ Y : b(Y) > 5.", ["unclosed-brace"]),
    ("a choice with bounds", "a(X) :- b(X), 1 { c(X) } 2.", ["bare-braces"]),
    ("a hyphenated name", "a(kataib-hezbollah).", ["not-a-number"]),
    ("a sum in a premise", "a(X) :- b(X+1).", ["arithmetic-in-premise"]),
    ("an unpadded date", "a(2021-11-7).", ["unquoted-date"]),
    ("another form of date", "a(07.11.2021).", ["decimal-number"]),
    ("a large number", "a(99999999999999999999999).", ["number-too-large"]),
    ("an unknown escape", r'a("C:\temp").', ["unknown-escape"]),
    ("_ in a comparison", "a(X) :- b(X), X = _.", ["anonymous-compared"]),
    ("a block comment", "%* a\n b. *%\na.", ["block-comment"]),
    ("a sentence above nothing", "a.\n\n%% [b] c.\n", ["detached-sentence"]),
    ("a sentence away from its rule", "%% [b] c.\n\na.", ["detached-sentence"]),
    ("a name that does not end", "%% [b c.\na.", ["rule-name"]),
    ("an empty name", "%% [ ] c.\na.", ["rule-name"]),
    ("a name in the second line", "%% On a.\n%% [b] c.\na.", ["name-not-first"]),
    ("sums within sums", f"a({'1+' * 60}1).", ["too-deep"]),
    ("parentheses within parentheses", f"a({'(' * 60}1{')' * 60}).", ["too-deep"]),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "text", "words"), MORE, ids=[row[0] for row in MORE])
def test_variants_are_recognised_too(mistake: str, text: str, words: list[str]) -> None:
    assert words == _words(text), mistake


IN_FACTS = [
    ("at(attack, Baghdad)", "variable-in-fact"),
    ("at(attack, _)", "variable-in-fact"),
    ("series_count(s, 1+2)", "arithmetic-in-fact"),
    ("at(attack, baghdad", "unclosed-parenthesis"),
    ("not at(attack, baghdad)", "negated-fact"),
    ("At(attack, baghdad)", "upper-case-predicate"),
    ("at(attack, baghdad) :- used(attack, drone)", "not-a-fact"),
    ("at(attack, baghdad) or so", "not-a-fact"),
    ("at(attack, baghdad). at(attack, iraq)", "more-than-one"),
    ("at(attack, green zone)", "missing-comma"),
    ("occurred(attack, 2021-11-07)", "unquoted-date"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "word"), IN_FACTS, ids=[text for text, _ in IN_FACTS])
def test_a_broken_fact_is_told_as_a_fact(text: str, word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_fact(text, "f.yaml", 1, 1)

    assert [word] == [problem.word for problem in caught.value.problems]


IN_QUERIES = [
    ("means(I, A, W", "unclosed-parenthesis"),
    ("means(A) :- possesses(A, W)", "not-a-query"),
    ("means(A)?", "question-mark"),
    ("means(A). means(B).", "more-than-one"),
    ("Means(A)", "upper-case-predicate"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "word"), IN_QUERIES, ids=[text for text, _ in IN_QUERIES])
def test_a_broken_query_is_told_as_a_query(text: str, word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_query(text)

    assert [word] == [problem.word for problem in caught.value.problems]


_PIECES = st.sampled_from(
    ["p", "X", "_", "(", ")", ",", ".", ":-", "not", "=", "!=", "+", "-", "*", "1", '"a"', '"', "%% [a] {X}", "\n", " ",
     "%", "é", "#count", "{", "2021-11-07", "..", ";", "'", "\\", "\x1b", "p(X)", "q(X, Y)"]
)  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_whatever_is_written_ends_in_rules_or_in_problems_with_a_place(text: str) -> None:
    for read in (lambda: parse_rules(text, "f"), lambda: parse_fact(text, "f", 1, 1), lambda: parse_query(text)):
        try:
            read()
        except InputError as error:
            assert error.problems
            assert all(problem.span for problem in error.problems)
            assert "\x1b" not in render_all(error.problems)


@pytest.mark.parametrize(
    "piece",
    [
        "a(\n",
        "a\n",
        "a :- \n",
        "(",
        "a(",
        '"\n',
        "a,",
        "%% [a\n",
        "a b\n",
        ":-",
        "a(((,\n",
        "not ",
        "1+",
        "a:-b,\n",
        "!a",
        "a:-b and ",
    ],
)
def test_a_long_broken_file_is_reported_in_no_time(piece: str) -> None:
    """Reports are bounded too: after a hundred the rest of the file is not looked at."""
    words = _words(piece * 20_000)

    assert 1 <= len(words) <= 101
