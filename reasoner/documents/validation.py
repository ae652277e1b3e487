"""Checking a document against a pydantic model, with problems in the words of whoever wrote the file."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from reasoner.documents.document import Branch, Document, KeyPath
from reasoner.problems import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel

Model = TypeVar("Model", bound="BaseModel")

_MOST_PROBLEMS = 100

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "dict_type": "a group of `key: value` lines",
    "mapping_type": "a group of `key: value` lines",
    "model_type": "a group of `key: value` lines",
    "model_attributes_type": "a group of `key: value` lines",
}
_NOTHING = ("none", "null", "nil", "nothing", "empty", "n/a", "-")
_BOOLEANS = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def validate(document: Document, model: type[Model]) -> Model:
    """Read a document as a model. Raises `InputError` with every problem, each at its key or value.

    A field's ``description`` finishes the sentence "`key` is …" and is shown where the key is missing or wrong.
    """
    from pydantic import ValidationError

    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        found = error.errors(include_url=False)[:_MOST_PROBLEMS]
    # A union reports each alternative's failure at the same place; the first says enough.
    problems = {(problem.span, problem.message): problem for problem in (_problem(document, model, e) for e in found)}
    raise InputError(problems.values())


def _problem(document: Document, model: type[BaseModel], error: Mapping[str, Any]) -> Problem:
    path: KeyPath = tuple(error["loc"])
    kind = error["type"]
    if path and path[-1] == "[key]":
        return _bad_key(document, path[:-1], error)
    if kind == "missing":
        return _missing(document, model, path)
    if kind == "extra_forbidden":
        return _unknown_key(document, model, path)
    return _bad_value(document, model, path, error)


def _bad_key(document: Document, path: KeyPath, error: Mapping[str, Any]) -> Problem:
    message = f"`{path[-1]}` cannot stand here"
    hint = str(error["ctx"]["error"]) if "error" in error.get("ctx", {}) else _expected(error)
    return document.problem("wrong-key", message, document.key_span(path), hint)


def _missing(document: Document, model: type[BaseModel], path: KeyPath) -> Problem:
    owner, key = path[:-1], str(path[-1])
    place = document.key_span(owner) if owner else document.entry_span(())
    about = _description(model, path)
    hint = f"`{key}` is {about}" if about else None
    return document.problem("missing-key", f"{_called(owner)} lacks `{key}`", place, hint)


def _unknown_key(document: Document, model: type[BaseModel], path: KeyPath) -> Problem:
    key, owner = str(path[-1]), _model_at(model, path[:-1])
    known = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
    hint = did_you_mean(key, known)
    node = document.spans.node(path[:-1])
    note = f"keys known here: {', '.join(known)}" if known else None
    value, after = document.spans[path], document.key_span(path).end_column
    # An empty value right behind its key is what `{fact: p(a, b)}` leaves of ` b)`.
    if hint is None and isinstance(node, Branch) and node.flow and value.column == value.end_column == after:
        hint = "inside { } put quotes around text that has a comma: a comma ends it"
    return document.problem("unknown-key", f"unknown key `{key}`", document.key_span(path), hint, note)


def _bad_value(document: Document, model: type[BaseModel], path: KeyPath, error: Mapping[str, Any]) -> Problem:
    kind, given = error["type"], error.get("input")
    context = error.get("ctx", {})
    name = _called(path)
    about = _description(model, path)
    hint = f"`{path[-1]}` is {about}" if about and path and isinstance(path[-1], str) else None
    place = _value_span(document, path)
    if kind in _WANTED:
        message = f"{name} must be {_WANTED[kind]}, not {_described(given)}"
        hint = _remedy(kind, given) or hint
    elif kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        message = f"{name} must be {words} {context[bound]:g}, not {given}"
    elif kind == "literal_error":
        message = f"{name} must be {_expected(error)}, not {_described(given)}"
        hint = did_you_mean(str(given), _choices(error)) or hint
    elif "error" in context:
        message = f"{name} {context['error']}"
    elif kind == "string_too_short":
        message = f"{name} is empty"
    else:
        message = f"{name} is not what belongs here, but {_described(given)}"
    return document.problem("wrong-value", message, place, hint)


def _remedy(kind: str, given: Any) -> str | None:
    """What to write instead, where that is plain from what was written."""
    if kind == "string_type" and isinstance(given, (int, float)):
        return "put quotes around it"
    if kind == "bool_type" and str(given).lower() in _BOOLEANS:
        return f"write `{_BOOLEANS[str(given).lower()]}`"
    if kind == "list_type" and str(given).lower() in _NOTHING:
        return "write `[]`, or leave it out"
    if kind == "list_type" and isinstance(given, str) and len(given) <= 40:
        return f"write `[{given}]`"
    return None


def _value_span(document: Document, path: KeyPath) -> Any:
    node = document.spans.node(path)
    if isinstance(node, Branch):
        return document.entry_span(path)
    span = document.spans[path]
    return document.key_span(path) if (span.line, span.column) == (span.end_line, span.end_column) else span


def _called(path: KeyPath) -> str:
    """What a message calls the thing at a path: its key, or its place in its list."""
    if not path:
        return "this file"
    if isinstance(path[-1], int):
        keys = [step for step in path if isinstance(step, str)]
        return f"entry {path[-1] + 1} of `{keys[-1]}`" if keys else f"entry {path[-1] + 1}"
    return f"`{path[-1]}`"


def _described(given: Any) -> str:
    match given:
        case None:
            return "empty"
        case bool():
            return str(given).lower()
        case int() | float():
            return f"the number {given}"
        case str():
            return f"the text `{given if len(given) <= 40 else given[:39] + '…'}`"
        case list():
            return "a list"
        case _:
            return "a group of `key: value` lines"


def _expected(error: Mapping[str, Any]) -> str:
    choices = _choices(error)
    if len(choices) == 1:
        return f"`{choices[0]}`"
    return f"one of {', '.join(choices)}" if choices else "something else"


def _choices(error: Mapping[str, Any]) -> list[str]:
    text = str(error.get("ctx", {}).get("expected", ""))
    return [choice.strip(" '") for part in text.split(" or ") for choice in part.split(",") if choice.strip(" '")]


def _description(model: type[BaseModel], path: KeyPath) -> str | None:
    owner = _model_at(model, path[:-1]) if path else None
    if owner is None:
        return None
    for name, field in owner.model_fields.items():
        if path[-1] in (name, field.alias):
            return field.description
    return None


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """The model that reads the collection at a path, if one does."""
    current: Any = model
    for step in path:
        found = _model_in(current)
        if found is None:
            current = _element(current)
        elif "root" in found.model_fields:
            current = _element(found.model_fields["root"].annotation)
        else:
            fields = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
            current = fields.get(str(step))
    return _model_in(current)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    from pydantic import BaseModel

    for choice in _alternatives(annotation):
        if isinstance(choice, type) and issubclass(choice, BaseModel):
            return choice
    return None


def _element(annotation: Any) -> Any:
    """What the elements of a list or the values of a mapping are."""
    for choice in _alternatives(annotation):
        if get_origin(choice) in (list, tuple, dict):
            arguments = [argument for argument in get_args(choice) if argument is not Ellipsis]
            return arguments[-1] if arguments else None
    return None


def _alternatives(annotation: Any) -> list[Any]:
    """The members of a union, without ``Annotated``, or the annotation itself."""
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        return [inner for choice in get_args(annotation) for inner in _alternatives(choice)]
    return [annotation]
