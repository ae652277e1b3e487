"""What each row states, in codes.

``stated``: one row for each fact of each row of the feed, with its atom, its basis and its report; ``flaw`` where it
cannot be used, and ``value`` what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import exp

from reasoner.evidence.rivals import REFINING
from reasoner.feed.backdrop import Backdrop
from reasoner.feed.coding import padded_codes, stored_coding
from reasoner.feed.database import Progress, Workbench
from reasoner.feed.mapping import OWN_CASE, Mapping, Template, Text
from reasoner.feed.naming import Slots
from reasoner.feed.numbering import BASES, NONE, REPORTED, argument_columns, numbers_of
from reasoner.language.vocabulary import DECLARED, Predicate, Vocabulary
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import Constant, atom_constants


def state(bench: Workbench, mapping: Mapping, slots: Slots, backdrop: Backdrop, progress: Progress) -> None:
    """Make ``stated``, with every statement that the background or the vocabulary rules out marked."""
    vocabulary = backdrop.vocabulary
    names = argument_columns(vocabulary)
    bench.run(
        'CREATE TABLE stated (row BIGINT, fact INTEGER, "case" INTEGER, predicate SMALLINT, '
        f"{', '.join(f'{name} INTEGER' for name in names)}, basis TINYINT, source INTEGER, credibility TINYINT, "
        "denies BOOLEAN, date VARCHAR, flaw VARCHAR, value VARCHAR)"
    )
    numbers = numbers_of(vocabulary)
    builder = _Statements(mapping, slots, len(names))
    for position, template in enumerate(mapping.facts):
        progress("stating", position, len(mapping.facts))
        for name in _predicates(bench, mapping, template, position, vocabulary):
            stop_if_unwanted()
            predicate = vocabulary.predicates[name]
            query = builder.query(bench, position, template, predicate, numbers[name])
            bench.run(exp.insert(query, "stated").sql("duckdb"))
        if isinstance(template.predicate, tuple):
            _state_strangers(bench, mapping, template.predicate, position, vocabulary)
    _rule_out(bench, backdrop, numbers, names)


def _predicates(
    bench: Workbench, mapping: Mapping, template: Template, position: int, vocabulary: Vocabulary
) -> list[str]:
    """The predicates of which a template states facts, in the order of the vocabulary."""
    if isinstance(template.predicate, str):
        return [template.predicate]
    number = mapping.texts.index(template.predicate)
    bench.run(
        f"CREATE OR REPLACE TABLE predicate_{position} AS "
        "SELECT s.text, CASE WHEN m.text IS NULL THEN s.text ELSE m.meant END AS name "
        f"FROM (SELECT DISTINCT e{number} AS text FROM sheet WHERE e{number} IS NOT NULL) s "
        "LEFT JOIN meaning m ON m.text_number = ? AND m.text = s.text",
        [number],
    )
    usable = _usable(vocabulary)
    found = bench.run(f"SELECT DISTINCT name FROM predicate_{position} WHERE name IN (SELECT unnest(?))", [usable])
    return [name for name in usable if (name,) in found]


def _usable(vocabulary: Vocabulary) -> list[str]:
    """The predicates of which an incident may have facts."""
    return [name for name in vocabulary.predicates if name not in (*REFINING, DECLARED)]


def _state_strangers(bench: Workbench, mapping: Mapping, text: Text, position: int, vocabulary: Vocabulary) -> None:
    """State, as wrong, what rows say with predicates that no incident can have facts of."""
    column = f"e{mapping.texts.index(text)}"
    bench.run(
        f"""
        INSERT INTO stated BY NAME
        SELECT r.rowid AS row, $fact AS fact, c.code AS "case", $basis AS basis,
               CASE WHEN list_contains($refining, p.name) THEN 'refinement' ELSE 'unknown-predicate' END AS flaw,
               p.name AS value
        FROM sheet r JOIN incident_code c ON c.text = r.e0 AND c.flaw IS NULL
        JOIN predicate_{position} p ON p.text = r.{column}
        WHERE NOT list_contains($usable, p.name)
        """,
        {
            "fact": position,
            "basis": REPORTED,
            "refining": list(REFINING),
            "usable": _usable(vocabulary),
        },
    )


class _Statements:
    """Queries over ``sheet`` that give the statements of one template, in the columns of ``stated``."""

    def __init__(self, mapping: Mapping, slots: Slots, width: int) -> None:
        self._mapping = mapping
        self._slots = slots
        self._width = width
        self._places = {text: number for number, text in enumerate(mapping.texts)}

    def query(
        self, bench: Workbench, position: int, template: Template, predicate: Predicate, number: int
    ) -> exp.Select:
        arity = predicate.arity
        codes, flaws = self._arguments(bench, template, predicate)
        flaws += [(exp.column("flaw", "f"), exp.column("value", "f"))]
        row = exp.column("rowid", "r")
        query = exp.select(
            row.as_("row"),
            exp.convert(position).as_("fact"),
            exp.column("code", "c").as_("case", quoted=True),
            exp.convert(number).as_("predicate"),
            *codes,
            *[exp.convert(NONE)] * (self._width - arity),
            exp.convert(BASES.index(template.basis)).as_("basis"),
            *(exp.column(name, "f") for name in ("source", "credibility", "denies", "date")),
            _first(flaw for flaw, _ in flaws).as_("flaw"),
            _value(flaws).as_("value"),
        )
        query = query.from_(exp.to_table("sheet").as_("r"))
        query = query.join("incident_code AS c", on="c.text = r.e0 AND c.flaw IS NULL")
        for place, slot in self._joined(template, predicate):
            on = exp.and_(
                exp.column("slot", f"s{place}").eq(slot),
                exp.column("text", f"s{place}").eq(self._cell(template.arguments[place])),
            )
            query = query.join(exp.to_table("coded").as_(f"s{place}"), on=on, join_type="left")
        query = query.join(exp.to_table(form_table(position)).as_("f"), on="f.row = r.rowid", join_type="left")
        return query.where(*self._stated(template, position, predicate, query))

    def _cell(self, text: Constant | Text) -> exp.Column:
        assert isinstance(text, tuple)
        return exp.column(f"e{self._places[text]}", "r")

    def _joined(self, template: Template, predicate: Predicate) -> Iterator[tuple[int, int]]:
        """The arguments that are looked up, each with its slot."""
        for place, (argument, text) in enumerate(zip(predicate.arguments, template.arguments, strict=False)):
            if isinstance(text, tuple) and text != OWN_CASE:
                yield place, self._slots.number(self._places[text], argument.types)

    def _arguments(
        self, bench: Workbench, template: Template, predicate: Predicate
    ) -> tuple[list[exp.Expr], list[tuple[exp.Expr, exp.Expr]]]:
        """The codes of the arguments, and what may be wrong with each, with its text."""
        codes: list[exp.Expr] = []
        flaws: list[tuple[exp.Expr, exp.Expr]] = []
        if len(template.arguments) < predicate.arity:
            flaws.append((exp.convert("wrong-arity"), exp.convert(str(predicate))))
            return [exp.convert(NONE)] * predicate.arity, flaws
        if not isinstance(template.predicate, str):
            flaws.append(self._arity_flaw(template, predicate))
        coding = stored_coding(bench.run, [each for each in template.arguments if not isinstance(each, tuple)])
        for place, (argument, text) in enumerate(zip(predicate.arguments, template.arguments, strict=False)):
            if not isinstance(text, tuple):
                codes.append(exp.convert(coding.code(text)))
            elif text == OWN_CASE:
                codes.append(exp.column("code", "c"))
                if "Incident" not in argument.types:
                    flaws.append((exp.convert("wrong-kind"), exp.column("e0", "r")))
            else:
                code: exp.Expr = exp.column("code", f"s{place}")
                flaw: exp.Expr = exp.column("flaw", f"s{place}")
                if "Incident" in argument.types:
                    own = self._cell(text).eq(exp.column("e0", "r"))
                    code = exp.case().when(own, exp.column("code", "c")).else_(code)
                    flaw = exp.case().when(exp.not_(own.copy()), flaw)
                codes.append(code)
                flaws.append((flaw, self._cell(text)))
        return codes, flaws

    def _arity_flaw(self, template: Template, predicate: Predicate) -> tuple[exp.Expr, exp.Expr]:
        """That a row has other arguments than its predicate takes."""
        given = [self._filled(text) for text in template.arguments]
        wrong = [exp.not_(each) for each in given[: predicate.arity]] + given[predicate.arity :]
        return exp.case().when(exp.or_(*wrong), exp.convert("wrong-arity")), exp.convert(str(predicate))

    def _filled(self, text: Constant | Text) -> exp.Expr:
        if not isinstance(text, tuple) or text == OWN_CASE:
            return exp.true()
        return self._cell(text).is_(exp.null()).not_()

    def _stated(self, template: Template, position: int, predicate: Predicate, query: exp.Select) -> Iterator[exp.Expr]:
        """Which rows state the fact at all."""
        if isinstance(template.predicate, tuple):
            names = exp.select("text").from_(f"predicate_{position}").where(exp.column("name").eq(predicate.name))
            yield exp.In(this=self._cell(template.predicate), query=names.subquery())
        else:
            for text in template.arguments:
                yield self._filled(text)
        for place, _ in self._joined(template, predicate):
            # A value that the mapping's table leaves empty states nothing; an empty cell is told by the arity.
            nothing = exp.and_(
                exp.column("text", f"s{place}").is_(exp.null()).not_(),
                exp.column("code", f"s{place}").is_(exp.null()),
                exp.column("flaw", f"s{place}").is_(exp.null()),
            )
            yield exp.not_(nothing)


def form_table(position: int) -> str:
    """The table of the reports that the rows make of a template's fact."""
    return f"form_{position}"


