"""Every chain re-proves its conclusion: an independent engine gets each head back from the leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from math import prod

import pytest

from reasoner.explanation.nodes import Chain, Node
from reasoner.explanation.unfolding import SHOWN_ABOVE, SHOWN_BELOW
from reasoner.inquiry import Inquiry, open_case
from reasoner.language.parser import parse_fact, parse_query
from reasoner.terms import Atom, Literal, Variable
from tests import oracle

CASES = ("kadhimi_2021", "abu_ghraib_2023", "ain_al_assad_2023")
MOST_ALTERNATIVES = 24
"""Alternatives tried for each line; a line with more is tried on so many of them."""

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


def elsewhere(node: Node) -> bool:
    """Whether the node only refers to the place where it is unfolded."""
    return node.note is not None and (SHOWN_ABOVE in node.note or SHOWN_BELOW in node.note)


def everything(chain: Chain) -> Iterator[Node]:
    """Every node of a chain, with those that say why it is a hypothesis at all."""
    yield from all_nodes(tuple(node for line in chain.lines for node in line.premises))
    for listing in (chain.listing, *(member.listing for member in chain.members)):
        if listing:
            yield from all_nodes((listing,))
    for member in chain.members:
        yield from all_nodes(tuple(node for line in member.lines for node in line.premises))


Leaves = tuple[frozenset[str], frozenset[str]]
"""The facts that one alternative rests on, and the atoms that must not hold in it."""

NOTHING: Leaves = (frozenset(), frozenset())


def alternatives(node: Node, shown: dict[str, Node], path: frozenset[str] = frozenset()) -> Iterator[Leaves]:
    """What each way to show this node rests on."""
    if node.atom in path:
        return
    if node.kind == "comparison":
        yield NOTHING
    elif node.atom.startswith("not "):
        yield frozenset(), frozenset([node.atom.removeprefix("not ")])
    else:
        whole = shown[node.atom] if elsewhere(node) else node
        if whole.kind in FACT_KINDS:
            yield frozenset([whole.atom]), frozenset()
        for way in whole.ways:
            yield from of_premises(way.premises, shown, path | {node.atom})


def of_premises(
    premises: tuple[Node, ...], shown: dict[str, Node], path: frozenset[str] = frozenset()
) -> Iterator[Leaves]:
    """What each way to show all of these together rests on."""
    choices = [list(islice(alternatives(node, shown, path), MOST_ALTERNATIVES)) for node in premises]
    for chosen in combined(choices):
        yield (
            frozenset().union(*(leaves for leaves, _ in chosen)),
            frozenset().union(*(absent for _, absent in chosen)),
        )


def combined(choices: list[list[Leaves]]) -> Iterator[tuple[Leaves, ...]]:
    """All combinations where there are few; else as many as are tried, each alternative of each premise among them."""
    if prod(map(len, choices)) <= MOST_ALTERNATIVES:
        yield from product(*choices)
    elif all(choices):
        yield from (tuple(each[n % len(each)] for each in choices) for n in range(MOST_ALTERNATIVES))


def negated(atom: Atom, absent: frozenset[str]) -> bool:
    """Whether the atom is one that must not hold (``_`` matches anything)."""
    for text in absent:
        pattern = parse_query(text)[0]
        assert isinstance(pattern, Literal)
        if pattern.atom.predicate == atom.predicate and all(
            isinstance(wanted, Variable) or wanted == got
            for wanted, got in zip(pattern.atom.arguments, atom.arguments, strict=True)
        ):
            return True
    return False


class Prover:
    """clingo with the rule files as they stand, asked what follows from leaves alone."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.text = program_text(inquiry)
        self.models: dict[frozenset[str], frozenset[Atom]] = {}

    def proves(self, head: Atom, ways: Iterator[Leaves]) -> bool:
        """Whether every alternative that some world can hold gives the head, and there is one."""
        proofs = 0
        for leaves, absent in ways:
            if leaves not in self.models:
                facts = [parse_fact(leaf, "leaf", 1, 1) for leaf in sorted(leaves)]
                self.models[leaves] = oracle.stable_atoms(self.text, facts)
            model = self.models[leaves]
            if any(negated(atom, absent) for atom in model):
                continue
            assert head in model, f"{sorted(leaves)} do not give {head}"
            proofs += 1
        return proofs > 0


def program_text(inquiry: Inquiry) -> str:
    """The rule files as they stand."""
    return "\n".join(inquiry.program.sources.values())


def chains(inquiry: Inquiry) -> Iterator[Chain]:
    """The chain of every hypothesis of every role."""
    for role, ranking in inquiry.rankings.items():
        for row in ranking.hypotheses:
            yield inquiry.why(row.actor, role)


def test_leaves_alone_give_the_head_back(inquiry: Inquiry) -> None:
    """clingo, given only the leaves of one alternative, concludes each line, and each statement on the way to it."""
    prover = Prover(inquiry)
    proved: set[str] = set()
    for chain in chains(inquiry):
        shown = {node.atom: node for node in everything(chain) if not elsewhere(node)}
        for line in (*chain.lines, *(line for member in chain.members for line in member.lines)):
            head = inquiry.derivation.atoms[int(inquiry.derivation.head[line.instance])]
            assert prover.proves(head, of_premises(line.premises, shown)), f"nothing proves [{line.rule}]"
        for node in shown.values():
            if node.atom in proved:
                continue
            proved.add(node.atom)
            for way in node.ways:
                ways = of_premises(way.premises, shown, frozenset([node.atom]))
                assert prover.proves(parse_fact(node.atom, "node", 1, 1), ways), f"nothing proves {node.atom}"

    assert proved


def test_each_leaf_is_reported_or_says_what_it_is(inquiry: Inquiry) -> None:
    """A leaf has reports, or is given, assumed, declared or an absence; nothing stands on nothing."""
    for chain in chains(inquiry):
        for node in everything(chain):
            grounded = node.ways or node.reports or node.kind not in ("reported", "denied", "derived")
            assert grounded or node.note, node


def test_every_sentence_is_filled_in(inquiry: Inquiry) -> None:
    """No sentence of a chain has a slot left open or an id where a name belongs."""
    named = {entity.id for entity in inquiry.base.entities.values() if "_" in entity.id and entity.name != entity.id}
    for chain in chains(inquiry):
        sentences = [chain.headline, chain.sum, *chain.not_counted, *chain.disputed, *chain.assumed]
        sentences += [line.sentence for line in chain.lines]
        for node in everything(chain):
            sentences += [node.sentence, *(way.sentence for way in node.ways)]
        for said in sentences:
            assert "{" not in said
            assert not named & set(said.replace(",", " ").replace(".", " ").split()), said
