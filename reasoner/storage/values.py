"""Frozen values as plain JSON and back, each checked against its declared type.

Values are stored once however often they occur, in layers: a layer holds columns of numbers that refer to values of
the layers before it. So a value is read back without a step of Python per field, which makes it quick, and nothing
but the classes that the type to be read names is ever built.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import cycle, islice
from operator import attrgetter
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

Stored: TypeAlias = dict[str, Any]
Tags: TypeAlias = frozenset[str]
Value = TypeVar("Value")

SCALARS = {kind.__name__: kind for kind in (str, int, float, bool, type(None))}


class MisfitError(ValueError):
    """Stored data that is not what the type says."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value made of others: ``admitted`` are the tags that each part may have.

    A record has as many parts; a collection any number of them, of these sorts in turn (a mapping: key, value, …).
    """

    tag: str
    admitted: tuple[Tags, ...]
    parts: Callable[[Any], Iterable[Any]]
    make: Callable[..., Any]
    record: bool


class Shape:
    """The kinds of value that a type is made of, found by its annotations."""

    def __init__(self, hint: Any) -> None:
        self.kinds: dict[str, Kind] = {}
        self.root = self._tags(hint)

    def kind_of(self, name: str, admitted: Tags) -> Kind:
        """The kind of a value whose class has this name, where these are admitted. Raises `MisfitError`."""
        if name in admitted:
            return self.kinds[name]
        found = [tag for tag in admitted if tag.partition("[")[0] == name]
        if len(found) != 1:
            raise MisfitError(f"{name} where {sorted(admitted)} may stand")
        return self.kinds[found[0]]

    def _tags(self, hint: Any) -> Tags:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return frozenset[str]().union(*map(self._tags, arguments))
        if origin is Literal:
            return frozenset(type(each).__name__ for each in arguments)
        if origin in (tuple, frozenset):
            return self._collection(origin, (arguments[0],), iter)
        if origin is not None and issubclass(origin, Mapping):
            return self._collection(dict, arguments, lambda value: (part for pair in value.items() for part in pair))
        name: str = hint.__name__
        if hint is datetime:
            self.kinds[name] = Kind(name, (frozenset(("str",)),), _written, datetime.fromisoformat, True)
        elif name not in SCALARS and name not in self.kinds:
            self._record(hint)
        return frozenset(("float", "int") if hint is float else (name,))

    def _record(self, cls: Any) -> None:
        # Entered before its parts are looked at: a class may have parts of its own kind.
        self.kinds[cls.__name__] = Kind(cls.__name__, (), iter, cls, True)
        hints = get_type_hints(cls)
        names = [field.name for field in fields(cls)]
        admitted = tuple(self._tags(hints[name]) for name in names)
        parts = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
        self.kinds[cls.__name__] = Kind(cls.__name__, admitted, parts, cls, True)

    def _collection(self, make: Any, elements: Sequence[Any], parts: Callable[[Any], Iterable[Any]]) -> Tags:
        admitted = tuple(map(self._tags, elements))
        tag = f"{make.__name__}[{' '.join(' | '.join(sorted(each)) for each in admitted)}]"
        self.kinds[tag] = Kind(tag, admitted, parts, make, False)
        return frozenset((tag,))


def _written(value: datetime) -> tuple[str]:
    return (value.isoformat(),)


Key: TypeAlias = tuple[str, Any]
"""A tag, with a scalar itself or the numbers of the parts: values of the same key are one."""


class _Writing:
    """Values numbered as they come, with the layer each belongs to."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.numbers: dict[Key, int] = {}
        self.layers: list[int] = []

    def number_of(self, value: Any, admitted: Tags) -> int:
        name = type(value).__name__
        if name in SCALARS:
            if name not in admitted:
                raise MisfitError(f"{name} where {sorted(admitted)} may stand")
            return self._number((name, value), ())
        kind = self.shape.kind_of(name, admitted)
        parts = tuple(map(self.number_of, kind.parts(value), cycle(kind.admitted)))
        return self._number((kind.tag, parts), parts)

    def _number(self, key: Key, parts: tuple[int, ...]) -> int:
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.layers)
            self.layers.append(0 if key[0] in SCALARS else 1 + max((self.layers[part] for part in parts), default=0))
        return number


def to_plain(value: Any, hint: Any) -> Stored:
    """A value of a type as JSON can hold it. Raises `MisfitError` where it is not of that type."""
    shape = Shape(hint)
    writing = _Writing(shape)
    root = writing.number_of(value, shape.root)
    keys = list(writing.numbers)
    order = sorted(range(len(keys)), key=lambda number: (writing.layers[number], keys[number][0], number))
    places = {number: place for place, number in enumerate(order)}
    layers: list[list[Any]] = []
    last = None
    for number in order:
        tag, parts = keys[number]
        if (writing.layers[number], tag) != last:
            last = (writing.layers[number], tag)
            layers.append([tag, []])
        layers[-1][1].append(parts if tag in SCALARS else [places[part] for part in parts])
    return {"layers": [[tag, _columns(shape.kinds.get(tag), rows)] for tag, rows in layers], "root": places[root]}


def _columns(kind: Kind | None, rows: list[Any]) -> list[Any]:
    """A layer's rows: scalars as they are, records by column, collections as lengths and all parts."""
    if kind is None:
        return rows
    if kind.record:
        return [list(column) for column in zip(*rows, strict=True)]
    return [[len(row) for row in rows], [part for row in rows for part in row]]


def from_plain(stored: Any, hint: type[Value]) -> Value:
    """The value of a type that was stored. Raises `MisfitError` where this is none."""
    shape = Shape(hint)
    values: list[Any] = []
    tags: list[str] = []
    try:
        for tag, columns in stored["layers"]:
            made = _scalars(tag, columns) if tag in SCALARS else _made(shape.kinds[tag], columns, values, tags)
            values += made
            tags += [tag] * len(made)
        root = stored["root"]
        if tags[root] not in shape.root:
            raise MisfitError(f"{tags[root]} where {sorted(shape.root)} may stand")
        value: Value = values[root]
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise MisfitError(str(error)) from None
    return value


def _scalars(tag: str, column: list[Any]) -> list[Any]:
    if any(type(value) is not SCALARS[tag] for value in column):
        raise MisfitError(f"what should be {tag} is not")
    return column


def _made(kind: Kind, columns: list[list[int]], values: Sequence[Any], tags: Sequence[str]) -> list[Any]:
    if kind.record:
        if len(columns) != len(kind.admitted):
            raise MisfitError(f"{kind.tag} has {len(kind.admitted)} parts, not {len(columns)}")
        for column, admitted in zip(columns, kind.admitted, strict=True):
            _check(column, admitted, tags)
        return list(map(kind.make, *([values[part] for part in column] for column in columns)))
    lengths, parts = columns
    if sum(lengths) != len(parts):
        raise MisfitError(f"{kind.tag} has more or fewer parts than it says")
    width = len(kind.admitted)
    for place, admitted in enumerate(kind.admitted):
        _check(parts[place::width], admitted, tags)
    found = map(values.__getitem__, parts)
    if width == 2:
        return [dict(zip(*[islice(found, length)] * 2, strict=True)) for length in lengths]
    return [kind.make(islice(found, length)) for length in lengths]


def _check(column: Sequence[int], admitted: Tags, tags: Sequence[str]) -> None:
    if not admitted.issuperset(map(tags.__getitem__, column)):
        raise MisfitError(f"something else where {sorted(admitted)} may stand")
