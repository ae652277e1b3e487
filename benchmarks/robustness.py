"""What the shipped cases promise, measured again with every strength moved by 3 dB.

Run with ``python benchmarks/robustness.py [--decibans N]``; it prints the table of docs/weighing.md. Strengths stop at
0, and priors, exclusions and credences stay. "Worst" moves each line in the direction that hurts the result most:
what supports the one it speaks of loses and what opposes it gains, and the other way round for everyone else (or the
reverse, where the result says that somebody is unlikely).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reasoner.assessment.judging import Judgement, judge
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.posterior import posterior
from reasoner.assessment.robustness import against, everywhere
from reasoner.assessment.weighing import Shift
from reasoner.explanation.reliance import log_odds
from reasoner.inquiry import Changes, Inquiry, open_case

KADHIMI, ABU_GHRAIB, AIN_AL_ASSAD = "kadhimi_2021", "abu_ghraib_2023", "ain_al_assad_2023"
GROUPS, FRONT, KATAIB, NUJABA = (
    "iran_backed_groups",
    "islamic_resistance_in_iraq",
    "kataib_hezbollah",
    "harakat_al_nujaba",
)
CLASS = frozenset((GROUPS, FRONT, KATAIB, NUJABA))
BEFORE_THE_PENTAGON = "2023-11-21T12:00"
MOTIVE = (
    "grievance(iran_backed_groups, iraq, october_election_results)",
    "grievance(iran_backed_groups, iraq, discontent_of_the_shiite_militias)",
    "hostile_to(iran_backed_groups, mustafa_al_kadhimi)",
    "allied_with(mustafa_al_kadhimi, united_states)",
)
SKILL = (
    "guarded_takes(drone_attack, drone_command_and_control)",
    "guarded_takes(rocket_attack, drone_command_and_control)",
    "scarce(drone_command_and_control)",
    "possesses(iran_backed_groups, drone_command_and_control)",
)


@cache
def opened(case: str, as_of: str | None = None, retracted: tuple[str, ...] = ()) -> Inquiry:
    """A case, perhaps as known earlier or without some facts."""
    return open_case(case, as_of=as_of, changes=Changes(retract=retracted))


@dataclass(frozen=True)
class Shifted:
    """The cases with their strengths moved."""

    shift: Shift

    def outlook(self, inquiry: Inquiry, role: str = "perpetrator") -> Outlook:
        """The probabilities of a role."""
        assessment = inquiry.assessment
        there = assessment.outlooks[role].posterior
        exclusion = inquiry.rules.scales.exclusion
        return Outlook(posterior(there.role, assessment.ties, there.worlds, exclusion, self.shift))

    def rows(
        self, case: str, role: str = "perpetrator", as_of: str | None = None, retracted: tuple[str, ...] = ()
    ) -> Mapping[str, float]:
        """Hypothesis or umbrella → probability."""
        return self.outlook(opened(case, as_of, retracted), role).rows

    def judged(self, case: str, role: str = "perpetrator") -> Judgement:
        """Who is named, or leads."""
        return judge(self.outlook(opened(case), role))

    def fall(self, facts: tuple[str, ...]) -> float:
        """By how many decibans the leader of the first case falls without some facts."""
        before, after = self.rows(KADHIMI)[GROUPS], self.rows(KADHIMI, retracted=facts)[GROUPS]
        return log_odds(before) - log_odds(after)


Measure = Callable[[Shifted], tuple[str, bool]]


@dataclass(frozen=True)
class Result:
    """A promise: what it says, how it is measured, and for whom its worst case goes (``low``: who must be unlikely)."""

    case: str
    says: str
    measure: Measure
    party: frozenset[str]
    low: bool = False


def share(case: str, actor: str, low: float, high: float, as_of: str | None = None) -> Measure:
    """The probability of an actor, and whether it lies in [low, high)."""

    def measure(shifted: Shifted) -> tuple[str, bool]:
        chance = shifted.rows(case, as_of=as_of)[actor]
        return f"{chance:.1%}", low <= chance < high

    return measure


def leads(case: str, actor: str) -> Measure:
    """Who leads, and whether it is the actor, named."""

    def measure(shifted: Shifted) -> tuple[str, bool]:
        judged = shifted.judged(case)
        named = "named" if judged.leader else "not named"
        return f"{judged.subject}, {named}", judged.leader == actor

    return measure


def falls(facts: tuple[str, ...]) -> Measure:
    """The fall of the leader without some facts, and whether it is 2 dB or more."""

    def measure(shifted: Shifted) -> tuple[str, bool]:
        fall = shifted.fall(facts)
        return f"−{fall:.1f} dB", fall >= 2

    return measure


def sponsor_less_sure(shifted: Shifted) -> tuple[str, bool]:
    """The leading sponsor beside the leading perpetrator."""
    behind, who = shifted.rows(KADHIMI, "sponsor")["iran"], shifted.rows(KADHIMI)[GROUPS]
    return f"{behind:.0%} to {who:.0%}", behind < who


def less_sure_before(shifted: Shifted) -> tuple[str, bool]:
    """By how much less sure it was before the admission, and whether it was clearly so."""
    after = shifted.rows(ABU_GHRAIB)["united_states"]
    before = shifted.rows(ABU_GHRAIB, as_of=BEFORE_THE_PENTAGON)["united_states"]
    fall = log_odds(after) - log_odds(before)
    return f"−{fall:.1f} dB", fall >= 10


def two_ahead(shifted: Shifted) -> tuple[str, bool]:
    """The two members with most against them, and the next."""
    alone = shifted.outlook(opened(AIN_AL_ASSAD)).actors
    least, rest = min(alone[FRONT], alone[KATAIB]), max(alone[NUJABA], alone[GROUPS])
    return f"{least:.0%} to {rest:.0%}", least > rest


US = frozenset(("united_states",))
RESULTS = (
    Result(KADHIMI, "the Iran-backed groups lead and are named", leads(KADHIMI, GROUPS), CLASS),
    Result(KADHIMI, "likely or very likely", share(KADHIMI, GROUPS, 0.55, 0.95), CLASS),
    Result(
        KADHIMI,
        "Islamic State under 10 %",
        share(KADHIMI, "islamic_state", 0, 0.10),
        frozenset(("islamic_state",)),
        True,
    ),
    Result(KADHIMI, "someone not on the list over 2 %", share(KADHIMI, "other", 0.02, 1), frozenset(("other",))),
    Result(KADHIMI, "without the motive at least 2 dB less", falls(MOTIVE), CLASS),
    Result(KADHIMI, "without command and control at least 2 dB less", falls(SKILL), CLASS),
    Result(KADHIMI, "the sponsor less sure than the perpetrator", sponsor_less_sure, CLASS),
    Result(ABU_GHRAIB, "the United States lead and are named", leads(ABU_GHRAIB, "united_states"), US),
    Result(ABU_GHRAIB, "almost certain", share(ABU_GHRAIB, "united_states", 0.95, 1), US),
    Result(
        ABU_GHRAIB,
        "before the Pentagon spoke at most very likely",
        share(ABU_GHRAIB, "united_states", 0, 0.95, as_of=BEFORE_THE_PENTAGON),
        US,
        True,
    ),
    Result(ABU_GHRAIB, "and less sure by at least 10 dB", less_sure_before, US),
    Result(AIN_AL_ASSAD, "the Iran-backed groups lead and are named", leads(AIN_AL_ASSAD, GROUPS), CLASS),
    Result(AIN_AL_ASSAD, "at least very likely", share(AIN_AL_ASSAD, GROUPS, 0.80, 1.01), CLASS),
    Result(AIN_AL_ASSAD, "Kataib Hezbollah and the name ahead of the rest", two_ahead, frozenset((FRONT, KATAIB))),
)


def table(decibans: float) -> Iterator[str]:
    """The rows of the table, in Markdown."""
    step = f"{decibans:g}"
    yield f"| case | result | as argued | all +{step} dB | all −{step} dB | worst |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for result in RESULTS:
        worst = against(result.party, -decibans if result.low else decibans)
        shifts = (everywhere(0), everywhere(decibans), everywhere(-decibans), worst)
        cells = [shown(*result.measure(Shifted(shift))) for shift in shifts]
        yield f"| {result.case} | {result.says} | {' | '.join(cells)} |"


def shown(figure: str, holds: bool) -> str:
    """A figure; in bold with a "no" where the result does not hold."""
    return figure if holds else f"**no**: {figure}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What holds when every strength moves.")
    parser.add_argument("--decibans", type=float, default=3.0, help="how far (default 3)")
    print("\n".join(table(parser.parse_args().decibans)))


if __name__ == "__main__":
    main()
