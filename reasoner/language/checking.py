"""Rule files in, a checked program out, or every problem of every file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from reasoner.language.clauses import Clause, Reading, body_of, read
from reasoner.language.constants import Constants, misplaced
from reasoner.language.parser import QUERY, parse_alone
from reasoner.language.passages import Passage
from reasoner.language.places import Source
from reasoner.language.program import Program
from reasoner.language.recursion import endless, unstratified
from reasoner.language.safety import unsafe
from reasoner.language.signatures import Signatures, concluded_predicates, declared_predicates, misused
from reasoner.language.sorts import clashing
from reasoner.language.strata import components
from reasoner.language.templates import template_problems
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.limits import Limits
from reasoner.problems import InputError, Problem
from reasoner.terms import BodyElement, Rule


def build_program(
    sources: Mapping[str, str],
    vocabulary: Vocabulary,
    scales: Scales,
    known_constants: Mapping[str, tuple[str, ...]] | None = None,
) -> Program:
    """Read and check the rule files, given by name, and order their predicates by dependency.

    ``known_constants`` maps each entity to the argument types that its kind can fill; without it, the names of
    entities in rules are not checked. A file that cannot be read whole does not hide the problems of the others.

    Raises:
        InputError: with every problem of every file.
    """
    readings = [reading(file, text) for file, text in sources.items()]
    pairs = [(reading, clause) for reading in readings for clause in reading.clauses]
    rules = _distinct([clause.rule for _, clause in pairs])
    passages = [_passage(reading, clause, rule) for (reading, clause), rule in zip(pairs, rules, strict=True)]
    declared = declared_predicates(vocabulary)
    broken = frozenset[str]().union(*(reading.broken for reading in readings))
    signatures = Signatures(declared, concluded_predicates(passages, declared), broken)

    problems = [problem for reading in readings for problem in reading.problems]
    problems += _of_clauses(passages, signatures, Constants(scales, vocabulary, known_constants))
    for (_, clause), passage in zip(pairs, passages, strict=True):
        problems += template_problems(passage, clause.sentence)
    problems += _duplicate_names(pairs)
    ordered = components(rules)
    problems += unstratified(passages, rules, ordered)
    problems += endless(passages, ordered)
    if not rules and not problems:
        problems.append(Problem("no-rules", "there is no rule, so nothing can be concluded"))
    if problems:
        raise InputError(problems)
    return Program(tuple(rules), ordered, _arities(signatures), vocabulary, scales, dict(sources))


def reading(file: str, text: str) -> Reading:
    """A file read clause by clause; one that stays as it is while another is edited is read once."""
    return _reading(file, text, Limits.from_environment())


@lru_cache(maxsize=64)
def _reading(file: str, text: str, _limits: Limits) -> Reading:
    return read(Source(file, text))


def check_query(
    elements: Sequence[BodyElement],
    program: Program,
    text: str | None = None,
    known_constants: Mapping[str, tuple[str, ...]] | None = None,
    called: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> None:
    """Check a parsed query against a program: its variables, predicates and constants.

    ``text`` is the query as it was written, for problems to point into; without it they show it in canonical form.
    ``known_constants`` are as for `build_program`; ``called`` gives the ids of the entities of a name.

    Raises:
        InputError: with every problem.
    """
    source = Source(QUERY, ", ".join(map(str, elements)) if text is None else text)
    tokens, parsed = parse_alone(source, "query")
    passage = Passage(source, tokens, parsed, body_of(source, tokens, parsed))
    declared = declared_predicates(program.vocabulary)
    concluded = {
        rule.head.predicate: (rule.head, f"{rule.span.file}:{rule.span.line}" if rule.span else f"[{rule.name}]")
        for rule in reversed(program.rules)
        if rule.head.predicate not in declared
    }
    constants = Constants(program.scales, program.vocabulary, known_constants, called)
    if problems := list(_of_clauses([passage], Signatures(declared, concluded), constants)):
        raise InputError(problems)


def _of_clauses(passages: Iterable[Passage], signatures: Signatures, constants: Constants) -> Iterator[Problem]:
    for passage in passages:
        yield from unsafe(passage)
        yield from misused(passage, signatures)
        yield from misplaced(passage, signatures, constants)
        yield from clashing(passage, signatures, constants.vocabulary)


def _passage(reading: Reading, clause: Clause, rule: Rule) -> Passage:
    return Passage(reading.source, reading.tokens, clause.parsed, rule.body, rule)


def _distinct(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, with made-up names that occur twice (in files of one name, say) told apart by a number."""
    taken = {rule.name for rule in rules if rule.named}
    distinct = []
    for rule in rules:
        if not rule.named:
            name, number = rule.name, 1
            while name in taken:
                number += 1
                name = f"{rule.name.partition('#')[0]}#{number}"
            taken.add(name)
            rule = rule if name == rule.name else replace(rule, name=name)
        distinct.append(rule)
    return distinct


def _duplicate_names(pairs: Iterable[tuple[Reading, Clause]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for reading, clause in pairs:
        rule = clause.rule
        if not rule.named or clause.sentence is None or rule.span is None:
            continue
        place = first.setdefault(rule.name, f"{rule.span.file}:{rule.span.line}")
        if place != f"{rule.span.file}:{rule.span.line}":
            line = clause.sentence.lines[0]
            message = f"two rules are called `{rule.name}`"
            hint = f"the other is at {place}; give this one a name of its own"
            yield reading.source.problem(
                "duplicate-name", message, line.start, line.start + len(line.text.rstrip()), hint
            )


def _arities(signatures: Signatures) -> dict[str, int]:
    arities = {name: predicate.arity for name, predicate in signatures.declared.items()}
    return arities | {name: len(atom.arguments) for name, (atom, _) in signatures.concluded.items()}
