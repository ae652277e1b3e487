"""clingo as the independent oracle: it reads the rule text itself and shares no code with the reasoner but the terms.

`stable_atoms` gives what is true in one world, `stable_worlds` the same for many worlds at the cost of one grounding,
`instances` every ground instance of every rule once negation is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import clingo

from reasoner.terms import (
    Arithmetic,
    Atom,
    BodyElement,
    Comparison,
    Constant,
    Quoted,
    Rule,
    Variable,
    term_text,
)


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
    return frozenset(map(to_atom, _only_model(control)))


def stable_worlds(
    program_text: str, facts: Sequence[Atom], worlds: Iterable[Iterable[Atom]]
) -> tuple[frozenset[Atom], ...]:
    """`stable_atoms` for each world, a subset of ``facts``, grounding the text once.

    Each fact hangs on an external atom of its own, which the world sets; the rule text stays unchanged.
    """
    switches = [Atom("world_switch__", (number,)) for number in range(len(facts))]
    lines = [f"#external {switch}. {fact} :- {switch}." for switch, fact in zip(switches, facts, strict=True)]
    control = _grounded("\n".join([program_text, *lines, ""]))
    symbols = [clingo.Function("world_switch__", [clingo.Number(number)]) for number in range(len(facts))]
    found = []
    for world in worlds:
        held = frozenset(world)
        for fact, symbol in zip(facts, symbols, strict=True):
            control.assign_external(symbol, fact in held)
        model = _only_model(control)
        found.append(frozenset(to_atom(symbol) for symbol in model if symbol.name != "world_switch__"))
    return tuple(found)


def instances(rules: Sequence[Rule], facts: Iterable[Atom]) -> set[tuple[str, tuple[Constant, ...]]]:
    """Every ground instance of every rule with negation dropped: the rule's name, and its variables' values.

    The values stand in the order of ``Rule.variables``; instances that differ only in what ``_`` matches are one.
    Arithmetic in the head and under a dropped negation has to have a value, as it must for the rule to apply.
    """
    lines = [facts_text(facts)]
    for number, rule in enumerate(rules):
        body = ", ".join([*_without_negation(rule.body), *_has_value(rule.head)])
        fire = Atom(f"fire_{number}__", tuple(map(Variable, rule.variables)))
        lines += [f"{head}{f' :- {body}' if body else ''}." for head in (rule.head, fire)]
    names = {f"fire_{number}__": rule.name for number, rule in enumerate(rules)}
    model = _only_model(_grounded("\n".join([*lines, ""])))
    return {(names[symbol.name], tuple(map(to_constant, symbol.arguments))) for symbol in model if symbol.name in names}


def _without_negation(body: Iterable[BodyElement]) -> list[str]:
    kept = []
    for element in body:
        if isinstance(element, Comparison) or not element.negated:
            kept.append(str(element))
        else:
            kept += _has_value(element.atom)
    return kept


def _has_value(atom: Atom) -> list[str]:
    terms = [term_text(term) for term in atom.arguments if isinstance(term, Arithmetic)]
    return [f"{term} = {term}" for term in terms]


def _grounded(text: str) -> clingo.Control:
    complaints: list[str] = []
    control = clingo.Control(["--warn=none", "--models=2"], logger=lambda _code, message: complaints.append(message))
    try:
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuntimeError("\n".join([str(error), *complaints])) from error
    return control


def _only_model(control: clingo.Control) -> list[clingo.Symbol]:
    with control.solve(yield_=True) as handle:
        models = [list(model.symbols(atoms=True)) for model in handle]
    if len(models) != 1:
        msg = f"expected one stable model, clingo found {'none' if not models else 'several'}"
        raise ValueError(msg)
    return models[0]
