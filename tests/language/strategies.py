"""Random constants, terms, atoms, rules and rule files."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from reasoner.language.oddities import LARGEST
from reasoner.terms import (
    Aggregate,
    AggregateElement,
    Arithmetic,
    Atom,
    BodyElement,
    Comparison,
    Constant,
    Guard,
    Literal,
    Quoted,
    Rule,
    Term,
    Variable,
    is_symbol,
)

FILE = "random.dl"

symbols: SearchStrategy[str] = st.from_regex(r"_?[a-z][A-Za-z0-9_]{0,6}", fullmatch=True).filter(is_symbol)
integers: SearchStrategy[int] = st.integers(-LARGEST, LARGEST) | st.integers(-3, 3)
texts: SearchStrategy[str] = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8)
quoted: SearchStrategy[Quoted] = st.builds(Quoted, texts)
constants: SearchStrategy[Constant] = symbols | integers | quoted
variables: SearchStrategy[Variable] = st.builds(Variable, st.from_regex(r"_?[A-Z][A-Za-z0-9_]{0,3}", fullmatch=True))
anonymous: SearchStrategy[Variable] = st.just(Variable("_"))


def _is_readable(term: Term) -> bool:
    """Whether the term is no subtraction that looks like a date, which is reported as one."""
    match term:
        case Arithmetic("-", Arithmetic("-", int(year), int(month)), int(day)):
            return not (1000 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31)
        case Arithmetic(_, left, right):
            return _is_readable(left) and _is_readable(right)
    return True


calculations: SearchStrategy[Arithmetic] = st.recursive(
    st.builds(Arithmetic, st.sampled_from("+-*"), variables | integers, variables | integers),
    lambda inner: st.builds(
        Arithmetic, st.sampled_from("+-*"), inner | variables | integers, inner | variables | integers
    ),
    max_leaves=4,
).filter(_is_readable)

heads: SearchStrategy[Atom] = st.builds(
    Atom, symbols, st.lists(constants | variables | calculations, max_size=4).map(tuple)
)
premise_atoms: SearchStrategy[Atom] = st.builds(
    Atom, symbols, st.lists(constants | variables | anonymous, max_size=4).map(tuple)
)
literals: SearchStrategy[Literal] = st.builds(Literal, premise_atoms, st.booleans())
comparisons: SearchStrategy[Comparison] = st.builds(
    Comparison,
    st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
    constants | variables | calculations,
    constants | variables | calculations,
)
_counted = st.lists(constants | variables | calculations, min_size=1, max_size=3).map(tuple)
elements: SearchStrategy[AggregateElement] = st.builds(
    AggregateElement, _counted, st.lists(literals | comparisons, max_size=3).map(tuple)
)
guards: SearchStrategy[Guard] = st.builds(
    Guard, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), constants | variables | calculations
)
_functions = st.sampled_from(["count", "sum", "min", "max"])
_inside = st.lists(elements, min_size=1, max_size=3).map(tuple)
aggregates: SearchStrategy[Aggregate] = st.builds(
    Aggregate, _functions, _inside, guards, st.none() | guards
) | st.builds(Aggregate, _functions, _inside, st.none(), guards)
bodies: SearchStrategy[tuple[BodyElement, ...]] = st.lists(literals | comparisons | aggregates, max_size=6).map(tuple)

_words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
sentences: SearchStrategy[str] = st.lists(_words, min_size=1, max_size=30).map(" ".join)
names: SearchStrategy[str] = st.lists(
    st.text(st.characters(categories=["L", "N"], include_characters="_-,.'%"), min_size=1, max_size=9),
    min_size=1,
    max_size=6,
).map(" ".join)


@st.composite
def rule_lists(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Rules as a file would hold them: some with names and sentences, the others named as a parser names them."""
    counts: dict[str, int] = {}
    rules = []
    for head, body in draw(st.lists(st.tuples(heads, bodies), min_size=1, max_size=5)):
        name, sentence = draw(st.none() | names), draw(st.none() | sentences)
        if name is None and sentence is not None and sentence.startswith("["):
            sentence = None
        if name is None:
            plain = f"{FILE}:{head.predicate}/{len(head.arguments)}"
            counts[plain] = counts.get(plain, 0) + 1
            called = plain if counts[plain] == 1 else f"{plain}#{counts[plain]}"
            rules.append(Rule(called, sentence, head, body, named=False))
        else:
            rules.append(Rule(name, sentence, head, body))
    return tuple(rules)


_gaps = st.sampled_from(
    [" ", "\n", "\n\n", "  % why\n", "\n% note\n", "\n    % own line\n\n", "\t", "%\n", "\n%% loose\n"]
)


@st.composite
def untidy_texts(draw: st.DrawFn) -> str:
    """Valid rule files in any layout, with comments anywhere between tokens."""
    tokens: list[str] = []
    atom = st.sampled_from(
        [
            "p(X)",
            "q(X, a)",
            "r(X,_)",
            'occurred(X, "2021-11-07")',
            "not s(X)",
            "X != 3",
            "Y = X+1",
            "3 < #count{ A, B : u(A, B), not v(A) ; X } <= X",
        ]
    )
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            tokens.append("\n%% [name " + str(len(tokens)) + "] {X} was there,\n%% or not.\n")
        body = draw(st.lists(atom, max_size=4))
        tokens += ["p", "(", "X", ")"]
        for number, element in enumerate(body):
            tokens += ["," if number else ":-", element]
        tokens += [".", draw(_gaps)]
    return "".join(token + (draw(_gaps) if draw(st.integers(0, 3)) == 0 else " ") for token in tokens)
