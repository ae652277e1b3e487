"""What is declared with a name leads to the file that declares it, as every other statement leads to a source."""

from __future__ import annotations

from pathlib import Path

from reasoner.exchange.chain_json import chain_json
from reasoner.exchange.chain_markdown import chain_markdown
from reasoner.exchange.chain_text import chain_text
from tests.small_case import RULES, small_inquiry

MILITIA = """
%% [militia] {A} was an armed group.
supports(I, perpetrator, A, record, 5) :- candidate(I, perpetrator, A), is_a(A, militia).
"""
WHERE = "declared in facts/cases/raid_2020.yaml"


def test_a_kind_leads_to_the_file_that_declares_it(tmp_path: Path) -> None:
    """In text, Markdown and JSON, wherever the workspace lies."""
    chain = small_inquiry(tmp_path, rules=RULES + MILITIA).why("red_band")

    assert f"The Red Band counted as an armed group. [{WHERE}]" in chain_text(chain, 100)
    assert f"The Red Band counted as an armed group ({WHERE.replace('_', chr(92) + '_')})." in chain_markdown(chain)
    assert WHERE in str(chain_json(chain))
