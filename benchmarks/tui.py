"""The terminal UI against a bare Textual app, and beside two large ones, on a terminal of 120 × 40.

    python benchmarks/tui.py [--runs N] [--keys N] [--case CASE] [--json]

Timed from outside, at the pseudo-terminal: from the start of the process to the frame, and from a key to the first
bytes that follow and to the last. *Settled* is the last byte before 150 ms of silence. Memory is the peak resident set,
of ascribe after a walk through every screen. The other apps are installed from the package index, each into a virtual
environment of its own in the user's cache folder; where that fails, they are left out and it is said.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from first_paint import ASCRIBE, BARE, first_paints
from pseudo_terminal import Reaction, Session, running

KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ascribe-benchmarks"
DOWN, UP, ENTER, ESCAPE = b"\x1b[B", b"\x1b[A", b"\r", b"\x1b"

OTHERS = {"harlequin": (["harlequin"], b"Query"), "posting": (["posting", "tree-sitter<0.26"], b"Send")}
"""Its name → what to install, with what it does not run without, and a word of its first frame."""

GOALS = {
    "first paint": (1.6, "times the bare app's"),
    "memory": (2.0, "times the bare app's"),
    "first repaint": (20.0, "ms, 95th percentile, on the slowest screen"),
    "settled": (1.5, "times the bare app's for the same key, on the slowest screen"),
    "what-if": (50.0, "ms from the key to the new ranking, median"),
    "deep case": (100.0, "ms to settled in a chain of more than ten thousand statements, median"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: the keys that lead there from the one before, each with a word to wait for; two keys to press there."""

    name: str
    way: tuple[tuple[bytes, bytes], ...]
    there: bytes = DOWN
    back: bytes = UP


TABS = (
    (b"2", "why not"),
    (b"3", "compare"),
    (b"5", "missing"),
    (b"6", "linchpins"),
    (b"7", "matrix"),
    (b"8", "timeline"),
)
LETTER, RUBOUT, END = b"a", b"\x7f", b"\x1b[F"
TO_CASE, TO_FACTS, TO_RULES = (ESCAPE, b"Hypothesis"), (ESCAPE, b"Credence"), (ESCAPE, b"Find")

PLACES = (
    Place("ranking", ()),
    Place("chain", ((ENTER, b"Open all"),)),
    *(Place(name, ((key, b""),)) for key, name in TABS),
    Place("cases", ((b"1", b""), (ESCAPE, b"Why"), (b"c", b""))),
    Place("facts", ((ESCAPE, b"Why"), (b"f", b"Facts:"))),
    Place("fact form", ((ENTER, b"redicate"), (END, b"")), LETTER, RUBOUT),
    Place("case as text", (TO_FACTS, (b"y", b"facts/cases"))),
    Place("rules", (TO_FACTS, TO_CASE, (b"r", b"About"))),
    Place("rule as text", ((ENTER, b"f1"),)),
    Place("query", (TO_RULES, TO_CASE, (b":", b"Query")), LETTER, RUBOUT),
    Place("key list", (TO_CASE, (b"?", b"Keys"))),
    Place("export", (TO_CASE, (b"x", b"Export"))),
)


@dataclass
class Measured:
    """What was measured of one app: seconds, MiB, and the reactions to keys, screen by screen."""

    first_paint: list[float] = field(default_factory=list)
    memory: float = 0.0
    reactions: dict[str, list[Reaction]] = field(default_factory=dict)


def keys_at(session: Session, place: Place, keys: int) -> list[Reaction]:
    """Go to a place, and press its two keys in turn."""
    for key, word in place.way:
        session.go(key, word)
    pressed = (session.press((place.there, place.back)[turn % 2]) for turn in range(keys))
    return [reaction for reaction in pressed if reaction]  # at the end of a page a key changes nothing


def ascribe_on_every_screen(keys: int, folder: Path, case: str) -> Measured:
    """A walk through every screen, on a copy of the shipped rules and facts that was read before."""
    found = Measured()
    for each in sorted((folder / "facts" / "cases").glob("*.yaml")):
        subprocess.run([ASCRIBE, "rank", each.stem], cwd=folder, capture_output=True, check=True)
    with running([ASCRIBE], folder) as session:
        session.painted(b"Quit")
        session.go(b"", b"Verdict")
        choose(session, case, folder)
        for place in PLACES:
            found.reactions[place.name] = keys_at(session, place, keys)
        session.go(*TO_CASE)
        found.reactions["what-if"] = what_ifs(session, keys)
        found.memory = session.peak
    return found


def choose(session: Session, case: str, folder: Path) -> None:
    """Open a case from the list, which has them by date."""
    said = subprocess.run([ASCRIBE, "cases", "--json"], cwd=folder, capture_output=True, check=True)
    listed = sorted((row["date"] or "9999", row["case"]) for row in json.loads(said.stdout)["cases"])
    session.go(b"c", b"")
    session.go(b"\x1b[H", b"")
    for _ in range([name for _, name in listed].index(case)):
        session.go(DOWN, b"")
    session.go(ENTER, b"Verdict")


