"""What is only supposed left out stays in the reasoning where it was: taken from the case as its files have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reasoner.explanation.changes import Changes
from reasoner.explanation.nodes import Chain, ChainLine, Node, ShownReport, Way
from tui.outline import Entry, at_path, beneath, outline

LEFT_OUT, FALLS = "LEFT OUT", "FALLS"
"""What is left out itself, and a line that falls away because what it rests on is."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The reasoning behind a hypothesis as the files have it, beside what is supposed.

    ``ranked``: it is a hypothesis under what is supposed, too.
    """

    chain: Chain
    changes: Changes
    ranked: bool = True

    def tops(self, now: Chain) -> tuple[Entry, ...]:
        """The top of an outline, with the lines that stand in it no more in the place where they stood."""
        standing = {(line.rule, line.sentence) for line in now.lines} if self.ranked else set()
        before = outline(self.chain)
        gone = [entry for entry in before if _key(entry) and _key(entry) not in standing]
        return merged(outline(now) if self.ranked else (), before, map(self.marked, gone))

    def beneath(self, entry: Entry, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """What stands beneath an entry, with what is left out in the place where it stood."""
        if any(each.gone for each in entry.upwards):
            return tuple(map(self.marked, found))
        before = at_path(outline(self.chain), entry.path)
        stood = beneath(before) if before else ()
        here = {each.key for each in found}
        gone = (each for each in map(self.marked, stood) if each.gone and each.key not in here)
        return merged(found, stood, (replace(each, above=entry) for each in gone))

    def marked(self, entry: Entry) -> Entry:
        """An entry of the case as the files have it, with whether it is left out."""
        match entry.value:
            case ChainLine(rule=rule):
                return replace(entry, gone=LEFT_OUT if rule in self.changes.rule_off else FALLS)
            case Way(rule=rule):
                out = rule in self.changes.rule_off
            case Node(atom=atom):
                denied = atom.startswith("not ")
                out = atom.removeprefix("not ") in (self.changes.assume if denied else self.changes.retract)
            case ShownReport(source=source):
                out = source in self.changes.source_off
            case _:
                out = False
        return replace(entry, gone=LEFT_OUT) if out else entry


def merged(now: Iterable[Entry], before: Iterable[Entry], gone: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries as they are now, and each that is gone behind the nearest that it stood behind."""
    found = list(now)
    order = [entry.key for entry in before]
    for entry in gone:
        earlier = set(order[: order.index(entry.key)])
        place = max((place for place, each in enumerate(found, start=1) if each.key in earlier), default=0)
        found.insert(place, entry)
    return tuple(found)


def _key(entry: Entry) -> tuple[str, str] | None:
    """What tells a line from others."""
    return (entry.value.rule, entry.value.sentence) if isinstance(entry.value, ChainLine) else None
