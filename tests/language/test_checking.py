"""What is checked before anything runs: programs that pass, and what is found in those that don't."""

from __future__ import annotations

import pytest

from reasoner.language.checking import build_program, check_query
from reasoner.language.parser import parse_query
from reasoner.language.vocabulary import Vocabulary
from reasoner.problems import InputError
from tests.language.words import SCALES, VOCABULARY, program

BASE = """
%% [means] {A} had {W}, which was used.
means(I, A, W) :- used(I, W), possesses(A, W).

supports(I, perpetrator, A, means, weak) :- means(I, A, W).
candidate(I, perpetrator, A) :- considered(A, I).
"""

ACCEPTED = [
    ("a fact of the rule base", "trusted(kataib_hezbollah, 3)."),
    ("a rule that concludes a predicate of the vocabulary", "within(P, R) :- within(P, Q), within(Q, R)."),
    ("a reserved head in a body", "listed(A) :- candidate(I, perpetrator, A)."),
    ("the kind of an entity", "militia(A) :- is_a(A, militia)."),
    ("none at all", "unarmed(A) :- considered(A, I), not possesses(A, _)."),
    ("a computed strength", "supports(I, perpetrator, A, means, S) :- considered(A, I), series_count(I, N), S = N*2."),
    ("an assignment from the right", "p(Y) :- series_count(_, X), X+1 = Y."),
    ("assignments in any order", "p(Z) :- Z = Y*2, Y = X+1, series_count(_, X)."),
    ("a variable that equals a constant", "p(X) :- X = kataib_hezbollah."),
    ("arithmetic in a conclusion that does not recur", "p(X+1) :- series_count(_, X)."),
    ("recursion over a value that another premise bounds", "p(X, Y) :- p(X, _), series_count(s, Z), Y = Z+1."),
    ("negation of something below", "p(A) :- considered(A, _), not q(A). q(A) :- considered(A, _), not r(A). r(a)."),
    ("a state that is a place and an actor", "p(S) :- operates_in(A, S), blamed(S, A, sponsor, I)."),
    ("a count with a name", "few(W, N) :- scarce(W), N = #count{ B : possesses(B, W) }, N <= 5."),
    ("a test on both sides", "few(W) :- scarce(W), 1 <= #count{ B : possesses(B, W), not blamed(_, B, _, _) } < 5."),
    ("the same name in two pairs of braces", "p :- #count{ X : at(_, X) } > 1, #count{ X : used(_, X) } > 1."),
    ("the same name in two elements", "p :- #count{ X : at(_, X) ; X : used(_, X) } > 1."),
    (
        "a strength that is counted",
        "supports(I, R, A, means, N) :- candidate(I, R, A), N = #count{ W : possesses(A, W) }.",
    ),
    ("recursion beside an aggregate", "p(A) :- p(B), member_of(A, B), #count{ C : member_of(C, B) } < 3. p(x)."),
    ("a count of what a recursion starts from", "p(A, N) :- p(A, M), N = #count{ W : possesses(A, W) }. p(x, 1)."),
    ("the least of what recurs", "p(A, N) :- p(A, M), N = #min{ M ; K : series_count(_, K) }. p(x, 1)."),
    ("a role in a fact", "p(A) :- blamed(_, A, sponsor, _)."),
    ("a prior for someone not on the list", "prior(I, perpetrator, other, -60) :- occurred(I, _)."),
    ("a date with a time", 'p(I) :- occurred(I, "2021-11-07T04:00").'),
    ("symbols and numbers where anything may stand", 'p(S) :- series_count(S, 3), part_of(_, 7), part_of(_, "x y").'),
]


@pytest.mark.parametrize(("what", "text"), ACCEPTED, ids=[what for what, _ in ACCEPTED])
def test_what_the_language_has_is_accepted(what: str, text: str) -> None:
    assert program(text).rules, what


