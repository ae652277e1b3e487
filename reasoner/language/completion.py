"""What can be written at a place in a rule: predicates, constants that fit the argument, the clause's variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reasoner.language.signatures import declared_predicates
from reasoner.language.tokens import COMMENTS, Token, scan
from reasoner.language.vocabulary import Argument, Predicate, Scales, Vocabulary
from reasoner.terms import Rule


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that fits, and what it is: a predicate's arguments, a constant's types."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The words that fit what stands between ``start`` and the place asked about, the likeliest first."""

    start: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words there are: predicates with their arguments as shown, those with typed arguments, typed constants."""

    predicates: Mapping[str, str]
    typed: Mapping[str, Predicate]
    constants: Mapping[str, tuple[str, ...]]


def words_of(
    vocabulary: Vocabulary, scales: Scales, rules: Iterable[Rule], entities: Mapping[str, tuple[str, ...]]
) -> Words:
    """The words of a vocabulary, its scales, what rules conclude, and entities with the types they can fill."""
    typed = declared_predicates(vocabulary)
    shown = {name: str(predicate) for name, predicate in typed.items()}
    for rule in rules:
        shown.setdefault(rule.head.predicate, str(rule.head))
    constants = {name: tuple(types) for name, types in entities.items()}
    for type_, names in (
        ("Role", scales.roles),
        ("Factor", scales.factors),
        ("Strength", scales.strengths),
        ("Kind", vocabulary.kinds),
    ):
        for name in names:
            constants[name] = (*constants.get(name, ()), type_)
    return Words(shown, typed, constants)


def complete(text: str, place: int, words: Words) -> Completion:
    """What fits at a place (characters from 0) of a rule file; nothing in a string or an ordinary comment."""
    tokens = list(scan(text))
    here = next((token for token in tokens if token.start < place <= token.end), None)
    if here is not None and here.kind in COMMENTS:
        return _in_sentence(text, place, here, tokens)
    if here is not None and here.kind in ("STRING", "OPEN_STRING", "NUMBER"):
        return Completion(place, ())
    begun = here is not None and (here.text[0].isalpha() or here.text[0] == "_")
    start = here.start if here is not None and begun else place
    clause = _clause(tokens, start)
    prefix = text[start:place]
    argument = _argument([token for token in clause if token.end <= start], words.typed)
    variables = _variables(clause, start)
    if prefix and not prefix[0].islower():
        found = variables
    elif argument is None:
        found = [*_predicates(words), Suggestion("not", "negates what follows")]
    else:
        found = [*variables, *_constants(words, argument)]
    return Completion(start, _fitting(found, prefix))


def _in_sentence(text: str, place: int, here: Token, tokens: Sequence[Token]) -> Completion:
    """In a sentence, the variables of the rule below complete what a brace opens."""
    written = text[here.start : place]
    brace = written.rfind("{")
    if here.kind != "SENTENCE" or brace < 0 or "}" in written[brace:]:
        return Completion(place, ())
    start = here.start + brace + 1
    below = next((token.start for token in tokens if token.start > place and token.kind not in COMMENTS), len(text))
    return Completion(start, _fitting(_variables(_clause(tokens, below), -1), text[start:place]))


def _clause(tokens: Sequence[Token], place: int) -> list[Token]:
    """The tokens of the clause around a place, without comments."""
    clause: list[Token] = []
    for token in tokens:
        if token.kind in COMMENTS:
            continue
        if clause and clause[-1].kind == "STOP":
            if clause[-1].end > place:
                break
            clause = []
        clause.append(token)
    return [] if clause and clause[-1].kind == "STOP" and clause[-1].end <= place else clause


def _argument(before: Sequence[Token], typed: Mapping[str, Predicate]) -> Argument | None:
    """The argument that comes next after these tokens; a free one where types are unknown, None outside an atom."""
    opened: list[tuple[str, int]] = []
    last = ""
    for token in before:
        match token.kind:
            case "LPAR" | "LBRACE":
                opened.append((last if token.kind == "LPAR" else "{", 0))
            case "RPAR" | "RBRACE":
                opened = opened[:-1]
            case "COMMA" if opened:
                opened[-1] = (opened[-1][0], opened[-1][1] + 1)
        last = token.text if token.kind == "NAME" else ""
    if not opened or opened[-1][0] == "{":
        return None
    name, number = opened[-1]
    arguments = typed[name].arguments if name in typed else ()
    return arguments[number] if number < len(arguments) else Argument("", ("Term",))


def _variables(clause: Iterable[Token], apart_from: int) -> list[Suggestion]:
    """The variables of a clause, each once, without the one being written."""
    names = (token.text for token in clause if token.kind == "VARIABLE" and token.start != apart_from)
    return [Suggestion(name, "in this rule") for name in dict.fromkeys(names)]


def _predicates(words: Words) -> Iterator[Suggestion]:
    for name, shown in sorted(words.predicates.items()):
        yield Suggestion(name, shown)


def _constants(words: Words, argument: Argument) -> list[Suggestion]:
    """The constants that fit an argument; where anything does, all of them."""
    wanted = set(argument.types)
    free = "Term" in wanted
    found = ((name, types) for name, types in words.constants.items() if free or wanted & set(types))
    suggestions = [Suggestion(name, ", ".join(dict.fromkeys(types))) for name, types in found]
    return suggestions if wanted & {"Strength"} else sorted(suggestions, key=lambda each: each.text)


def _fitting(suggestions: Iterable[Suggestion], prefix: str) -> tuple[Suggestion, ...]:
    """Those that begin with what is written, then those that hold it; what is written in full needs no list."""
    known = tuple(dict.fromkeys(suggestions))
    begins = [each for each in known if each.text.startswith(prefix)]
    holds = [each for each in known if prefix and prefix in each.text and each not in begins]
    found = (*begins, *holds)
    return () if [each.text for each in found] == [prefix] else found
