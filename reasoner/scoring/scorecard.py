"""Scores for cases: as they are, or over many draws of a few facts a candidate, with the baselines beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from reasoner.assessment.judging import judge
from reasoner.assessment.words import words
from reasoner.inquiry import Inquiry
from reasoner.language.vocabulary import PERPETRATOR
from reasoner.scoring.measures import Forecast, Measures, baseline, mean, measured
from reasoner.scoring.mentions import capped, counted, mentions, without_naming
from reasoner.scoring.truth import Accepted, CaseTruth

OURS = "ascribe"
MOST_MENTIONED, CHANCE = "most mentioned", "chance"
BASELINES = (MOST_MENTIONED, CHANCE)

NORMAL_95 = 1.96
"""Standard errors either side of a mean that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what terms cases are scored: at most ``cap`` facts a candidate (None: all), drawn ``draws`` times."""

    cap: int | None = None
    draws: int = 1
    naming: bool = True
    seed: int = 0


@dataclass(frozen=True, slots=True)
class CaseScore:
    """One role of one case: who came first (most often, over draws), and how that and the baselines did.

    ``met`` says whether the ranking was as sure as the accepted answer allows, None where that is left open.
    """

    case: str
    role: str
    leader: str
    leader_name: str
    measures: Measures
    baselines: Mapping[str, Measures]
    expected: str | None
    met: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much more often the ranking is right than a baseline: the mean over draws, with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Band:
    """A band of probability: how many hypotheses fell into it, how likely they were said to be, how many were right."""

    words: str
    number: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores of one role: by case, on average, beside each baseline, and how well calibrated.

    ``differences`` are empty where nothing was drawn: one look at a few cases has no interval worth stating.
    """

    role: str
    terms: Terms
    cases: tuple[CaseScore, ...]
    overall: Measures
    baselines: Mapping[str, Measures]
    differences: Mapping[str, Difference]
    calibration: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """One case looked at once: the forecasts by name, what each is worth, and whether it was as sure as expected."""

    forecasts: Mapping[str, Forecast]
    measures: Mapping[str, Measures]
    met: bool | None


Opening = Callable[[str], Inquiry]
Progress = Callable[[], object]


def scorecards(
    truth: Mapping[str, CaseTruth], cases: Sequence[str], opening: Opening, terms: Terms, tick: Progress = lambda: None
) -> tuple[Scorecard, ...]:
    """Score cases, role by role; ``tick`` is called after each look at a case.

    Raises:
        InputError: a case cannot be opened.
    """
    looks: dict[str, dict[str, list[_Look]]] = defaultdict(dict)
    names: dict[str, Callable[[object], str]] = {}
    for case in cases:
        inquiry = opening(case)
        names[case] = inquiry.base.name
        for role, found in _looks(inquiry, truth[case], terms, tick).items():
            looks[role][case] = found
    return tuple(
        _scorecard(role, by_case, {case: truth[case] for case in by_case}, names, terms)
        for role, by_case in looks.items()
    )


def _looks(inquiry: Inquiry, truth: CaseTruth, terms: Terms, tick: Progress) -> dict[str, list[_Look]]:
    """Role → the looks at one case, one a draw."""
    base = inquiry.base if terms.naming else without_naming(inquiry.base)
    roles = {role: accepted for role, accepted in truth.roles().items() if role in inquiry.assessment.outlooks}
    candidates = {actor for role in roles for actor in inquiry.assessment.outlooks[role].posterior.role.candidates}
    mentioned = mentions(base, candidates)
    found: dict[str, list[_Look]] = {role: [] for role in roles}
    for draw in range(terms.draws):
        seed = f"{terms.seed}:{inquiry.base.case.id}:{draw}"
        drawn = base if terms.cap is None else capped(base, mentioned, terms.cap, seed)
        outlooks = inquiry.assessment.outlooks_without(drawn)
        for role, accepted in roles.items():
            outlook = outlooks[role]
            judged = judge(outlook)
            ours = Forecast.of(outlook, judged)
            forecasts = {
                OURS: ours,
                MOST_MENTIONED: baseline(counted(mentioned, drawn), ours),
                CHANCE: baseline({}, ours),
            }
            found[role].append(_look(forecasts, accepted, truth.expected if role == PERPETRATOR else None))
        tick()
    return found


def _look(forecasts: Mapping[str, Forecast], accepted: Accepted, expected: str | None) -> _Look:
    measures = {name: measured(forecast, accepted) for name, forecast in forecasts.items()}
    ours = measures[OURS]
    met = {
        None: None,
        "confident": bool(ours.right) and not ours.abstained,
        "ranked_unsure": bool(ours.right),
        "unsure": bool(ours.abstained),
    }[expected]
    return _Look(forecasts, measures, met)


def _scorecard(
    role: str,
    looks: Mapping[str, Sequence[_Look]],
    truth: Mapping[str, CaseTruth],
    names: Mapping[str, Callable[[object], str]],
    terms: Terms,
) -> Scorecard:
    cases = []
    for case, found in looks.items():
        leader = _most_often([look.forecasts[OURS].leading[0] for look in found])
        met = [look.met for look in found if look.met is not None]
        cases.append(
            CaseScore(
                case=case,
                role=role,
                leader=leader,
                leader_name=names[case](leader),
                measures=mean([look.measures[OURS] for look in found]),
                baselines={name: mean([look.measures[name] for look in found]) for name in BASELINES},
                expected=truth[case].expected if role == PERPETRATOR else None,
                met=fmean(met) if met else None,
            )
        )
    return Scorecard(
        role=role,
        terms=terms,
        cases=tuple(cases),
        overall=mean([case.measures for case in cases]),
        baselines={name: mean([case.baselines[name] for case in cases]) for name in BASELINES},
        differences=_differences(looks) if terms.draws > 1 else {},
        calibration=tuple(_calibration(looks, truth, role)),
    )


def _most_often(leaders: Sequence[str]) -> str:
    return max(sorted(set(leaders)), key=leaders.count)


def _differences(looks: Mapping[str, Sequence[_Look]]) -> dict[str, Difference]:
    """Paired by draw: how much more often right over all cases, with the interval of the mean."""
    draws = list(zip(*looks.values(), strict=True))
    found = {}
    for name in BASELINES:
        gains = [fmean(look.measures[OURS].right - look.measures[name].right for look in draw) for draw in draws]
        middle, half = fmean(gains), NORMAL_95 * stdev(gains) / len(gains) ** 0.5
        found[name] = Difference(middle, middle - half, middle + half)
    return found


def _calibration(looks: Mapping[str, Sequence[_Look]], truth: Mapping[str, CaseTruth], role: str) -> Iterator[Band]:
    """How often hypotheses said to be so likely were right, the accepted ones pooled, by the bands of the scale."""
    bands: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for case, found in looks.items():
        accepted = truth[case].roles()[role].accept
        for look in found:
            for chance, right in look.forecasts[OURS].stated(accepted):
                bands[words(chance)].append((chance, right))
    for band, rows in sorted(bands.items(), key=lambda row: min(row[1])):
        yield Band(band, len(rows), fmean(chance for chance, _ in rows), fmean(right for _, right in rows))
