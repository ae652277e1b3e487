"""The graph of fewer facts, of fewer rules or of other strengths, read off a larger one instead of grounded anew.

With negation dropped, whatever follows from less followed from more: what is left of a graph are the instances whose
premises can still be reached.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from reasoner.grounding.graph import Derivation, Ids
from reasoner.grounding.recounting import Recounting, recounted
from reasoner.language.program import Program
from reasoner.terms import Arithmetic, Atom, Constant, Variable, literals_in, order_key

Flags = npt.NDArray[np.bool_]


def narrowed(whole: Derivation, program: Program, facts: Iterable[Atom]) -> Derivation | None:
    """The graph that grounding a program over facts would give: the whole one itself, where nothing is less.

    Its constants may be more than are in use.

    ``program`` has the rules of the whole graph, or some of them, in their order; they may state other strengths.
    None where the whole graph does not hold it all: it lacks a fact, or a head that is stated otherwise is a premise.
    """
    given = list(facts)
    rules = {rule.name: rule for rule in program.rules}
    kept = np.array([rule.name in rules for rule in whole.program.rules])
    restated = {rule.name for rule in whole.program.rules if rules.get(rule.name, rule).head != rule.head}
    if not whole.atom_ids.keys() >= set(given) or any(
        _is_premise(rules[name].head.predicate, program) for name in restated
    ):
        return None
    held = np.zeros(len(whole.atoms), dtype=np.bool_)
    held[[whole.atom_ids[fact] for fact in given]] = True
    stated = np.array([not rule.body for rule in whole.program.rules])[whole.rule]
    base = held.copy()
    base[whole.head[stated & kept[whole.rule]]] = True
    fires = _closure(whole, kept[whole.rule], held)
    if program is whole.program and fires.all() and held.all() and base.sum() == len(whole.base):
        return whole
    left = _selected(whole, program, kept, fires, held, base)
    return _restated(left, whole.program, restated) if restated else left


def _is_premise(predicate: str, program: Program) -> bool:
    literals = (literal for rule in program.rules for literal in literals_in(rule.body))
    return any(literal.atom.predicate == predicate for literal in literals)


def _closure(whole: Derivation, usable: Flags, held: Flags) -> Flags:
    """The usable instances that can fire in some world; adds to the atoms held what they conclude."""
    owner = _owners(whole.positive_start)
    fires = np.zeros(len(usable), dtype=np.bool_)
    recounting = Recounting(whole)
    while True:
        lacking = np.bincount(owner[~held[whole.positive]], minlength=len(usable)) > 0
        fresh = usable & ~lacking & ~fires & ~recounting.impossible(held)
        if not fresh.any():
            return fires
        fires |= fresh
        held[whole.head[fresh]] = True


def _owners(starts: Ids) -> npt.NDArray[np.intp]:
    """For each entry of a list of lists, the number of the list that it is in."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def _selected(whole: Derivation, program: Program, rules: Flags, fires: Flags, held: Flags, base: Flags) -> Derivation:
    """The graph of some rules, instances and atoms, renumbered; absences of atoms that are gone leave no trace."""
    atom, rule = _numbered(held), _numbered(rules)
    instances = np.flatnonzero(fires)
    atoms = tuple(whole.atoms[number] for number in np.flatnonzero(held).tolist())
    premise = fires[_owners(whole.positive_start)]
    absence = fires[_owners(whole.negative_start)] & held[whole.negative]
    tallies, tests = recounted(whole.tallies, [whole.tests[i] for i in instances.tolist()], atom, held)
    return Derivation(
        program=program,
        constants=whole.constants,
        atoms=atoms,
        atom_ids={each: number for number, each in enumerate(atoms)},
        base=atom[np.flatnonzero(base)],
        rule=rule[whole.rule[instances]],
        head=atom[whole.head[instances]],
        binding=tuple(whole.binding[instance] for instance in instances.tolist()),
        positive_start=_starts(whole.positive_start, premise, instances),
        positive=atom[whole.positive[premise]],
        negative_start=_starts(whole.negative_start, absence, instances),
        negative=atom[whole.negative[absence]],
        tallies=tallies,
        tests=tests,
    )


def _numbered(kept: Flags) -> Ids:
    """The new number of each thing that is kept."""
    return (np.cumsum(kept) - 1).astype(np.int32)


def _starts(starts: Ids, entries: Flags, lists: npt.NDArray[np.intp]) -> Ids:
    """Where each of the lists that are kept begins among the entries that are, and where the last one ends."""
    counts = np.bincount(_owners(starts)[entries], minlength=len(starts) - 1)[lists]
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def _restated(left: Derivation, before: Program, names: Collection[str]) -> Derivation:
    """The graph with the heads that some rules now have; these are no premises, so nothing else changes.

    The instances of such a rule keep the order they had.
    """
    variables = {rule.name: rule.variables for rule in before.rules if rule.name in names}
    binding = list(left.binding)
    heads = [left.atoms[atom] for atom in left.head.tolist()]
    for instance, number in enumerate(left.rule.tolist()):
        rule = left.program.rules[number]
        if rule.name in names:
            values = dict(zip(variables[rule.name], binding[instance], strict=True))
            binding[instance] = tuple(values[name] for name in rule.variables)
            heads[instance] = _ground(rule.head, {name: left.constants[value] for name, value in values.items()})
    atoms = _atoms(left, heads)
    ids = {atom: number for number, atom in enumerate(atoms)}
    moved = np.array([ids.get(atom, -1) for atom in left.atoms], dtype=np.int32)
    tallies, tests = recounted(left.tallies, left.tests, moved, np.ones(len(moved), dtype=np.bool_))
    return replace(
        left,
        atoms=tuple(atoms),
        atom_ids=ids,
        base=moved[left.base],
        head=np.array([ids[head] for head in heads], dtype=np.int32),
        binding=tuple(binding),
        positive=moved[left.positive],
        negative=moved[left.negative],
        tallies=tallies,
        tests=tests,
    )


def _atoms(left: Derivation, heads: Iterable[Atom]) -> list[Atom]:
    """The facts, and what is concluded now, in canonical order."""
    concluded = set(heads)
    facts = set(left.base.tolist())
    atoms = [atom for number, atom in enumerate(left.atoms) if number in facts or atom in concluded]
    for atom in concluded - left.atom_ids.keys():
        insort(atoms, atom, key=_place)
    return atoms


def _place(atom: Atom) -> tuple[str, list[tuple[int, int, str]]]:
    return atom.predicate, [order_key(term) for term in atom.arguments if not isinstance(term, Variable | Arithmetic)]


def _ground(head: Atom, values: Mapping[str, Constant]) -> Atom:
    terms = (values[term.name] if isinstance(term, Variable) else term for term in head.arguments)
    return Atom(head.predicate, tuple(terms))