def _first(values: Iterable[exp.Expr]) -> exp.Expr:
    return exp.func("coalesce", *[value.copy() for value in values], exp.null())


def _value(flaws: list[tuple[exp.Expr, exp.Expr]]) -> exp.Expr:
    case = exp.case()
    for flaw, value in flaws:
        case = case.when(flaw.copy().is_(exp.null()).not_(), exp.func("left", value.copy(), exp.convert(100)))
    return case


def _rule_out(bench: Workbench, backdrop: Backdrop, numbers: dict[str, int], names: list[str]) -> None:
    """Mark the statements that the background makes itself, or other values of the same slots."""
    statements = backdrop.scope.statements
    coding = stored_coding(bench.run, (each for one in statements for each in atom_constants(one.atom)))
    atoms: dict[tuple[int, ...], None] = {}
    for statement in statements:
        predicate = backdrop.vocabulary.predicates[statement.atom.predicate]
        row = padded_codes(coding, statement.atom, len(names))
        if predicate.functional:
            row[predicate.arity - 1] = NONE
        atoms[(numbers[predicate.name], int(predicate.functional), *row)] = None
    if not atoms:
        return
    columns = list(zip(*atoms, strict=True))
    made = ", ".join(f"unnest(${place}) AS {name}" for place, name in enumerate(["predicate", "slot", *names], 1))
    bench.run(f"CREATE TABLE background_slot AS SELECT {made}", [list(column) for column in columns])
    arities = {numbers[each.name]: each.arity for each in backdrop.vocabulary.predicates.values() if each.functional}
    bench.run("CREATE TABLE arity (predicate SMALLINT, arity INTEGER)")
    if arities:
        bench.run("INSERT INTO arity SELECT unnest(?), unnest(?)", [list(arities), list(arities.values())])
    same = " AND ".join(
        f"b.{name} = CASE WHEN b.slot = 1 AND arity.arity = {place + 1} THEN {NONE} ELSE s.{name} END"
        for place, name in enumerate(names)
    )
    bench.run(
        f"CREATE TABLE doubled AS SELECT s.rowid AS stated FROM stated s LEFT JOIN arity USING (predicate) "
        f"JOIN background_slot b ON b.predicate = s.predicate AND {same} WHERE s.flaw IS NULL"
    )
    bench.run("UPDATE stated SET flaw = 'background' WHERE rowid IN (SELECT stated FROM doubled)")
