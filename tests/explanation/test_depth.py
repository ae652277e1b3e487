"""However deep a recursion runs, explanations end where they say that there is more, and never fail."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from deep_case import CASE, deep_case

from reasoner.exchange.chain_json import chain_json
from reasoner.exchange.chain_text import chain_text
from reasoner.explanation.folding import nodes_beneath
from reasoner.inquiry import open_case

LEVELS, DEEDS = 400, 230


def test_a_recursion_of_hundreds_of_levels_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    """The chain says "more below" where it stops, and what stands there is found when asked for, down to the end."""
    inquiry = open_case(CASE, deep_case(tmp_path / "deep", LEVELS, DEEDS))
    chain = inquiry.why("group_0")
    assert "more below" in " ".join(chain_text(chain, 80).split())
    assert json.dumps(chain_json(chain))
    (line,) = (line for line in chain.lines if line.rule == "trail's end")
    waiting, reached = [node for node in nodes_beneath(line.premises) if node.cut], 0
    while waiting:
        found = list(nodes_beneath([inquiry.beneath(waiting.pop().atom)]))
        waiting += [node for node in found if node.cut]
        reached += 1
    assert reached > 10
    assert any(node.reports for node in found)


def test_what_has_too_many_ways_is_told_in_part(tmp_path: Path) -> None:
    """Two hundred ways are unfolded, the others counted, and found when asked for, each once."""
    inquiry = open_case(CASE, deep_case(tmp_path / "deep", 3, DEEDS))
    chain = inquiry.why("group_0")
    wide = next(node for line in chain.lines for node in nodes_beneath(line.premises) if node.beyond)
    assert len(wide.ways) == 200 and wide.beyond == DEEDS - 200
    rest = inquiry.beneath(wide.atom, len(wide.ways))
    told = {premise.atom for way in (*wide.ways, *rest.ways) for premise in way.premises}
    assert len(told) == 2 * DEEDS
    assert f"{DEEDS - 200} further ways to it, too many to show" in chain_text(chain, 200)
    assert inquiry.missing().possible


def test_no_depth_at_all_unfolds_no_rule(tmp_path: Path) -> None:
    """Depth 0 shows the lines themselves, and that there is more beneath; it is not the same as no bound."""
    inquiry = open_case(CASE, deep_case(tmp_path / "deep", 3, 3))
    whole, flat = inquiry.why("group_0"), inquiry.why("group_0", depth=0)

    assert any(node.ways for line in whole.lines for node in nodes_beneath(line.premises))
    assert not any(node.ways for line in flat.lines for node in nodes_beneath(line.premises))
    assert [line.decibans for line in flat.lines] == [line.decibans for line in whole.lines]
