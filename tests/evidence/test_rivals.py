"""Values that exclude each other, and values that refine each other."""

from __future__ import annotations

import pytest

from reasoner.evidence.base import Base, Draw
from tests.evidence.desk import Desk, credences, fact


def reported(atom: str, source: str = "paper", credibility: int = 2) -> str:
    return f"  - {{fact: '{atom}', source: {source}, credibility: {credibility}}}\n"


def given(atom: str) -> str:
    return f"  - {{fact: '{atom}', given: true, source: paper}}\n"


def named(base: Base) -> dict[str, Draw]:
    return {draw.name: draw for draw in base.draws}


DRONE, AIRCRAFT = "platform(bridge_2020, drone)", "platform(bridge_2020, aircraft)"
RIVAL = "platform(bridge_2020, *)"


def test_two_rivals_share_one_draw(desk: Desk) -> None:
    """Drone B2 against aircraft C2: .539, .362, and neither .099."""
    base = desk.load(reported(DRONE) + reported(AIRCRAFT, "radio"))
    draw = named(base)[RIVAL]

    assert credences(base) == {AIRCRAFT: 0.362, DRONE: 0.539}
    assert [str(value) for value in draw.values] == [AIRCRAFT, DRONE]
    assert round(1 - sum(draw.shares), 3) == 0.099
    assert tuple(map(str, fact(base, DRONE).rivals)) == (AIRCRAFT,)
    assert round(fact(base, DRONE).alone, 3) == 0.845


def test_a_lone_value_has_the_same_draw_name_as_rivals(desk: Desk) -> None:
    """A rival that appears later does not change the random numbers of the value that was there."""
    alone = desk.load(reported(DRONE))
    contested = desk.load(reported(DRONE) + reported(AIRCRAFT, "radio"))

    assert [RIVAL] == list(named(alone)) == list(named(contested))


def test_refinements_are_not_rivals(desk: Desk) -> None:
    """From the port and from the city the port lies in: both may be true, each with its own credence."""
    port, city = "launched_from(bridge_2020, port)", "launched_from(bridge_2020, city)"
    base = desk.load(given("within(port, city)") + reported(port, "radio") + reported(city))

    assert {city: 0.845, port: 0.785} == credences(base)
    assert {"launched_from(bridge_2020, *)", port} == set(named(base))
    assert all(draw.within is None for draw in base.draws)


def test_a_refinement_of_a_rival_holds_only_with_it(desk: Desk) -> None:
    """Port and city stand together against the hills: the lesser is drawn within the better-reported one."""
    port, city, hills = (f"launched_from(bridge_2020, {place})" for place in ("port", "city", "hills"))
    stated = given("within(port, city)") + reported(port, "radio") + reported(city) + reported(hills, "radio")
    base = desk.load(stated)

    assert {city: 0.539, hills: 0.362, port: 0.501} == credences(base)
    assert city == str(named(base)[port].within)
    assert round(named(base)[port].shares[0], 3) == 0.929
    assert (hills,) == tuple(map(str, fact(base, port).rivals))


def test_two_places_in_one_region_are_still_rivals(desk: Desk) -> None:
    """Port and hills both lie in the city, which nobody reports: that does not make them one."""
    port, hills = "launched_from(bridge_2020, port)", "launched_from(bridge_2020, hills)"
    base = desk.load(given("within(port, city)") + given("within(hills, city)") + reported(port) + reported(hills))

    assert (hills,) == tuple(map(str, fact(base, port).rivals))


def test_a_certain_value_rules_out_its_rivals(desk: Desk) -> None:
    """What is given leaves nothing for a reported rival, and needs no draw."""
    base = desk.load(given(AIRCRAFT) + reported(DRONE))

    assert credences(base) == {DRONE: 0.0}
    assert base.draws == ()


@pytest.mark.parametrize("second", ["  - {fact: 'X', given: true, source: radio}\n", "  - assume: X\n"])
def test_two_certain_rivals_are_a_problem(desk: Desk, second: str) -> None:
    """Two certain facts that exclude each other are refused, with the place of the later and of the earlier."""
    complaint = desk.complaint(given(DRONE) + second.replace("X", AIRCRAFT))

    assert "`platform(bridge_2020, aircraft)` and `platform(bridge_2020, drone)` cannot both be certain" in complaint
    assert "facts/cases/bridge_2020.yaml:17" in complaint
    assert "is given, in facts/cases/bridge_2020.yaml:16" in complaint


def test_a_denied_value_is_no_rival(desk: Desk) -> None:
    """A value that is only denied takes nothing from the others."""
    denied = "  - {fact: 'platform(bridge_2020, aircraft)', source: radio, credibility: 2, polarity: denies}\n"
    base = desk.load(reported(DRONE) + denied)

    assert credences(base) == {AIRCRAFT: 0.0, DRONE: 0.845}
    assert fact(base, DRONE).rivals == ()


def test_more_values_than_allowed_name_the_setting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of rival values is a problem that names the setting which bounds it."""
    monkeypatch.setenv("ASCRIBE_LIMIT_VALUES", "3")
    complaint = desk.complaint("".join(reported(f"platform(bridge_2020, kind_{n})") for n in range(4)))

    assert "more than 3 values are reported of `platform(bridge_2020, *)`" in complaint
    assert "ASCRIBE_LIMIT_VALUES" in complaint
