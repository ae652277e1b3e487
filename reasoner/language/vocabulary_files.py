"""Reading rules/vocabulary.yaml and rules/scales.yaml.

Both are checked completely; the result is a plain value of reasoner.language.vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from reasoner.documents import Document, read_yaml, validate
from reasoner.language.vocabulary import (
    DECLARED,
    ENTITY_TYPES,
    MAXIMUM_STRENGTH,
    NOBODY,
    OTHER,
    PERPETRATOR,
    RESERVED_HEADS,
    Argument,
    Factor,
    Predicate,
    Role,
    Scales,
    Vocabulary,
)
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import is_symbol

ARGUMENT_TYPES = (*ENTITY_TYPES, "Date", "Term", "Number", "Kind", "Role")
"""Every type an argument may have."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_STRICT = ConfigDict(extra="forbid", strict=True, defer_build=True)

_Types = Annotated[list[str], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
_Text = Annotated[str, Field(min_length=1)]
_Share = Annotated[float, Field(gt=0, lt=1)]
_Scale = Annotated[float, Field(ge=0, le=1)]
_Decibans = Annotated[int, Field(ge=0, le=MAXIMUM_STRENGTH)]


class PredicateEntry(BaseModel):
    """One predicate as vocabulary.yaml declares it."""

    model_config = _STRICT
    arguments: dict[str, _Types] = Field(description="its arguments by name, each with its type: {actor: Actor}")
    sentence: _Text = Field(description="what such a fact says, with argument names in braces")
    question: _Text | None = None
    which: _Text | None = Field(None, description="asks for all such facts at once: Who had {capability}?")
    where: _Text | None = None
    functional: bool = False
    weightless: _Text | None = None
    asked: Literal["once", "never"] | None = Field(
        None, description="`never`, for what is on file anyway; `once`, where one answer will do"
    )
    found: Literal["seldom", "unasked"] | None = Field(
        None,
        description="`seldom`, for what is seldom found out even if it is so; `unasked`, for what comes out by itself",
    )
    plantable: Literal["easily"] | None = Field(
        None, description="`easily`, for evidence that others can plant or stage at little cost"
    )


class VocabularyFile(BaseModel):
    """The whole of vocabulary.yaml."""

    model_config = _STRICT
    kinds: dict[str, _Types] = Field(description="entity kinds with the argument types each can fill")
    kind_names: dict[str, _Text] = Field({}, description="how a kind reads in a sentence: {expert: an expert}")
    predicates: dict[str, PredicateEntry] = Field(description="every predicate that a fact may use")


class FactorEntry(BaseModel):
    """One factor as scales.yaml declares it."""

    model_config = _STRICT
    name: _Text = Field(description="its display name")
    about: _Text = Field(description="what it covers, in one sentence")


class RoleEntry(BaseModel):
    """One role as scales.yaml declares it."""

    model_config = _STRICT
    question: _Text = Field(description="the question that heads its ranking")
    said: _Text = Field(description="the words after an actor's name, such as: did it")
    nobody: _Text | None = None


class PriorsEntry(BaseModel):
    """The default priors, in decibans."""

    model_config = _STRICT
    unlisted: int = Field(description="decibans that everyone unlisted starts with, together")
    nobody: int = Field(description="decibans that nobody starts with, in roles that nobody may have held")


class ScalesFile(BaseModel):
    """The whole of scales.yaml."""

    model_config = _STRICT
    strengths: dict[str, _Decibans] = Field(description="strength words, each in decibans")
    factors: dict[str, FactorEntry] = Field(description="the factors that rules may name")
    roles: dict[str, RoleEntry] = Field(description="the roles that a hypothesis may have")
    digits: dict[str, _Share] = Field(description="the probability behind each credibility digit, 1 to 6")
    letters: dict[str, _Scale] = Field(description="how far each reliability letter, A to F, scales log-odds")
    grade_words: dict[str, _Text] = Field(description="the wording of each letter and digit")
    priors: PriorsEntry = Field(description="the default priors: unlisted and nobody")
    exclusion: Annotated[int, Field(lt=0)] = Field(description="the decibans of `excludes`, negative")


def load_vocabulary(path: Path | str) -> Vocabulary:
    """Read vocabulary.yaml. Raises `InputError` with all its problems."""
    document = read_yaml(path)
    entries = validate(document, VocabularyFile)
    problems = [
        *_kind_problems(document, entries),
        *(
            problem
            for name, entry in entries.predicates.items()
            for problem in _predicate_problems(document, name, entry)
        ),
    ]
    if problems:
        raise InputError(problems)
    predicates = {name: _predicate(name, entry) for name, entry in entries.predicates.items()}
    predicates.setdefault(DECLARED, _declared())
    kinds = {kind: tuple(types) for kind, types in entries.kinds.items()}
    return Vocabulary(predicates, kinds, entries.kind_names)


def _declared() -> Predicate:
    entity = Argument("entity", ENTITY_TYPES)
    return Predicate(DECLARED, (entity, Argument("kind", ("Kind",))), "{entity} is of the kind {kind}")


def _predicate(name: str, entry: PredicateEntry) -> Predicate:
    arguments = tuple(Argument(argument, tuple(types)) for argument, types in entry.arguments.items())
    return Predicate(
        name,
        arguments,
        entry.sentence,
        entry.question,
        entry.where,
        entry.functional,
        entry.weightless,
        entry.plantable is not None,
        entry.which,
        entry.asked or "always",
        entry.found or "often",
    )


def _kind_problems(document: Document, entries: VocabularyFile) -> Iterator[Problem]:
    for kind, types in entries.kinds.items():
        if not is_symbol(kind):
            yield _not_a_symbol(document, ("kinds", kind), kind)
        yield from _type_problems(document, ("kinds", kind), types, (*ENTITY_TYPES, "Term"))


def _predicate_problems(document: Document, name: str, entry: PredicateEntry) -> Iterator[Problem]:
    path = ("predicates", name)
    if not is_symbol(name):
        yield _not_a_symbol(document, path, name)
    if name in RESERVED_HEADS:
        message = f"`{name}` is what rules conclude; facts cannot state it"
        yield document.problem("reserved-predicate", message, document.key_span(path))
    for argument, types in entry.arguments.items():
        if not is_symbol(argument):
            yield _not_a_symbol(document, (*path, "arguments", argument), argument)
        yield from _type_problems(document, (*path, "arguments", argument), types, ARGUMENT_TYPES)
    for key in ("sentence", "question", "which"):
        yield from _template_problems(document, (*path, key), getattr(entry, key) or "", entry.arguments)
    if entry.plantable and entry.weightless:
        message = f"`{name}` is no evidence, so it cannot be planted as such"
        hint = "leave out `plantable` or `weightless`"
        yield document.problem("plantable-without-weight", message, document.key_span((*path, "plantable")), hint)
    if entry.functional and not entry.arguments:
        message = f"`{name}` is functional but has no argument that could differ"
        yield document.problem("functional-without-arguments", message, document.key_span((*path, "functional")))


def _template_problems(
    document: Document, path: tuple[str, ...], template: str, arguments: Iterable[str]
) -> Iterator[Problem]:
    for match in _PLACEHOLDER.finditer(template):
        named = match.group(1)
        if named not in arguments:
            hint = did_you_mean(named, arguments) or f"the arguments are {', '.join(arguments) or 'none'}"
            place = document.within(path, match.start(), match.end())
            yield document.problem("unknown-argument", f"`{{{named}}}` names no argument", place, hint)
    if re.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        message = f"a brace in `{path[-1]}` has no partner"
        yield document.problem("unbalanced-brace", message, document.spans[path])


def _type_problems(
    document: Document, path: tuple[str, ...], types: list[str], known: tuple[str, ...]
) -> Iterator[Problem]:
    if not types:
        message = f"`{path[-1]}` has no type"
        yield document.problem("missing-type", message, document.key_span(path), f"types are {', '.join(known)}")
    for position, name in enumerate(types):
        if name not in known:
            hint = did_you_mean(name, known) or f"types are {', '.join(known)}"
            message = f"unknown argument type `{name}`"
            yield document.problem("unknown-type", message, document.spans[(*path, position)], hint)


def _not_a_symbol(document: Document, path: tuple[str, ...], name: str) -> Problem:
    hint = "names start with a small letter and go on with letters, digits and _"
    return document.problem("wrong-name", f"`{name}` cannot be a name", document.key_span(path), hint)


def load_scales(path: Path | str) -> Scales:
    """Read scales.yaml. Raises `InputError` with all its problems."""
    document = read_yaml(path)
    entries = validate(document, ScalesFile)
    problems = list(_scale_problems(document, entries))
    if problems:
        raise InputError(problems)
    return Scales(
        strengths=entries.strengths,
        factors={name: Factor(name, entry.name, entry.about) for name, entry in entries.factors.items()},
        roles={name: Role(name, entry.question, entry.said, entry.nobody) for name, entry in entries.roles.items()},
        digits={int(digit): share for digit, share in entries.digits.items()},
        letters=entries.letters,
        grade_words=entries.grade_words,
        unlisted=entries.priors.unlisted,
        nobody=entries.priors.nobody,
        exclusion=entries.exclusion,
    )


def _scale_problems(document: Document, entries: ScalesFile) -> Iterator[Problem]:
    yield from _complete(document, "letters", entries.letters, "ABCDEF")
    yield from _complete(document, "digits", entries.digits, "123456")
    yield from _complete(document, "grade_words", entries.grade_words, "ABCDEF123456")
    named: Any
    for group, named in (("strengths", entries.strengths), ("factors", entries.factors), ("roles", entries.roles)):
        for name in named:
            if not is_symbol(name) or name in (OTHER, NOBODY):
                yield _not_a_symbol(document, (group, name), name)
    if PERPETRATOR not in entries.roles:
        message = f"the role `{PERPETRATOR}` is missing"
        yield document.problem("missing-role", message, document.key_span(("roles",)))
    elif entries.roles[PERPETRATOR].nobody is not None:
        message = f"`{PERPETRATOR}` cannot have `nobody`: somebody did it"
        yield document.problem("wrong-value", message, document.key_span(("roles", PERPETRATOR, "nobody")))


def _complete(document: Document, group: str, entries: Iterable[str], wanted: str) -> Iterator[Problem]:
    present = list(entries)
    missing = [grade for grade in wanted if grade not in present]
    if missing:
        message = f"`{group}` lacks {', '.join(missing)}"
        yield document.problem("missing-grade", message, document.key_span((group,)))
    for grade in present:
        if grade not in set(wanted):
            hint = f"the grades are {', '.join(wanted)}"
            yield document.problem("unknown-grade", f"unknown grade `{grade}`", document.key_span((group, grade)), hint)
