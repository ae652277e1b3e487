"""Finding an entity by the names that people use for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from reasoner.evidence.base import Base, Entity
from reasoner.language.vocabulary import NOBODY, OTHER, Vocabulary
from reasoner.problems import InputError, Problem, did_you_mean, similar
from reasoner.terms import is_symbol

if TYPE_CHECKING:
    from reasoner.documents import Document
    from reasoner.evidence.schema import EntityEntry, FactFile


def spoken(text: str) -> str:
    """How a name is compared: without regard to case or how accents are encoded, and with underscores as spaces."""
    return " ".join(normalize("NFC", text).replace("_", " ").split()).casefold()


@dataclass(frozen=True, slots=True)
class Directory:
    """What facts may name: entities by id and by spoken name, incidents (case ids), and source ids for advice."""

    entities: Mapping[str, Entity]
    incidents: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, entities: Mapping[str, Entity], incidents: Iterable[str] = (), sources: Iterable[str] = ()
    ) -> Directory:
        """Index the entities by id, name and aliases."""
        index: dict[str, dict[str, None]] = {}
        for entity in entities.values():
            for text in (entity.id, entity.name, *entity.aliases):
                index.setdefault(spoken(text), {})[entity.id] = None
        return cls(entities, frozenset(incidents), frozenset(sources), {key: tuple(ids) for key, ids in index.items()})

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the entities that the text may mean: one by id, else all that have it as a name or alias."""
        return (text,) if text in self.entities else self.spoken.get(spoken(text), ())

    def suggestion(self, text: str) -> str | None:
        """A hint that names the entity whose id, name or alias is most like the text."""
        hint = did_you_mean(text, self.entities)
        if hint:
            return hint
        close = similar(spoken(text), self.spoken)
        if close is None:
            return None
        meant = self.spoken[close][0]
        return f"did you mean `{meant}` ({self.entities[meant].name})?"


def resolve_entity(known: Base | Mapping[str, Entity], text: str) -> str:
    """The id of the entity that the text names by id, name or alias, in any case of letters.

    ``other`` and ``nobody`` stand for themselves. Raises `InputError` where nothing or more than one has that name.
    """
    entities = known.entities if isinstance(known, Base) else known
    if text in (OTHER, NOBODY):
        return text
    directory = Directory.of(entities)
    found = directory.find(text.strip())
    if len(found) == 1:
        return found[0]
    if found:
        hint = f"write one of {', '.join(sorted(found))}"
        raise InputError([Problem("ambiguous-name", f"`{text}` may mean several", hint=hint)])
    raise InputError([Problem("unknown-entity", f"unknown actor or entity `{text}`", hint=directory.suggestion(text))])


def resolve_actor(base: Base, text: str) -> str:
    """The id of an entity that can act, named as for `resolve_entity`. Raises `InputError` for any other."""
    found = resolve_entity(base, text)
    vocabulary, _ = base.standards
    if not can_act(base, found):
        message = f"`{text}` can have done nothing: {base.name(found)} is of the kind {base.entities[found].kind}"
        actors = [entity.id for entity in base.entities.values() if "Actor" in vocabulary.kinds.get(entity.kind, ())]
        hint = did_you_mean(text, actors) or "name an actor"
        raise InputError([Problem("no-actor", message, hint=hint)])
    return found


def can_act(base: Base, entity: str) -> bool:
    """Whether the vocabulary lets entities of this one's kind be actors."""
    vocabulary, _ = base.standards
    return entity not in base.entities or "Actor" in vocabulary.kinds.get(base.entities[entity].kind, ("Actor",))


def entities_of(document: Document, entries: FactFile) -> Iterator[Entity]:
    """The entities that one file defines."""
    for key, entry in entries.entities.items():
        span = document.key_span(("entities", key))
        yield Entity(key, entry.name, entry.kind, tuple(entry.aliases), entry.about, span)


def entity_problems(document: Document, entries: FactFile, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What is wrong with the entities that one file defines."""
    for key, entry in entries.entities.items():
        path = ("entities", key)
        if not is_symbol(key):
            yield wrong_id(document, path, key)
        elif key in (OTHER, NOBODY):
            yield document.problem("reserved-id", reserved(key), document.key_span(path), "use another id")
        yield from _kind_problems(document, key, entry, vocabulary)


def namesakes(document: Document, entries: FactFile, called: Mapping[str, Entity]) -> Iterator[Problem]:
    """Entities of one file that have the display name of another, so that no reader could tell them apart.

    ``called`` has the first entity of each name, as names are compared.
    """
    for key, entry in entries.entities.items():
        first = called.get(spoken(entry.name))
        if first is not None and first.id != key:
            where = f" in {first.span.file}:{first.span.line}" if first.span else ""
            message = f"`{first.id}`{where} is called `{first.name}`, too"
            place = document.spans[("entities", key, "name")]
            yield document.problem("same-name", message, place, "give one of them a name that tells them apart")


def _kind_problems(document: Document, key: str, entry: EntityEntry, vocabulary: Vocabulary) -> Iterator[Problem]:
    if entry.kind not in vocabulary.kinds:
        place = document.spans[("entities", key, "kind")]
        note = f"kinds are {', '.join(vocabulary.kinds)}"
        hint = did_you_mean(entry.kind, vocabulary.kinds)
        yield document.problem("unknown-kind", f"unknown kind `{entry.kind}`", place, hint, None if hint else note)


def reserved(key: str) -> str:
    """Why the name of a hypothesis cannot be an id."""
    return f"`{key}` is reserved: it is a hypothesis of its own"


def wrong_id(document: Document, path: tuple[str, ...], key: str) -> Problem:
    """An id that facts could not name."""
    hint = "ids start with a small letter and go on with letters, digits and _, such as kataib_hezbollah"
    return document.problem("wrong-id", f"`{key}` cannot be an id", document.key_span(path), hint)
