"""What the texts of a feed name: each distinct text becomes a constant, or has something wrong with it.

``cell(slot, text, sort, name, flaw)``: for each place that a template has for a text (a *slot*: the text's column and
the types of the argument), each text seen there. ``sort`` is 0 for a number, 1 for a symbol, 2 for a quoted date;
where it is NULL, ``flaw`` says why, or there is to be no such fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlglot import exp

from reasoner.evidence.scope import Scope
from reasoner.feed.database import Workbench
from reasoner.feed.mapping import OWN_CASE, Column, Mapping, Text
from reasoner.feed.numbering import LONGEST
from reasoner.language.vocabulary import ENTITY_TYPES, NOBODY, OTHER, Scales, Vocabulary

LARGEST = 2**29
"""Numbers of this size and more cannot be coded."""

_NAMING = frozenset({*ENTITY_TYPES, "Term"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a text: which column of ``sheet`` holds it, what types it may have, and in facts of what."""

    text: int
    types: tuple[str, ...]
    predicates: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """The numbers of all slots of a mapping."""

    numbers: dict[tuple[int, tuple[str, ...]], int]
    found: tuple[Slot, ...]

    def number(self, text: int, types: tuple[str, ...]) -> int:
        """The number of the slot where the column holds an argument of these types."""
        return self.numbers[text, types]


def slots_of(mapping: Mapping, vocabulary: Vocabulary) -> Slots:
    """Every slot that the templates have."""
    places = {text: number for number, text in enumerate(mapping.texts)}
    found: dict[tuple[int, tuple[str, ...]], set[str] | None] = {}
    for text, types, predicate in _uses(mapping, vocabulary):
        key = (places[text], types)
        if predicate is None:
            found[key] = None
        elif (known := found.setdefault(key, set())) is not None:
            known.add(predicate)
    slots = tuple(Slot(*key, frozenset(names) if names is not None else None) for key, names in found.items())
    return Slots({key: number for number, key in enumerate(found)}, slots)


def _uses(mapping: Mapping, vocabulary: Vocabulary) -> Iterator[tuple[Text, tuple[str, ...], str | None]]:
    """Each text with the types it is to have, and the predicate where that differs from row to row."""
    for template in mapping.facts:
        fixed = isinstance(template.predicate, str)
        names = [template.predicate] if isinstance(template.predicate, str) else list(vocabulary.predicates)
        for name in names:
            for argument, given in zip(vocabulary.predicates[name].arguments, template.arguments, strict=False):
                if isinstance(given, tuple) and given != OWN_CASE:
                    yield given, argument.types, None if fixed else name


def name_incidents(bench: Workbench, mapping: Mapping, scope: Scope, vocabulary: Vocabulary) -> None:
    """Make ``incident_text(text, name, flaw)``: each text that names an incident, with its symbol."""
    taken = [entity.id for entity in scope.entities.values() if "Incident" not in vocabulary.kinds.get(entity.kind, ())]
    bench.run(
        """
        CREATE TABLE incident_text AS
        WITH named AS (
          SELECT text, symbol_of(text) AS name, length(text) > $longest AS long
          FROM (SELECT DISTINCT e0 AS text FROM sheet WHERE e0 IS NOT NULL)),
        flawed AS (
          SELECT text, name, CASE
            WHEN long THEN 'too-long'
            WHEN name IN ($other, $nobody) THEN 'reserved-id'
            WHEN list_contains($taken, name) THEN 'taken-id' END AS flaw
          FROM named)
        SELECT text, name, CASE
          WHEN flaw IS NULL AND row_number() OVER (PARTITION BY name, flaw ORDER BY text) > 1 THEN 'same-id'
          ELSE flaw END AS flaw
        FROM flawed ORDER BY text
        """,
        {"longest": LONGEST, "other": OTHER, "nobody": NOBODY, "taken": taken},
    )


