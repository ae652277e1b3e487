"""A workspace with a small vocabulary and a background that changes with time, feeds for it, and what a store holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import yaml

from reasoner.evidence.base import Base, Draw
from reasoner.evidence.workspace import Workspace
from reasoner.feed.loading import load_feed
from reasoner.feed.numbering import predicates_of
from reasoner.feed.store import FeedStore
from reasoner.rule_base import RuleBase, load_rules
from reasoner.terms import Atom, Constant, Quoted

ROOT = Path(__file__).parent.parent.parent

VOCABULARY = """\
kinds:
  militia: [Actor, Speaker]
  state: [Actor, Speaker, Place]
  place: [Place]
  weapon: [Capability]
  term: [Term]
  incident: [Incident]
predicates:
  is_a: {arguments: {thing: [Actor, Place, Capability, Term], kind: Kind}, sentence: "{thing} is {kind}"}
  possesses: {arguments: {actor: Actor, capability: Capability}, sentence: "{actor} possesses {capability}"}
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
  toll: {arguments: {incident: Incident, dead: Number}, sentence: "{dead} died", functional: true}
  response_to: {arguments: {incident: Incident, other: Incident}, sentence: "{incident} answered {other}"}
"""

BACKGROUND = """\
background: known
entities:
  red: {name: The Reds, kind: militia, aliases: [Red Band]}
  blue: {name: The Blues, kind: militia}
  twin_one: {name: The Twins, kind: militia}
  twin_two: {name: The Twins, kind: militia}
  drone: {name: a drone, kind: weapon}
  mortar: {name: a mortar, kind: weapon}
  port: {name: the port, kind: place}
  quay: {name: the quay, kind: place}
  city: {name: the city, kind: place}
  hills: {name: the hills, kind: place}
  country: {name: the country, kind: state}
  old_raid: {name: the old raid, kind: incident}
sources:
  paper: {name: The Paper, reliability: B, published: 2020-05-03}
  radio: {name: The Radio, reliability: C, via: paper}
  rumour: {name: A rumour, reliability: E}
  rival: {name: A rival, reliability: B, interest: [red, Blues of old]}
  wire: {name: The Wire, reliability: A, origin: official}
  official: {name: An official, reliability: B, anonymous: true, maybe_same_as: [officer]}
  officer: {name: An officer, reliability: C, anonymous: true}
  partisan: {name: A partisan, reliability: A, origin: rival}
facts:
  - {fact: "within(port, city)", source: paper, credibility: 2, to: 2020-06-30}
  - {fact: "within(quay, port)", given: true, source: paper}
  - {fact: "within(city, country)", source: rumour, credibility: 5}
  - {fact: "within(hills, country)", source: rumour, credibility: 5, polarity: denies}
  - {fact: "entails(quadcopter, small_drone)", given: true, source: paper}
  - {fact: "entails(small_drone, aircraft)", source: radio, credibility: 4}
  - {fact: "operates_in(red, hills)", source: paper, credibility: 2, from: 2020-03-01, to: 2020-08-31}
  - {fact: "operates_in(red, hills)", source: radio, credibility: 3, from: 2020-05-01}
  - {fact: "operates_in(blue, city)", source: paper, credibility: 1}
  - {fact: "launched_from(old_raid, port)", source: paper, credibility: 2, from: 2020-04-01}
  - {fact: "launched_from(old_raid, city)", source: radio, credibility: 2}
  - {fact: "launched_from(old_raid, hills)", source: radio, credibility: 3}
  - {fact: "platform(old_raid, quadcopter)", source: radio, credibility: 3}
  - {fact: "platform(old_raid, mortar_fire)", source: radio, credibility: 2}
