"""What the shipped cases promise whoever opens them, with the grades, strengths and priors as argued beforehand."""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from benchmarks.robustness import Shifted, against, table
from reasoner.explanation.nodes import Chain, Node, Way
from reasoner.inquiry import Changes, Inquiry, open_case

HOME = Path(__file__).resolve().parent.parent
KADHIMI, ABU_GHRAIB, AIN_AL_ASSAD = "kadhimi_2021", "abu_ghraib_2023", "ain_al_assad_2023"
GROUPS, FRONT, KATAIB = "iran_backed_groups", "islamic_resistance_in_iraq", "kataib_hezbollah"
BEFORE_THE_PENTAGON = "2023-11-21T12:00"

LIKELY, VERY_LIKELY, ALMOST_CERTAIN = 0.55, 0.80, 0.95
SAYS = 0.1
"""How closely, in decibans, a loss must come out as the chain says."""

MOTIVE = (
    "grievance(iran_backed_groups, iraq, october_election_results)",
    "grievance(iran_backed_groups, iraq, discontent_of_the_shiite_militias)",
    "hostile_to(iran_backed_groups, mustafa_al_kadhimi)",
    "allied_with(mustafa_al_kadhimi, united_states)",
)
COMMAND_AND_CONTROL = (
    "guarded_takes(drone_attack, drone_command_and_control)",
    "guarded_takes(rocket_attack, drone_command_and_control)",
    "scarce(drone_command_and_control)",
    "possesses(iran_backed_groups, drone_command_and_control)",
)


@cache
def opened(case: str, as_of: str | None = None, *retracted: str) -> Inquiry:
    return open_case(case, as_of=as_of, changes=Changes(retract=retracted))


@cache
def explained(case: str, actor: str) -> Chain:
    return opened(case).why(actor)


def chance(inquiry: Inquiry, actor: str, role: str = "perpetrator") -> float:
    return inquiry.ranking(role).probability(actor)


def decibans(probability: float) -> float:
    return 10 * math.log10(probability / (1 - probability))


def fall(before: float, after: float) -> float:
    """By how many decibans the odds fell."""
    return decibans(before) - decibans(after)


def is_beneath(inquiry: Inquiry, actor: str, umbrella: str) -> bool:
    return any(row.actor == umbrella and actor in row.members for row in inquiry.ranking().umbrellas)


def nodes(premises: Iterable[Node]) -> Iterator[Node]:
    for node in premises:
        yield node
        for way in node.ways:
            yield from nodes(way.premises)


def shown_ways(chain: Chain) -> Mapping[str, tuple[Way, ...]]:
    """What shows each statement, wherever in the chain it is unfolded."""
    tops = [node for line in chain.lines for node in line.premises] + ([chain.listing] if chain.listing else [])
    return {node.atom: node.ways for node in nodes(tops) if node.ways}


def facts_beneath(chain: Chain, factor: str, base: frozenset[str]) -> frozenset[str]:
    """The facts that a reader finds beneath the lines of a factor, but not beneath why it is a hypothesis at all."""
    ways = shown_ways(chain)
    waiting = [node.atom for line in chain.lines if line.factor == factor for node in line.premises]
    seen: set[str] = set()
    while waiting:
        atom = waiting.pop()
        if atom not in seen and not atom.startswith("candidate("):
            seen.add(atom)
            waiting += [premise.atom for way in ways.get(atom, ()) for premise in way.premises]
    return frozenset(seen & base)


def atoms(chain: Chain) -> set[str]:
    return {node.atom for line in chain.lines for node in nodes(line.premises)}


# --- The residence of the prime minister, 2021 ----------------------------------------------------------------------


def test_the_iran_backed_groups_lead_the_attack_on_the_residence() -> None:
    """The class leads, as likely or very likely, and is named."""
    ranking = opened(KADHIMI).ranking()

    assert GROUPS == ranking.ahead == ranking.leader
    assert LIKELY <= ranking.probability(GROUPS) < ALMOST_CERTAIN


def test_nobody_is_sure_of_it() -> None:
    """Without forensics, and with two experts only, confidence is not high."""
    assert "high" != opened(KADHIMI).ranking().confidence.level


def test_others_stay_possible() -> None:
    """The Islamic State stays under 10 %, and someone not on the list over 2 %."""
    assert chance(opened(KADHIMI), "islamic_state") < 0.10
    assert chance(opened(KADHIMI), "other") > 0.02


