"""The words of the rule language as values: constants, variables, atoms, literals, aggregates, rules, spans.

Everything here is frozen and hashable. A *symbol* is a plain ``str`` (``kataib_hezbollah``), an integer is an
``int``, and a quoted string is a `Quoted`: ``abc`` and ``"abc"`` are different constants, as in clingo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias
from typing import Literal as OneOf


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a file: lines and columns count from 1, the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted string constant, such as a date."""

    text: str


Constant: TypeAlias = str | int | Quoted


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; the name ``_`` is anonymous: each occurrence stands for a variable of its own."""

    name: str

    @property
    def anonymous(self) -> bool:
        """Whether this is ``_``."""
        return self.name == "_"


ArithmeticOperator: TypeAlias = OneOf["+", "-", "*"]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """An integer expression; on anything but integers it has no value, and the rule instance does not exist."""

    operator: ArithmeticOperator
    left: Term
    right: Term


Term: TypeAlias = Constant | Variable | Arithmetic


@dataclass(frozen=True, slots=True)
class Atom:
    """A predicate with its arguments; *ground* when no variable is left in them."""

    predicate: str
    arguments: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """Write the atom in the rule language."""
        if not self.arguments:
            return self.predicate
        return f"{self.predicate}({', '.join(map(term_text, self.arguments))})"


ComparisonOperator: TypeAlias = OneOf["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom in a body, or the absence of one."""

    atom: Atom
    negated: bool = False
    span: Span | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Write the literal in the rule language."""
        return f"not {self.atom}" if self.negated else str(self.atom)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two terms compared; ``=`` with a lone unbound variable on one side binds it to the other side's value."""

    operator: ComparisonOperator
    left: Term
    right: Term
    span: Span | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Write the comparison in the rule language."""
        return f"{term_text(self.left)} {self.operator} {term_text(self.right)}"


Condition: TypeAlias = Literal | Comparison
"""What an aggregate asks of what it counts."""

AggregateFunction: TypeAlias = OneOf["count", "sum", "min", "max"]


@dataclass(frozen=True, slots=True)
class AggregateElement:
    """What an aggregate counts, and on which condition: the terms of a tuple, at least one, and literals."""

    terms: tuple[Term, ...]
    condition: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        """Write the element in the rule language."""
        terms = ", ".join(map(term_text, self.terms))
        return f"{terms} : {', '.join(map(str, self.condition))}" if self.condition else terms

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of all its variables, in order of first appearance, without ``_``."""
        seen = dict.fromkeys(name for term in self.terms for name in term_variables(term))
        for element in self.condition:
            seen.update(dict.fromkeys(element_variables(element)))
        return tuple(seen)


@dataclass(frozen=True, slots=True)
class Guard:
    """What an aggregate's value is compared with."""

    operator: ComparisonOperator
    term: Term


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``left.term left.operator #function{ elements } right.operator right.term``, with at least one of the guards.

    Each tuple counts once, however often its condition holds. ``=`` with a lone variable that has no value yet gives
    it the aggregate's. A variable that stands outside all braces of a rule (in a guard, say) is *global*: it has the
    value there that it has outside. Any other is *local* to its element.
    """

    function: AggregateFunction
    elements: tuple[AggregateElement, ...]
    left: Guard | None = None
    right: Guard | None = None
    span: Span | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Write the aggregate in the rule language."""
        left = f"{term_text(self.left.term)} {self.left.operator} " if self.left else ""
        right = f" {self.right.operator} {term_text(self.right.term)}" if self.right else ""
        return f"{left}#{self.function}{{ {'; '.join(map(str, self.elements))} }}{right}"

    @property
    def guards(self) -> tuple[Guard, ...]:
        """The guards as they read with the aggregate on their left."""
        turned = (Guard(TURNED[self.left.operator], self.left.term),) if self.left else ()
        return (*turned, self.right) if self.right else turned

    @property
    def inner_variables(self) -> frozenset[str]:
        """The names of the variables inside the braces."""
        return frozenset(name for element in self.elements for name in element.variables)

    @property
    def assignable(self) -> tuple[str, ...]:
        """The variables that it gives a value where nothing else does."""
        lone = (guard.term for guard in self.guards if guard.operator == "=")
        return tuple(term.name for term in lone if isinstance(term, Variable) and not term.anonymous)


TURNED: dict[ComparisonOperator, ComparisonOperator] = {
    "=": "=",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}
"""Each comparison as it reads with its sides exchanged."""

