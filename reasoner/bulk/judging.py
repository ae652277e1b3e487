"""Who is named, or leads, in each of many contests: the verdict of `reasoner.assessment.ranking.judge`, in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reasoner.assessment.judging import AHEAD, NAMED_FROM
from reasoner.assessment.outlook import DIGITS, LEVEL
from reasoner.bulk.companies import Companies
from reasoner.bulk.draws import Values
from reasoner.bulk.network import Ids
from reasoner.bulk.propagation import is_among, ranges, run_sizes, run_starts
from reasoner.bulk.stakes import Field

NOBODY_LEADS = -1


@dataclass(frozen=True, eq=False)
class Verdicts:
    """For each contest, whether somebody is named, and the actor it is about: who is named, or leads without being.

    The subject is `NOBODY_LEADS` where nobody in particular is a hypothesis.
    """

    named: npt.NDArray[np.bool_]
    subject: Ids


def judged(field: Field, companies: Companies, probability: Values, together: Values) -> Verdicts:
    """The verdicts, by the probability of each hypothesis and of each company."""
    return _Judging(field, companies, probability, together).verdicts()


class _Judging:
    def __init__(self, field: Field, companies: Companies, probability: Values, together: Values) -> None:
        self._field, self._companies = field, companies
        self._probability, self._together = probability, together
        self._contests = len(field.starts)
        self._listed = field.actor < field.other
        self._descending = descending(field.contest, probability)
        """The hypotheses of each contest, the most probable first; level ones by name, as they stand in the field."""

    def verdicts(self) -> Verdicts:
        best = self._best(self._listed)
        subject = np.full(self._contests, NOBODY_LEADS)
        named = np.zeros(self._contests, dtype=np.bool_)
        single = np.flatnonzero(best >= 0)
        ahead = self._ahead(self._probability[best[single]], self._outside_single(best[single]))
        named[single[ahead]] = True
        subject[single[ahead]] = self._field.actor[best[single[ahead]]]
        for owns in (0, 1):
            self._name_companies(owns, named, subject)
        self._lead(named, subject, best)
        return Verdicts(named, subject)

    def _best(self, chosen: npt.NDArray[np.bool_]) -> Ids:
        """The most probable hypothesis of each contest, among some; -1 where there is none."""
        return self._first(self._descending[chosen[self._descending]], self._field.contest)

    def _first(self, order: Ids, contest: Ids) -> Ids:
        """The first of each contest in an order; -1 where there is none."""
        found = np.full(self._contests, -1)
        first = order[run_starts(contest[order])]
        found[contest[first]] = first
        return found

    @staticmethod
    def _ahead(probability: Values, others: Values) -> npt.NDArray[np.bool_]:
        return (probability >= NAMED_FROM - LEVEL) & (probability >= AHEAD * others - LEVEL)

    def _outside_single(self, hypothesis: Ids) -> Values:
        """The highest probability in the contest of anyone else."""
        contest = self._field.contest[hypothesis]
        first = self._descending[self._field.starts[contest]]
        second = self._descending[self._field.starts[contest] + 1]  # there always is `other`
        return np.where(first == hypothesis, self._probability[second], self._probability[first])

    def _outside(self, companies: Ids) -> Values:
        """For each company the highest probability of a hypothesis that never counts with it."""
        pairs = self._companies.company * len(self._field) + self._companies.hypothesis
        found = np.zeros(len(companies))
        contest = self._companies.contest[companies]
        ends = np.append(self._field.starts, len(self._field))
        open_ = np.arange(len(companies))
        place = 0
        while len(open_):
            at = self._field.starts[contest[open_]] + place
            open_, at = open_[at < ends[contest[open_] + 1]], at[at < ends[contest[open_] + 1]]
            hypothesis = self._descending[at]
            inside = is_among(companies[open_] * len(self._field) + hypothesis, pairs)
            found[open_[~inside]] = self._probability[hypothesis[~inside]]
            open_ = open_[inside]
            place += 1
        return found

    def _name_companies(self, owns: int, named: npt.NDArray[np.bool_], subject: Ids) -> None:
        """Name the smallest umbrella, or the likeliest owner, that passes, in contests where nobody is named yet."""
        there = self._companies
        chosen = np.flatnonzero((there.owns == owns) & ~named[there.contest])
        if not len(chosen):
            return
        others = self._outside(chosen)
        if not owns:
            others = np.maximum(others, self._apart(chosen))
        passing = chosen[self._ahead(self._together[chosen], others)]
        size = self._beneath()[passing] if not owns else np.zeros(len(passing))
        level = np.round(self._together[passing], DIGITS) if owns else self._together[passing]
        order = passing[np.lexsort((there.head[passing], -level, size, there.contest[passing]))]
        first = order[run_starts(there.contest[order])]
        named[there.contest[first]] = True
        subject[there.contest[first]] = there.head[first]

    def _beneath(self) -> Ids:
        """How many hypotheses may be under each company's head, without itself."""
        own = self._field.actor[self._companies.hypothesis] == self._companies.head[self._companies.company]
        return np.bincount(self._companies.company[~own], minlength=len(self._companies.head))

    def _apart(self, chosen: Ids) -> Values:
        """For each umbrella the highest probability of another in its contest that shares nobody with it."""
        there = self._companies
        one, other = _pairs_within(there.contest[chosen])
        found = np.zeros(len(chosen))
        if not len(one):
            return found
        members = np.isin(there.company, chosen)
        place = np.full(len(there.head), -1)
        place[chosen] = np.arange(len(chosen))
        company = np.concatenate([place[there.company[members]], np.arange(len(chosen))])
        actor = np.concatenate([self._field.actor[there.hypothesis[members]], there.head[chosen]])
        overlapping = _overlaps(company, actor, there.contest[chosen], self._field.other + 2)
        apart = ~is_among(one * len(chosen) + other, np.sort(overlapping))
        np.maximum.at(found, one[apart], self._together[chosen][other[apart]])
        return found

    def _lead(self, named: npt.NDArray[np.bool_], subject: Ids, best: Ids) -> None:
        """Who leads where nobody is named: top among umbrellas and actors that no umbrella as probable speaks for."""
        there, field = self._companies, self._field
        umbrella = np.flatnonzero(there.owns == 0)
        heads = field.place(there.contest[umbrella], there.head[umbrella])
        alone = self._listed.copy()
        alone[heads[heads >= 0]] = False  # its row is the umbrella's
        rows = np.flatnonzero(alone)
        contest = np.concatenate([field.contest[rows], there.contest[umbrella]])
        actor = np.concatenate([field.actor[rows], there.head[umbrella]])
        value = np.concatenate([self._probability[rows], self._together[umbrella]])
        free = ~self._spoken_for(rows, umbrella, value)
        none_free = np.bincount(contest[free], minlength=self._contests) == 0
        by_name = np.lexsort((actor, contest))
        order = by_name[descending(contest[by_name], value[by_name])]
        top = self._first(order[(free | none_free[contest])[order]], contest)
        open_ = np.flatnonzero(~named & (top >= 0))
        subject[open_] = actor[top[open_]]
        speaking = open_[top[open_] >= len(rows)]
        self._stand_out(speaking, umbrella[top[speaking] - len(rows)], best, subject)

    def _spoken_for(self, rows: Ids, umbrella: Ids, value: Values) -> npt.NDArray[np.bool_]:
        """Which of some hypotheses and umbrellas are under an umbrella that is as probable."""
        there, field = self._companies, self._field
        place, speaker = np.full(len(field), -1), np.full(len(there.head), -1)
        place[rows] = np.arange(len(rows))
        speaker[umbrella] = len(rows) + np.arange(len(umbrella))
        pairs = there.owns[there.company] == 0
        lower = np.concatenate([place[there.hypothesis[pairs]], speaker[there.over[0]]])
        upper = np.concatenate([speaker[there.company[pairs]], speaker[there.over[1]]])
        known = lower >= 0
        lower, upper = lower[known], upper[known]
        found = np.zeros(len(value), dtype=np.bool_)
        found[lower[value[upper] >= value[lower] - LEVEL]] = True
        return found

    def _stand_out(self, contests: Ids, umbrella: Ids, best: Ids, subject: Ids) -> None:
        """A member that is far before every other single actor goes before its umbrella."""
        there, field = self._companies, self._field
        rest = self._listed.copy()
        rest[best[best >= 0]] = False
        second = self._best(rest)
        single = best[contests]
        beside = np.where(second[contests] >= 0, self._probability[second[contests]], 0.0)
        pairs = there.company * len(field) + there.hypothesis
        member = is_among(umbrella * len(field) + single, pairs) & (field.actor[single] != there.head[umbrella])
        stands = (single >= 0) & member & (self._probability[single] >= AHEAD * beside - LEVEL)
        subject[contests[stands]] = field.actor[single[stands]]


def descending(contest: Ids, value: Values) -> Ids:
    """Rows of contests (ascending) with the highest value first; level ones stay in their order."""
    below = np.round((1.0 - value) * 10.0**DIGITS).astype(np.int64)
    return np.argsort(contest * (1 << 41) + below, kind="stable")


def _pairs_within(group: Ids) -> tuple[Ids, Ids]:
    """All ordered pairs of different places with equal numbers."""
    order = np.argsort(group, kind="stable")
    starts = run_starts(group[order])
    sizes = run_sizes(starts, len(group))
    of = np.repeat(np.arange(len(starts)), sizes)
    repeat = sizes[of]
    one = np.repeat(np.arange(len(group)), repeat)
    other = ranges(starts[of], repeat)
    apart = one != other
    return order[one[apart]], order[other[apart]]


def _overlaps(company: Ids, actor: Ids, contest: Ids, beyond: int) -> Ids:
    """The pairs of companies of one contest that share an actor: the first times how many there are, and the other."""
    one, other = _pairs_within(contest[company] * beyond + actor)
    return np.asarray(company[one] * len(contest) + company[other])