FOUND = [
    ("p(X, Y) :- considered(X, _).", ["unsafe-variable"]),
    ("p(X) :- considered(Y, _), X != Y.", ["unsafe-variable"]),
    ("p :- considered(Y, _), not possesses(Y, W).", ["unsafe-variable"]),
    ("p(X) :- X = Y.", ["unsafe-variable", "unsafe-variable"]),
    ("p(X) :- X = X+1.", ["unsafe-variable"]),
    ("p(X) :- series_count(_, Y), Y = X+1.", ["unsafe-variable"]),
    ("p(X).", ["unsafe-variable"]),
    ("p(_) :- considered(_, _).", ["anonymous-head"]),
    ("p(X) :- considerd(X, _).", ["unknown-predicate"]),
    ("p(X) :- considered(X).", ["arity"]),
    ("p(X) :- considered(X, _). p(X, Y) :- considered(X, Y).", ["arity"]),
    ("is_a(X) :- considered(X, _).", ["arity"]),
    ("candidate(X) :- considered(X, _).", ["arity"]),
    ("p :- not p.", ["negative-cycle"]),
    ("p :- not q. q :- not r. r :- p.", ["negative-cycle"]),
    ("p :- not q, not r. q :- p. r :- p.", ["negative-cycle", "negative-cycle"]),
    ("supports(I, R, A, means, 5) :- candidate(I, R, A), not supports(I, _, _, _, _).", ["negative-cycle"]),
    ("p(A) :- considered(A, _), #count{ B : p(B) } < 3.", ["aggregate-cycle"]),
    ("p(A) :- considered(A, _), #count{ B : q(B) } < 3. q(B) :- p(B).", ["aggregate-cycle"]),
    ("p(W) :- scarce(W), #count{ B : used(B, W), not q(B) } < 3. q(W) :- scarce(W), not p(W).", ["aggregate-cycle"]),
    ("p(N) :- p(M), N = #sum{ M, W : scarce(W) }. p(1).", ["endless-arithmetic"]),
    ("p(N) :- p(M), N = #max{ M+1 ; 3 }. p(1).", ["endless-arithmetic"]),
    ("p(N) :- p(M), N = #max{ K : K = M*2 }. p(1).", ["endless-arithmetic"]),
    ("p(B) :- scarce(W), #count{ B : possesses(B, W) } < 3.", ["unsafe-variable"]),
    ("p(W) :- scarce(W), N > #count{ B : possesses(B, W) }.", ["unsafe-variable"]),
    ("p(W) :- N = #count{ B : possesses(B, W) }.", ["unsafe-variable"]),
    ("p(W) :- scarce(W), 3 > #count{ B : possesses(_, W) }.", ["unsafe-local"]),
    ("p(W) :- scarce(W), 3 > #count{ B, C : possesses(B, W), not possesses(C, W) }.", ["unsafe-local"]),
    ("p(W) :- scarce(W), 3 > #count{ B : posesses(B, W) }.", ["unknown-predicate"]),
    ("p(W) :- scarce(W), 3 > #count{ B : possesses(B) }.", ["arity"]),
    ("p(W) :- scarce(W), 3 > #count{ B : possesses(B, baghdad) }.", ["wrong-type"]),
    ("p(W) :- scarce(W), 3 > #count{ B : possesses(B, nobody_knows) }.", ["unknown-constant"]),
    ("p(W) :- scarce(W), 3 > #count{ B : occurred(B, W) }.", ["type-clash"]),
    ("p(W) :- scarce(W), 3 > #count{ B : possesses(B, W), at(B, _) }.", ["type-clash"]),
    ("%% [x] {W} {B}.\np(W) :- scarce(W), 3 > #count{ B : possesses(B, W) }.", ["template-variable"]),
    ("%% [x] {B}.\np(A) :- considered(A, _).", ["template-variable"]),
    ("%% [x] {A.\np(A) :- considered(A, _).", ["template-brace"]),
    ("%% [x] {A}.\np(A) :- considered(A, _). q", ["missing-stop"]),
    ("%% [x] a.\np(a).\n%% [x] b.\np(b).", ["duplicate-name"]),
    ("n(X+1) :- n(X). n(0).", ["endless-arithmetic"]),
    ("n(Y) :- m(X), Y = X+1. m(Z) :- n(X), Z = X. n(0).", ["endless-arithmetic"]),
    ("p(W) :- possesses(nobody_knows, W).", ["unknown-constant"]),
    ("p(W) :- possesses(baghdad, W).", ["wrong-type"]),
    ("p(W) :- possesses(3, W).", ["wrong-type"]),
    ("possesses(kataib_hezbollah, 3).", ["wrong-type"]),
    ("p(A) :- possesses(A, W), at(W, _).", ["type-clash"]),
    ("p(A) :- possesses(A, W), occurred(_, W).", ["type-clash"]),
    ("candidate(I, perpetrator, nobody) :- occurred(I, _).", ["reserved-name"]),
    ("candidate(I, thief, A) :- considered(A, I).", ["unknown-role"]),
    ("supports(I, perpetrator, A, luck, 5) :- considered(A, I).", ["unknown-factor"]),
    ("supports(I, perpetrator, A, means, much) :- considered(A, I).", ["unknown-strength"]),
    ('supports(I, perpetrator, A, means, "5") :- considered(A, I).', ["wrong-type"]),
    ("supports(I, perpetrator, A, means, 30+31) :- considered(A, I).", ["strength-range"]),
    ("supports(I, perpetrator, A, means, S) :- considered(A, I), S = 70.", ["strength-range"]),
    ("supports(I, perpetrator, A, means, S) :- considered(A, I), huge = S.", ["unknown-strength"]),
    ('p(I) :- occurred(I, "2021-02-30").', ["bad-date"]),
    ("", ["no-rules"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), FOUND, ids=[text or "nothing" for text, _ in FOUND])
def test_what_is_wrong_is_found(text: str, words: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        program(text)

    assert words == [problem.word for problem in caught.value.problems]


def test_all_problems_of_all_files_come_at_once_in_the_order_of_the_files() -> None:
    with pytest.raises(InputError) as caught:
        program("p(X) :- considered(X, _)", "r(X, Y) :- considered(X, _).\ns(X) :- p(X).", "t(X) :- missing(X).")

    places = [(problem.word, problem.span.file, problem.span.line) for problem in caught.value.problems if problem.span]
    assert [("missing-stop", "1.dl", 1), ("unsafe-variable", "2.dl", 1), ("unknown-predicate", "3.dl", 1)] == places


def test_entities_are_not_checked_where_none_are_given() -> None:
    assert program("p(W) :- possesses(nobody_knows, W).", entities=None).rules


def test_variables_may_be_anything_where_the_vocabulary_lists_no_kinds() -> None:
    bare = Vocabulary(VOCABULARY.predicates, {})

    assert build_program({"f.dl": "p(A) :- possesses(A, W), at(W, _)."}, bare, SCALES).rules


def test_a_program_knows_its_predicates_rules_and_texts() -> None:
    built = program(BASE, "loud(A) :- blamed(_, A, perpetrator, _).")

    assert 3 == built.arities["means"]
    assert 2 == built.arities["possesses"]
    assert 5 == built.arities["opposes"]
    assert 1 == built.arities["loud"]
    assert BASE == built.sources["1.dl"]
    found = built.rule_named("means")
    assert found is not None and "means" == found.head.predicate


def test_made_up_names_stay_apart_in_files_of_one_name() -> None:
    built = build_program({"a/x.dl": "p(a).\np(b).", "b/x.dl": "p(c)."}, VOCABULARY, SCALES)

    assert 3 == len({rule.name for rule in built.rules})


def test_the_order_of_files_changes_no_component() -> None:
    files = {"1.dl": BASE, "2.dl": "within(P, R) :- within(P, Q), within(Q, R).", "3.dl": "p(A) :- means(_, A, _)."}
    one = build_program(files, VOCABULARY, SCALES)
    other = build_program(dict(reversed(files.items())), VOCABULARY, SCALES)

    assert {c.predicates: (c.recursive, c.stratum) for c in one.components} == {
        c.predicates: (c.recursive, c.stratum) for c in other.components
    }


QUERIES = [
    ("means(I, A, W), W != armed_drone", []),
    ("means(I, A, _), not possesses(A, W)", ["unsafe-variable"]),
    ("meens(I, A, W)", ["unknown-predicate"]),
    ("means(I, A)", ["arity"]),
    ("candidate(I, thief, A)", ["unknown-role"]),
]


@pytest.mark.parametrize(("text", "words"), QUERIES, ids=[text for text, _ in QUERIES])
def test_a_query_is_checked_against_the_rules(text: str, words: list[str]) -> None:
    found: list[str] = []
    try:
        check_query(parse_query(text), program(BASE), text)
    except InputError as error:
        found = [problem.word for problem in error.problems]
        assert all(problem.line_text == text for problem in error.problems)

    assert words == found
