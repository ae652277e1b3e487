"""Sentences cut to a line so that those which differ do not read the same."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.cells import cells, cut

GAP = " … "

SHARES = (0.7, 0.3)
"""How much of a line the beginning of a sentence gets; the second where the first does not tell it from another."""

MARGIN = 3
"""The part of a line, one in so many, that a sentence's first word takes before the place where it differs."""


def told_apart(sentences: Iterable[str], width: int) -> tuple[str, ...]:
    """Each sentence as much as fits a width; what is left out is chosen to tell it from the others."""
    listed = tuple(sentences)
    shown = {sentence: _cut(sentence, width, SHARES[0]) for sentence in listed}
    for group in _alike(shown):
        shown |= {sentence: _cut(sentence, width, SHARES[1]) for sentence in group}
    for group in _alike(shown):
        place = group[0].rfind(" ", 0, _shared(group)) + 1
        shown |= {sentence: _cut_before(sentence, width, place) for sentence in group}
    return tuple(shown[sentence] for sentence in listed)


def _alike(shown: dict[str, str]) -> list[list[str]]:
    """The sentences that are shown as others are, group by group."""
    groups: dict[str, list[str]] = {}
    for sentence, text in shown.items():
        groups.setdefault(text, []).append(sentence)
    return [group for group in groups.values() if len(group) > 1]


def _shared(group: list[str]) -> int:
    """How many characters all of these texts begin with."""
    letters = enumerate(zip(*group, strict=False))
    return next((place for place, each in letters if len(set(each)) > 1), min(map(len, group)))


def _cut(text: str, width: int, share: float) -> str:
    """The text without its middle, cut between words where it has any near."""
    if cells(text) <= width:
        return text
    room = width - len(GAP)
    begins = _words(_fitting(text, int(room * share)), text)
    ends = _words(_fitting(text[::-1], room - cells(begins)), text[::-1])[::-1]
    return f"{begins}{GAP}{ends}"


def _cut_before(text: str, width: int, place: int) -> str:
    """The first word of the text, and what stands at a place and behind it."""
    begins = cut(text.partition(" ")[0], width // MARGIN)
    return f"{begins}{GAP}{cut(text[place:], width - cells(begins) - len(GAP))}"


def _fitting(text: str, width: int) -> str:
    kept = text[: max(width, 0)]
    while cells(kept) > width:
        kept = kept[:-1]
    return kept


def _words(kept: str, text: str) -> str:
    """What is kept of a text without a word that is cut in two, unless it has no other."""
    if text[len(kept) :].startswith(" "):
        return kept
    return kept.rpartition(" ")[0].rstrip() or kept
