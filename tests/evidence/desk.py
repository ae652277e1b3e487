"""A workspace in a temporary folder, with a small vocabulary of its own and the shipped scales."""

from __future__ import annotations

from pathlib import Path

from reasoner.evidence.base import Base, Fact
from reasoner.evidence.checking import check_facts
from reasoner.evidence.loading import Workspace, load_base
from reasoner.language.vocabulary_files import load_scales, load_vocabulary
from reasoner.problems import InputError, Problem, render_all

ROOT = Path(__file__).parent.parent.parent
SCALES = load_scales(ROOT / "rules" / "scales.yaml")

VOCABULARY = """\
kinds:
  militia: [Actor, Speaker]
  state: [Actor, Speaker]
  expert: [Speaker]
  place: [Place]
  weapon: [Capability]
  term: [Term]
  incident: [Incident]
predicates:
  possesses:
    {arguments: {actor: Actor, capability: Capability}, sentence: "{actor} possesses {capability}"}
  operates_in: {arguments: {actor: Actor, place: Place}, sentence: "{actor} operates in {place}"}
  used: {arguments: {incident: Incident, capability: Capability}, sentence: "{capability} was used"}
  occurred: {arguments: {incident: Incident, date: Date}, sentence: "it happened on {date}", functional: true}
  platform: {arguments: {incident: Incident, what: Term}, sentence: "it was {what}", functional: true}
  launched_from: {arguments: {incident: Incident, place: Place}, sentence: "from {place}", functional: true}
  within: {arguments: {place: Place, region: Place}, sentence: "{place} lies in {region}"}
  entails: {arguments: {narrow: Term, wide: Term}, sentence: "{narrow} is {wide}"}
  judged:
    arguments: {speaker: Speaker, actor: Actor, role: Role, incident: Incident}
    sentence: "{speaker} says that {actor} was its {role}"
  series_count: {arguments: {series: Term, number: Number}, sentence: "{number} of {series}"}
  response_to: {arguments: {incident: Incident, other: Incident}, sentence: "{incident} answered {other}"}
"""

HEAD = """\
case: bridge_2020
title: The bridge
entities:
  red: {name: The Reds, kind: militia, aliases: [Red Band]}
  blue: {name: The Blues, kind: militia}
  drone: {name: a drone, kind: weapon}
  mortar: {name: a mortar, kind: weapon}
  port: {name: the port, kind: place}
  city: {name: the city, kind: place}
  hills: {name: the hills, kind: place}
sources:
  paper: {name: The Paper, reliability: B, published: 2020-05-03}
  radio: {name: The Radio, reliability: C, published: 2020-05-02}
  rumour: {name: A rumour, reliability: E}
"""


class Desk:
    """Writes fact files into a folder and reads them."""

    def __init__(self, folder: Path) -> None:
        (folder / "rules").mkdir()
        (folder / "rules" / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
        (folder / "facts" / "cases").mkdir(parents=True)
        (folder / "facts" / "background").mkdir()
        self.folder = folder
        self.workspace = Workspace(folder / "rules", folder / "facts", writable=True)
        self.vocabulary = load_vocabulary(folder / "rules" / "vocabulary.yaml")

    def case(self, text: str, name: str = "bridge_2020") -> Path:
        """Write a case file."""
        path = self.folder / "facts" / "cases" / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def background(self, text: str, name: str = "known") -> Path:
        """Write a background file."""
        path = self.folder / "facts" / "background" / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def load(self, facts: str = "", as_of: str | None = None, case: str = "bridge_2020") -> Base:
        """Read the case; ``facts`` are written behind the usual head first."""
        if facts:
            self.case(HEAD + "facts:\n" + facts)
        return load_base(self.workspace, case, self.vocabulary, SCALES, as_of)

    def check(self) -> tuple[Problem, ...]:
        """Every problem of every fact file."""
        return check_facts(self.workspace, self.vocabulary, SCALES)

    def complaint(self, facts: str = "") -> str:
        """What reading the case says is wrong."""
        try:
            self.load(facts)
        except InputError as error:
            return render_all(error.problems)
        return "nothing"


def fact(base: Base, atom: str) -> Fact:
    """The fact that reads like this."""
    return next(each for each in base.facts.values() if str(each.atom) == atom)


def credences(base: Base) -> dict[str, float]:
    """The uncertain facts with their credences, three decimals."""
    return {str(each.atom): round(each.credence, 3) for each in base.facts.values() if each.basis == "reported"}