def name_cells(
    bench: Workbench, mapping: Mapping, slots: Slots, scope: Scope, scales: Scales, vocabulary: Vocabulary
) -> None:
    """Make ``cell``, ``made(id, kind, name)`` of the entities that only the feed names, and ``meaning``."""
    bench.run("CREATE TABLE cell (slot INTEGER, text VARCHAR, sort TINYINT, name VARCHAR, flaw VARCHAR, made VARCHAR)")
    bench.run("CREATE TABLE meaning (text_number INTEGER, text VARCHAR, meant VARCHAR)")
    bench.run("CREATE TABLE known (types INTEGER, id VARCHAR, fits BOOLEAN)")
    bench.run("CREATE TABLE called (types INTEGER, spoken VARCHAR, id VARCHAR, many BIGINT)")
    for number, text in enumerate(mapping.texts):
        _state_meanings(bench, number, mapping, text)
    types = {slot.types: number for number, slot in enumerate(slots.found)}
    for admitted, number in types.items():
        _state_entities(bench, number, admitted, scope, vocabulary)
    for number, slot in enumerate(slots.found):
        _name_slot(bench, number, slot, types[slot.types], mapping, scales, vocabulary)
    _settle_made(bench, slots, vocabulary)


def _state_meanings(bench: Workbench, number: int, mapping: Mapping, text: Text) -> None:
    column = text[0]
    values = mapping.values.get(column.name) if len(text) == 1 and isinstance(column, Column) else None
    if values:
        bench.run("INSERT INTO meaning SELECT ?, unnest(?), unnest(?)", [number, list(values), list(values.values())])


def _state_entities(
    bench: Workbench, number: int, types: tuple[str, ...], scope: Scope, vocabulary: Vocabulary
) -> None:
    """State which entities the types admit, and what these are called."""
    if _NAMING.isdisjoint(types):
        return
    entities = scope.entities.values()
    fits = {each.id: not set(vocabulary.kinds.get(each.kind, ())).isdisjoint(types) for each in entities}
    bench.run("INSERT INTO known SELECT ?, unnest(?), unnest(?)", [number, list(fits), list(fits.values())])
    names = [(each.id, name) for each in entities if fits[each.id] for name in (each.id, each.name, *each.aliases)]
    bench.run(
        "INSERT INTO called SELECT ?, folded(name), min(id), count(DISTINCT id)"
        " FROM (SELECT unnest(?) AS id, unnest(?) AS name) GROUP BY folded(name)",
        [number, [each for each, _ in names], [name for _, name in names]],
    )


def _name_slot(
    bench: Workbench,
    number: int,
    slot: Slot,
    types: int,
    mapping: Mapping,
    scales: Scales,
    vocabulary: Vocabulary,
) -> None:
    column = exp.column(f"e{slot.text}")
    seen = exp.select(column.as_("text")).distinct().from_("sheet").where(column.is_(exp.null()).not_())
    if slot.predicates is not None:
        stated = _predicate_columns(mapping)
        names = sorted(slot.predicates)
        seen = seen.where(exp.or_(*(_is_one_of(each, names) for each in stated)))
    bench.run(f"CREATE OR REPLACE TEMP VIEW seen AS {seen.sql('duckdb')}")
    bench.run(_NAME, _asked(number, slot, types, _kind_of(mapping, slot.text, slot.types, vocabulary), scales))


def _asked(number: int, slot: Slot, types: int, kind: str | None, scales: Scales) -> dict[str, object]:
    """What a slot admits, as parameters."""
    admitted = {name: name in slot.types for name in ("Date", "Number", "Term", "Kind", "Incident")}
    return {
        "slot": number,
        "text_number": slot.text,
        "types": types,
        "longest": LONGEST,
        "largest": LARGEST,
        "date": admitted["Date"],
        "number": admitted["Number"],
        "term": admitted["Term"] or admitted["Kind"],
        "roles": list(scales.roles) if "Role" in slot.types else [],
        "kind": kind,
        "reserved": [OTHER, NOBODY],
        "incident": admitted["Incident"],
    }


def _predicate_columns(mapping: Mapping) -> list[int]:
    texts = mapping.texts
    return [texts.index(each.predicate) for each in mapping.facts if isinstance(each.predicate, tuple)]


def _is_one_of(column: int, names: Iterable[str]) -> exp.Expr:
    """That the predicate a row states, as its table of values has it, is one of some."""
    meant = exp.select("text").from_("meaning").where(exp.column("text_number").eq(column))
    meant = meant.where(exp.column("meant").isin(*names))
    cell = exp.column(f"e{column}")
    return exp.or_(cell.isin(*names), exp.In(this=cell.copy(), query=meant.subquery()))


