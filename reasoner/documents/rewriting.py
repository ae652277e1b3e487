"""Changing a mapping written by hand in YAML: what stays keeps its comments, its order, its quotes and its layout.

ruamel.yaml does the writing. It is loaded here alone, and only once something is changed: what files say is read with
`yaml_reading`, which also has the last word on whether a text may stand without quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from reasoner.documents.yaml_reading import parse_yaml
from reasoner.problems import InputError

WIDEST = 120
"""Columns up to which a mapping within braces stays on one line."""

_UNBROKEN = 10**6

Plain: TypeAlias = "str | int | float | bool | Mapping[str, Plain] | Sequence[Plain]"
"""What a YAML document holds."""


class _NothingImplied(VersionedResolver):
    """Takes every scalar for text, so that it is written as it was read: dates, digits, ``yes`` and all."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of a node."""
        return self.DEFAULT_SCALAR_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


def rewritten(text: str, old: Mapping[str, Plain], new: Mapping[str, Plain], order: Sequence[str], column: int) -> str:
    """The text of one mapping, which reads as ``old``, so changed that it reads as ``new``.

    Keys that come in are put where ``order`` has them. ``column`` is where the mapping stands in its file, so that
    lines which get too long there are broken up. Lists are compared place by place: an entry that is to go is `GONE`,
    and what comes in follows at the end.
    """
    writer = _writer(_offset(text))
    node = writer.load(text)
    if node.fa.flow_style() and not node.ca.items and _too_long(new, column):
        return written(new, column)
    _change(node, old, new, order, column)
    return _dumped(writer, node)


def written(value: Mapping[str, Plain], column: int) -> str:
    """A new mapping as text, one key on a line; lists of mappings have each of theirs in braces, where it fits."""
    return _dumped(_writer(2), _mapping(value, column, flow=False))


GONE = object()
"""Stands in a list for an entry that is to go."""


def _writer(offset: int) -> YAML:
    writer = YAML()
    writer.Resolver = _NothingImplied
    writer.preserve_quotes = True
    writer.width = _UNBROKEN
    writer.indent(mapping=2, sequence=offset + 2, offset=offset)
    return writer


def _dumped(writer: YAML, node: CommentedMap) -> str:
    stream = StringIO()
    writer.dump(node, stream)
    return stream.getvalue()


def _offset(text: str) -> int:
    """How far the dashes of the first list within the text are indented beyond its key."""
    for line in text.splitlines():
        if line.lstrip().startswith("- "):
            return len(line) - len(line.lstrip())
    return 2


def _change(
    node: CommentedMap, old: Mapping[str, Plain], new: Mapping[str, Plain], order: Sequence[str], column: int
) -> None:
    flow = bool(node.fa.flow_style())
    for key, value in new.items():
        if key not in node:
            _insert(node, key, _node(value, column, flow), order)
        elif isinstance(value, list) and isinstance(node[key], CommentedSeq):
            before = old[key]
            assert isinstance(before, Sequence)
            _change_list(node[key], before, value, order, column)
        elif value != old[key]:
            node[key] = _node(value, column, flow)
    for key in [key for key in node if key not in new]:
        _remove(node, key)


def _change_list(
    node: CommentedSeq, old: Sequence[Plain], new: Sequence[Any], order: Sequence[str], column: int
) -> None:
    flow = bool(node.fa.flow_style())
    for place in range(len(new) - 1, -1, -1):
        value = new[place]
        if place >= len(old):
            continue
        before = old[place]
        if value is GONE:
            del node[place]
        elif isinstance(value, Mapping) and isinstance(before, Mapping):
            _change(node[place], before, value, order, column + 4)
        elif value != before:
            node[place] = _node(value, column + 4, flow)
    for value in new[len(old) :]:
        like = node[-1] if len(node) else None
        in_braces = flow or (isinstance(like, CommentedMap) and bool(like.fa.flow_style()))
        node.append(_entry(value, column + 4, None if like is None else in_braces))


def _entry(value: Any, column: int, flow: bool | None) -> Any:
    """An entry of a list, in braces where its neighbour is; where it has none, or it gets too long, as fits."""
    if isinstance(value, Mapping):
        return _mapping(value, column, flow is not False and not _too_long(value, column + 2))
    return _node(value, column, bool(flow))


def _remove(node: CommentedMap, key: str) -> None:
    """Take a key out; the comment beside and beneath it stays, with a neighbour that has none."""
    keys = list(node)
    place = keys.index(key)
    comment = node.ca.items.pop(key, None)
    del node[key]
    for neighbour in (*keys[max(0, place - 1) : place], *keys[place + 1 : place + 2]):
        if comment is not None and neighbour not in node.ca.items:
            node.ca.items[neighbour] = comment
            return


def _insert(node: CommentedMap, key: str, value: Any, order: Sequence[str]) -> None:
    """Put a key in behind those that come before it in the order."""
    before = order[: order.index(key)]
    place = max((number for number, known in enumerate(node, 1) if known in before), default=0)
    node.insert(place, key, value)


def _node(value: Any, column: int, flow: bool) -> Any:
    match value:
        case Mapping():
            return _mapping(value, column, flow)
        case list() | tuple():
            made = CommentedSeq(_entry(each, column + 4, True if flow else None) for each in value if each is not GONE)
            if flow or not any(isinstance(each, Mapping) for each in value):
                made.fa.set_flow_style()
            return made
        case _:
            return _scalar(value, flow)


def _mapping(value: Mapping[str, Plain], column: int, flow: bool) -> CommentedMap:
    made = CommentedMap((key, _node(each, column + 2, flow)) for key, each in value.items())
    if flow:
        made.fa.set_flow_style()
    return made


def _scalar(value: Any, flow: bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    return value if _stands_unquoted(value, flow) else DoubleQuotedScalarString(value)


def _stands_unquoted(text: str, flow: bool) -> bool:
    """Whether the text, written as it is, is read as it is."""
    try:
        return bool(parse_yaml(f"[{{key: {text}}}]" if flow else f"- key: {text}\n", "").value == [{"key": text}])
    except InputError:
        return False


def _too_long(value: Mapping[str, Any], column: int) -> bool:
    """Whether a mapping in braces would not fit on a line, or would hold other mappings."""
    if any(
        isinstance(each, list | tuple) and any(isinstance(entry, Mapping) for entry in each) for each in value.values()
    ):
        return True
    text = ", ".join(f"{key}: {each}" for key, each in value.items())
    return column + len(text) + 2 > WIDEST
