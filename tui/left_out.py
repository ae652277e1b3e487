"""What is only supposed left out stays in the reasoning where it was: taken from the case as its files have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from reasoner.evidence.base import Fact
from reasoner.explanation.changes import Changes
from reasoner.explanation.nodes import Chain, ChainLine, Node, ShownReport, Way
from reasoner.inquiry import Inquiry
from tui.outline import MEMBER, Entry, Section, at_path, beneath, outline, statements

LEFT_OUT, FALLS = "LEFT OUT", "FALLS"
"""What is left out itself, and a line, a member, a fact or a report that falls away with it, or was not known yet."""


@dataclass(frozen=True)
class Plain:
    """The reasoning behind a hypothesis as the files have it, beside the one under what is supposed.

    ``supposed`` is the case under what is supposed. ``ranked``: it is a hypothesis there, too.
    """

    chain: Chain
    now: Chain
    supposed: Inquiry
    ranked: bool = True

    @property
    def changes(self) -> Changes:
        """What is supposed."""
        return self.supposed.changes

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        """The facts that there are under what is supposed, by their text."""
        return {str(atom): fact for atom, fact in self.supposed.base.facts.items()}

    @cached_property
    def _standing(self) -> frozenset[tuple[str, str]]:
        """What tells each line that is still there from others."""
        members = (line for member in self.now.members for line in member.lines)
        return frozenset(map(_key, (*self.now.lines, *members))) if self.ranked else frozenset()

    def tops(self) -> tuple[Entry, ...]:
        """The top of an outline, with what stands in it no more in the place where it stood."""
        now = outline(self.now) if self.ranked else ()
        before = outline(self.chain)
        return merged(now, before, self._gone(before, frozenset(entry.key for entry in now)))

    def _gone(self, before: Iterable[Entry], here: frozenset[str]) -> Iterator[Entry]:
        """Lines that stand nowhere now, and what is left of members and of sections that are gone with their lines."""
        for entry in before:
            match entry.value:
                case ChainLine() as line if _key(line) not in self._standing:
                    yield self.marked(entry)
                case Section(lines=lines) as section if entry.key not in here:
                    left = tuple(line for line in lines if _key(line) not in self._standing)
                    if left:
                        yield replace(entry, value=replace(section, lines=left), gone=FALLS)

    def beneath(self, entry: Entry, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """What stands beneath an entry, with what is left out in the place where it stood."""
        if any(each.gone for each in entry.upwards):
            return tuple(map(self.marked, found))
        before = at_path(outline(self.chain), entry.path)
        stood = beneath(before) if before else ()
        here = {each.key for each in found}
        gone = (each for each in map(self.marked, stood) if each.gone and each.key not in here and self._falls(each))
        return merged(found, stood, (replace(each, above=entry) for each in gone))

    def _falls(self, entry: Entry) -> bool:
        """Whether an entry that is here no more is gone for good.

        A line may only weigh more or less than before; of a member, one that hardly weighs is not told at all.
        """
        line = entry.value
        if not isinstance(line, ChainLine) or entry.gone == LEFT_OUT:
            return True
        of_member = (
            entry.above is not None and isinstance(entry.above.value, Section) and entry.above.value.about == MEMBER
        )
        return _key(line) not in self._standing and (not of_member or self._undermined(line))

    @cached_property
    def _unfolded(self) -> Mapping[str, Node]:
        """The statements of the reasoning by the files, each as it is unfolded."""
        return {node.atom: node for node in statements(self.chain) if node.ways or node.reports}

    def _undermined(self, line: ChainLine) -> bool:
        """Whether anything that a line rests on is left out."""
        waiting, seen = list(line.premises), set[str]()
        while waiting:
            node = waiting.pop()
            if node.atom in seen:
                continue
            seen.add(node.atom)
            node = self._unfolded.get(node.atom, node)
            values: tuple[Node | ShownReport | Way, ...] = (node, *node.reports, *node.ways)
            if any(self.marked(Entry("", value, Entry("", node))).gone for value in values):
                return True
            waiting += [premise for way in node.ways for premise in way.premises]
        return False

    def marked(self, entry: Entry) -> Entry:
        """An entry of the case as the files have it, with whether it is left out."""
        match entry.value:
            case ChainLine(rule=rule):
                return replace(entry, gone=LEFT_OUT if rule in self.changes.rule_off else FALLS)
            case Way(rule=rule):
                out = rule in self.changes.rule_off
            case Node(atom=atom, reports=reports):
                denied = atom.startswith("not ")
                out = atom.removeprefix("not ") in (self.changes.assume if denied else self.changes.retract)
                if not out and reports and not denied and atom not in self._facts:
                    return replace(entry, gone=FALLS)
            case ShownReport(source=source, origin=origin) as report:
                out = source in self.changes.source_off or origin in self.changes.origin_off
                if not out and self._unsaid(report, entry.node):
                    return replace(entry, gone=FALLS)
            case _:
                out = False
        return replace(entry, gone=LEFT_OUT) if out else entry

    def _unsaid(self, report: ShownReport, node: Node | None) -> bool:
        """Whether a report is none under what is supposed: not known yet, or not come through whoever passed it on."""
        atom = node.atom.removeprefix("not ") if node else ""
        if atom in self.changes.retract:
            return False  # its fact says so
        fact = self._facts.get(atom)
        said = (report.source, report.polarity, report.says)
        return fact is None or said not in {(each.source, each.polarity, each.says) for each in fact.reports}


def merged(now: Iterable[Entry], before: Iterable[Entry], gone: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries as they are now, and each that is gone behind the nearest that it stood behind."""
    found = list(now)
    order = [entry.key for entry in before]
    for entry in gone:
        earlier = set(order[: order.index(entry.key)])
        place = max((place for place, each in enumerate(found, start=1) if each.key in earlier), default=0)
        found.insert(place, entry)
    return tuple(found)


def _key(line: ChainLine) -> tuple[str, str]:
    """What tells a line from others."""
    return line.rule, line.sentence