def test_withheld_blame_moves_no_digit() -> None:
    """That Washington blamed nobody leaves every probability of every role as it is, to the last digit."""
    without = opened(KADHIMI, None, "withheld_blame(united_states, kadhimi_2021)")

    assert opened(KADHIMI).assessment.posteriors == without.assessment.posteriors


@pytest.mark.parametrize("facts", [MOTIVE, COMMAND_AND_CONTROL], ids=["motive", "command and control"])
def test_it_rests_on_motive_and_on_command_and_control(facts: tuple[str, ...]) -> None:
    """Had nobody reported the motive, or the skill that the attack took, the leader would fall by 2 dB or more."""
    before, after = chance(opened(KADHIMI), GROUPS), chance(opened(KADHIMI, None, *facts), GROUPS)

    assert fall(before, after) >= 2


@pytest.mark.parametrize("factor", ["motive", "means"])
def test_without_a_factor_s_facts_it_falls_as_the_chain_says(factor: str) -> None:
    """Opening the case without the facts that only one factor rests on gives what the chain said beforehand."""
    inquiry, chain = opened(KADHIMI), explained(KADHIMI, GROUPS)
    reported = frozenset(str(atom) for atom, fact in inquiry.base.facts.items() if fact.basis != "declared")
    own = facts_beneath(chain, factor, reported)
    for other in {line.factor for line in chain.lines} - {factor}:
        own -= facts_beneath(chain, other, reported)
    said = {share.factor: share.without_facts for share in chain.factors}[factor]

    after = chance(opened(KADHIMI, None, *sorted(own)), GROUPS)

    assert fall(chain.probability, after) >= 2
    assert abs(fall(said, after)) <= SAYS


def test_without_one_fact_it_falls_as_the_chain_says() -> None:
    """So does opening it without a single one, for each fact that the chain says it rests on."""
    chain = explained(KADHIMI, GROUPS)
    said = {each.id: each.without_it for each in chain.rests_on if each.what == "fact"}
    assert {COMMAND_AND_CONTROL[0], COMMAND_AND_CONTROL[2], COMMAND_AND_CONTROL[3]} <= said.keys()

    for fact, without in said.items():
        after = chance(opened(KADHIMI, None, fact), GROUPS)
        assert abs(fall(without, after)) <= SAYS, fact


def test_the_sponsor_is_another_question_and_less_sure() -> None:
    """Who stood behind it is asked apart; whoever leads there is less likely than the perpetrator, and not named."""
    who, behind = opened(KADHIMI).ranking(), opened(KADHIMI).ranking("sponsor")

    assert who.leader is not None
    assert behind.leader is None
    assert behind.probability(behind.ahead) < who.probability(who.ahead)


# --- The strike near Abu Ghraib, 2023 -------------------------------------------------------------------------------


def test_the_united_states_did_it_by_its_own_word() -> None:
    """The United States is almost certain, and its chain shows its own admission."""
    inquiry, chain = opened(ABU_GHRAIB), explained(ABU_GHRAIB, "united_states")

    assert "united_states" == inquiry.ranking().leader
    assert chance(inquiry, "united_states") >= ALMOST_CERTAIN
    assert "admission" == chain.lines[0].rule
    assert "admitted(united_states, abu_ghraib_2023)" in atoms(chain)


@pytest.mark.parametrize(
    ("values", "speakers"),
    [
        (
            ("platform(abu_ghraib_2023, armed_drones)", "platform(abu_ghraib_2023, combat_aircraft)"),
            ("interior_official", "pmf_official", "ryder"),
        ),
        (
            (
                "casualties(abu_ghraib_2023, one_killed_and_three_hurt)",
                "casualties(abu_ghraib_2023, several_killed)",
            ),
            ("pmf_official", "ryder"),
        ),
    ],
    ids=["drone or aircraft", "one killed or several"],
)
def test_what_is_disputed_is_shown_with_who_says_so(values: tuple[str, str], speakers: tuple[str, ...]) -> None:
    """Drone and aircraft, one killed and several: the chain shows each pair as disputed, and who says which."""
    base = opened(ABU_GHRAIB).base
    facts = {str(atom): fact for atom, fact in base.facts.items()}
    assert {str(rival) for rival in facts[values[0]].rivals} == {values[1]}
    assert {report.source for value in values for report in facts[value].reports} == set(speakers)

    names = [base.sources[speaker].name for speaker in speakers]
    shown = [text for text in explained(ABU_GHRAIB, "united_states").disputed if all(name in text for name in names)]

    assert shown
    shares = [f"{facts[value].credence:.0%}".replace("%", "") for value in values]
    assert any(all(share in text for share in shares) for text in shown)


