"""The tour's pictures are there, and can be drawn again."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_every_picture_of_the_tour_can_be_drawn_again() -> None:
    """docs/tour.md shows the pictures that `make tour` draws, each once, and all of them are there, in whole."""
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (DOCS / "tour.md").read_text(encoding="utf-8"))
    drawn = runpy.run_path(str(DOCS / "make_tour.py"))["PICTURES"]

    assert shown == list(drawn)
    for name in drawn:
        picture = (DOCS / name).read_text(encoding="utf-8")
        assert picture.startswith("<svg") and picture.rstrip().endswith("</svg>")
        assert "://" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", picture)
