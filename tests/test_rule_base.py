"""The shipped rule base: argued rule by rule, general, and silent about what is no evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from reasoner.language.parser import parse_rules
from reasoner.language.vocabulary import RESERVED_HEADS, Predicate, Scales, Vocabulary
from reasoner.language.vocabulary_files import load_scales, load_vocabulary
from reasoner.terms import Atom, Literal, Rule, Variable, element_variables, literals_in

HOME = Path(__file__).resolve().parent.parent
RULES = tuple(
    rule for path in sorted((HOME / "rules").glob("*.dl")) for rule in parse_rules(path.read_text("utf-8"), path.name)
)
WEIGHING = [rule for rule in RULES if rule.head.predicate in RESERVED_HEADS and rule.head.predicate != "candidate"]
CONTRACT = frozenset(
    re.findall(
        r"\w+",
        """
        kind occurred at within target belongs_to guarded method favours used needs platform casualties launched_from
        considered part_of series_count response_to possesses entails scarce lacks supplies based_in operates_in
        controls had_access foreknew behaved_after alibi precedent member_of front_for backs directs hostile_to
        allied_with grievance gains loses lacks_motive timing significant_to threatened strategy serves claimed
        flawed_claim credible_claim admitted denied blamed judged cleared testified acted_against tainted withheld_blame
        omitted interested false_claims deceives announced_loss buried_under fighter_of able_to_investigate lacks_will
        recovered matches resembles behind tracked inconsistent_with unique_to made_by shared_by planted frames suspect
        linked_to witnessed intercepted traced_to is_a
        """,
    )
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(HOME / "rules" / "vocabulary.yaml")


@pytest.fixture(scope="module")
def scales() -> Scales:
    return load_scales(HOME / "rules" / "scales.yaml")


def argued() -> dict[str, tuple[str, str]]:
    """Rule name → factor and strength as docs/weighing.md states them."""
    text = (HOME / "docs" / "weighing.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 4}


def signed(rule: Rule, scales: Scales) -> int:
    """The strength of a line in decibans, negative against."""
    strength = rule.head.arguments[-1]
    assert isinstance(strength, str | int)
    decibans = scales.strengths[strength] if isinstance(strength, str) else strength
    return -decibans if rule.head.predicate == "opposes" else decibans


@pytest.mark.parametrize("rule", WEIGHING, ids=lambda rule: rule.name)
def test_every_strength_is_argued_as_it_stands(rule: Rule, scales: Scales) -> None:
    """What docs/weighing.md argues for a rule is the factor and strength that the rule has."""
    factor, strength = argued()[rule.name]
    if rule.head.predicate == "excludes":
        assert "excludes" == strength
    elif rule.head.predicate == "prior":
        assert str(rule.head.arguments[-1]) == strength
    else:
        assert scales.factors[str(rule.head.arguments[3])].name.lower() == factor
        assert signed(rule, scales) == int(strength.split()[0].replace("−", "-"))


def test_no_argument_outlives_its_rule() -> None:
    """docs/weighing.md argues no strength of a rule that isn't there."""
    names = {rule.name for rule in WEIGHING}
    lines = {name for name, (_, strength) in argued().items() if re.match(r"[+−]\d|excludes", strength)}
    assert set() == lines - names


GENERIC = {"Capability", "Evidence", "Term"}
"""What a rule may speak of by name, were there need: kinds of arms, traces and reasons, not actors, places or cases."""


