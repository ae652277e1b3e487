"""Changes on one line: what is written is what is read, and mistakes are shown at their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.explanation.changes import Changes, parse_changes
from reasoner.problems import InputError

WORDS = st.text(alphabet="abcxyz_() ,", min_size=1, max_size=12).map(str.strip).filter(bool)
FACTS = st.one_of(WORDS, WORDS.map(lambda text: f'at({text}, "a; b = c")'))
PAIRS = st.tuples(FACTS, st.sampled_from(["B2", "C", "4", "15"]))


def once(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3, unique_by=lambda value: value[0] if isinstance(value, tuple) else value).map(
        tuple
    )


CHANGES = st.builds(
    Changes, once(FACTS), once(FACTS), once(PAIRS), once(WORDS), once(PAIRS), st.none() | WORDS, once(WORDS)
)


@given(CHANGES)
def test_what_is_written_is_read(changes: Changes) -> None:
    """The line of any changes, semicolons and equals signs in quotes included, reads as these changes."""
    assert changes == parse_changes(str(changes))


def test_the_forms_are_read() -> None:
    """Each form, in any order and with spare blanks and semicolons; what is said twice holds as said last."""
    text = "; Assume f(a) ;retract g(a);; rate g(b)@paper = E5; rule off so it is; strength so it is=5;to 2021-11-07;"
    expected = Changes(("f(a)",), ("g(a)",), (("g(b)@paper", "E5"),), ("so it is",), (("so it is", "5"),), "2021-11-07")

    assert expected == parse_changes(text)
    assert (("paper", "C"),) == parse_changes("rate paper=B; rate paper=C").rate
    assert not parse_changes("  ; ")


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("retract f(a); asume g(b)", 15, "did you mean `assume`?"),
        ("assume", 1, "says nothing to change"),
        ("rule on x", 1, "did you mean `rule off`?"),
        ("retract f(a);  rate paper", 16, "write rate WHAT=GRADE"),
        ("strength =5", 1, "write strength RULE=DB"),
    ],
)
def test_mistakes_are_shown_at_their_place(text: str, column: int, said: str) -> None:
    """A part that is no change is a problem with its column in the line, and a hint."""
    with pytest.raises(InputError) as caught:
        parse_changes(text)

    (problem,) = caught.value.problems
    assert problem.span is not None
    assert column == problem.span.column
    assert text == problem.line_text
    assert said in f"{problem.message} {problem.hint}"


def test_a_line_break_parts_changes() -> None:
    """As a semicolon does, except in quotes; what is wrong is shown in its line."""
    assert parse_changes("rule off means\nretract f(a)\r\n\n") == parse_changes("rule off means; retract f(a)")
    with pytest.raises(InputError) as caught:
        parse_changes("rule off means\n  retrct f(a)")
    (problem,) = caught.value.problems
    assert problem.span is not None
    assert (problem.span.line, problem.span.column, problem.line_text) == (2, 3, "  retrct f(a)")
