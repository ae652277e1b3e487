"""Every chain re-proves its conclusion: an independent engine gets each head back from the leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import pytest

from reasoner.explanation.nodes import Chain, Node, Way
from reasoner.explanation.unfolding import SHOWN_ABOVE
from reasoner.inquiry import Inquiry, open_case
from reasoner.language.parser import parse_fact
from reasoner.terms import Atom
from tests import oracle

CASES = ("kadhimi_2021", "abu_ghraib_2023", "ain_al_assad_2023")
MOST_ALTERNATIVES = 24
"""Alternatives tried for each line; a line with more is tried on its first ones."""

FACT_KINDS = ("reported", "given", "assumed", "declared")


@pytest.fixture(scope="module", params=CASES)
def inquiry(request: pytest.FixtureRequest) -> Inquiry:
    """Each shipped case."""
    return open_case(request.param)


def all_nodes(premises: tuple[Node, ...]) -> Iterator[Node]:
    """Every node of a chain, from the top."""
    for node in premises:
        yield node
        for way in node.ways:
            yield from all_nodes(way.premises)


def alternatives(node: Node, shown: dict[str, Node], path: frozenset[str] = frozenset()) -> Iterator[frozenset[str]]:
    """The sets of leaves that each show this node."""
    if node.kind in ("absent", "comparison") or node.atom in path:
        if node.atom not in path:
            yield frozenset()
        return
    if node.note and SHOWN_ABOVE in node.note:
        node = shown[node.atom]
    if node.kind in FACT_KINDS:
        yield frozenset([node.atom])
    for way in node.ways:
        yield from of_way(way.premises, shown, path | {node.atom})


def of_way(
    premises: tuple[Node, ...], shown: dict[str, Node], path: frozenset[str] = frozenset()
) -> Iterator[frozenset[str]]:
    """The sets of leaves that each show all premises of a rule."""
    choices = [list(islice(alternatives(node, shown, path), MOST_ALTERNATIVES)) for node in premises]
    for chosen in islice(product(*choices), MOST_ALTERNATIVES):
        yield frozenset().union(*chosen)


def program_text(inquiry: Inquiry) -> str:
    """The rule files as they stand."""
    return "\n".join(inquiry.program.sources.values())


def chains(inquiry: Inquiry) -> Iterator[Chain]:
    """The chain of every hypothesis of every role."""
    for role, ranking in inquiry.rankings.items():
        for row in ranking.hypotheses:
            yield inquiry.why(row.actor, role)


def test_leaves_alone_give_the_head_back(inquiry: Inquiry) -> None:
    """For each line of each hypothesis: clingo, given only the leaves of one alternative, concludes the line."""
    text = program_text(inquiry)
    tried: dict[frozenset[str], frozenset[Atom]] = {}
    count = 0
    for chain in chains(inquiry):
        shown = {
            node.atom: node
            for line in chain.lines
            for node in all_nodes(line.premises)
            if not (node.note and SHOWN_ABOVE in node.note)
        }
        for line in chain.lines:
            head = inquiry.derivation.atoms[int(inquiry.derivation.head[line.instance])]
            for leaves in of_way(line.premises, shown):
                if leaves not in tried:
                    facts = [parse_fact(leaf, "leaf", 1, 1) for leaf in sorted(leaves)]
                    tried[leaves] = oracle.stable_atoms(text, facts)
                assert head in tried[leaves], f"{line.rule}: {sorted(leaves)} do not give {head}"
                count += 1

    assert count > 0


def test_each_leaf_is_reported_or_says_what_it_is(inquiry: Inquiry) -> None:
    """A leaf has reports, or is given, assumed, declared or an absence; nothing stands on nothing."""
    for chain in chains(inquiry):
        for line in chain.lines:
            for node in all_nodes(line.premises):
                grounded = node.ways or node.reports or node.kind not in ("reported", "denied", "derived")
                assert grounded or node.note, node


def test_every_sentence_is_filled_in(inquiry: Inquiry) -> None:
    """No sentence of a chain has a slot left open or an id where a name belongs."""
    named = {entity.id for entity in inquiry.base.entities.values() if "_" in entity.id and entity.name != entity.id}
    for chain in chains(inquiry):
        sentences = [chain.headline, chain.sum, *chain.not_counted, *chain.disputed, *chain.assumed]
        for line in chain.lines:
            sentences += [line.sentence, *(node.sentence for node in all_nodes(line.premises))]
            sentences += [way.sentence for node in all_nodes(line.premises) for way in node.ways]
        for said in sentences:
            assert "{" not in said
            assert not named & set(said.replace(",", " ").replace(".", " ").split()), said


def of_instance(way: Way) -> int:
    """The rule instance that a way shows."""
    return way.instance