def particulars(vocabulary: Vocabulary) -> tuple[set[str], set[str]]:
    """The ids of every case, actor, place, target and incident that the shipped facts declare; and their names."""
    ids: set[str] = set()
    names: set[str] = set()
    for path in (HOME / "facts").rglob("*.yaml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        ids |= {content["case"]} if "case" in content else set()
        for entity, entry in (content.get("entities") or {}).items():
            if not set(vocabulary.kinds[entry["kind"]]) <= GENERIC:
                ids.add(entity)
                names |= {name.removeprefix("the ") for name in (entry["name"], *entry.get("aliases", ()))}
    return ids, names


def constants(rule: Rule) -> Iterator[object]:
    atoms = [rule.head, *(literal.atom for literal in literals_in(rule.body))]
    for atom in atoms:
        yield from (argument for argument in atom.arguments if not isinstance(argument, Variable))


def test_no_rule_names_anybody(vocabulary: Vocabulary) -> None:
    """Rules reason about kinds of evidence: none names an actor, a place or a case, by id or in its sentence."""
    ids, names = particulars(vocabulary)
    named = {str(constant) for rule in RULES for constant in constants(rule)}
    assert set() == named & ids
    text = "\n".join(path.read_text("utf-8") for path in (HOME / "rules").glob("*.dl"))
    assert [] == [id for id in sorted(ids) if re.search(rf"\b{id}\b", text)]
    assert [] == [name for name in sorted(names) if re.search(rf"\b{re.escape(name)}\b", text)]


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_the_vocabulary_keeps_its_contract(name: str, vocabulary: Vocabulary) -> None:
    """Every predicate that other people's case files use is declared, and reads as a sentence."""
    predicate = vocabulary.predicates[name]
    placeholders = set(re.findall(r"\{(\w+)\}", predicate.sentence))
    assert {argument.name for argument in predicate.arguments} == placeholders
    assert not predicate.sentence.endswith(".")


def reaches(rules: tuple[Rule, ...]) -> set[str]:
    """Every predicate from which some chain of rules leads to a reserved head."""
    found = set(RESERVED_HEADS)
    while True:
        bodies = {
            literal.atom.predicate
            for rule in rules
            if rule.head.predicate in found
            for literal in literals_in(rule.body)
        }
        if bodies <= found:
            return found
        found |= bodies


def silent(predicate: Predicate) -> bool:
    return predicate.weightless is not None


def test_what_is_no_evidence_leads_nowhere(vocabulary: Vocabulary) -> None:
    """Withheld blame, omissions, sanctions and the like reach no line, whatever rules are chained."""
    weightless = {predicate.name for predicate in filter(silent, vocabulary.predicates.values())}
    assert {"withheld_blame", "omitted", "acted_against", "presupposed", "promised_response", "silent"} <= weightless
    assert set() == weightless & reaches(RULES)


def test_what_is_evidence_leads_to_a_line(vocabulary: Vocabulary) -> None:
    """Every predicate that is not marked as weightless is put to use by some rule."""
    used = reaches(RULES)
    assert set() == {name for name, each in vocabulary.predicates.items() if not silent(each)} - used


def test_what_is_easily_planted_is_argued(vocabulary: Vocabulary) -> None:
    """docs/weighing.md gives a reason for each kind of evidence that the vocabulary calls easily planted."""
    text = (HOME / "docs" / "weighing.md").read_text("utf-8")
    section = text.partition("### How easily evidence is planted")[2].partition("\n### ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.M)) == {
        name for name, predicate in vocabulary.predicates.items() if predicate.plantable
    }


def test_every_rule_says_what_it_concludes_and_why() -> None:
    """Each rule has a name and a sentence, and the sentence of a line names whom it is about, or what it had."""
    for rule in RULES:
        assert rule.named and rule.sentence, rule.name
    for rule in WEIGHING:
        whom = rule.head.arguments[2]
        if isinstance(whom, Variable):
            about = {whom.name, *owners(rule)}
            assert any(f"{{{name}}}" in str(rule.sentence) for name in about), rule.name


NUMBER = "is|was|are|were|has|have|does|do"
BOUND_TO_NUMBER = {
    "a verb after a slot": rf"(^|[:,;] |\b(and|while|that) ){{\w+}}(, [^,:{{}}]*,)? ({NUMBER})\b",
    "a clause about a slot": rf"{{\w+}}, (who|which) ({NUMBER}|includes|calls|lies|holds)\b",
    "a verb before a slot": rf"\b({NUMBER}) {{\w+}} ",
}
NAMES = ("the Northern Front", "Iran-backed groups", "a drone attack", "the United States")


def test_every_sentence_fits_one_and_many() -> None:
    """No verb hangs on whether a name is singular or plural: all is past tense, with "had" and "did" and the like."""
    for rule in RULES:
        wrong = [what for what, pattern in BOUND_TO_NUMBER.items() if re.search(pattern, str(rule.sentence))]
        assert [] == wrong, f"{rule.name}: {rule.sentence}"


def test_every_sentence_reads_with_names_put_in() -> None:
    """With invented names there is one whole sentence: no doubled word or stop, and not too long to take in."""
    for rule in RULES:
        template = str(rule.sentence)
        slots = sorted(set(re.findall(r"{(\w+)}", template)))
        text = template.format_map({slot: NAMES[n % len(NAMES)] for n, slot in enumerate(slots)})
        assert not re.search(r"\b(\w+) \1\b|  |[.,:;]{2}", text, re.I), text
        assert text.endswith(".") and text.count(". ") == 0, text
        assert len(template.split()) <= 32, template


def owners(rule: Rule) -> Iterator[str]:
    """Whose means a line speaks of: the actor's own, or those of its class."""
    for element in rule.body:
        if isinstance(element, Literal) and element.atom.predicate == "ready" and not element.negated:
            owner = element.atom.arguments[2]
            assert isinstance(owner, Variable)
            yield owner.name


def test_nothing_that_weighs_for_a_perpetrator_shows_an_order() -> None:
    """Who backs the doer is asked apart: only opposition and forensics about his clients touch a backer as doer."""

    def lines(role: str) -> list[Rule]:
        return [rule for rule in WEIGHING if rule.head.predicate == "supports" and rule.head.arguments[1] == role]

    ties = {"backs", "directs", "commands", "keeps"}
    assert [] == [rule.name for rule in lines("perpetrator") if ties & set(premises(rule))]


def premises(rule: Rule) -> Iterator[str]:
    for literal in literals_in(rule.body):
        yield literal.atom.predicate


def test_seeds_account_for_everything() -> None:
    """docs/seeds.md lists each of the 81 facts, 13 contradictions and 36 patterns once."""
    text = (HOME / "docs" / "seeds.md").read_text("utf-8")
    for letter, count in (("F", 81), ("X", 13), ("P", 36)):
        assert list(range(1, count + 1)) == [int(number) for number in re.findall(rf"^\| {letter}(\d+) \|", text, re.M)]


def test_the_rules_named_in_seeds_exist() -> None:
    """A pattern of docs/seeds.md names rules, in italics, that the rule base has."""
    text = (HOME / "docs" / "seeds.md").read_text("utf-8")
    patterns = "\n".join(line for line in text.splitlines() if line.startswith("| P"))
    names = {rule.name for rule in RULES}
    quoted = {name for name in re.findall(r"(?<!\*)\*([^*|]+?)\*", patterns) if not name.endswith("…")}
    assert set() == {name for name in quoted if name not in names and name not in {"class …"}}


def test_every_variable_of_a_line_is_tied_to_the_incident() -> None:
    """No line is about another incident than the hypothesis is: both share the incident's variable."""
    for rule in WEIGHING:
        incident = rule.head.arguments[0]
        assert isinstance(incident, Variable)
        assert any(incident.name in set(element_variables(element)) for element in rule.body), rule.name


def test_the_rule_base_declares_no_facts() -> None:
    """What is so stands in facts/, with who says so; rules only conclude."""
    assert [] == [str(rule) for rule in RULES if not rule.body]
    assert all(isinstance(rule.head, Atom) for rule in RULES)
