"""Which source a row means, and what the sources are that only rows define."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reasoner.evidence.base import Source
from reasoner.evidence.entities import spoken
from reasoner.evidence.sources import LONGEST_CHAIN
from reasoner.feed.numbering import LONGEST

LETTERS = ("A", "B", "C", "D", "E", "F")

_FURTHEST = 4 * LONGEST_CHAIN
"""Sources that one may lead to by both kinds of links in turn."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How rows name a source, with what they say of it; ``symbol`` is the id it would have."""

    source: str
    reliability: str | None
    via: str | None
    origin: str | None
    symbol: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The id of the source that is meant, or what is wrong with how it is named."""

    source: str | None
    flaw: str | None = None
    value: str | None = None


class SourceDirectory:
    """The sources that are defined already, and those that rows define."""

    def __init__(self, known: dict[str, Source]) -> None:
        self._known = known
        self._spoken: dict[str, set[str]] = {}
        for source in known.values():
            for text in (source.id, source.name):
                self._spoken.setdefault(spoken(text), set()).add(source.id)
        self._first: dict[str, Naming] = {}
        self._named: dict[str, str] = {}
        self._links: dict[str, tuple[str | None, str | None]] = {}
        self._made: dict[str, Source] = {}

    @property
    def sources(self) -> dict[str, Source]:
        """All of them, by id."""
        return {**self._known, **self._made}

    def define(self, namings: Iterable[Naming]) -> list[Meant]:
        """Define the sources that are new, each as it is first named; what each naming means."""
        meant = [self._read(naming) for naming in namings]
        for key, naming in self._first.items():
            self._named.setdefault(spoken(naming.source), key)
        for key, naming in self._first.items():
            self._links[key] = (self._linked(naming.via), self._linked(naming.origin))
        flaws = {key: self._flaw(key) for key in self._first}
        for key, naming in self._first.items():
            if flaws[key] is None:
                self._made[key] = Source(key, naming.source, naming.reliability or "", None, *self._links[key])
        return [flaws.get(each.source or "") or each for each in meant]

    def _read(self, naming: Naming) -> Meant:
        """What a naming means, before it is known whom the source leads to."""
        found = self._find(naming.source)
        if found is not None or naming.symbol in self._known:
            return Meant(found or naming.symbol)
        if len(naming.source) > LONGEST:
            return Meant(None, "too-long", naming.source[:100])
        if spoken(naming.source) in self._spoken:
            return Meant(None, "ambiguous-name", naming.source)
        if naming.reliability is None:
            return Meant(None, "unknown-source", naming.source)
        if naming.reliability.upper() not in LETTERS:
            return Meant(None, "unknown-letter", naming.reliability[:100])
        naming = replace(naming, reliability=naming.reliability.upper())
        first = self._first.setdefault(naming.symbol, naming)
        if replace(first, source=naming.source) != naming:
            return Meant(None, "other-source", naming.source)
        return Meant(naming.symbol)

    def _find(self, text: str) -> str | None:
        """The source of that id or name that is defined already."""
        if text in self._known:
            return text
        named = self._spoken.get(spoken(text), set())
        return next(iter(named)) if len(named) == 1 else None

    def _linked(self, text: str | None) -> str | None:
        """The source that `via` or `origin` names; the text itself where it names none."""
        if text is None or text in self._first:
            return text
        return self._find(text) or self._named.get(spoken(text), text)

    def _flaw(self, key: str) -> Meant | None:
        """What is wrong with whom a source leads to, if anything."""
        for which in (0, 1):
            seen, following = [key], self._links[key][which]
            while following in self._first:
                if following in seen or len(seen) > LONGEST_CHAIN:
                    return Meant(None, "source-cycle", following)
                seen.append(following)
                following = self._links[following][which]
        return self._astray(key)

    def _astray(self, key: str) -> Meant | None:
        """That a source leads to one that nothing defines, or to too many."""
        seen, waiting = {key}, [key]
        while waiting:
            for following in self._links[waiting.pop()]:
                if following is None or following in self._known or following in seen:
                    continue
                if following not in self._first:
                    return Meant(None, "unknown-source", following[:100])
                if len(seen) > _FURTHEST:
                    return Meant(None, "source-cycle", following)
                seen.add(following)
                waiting.append(following)
        return None
