"""A fact as a form holds it and as a file has it are the same fact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reasoner.documents.rewriting import GONE
from reasoner.evidence.drafts import FactDraft, ReportDraft, draft_of, entry_of, fact_text
from reasoner.evidence.editing import read_manuscript
from reasoner.language.vocabulary_files import load_vocabulary
from reasoner.problems import InputError
from tests.shipped import HOME

VOCABULARY = load_vocabulary(HOME / "rules" / "vocabulary.yaml")
FILES = sorted((HOME / "facts").glob("*/*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_draft_says_what_its_entry_says(path: Path) -> None:
    """Every shipped fact, put into a form and taken out again, is the same entry, spelt the same."""
    for entry in read_manuscript(path).entries:
        assert entry_of(draft_of(entry), VOCABULARY, entry) == entry


def test_arguments_are_quoted_where_files_quote_them() -> None:
    """Ids and terms stand bare, numbers where numbers may stand; names, aliases and dates are quoted."""
    draft = FactDraft("occurred", ("harbour_2024", "2024-02-01"))
    assert fact_text(draft, VOCABULARY) == 'occurred(harbour_2024, "2024-02-01")'
    draft = FactDraft("possesses", ("The Tiders", "limpet_mine"))
    assert fact_text(draft, VOCABULARY) == 'possesses("The Tiders", limpet_mine)'
    draft = FactDraft("possesses", ('a "b" \\', "3"))
    assert fact_text(draft, VOCABULARY) == 'possesses("a \\"b\\" \\\\", "3")'


def test_reports_that_go_and_come_are_told_apart() -> None:
    """In a list of reports, one taken out is marked as gone, and a new one follows the others."""
    old = {"fact": "scarce(a)", "reports": [{"source": "x", "credibility": 1}, {"source": "y", "credibility": 2}]}
    draft = draft_of(old)
    draft = replace(draft, reports=(draft.reports[1], ReportDraft("z", "3", polarity="denies")))
    assert entry_of(draft, VOCABULARY, old)["reports"] == [
        GONE,
        {"source": "y", "credibility": 2},
        {"source": "z", "credibility": 3, "polarity": "denies"},
    ]


def test_what_is_still_empty_is_named() -> None:
    """An unfinished draft says which fields to fill in, and what belongs there."""
    with pytest.raises(InputError) as refused:
        entry_of(FactDraft("occurred", ("", "2024-02-01")), VOCABULARY)
    assert [problem.message for problem in refused.value.problems] == [
        "still empty: incident (incident)",
        "still empty: source of report 1 (the id of a source)",
        "still empty: credibility of report 1 (a digit from 1 to 6)",
    ]


def test_a_basis_can_be_changed() -> None:
    """What was reported can become an assumption with its reason, and lose its reports."""
    old = {"fact": "scarce(a)", "source": "x", "credibility": 1, "says": "Few have it."}
    draft = replace(draft_of(old), standing="assumed", says="I think so.")
    assert entry_of(draft, VOCABULARY, old) == {"assume": "scarce(a)", "says": "I think so."}
