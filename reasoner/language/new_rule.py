"""The text that a new rule starts from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from reasoner.language.layout import sentence_lines
from reasoner.language.vocabulary import PERPETRATOR, Scales

HeadKind: TypeAlias = Literal["supports", "opposes", "derived"]

HEAD_KINDS: Mapping[HeadKind, str] = {
    "supports": "speaks for a hypothesis",
    "opposes": "speaks against a hypothesis",
    "derived": "concludes something that other rules can use",
}

_BODY = f"candidate(I, {PERPETRATOR}, A)"


def new_rule(name: str, kind: HeadKind, sentence: str, scales: Scales) -> str:
    """A whole rule to go on from: its name and sentence above a head of the kind, true of every candidate.

    A line of evidence starts within the first factor of the scales, and as weak as they have it.
    """
    doc = sentence_lines(" ".join(name.split()), " ".join(sentence.split()) or None)
    return "\n".join([*doc, f"{_head(name, kind, scales)} :-", f"    {_BODY}.", ""])


def _head(name: str, kind: HeadKind, scales: Scales) -> str:
    if kind == "derived":
        return f"{_predicate(name)}(I, A)"
    factor = next(iter(scales.factors))
    strength = min(scales.strengths, key=lambda word: scales.strengths[word])
    return f"{kind}(I, {PERPETRATOR}, A, {factor}, {strength})"


def _predicate(name: str) -> str:
    """A name in words as the name of a predicate."""
    word = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return word if re.match(r"[a-z]", word) else f"is_{word}" if word else "concluded"
