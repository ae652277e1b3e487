"""A chain as it is first read: light lines folded, nothing referred to that is not there, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reasoner.exchange.chain_markdown import chain_markdown
from reasoner.exchange.chain_text import chain_text, folded_lines
from reasoner.explanation.folding import folded, is_light, nodes_beneath
from reasoner.explanation.nodes import Chain, Node
from reasoner.explanation.unfolding import SHOWN_ABOVE
from reasoner.inquiry import Inquiry, open_case

CASES = ("kadhimi_2021", "erbil_2021", "abu_ghraib_2023")


@pytest.fixture(scope="module")
def inquiries() -> list[Inquiry]:
    return [open_case(case) for case in CASES]


@pytest.fixture(scope="module")
def chains(inquiries: list[Inquiry]) -> list[Chain]:
    """The chains behind the first three hypotheses of each case."""
    actors = [(each, [row.actor for row in each.ranking().hypotheses][:3]) for each in inquiries]
    return [inquiry.why(actor) for inquiry, some in actors for actor in (inquiry.ranking().ahead, *some)]


def reading(chain: Chain) -> Iterator[Node]:
    """All statements in reading order."""
    for line in chain.lines:
        yield from nodes_beneath(line.premises)
    yield from nodes_beneath([chain.listing] if chain.listing else [])
    for member in chain.members:
        yield from nodes_beneath(member.belonging)
        for line in member.lines:
            yield from nodes_beneath(line.premises)
        yield from nodes_beneath([member.listing] if member.listing else [])


def test_lines_of_little_weight_are_folded_and_no_others(chains: list[Chain]) -> None:
    """A line is folded where neither it nor its loss comes to half a deciban; it still says how much stands beneath."""
    for chain in chains:
        shown = folded(chain)
        assert {line.instance for line in shown.lines} == {line.instance for line in chain.lines}
        for line in shown.lines:
            assert (line.folded is not None) == is_light(line, chain.probability)
            assert not (line.folded and line.premises)
        for whole in chain.lines:
            told = next(line for line in shown.lines if line.instance == whole.instance)
            if told.folded:
                atoms = {node.atom for node in nodes_beneath(whole.premises) if node.kind != "comparison"}
                assert told.folded.statements == len(atoms)


def test_what_is_said_to_stand_above_does(chains: list[Chain]) -> None:
    """Wherever a statement only refers to an earlier place, that place is not folded away."""
    for chain in chains:
        met: set[str] = set()
        for node in reading(folded(chain)):
            if (node.note or "").startswith(SHOWN_ABOVE):
                assert node.atom in met, (chain.case, chain.actor, node.atom)
                assert not node.reports
            elif node.ways or node.reports:
                assert not node.reports or node.atom not in met
                met.add(node.atom)


def test_every_statement_is_whole_or_says_what_is_folded(chains: list[Chain]) -> None:
    """Ways are left out of statements that are hardly in doubt alone, and each is named."""
    ways = {(node.atom, len(node.ways)) for chain in chains for node in reading(chain) if node.ways}
    for chain in chains:
        for node in reading(folded(chain)):
            if node.further:
                assert node.probability >= 0.95
            if node.ways:
                assert (node.atom, len(node.ways) + len(node.further)) in ways


def test_text_and_markdown_fold_alike(chains: list[Chain]) -> None:
    """Both say the same of a folded line, and how to unfold it; unfolded, neither does."""
    for chain in chains:
        shown = folded(chain)
        text, markdown = " ".join(chain_text(shown, 100).split()), chain_markdown(shown).replace("\\", "")
        assert ("--full unfolds them" in text) == any(line.folded for line in shown.lines)
        for line, others in folded_lines(shown):
            assert others is None or (others in text and others in markdown)
            if line.folded and line.folded.statements:
                beneath = f"Beneath it: {line.folded.statements} statement"
                assert beneath in text
                assert beneath in markdown
        assert "Beneath it" not in chain_text(chain, 100)


def test_what_counts_for_nobody_is_listed_once(inquiries: list[Inquiry]) -> None:
    """The chain behind whoever comes first lists it all; another what names its actor, and where the rest is."""
    kadhimi = inquiries[0]
    first, other = folded(kadhimi.why()), folded(kadhimi.why("islamic_state"))

    assert first.not_counted == kadhimi.why().not_counted
    assert 0 == first.said_elsewhere
    assert () == other.not_counted
    assert f"{other.said_elsewhere} reported facts weigh nothing for anybody; ascribe why" in chain_text(other, 100)


def test_what_nobody_disputes_is_nothing_that_an_answer_hangs_on(chains: list[Chain]) -> None:
    """Had nobody reported it: only reported facts, assumptions and origins are asked about."""
    for chain in chains:
        given = {node.atom for node in reading(chain) if node.kind in ("given", "declared")}
        assert given.isdisjoint(each.id for each in chain.rests_on)
