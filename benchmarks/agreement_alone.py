"""One incident of a feed as a case by itself, for ``benchmarks/agreement.py``: ground row by row, weighed as ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import bulk_facts
from agreement_comparing import Alone, Ground, Ranked

from reasoner.assessment.result import Method, Settings
from reasoner.assessment.words import words
from reasoner.feed.store import FeedStore, base_of
from reasoner.grounding.graph import Derivation
from reasoner.inquiry import Inquiry


@cache
def _store_in(folder: Path) -> FeedStore:
    return bulk_facts.store_in(folder)


def take(folder: Path, case: str, method: Method | None, worlds: int) -> Alone:
    """An incident of the feed that was loaded in a folder, with its instances and the rows that it must have."""
    store = _store_in(folder)
    inquiry = Inquiry(store.workspace, store.rules, base_of(store, case), Settings(worlds, 0, method))
    return Alone(list(_instances(inquiry.derivation)), list(_rows(inquiry)))


def _instances(found: Derivation) -> Iterator[Ground]:
    for instance, rule in enumerate(found.rule.tolist()):
        binding = tuple(found.constants[number] for number in found.binding[instance])
        yield rule, binding, tuple(found.atoms[atom] for atom in found.premises(instance).tolist())


def _rows(inquiry: Inquiry) -> Iterator[Ranked]:
    sampled = inquiry.assessment.drawn.method == "sampled"
    for role, standing in inquiry.standings.items():
        ranked: Sequence[tuple[str, Sequence[Any]]] = (
            ("hypothesis", standing.hypotheses),
            ("umbrella", standing.umbrellas),
        )
        for kind, each in ranked:
            for place, row in enumerate(each, 1):
                yield {
                    "case": inquiry.base.case.id,
                    "role": role,
                    "kind": kind,
                    "place": place,
                    "actor": row.actor,
                    "name": row.name,
                    "probability": row.probability,
                    "standard_error": row.spread if sampled and kind == "hypothesis" else None,
                    "words": words(row.probability),
                    "verdict": standing.verdict,
                    "leading": standing.leading,
                    "method": inquiry.assessment.drawn.method,
                }
