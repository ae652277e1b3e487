"""Random programs of the rule language, always safe and stratified, small enough to check by the thousand.

They use negation, and where asked aggregates, over mutual recursion, comparisons, arithmetic outside recursion,
constants and computed values in heads, ``_`` in positive and negated literals, repeated variables, predicates without
arguments, facts in the rule base, and symbols, integers and strings that look alike. Beside each ``#min`` and ``#max``
stands that there is something to look at, where clingo would compare with infinity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from reasoner.language.vocabulary import Argument, Predicate, Scales, Vocabulary
from reasoner.terms import (
    Aggregate,
    AggregateElement,
    AggregateFunction,
    Arithmetic,
    Atom,
    BodyElement,
    Comparison,
    ComparisonOperator,
    Condition,
    Constant,
    Guard,
    Literal,
    Quoted,
    Rule,
    Term,
    Variable,
    atom_variables,
    literals_in,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from reasoner.language.program import Program

FILE = "random.dl"
"""The file name under which a random program is checked."""

ANONYMOUS = Variable("_")
_NAMES = tuple(map(Variable, "XYZW"))
_CONSTANTS: tuple[Constant, ...] = ("a", "b", "c", 1, 2, 3, Quoted("a"), Quoted("1"), 0)
_GUARDS: tuple[ComparisonOperator, ...] = ("=", "!=", "<", "<=", ">", ">=")
_OPERATORS: tuple[ComparisonOperator, ...] = ("!=", "!=", "!=", "=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class RandomProgram:
    """A program with facts that may hold.

    ``text`` is the rule file, with a name above each rule; ``rules`` are the same rules, in the same order.
    ``credences`` gives the probability of each fact in ``facts``, in (0, 1]; about one in five is certain.
    """

    text: str
    rules: tuple[Rule, ...]
    facts: tuple[Atom, ...]
    credences: tuple[float, ...]

    def world(self, rng: Random) -> tuple[Atom, ...]:
        """A random world: the certain facts, and each other one with even chance."""
        weighed = zip(self.facts, self.credences, strict=True)
        return tuple(fact for fact, credence in weighed if credence == 1.0 or rng.random() < 0.5)


@dataclass(frozen=True, slots=True)
class _Signature:
    """What a random program is made from: predicates (name, arity) by level; level 0 are facts alone."""

    levels: tuple[tuple[tuple[str, int], ...], ...]
    constants: tuple[Constant, ...]


def random_program(rng: Random, aggregates: bool = False) -> RandomProgram:
    """A random safe, stratified program whose every ground instance is finite; the same for the same generator."""
    signature = _signature(rng)
    heads = [(level, predicate) for level in (1, 2, 3) for predicate in signature.levels[level]]
    rules = []
    for number in range(rng.randint(2, 9)):
        level, predicate = heads[number] if number < len(heads) else rng.choice(heads)
        rules.append(_rule(rng, signature, level, predicate, f"r{number}", aggregates))
    facts = _facts(rng, signature)
    credences = tuple(1.0 if rng.random() < 0.2 else rng.choice((0.1, 0.35, 0.5, 0.65, 0.845, 0.97)) for _ in facts)
    return RandomProgram(rules_text(rules), tuple(rules), facts, credences)


def random_programs() -> SearchStrategy[RandomProgram]:
    """A hypothesis strategy of random programs, with aggregates."""
    from hypothesis import strategies

    return strategies.builds(random_program, strategies.randoms(use_true_random=False), strategies.just(True))


def rules_text(rules: Iterable[Rule]) -> str:
    """The rules as a file, each under its name and sentence."""
    return "\n".join(f"%% [{rule.name}] {rule.sentence or 'So it is.'}\n{rule}\n" for rule in rules)


def checked(program: RandomProgram) -> Program:
    """The program after every check, over a vocabulary that declares what it mentions."""
    return checked_text(program.text, program.rules, program.facts)


def checked_text(text: str, rules: Iterable[Rule], facts: Iterable[Atom]) -> Program:
    """Rule text after every check, over a vocabulary that declares the predicates of these rules and facts."""
    from reasoner.language.checking import build_program

    return build_program({FILE: text}, vocabulary(rules, facts), SCALES, None)


def vocabulary(rules: Iterable[Rule], facts: Iterable[Atom]) -> Vocabulary:
    """A vocabulary that declares every predicate of facts and bodies, each argument a free constant."""
    atoms = [*facts]
    for rule in rules:
        atoms += [literal.atom for literal in literals_in(rule.body)]
    arities = {atom.predicate: len(atom.arguments) for atom in atoms}
    declared = {name: _predicate(name, arity) for name, arity in sorted(arities.items())}
    return Vocabulary(declared, {})


def _predicate(name: str, arity: int) -> Predicate:
    arguments = tuple(Argument(f"argument_{place}", ("Term", "Number", "Date")) for place in range(arity))
    return Predicate(name, arguments, f"{name} holds")


SCALES = Scales({}, {}, {}, {}, {}, {}, 10.0, 10.0, -60.0)
"""Scales without a figure that grounding could read."""


def _signature(rng: Random) -> _Signature:
    arities = (0, 1, 1, 2, 2, 2, 2, 3)
    base = tuple((f"e{number}", rng.choice(arities)) for number in range(rng.randint(2, 4)))
    derived: list[list[tuple[str, int]]] = [[], [], []]
    for number in range(rng.randint(2, 5)):
        rng.choice(derived).append((f"p{number}", rng.choice(arities)))
    constants = tuple(rng.sample(_CONSTANTS, rng.choice((2, 3, 3, 4))))
    return _Signature((base, *map(tuple, derived)), constants)


def _facts(rng: Random, signature: _Signature) -> tuple[Atom, ...]:
    derived = [predicate for level in signature.levels[1:] for predicate in level]
    chosen = [*signature.levels[0]] * rng.choice((3, 5, 8)) + [rng.choice(derived) for _ in range(rng.randint(0, 3))]
    found: dict[Atom, None] = {}
    for name, arity in chosen:
        found[Atom(name, tuple(rng.choice(signature.constants) for _ in range(arity)))] = None
    return tuple(found)


def _rule(rng: Random, signature: _Signature, level: int, head: tuple[str, int], name: str, aggregates: bool) -> Rule:
    recursive_ok = rng.random() < 0.6
    below = [predicate for lower in signature.levels[:level] for predicate in lower]
    usable = below + list(signature.levels[level]) * 3 if recursive_ok else below
    body: list[BodyElement] = [_positive(rng, signature, usable) for _ in range(rng.choice((0, 1, 1, 2, 2, 2, 2, 3)))]
    bound = _bound(body)
    if not recursive_ok and rng.random() < 0.3:
        body.append(_assignment(rng, signature, bound))
        bound = _bound(body)
    body += [_negated(rng, signature, below, bound) for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    if aggregates and rng.random() < 0.4:
        body += _aggregates(rng, signature, below, body, not recursive_ok)
        bound = _bound(body)
    body += [_comparison(rng, signature, bound) for _ in range(rng.choice((0, 0, 0, 0, 1, 2)))]
    rng.shuffle(body)
    predicate, arity = head
    arguments = tuple(_head_term(rng, signature, bound, not recursive_ok) for _ in range(arity))
    return Rule(name, "So it is.", Atom(predicate, arguments), tuple(body))


def _bound(body: Iterable[BodyElement]) -> list[Variable]:
    names: dict[str, None] = {}
    for element in body:
        if isinstance(element, Literal):
            names.update(dict.fromkeys(atom_variables(element.atom)))
        elif isinstance(element, Aggregate):
            names.update(dict.fromkeys(element.assignable))
        elif isinstance(element.left, Variable):
            names[element.left.name] = None
    return [Variable(name) for name in names]


def _positive(rng: Random, signature: _Signature, usable: list[tuple[str, int]]) -> Literal:
    name, arity = rng.choice(usable)
    arguments: list[Term] = []
    for _ in range(arity):
        chance = rng.random()
        if chance < 0.12:
            arguments.append(ANONYMOUS)
        elif chance < 0.2:
            arguments.append(rng.choice(signature.constants))
        else:
            arguments.append(rng.choice(_NAMES))
    return Literal(Atom(name, tuple(arguments)))


def _negated(rng: Random, signature: _Signature, below: list[tuple[str, int]], bound: list[Variable]) -> Literal:
    name, arity = rng.choice(below)
    arguments: list[Term] = []
    for _ in range(arity):
        chance = rng.random()
        if chance < 0.15:
            arguments.append(ANONYMOUS)
        else:
            arguments.append(_value(rng, signature, bound))
    return Literal(Atom(name, tuple(arguments)), negated=True)


def _comparison(rng: Random, signature: _Signature, bound: list[Variable]) -> Comparison:
    left = _expression(rng, bound) if rng.random() < 0.15 else _value(rng, signature, bound)
    right = _expression(rng, bound) if rng.random() < 0.15 else _value(rng, signature, bound)
    return Comparison(rng.choice(_OPERATORS), left, right)


def _assignment(rng: Random, signature: _Signature, bound: list[Variable]) -> Comparison:
    free = [variable for variable in (*_NAMES, Variable("V")) if variable not in bound]
    value = _expression(rng, bound) if rng.random() < 0.7 else _value(rng, signature, bound)
    return Comparison("=", rng.choice(free), value)


def _head_term(rng: Random, signature: _Signature, bound: list[Variable], computed: bool) -> Term:
    if computed and rng.random() < 0.1:
        return _expression(rng, bound)
    return _value(rng, signature, bound)


_LOCAL = tuple(map(Variable, "KLM"))
_FUNCTIONS: tuple[AggregateFunction, ...] = ("count", "count", "sum", "min", "max")
_COUNTED = Variable("N")


def _aggregates(
    rng: Random, signature: _Signature, below: list[tuple[str, int]], body: list[BodyElement], assigning: bool
) -> list[BodyElement]:
    """An aggregate that tests, or gives `N` its value; that there is something to look at beside ``#min`` or ``#max``.

    One that gives a value has a positive condition in each of its elements, and knows what the atoms around it give; a
    sum then goes over facts.
    """
    function = rng.choice(_FUNCTIONS)
    assigns = assigning and rng.random() < 0.6
    bound = _bound(each for each in body if not assigns or (isinstance(each, Literal) and not each.negated))
    usable = list(signature.levels[0]) if assigns and function == "sum" else below
    elements = tuple(_counted(rng, signature, usable, bound, assigns) for _ in range(rng.choice((1, 1, 1, 2))))
    if assigns:
        made = Aggregate(function, elements, Guard("=", _COUNTED))
    else:
        guards = [_guard(rng, signature, bound) for _ in range(2)]
        made = Aggregate(function, elements, *rng.choice(((guards[0], None), (None, guards[1]), tuple(guards))))
    something = Aggregate("count", elements, None, Guard(">=", 1))
    return [made, something] if function in ("min", "max") else [made]


def _guard(rng: Random, signature: _Signature, bound: list[Variable]) -> Guard:
    chance = rng.random()
    if chance < 0.5:
        return Guard(rng.choice(_GUARDS), rng.randint(0, 3))
    term = _expression(rng, bound) if chance < 0.6 else _value(rng, signature, bound)
    return Guard(rng.choice(_GUARDS), term)


def _counted(
    rng: Random, signature: _Signature, usable: list[tuple[str, int]], bound: list[Variable], positive: bool
) -> AggregateElement:
    condition: list[Condition] = []
    for _ in range(rng.choice((1, 1, 1, 2)) if positive or rng.random() < 0.9 else 0):
        name, arity = rng.choice(usable)
        condition.append(Literal(Atom(name, tuple(_inner(rng, signature, bound) for _ in range(arity)))))
    known = bound + [v for v in _LOCAL if any(v in literal.atom.arguments for literal in literals_in(condition))]
    free = [variable for variable in _LOCAL if variable not in known]
    if free and rng.random() < 0.1:
        condition.append(Comparison("=", free[0], _expression(rng, known)))
        known.append(free[0])
    if rng.random() < 0.2:
        condition.append(_negated(rng, signature, usable, known))
    if rng.random() < 0.2:
        condition.append(_comparison(rng, signature, known))
    rng.shuffle(condition)
    terms = [_value(rng, signature, known) for _ in range(rng.choice((1, 1, 2)))]
    if rng.random() < 0.1:
        terms[0] = _expression(rng, known)
    return AggregateElement(tuple(terms), tuple(condition))


def _inner(rng: Random, signature: _Signature, bound: list[Variable]) -> Term:
    chance = rng.random()
    if chance < 0.1:
        return ANONYMOUS
    if chance < 0.2:
        return rng.choice(signature.constants)
    return rng.choice(bound) if bound and chance < 0.45 else rng.choice(_LOCAL)


def _value(rng: Random, signature: _Signature, bound: list[Variable]) -> Term:
    if bound and rng.random() < 0.8:
        return rng.choice(bound)
    return rng.choice(signature.constants)


def _expression(rng: Random, bound: list[Variable]) -> Arithmetic:
    left: Term = rng.choice(bound) if bound and rng.random() < 0.8 else rng.randint(0, 3)
    right: Term = rng.choice(bound) if bound and rng.random() < 0.3 else rng.randint(0, 3)
    if rng.random() < 0.2:
        right = Arithmetic(rng.choice(("+", "-", "*")), right, rng.randint(1, 2))
    return Arithmetic(rng.choice(("+", "-", "*")), left, right)
