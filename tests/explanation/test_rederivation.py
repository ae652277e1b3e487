"""Every chain re-proves its conclusion: an independent engine gets each head back from the leaves alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from math import prod

import pytest

from reasoner.explanation.nodes import Chain, Node
from reasoner.explanation.unfolding import SHOWN_ABOVE, SHOWN_BELOW
from reasoner.inquiry import Inquiry, open_case
from reasoner.language.parser import parse_fact, parse_query
from reasoner.terms import Atom, Literal, Variable
from tests import oracle
from tests.explanation.counting_case import counting_inquiry

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


Leaves = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""The facts that one alternative rests on, the atoms that must not hold in it, and what aggregates must come to."""

NOTHING: Leaves = (frozenset(), frozenset(), frozenset())


def alternatives(node: Node, shown: dict[str, Node], path: frozenset[str] = frozenset()) -> Iterator[Leaves]:
    """What each way to show this node rests on."""
    if node.atom in path:
        return
    if node.kind == "comparison":
        yield NOTHING
    elif node.atom.startswith("not "):
        yield frozenset(), frozenset([node.atom.removeprefix("not ")]), frozenset()
    elif node.kind == "aggregate":
        yield from of_counted(node, shown, path)
    else:
        whole = shown[node.atom] if elsewhere(node) else node
        if whole.kind in FACT_KINDS:
            yield frozenset([whole.atom]), frozenset(), frozenset()
        for way in whole.ways:
            yield from of_premises(way.premises, shown, path | {node.atom})


def of_premises(
    premises: tuple[Node, ...], shown: dict[str, Node], path: frozenset[str] = frozenset()
) -> Iterator[Leaves]:
    """What each way to show all of these together rests on."""
    choices = [list(islice(alternatives(node, shown, path), most_of(node))) for node in premises]
    yield from map(together, combined(choices))


def of_counted(node: Node, shown: dict[str, Node], path: frozenset[str]) -> Iterator[Leaves]:
    """What the things that an aggregate may count rest on: each with one of its ways, or left out.

    Which of them there must be the aggregate itself says, as it stands in the node.
    """
    choices = [[*islice(of_premises(way.premises, shown, path), MOST_ALTERNATIVES), NOTHING] for way in node.ways]
    asked: Leaves = (frozenset(), frozenset(), frozenset([node.atom]))
    for chosen in islice(product(*choices), MOST_ALTERNATIVES**2):
        yield together((asked, *chosen))


def most_of(node: Node) -> int:
    """How many alternatives of a node are tried: of an aggregate more, since most leave out what must count."""
    return MOST_ALTERNATIVES**2 if node.kind == "aggregate" else MOST_ALTERNATIVES


def together(chosen: Iterable[Leaves]) -> Leaves:
    """Several alternatives as one."""
    facts, absent, asked = zip(NOTHING, *chosen, strict=True)
    return frozenset().union(*facts), frozenset().union(*absent), frozenset().union(*asked)


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


def counts_so(model: frozenset[Atom], aggregate: str) -> bool:
    """Whether an aggregate comes to what it says among these atoms."""
    return Atom("holds__") in oracle.stable_atoms(f"holds__ :- {aggregate}.", model)


class Prover:
    """clingo with the rule files as they stand, asked what follows from leaves alone."""

    def __init__(self, inquiry: Inquiry) -> None:
        nodes = (node for chain in chains(inquiry) for node in everything(chain))
        leaves = sorted({node.atom for node in nodes if node.kind in FACT_KINDS})
        self.facts = {leaf: parse_fact(leaf, "leaf", 1, 1) for leaf in leaves}
        self.rules = oracle.Switched(program_text(inquiry), list(self.facts.values()))
        self.models: dict[frozenset[str], frozenset[Atom]] = {}

    def proves(self, head: Atom, ways: Iterator[Leaves]) -> bool:
        """Whether every alternative that some world can hold gives the head, and there is one."""
        proofs = 0
        for leaves, absent, asked in ways:
            if leaves not in self.models:
                self.models[leaves] = self.rules.stable_atoms(map(self.facts.__getitem__, leaves))
            model = self.models[leaves]
            if any(negated(atom, absent) for atom in model) or not all(counts_so(model, each) for each in asked):
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
            if node.atom in proved or node.kind == "aggregate":
                continue
            proved.add(node.atom)
            for way in node.ways:
                ways = of_premises(way.premises, shown, frozenset([node.atom]))
                assert prover.proves(parse_fact(node.atom, "node", 1, 1), ways), f"nothing proves {node.atom}"

    assert proved


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Inquiry:
    """A case whose rules count and add up."""
    return counting_inquiry(tmp_path_factory.mktemp("counting") / "workspace")


def test_leaves_of_what_is_counted_give_the_head_back(counting: Inquiry) -> None:
    """So do those of rules with aggregates: whatever is counted, as long as the aggregate comes to what it says."""
    kinds = {node.kind for chain in chains(counting) for node in everything(chain)}
    assert "aggregate" in kinds
    test_leaves_alone_give_the_head_back(counting)


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
