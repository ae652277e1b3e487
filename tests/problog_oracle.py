"""ProbLog as the independent oracle of probabilities: it shares no code with the reasoner but the terms.

`model` writes rules and a base as a ProbLog program, `probabilities` has ProbLog solve it exactly (by compiling it to
sentential decision diagrams), `within` does so in a process of its own that is stopped in time.
Functional rivals become annotated disjunctions. What facts say (``f_p``) is kept apart from what holds (``p_p``), so
that a draw within another fact asks for what was drawn, as the reasoner does, not for what follows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from reasoner.evidence.base import Base, Draw
from reasoner.terms import (
    Arithmetic,
    Atom,
    BodyElement,
    Comparison,
    Constant,
    Literal,
    Quoted,
    Rule,
    Term,
    Variable,
    element_variables,
    term_variables,
)

NEGLIGIBLE = 1e-15
"""ProbLog also lists atoms that hold nowhere, some with rounding left over."""


class NotSayableError(ValueError):
    """ProbLog has no words for a construct."""


def model(rules: Sequence[Rule], base: Base, asked: Iterable[str] = ()) -> str:
    """The ProbLog program; it asks for every atom of the predicates ``asked``, or of all.

    Raises:
        NotSayableError: a rule uses what ProbLog lacks.
    """
    certain = [atom for atom, fact in base.facts.items() if fact.certain]
    atoms = [*certain, *_values(base.draws), *_atoms(rules)]
    arities = {atom.predicate: len(atom.arguments) for atom in atoms}
    wanted = set(asked) or set(arities)
    frame = [line for name, arity in sorted(arities.items()) for line in _frame(name, arity, name in wanted)]
    facts = [f"{_atom('f', atom)}." for atom in certain]
    clauses = [_Clause(number).text(rule) for number, rule in enumerate(rules)]
    return "\n".join([*frame, *_order(atoms, rules), *facts, *map(_choice, base.draws), *clauses, ""])


def probabilities(text: str) -> dict[Atom, float]:
    """The probability of every ground atom asked for that can hold."""
    from problog import get_evaluatable
    from problog.program import PrologString

    found = get_evaluatable("sdd").create_from(PrologString(text)).evaluate()
    return {_to_atom(term): float(p) for term, p in found.items() if term.is_ground() and p > NEGLIGIBLE}


@dataclass(frozen=True, slots=True)
class Solved:
    """What ProbLog made of a program in the time it had: how many atoms, and how long the solving took."""

    atoms: Mapping[str, float]
    seconds: float


def within(text: str, seconds: float) -> Solved | None:
    """The probabilities by the atoms' text, solved in a process of its own; None where the time didn't suffice."""
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "tests.problog_oracle"]
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, timeout=seconds, check=True, cwd=root
        )
    except subprocess.TimeoutExpired:
        return None
    answer = json.loads(done.stdout)
    return Solved(answer["atoms"], answer["seconds"])


def _choice(draw: Draw) -> str:
    heads = [f"{share!r}::{_atom('f', value)}" for value, share in zip(draw.values, draw.shares, strict=True)]
    gate = "" if draw.within is None else f" :- {_atom('f', draw.within)}"
    return f"{'; '.join(heads)}{gate}."


def _frame(name: str, arity: int, asked: bool) -> Iterator[str]:
    """That facts hold, and that ProbLog may ask for a predicate which no clause mentions."""
    places = ", ".join(f"A{place}" for place in range(arity))
    arguments = f"({places})" if arity else ""
    yield f"f_{name}{arguments} :- fail."
    yield f"p_{name}{arguments} :- f_{name}{arguments}."
    if asked:
        yield f"query(p_{name}{arguments})."


def _values(draws: Iterable[Draw]) -> Iterator[Atom]:
    for draw in draws:
        yield from draw.values
        if draw.within is not None:
            yield draw.within


def _atoms(rules: Iterable[Rule]) -> Iterator[Atom]:
    for rule in rules:
        yield rule.head
        yield from (element.atom for element in rule.body if isinstance(element, Literal))


def _order(atoms: Iterable[Atom], rules: Iterable[Rule]) -> Iterator[str]:
    """The order of constants as clauses: integers, then symbols, then strings."""
    compared = [element for rule in rules for element in rule.body if isinstance(element, Comparison)]
    terms = {
        *(term for atom in atoms for term in atom.arguments),
        *(side for c in compared for side in (c.left, c.right)),
    }
    symbols = sorted(term for term in terms if isinstance(term, str))
    strings = sorted((term for term in terms if isinstance(term, Quoted)), key=lambda string: string.text)
    yield from (f"rank({_constant(term)}, {number})." for number, term in enumerate([*symbols, *strings]))
    yield "rank(none, -1)."
    yield "less(X, Y) :- integer(X), integer(Y), X < Y."
    yield "less(X, Y) :- integer(X), \\+integer(Y)."
    yield "less(X, Y) :- \\+integer(X), \\+integer(Y), rank(X, A), rank(Y, B), A < B."


@dataclass(slots=True)
class _Clause:
    """One rule on its way to ProbLog: positive literals first, then what is computed, then what is tested."""

    number: int
    helpers: list[str] = field(default_factory=list)
    fresh: Iterator[int] = field(default_factory=count)

    def text(self, rule: Rule) -> str:
        """The clause, after those for its negated literals with ``_``."""
        goals: list[str] = []
        binding = [element for element in rule.body if isinstance(element, Literal) and not element.negated]
        literals = [self._literal(literal.atom, goals) for literal in binding]
        bound = {name for literal in binding for name in element_variables(literal)}
        waiting = [element for element in rule.body if element not in binding]
        while waiting:
            element = next((e for e in waiting if _assigns(e, bound)), waiting[0])
            waiting.remove(element)
            goals += self._tested(element, bound)
        head = self._literal(rule.head, goals)
        body = ", ".join([*literals, *goals])
        return "\n".join([*self.helpers, f"{head} :- {body}." if body else f"{head}."])

    def _tested(self, element: BodyElement, bound: set[str]) -> list[str]:
        if isinstance(element, Literal):
            return self._absence(element.atom)
        if isinstance(element, Comparison):
            return self._comparison(element, bound)
        raise NotSayableError(f"ProbLog has no `{element}`")

    def _literal(self, atom: Atom, goals: list[str]) -> str:
        return _written("p", atom.predicate, [self._term(term, goals) for term in atom.arguments])

    def _absence(self, atom: Atom) -> list[str]:
        goals: list[str] = []
        arguments = [self._term(term, goals) for term in atom.arguments]
        literal = _written("p", atom.predicate, arguments)
        if Variable("_") not in atom.arguments:
            return [*goals, f"\\+{literal}"]
        known = [written for written, term in zip(arguments, atom.arguments, strict=True) if term != Variable("_")]
        helper = _written("some", f"{self.number}_{len(self.helpers)}", [name for name in known if name[0] in "VR"])
        self.helpers.append(f"{helper} :- {literal}.")
        return [*goals, f"\\+{helper}"]

    def _comparison(self, comparison: Comparison, bound: set[str]) -> list[str]:
        goals: list[str] = []
        left, right = (self._term(term, goals) for term in (comparison.left, comparison.right))
        free = {name for name in element_variables(comparison) if name not in bound}
        if comparison.operator == "=" and free:
            bound |= free
            return [*goals, f"{left} = {right}"]
        tests = {
            "=": f"{left} = {right}",
            "!=": f"{left} \\= {right}",
            "<": f"less({left}, {right})",
            ">": f"less({right}, {left})",
            "<=": f"\\+less({right}, {left})",
            ">=": f"\\+less({left}, {right})",
        }
        return [*goals, tests[comparison.operator]]

    def _term(self, term: Term, goals: list[str]) -> str:
        """The term as an argument; what has to be computed for it, and to be a number, is added to the goals."""
        if term == Variable("_"):
            return f"Any{next(self.fresh)}"
        if isinstance(term, Variable):
            return f"V{term.name}"
        if not isinstance(term, Arithmetic):
            return _constant(term)
        goals += [f"integer(V{name})" for name in dict.fromkeys(term_variables(term))]
        result = f"R{next(self.fresh)}"
        goals.append(f"{result} is {_expression(term)}" if _numeric(term) else "fail")
        return result


def _assigns(element: BodyElement, bound: set[str]) -> bool:
    """Whether this gives a variable its value, all others being known."""
    if not isinstance(element, Comparison) or element.operator != "=":
        return False
    free = [side for side in (element.left, element.right) if not bound.issuperset(term_variables(side))]
    return len(free) == 1 and isinstance(free[0], Variable)


def _numeric(term: Term) -> bool:
    if isinstance(term, Arithmetic):
        return _numeric(term.left) and _numeric(term.right)
    return isinstance(term, (int, Variable))


def _expression(term: Term) -> str:
    if isinstance(term, Arithmetic):
        return f"({_expression(term.left)} {term.operator} {_expression(term.right)})"
    return f"V{term.name}" if isinstance(term, Variable) else f"({term})"


def _atom(kind: str, atom: Atom) -> str:
    return _written(kind, atom.predicate, [_constant(term) for term in atom.arguments])


def _written(kind: str, predicate: str, arguments: Sequence[str]) -> str:
    return f"{kind}_{predicate}({', '.join(arguments)})" if arguments else f"{kind}_{predicate}"


def _constant(term: Term) -> str:
    match term:
        case Quoted(text):
            return f"quoted(h{text.encode().hex()})"
        case int() | str():
            return str(term)
    raise NotSayableError(f"{term} is no constant")


def _to_atom(term: object) -> Atom:
    return Atom(term.functor.removeprefix("p_"), tuple(map(_to_constant, term.args)))


def _to_constant(term: object) -> Constant:
    if term.functor == "quoted":
        return Quoted(bytes.fromhex(str(term.args[0])[1:]).decode())
    return int(term) if term.is_constant() else str(term.functor)


def _main() -> None:
    """Solve the program on standard input; print the atoms' probabilities and the seconds as JSON."""
    import time

    text = sys.stdin.read()
    begun = time.perf_counter()
    found = probabilities(text)
    taken = time.perf_counter() - begun
    print(json.dumps({"atoms": {str(atom): p for atom, p in found.items()}, "seconds": taken}))


if __name__ == "__main__":
    _main()
