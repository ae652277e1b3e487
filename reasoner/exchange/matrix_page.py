"""Hypotheses against evidence as a page: a grid of signs, the evidence beneath it, and what speaks against whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasoner.assessment.words import number_word, percent
from reasoner.cells import cut
from reasoner.exchange.layout import signed
from reasoner.exchange.page import Block, Column, Heading, Page, Paragraph, Table, Told, leads
from reasoner.exchange.rows import Row, folded
from reasoner.explanation.matrix import TELLS, TELLS_MUCH, Exhibit, Matrix
from reasoner.explanation.sentences import listed, opening
from reasoner.language.vocabulary import NOBODY, OTHER

MOST_SHOWN = 20
"""Facts shown on a page; CSV and JSON have all."""

ACROSS = 10
"""Columns of one grid, so that it fits 80 columns."""

_WIDEST_NAME = 34


def matrix_page(matrix: Matrix) -> Page:
    """Everything ``ascribe matrix`` says."""
    title = f"{matrix.question} Each hypothesis against the evidence"
    if not matrix.evidence:
        return Page(title, (Paragraph("No single fact tells the hypotheses apart by half a deciban or more."),))
    shown = matrix.evidence[:MOST_SHOWN]
    blocks: list[Block] = [_summary(matrix)]
    blocks += (_grid(matrix, shown[start : start + ACROSS], start) for start in range(0, len(shown), ACROSS))
    blocks += [Paragraph(_KEY), Heading("The evidence, the most telling first"), _legend(shown)]
    blocks += (Paragraph(*told) for told in _left_out(matrix, len(shown)))
    blocks += [Heading("Facts that speak against each"), _against(matrix)]
    return Page(title, tuple(blocks))


_KEY = (
    f"+ is what the hypothesis would lose without the fact, − what it would gain. A doubled sign is {TELLS_MUCH:g} dB "
    f"or more, a factor of two; · is less than {TELLS:g} dB."
)


def letter(place: int) -> str:
    """The letter of a column by its place from 0: A to Z, then AA and so on."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def sign(decibans: float) -> str:
    """How a cell reads."""
    if abs(decibans) < TELLS:
        return "·"
    return ("+" if decibans > 0 else "−") * (2 if abs(decibans) >= TELLS_MUCH else 1)


def _summary(matrix: Matrix) -> Paragraph:
    first = matrix.evidence[0]
    said = [f"Most telling, with {first.diagnosticity:.1f} dB between hypotheses, is that {first.said} (A)."]
    about = leads("fact", [first.fact])
    rows = [row.actor for row in matrix.ranking.hypotheses if _is_judged(row.actor, matrix)]
    rows.sort(key=lambda actor: matrix.against[actor, False].decibans)
    clear = [actor for actor in rows if not matrix.against[actor, False].facts]
    if len(clear) < len(rows):
        said.append(f"Most speaks against {_weight(matrix, rows[-1])}.")
        about += leads("actor", rows[-1:])
        if not clear and len(rows) > 1:
            said.append(f"Least speaks against {_weight(matrix, rows[0])}.")
            about += leads("actor", rows[:1])
    if clear:
        about += leads("actor", clear)
    said += _clear([actor for actor in clear if actor not in matrix.unseen], matrix)
    said += _unseen([actor for actor in clear if actor in matrix.unseen], matrix)
    return Paragraph(" ".join(said), about)


def _is_judged(actor: str, matrix: Matrix) -> bool:
    """Whether it is said what speaks against a hypothesis; of those who have no name, only where something does."""
    return actor not in (OTHER, NOBODY) or matrix.against[actor, False].facts > 0


def _clear(actors: Sequence[str], matrix: Matrix) -> Iterator[str]:
    if actors:
        yield f"Nothing speaks against {listed([matrix.names[actor] for actor in actors])}."


def _unseen(actors: Sequence[str], matrix: Matrix) -> Iterator[str]:
    """Whom their lines alone speak against, and why no column does."""
    if actors:
        weights = [f"{signed(-matrix.unseen[actor])} for {matrix.names[actor]}" for actor in actors]
        yield f"No single fact speaks against {listed([matrix.names[actor] for actor in actors])}."
        yield (
            f"What does, {listed(weights)}, rests on what nobody reported, on what is undisputed or on facts that say "
            "the same, and has no column."
        )


def _weight(matrix: Matrix, actor: str) -> str:
    against = matrix.against[actor, False]
    together = " together" if against.facts > 1 else ""
    facts = "one fact" if against.facts == 1 else f"{number_word(against.facts)} facts"
    return f"{matrix.names[actor]}: {facts} of {against.decibans:.1f} dB{together}"


def _grid(matrix: Matrix, evidence: Sequence[Exhibit], start: int) -> Table:
    columns = [Column("Hypothesis"), Column("", "right")]
    columns += [Column(letter(start + place)) for place in range(len(evidence))]
    shown = folded(matrix.ranking)
    rows = tuple(
        (_name(row), percent(row.probability), *(sign(each.decibans[row.actor, row.group]) for each in evidence))
        for row in shown
    )
    return Table(tuple(columns), rows, about=tuple(leads("actor", [row.actor]) for row in shown))


def _name(row: Row) -> str:
    name = "  " * row.depth + row.name
    return cut(name, _WIDEST_NAME)


def _legend(evidence: Sequence[Exhibit]) -> Table:
    columns = (Column(""), Column("dB", "right"), Column("Fact, and how probable it is"))
    rows = tuple(
        (letter(place), f"{each.diagnosticity:.1f}", f"{opening(each.said)} ({_standing(each)})")
        for place, each in enumerate(evidence)
    )
    return Table(columns, rows, about=tuple(leads("fact", [each.fact]) for each in evidence))


def _standing(exhibit: Exhibit) -> str:
    return "assumed" if exhibit.assumed else percent(exhibit.credence)


def _left_out(matrix: Matrix, shown: int) -> Iterator[Told]:
    rest, parts = matrix.evidence[shown:], []
    if rest:
        facts = f"{number_word(len(rest))} further fact{'' if len(rest) == 1 else 's'}"
        parts.append(f"{facts} of {rest[0].diagnosticity:.1f} dB or less (--csv and --json have them)")
    if matrix.idle:
        idle = f"{number_word(matrix.idle)} fact{'' if matrix.idle == 1 else 's'} beneath some line"
        tell = "tells" if matrix.idle == 1 else "tell"
        parts.append(f"{idle} that {tell} nobody apart, because others say the same or little hangs on it")
    if parts:
        yield f"Not shown: {'; '.join(parts)}.", leads("fact", [each.fact for each in rest])


def _against(matrix: Matrix) -> Table:
    columns = (Column("dB", "right"), Column("Facts", "right"), Column("Hypothesis"))
    heads = {row.actor for row in matrix.ranking.umbrellas}
    found: list[tuple[tuple[str, str, str], str]] = []
    for row in matrix.ranking.hypotheses:
        against = matrix.against[row.actor, False]
        if _is_judged(row.actor, matrix):
            name = f"{row.name}: a member not named" if row.actor in heads else row.name
            found.append(((f"{against.decibans:.1f}", f"{against.facts}", name), row.actor))
    found.sort(key=lambda told: float(told[0][0]))
    about = tuple(leads("actor", [actor]) for _, actor in found)
    return Table(columns, tuple(cells for cells, _ in found), about=about)
