"""Measures how bulk ranking grows with the number of incidents, and draws it.

    python benchmarks/growth.py [--sizes N …] [--worlds N] [--output FOLDER] [--folder FOLDER]

Each size is loaded, ranked and ground as by ``benchmarks/bulk.py``, beside SQL and Polars joins written by hand. The
figures go to ``growth.json`` and the drawing to ``growth.svg``, in ``docs/`` or the folder named: seconds against
incidents, both in logarithms, each line with the exponent of its growth by least squares. Takes half an hour on two
cores, and ``pip install matplotlib polars``.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bulk import RATIO, SECONDS, Measured

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
DOCS = Path(__file__).parent.parent / "docs"

EXPONENT = 1.05
"""How fast time may grow: as this power of the number of incidents."""

LINES = {
    "load": ("loading", "#8c6bb1", "s"),
    "rank": ("ranking and writing", "#d95f02", "D"),
    "ground ours": ("grounding", "#1f88d0", "o"),
    "ground SQL by hand": ("… SQL by hand", "#1b9e77", "^"),
    "ground Polars by hand": ("… Polars by hand", "#c2529b", "v"),
}
"""What is drawn of the figures: its name in the legend, its colour and its mark."""

GREY = "#7d8590"
"""Of all text and axes: it can be read on white and on black."""


def measure(sizes: Sequence[int], worlds: int, folder: Path) -> dict[str, Any]:
    """The figures of each size, and the exponents."""
    found = []
    for size in sizes:
        print(f"{size:,} incidents …", file=sys.stderr)
        each = Measured(folder / str(size), size, worlds)
        each.load()
        each.rank()
        each.ground()
        found.append(each.figures)
    exponents = {job: slope({each["incidents"]: each[job] for each in found}) for job in LINES}
    return {"worlds": worlds, "sizes": found, "exponents": exponents}


def slope(taken: dict[int, float]) -> float | None:
    """The exponent of a power of the size, by least squares."""
    if len(taken) < 2:
        return None
    across, up = [math.log(size) for size in taken], [math.log(seconds) for seconds in taken.values()]
    return statistics.linear_regression(across, up).slope


def draw(figures: Mapping[str, Any], path: Path) -> None:
    """The figures as an SVG that is the same for the same figures; its background is that of the page."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    colours = dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), GREY)
    with mpl.rc_context({"svg.hashsalt": "growth", "svg.fonttype": "none", "font.size": 10, **colours}):
        figure = Figure(figsize=(10, 5), layout="constrained")
        axes = figure.add_subplot(xscale="log", yscale="log", xlabel="incidents", ylabel="seconds")
        _draw_lines(axes, figures)
        axes.grid(visible=True, color=GREY, alpha=0.25, linewidth=0.5)
        axes.spines[["top", "right"]].set_visible(False)
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_major_formatter("{x:g}")
        title = f"grows with the power of …\n(goal: at most {EXPONENT})"
        figure.legend(title=title, frameon=False, alignment="left", loc="outside right upper")
        figure.savefig(path, format="svg", transparent=True, metadata={"Date": None})


def _draw_lines(axes: Any, figures: Mapping[str, Any]) -> None:
    sizes = [each["incidents"] for each in figures["sizes"]]
    for job, (name, colour, mark) in LINES.items():
        exponent = figures["exponents"][job]
        label = name if exponent is None else f"{name}: {exponent:.2f}"
        axes.plot(sizes, [each[job] for each in figures["sizes"]], color=colour, marker=mark, markersize=5, label=label)
    goals = {"ground ours": (f"goal: {RATIO} × SQL by hand", _goal_of_grounding(figures))}
    if figures["worlds"] in SECONDS:
        seconds = SECONDS[figures["worlds"]]
        goals["rank"] = (f"goal: {seconds:g} s a million", [seconds * size / 1_000_000 for size in sizes])
    for job, (label, allowed) in goals.items():
        axes.plot(sizes, allowed, color=LINES[job][1], linestyle=(0, (2, 3)), linewidth=1.2, label=label)


def _goal_of_grounding(figures: Mapping[str, Any]) -> list[float]:
    return [RATIO * each["ground SQL by hand"] for each in figures["sizes"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--output", type=Path, default=DOCS, help="where figures and drawing go")
    parser.add_argument("--folder", type=Path, help="where to keep the feeds, for the next time")
    options = parser.parse_args()
    missing = [name for name in ("matplotlib", "polars") if find_spec(name) is None]
    if missing:
        sys.exit(f"pip install {' '.join(missing)}")
    with tempfile.TemporaryDirectory() as passing:
        figures = measure(sorted(options.sizes), options.worlds, options.folder or Path(passing))
    (options.output / "growth.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    draw(figures, options.output / "growth.svg")
    print(options.output / "growth.svg")


if __name__ == "__main__":
    main()
