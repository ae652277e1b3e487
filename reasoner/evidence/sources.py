"""Sources: who passed on whom, who rests on whom, and what that does to their reliability."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reasoner.evidence.base import Base, Moment, Source
from reasoner.evidence.entities import Directory, spoken, wrong_id
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import Problem, did_you_mean, similar
from reasoner.terms import is_symbol

if TYPE_CHECKING:
    from reasoner.documents import Document
    from reasoner.evidence.schema import FactFile

_LOWERED = {"A": "B", "B": "C", "C": "D", "D": "E", "E": "E", "F": "E"}


LONGEST_CHAIN = 50
"""Sources behind one another, along one kind of link; more are a problem."""


def sources_called(sources: Mapping[str, Source], text: str) -> tuple[str, ...]:
    """The ids of the sources that the text may mean: one by id, else all of that name, with quotes or without."""
    if text in sources:
        return (text,)
    name = spoken(text.strip().strip('"'))
    return tuple(source.id for source in sources.values() if spoken(source.name) == name)


def source_meant(sources: Mapping[str, Source], text: str) -> str | None:
    """A hint that names the source whose id or name is most like the text, or None."""
    called = sources_called(sources, text)
    if len(called) > 1:
        return f"write one of {', '.join(sorted(called))}"
    if not called and (hint := did_you_mean(text, sources)):
        return hint
    names = {spoken(source.name): source for source in sources.values()}
    close = similar(spoken(text.strip().strip('"')), names)
    return f"did you mean `{names[close].id}` ({names[close].name})?" if close else None


def sources_of(document: Document, entries: FactFile) -> Iterator[Source]:
    """The sources that one file defines."""
    for key, entry in entries.sources.items():
        yield Source(
            id=key,
            name=entry.name,
            reliability=entry.reliability,
            published=entry.published,
            via=entry.via,
            origin=entry.origin,
            anonymous=entry.anonymous,
            interest=tuple(entry.interest),
            maybe_same_as=tuple(entry.maybe_same_as),
            about=entry.about,
            span=document.key_span(("sources", key)),
        )


def links(source: str, sources: Mapping[str, Source], link: str) -> tuple[str, ...]:
    """The source and those behind it along one kind of link (``via`` or ``origin``), nearest first."""
    chain = {source: None}
    following = getattr(sources[source], link)
    while following in sources and following not in chain and len(chain) <= LONGEST_CHAIN + 1:
        chain[following] = None
        following = getattr(sources[following], link)
    return tuple(chain)


def chain(source: str, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The source, those who passed it on, and those it rests on."""
    return tuple(dict.fromkeys((*links(source, sources, "via"), *links(source, sources, "origin"))))


def published(source: str, sources: Mapping[str, Source]) -> Moment | None:
    """When the source was published, or else the nearest of those who passed it on."""
    for passer in links(source, sources, "via"):
        if sources[passer].published is not None:
            return sources[passer].published
    return None


def origins(sources: Mapping[str, Source]) -> dict[str, str]:
    """Source → the id that stands for whom it finally rests on; origins that may be the same share one id."""
    roots = {source: links(source, sources, "origin")[-1] for source in sources}
    leader = {root: root for root in roots.values()}

    def find(root: str) -> str:
        while leader[root] != root:
            root = leader[root]
        return root

    for source in sources.values():
        for other in source.maybe_same_as:
            if other in roots:
                first, second = sorted((find(roots[source.id]), find(roots[other])))
                leader[second] = first
    return {source: find(root) for source, root in roots.items()}


def go_betweens(sources: Mapping[str, Source]) -> frozenset[str]:
    """The sources through which others reached us."""
    return frozenset(source.via for source in sources.values() if source.via)


def itself(name: str) -> str:
    """What a source of a name reports, as against all that others reported through it."""
    return f"what {name} itself reports"


def origin_names(base: Base) -> dict[str, str]:
    """Id → name of every origin that reports rest on; where several share an id as they may be one, all their names."""
    sharing: dict[str, set[str]] = {}
    for fact in base.facts.values():
        for report in fact.reports:
            sharing.setdefault(report.origin, set()).add(links(report.source, base.sources, "origin")[-1])
    return {origin: _of_perhaps_one([base.name(root) for root in sorted(roots)]) for origin, roots in sharing.items()}


