"""What is stored comes back as it was, and anything else that stands there is told from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from reasoner.evidence.files import gather
from reasoner.evidence.scope import Gathered
from reasoner.evidence.workspace import case_ids, find_workspace
from reasoner.inquiry import load_rules
from reasoner.language.checking import build_program
from reasoner.language.program import Program
from reasoner.storage.values import MisfitError, from_plain, to_plain
from tests.language.words import SCALES, VOCABULARY

RULES = """\
%% [reach] {A} reaches {B}.
reach(A, B) :- within(A, B).
%% [far] {A} reaches {B}.
reach(A, C) :- reach(A, B), within(B, C), A != C.
lone(A, N) :- series_count(A, M), N = (M + 1) * 2 - -3, not reach(A, _), M >= 0.
few(N) :- N = #count{ A, M : reach(A, M), not within(A, M), M != 3 ; 1 } <= 7, 2 < #sum{ K : series_count(_, K) }.
said("a \\"b\\"\\n", x) :- reach(X, Y), X != "x".
"""


def through_json(value: Any, kind: type) -> Any:
    """A value as it is after a stay in a file."""
    return from_plain(json.loads(json.dumps(to_plain(value, kind))), kind)


def test_the_shipped_rules_come_back_with_every_place() -> None:
    """Rules, sentences, tables and the place of every literal are the same after a stay in a file."""
    program = load_rules(find_workspace()).program
    again = through_json(program, Program)

    # The representation has the places, too, which equality leaves out.
    assert repr(program) == repr(again)
    assert program == again


@pytest.mark.parametrize("case", case_ids(find_workspace()))
def test_the_shipped_facts_come_back_with_every_place(case: str) -> None:
    """Entities, sources, statements and reports are the same after a stay in a file."""
    workspace = find_workspace()
    rules = load_rules(workspace)
    gathered = gather(workspace, case, rules.vocabulary, rules.scales)

    assert repr(gathered) == repr(through_json(gathered, Gathered))


def test_every_construct_of_the_language_comes_back() -> None:
    """Arithmetic, strings with escapes, negation, comparisons and recursion are stored like anything else."""
    program = build_program({"made.dl": RULES}, VOCABULARY, SCALES)

    assert repr(program) == repr(through_json(program, Program))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value with parts that look alike."""

    number: int | float | bool | None
    text: str
    when: datetime
    inner: Leaf | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """Values of one class within another."""

    leaves: tuple[Leaf, ...]
    named: Mapping[str, Leaf]
    words: frozenset[str]


def test_values_that_are_equal_but_of_different_types_stay_apart() -> None:
    """1, 1.0 and true are three values; so are a text and a number that reads the same."""
    when = datetime(2021, 11, 7, 4, 30, tzinfo=UTC)
    numbers = (1, 1.0, True, None, 0, False, 10**30, float("inf"))
    leaves = tuple(Leaf(number, str(number), when, Leaf(number, "1", when)) for number in numbers)
    tree = Tree(leaves, {leaf.text: leaf for leaf in leaves}, frozenset(("a", "b")))
    again = through_json(tree, Tree)

    assert [repr(leaf) for leaf in tree.leaves] == [repr(leaf) for leaf in again.leaves]
    assert list(tree.named) == list(again.named)
    assert tree.words == again.words


def damaged(plain: Any, random: Random) -> Any:
    """The same JSON with one thing in it changed, left out or doubled."""
    plain = json.loads(json.dumps(plain))
    places = list(_places(plain))
    holder, key = random.choice(places)
    kind = random.randrange(4)
    if kind == 0 and isinstance(holder, list):
        del holder[key]
    elif kind == 1 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif kind == 2:
        holder[key] = random.choice([None, -1, 0, 7, 10**9, "", "str", "Rule", "Atom", [], {}, [[]], True, 1.5])
    else:
        other, where = random.choice(places)
        holder[key] = json.loads(json.dumps(other[where]))
    return plain


def _places(plain: Any) -> Any:
    for key, value in list(plain.items() if isinstance(plain, dict) else enumerate(plain)):
        yield plain, key
        if isinstance(value, list | dict):
            yield from _places(value)


def test_damaged_data_is_refused_or_still_of_its_type() -> None:
    """Whatever is changed in what is stored, what is read back is a program through and through, or nothing."""
    random = Random(2021)
    plain = to_plain(build_program({"made.dl": RULES}, VOCABULARY, SCALES), Program)
    refused = 0
    for _ in range(1_500):
        changed = damaged(plain, random)
        try:
            found = from_plain(changed, Program)
        except MisfitError:
            refused += 1
            continue
        to_plain(found, Program)

    assert refused > 500


@pytest.mark.parametrize(
    "stored",
    [None, [], {}, 3, "text", {"layers": []}, {"layers": [], "root": 0}, {"layers": [["os", [["x"]]]], "root": 0}],
)
def test_what_is_no_stored_value_is_refused(stored: object) -> None:
    """JSON of another form, or that names a class which is no part of the type, is never built into anything."""
    with pytest.raises(MisfitError):
        from_plain(stored, Program)