BodyElement: TypeAlias = Literal | Comparison | Aggregate


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause with its name and its sentence.

    ``sentence`` is the template written above the rule, with variables in braces, or None where there is none.
    A rule with an empty body is a fact of the rule base. Equality ignores where the rule stands.
    """

    name: str
    sentence: str | None
    head: Atom
    body: tuple[BodyElement, ...]
    span: Span | None = field(default=None, compare=False)
    named: bool = field(default=True, compare=False)

    def __str__(self) -> str:
        """Write the clause, without its comment, on one line."""
        if not self.body:
            return f"{self.head}."
        return f"{self.head} :- {', '.join(map(str, self.body))}."

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the rule's variables, in order of first appearance, without ``_`` and those local to braces."""
        seen: dict[str, None] = dict.fromkeys(atom_variables(self.head))
        for element in self.body:
            seen.update(dict.fromkeys(element_variables(element)))
        return tuple(seen)


_SYMBOL = re.compile(r"_*[a-z][A-Za-z0-9_]*\Z")


def is_symbol(text: str) -> bool:
    """Whether the text can stand in a rule file as a constant without quotes."""
    return _SYMBOL.match(text) is not None and text != "not"


def term_text(term: Term) -> str:
    """Write a term in the rule language."""
    match term:
        case Quoted(text):
            escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{escaped}"'
        case Variable(name):
            return name
        case Arithmetic():
            return _arithmetic_text(term)
        case _:
            return str(term)


_BINDS = {"+": 1, "-": 1, "*": 2}


def _arithmetic_text(term: Arithmetic) -> str:
    strength = _BINDS[term.operator]
    left, right = term_text(term.left), term_text(term.right)
    if isinstance(term.left, Arithmetic) and _BINDS[term.left.operator] < strength:
        left = f"({left})"
    if isinstance(term.right, Arithmetic) and _BINDS[term.right.operator] <= strength:
        right = f"({right})"
    return f"{left}{term.operator}{right}"


def term_variables(term: Term) -> Iterator[str]:
    """Yield the names of the term's variables, left to right, without ``_``."""
    match term:
        case Variable(name) if name != "_":
            yield name
        case Arithmetic(_, left, right):
            yield from term_variables(left)
            yield from term_variables(right)


def term_constants(term: Term) -> Iterator[Constant]:
    """Yield the constants that a term writes out, left to right."""
    match term:
        case Variable():
            return
        case Arithmetic(_, left, right):
            yield from term_constants(left)
            yield from term_constants(right)
        case _:
            yield term


def atom_constants(atom: Atom) -> Iterator[Constant]:
    """Yield the constants that an atom writes out, left to right: all its arguments where it is ground."""
    for argument in atom.arguments:
        yield from term_constants(argument)


def rule_constants(rule: Rule) -> Iterator[Constant]:
    """Yield every constant that a rule writes out, those inside aggregates, too; some may come twice."""
    yield from atom_constants(rule.head)
    for element in rule.body:
        yield from _element_constants(element)


def _element_constants(element: BodyElement) -> Iterator[Constant]:
    match element:
        case Literal(atom):
            terms = atom.arguments
        case Comparison(_, left, right):
            terms = (left, right)
        case Aggregate():
            counted = (term for each in element.elements for term in each.terms)
            terms = (*(guard.term for guard in element.guards), *counted)
            for condition in (each for part in element.elements for each in part.condition):
                yield from _element_constants(condition)
    for term in terms:
        yield from term_constants(term)


def atom_variables(atom: Atom) -> Iterator[str]:
    """Yield the names of the atom's variables, left to right, without ``_``."""
    for argument in atom.arguments:
        yield from term_variables(argument)


def element_variables(element: BodyElement) -> Iterator[str]:
    """Yield the names of a body element's variables, left to right, without ``_``; of an aggregate, its guards'."""
    match element:
        case Literal(atom):
            yield from atom_variables(atom)
        case Comparison(_, left, right):
            yield from term_variables(left)
            yield from term_variables(right)
        case Aggregate():
            for guard in (element.left, element.right):
                if guard:
                    yield from term_variables(guard.term)


def literals_in(body: Iterable[BodyElement]) -> Iterator[Literal]:
    """Yield every literal of a body, those inside aggregates where these stand."""
    for element in body:
        if isinstance(element, Literal):
            yield element
        elif isinstance(element, Aggregate):
            for counted in element.elements:
                yield from literals_in(counted.condition)


COMPARE: dict[ComparisonOperator, Callable[[Any, Any], Any]] = {
    "=": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
"""What each comparison does to numbers, to keys of one order, or to arrays of them."""


def compares(operator: ComparisonOperator, one: Constant, other: Constant) -> bool:
    """Whether two constants compare so, in clingo's order."""
    return bool(COMPARE[operator](order_key(one), order_key(other)))


def order_key(constant: Constant) -> tuple[int, int, str]:
    """Sort key of constants: integers before symbols before strings, as clingo orders them."""
    match constant:
        case int():
            return (0, constant, "")
        case str():
            return (1, 0, constant)
        case Quoted(text):
            return (2, 0, text)
