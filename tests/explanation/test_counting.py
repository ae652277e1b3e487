"""What a chain says of aggregates: the figure, who is behind it by name, and what shows each of them."""

from __future__ import annotations

import pytest

from reasoner.exchange.chain_json import chain_json
from reasoner.exchange.chain_markdown import chain_markdown
from reasoner.exchange.chain_text import chain_text
from reasoner.explanation.nodes import Chain, Node
from reasoner.inquiry import Changes, Inquiry
from reasoner.terms import Atom
from tests.explanation.counting_case import counting_inquiry


@pytest.fixture(scope="module")
def inquiry(tmp_path_factory: pytest.TempPathFactory) -> Inquiry:
    """The case whose rules count."""
    return counting_inquiry(tmp_path_factory.mktemp("counting") / "workspace")


@pytest.fixture(scope="module")
def chain(inquiry: Inquiry) -> Chain:
    """Why the Red Band."""
    return inquiry.why("red_band")


def counted(chain: Chain, rule: str) -> list[Node]:
    """What the lines of a rule ask of their aggregates, in the order of the chain."""
    lines = [line for line in chain.lines if line.rule == rule]
    return [node for line in lines for node in line.premises if node.kind == "aggregate"]


SAID = [
    (
        "few",
        "2 = #count{ B : keeps(B, long_rifles) }",
        "N = 2, of these 3: the Blue Band, the Grey Band and the Red Band.",
    ),
    (
        "not alone",
        "2 <= #count{ B : possesses(B, long_rifles) }",
        "There are at least 2: the Blue Band, the Grey Band and the Red Band.",
    ),
    ("busy", "#sum{ M, B : raids(B, M) } > 5", "They add up to more than 5: 4 (the Blue Band) and 4 (the Red Band)."),
    (
        "latest",
        '"2020-05-02" = #max{ E, J : occurred(J, E), J != other_raid }',
        "D = 2 May 2020: the latest of 1 January 2019 (the first raid) and 2 May 2020 (the raid).",
    ),
    ("nobody at all", "#count{ B : gave_up(B, long_rifles) } = 0", "There are none: not the Grey Band."),
]


@pytest.mark.parametrize(("rule", "atom", "sentence"), SAID, ids=[rule for rule, _, _ in SAID])
def test_an_aggregate_says_what_it_comes_to(chain: Chain, rule: str, atom: str, sentence: str) -> None:
    """The ground aggregate in the rule language, and in words with names."""
    node = counted(chain, rule)[0]

    assert (node.atom, node.sentence) == (atom, sentence)


def test_each_thing_counted_is_shown_down_to_its_reports(chain: Chain) -> None:
    """One way for each of them, named, with what stands behind it."""
    (node,) = counted(chain, "busy")

    assert [way.sentence for way in node.ways] == ["4 (the Blue Band).", "4 (the Red Band)."]
    assert {way.rule for way in node.ways} == {"busy"}
    reports = [report.says for way in node.ways for premise in way.premises for report in premise.reports]
    assert reports == ["Four as well.", "Four of them."]


def test_a_figure_is_as_probable_as_the_worlds_that_have_it(inquiry: Inquiry, chain: Chain) -> None:
    """Red, Blue and Grey each keep their rifles or not: the chance of exactly two, by hand."""
    red, blue = (inquiry.base.facts[atom].credence for atom in _possessing(inquiry, "red_band", "blue_band"))
    grey = inquiry.base.facts[_possessing(inquiry, "grey_band")[0]].credence * (1 - _given_up(inquiry))
    two = red * blue * (1 - grey) + red * (1 - blue) * grey + (1 - red) * blue * grey

    found = {node.atom[0]: node.probability for node in counted(chain, "few")}
    assert found["2"] == pytest.approx(two, abs=1e-9)
    assert found["3"] == pytest.approx(red * blue * grey, abs=1e-9)


def _possessing(inquiry: Inquiry, *actors: str) -> list[Atom]:
    return [
        atom
        for actor in actors
        for atom in inquiry.base.facts
        if atom.predicate == "possesses" and atom.arguments[0] == actor
    ]


def _given_up(inquiry: Inquiry) -> float:
    return next(fact.credence for atom, fact in inquiry.base.facts.items() if atom.predicate == "gave_up")


def test_text_and_markdown_list_what_is_counted_beneath_it(chain: Chain) -> None:
    """Without a word of rules in between."""
    text, markdown = chain_text(chain, 100), chain_markdown(chain)

    assert (
        "       - They add up to more than 5 (66 %): 4 (the Blue Band) and 4 (the Red Band).\n"
        "         - The Blue Band had carried out 4 raids (79 %):\n"
    ) in text
    assert (
        "- They add up to more than 5: 4 (the Blue Band) and 4 (the Red Band) (66 %).\n"
        "  - The Blue Band had carried out 4 raids (79 %).\n"
    ) in markdown


def test_json_has_a_node_of_its_kind(chain: Chain) -> None:
    """With a way for each thing counted, like any other node."""
    lines = chain_json(chain)["lines"]
    (node,) = [each for line in lines if line["rule"] == "busy" for each in line["premises"] if each["ways"]]

    assert node["kind"] == "aggregate"
    assert [way["premises"][0]["atom"] for way in node["ways"]] == ["raids(blue_band, 4)", "raids(red_band, 4)"]


def test_what_is_counted_is_what_a_hypothesis_rests_on(chain: Chain) -> None:
    """The other's rifles stand beneath the line that counts them, though no premise names them."""
    assert "possesses(blue_band, long_rifles)" in {each.id for each in chain.rests_on}


def test_a_what_if_counts_anew(inquiry: Inquiry) -> None:
    """A fact retracted counts no more; one assumed does, whatever was ground before."""
    fewer = inquiry.changed(Changes(retract=("possesses(blue_band, long_rifles)",)))
    more = inquiry.changed(Changes(assume=("possesses(green_band, long_rifles)", "raids(red_band, 9)")))

    assert {node.atom[0] for node in counted(fewer.why("red_band"), "few")} == {"1", "2"}
    assert {node.atom[0] for node in counted(more.why("red_band"), "few")} == {"2", "3", "4"}
    assert counted(more.why("red_band"), "busy")[0].probability == 1.0


def test_a_query_may_count(inquiry: Inquiry) -> None:
    """Each number with its probability; together they are certain."""
    answers = inquiry.query("N = #count{ A : possesses(A, W) }, used(I, W)")

    assert [answer.bindings["N"] for answer in answers] == [3, 2, 1, 0]
    assert sum(answer.probability for answer in answers) == pytest.approx(1.0, abs=1e-9)