def _kind_of(mapping: Mapping, text: int, types: tuple[str, ...], vocabulary: Vocabulary) -> str | None:
    """The kind of the entities that a column makes, where an argument of these types may be one."""
    pieces = mapping.texts[text]
    column = pieces[0]
    kind = mapping.kinds.get(column.name) if len(pieces) == 1 and isinstance(column, Column) else None
    return kind if kind is not None and not set(vocabulary.kinds[kind]).isdisjoint(types) else None


_NAME = """
INSERT INTO cell
WITH said AS (
  SELECT seen.text, CASE WHEN m.text IS NULL THEN seen.text ELSE m.meant END AS said
  FROM seen LEFT JOIN meaning m ON m.text_number = $text_number AND m.text = seen.text),
looked AS (
  SELECT text, said, length(said) > $longest AS long, whole(said) AS number, iso_date(said) AS date,
         symbol_of(left(said, $longest)) AS symbol, folded(left(said, $longest)) AS spoken
  FROM said),
found AS (
  SELECT l.*, exact.fits AS exact, coalesce(named.many, 0) AS many, named.id AS named, same.fits AS same,
         EXISTS (SELECT 1 FROM incident_text i WHERE i.name = l.symbol) AS incident,
         l.symbol IN (SELECT unnest($reserved)) AS reserved,
         EXISTS (SELECT 1 FROM other_case o WHERE o.name = l.said) AS other_case
  FROM looked l
  LEFT JOIN known exact ON exact.types = $types AND exact.id = l.said
  LEFT JOIN known same ON same.types = $types AND same.id = l.symbol
  LEFT JOIN called named ON named.types = $types AND named.spoken = l.spoken),
judged AS (
  SELECT *, CASE
    WHEN said IS NULL THEN NULL
    WHEN long THEN 'too-long'
    WHEN number IS NOT NULL AND ($number OR $term)
      THEN CASE WHEN abs(number) < $largest THEN 'number' ELSE 'big-number' END
    WHEN $date AND date IS NOT NULL THEN 'date'
    WHEN list_contains($roles, said) THEN 'said'
    WHEN exact THEN 'said'
    WHEN exact IS NULL AND many = 1 THEN 'named'
    WHEN $incident AND other_case THEN 'said'
    WHEN same THEN 'symbol'
    WHEN $kind IS NOT NULL AND same IS NULL AND exact IS NULL AND many = 0
      THEN CASE WHEN reserved THEN 'reserved-id' WHEN incident THEN 'taken-id' ELSE 'made' END
    WHEN $term THEN 'symbol'
    WHEN $date THEN 'not-a-date'
    WHEN $number THEN 'not-a-number'
    WHEN len($roles) > 0 THEN 'unknown-role'
    WHEN many > 1 THEN 'ambiguous-name'
    WHEN same IS NOT NULL OR exact IS NOT NULL THEN 'wrong-kind'
    ELSE 'unknown-entity' END AS verdict
  FROM found)
SELECT $slot, text,
  CASE WHEN verdict = 'number' THEN 0 WHEN verdict = 'date' THEN 2
       WHEN verdict IN ('said', 'named', 'symbol', 'made') THEN 1 END,
  CASE verdict WHEN 'number' THEN CAST(number AS VARCHAR) WHEN 'date' THEN date WHEN 'said' THEN said
       WHEN 'named' THEN named WHEN 'symbol' THEN symbol WHEN 'made' THEN symbol END,
  CASE WHEN verdict NOT IN ('number', 'date', 'said', 'named', 'symbol', 'made') THEN verdict END,
  CASE WHEN verdict = 'made' THEN $kind END
FROM judged
"""


def _settle_made(bench: Workbench, slots: Slots, vocabulary: Vocabulary) -> None:
    """One kind and one name for each entity that the feed makes; where it does not fit that kind, it is wrong."""
    bench.run(
        """
        CREATE TABLE made AS
        SELECT name AS id, arg_min(made, slot) AS kind, min(text) AS name
        FROM cell WHERE made IS NOT NULL GROUP BY cell.name ORDER BY id
        """
    )
    for number, slot in enumerate(slots.found):
        fitting = [kind for kind, types in vocabulary.kinds.items() if not set(types).isdisjoint(slot.types)]
        bench.run(
            "UPDATE cell SET sort = NULL, flaw = 'wrong-kind' FROM made"
            " WHERE cell.slot = ? AND cell.made IS NOT NULL AND made.id = cell.name"
            " AND NOT list_contains(?, made.kind)",
            [number, fitting],
        )
