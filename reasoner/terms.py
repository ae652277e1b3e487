"""The words of the rule language as values: constants, variables, atoms, literals, rules, spans.

Everything here is frozen and hashable. A *symbol* is a plain ``str`` (``kataib_hezbollah``), an integer is an
``int``, and a quoted string is a `Quoted`: ``abc`` and ``"abc"`` are different constants, as in clingo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import TypeAlias


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


BodyElement: TypeAlias = Literal | Comparison


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
        """The names of the rule's variables, in order of first appearance, without ``_``."""
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


def atom_variables(atom: Atom) -> Iterator[str]:
    """Yield the names of the atom's variables, left to right, without ``_``."""
    for argument in atom.arguments:
        yield from term_variables(argument)


def element_variables(element: BodyElement) -> Iterator[str]:
    """Yield the names of a body element's variables, left to right, without ``_``."""
    if isinstance(element, Literal):
        yield from atom_variables(element.atom)
    else:
        yield from term_variables(element.left)
        yield from term_variables(element.right)


def order_key(constant: Constant) -> tuple[int, int, str]:
    """Sort key of constants: integers before symbols before strings, as clingo orders them."""
    match constant:
        case int():
            return (0, constant, "")
        case str():
            return (1, 0, constant)
        case Quoted(text):
            return (2, 0, text)