""".replace(", Blues of old", "")

RULES = """\
%% [holder] {A} had {W}, which was used.
candidate(I, perpetrator, A) :- used(I, W), possesses(A, W).
"""


class Desk:
    """A folder with a workspace, to which feeds are written."""

    def __init__(self, folder: Path, background: str = BACKGROUND, vocabulary: str = VOCABULARY) -> None:
        self.folder = folder
        for part in ("rules", "facts/cases", "facts/background", "feed"):
            (folder / part).mkdir(parents=True)
        (folder / "rules" / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
        (folder / "rules" / "some.dl").write_text(RULES, encoding="utf-8")
        shutil.copy(ROOT / "rules" / "scales.yaml", folder / "rules")
        (folder / "facts" / "background" / "known.yaml").write_text(background, encoding="utf-8")
        self.workspace = Workspace(folder / "rules", folder / "facts", writable=True)
        self.rules: RuleBase = load_rules(self.workspace)

    def mapping(self, text: str) -> Path:
        """Write a mapping."""
        path = self.folder / "feed" / "trial.feed.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def rows(self, rows: Iterable[dict[str, Any]], name: str = "rows.ndjson") -> Path:
        """Write rows as NDJSON."""
        path = self.folder / "feed" / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def load(self, mapping: str, *files: Path) -> FeedStore:
        """Read a feed."""
        path = self.folder / "feed" / "store.duckdb"
        return load_feed(files, self.mapping(mapping), self.workspace, self.rules, path)

    def load_rows(self, mapping: str, rows: Iterable[dict[str, Any]]) -> FeedStore:
        """Read rows as a feed."""
        return self.load(mapping, self.rows(rows))

    def case(self, name: str, content: dict[str, Any]) -> None:
        """Write a case file."""
        path = self.folder / "facts" / "cases" / f"{name}.yaml"
        path.write_text(yaml.safe_dump({"case": name, "title": name, **content}, sort_keys=False), encoding="utf-8")


class Tables:
    """The tables of a store, read back as facts and draws."""

    def __init__(self, store: FeedStore) -> None:
        self.arities = {each.name: each.arity for each in predicates_of(store.rules.vocabulary)}
        with store.connected() as connection:
            self._read(connection)

    def _read(self, connection: duckdb.DuckDBPyConnection) -> None:
        rows = connection.execute("SELECT code, text, quoted FROM constant ORDER BY code").fetchall()
        self.constants: dict[int, Constant] = {code: Quoted(text) if quoted else text for code, text, quoted in rows}
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        self.facts: dict[str, list[tuple[Any, ...]]] = {
            name.removeprefix("fact_"): connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            for name in names
            if name.startswith("fact_")
        }
        self.draws = connection.execute("SELECT * FROM draw ORDER BY rowid").fetchall()
        self.incidents = {
            self.constants[case]: (occurred, title)
            for case, occurred, title in connection.execute("SELECT * FROM incident ORDER BY rowid").fetchall()
        }

    def constant(self, code: int) -> Constant:
        """The constant that a code stands for."""
        return self.constants[code] if code >= 0 else code + 2**30

    def atom(self, predicate: str, row: Sequence[Any]) -> Atom:
        """The atom of a row of a fact table."""
        arity = self.arities[predicate]
        return Atom(predicate, tuple(map(self.constant, row[1 : 1 + arity])))

    def facts_of(self, case: str) -> dict[Atom, tuple[bool, float]]:
        """The facts of an incident: whether each is certain, and its credence."""
        return {
            self.atom(name, row): (row[-3], row[-2])
            for name, rows in self.facts.items()
            for row in rows
            if self.constants[row[0]] == case
        }

    def draws_of(self, case: str) -> dict[str, Draw]:
        """The draws of an incident, by name."""
        numbered: dict[int, list[tuple[Any, ...]]] = {}
        for row in self.draws:
            if self.constants[row[0]] == case:
                numbered.setdefault(row[1], []).append(row)
        found = [self._draw(rows) for rows in numbered.values()]
        assert len({draw.name for draw in found}) == len(found)
        return {draw.name: draw for draw in found}

    def _draw(self, rows: list[tuple[Any, ...]]) -> Draw:
        assert [row[5] for row in rows] == list(range(len(rows)))
        values = tuple(self.atom(row[3], self.facts[row[3]][row[4]]) for row in rows)
        assert all(self.facts[row[3]][row[4]][-1] == row[1] for row in rows)
        inside = rows[0][8]
        within = self.atom(rows[0][3], self.facts[rows[0][3]][inside]) if inside is not None else None
        if within is not None:
            assert self.facts[rows[0][3]][inside][-1] == rows[0][7] < rows[0][1]
        return Draw(rows[0][2], values, tuple(row[6] for row in rows), within)


def facts_of(base: Base) -> dict[Atom, tuple[bool, float]]:
    """The facts of a base as `Tables.facts_of` gives them."""
    return {atom: (fact.certain, fact.credence) for atom, fact in base.facts.items()}


def draws_of(base: Base) -> dict[str, Draw]:
    """The draws of a base, by name."""
    return {draw.name: draw for draw in base.draws}
