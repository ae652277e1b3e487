"""Who belongs to an umbrella, and who says so, stands in the umbrella's chain wherever that is uncertain."""

from __future__ import annotations

from reasoner.exchange.chain_json import chain_json
from reasoner.exchange.chain_markdown import chain_markdown
from reasoner.exchange.chain_text import chain_text
from reasoner.explanation.folding import folded
from reasoner.inquiry import open_case
from tui.outline import beneath, outline

ATOM = "member_of(saraya_awliya_al_dam, iran_backed_groups)"


def test_an_uncertain_membership_leads_to_its_reports() -> None:
    """In text, Markdown, JSON and the outline: how sure it is, and who reported it. What is undisputed goes unsaid."""
    chain = open_case("erbil_2021").why("iran_backed_groups")
    (member,) = (each for each in chain.members if each.actor == "saraya_awliya_al_dam")
    (node,) = member.belonging

    assert node.atom == ATOM and node.probability < 1 and node.reports
    for text in (chain_text(folded(chain), 200), chain_markdown(folded(chain))):
        assert "Saraya Awliya al-Dam belonged to Iran-backed groups in Iraq" in text
    told = next(each for each in chain_json(chain)["members"] if each["actor"] == member.actor)
    assert [each["atom"] for each in told["belonging"]] == [ATOM]
    entry = next(each for each in outline(chain) if each.title.startswith("Of which Saraya"))
    assert ATOM in {getattr(each.value, "atom", "") for each in beneath(entry)}
    assert not any(each.belonging for each in chain.members if each.actor != member.actor)
