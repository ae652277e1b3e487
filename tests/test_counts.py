"""Strengths that rest on a count, on an invented case: the chain says how many, and which."""

from __future__ import annotations

from pathlib import Path

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.nodes import ChainLine
from reasoner.inquiry import Changes, open_case

HERE = Path(__file__).resolve().parent
INVENTED = Workspace(HERE.parent / "rules", HERE / "invented" / "facts", writable=False)


def lines(rule: str, retract: tuple[str, ...] = ()) -> list[ChainLine]:
    inquiry = open_case("tower_2031", INVENTED, changes=Changes(retract=retract))
    return [line for line in inquiry.why("red_faction").lines if line.rule == rule]


def test_earlier_attacks_of_the_run_are_counted_and_named() -> None:
    """The line says how many earlier attacks were held to be its work, and its premises which."""
    (line,) = lines("several of the run")

    assert "of which 3 earlier attacks had been attributed to the Red Faction" in line.sentence
    counted = next(node.sentence for node in line.premises if node.kind == "aggregate")
    assert all(place in counted for place in ("the mole", "the quay", "the yard"))


def test_fewer_are_no_run() -> None:
    """With one of the three gone, nothing is counted."""
    assert not lines("several of the run", ("behind(red_faction, mole_2031)",))
