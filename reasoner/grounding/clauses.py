"""A rule's body as a query over tables, built as a syntax tree: nothing in a rule ever becomes text to be parsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlglot import exp

from reasoner.grounding.coding import Coding
from reasoner.grounding.ordering import Step
from reasoner.grounding.relations import ROUND, ROW, SCOPE, Relation, number
from reasoner.terms import Arithmetic, Atom, ComparisonOperator, Term, Variable

TOO_LARGE = "number-too-large"
"""What a query fails with where arithmetic leaves the range of numbers."""

_OPERATORS: Mapping[ComparisonOperator, type[exp.Binary]] = {
    "=": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}


class Clause:
    """A query in the making: the tables it joins, what they must agree in, and what each variable is there.

    ``values`` maps variables to columns or computed values, ``scope`` is the incident's column once a table has one.
    """

    def __init__(self, coding: Coding, values: Mapping[Term, exp.Expr] | None = None) -> None:
        self._coding = coding
        self.values: dict[Term, exp.Expr] = dict(values or {})
        self.scope: exp.Expr | None = None
        self._tables: list[exp.Expr] = []
        self._conditions: list[exp.Expr] = []
        self.premises: list[exp.Expr] = []

    def over(self, table: str, alias: str, scoped: bool) -> None:
        """Go over the rows of a table as they are."""
        self._tables.append(exp.table_(table, alias=alias))
        if scoped:
            self._same_scope(exp.column(SCOPE, alias))

    def match(self, atom: Atom, relation: Relation) -> str:
        """Match a positive literal with the atoms of a relation; ``_`` matches anything. Returns its alias."""
        alias = f"l{len(self._tables)}"
        self.over(relation.table, alias, relation.scoped)
        self.premises.append(exp.column(ROW, alias))
        self.agree(atom, relation, alias)
        return alias

    def agree(self, atom: Atom, relation: Relation, alias: str) -> None:
        """Let the arguments of an atom be those of a table's rows."""
        for place, term in enumerate(atom.arguments):
            if isinstance(term, Variable) and term.anonymous:
                continue
            here = self.scope if place == relation.own and self.scope else relation.argument(place, alias)
            there = self.values.setdefault(term, here) if isinstance(term, Variable) else self.value(term)
            if there != here:
                self._conditions.append(exp.EQ(this=here.copy(), expression=there.copy()))

    def _same_scope(self, column: exp.Expr) -> None:
        if self.scope is None:
            self.scope = column
        else:
            self._conditions.append(exp.EQ(this=column, expression=self.scope.copy()))

    def found_in(self, alias: str, rounds: type[exp.Binary], than: int) -> None:
        """Keep to the atoms found in a round, or before it."""
        self._conditions.append(rounds(this=exp.column(ROUND, alias), expression=number(than)))

    def take(self, steps: Iterable[Step]) -> None:
        """Test comparisons, and let those with a target give it its value."""
        for step in steps:
            if step.target is None:
                self.compare(step.comparison.operator, step.comparison.left, step.comparison.right)
            else:
                self.values[step.target] = self.value(step.value)

    def compare(self, operator: ComparisonOperator, left: Term, right: Term) -> None:
        """Keep to rows where two terms compare so; numbers are in the order of what they stand for."""
        one, other = self.value(left), self.value(right)
        self._conditions.append(_OPERATORS[operator](this=one.copy(), expression=other.copy()))

    def value(self, term: Term) -> exp.Expr:
        """What a bound term is, as a number; where arithmetic has none, there is no row."""
        match term:
            case Variable():
                return self.values[term]
            case Arithmetic():
                if term not in self.values:
                    self.values[term] = self._computed(term)
                return self.values[term]
            case _:
                return number(self._coding.code(term))

    def _computed(self, term: Arithmetic) -> exp.Expr:
        left, right = self.value(term.left), self.value(term.right)
        for operand in (left, right):
            self._conditions.append(exp.LT(this=operand.copy(), expression=number(0)))
        one, other = self._plain(left), self._plain(right)
        found: exp.Expr
        match term.operator:
            case "+":
                found = exp.Add(this=one, expression=other)
            case "-":
                found = exp.Sub(this=one, expression=other)
            case "*":
                found = exp.Mul(this=one, expression=other)
        large = exp.GT(this=exp.Abs(this=exp.paren(found)), expression=number(self._coding.largest))
        code = exp.Sub(this=exp.paren(found.copy()), expression=number(self._coding.offset))
        both = exp.and_(*(exp.LT(this=each.copy(), expression=number(0)) for each in (left, right)))
        fails = exp.func("error", exp.Literal.string(TOO_LARGE))
        case = exp.Case().when(exp.and_(both, large), fails).when(both.copy(), code)
        self._conditions.append(exp.Is(this=case.copy(), expression=exp.Not(this=exp.Null())))
        return case

    def _plain(self, code: exp.Expr) -> exp.Expr:
        """The integer of a number, in 64 bits."""
        wide = exp.cast(code.copy(), exp.DataType.Type.BIGINT)
        return exp.paren(exp.Add(this=wide, expression=number(self._coding.offset)))

    def need(self, atoms: Iterable[Atom]) -> None:
        """Keep to rows where every expression in some atoms has a value."""
        for term in (term for atom in atoms for term in atom.arguments):
            if isinstance(term, Arithmetic):
                self.value(term)

    def require(self, condition: exp.Expr) -> None:
        """Keep to rows for which something holds."""
        self._conditions.append(condition)

    @property
    def whole(self) -> exp.Expr | None:
        """The table that the query is over, where that is one, of which it takes every row once."""
        return self._tables[0] if len(self._tables) == 1 and not self._conditions else None

    def select(self, columns: Mapping[str, exp.Expr]) -> exp.Select:
        """The query, with these columns; one row where it joins nothing. It takes the clause's parts: ask once."""
        named = columns.items() or [("one", number(1))]
        query = exp.select(*(exp.alias_(value.copy(), name, copy=False) for name, value in named), copy=False)
        for place, table in enumerate(self._tables):
            if place == 0:
                query.from_(table, copy=False)
            else:
                query.append("joins", exp.Join(this=table, kind="CROSS"))
        return query.where(*self._conditions, copy=False)


def columns_of(values: Sequence[exp.Expr], name: str) -> dict[str, exp.Expr]:
    """Some values as numbered columns."""
    return {f"{name}{place}": value for place, value in enumerate(values)}
