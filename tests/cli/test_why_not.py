"""`ascribe why-not`: its JSON, repairs that do what they say, a page that fits a screen, and its refusals."""

from __future__ import annotations

import pytest

from reasoner.exchange.page_text import page_text
from reasoner.exchange.why_not_page import why_not_page
from reasoner.explanation.why_not import WhyNot
from reasoner.inquiry import Inquiry, open_case
from tests.cli.running import CASES, ascribe, in_json

LONGEST = 25
"""Lines that an answer may take at a width of 80."""


@pytest.fixture(scope="module")
def asked() -> list[tuple[Inquiry, WhyNot]]:
    """Every hypothesis of three shipped cases, in every role."""
    found = []
    for case in CASES:
        inquiry = open_case(case)
        for role, ranking in inquiry.rankings.items():
            found += [(inquiry, inquiry.why_not(row.actor, role)) for row in ranking.hypotheses]
    return found


def test_the_json_has_the_fields_that_programs_read() -> None:
    """Every line lacking has its rule, factor, sentence, premises that hold and fail, and its repair."""
    found = in_json("why-not", "kadhimi_2021", "islamic_state")

    scarce = next(line for line in found["lines"] if line["rule"] == "scarce means")
    assert "means" == scarce["factor"]
    assert ["possesses(islamic_state, drone_command_and_control)"] == scarce["repair"]
    assert ["ready(islamic_state, drone_command_and_control, islamic_state)"] == scarce["fails"]
    assert "called_for(kadhimi_2021, drone_command_and_control)" in scarce["holds"]
    assert scarce["sentence"].startswith("The Islamic State had command and control")


def test_an_answer_fits_a_screen(asked: list[tuple[Inquiry, WhyNot]]) -> None:
    """No answer takes more than 25 lines at a width of 80."""
    for _, found in asked:
        assert len(page_text(why_not_page(found), 80).splitlines()) <= LONGEST, found.actor


def test_every_line_of_the_other_is_accounted_for(asked: list[tuple[Inquiry, WhyNot]]) -> None:
    """A line that is lacking has a premise that fails; one that is not is among those shared."""
    for _, found in asked:
        for gap in found.gaps:
            assert gap.lacked or gap.shared
            assert all(line.fails for line in gap.lacked)
            assert not {line.rule for line in gap.lacked} & {line.rule for line in gap.shared}


def test_no_repair_touches_what_is_settled(asked: list[tuple[Inquiry, WhyNot]]) -> None:
    """Nothing is assumed that is never asked for, unless it is on file, and nothing almost certain is retracted."""
    for inquiry, found in asked:
        predicates = inquiry.program.vocabulary.predicates
        facts = {str(atom): fact for atom, fact in inquiry.base.facts.items()}
        lines = [line for gap in found.gaps for line in (*gap.lacked, *filter(None, (gap.otherwise,)))]
        for remedy in (remedy for line in lines for remedy in line.remedies):
            assert all(fact in facts or predicates[fact.split("(")[0]].asked != "never" for fact in remedy.assume)
            assert all(facts[fact].credence < 0.95 for fact in remedy.retract)


def test_what_is_settled_is_said_to_be() -> None:
    """Where only something absurd would do, the answer says what fails, and that nothing is expected to change that."""
    said = " ".join(ascribe("why-not", "abu_ghraib_2023", "israel").stdout.split())

    expected = "Nothing shows that the attack on Ain al-Assad hit Israel. No further report is expected to change that."
    assert expected in said


def test_a_report_that_would_do_does() -> None:
    """Assumed in a what-if, the fact that is said to be missing gives the actor the line."""
    inquiry = open_case("kadhimi_2021")
    found = inquiry.why_not("islamic_state")
    (means,) = [gap for gap in found.gaps if gap.factor == "means"]
    assume = means.lacked[0].remedies[0].assume

    after = open_case("kadhimi_2021", changes=inquiry.changes.then(type(inquiry.changes)(assume=assume)))

    shared = [line.rule for gap in after.why_not("islamic_state").gaps for line in gap.shared]
    assert {line.rule for line in means.lacked} <= set(shared)


def test_who_is_no_hypothesis_is_told_what_would_make_it_one() -> None:
    """The answer starts with the list of those to be examined, and goes on as if the actor were on it."""
    done = ascribe("why-not", "abu_ghraib_2023", "iran")

    assert 0 == done.returncode, done.stderr
    assert "not a hypothesis" in done.stdout
    assert "Own words" in done.stdout


def test_nobody_in_particular_has_no_lines() -> None:
    """Of someone not on the list it says that no report can speak for it, where no rule does."""
    said = " ".join(ascribe("why-not", "kadhimi_2021", "other").stdout.split())

    assert "No report can speak for someone not on the list" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kadhimi_2021", "islmic_state"), "did you mean `islamic_state`"),
        (("kadhimi_2021", "baghdad"), "can have done nothing"),
        (("kadhimi_2021", "islamic_state", "--against", "islamic_state"), "cannot be set against itself"),
        (("kadhimi_2021", "islamic_state", "--role", "sponser"), "did you mean `sponsor`"),
    ],
)
def test_bad_input_is_explained(arguments: tuple[str, ...], said: str) -> None:
    """An unknown actor or role, a place, or nobody else to set against: exit 2, and what was meant."""
    done = ascribe("why-not", *arguments)

    assert 2 == done.returncode
    assert said in done.stderr
    assert "Traceback" not in done.stderr
