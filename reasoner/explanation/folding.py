"""A chain as it is first read: lines unfold in proportion to their weight; what is said of everybody is said once.

JSON and the terminal UI have all of it; text and Markdown fold what follows unless asked not to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from reasoner.assessment.decibans import log_odds
from reasoner.explanation.nodes import Beneath, Chain, ChainLine, Node, Way
from reasoner.explanation.unfolding import SHOWN_ABOVE

LIGHT = 0.5
"""Decibans that a line must add, or its loss move the probability by, to be unfolded; less is not seen in most sums."""


MOST_WAYS = 3
"""Where more ways than these show what is hardly in doubt, the firmest is unfolded and the others are named."""

HARDLY_IN_DOUBT = 0.95
"""The lowest probability that reads as almost certain."""


def folded(chain: Chain) -> Chain:
    """The chain with light lines folded, said with their weight, and one of many ways to what is hardly in doubt.

    Reports stand where their statement is met first. Why an actor is looked at weighs nothing, and is told in one way.
    A statement that was unfolded beneath what is folded, and is referred to from what is left, is unfolded there. Of
    what is not counted stay the reports that name the actor, unless the chain is the one that says it for all.
    """
    heavy = [line for line in chain.lines if not is_light(line, chain.probability)]
    light = [line for line in chain.lines if is_light(line, chain.probability)]
    reading = _Reading({node.atom: node for line in reversed(light) for node in reversed(list(_whole(line)))})
    return replace(
        chain,
        lines=(*(reading.line(line) for line in heavy), *(_shut(line) for line in light)),
        starts=tuple(map(reading.line, chain.starts)),
        listing=reading.listing(chain.listing),
        members=tuple(
            replace(
                member,
                lines=tuple(map(reading.line, member.lines)),
                listing=reading.listing(member.listing),
                belonging=tuple(map(reading.node, member.belonging)),
            )
            for member in chain.members
        ),
        not_counted=chain.not_counted_of_it,
        said_elsewhere=chain.uncounted - chain.uncounted_of_it,
    )


def is_light(line: ChainLine, probability: float) -> bool:
    """Whether neither the line's share of the sum nor its loss comes to half a deciban."""
    return abs(line.decibans) < LIGHT and abs(log_odds(line.without_it) - log_odds(probability)) < LIGHT


def nodes_beneath(premises: Iterable[Node]) -> Iterator[Node]:
    """All statements at and beneath the premises, in reading order."""
    for node in premises:
        yield node
        for way in node.ways:
            yield from nodes_beneath(way.premises)


def _whole(line: ChainLine) -> Iterator[Node]:
    """The statements that are unfolded beneath a line."""
    return (node for node in nodes_beneath(line.premises) if node.ways)


def _shut(line: ChainLine) -> ChainLine:
    told = [node for node in nodes_beneath(line.premises) if node.kind != "comparison"]
    reports = {report for node in told for report in node.reports}
    return replace(line, premises=(), folded=Beneath(len({node.atom for node in told}), len(reports)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a reader has met so far of the statements that folded lines would have shown."""

    folded: dict[str, Node]
    met: set[str] = field(default_factory=set)

    def line(self, line: ChainLine) -> ChainLine:
        return replace(line, premises=tuple(map(self.node, line.premises)))

    def listing(self, node: Node | None) -> Node | None:
        """Why an actor is looked at."""
        return self._with(node, *_parted(node)) if node and node.ways else node

    def node(self, node: Node) -> Node:
        if (node.note or "").startswith(SHOWN_ABOVE) and node.atom not in self.met:
            node = self.folded.get(node.atom, node)
        if node.reports and node.atom in self.met:
            return replace(node, reports=(), ways=(), note=_shown_above(node.note))
        return self._with(node, *((node.ways, ()) if _is_whole(node) else _parted(node)))

    def _with(self, node: Node, kept: Iterable[Way], left: Iterable[Way]) -> Node:
        if node.ways or node.reports:
            self.met.add(node.atom)
        for each in nodes_beneath(premise for way in left for premise in way.premises):
            if each.ways:
                self.folded.setdefault(each.atom, each)
        ways = tuple(replace(way, premises=tuple(map(self.node, way.premises))) for way in kept)
        return replace(node, ways=ways, further=tuple(way.sentence for way in left))


def _shown_above(note: str | None) -> str:
    """The note of a statement whose reports stand above."""
    if note is None or note.startswith(SHOWN_ABOVE):
        return note or SHOWN_ABOVE
    return f"{SHOWN_ABOVE}; {note}"


def _is_whole(node: Node) -> bool:
    """Whether all ways to a statement are unfolded: what is counted, in doubt, or shown in few ways."""
    return node.kind == "aggregate" or node.probability < HARDLY_IN_DOUBT or len(node.ways) <= MOST_WAYS


def _parted(node: Node) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """The firmest way to a statement, and the others."""
    firmest = max(node.ways, key=_firmness)
    return (firmest,), tuple(way for way in node.ways if way is not firmest)


def _firmness(way: Way) -> float:
    """A way is no firmer than its weakest premise."""
    return min((node.probability for node in way.premises), default=1.0)
