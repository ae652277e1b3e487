"""The stored parse table is the one that Lark builds from the grammar."""

from __future__ import annotations

import json

from reasoner.language import grammar


def test_the_stored_table_is_up_to_date() -> None:
    """Otherwise: python -m reasoner.language.grammar."""
    fresh = grammar.build(grammar.GRAMMAR.read_text("utf-8"))

    assert json.loads(json.dumps(fresh)) == json.loads(grammar.TABLE.read_text("utf-8"))


def test_a_table_of_another_grammar_is_not_used(tmp_path, monkeypatch) -> None:
    """A changed grammar is read as changed, before anybody stores its table."""
    text = grammar.GRAMMAR.read_text("utf-8")
    changed = tmp_path / "grammar.lark"
    changed.write_text(text.replace("factor: NAME", "factor: DATE -> symbol\n      | NAME"), "utf-8")
    monkeypatch.setattr(grammar, "GRAMMAR", changed)
    grammar.parse_table.cache_clear()
    try:
        assert any("DATE" in state for state in grammar.parse_table().states)
    finally:
        monkeypatch.undo()
        grammar.parse_table.cache_clear()