def _of_perhaps_one(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} or {names[-1]} (perhaps one person)"


def effective_letter(source: str, sources: Mapping[str, Source], named: Collection[object], scales: Scales) -> str:
    """The weakest letter along the chain, where a source with an interest in somebody named counts one lower."""
    letters = []
    for link in chain(source, sources):
        letter = sources[link].reliability
        letters.append(_LOWERED[letter] if any(actor in named for actor in sources[link].interest) else letter)
    # D and F scale alike; D, a judgement, is shown before F, the lack of one.
    return min(letters, key=lambda letter: (scales.letters[letter], letter))


def source_problems(
    document: Document,
    entries: FactFile,
    sources: Mapping[str, Source],
    directory: Directory,
    vocabulary: Vocabulary,
) -> Iterator[Problem]:
    """What is wrong with the sources that one file defines, given all sources and entities in scope."""
    for key in entries.sources:
        path = ("sources", key)
        if not is_symbol(key):
            yield wrong_id(document, path, key)
        yield from _reference_problems(document, key, sources)
        yield from _interest_problems(document, key, entries.sources[key].interest, directory, vocabulary)


def _reference_problems(document: Document, key: str, sources: Mapping[str, Source]) -> Iterator[Problem]:
    source = sources[key]
    for link in ("via", "origin"):
        other = getattr(source, link)
        place = document.spans[("sources", key, link)]
        if other is not None and other not in sources:
            yield unknown_source(document, ("sources", key, link), other, sources)
        elif other is not None and _closes(key, sources, link):
            names = " → ".join((*links(key, sources, link), key))
            message = f"`{link}` goes round in a circle: {names}"
            yield document.problem("source-cycle", message, place, "a source cannot rest on itself")
        elif len(links(key, sources, link)) > LONGEST_CHAIN + 1:
            message = f"more than {LONGEST_CHAIN} sources stand behind `{key}`"
            yield document.problem("long-chain", message, place, f"shorten the chain of `{link}`")
    for position, other in enumerate(source.maybe_same_as):
        path = ("sources", key, "maybe_same_as", position)
        if other not in sources:
            yield unknown_source(document, path, other, sources)
        elif not (source.anonymous and sources[other].anonymous):
            named = other if source.anonymous else key
            message = f"`{named}` is not anonymous, so it is known who it is"
            hint = "`maybe_same_as` is for two sources that both have `anonymous: true`"
            yield document.problem("not-anonymous", message, document.spans[path], hint)


def _closes(key: str, sources: Mapping[str, Source], link: str) -> bool:
    last = sources[links(key, sources, link)[-1]]
    return bool(getattr(last, link) == key)


def _interest_problems(
    document: Document, key: str, interest: Iterable[str], directory: Directory, vocabulary: Vocabulary
) -> Iterator[Problem]:
    for position, actor in enumerate(interest):
        found = directory.find(actor)
        place = document.spans[("sources", key, "interest", position)]
        if len(found) == 1:
            entity = directory.entities[found[0]]
            if "Actor" not in vocabulary.kinds.get(entity.kind, ("Actor",)):
                message = f"nobody can blame `{actor}`: {entity.name} is of the kind {entity.kind}"
                yield document.problem("no-actor", message, place, "name an actor whose blame this source gains by")
        else:
            message = f"`{actor}` may mean several entities" if found else f"unknown entity `{actor}`"
            hint = f"write one of {', '.join(found)}" if found else directory.suggestion(actor)
            yield document.problem("unknown-entity", message, place, hint)


def unknown_source(
    document: Document, path: tuple[str | int, ...], source: str, sources: Mapping[str, Source]
) -> Problem:
    """A source that no file in scope defines."""
    hint = did_you_mean(source, sources)
    note = "sources are listed under `sources:`, each with name and reliability"
    return document.problem("unknown-source", f"unknown source `{source}`", document.spans[path], hint, note)
