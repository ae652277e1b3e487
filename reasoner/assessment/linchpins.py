"""What a lead hangs on: how far the ranking moves without each part, and the smallest sets that bring it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reasoner.assessment.decibans import log_odds
from reasoner.assessment.parts import Part
from reasoner.assessment.ranking import Judgement, Outlook, judge

MOST_SEARCHED, LARGEST_SET = 24, 3
"""How many of the parts that matter most are tried together, and how many of them at a time."""

_SAME = 1e-9

After = Callable[[Sequence[Part]], Outlook]
"""What a role would look like without some parts."""


@dataclass(frozen=True, slots=True)
class Linchpin:
    """One part, and what would be without it.

    ``probability`` is that of whoever leads now, ``decibans`` by how much their log-odds move.
    """

    part: Part
    after: Judgement
    lost: bool
    probability: float
    decibans: float


@dataclass(frozen=True, slots=True)
class Breaking:
    """A set of parts without which the lead is lost, though not without fewer of them.

    ``passed`` says that somebody else leads then; else nobody is named any more, with the same one in front.
    """

    parts: tuple[Part, ...]
    after: Judgement
    passed: bool


@dataclass(frozen=True, slots=True)
class Linchpins:
    """What the lead in one role hangs on.

    ``single`` are all parts, of those ``tried``, without which it moves, the largest move first; ``sets`` all minimal
    sets found, smaller ones first. Of the parts whose loss alone does not end it, the first ``searched`` were tried
    together; the others, ``unsearched`` in number, move it by less, or not at all.
    """

    role: str
    judged: Judgement
    probability: float
    single: tuple[Linchpin, ...]
    sets: tuple[Breaking, ...]
    tried: int
    searched: int
    unsearched: int


def linchpins(outlook: Outlook, parts: Sequence[Part], after: After) -> Linchpins:
    """Try each part alone, and of those that don't end the lead the 24 that matter most, two and three at a time.

    That is at most 2,300 sets.
    """
    judged = judge(outlook)
    role = outlook.posterior.role.role.id
    if judged.subject is None:
        return Linchpins(role, judged, 0.0, (), (), 0, 0, 0)
    search, single = _Search(outlook, judged, after), losses(outlook, parts, after)
    holding = [each.part for each in single if not each.lost]
    ending = (search.breaking((each.part,), each.after) for each in single if each.lost)
    return Linchpins(
        role=role,
        judged=judged,
        probability=judged.probability(outlook),
        single=tuple(each for each in single if each.lost or abs(each.decibans) > _SAME),
        sets=(*ending, *search.together(holding[:MOST_SEARCHED])),
        tried=len(parts),
        searched=len(holding[:MOST_SEARCHED]),
        unsearched=len(holding[MOST_SEARCHED:]),
    )


def losses(outlook: Outlook, parts: Sequence[Part], after: After) -> list[Linchpin]:
    """What would be without each part, the largest move first; somebody has to be in front."""
    search = _Search(outlook, judge(outlook), after)
    return sorted(map(search.alone, parts), key=_importance)


def _importance(each: Linchpin) -> tuple[float, str, str]:
    return (-round(abs(each.decibans), 9), each.part.what, each.part.id)


@dataclass(frozen=True, slots=True)
class _Search:
    outlook: Outlook
    judged: Judgement
    after: After

    def alone(self, part: Part) -> Linchpin:
        outlook = self.after((part,))
        after = judge(outlook)
        before, now = self.judged.probability(self.outlook), self.judged.probability(outlook)
        lost = self.judged.lost(self.outlook, after)
        return Linchpin(part, after, lost, now, log_odds(now) - log_odds(before))

    def together(self, parts: Sequence[Part]) -> Iterator[Breaking]:
        """The sets of two and three, none of them with a smaller one inside, by how much their parts matter."""
        found: list[frozenset[int]] = []
        for size in range(2, LARGEST_SET + 1):
            for chosen in combinations(range(len(parts)), size):
                if any(smaller.issubset(chosen) for smaller in found):
                    continue
                failing = tuple(parts[number] for number in chosen)
                after = judge(self.after(failing))
                if self.judged.lost(self.outlook, after):
                    found.append(frozenset(chosen))
                    yield self.breaking(failing, after)

    def breaking(self, parts: tuple[Part, ...], after: Judgement) -> Breaking:
        return Breaking(parts, after, not self.judged.kept(self.outlook, after))
