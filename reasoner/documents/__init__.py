"""Text and YAML from files, with the place of every key and value, and problems in an analyst's words.

Reads only: nothing here knows what the files mean, writes them, or runs anything they contain.
"""

from reasoner.documents.document import Document, KeyPath
from reasoner.documents.reading import read_text, shown_path
from reasoner.documents.validation import validate
from reasoner.documents.yaml_reading import parse_yaml, read_yaml

__all__ = ["Document", "KeyPath", "parse_yaml", "read_text", "read_yaml", "shown_path", "validate"]
