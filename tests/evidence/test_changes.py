"""What-if: the same base with something changed, and nothing else."""

from __future__ import annotations

import pytest

from reasoner.evidence.assembling import assemble
from reasoner.evidence.base import Base
from reasoner.evidence.changes import assume, rate, retract, without_origin, without_source
from reasoner.inquiry import open_case
from reasoner.problems import InputError
from tests.evidence.desk import HEAD, Desk, credences, fact

FACTS = """\
facts:
  - {fact: 'used(bridge_2020, drone)', reports: [{source: paper, credibility: 2}, {source: expert, credibility: 2}]}
  - {fact: 'possesses(red, drone)', source: radio, credibility: 3}
  - {fact: 'platform(bridge_2020, drone)', source: paper, credibility: 2}
  - {fact: 'platform(bridge_2020, aircraft)', source: radio, credibility: 2}
  - {fact: 'within(port, city)', given: true, source: paper}
"""
USED = "used(bridge_2020, drone)"


@pytest.fixture
def base(desk: Desk) -> Base:
    desk.case(
        HEAD + "  expert: {name: An expert, reliability: C, via: paper, origin: ministry}\n"
        "  ministry: {name: The ministry, reliability: B}\n" + FACTS
    )
    return desk.load()


def test_an_assumption_is_certain_and_marked(base: Base) -> None:
    """Assuming adds a certain fact marked as assumed, by the names people use; a reported one keeps its reports."""
    new = assume(base, 'operates_in("Red Band", city)')
    over = assume(base, USED)

    assert (fact(new, "operates_in(red, city)").basis, fact(new, "operates_in(red, city)").credence) == ("assumed", 1.0)
    assert (fact(over, USED).basis, len(fact(over, USED).reports)) == ("assumed", 2)
    assert base == assume(base, "within(port, city)")


def test_an_assumption_rules_out_rivals(base: Base) -> None:
    """Assuming one platform leaves nothing for the other."""
    changed = assume(base, "platform(bridge_2020, drone)")

    assert fact(changed, "platform(bridge_2020, aircraft)").credence == 0.0


def test_retracting_leaves_no_trace(base: Base) -> None:
    """A retracted fact is gone, its rival stands alone, and every other draw is what it was."""
    changed = retract(base, ["platform(bridge_2020, aircraft)"])

    assert credences(changed)["platform(bridge_2020, drone)"] == 0.845
    assert "platform(bridge_2020, aircraft)" not in credences(changed)
    assert {draw.name for draw in base.draws} == {draw.name for draw in changed.draws}


@pytest.mark.parametrize(
    ("what", "grade", "expected"),
    [
        (USED, "A1", 0.999),
        (USED, "5", 0.1),
        ("possesses(red, drone)", "B2", 0.845),
        ("radio", "A", 0.65),
        ("radio", "A2", 0.88),
        ("expert", "D", 0.923),
        ("ministry", "E", 0.88),
        ("ministry", "1", 0.981),
    ],
)
def test_rating_anew_changes_what_it_names(base: Base, what: str, grade: str, expected: float) -> None:
    """Facts, sources and origins can be graded otherwise; no report gets better than the weakest of its chain."""
    changed = rate(base, what, grade)
    atom = "possesses(red, drone)" if what in ("radio", "possesses(red, drone)") else USED

    assert expected == credences(changed)[atom]


def test_without_a_source_all_that_came_through_it_is_gone(base: Base) -> None:
    """Without the paper, what the expert told it is gone as well; given facts stay."""
    changed = without_source(base, "paper")

    assert credences(changed) == {"platform(bridge_2020, aircraft)": 0.785, "possesses(red, drone)": 0.599}
    assert fact(changed, "within(port, city)").basis == "given"


def test_without_an_origin_only_what_rests_on_it_is_gone(base: Base) -> None:
    """Without the ministry the expert's report is gone, and the paper's own stays."""
    assert credences(without_origin(base, "ministry"))[USED] == 0.845


def test_reports_that_never_were_give_the_base_without_them(desk: Desk, base: Base) -> None:
    """Taking a source away gives exactly what the files without its reports would give."""
    desk.case(
        HEAD + "  expert: {name: An expert, reliability: C, via: paper, origin: ministry}\n"
        "  ministry: {name: The ministry, reliability: B}\n"
        + "".join(row for row in FACTS.splitlines(keepends=True) if "source: radio" not in row)
    )
    fresh, changed = desk.load(), without_source(base, "radio")

    assert fresh.draws == changed.draws
    assert credences(fresh) == credences(changed)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda base: assume(base, "posesses(red, drone)"), "unknown predicate `posesses`"),
        (lambda base: assume(base, "possesses(red, dron)"), "unknown entity `dron`"),
        (lambda base: assume(base, "possesses(red, drone"), "not closed"),
        (lambda base: retract(base, ["possesses(blue, drone)"]), "nothing states `possesses(blue, drone)`"),
        (lambda base: rate(base, USED, "G2"), "`G2` is not a grade"),
        (lambda base: rate(base, USED, ""), "`` is not a grade"),
        (lambda base: rate(base, "within(port, city)", "B2"), "`within(port, city)` is given, so there is no report"),
        (lambda base: rate(base, "papper", "B"), "unknown source or fact `papper`"),
        (lambda base: without_source(base, "papper"), "unknown source `papper`"),
        (lambda base: assume(assume(base, "platform(bridge_2020, a)"), "platform(bridge_2020, b)"), "cannot both be"),
    ],
)
def test_a_change_that_makes_no_sense_says_why(base: Base, change, said: str) -> None:
    """Unknown names, wrong grades and contradictions are problems in words."""
    with pytest.raises(InputError) as caught:
        change(base)

    assert said in "\n".join(problem.message for problem in caught.value.problems)


@pytest.mark.parametrize("case", ["kadhimi_2021", "ain_al_assad_2023"])
def test_a_change_gives_what_weighing_everything_anew_would(case: str) -> None:
    """Facts gone, assumed or graded, sources and origins gone: each base is that of all its facts assembled anew."""
    base = open_case(case).base
    sources = {report.source for fact in base.facts.values() for report in fact.reports}
    reported = [atom for atom, fact in base.facts.items() if fact.basis == "reported"]
    changed = [retract(base, [atom]) for atom in base.facts if base.facts[atom].basis != "declared"]
    changed += [assume(base, atom) for atom in reported] + [rate(base, atom, "D3") for atom in reported]
    changed += [change(base, source) for source in sources for change in (without_source, without_origin)]
    changed += [rate(base, source, "E5") for source in sources] + [rate(base, source, "A") for source in sources]

    for each in changed:
        anew = assemble(
            each.case, each.as_of, each.entities, each.sources, each.facts.values(), each.names, *each.standards
        )
        assert list(anew.facts) == list(each.facts)
        assert (anew.facts, anew.draws) == (each.facts, each.draws)


def test_a_source_is_hinted_at_by_its_name(base: Base) -> None:
    """Whoever writes the name of a source in place of its id, or nearly, is told the id."""
    source = base.sources["paper"]
    for name in (source.name, source.name[:-1]):
        with pytest.raises(InputError) as caught:
            without_source(base, name)
        assert caught.value.problems[0].hint == f"did you mean `paper` ({source.name})?"
