"""What a chain says reads as prose: names, not ids; whole sentences; nothing said twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from reasoner.explanation.nodes import Chain, Node
from reasoner.explanation.sentences import Voice, listed
from reasoner.inquiry import Inquiry, open_case
from reasoner.terms import Atom, Variable
from tests.shipped import CASES

BLEMISHES = {
    "an id": r"\w_\w",
    "a doubled word": r"\b(\w+) \1\b",
    "a capital within a sentence": r"\bthat (The|A|An|Only|Nobody|Men|Witnesses)\b",
    "an open slot": r"[{}]",
    "no stop": r"[^.?!…]$",
    "a small letter at the front": r"^[a-z]",
}


@pytest.fixture(scope="module", params=CASES)
def inquiry(request: pytest.FixtureRequest) -> Inquiry:
    """Each shipped case."""
    return open_case(request.param)


def nodes(premises: tuple[Node, ...]) -> Iterator[Node]:
    """Every node from here down."""
    for node in premises:
        yield node
        for way in node.ways:
            yield from nodes(way.premises)


def said(chain: Chain) -> Iterator[str]:
    """Every sentence of the lines and what they rest on."""
    for line in chain.lines:
        yield line.sentence
        for node in nodes(line.premises):
            yield node.sentence
            yield from (way.sentence for way in node.ways)


def test_every_sentence_of_every_chain_reads(inquiry: Inquiry) -> None:
    """No sentence shows an id, a doubled word, a stray capital, an open slot, or lacks its stop."""
    for role, ranking in inquiry.rankings.items():
        for row in ranking.hypotheses:
            for text in said(inquiry.why(row.actor, role)):
                wrong = [what for what, pattern in BLEMISHES.items() if re.search(pattern, text)]
                assert [] == wrong, text


@pytest.mark.parametrize(
    ("atom", "words"),
    [
        (Atom("ready", ("iran", "armed_drones", Variable("_"))), "Nothing shows that Iran had armed drones."),
        (Atom("reason", ("kadhimi_2021", "iran")), "Nothing shows that Iran had a reason."),
        (Atom("bent", ("iran",)), "Nothing shows that the word of Iran was tainted."),
        (Atom("had_by_member", ("iran", "armed_drones")), "Nothing shows that a member of Iran had armed drones."),
        (Atom("possesses", ("iran", "armed_drones")), "Nobody has reported that Iran had armed drones."),
        (Atom("is_a", ("iran", "cause")), "Nothing shows that Iran counted as an accident or a fault."),
    ],
    ids=lambda value: value.predicate if isinstance(value, Atom) else None,
)
def test_what_is_missing_is_said_in_words_that_fit_whatever_would_show_it(atom: Atom, words: str) -> None:
    """A negated premise reads as what no rule could show, without the particulars of any one rule."""
    opened = open_case("kadhimi_2021")

    assert words == Voice(opened.base, opened.program).absence(atom)


def test_what_is_reported_but_doubted_is_not_called_unreported() -> None:
    """Where something speaks for it, a negated premise says that it is not established."""
    opened = open_case("kadhimi_2021")
    atom = Atom("possesses", ("iran", "armed_drones"))

    assert "It is not established that Iran had armed drones." == Voice(opened.base, opened.program).absence(atom, True)


def test_names_with_commas_are_parted_by_semicolons() -> None:
    """A row of names shows where each ends."""
    assert "A, B and C" == listed(["A", "B", "C"])
    assert "A, in X; B; and C" == listed(["A, in X", "B", "C"])