def what_ifs(session: Session, keys: int) -> list[Reaction]:
    """Suppose the first line of the chain left out, to the arrows in the ranking, and take it back."""
    session.go(ENTER, b"")
    found = []
    for _ in range(keys // 2):
        reaction = session.press(b" ", "▼".encode())
        if reaction:
            found.append(reaction)
        session.go(b"u", b"")
    return found


def deep(keys: int) -> list[Reaction]:
    """Open and go down the chain of a case with more than ten thousand statements."""
    from deep_case import deep_case

    with tempfile.TemporaryDirectory() as temporary:
        deep_case(Path(temporary))
        with running([ASCRIBE], Path(temporary)) as session:
            session.painted(b"Quit")
            session.painted("▸".encode())  # the chain's first line
            session.go(ENTER, b"Open all")
            return keys_at(session, Place("deep", (), b"\x1b[C", DOWN), keys)


def bare_table(keys: int) -> Measured:
    """Down and up in the bare app's table."""
    found = Measured()
    with running([sys.executable, "-c", BARE]) as session:
        session.painted(b"Quit")
        found.reactions["table"] = keys_at(session, Place("table", ()), keys)
        found.memory = session.peak
    return found


def other(name: str, keys: int, runs: int) -> Measured | str:
    """Another app, or why it is left out."""
    wanted, word = OTHERS[name]
    program = KEPT / name / "bin" / name
    if not program.exists() and (why := install(KEPT / name, wanted)):
        return why
    found = Measured()
    with tempfile.TemporaryDirectory() as home:
        try:
            for turn in range(runs):
                with running([str(program)], Path(home), {"HOME": home}) as session:
                    found.first_paint.append(session.painted(word))
                    if turn == runs - 1:
                        found.reactions["letters"] = keys_at(session, Place("letters", (), LETTER, RUBOUT), keys)
                        found.memory = session.peak
        except TimeoutError as error:
            return f"does not come to its first frame: {error}"
        except OSError:
            return "ends by itself before its first frame"
    return found


def install(folder: Path, wanted: Sequence[str]) -> str:
    """Install packages into an environment of their own; why it cannot be, or nothing."""
    venv.create(folder, with_pip=True, clear=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    return f"cannot be installed: {(done.stderr.strip().splitlines() or ['?'])[-1]}" if done.returncode else ""


def p95(times: Iterable[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def summary(reactions: Sequence[Reaction]) -> dict[str, float]:
    """Milliseconds of one screen."""
    first, settled = [each.first for each in reactions], [each.settled for each in reactions]
    return {
        "first": 1000 * statistics.median(first),
        "first_p95": 1000 * p95(first),
        "settled": 1000 * statistics.median(settled),
    }


def measured(runs: int, keys: int, case: str | None) -> dict[str, Any]:
    """Everything, as JSON has it."""
    from reasoner.evidence.workspace import init_workspace

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "mine"
        workspace = init_workspace(folder)
        largest = max(workspace.cases.glob("*.yaml"), key=lambda path: path.stat().st_size).stem
        ours, bare = ascribe_on_every_screen(keys, folder, case or largest), bare_table(keys)
        ours.first_paint, bare.first_paint = first_paints(runs, folder)
    ours.reactions["deep case"] = deep(keys)
    apps: dict[str, Any] = {"ascribe": told(ours), "bare app": told(bare)}
    for name in OTHERS:
        found = other(name, keys, runs)
        apps[name] = found if isinstance(found, str) else told(found)
    return {"case": case or largest, "apps": apps, "goals": goals(ours, bare)}


def told(found: Measured) -> dict[str, Any]:
    """One app."""
    return {
        "first_paint_ms": 1000 * statistics.median(found.first_paint),
        "memory_mib": found.memory,
        "keys_ms": {name: summary(reactions) for name, reactions in found.reactions.items() if reactions},
    }


def goals(ours: Measured, bare: Measured) -> dict[str, float]:
    """What each goal came to."""
    screens = {name: summary(found) for name, found in ours.reactions.items() if found and name not in GOALS}
    reference = summary(bare.reactions["table"])["settled"]
    words = [each.word for each in ours.reactions["what-if"] if each.word is not None]
    return {
        "first paint": statistics.median(ours.first_paint) / statistics.median(bare.first_paint),
        "memory": ours.memory / bare.memory,
        "first repaint": max(each["first_p95"] for each in screens.values()),
        "settled": max(each["settled"] for each in screens.values()) / reference,
        "what-if": 1000 * statistics.median(words),
        "deep case": summary(ours.reactions["deep case"])["settled"],
    }


def report(found: dict[str, Any]) -> Iterable[str]:
    """The same as text."""
    yield f"On {found['case']}, 120 × 40; milliseconds, medians\n"
    for name, app in found["apps"].items():
        if isinstance(app, str):
            yield f"{name}: left out, it {app}"
            continue
        yield f"{name}: first paint {app['first_paint_ms']:.0f} ms, peak memory {app['memory_mib']:.0f} MiB"
        for screen, each in app["keys_ms"].items():
            first = f"first repaint {each['first']:5.1f}, 95th percentile {each['first_p95']:5.1f}"
            yield f"    {screen:<14} {first}, settled {each['settled']:6.1f}"
    yield ""
    for name, value in found["goals"].items():
        goal, unit = GOALS[name]
        yield f"{name:<14} {value:6.2f}  {'met' if value <= goal else 'MISSED'}: at most {goal:g} {unit}"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10, help="first paints of each app")
    parser.add_argument("--keys", type=int, default=20, help="keys on each screen")
    parser.add_argument("--case", help="instead of the largest that is shipped")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measured(asked.runs, asked.keys, asked.case)
    print(json.dumps(found, indent=2) if asked.json else "\n".join(report(found)))


if __name__ == "__main__":
    main()
