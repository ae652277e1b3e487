"""Text and YAML from files, with the place of every key and value, and problems in an analyst's words.

Nothing here knows what the files mean, saves them, or runs anything they contain. Each name is loaded
when it is first asked for, so that whoever reads no YAML does not wait for a parser.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reasoner.documents.document import Document, KeyPath
    from reasoner.documents.reading import check_characters, read_beginning, read_text, shown_path
    from reasoner.documents.validation import validate
    from reasoner.documents.yaml_reading import parse_yaml, read_yaml

__all__ = [
    "Document",
    "KeyPath",
    "check_characters",
    "parse_yaml",
    "read_beginning",
    "read_text",
    "read_yaml",
    "shown_path",
    "validate",
]

_MODULES = {
    "Document": "document",
    "KeyPath": "document",
    "check_characters": "reading",
    "read_beginning": "reading",
    "read_text": "reading",
    "shown_path": "reading",
    "validate": "validation",
    "parse_yaml": "yaml_reading",
    "read_yaml": "yaml_reading",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
