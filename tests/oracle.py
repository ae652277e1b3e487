"""clingo as the independent oracle: it reads the rule text itself and shares no code with the reasoner but the terms.

`stable_atoms` gives what is true in one world, `stable_worlds` and `Switched` the same for many worlds at the cost of
one grounding, `instances` every ground instance of every rule once negation and the bounds of aggregates are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import clingo

from reasoner.terms import (
    Aggregate,
    AggregateElement,
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
    term_text,
    term_variables,
)

Read = TypeVar("Read")


def to_symbol(constant: Constant) -> clingo.Symbol:
    """The clingo symbol of a constant."""
    match constant:
        case int():
            return clingo.Number(constant)
        case Quoted(text):
            return clingo.String(text)
        case str():
            return clingo.Function(constant)


def to_constant(symbol: clingo.Symbol) -> Constant:
    """The constant of a clingo symbol; ValueError for what the rule language lacks (compound terms, #inf)."""
    if symbol.type is clingo.SymbolType.Number:
        return symbol.number
    if symbol.type is clingo.SymbolType.String:
        return Quoted(symbol.string)
    if symbol.type is clingo.SymbolType.Function and not symbol.arguments and symbol.positive and symbol.name:
        return symbol.name
    msg = f"{symbol} is not a constant of the rule language"
    raise ValueError(msg)


def to_atom(symbol: clingo.Symbol) -> Atom:
    """The ground atom of a clingo function symbol."""
    return Atom(symbol.name, tuple(map(to_constant, symbol.arguments)))


def facts_text(facts: Iterable[Atom]) -> str:
    """Facts as clingo reads them, one a line."""
    return "\n".join(f"{fact}." for fact in facts)


def stable_atoms(program_text: str, facts: Iterable[Atom]) -> frozenset[Atom]:
    """The atoms of the one stable model of the rule text, unchanged, with these facts.

    Raises ValueError unless there is exactly one stable model (a stratified program always has one), RuntimeError
    when clingo rejects the text.
    """
    control = _grounded(f"{program_text}\n{facts_text(facts)}\n")
    return frozenset(map(to_atom, _only_model(control, _all_true)))


def stable_worlds(
    program_text: str, facts: Sequence[Atom], worlds: Iterable[Iterable[Atom]]
) -> tuple[frozenset[Atom], ...]:
    """`stable_atoms` for each world, a subset of ``facts``, grounding the text once."""
    switched = Switched(program_text, facts)
    return tuple(map(switched.stable_atoms, worlds))


class Switched:
    """A rule text, unchanged, grounded once over facts that each hang on an external atom of their own."""

    def __init__(self, program_text: str, facts: Sequence[Atom]) -> None:
        switches = [Atom("world_switch__", (number,)) for number in range(len(facts))]
        lines = [f"#external {switch}. {fact} :- {switch}." for switch, fact in zip(switches, facts, strict=True)]
        self._control = _grounded("\n".join([program_text, *lines, ""]))
        atoms = self._control.symbolic_atoms
        self._switches = {fact: _literal(atoms, switch) for fact, switch in zip(facts, switches, strict=True)}
        self._known = [(each.literal, each.symbol) for each in atoms if each.symbol.name != "world_switch__"]
        self._atoms: dict[int, Atom] = {}
        self._held: frozenset[Atom] = frozenset()

    def stable_atoms(self, world: Iterable[Atom]) -> frozenset[Atom]:
        """The atoms of the one stable model with those of the facts that a world has."""
        held = frozenset(world)
        for fact in held ^ self._held:
            self._control.assign_external(self._switches[fact], fact in held)
        self._held = held
        true = _only_model(self._control, self._true)
        return frozenset(map(self._atom, true))

    def _true(self, model: clingo.Model) -> list[int]:
        return [place for place, (literal, _) in enumerate(self._known) if model.is_true(literal)]

    def _atom(self, place: int) -> Atom:
        if place not in self._atoms:
            self._atoms[place] = to_atom(self._known[place][1])
        return self._atoms[place]


def instances(rules: Sequence[Rule], facts: Iterable[Atom]) -> set[tuple[str, tuple[Constant, ...]]]:
    """Every ground instance of every rule with negation and aggregates dropped: the rule's name, its variables' values.

    An aggregate that gives a variable its value leaves every value that it has for some of its tuples. The values
    stand in the order of ``Rule.variables``; instances that differ only in what ``_`` matches are one. Arithmetic in
    the head, in guards and under a dropped negation has to have a value, as it must for the rule to apply.
    """
    lines = [facts_text(facts)]
    for number, rule in enumerate(rules):
        assigning = [each for each in rule.body if isinstance(each, Aggregate) and _assigned(each, rule.body)]
        for place, aggregate in enumerate(assigning):
            lines += _possible_values(f"value_{number}_{place}__", aggregate, rule)
        valued = [str(_value_of(f"value_{number}_{place}__", each, rule)) for place, each in enumerate(assigning)]
        body = ", ".join([*_without_negation(rule.body), *valued, *_has_value(rule.head.arguments)])
        fire = Atom(f"fire_{number}__", tuple(map(Variable, rule.variables)))
        lines += [f"{head}{f' :- {body}' if body else ''}." for head in (rule.head, fire)]
    names = {f"fire_{number}__": rule.name for number, rule in enumerate(rules)}
    model = _only_model(_grounded("\n".join([*lines, ""])), _all_true)
    return {(names[symbol.name], tuple(map(to_constant, symbol.arguments))) for symbol in model if symbol.name in names}


def _without_negation(body: Iterable[BodyElement]) -> list[str]:
    kept = []
    for element in body:
        if isinstance(element, Aggregate):
            kept += _has_value([guard.term for guard in element.guards])
        elif isinstance(element, Comparison) or not element.negated:
            kept.append(str(element))
        else:
            kept += _has_value(element.atom.arguments)
    return kept


def _has_value(terms: Iterable[Term]) -> list[str]:
    texts = [term_text(term) for term in terms if isinstance(term, Arithmetic)]
    return [f"{text} = {text}" for text in texts]


def _assigned(aggregate: Aggregate, body: Iterable[BodyElement]) -> list[str]:
    """The variables that the aggregate alone gives a value."""
    elements = tuple(body)
    given = {name for each in elements if _holds(each) for name in element_variables(each)}
    equations = [each for each in elements if isinstance(each, Comparison) and each.operator == "="]
    sides = [pair for each in equations for pair in ((each.left, each.right), (each.right, each.left))]
    for _ in equations:  # one equation may need what a later one gives
        given |= {
            side.name for side, other in sides if isinstance(side, Variable) and given.issuperset(term_variables(other))
        }
    return [name for name in aggregate.assignable if name not in given]


def _holds(element: BodyElement) -> bool:
    return isinstance(element, Literal) and not element.negated


def _value_of(predicate: str, aggregate: Aggregate, rule: Rule) -> Atom:
    """The atom that holds the values of the variables around the braces, then the value that is assigned."""
    given = sorted(aggregate.inner_variables & set(rule.variables))
    (assigned,) = _assigned(aggregate, rule.body)
    return Atom(predicate, tuple(map(Variable, (*given, assigned))))


def _possible_values(predicate: str, aggregate: Aggregate, rule: Rule) -> list[str]:
    """Rules that conclude every value of an aggregate over some of its tuples, where the rest of the body allows any.

    Sums are reached tuple by tuple, in clingo's order of tuples.
    """
    *given, _ = _value_of(predicate, aggregate, rule).arguments
    around = [str(each) for each in rule.body if _holds(each)]
    fixed = "".join(f"{term_text(term)}, " for term in given)
    tuples = [", ".join([*around, *_without_negation(each.condition), *_whole(each)]) for each in aggregate.elements]
    if aggregate.function == "count":
        most = f"Most__ = #count{{ {'; '.join(map(_counted, aggregate.elements))} }}"
        return [f"{predicate}({fixed}0..Most__) :- {', '.join([*around, most])}."]
    if aggregate.function in ("min", "max"):
        return [f"{predicate}({fixed}First__) :- {each}." for each in tuples]
    return [
        *(f"tuple_{predicate}({fixed}First__, Tuple__) :- {each}." for each in tuples),
        f"sum_{predicate}({fixed}0, #inf) {':- ' if around else ''}{', '.join(around)}.",
        f"sum_{predicate}({fixed}Sum__+First__, Tuple__) :- sum_{predicate}({fixed}Sum__, Last__), "
        f"tuple_{predicate}({fixed}First__, Tuple__), Last__ < Tuple__.",
        f"{predicate}({fixed}Sum__) :- sum_{predicate}({fixed}Sum__, _).",
    ]


def _counted(element: AggregateElement) -> str:
    return f"{', '.join(map(term_text, element.terms))} : {', '.join(_without_negation(element.condition))}"


def _whole(element: AggregateElement) -> list[str]:
    terms = ", ".join(map(term_text, element.terms))
    return [f"First__ = {term_text(element.terms[0])}", f"Tuple__ = (tuple, {terms})"]


def _grounded(text: str) -> clingo.Control:
    complaints: list[str] = []
    control = clingo.Control(["--warn=none", "--models=2"], logger=lambda _code, message: complaints.append(message))
    try:
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuntimeError("\n".join([str(error), *complaints])) from error
    return control


def _literal(atoms: clingo.SymbolicAtoms, atom: Atom) -> int:
    """The literal that stands for a ground atom of numbers."""
    found = atoms[clingo.Function(atom.predicate, list(map(to_symbol, atom.arguments)))]
    assert found is not None
    return found.literal


def _all_true(model: clingo.Model) -> list[clingo.Symbol]:
    return list(model.symbols(atoms=True))


def _only_model(control: clingo.Control, read: Callable[[clingo.Model], list[Read]]) -> list[Read]:
    """What is read from the one stable model there is."""
    with control.solve(yield_=True) as handle:
        models = [read(model) for model in handle]
    if len(models) != 1:
        msg = f"expected one stable model, clingo found {'none' if not models else 'several'}"
        raise ValueError(msg)
    return models[0]
