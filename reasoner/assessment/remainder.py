"""What is left of a ranking once parts of it have failed, from which more can be taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from reasoner.assessment.bits import Row
from reasoner.assessment.failures import Failures
from reasoner.assessment.judging import Judgement, judge
from reasoner.assessment.merging import Merging
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.parts import Part, failing
from reasoner.assessment.recall import Moved, Recall
from reasoner.assessment.revision import Change
from reasoner.assessment.worlds import Footing, Worlds
from reasoner.evidence.base import Base

if TYPE_CHECKING:
    from reasoner.assessment.assess import Assessment

Parts: TypeAlias = tuple[Part, ...]

_AT_ONCE = 128
"""So many losses are kept at a time."""


@dataclass(frozen=True, eq=False)
class Remainder:
    """One role of an assessment without some parts. The same parts, taken in any order, leave the same figures.

    ``lost`` are the parts that it is without, since the worlds of its ``merging``. ``seen`` is what has moved in its
    own ``worlds``, or an outlook where these can't be compared with the ranking's.
    """

    assessment: Assessment
    merging: Merging
    recall: Recall
    lost: Parts
    worlds: Worlds
    seen: Moved | Outlook

    @classmethod
    def whole(cls, assessment: Assessment, role: str) -> Remainder:
        """A role with nothing taken away from it yet."""
        outlook = assessment.outlooks[role]
        worlds = outlook.posterior.worlds
        recall = Recall(outlook, assessment.ties, assessment.derivation.program.scales.exclusion)
        merging = Merging(_failures(assessment, (), assessment.base, worlds), recall.atoms)
        return cls(assessment, merging, recall, (), worlds, {})

    @cached_property
    def outlook(self) -> Outlook:
        """What it looks like."""
        return self._outlook(self.seen)

    @property
    def spent(self) -> int:
        """The work that has gone into the role by now, whatever is taken away from it: some microseconds each."""
        return self.recall.spent

    def without(self, part: Part) -> Remainder:
        """The same without one part more; only what that changes is worked out."""
        return next(self.without_each([part]))

    def without_each(self, parts: Sequence[Part]) -> Iterator[Remainder]:
        """The same without one part more, for each of several."""
        for lost, change, rows in self._moved_each([(part,) for part in parts], self.worlds.atoms):
            if change is None:
                yield self._elsewhere(lost)
            else:
                worlds, seen = self.worlds.moved(change, rows), self.recall.moved(rows, self._before)
                self.merging.remember((*self.lost, *lost), seen)
                yield Remainder(self.assessment, self.merging, self.recall, (*self.lost, *lost), worlds, seen)

    def each(self, parts: Sequence[Part]) -> Iterator[Outlook]:
        """What it looks like without one part more, for each of several."""
        return map(self._outlook, self._seen_each([(part,) for part in parts]))

    def judged(self, sets: Sequence[Parts]) -> Iterator[Judgement]:
        """Who would be named, or lead, without some parts more, for each of several sets of them."""
        for seen in self._seen_each(sets):
            yield judge(seen) if isinstance(seen, Outlook) else self.recall.judged(seen)

    def _outlook(self, seen: Moved | Outlook) -> Outlook:
        return seen if isinstance(seen, Outlook) else self.recall.outlook(seen)

    @property
    def _before(self) -> Moved:
        return {} if isinstance(self.seen, Outlook) else self.seen

    def _seen_each(self, sets: Sequence[Parts]) -> Iterator[Moved | Outlook]:
        merged = [self.merging.of((*self.lost, *lost)) for lost in sets]
        unknown = [lost for lost, known in zip(sets, merged, strict=True) if known is None]
        moves = self._moved_each(unknown, self.recall.atoms)
        for lost, known in zip(sets, merged, strict=True):
            if known is None:
                _, change, rows = next(moves)
                if change is None:
                    yield self._elsewhere(lost).seen
                    continue
                known = self.recall.moved(rows, self._before)
            self.merging.remember((*self.lost, *lost), known)
            yield known

    def _moved_each(
        self, sets: Sequence[Parts], kept: Collection[int]
    ) -> Iterator[tuple[Parts, Change | None, Mapping[int, Row]]]:
        """What the loss of each set changes, and where the atoms ``kept`` hold then; None where in other worlds."""
        for start in range(0, len(sets), _AT_ONCE):
            some = sets[start : start + _AT_ONCE]
            changes = [self._change(lost) for lost in some]
            moves = self.worlds.moved_each([change for change in changes if change is not None], kept)
            for lost, change in zip(some, changes, strict=True):
                rows, looked_at = ({}, 0) if change is None else next(moves)
                self.recall.looked_at(looked_at)
                yield lost, change, rows

    def _change(self, lost: Parts) -> Change | None:
        return None if isinstance(self.seen, Outlook) else self.merging.failures.of((*self.lost, *lost))

    def _elsewhere(self, lost: Parts) -> Remainder:
        """The same without some parts more, where that takes other worlds."""
        there, recall, merging = self.assessment, self.recall, self.merging
        since = (*self.lost, *lost)
        parts = (*merging.failures.lost, *since)
        base, silenced = failing(there.base, parts)
        seen: Moved | Outlook
        if there.drawn.method == "sampled" and not there.wider(base):
            worlds = there.drawn_without(base, silenced)
            merging = Merging(_failures(there, parts, base, worlds), recall.atoms)
            since, seen = (), recall.seen_in(worlds)
        else:
            seen = there.outlooks_without(base, silenced)[recall.role]
            worlds = seen.posterior.worlds
        recall.redrawn(worlds)
        return Remainder(there, merging, recall, since, worlds, seen)


def _failures(there: Assessment, lost: Parts, base: Base, worlds: Worlds) -> Failures:
    """What fails from here on, once parts have been lost that leave this base in these worlds."""
    footing = Footing.of(base, there.derivation, there.circuit)
    return Failures(there.base, lost, footing, worlds, there.settings, there.wider)