def test_before_the_pentagon_spoke_it_was_less_sure() -> None:
    """As of the hours before, the United States is at most very likely, and clearly less sure than afterwards."""
    before = chance(opened(ABU_GHRAIB, BEFORE_THE_PENTAGON), "united_states")
    after = chance(opened(ABU_GHRAIB), "united_states")

    assert before < ALMOST_CERTAIN
    assert fall(after, before) >= 10


# --- Ain al-Assad base, 2023 ----------------------------------------------------------------------------------------


def test_the_iran_backed_groups_lead_the_attack_on_the_base() -> None:
    """The class leads, at least very likely."""
    ranking = opened(AIN_AL_ASSAD).ranking()

    assert GROUPS == ranking.ahead
    assert ranking.probability(GROUPS) >= VERY_LIKELY


def test_the_name_and_the_group_of_the_dead_man_are_ahead_of_the_rest() -> None:
    """Within the class, Kataib Hezbollah and the name Islamic Resistance in Iraq are ahead of all others."""
    ranking = opened(AIN_AL_ASSAD).ranking()
    alone = {row.actor: row.probability for row in ranking.hypotheses}
    (umbrella,) = (row for row in ranking.umbrellas if row.actor == GROUPS)

    rest = [alone[member] for member in umbrella.members if member not in (FRONT, KATAIB)]

    assert rest
    assert min(alone[FRONT], alone[KATAIB]) > max(rest)


@pytest.mark.parametrize(
    "fact",
    [
        "claimed_most(islamic_resistance_in_iraq, attacks_since_17_october_2023)",
        "series_count(attacks_since_17_october_2023, 66)",
        "buried_under(fadel_al_maksoussi, kataib_hezbollah)",
        "strategy(islamic_resistance_in_iraq, attrition)",
    ],
    ids=["claims", "run of 66", "coffin flag", "attrition"],
)
def test_its_chain_shows_what_points_to_it(fact: str) -> None:
    """The chain of Kataib Hezbollah shows the claims, the run of 66, the coffin flag and the strategy of attrition."""
    assert fact in atoms(explained(AIN_AL_ASSAD, KATAIB))


# --- Strengths that are off -----------------------------------------------------------------------------------------


def test_the_page_on_strengths_shows_what_holds_when_they_are_off() -> None:
    """docs/weighing.md has the table that the benchmark prints, with every strength moved by 3 dB."""
    page = (HOME / "docs" / "weighing.md").read_text(encoding="utf-8")

    assert "\n".join(table(3.0)) in page


@pytest.mark.parametrize("case", [KADHIMI, ABU_GHRAIB, AIN_AL_ASSAD])
def test_the_leader_s_worst_case_is_the_same_in_both_places(case: str) -> None:
    """The table's worst column for whoever leads is what the assessment itself calls "against the leader"."""
    inquiry = opened(case)
    leader = inquiry.ranking().leader
    assert leader is not None
    party = frozenset(
        {leader, *(row.actor for row in inquiry.ranking().hypotheses if is_beneath(inquiry, row.actor, leader))}
    )

    (worst,) = (
        each for each in inquiry.assessment.robustness("perpetrator").shifts if each.shift == "against the leader"
    )

    assert worst.probability == pytest.approx(Shifted(against(party, 3.0)).rows(case)[leader], abs=1e-12)


# --- One command ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_one_command_shows_the_ranking_and_why(tmp_path: Path) -> None:
    """`make run` without a terminal prints the ranking of the first case and the chain of its leader."""
    (tmp_path / "bin").symlink_to(Path(sys.executable).parent)
    (tmp_path / ".installed").touch()

    def output(*command: str) -> str:
        done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True)
        return done.stdout

    run = output("make", "--silent", "run", f"VENV={tmp_path}")

    ascribe = str(tmp_path / "bin" / "ascribe")
    assert output(ascribe, "rank", KADHIMI).strip() in run
    assert output(ascribe, "why", KADHIMI).strip() in run
