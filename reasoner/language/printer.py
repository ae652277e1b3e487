"""Rules in canonical layout. Printing what was parsed, and parsing that again, gives the same rules.

A rule's sentence stands above it, wrapped; one blank line parts rules; facts of one predicate may stand together.
Comments other than sentences are kept as they are, where they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reasoner.language.clauses import Clause, Reading, read
from reasoner.language.layout import Note, clause_lines, sentence_lines
from reasoner.language.places import Source
from reasoner.language.tokens import Token
from reasoner.problems import InputError
from reasoner.terms import Rule


def print_rules(rules: Iterable[Rule]) -> str:
    """Write rules as the text of a rule file."""
    blocks: list[_Block] = []
    for rule in rules:
        doc = sentence_lines(rule.name if rule.named else None, rule.sentence)
        parted = bool(blocks) and rule.head.predicate != blocks[-1].predicate
        lines = [*doc, *clause_lines(rule.head, rule.body)]
        blocks.append(_Block(lines, bool(doc or rule.body), parted, predicate=rule.head.predicate))
    return _joined(blocks)


def format_text(text: str, file: str) -> str:
    """Lay out the text of a rule file canonically, keeping every comment.

    Raises:
        InputError: where the text cannot be read whole.
    """
    reading = read(Source(file, text))
    if reading.problems:
        raise InputError(reading.problems)
    return _joined(list(_blocks(reading)))


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stay together.

    ``spread``: a blank line stands before and after in any case, because it is a rule and not a bare fact.
    ``parted``: the text had a blank line before it. ``closing``: a blank line must follow. ``predicate``: what the
    clause concludes; empty where the block is a comment.
    """

    lines: list[str]
    spread: bool = False
    parted: bool = False
    closing: bool = False
    predicate: str = ""


def _joined(blocks: Sequence[_Block]) -> str:
    lines: list[str] = []
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        if before is not None and (
            block.parted or block.spread or before.closing or (before.spread and block.predicate)
        ):
            lines.append("")
        lines += block.lines
    return "".join(f"{line}\n" for line in lines)


def _blocks(reading: Reading) -> Iterator[_Block]:
    """The clauses with what belongs to them, and the comments between, in order."""
    source, tokens = reading.source, reading.tokens
    taken = {line for clause in reading.clauses if clause.sentence for line in clause.sentence.lines}
    free = [comment for comment in reading.comments if comment not in taken]
    place = 0
    for clause in reading.clauses:
        start, end = tokens[clause.parsed.first].start, tokens[clause.parsed.stop - 1].end
        above: list[Token] = []
        while place < len(free) and free[place].start < start:
            above.append(free[place])
            place += 1
        lead, rows = _lead(reading, clause, above)
        yield from _comment_blocks(source, above[: len(above) - len(lead)])
        notes: dict[int, list[Note]] = defaultdict(list)
        while place < len(free) and (free[place].start < end or _closes(reading, clause, free[place])):
            slot, note = _note(reading, clause, free[place])
            notes[slot].append(note)
            place += 1
        yield _clause_block(reading, clause, lead, notes, rows)
    yield from _comment_blocks(source, free[place:])


def _lead(reading: Reading, clause: Clause, above: Sequence[Token]) -> tuple[list[Token], int]:
    """The comments among those above a clause that no blank line parts from it, and the first row with them."""
    source = reading.source
    rows = {source.row(comment.start): comment for comment in above}
    doc = {source.row(line.start) for line in clause.sentence.lines} if clause.sentence else set()
    row = source.row(reading.tokens[clause.parsed.first].start)
    lead: list[Token] = []
    while row - 1 in rows or row - 1 in doc:
        row -= 1
        if row in rows:
            lead.append(rows[row])
    return lead[::-1], row


def _closes(reading: Reading, clause: Clause, comment: Token) -> bool:
    """Whether a comment stands behind a clause's full stop, on its line, with no other clause between."""
    stop = clause.parsed.stop
    source, end = reading.source, reading.tokens[stop - 1].end
    following = reading.tokens[stop]
    return source.row(comment.start) == source.row(end) and (following.kind == "END" or comment.start < following.start)


def _note(reading: Reading, clause: Clause, comment: Token) -> tuple[int, Note]:
    """A comment inside a clause or behind it, with the number of premises that have begun before it."""
    source, tokens = reading.source, reading.tokens
    parsed, start = clause.parsed, comment.start
    following = bisect_left(tokens, start, parsed.first, parsed.stop, key=lambda token: token.start)
    slot = bisect_left(parsed.body, following, key=lambda element: element.first)
    trailing = source.row(tokens[following - 1].end) == source.row(start)
    return slot, Note(comment.text.rstrip(), trailing)


def _clause_block(
    reading: Reading, clause: Clause, lead: Sequence[Token], notes: dict[int, list[Note]], row: int
) -> _Block:
    sentence, parsed = clause.sentence, clause.parsed
    doc_start = sentence.lines[0].start if sentence else 0
    doc = sentence_lines(sentence.name, sentence.template) if sentence else []
    before = [comment.text.rstrip() for comment in lead if comment.start < doc_start]
    after = [comment.text.rstrip() for comment in lead if comment.start >= doc_start]
    head = clause.rule.head
    lines = clause_lines(head, clause.rule.body, notes)
    spread, closing = bool(doc or parsed.body), lines[-1].startswith("%")
    return _Block([*before, *doc, *after, *lines], spread, _parted(reading.source, row), closing, head.predicate)


def _comment_blocks(source: Source, comments: Iterable[Token]) -> Iterator[_Block]:
    for comment in comments:
        yield _Block([comment.text.rstrip()], parted=_parted(source, source.row(comment.start)))


def _parted(source: Source, row: int) -> bool:
    return row > 0 and not source.row_text(row - 1).strip()
