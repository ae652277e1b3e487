"""A picture of the screen that names no font and no address outside itself."""

from __future__ import annotations

import re

_OUTSIDE = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)


def self_contained(svg: str) -> str:
    """A picture of Textual's without the fonts and addresses that it names outside itself."""
    return _OUTSIDE.sub("", svg)
