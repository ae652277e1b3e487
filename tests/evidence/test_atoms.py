"""Atoms of facts are read as the rule language reads them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.evidence.atoms import ground_atom
from reasoner.language.parser import parse_fact
from reasoner.problems import InputError
from reasoner.terms import Atom

CONSTANTS = st.one_of(
    st.from_regex(r"_?[a-z][a-zA-Z0-9_]{0,5}", fullmatch=True),
    st.integers(-(10**6), 10**6).map(str),
    st.text(alphabet='ab %.,()\\"é', max_size=6).map(lambda text: f'"{text}"'),
    st.sampled_from(["not", "X", "_", "01", "-0", "1.5", "2020-05-01", "", "a b"]),
)
SPACES = st.sampled_from(["", " ", "  "])


@given(st.lists(CONSTANTS, max_size=4), SPACES, SPACES, st.sampled_from(["p", "not", "P", "_p", "p q", ""]))
@settings(max_examples=600, deadline=None)
def test_the_short_way_reads_what_the_grammar_reads(constants, before, after, predicate) -> None:
    """Plain atoms, which are read without the grammar, come out as the grammar would have it."""
    inside = f"({after.join(['', f'{before},{after}'.join(constants), ''])})" if constants else ""
    text = f"{before}{predicate}{inside}{after}"

    assert outcome(lambda: ground_atom(text)) == outcome(lambda: parse_fact(text, "", 1, 1))


def outcome(read) -> Atom | None:
    try:
        return read()
    except InputError:
        return None
