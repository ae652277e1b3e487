"""The language is a part of clingo's: what we accept it accepts unchanged, and it means the same terms."""

from __future__ import annotations

from pathlib import Path

import clingo
import pytest
from clingo.ast import AST, ASTType, parse_string
from hypothesis import given, settings

from reasoner.language.parser import parse_rules
from reasoner.language.printer import print_rules
from reasoner.language.safety import bound_variables
from reasoner.terms import Aggregate, Constant, Rule, Variable, atom_variables, element_variables, order_key, term_text
from tests.language.strategies import constants, rule_lists

RULES = Path(__file__).parents[2] / "rules"


def _loads(text: str) -> list[str]:
    """What clingo has against a text; nothing where it loads it."""
    messages: list[str] = []
    control = clingo.Control(logger=lambda _code, message: messages.append(message), message_limit=20)
    try:
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError:
        return messages or ["refused"]
    return []


def test_there_are_rule_files() -> None:
    assert list(RULES.glob("*.dl"))


@pytest.mark.parametrize("path", sorted(RULES.glob("*.dl")), ids=lambda path: path.name)
def test_every_shipped_rule_file_loads_unchanged_in_clingo(path: Path) -> None:
    assert [] == _loads(path.read_text("utf-8"))


@settings(max_examples=100, deadline=None)
@given(rule_lists())
def test_clingo_reads_whatever_we_read(rules: tuple[Rule, ...]) -> None:
    read: list[AST] = []
    parse_string(print_rules(rules), read.append)

    assert len(rules) == sum(statement.ast_type == ASTType.Rule for statement in read)


def is_safe(rule: Rule) -> bool:
    """Whether every variable has a value, those inside braces included."""
    used = {*atom_variables(rule.head), *(name for element in rule.body for name in element_variables(element))}
    inside = [each for element in rule.body if isinstance(element, Aggregate) for each in element.elements]
    bound = bound_variables(rule.body)
    return used <= bound and all({*each.variables} <= bound_variables(each.condition, used) for each in inside)


@settings(max_examples=150, deadline=None)
@given(rule_lists())
def test_what_we_call_safe_clingo_calls_safe(rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        anonymous = any(isinstance(term, Variable) and term.anonymous for term in rule.head.arguments)
        if not anonymous and is_safe(rule):
            assert [] == _loads(print_rules([rule]))


SAFETY = [
    ("p(X) :- X = 3.", True),
    ("p(X) :- q(Y), X = Y+1.", True),
    ("p(X) :- q(Y), Y+1 = X.", True),
    ("p(X) :- Y = X, X = Z, q(Z).", True),
    ("p(X) :- q(X), not r(X, _).", True),
    ("p(X) :- X = Y.", False),
    ("p(X) :- X != 3.", False),
    ("p(X) :- X = X.", False),
    ("p(X) :- q(Y), not r(X).", False),
    ("p(X) :- q(Y), X > Y.", False),
    ("p(X, Y) :- X = Y, Y = X.", False),
    ("p(N) :- N = #count{ Y : q(Y) }.", True),
    ("p(N) :- #count{ Y : q(Y) } = N.", True),
    ("p(N) :- 1 < #count{ Y : q(Y) } = N.", True),
    ("p(N, M) :- N = #count{ Y : q(Y) } = M.", True),
    ("p(M) :- N = #count{ Y : q(Y) }, M = N+1.", True),
    ("p(X) :- q(X), #count{ Y : r(X, Y) } > 1.", True),
    ("p(M) :- N = #count{ Y : q(Y) }, M = #count{ Y : q(Y), Y < N }.", True),
    ("p(X) :- q(X), 0 < #sum{ Z, Y : r(X, Y), Z = Y+X }.", True),
    ("p(X) :- q(X), 0 < #count{ X : not r(X, _) ; 3 ; X }.", True),
    ("p(N) :- N > #count{ Y : q(Y) }.", False),
    ("p(Y) :- 1 < #count{ Y : q(Y) }.", False),
    ("p(X) :- q(X), 1 < #count{ Y : q(X) }.", False),
    ("p(X) :- q(X), 1 < #count{ Y : not q(Y) }.", False),
    ("p(X) :- q(X), 1 < #count{ 1 : Y < X }.", False),
    ("p(X) :- X = #count{ Y : r(X, Y) }.", False),
    ("p(N, M) :- N = #count{ Y : r(M, Y) }, M = #count{ Y : r(N, Y) }.", False),
    ("p(N) :- N = #count{ Y : q(Y), Z = Y } , Z = 1.", True),
]


@pytest.mark.parametrize(("text", "safe"), SAFETY, ids=[text for text, _ in SAFETY])
def test_safety_is_clingos(text: str, safe: bool) -> None:
    (rule,) = parse_rules(text, "f.dl")

    assert safe == is_safe(rule)
    assert safe == (_loads(text) == [])


@settings(max_examples=300, deadline=None)
@given(constants, constants)
def test_constants_are_ordered_as_clingo_orders_them(one: Constant, other: Constant) -> None:
    rules = parse_rules(f"p({term_text(one)}). p({term_text(other)}).", "f.dl")
    (first,), (second,) = rules[0].head.arguments, rules[1].head.arguments

    assert (first, second) == (one, other)
    assert (clingo.parse_term(term_text(one)) < clingo.parse_term(term_text(other))) == (
        order_key(first) < order_key(second)
    )
