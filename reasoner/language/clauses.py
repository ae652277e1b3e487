"""A text read clause by clause, each with the sentence written above it; broken clauses become problems.

After a broken clause reading goes on behind its full stop, or at the next line that looks like the beginning of a
clause, so that one mistake hides no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from reasoner.language.oddities import oddities
from reasoner.language.places import Source
from reasoner.language.sentences import Sentence, attach
from reasoner.language.syntax import Element, Failed, Parsed, conditions_of, parse
from reasoner.language.tokens import COMMENTS, Token, scan
from reasoner.limits import Limits
from reasoner.problems import Problem
from reasoner.terms import Aggregate, BodyElement, Rule


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a file: the rule, how its tokens lie, and its sentence."""

    rule: Rule
    parsed: Parsed
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read: its tokens (closed by one of kind ``END``), its comments, its clauses, what was wrong.

    ``broken`` are the names in clauses that could not be read: what they define is not unknown.
    """

    source: Source
    tokens: Sequence[Token]
    comments: Sequence[Token]
    clauses: Sequence[Clause]
    problems: Sequence[Problem]
    broken: frozenset[str]


def tokens_of(text: str) -> tuple[list[Token], list[Token]]:
    """The tokens that the grammar sees, closed by one of kind ``END``, and the comments."""
    tokens: list[Token] = []
    comments: list[Token] = []
    for token in scan(text):
        (comments if token.kind in COMMENTS else tokens).append(token)
    tokens.append(Token("END", "", tokens[-1].end if tokens else 0))
    return tokens, comments


_MOST_PROBLEMS = 100
"""Problems of one file that are shown; after so many broken clauses the rest of it is not looked at."""


def read(source: Source) -> Reading:
    """Read a rule file: every clause that is whole, and a problem for every one that is not."""
    tokens, comments = tokens_of(source.text)
    problems = [*_block_comments(source, comments)]
    parsed: list[Parsed] = []
    broken: set[str] = set()
    lost: list[int] = []
    place = 0
    while tokens[place].kind != "END" and len(problems) < _MOST_PROBLEMS:
        outcome = parse(tokens, place, "clause")
        if isinstance(outcome, Failed):
            # The tables of mistakes are loaded only where there is one.
            from reasoner.language.explaining import explain_clause

            outcome, more, resume = explain_clause(source, tokens, outcome)
            problems += more
            if isinstance(outcome, Failed):
                broken |= _mentioned(tokens, place, resume)
                lost.append(place)
            place = resume
        else:
            place = outcome.stop
        if isinstance(outcome, Parsed):
            parsed.append(outcome)
    nesting = Limits.from_environment().nesting
    sound: list[Parsed] = []
    for one in parsed:
        if odd := list(oddities(source, tokens, one, nesting)):
            problems += odd
            lost.append(one.first)
            broken |= _mentioned(tokens, one.first, one.stop)
        else:
            sound.append(one)
    sentences, wrong = attach(source, comments, tokens, [one.first for one in sound], lost)
    rules = _rules(source, tokens, sound, sentences)
    clauses = [Clause(*parts) for parts in zip(rules, sound, sentences, strict=True)]
    return Reading(source, tokens, comments, clauses, _bounded(source, problems + wrong), frozenset(broken))


def _bounded(source: Source, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    if len(problems) < _MOST_PROBLEMS:
        return tuple(problems)
    end = len(source.text)
    rest = source.problem("too-many", "there may be more problems than are shown here", end, end + 1)
    return (*problems[:_MOST_PROBLEMS], rest)


def _block_comments(source: Source, comments: Sequence[Token]) -> list[Problem]:
    return [
        source.problem(
            "block-comment",
            "comments from `%*` to `*%` are not supported",
            comment.start,
            comment.start + 2,
            "begin every line of a comment with `%`",
        )
        for comment in comments
        if comment.kind == "BLOCK_COMMENT"
    ]


def _mentioned(tokens: Sequence[Token], first: int, stop: int) -> set[str]:
    """Names that a broken clause may define."""
    return {tokens[place].text for place in range(first, stop) if tokens[place].kind == "NAME"}


def _rules(
    source: Source, tokens: Sequence[Token], parsed: Sequence[Parsed], sentences: Sequence[Sentence | None]
) -> list[Rule]:
    base = PurePath(source.file).name
    seen: Counter[str] = Counter()
    rules = []
    for one, sentence in zip(parsed, sentences, strict=True):
        assert one.head is not None
        name = sentence.name if sentence else None
        if named := name is not None:
            shown = name
        else:
            plain = f"{base}:{one.head.predicate}/{len(one.head.arguments)}"
            seen[plain] += 1
            shown = plain if seen[plain] == 1 else f"{plain}#{seen[plain]}"
        template = sentence.template if sentence else None
        span = source.span(tokens[one.first].start, tokens[one.stop - 1].end)
        rules.append(Rule(shown, template, one.head, body_of(source, tokens, one), span, named))
    return rules


def body_of(source: Source, tokens: Sequence[Token], parsed: Parsed) -> tuple[BodyElement, ...]:
    """The body of a clause or query, each element with its span, those inside aggregates too."""
    return tuple(_placed(source, tokens, element).value for element in parsed.body)


def _placed(source: Source, tokens: Sequence[Token], element: Element) -> Element:
    value = replace(element.value, span=source.span(tokens[element.first].start, tokens[element.stop - 1].end))
    if isinstance(value, Aggregate):
        inner = [[_placed(source, tokens, each) for each in condition] for condition in element.conditions]
        counted = zip(value.elements, map(conditions_of, inner), strict=True)
        value = replace(value, elements=tuple(replace(each, condition=condition) for each, condition in counted))
    return replace(element, value=value)
