"""A chain as an outline: what stands at the top, and what stands beneath each entry, made when it is asked for.

Nothing here knows a widget; the tree of the chain pane draws these entries, and tests read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from reasoner.assessment.words import percent
from reasoner.exchange.chain_text import goes_without_saying, had_nobody, relied, telling_reliances
from reasoner.explanation.folding import is_light, nodes_beneath
from reasoner.explanation.nodes import Chain, ChainLine, Node, ShownReport, Step, Way
from reasoner.explanation.sentences import clause
from reasoner.explanation.sourcing import Reported, SourceStanding

MOST_SEARCHED = 20_000
"""Entries that are looked through for a statement shown elsewhere."""

RESTS_ON = "What the probability would be had nobody reported or assumed a fact, or had nothing come from an origin."
LISTING = "Why it has to be asked about; that weighs nothing by itself."
MEMBER = "What tells this member from the umbrella's others."
LIGHT = (
    "Lines that do not come to half a deciban, nor does their loss: something else says as much, or they hardly hold."
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of its own: the sum, something not counted, a dispute, an assumption."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group: remarks on what was not counted, is disputed, is assumed; or lines that weigh nothing here."""

    title: str
    about: str
    sentences: tuple[str, ...] = ()
    lines: tuple[ChainLine, ...] = ()
    nodes: tuple[Node, ...] = ()

    @property
    def size(self) -> int:
        """How many entries stand beneath it."""
        return len(self.sentences) + len(self.lines) + len(self.nodes)


@dataclass(frozen=True, slots=True)
class Sum:
    """The sentence that adds up the decibans, and each step beneath it."""

    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a sum with where it begins and ends, between the lowest and the highest place of all steps."""

    name: str
    decibans: float
    begins: float
    ends: float
    lowest: float
    highest: float
    total: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """So many more entries, not shown yet."""

    count: int


@dataclass(frozen=True, slots=True)
class Up:
    """The way back from what is shown by itself."""

    text: str


Value: TypeAlias = (
    ChainLine | Node | Way | ShownReport | Section | Remark | Sum | Stage | Rest | Up | SourceStanding | Reported
)
Path: TypeAlias = tuple[str, ...]

NOTHING_GROWN: Mapping[str, Node] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the outline. ``key`` tells it from its siblings, and stays when the ranking is redone.

    ``gone`` is a word where it is only still shown: it stands in the case's files, and is left out.
    """

    key: str
    value: Value
    above: Entry | None = None
    depth: int = 0
    gone: str = ""

    @property
    def upwards(self) -> Iterator[Entry]:
        """It, and what it stands beneath, up to the top."""
        entry: Entry | None = self
        while entry is not None:
            yield entry
            entry = entry.above

    @property
    def path(self) -> Path:
        """The keys from the top down to here."""
        return tuple(entry.key for entry in self.upwards)[::-1]

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        match self.value:
            case ChainLine(factor_name=name):
                return name
            case Node(sentence=said) | Way(sentence=said):
                return clause(said)
            case Section(title=title):
                return title
            case _:
                return self.key

    @property
    def expandable(self) -> bool:
        """Whether anything stands beneath it that can be opened."""
        match self.value:
            case ChainLine(premises=premises):
                return not all(map(goes_without_saying, premises))
            case Way(premises=premises):
                return bool(premises)
            case Node(reports=reports, ways=ways, cut=cut):
                return bool(reports or ways or cut)
            case Section(size=size):
                return size > 0
            case Sum(steps=steps):
                return bool(steps)
            case SourceStanding(reports=reported):
                return bool(reported)
            case _:
                return False

    @property
    def line(self) -> ChainLine | None:
        """The line of evidence it stands beneath, or is."""
        values = (entry.value for entry in self.upwards)
        return next((value for value in values if isinstance(value, ChainLine)), None)

    @property
    def node(self) -> Node | None:
        """The statement it is, or that it is a report of."""
        values = (entry.value for entry in self.upwards)
        return next((value for value in values if isinstance(value, Node)), None)


def outline(chain: Chain) -> tuple[Entry, ...]:
    """The top of the outline: the lines by contribution, the sum, then what was not counted, disputed, assumed."""
    weighing = [line for line in chain.lines if not is_light(line, chain.probability)]
    light = tuple(line for line in chain.lines if is_light(line, chain.probability))
    values: list[tuple[str, Value]] = [(_line_key(line), line) for line in weighing]
    if not chain.lines:
        values.append(("nothing", Remark("No line of evidence bears on it.")))
    values += [(f"start {_line_key(line)}", line) for line in chain.starts]
    values.append(("sum", Sum(chain.sum, chain.steps)))
    for member in chain.members:
        title = f"Of which {member.name}, {percent(member.probability)}"
        why_listed = (*member.belonging, *((member.listing,) if member.listing else ()))
        values.append((f"member {member.actor}", Section(title, MEMBER, lines=member.lines, nodes=why_listed)))
    if telling_reliances(chain):
        values.append(("rests on", Section(had_nobody(chain), RESTS_ON, reliances(chain))))
    if light:
        values.append(("light", Section("Weighs little", LIGHT, lines=light)))
    if chain.listing:
        values.append(("listing", Section("Why it is looked at", LISTING, nodes=(chain.listing,))))
    for title, about, sentences in (
        ("Not counted", "Reported, but no evidence of who did it, and why.", chain.not_counted),
        ("Disputed", "Facts that somebody denies, or that others report differently.", chain.disputed),
        ("Assumed", "What this rests on and nobody has reported.", chain.assumed),
    ):
        values.append((title, Section(title, about, sentences)))
    return tuple(_entries(values, None))


def beneath(entry: Entry, grown: Mapping[str, Node] = NOTHING_GROWN) -> tuple[Entry, ...]:
    """The entries directly beneath one; ``grown`` has statements that were cut in the chain, as found since."""
    if not entry.expandable:
        return ()
    return tuple(_entries(_values(whole(entry.value, grown)), entry))


def whole(value: Value, grown: Mapping[str, Node]) -> Value:
    """A statement that was cut, or had too many ways to show, as found since."""
    if isinstance(value, Node) and (value.cut or value.beyond) and value.atom in grown:
        found = grown[value.atom]
        return replace(value, ways=(*value.ways, *found.ways), beyond=found.beyond)
    return value


def _values(value: Value) -> Iterator[tuple[str, Value]]:
    match value:
        case ChainLine(premises=premises):
            yield from ((node.atom, passed_on(node)) for node in premises if not goes_without_saying(node))
        case Way(premises=premises):
            yield from ((node.atom, passed_on(node)) for node in premises)
        case Node():
            yield from ((f"{report.source} {report.polarity}", report) for report in value.reports)
            if len(value.ways) == 1:
                yield from ((node.atom, passed_on(node)) for node in value.ways[0].premises)
            else:
                yield from ((f"{way.rule} {way.sentence}", way) for way in value.ways)
        case Section():
            yield from ((text, Remark(text)) for text in value.sentences)
            yield from ((_line_key(line), line) for line in value.lines)
            yield from ((node.atom, passed_on(node)) for node in value.nodes)
        case Sum(steps=steps):
            yield from ((stage.name, stage) for stage in stages(steps))
        case SourceStanding(reports=reported):
            yield from ((f"{each.fact} {each.report.source} {each.report.polarity}", each) for each in reported)
        case _:
            return


def rest_beneath(entry: Entry | None, count: int) -> Entry:
    """The entry that stands for so many more beneath one."""
    return Entry("rest", Rest(count), entry, entry.depth + 1 if entry else 0)


def passed_on(node: Node) -> Node:
    """The statement itself, past rules that only pass it on in the same words."""
    while (
        len(node.ways) == 1
        and not node.reports
        and len(node.ways[0].premises) == 1
        and clause(node.ways[0].premises[0].sentence) == clause(node.sentence)
    ):
        node = node.ways[0].premises[0]
    return node


def reliances(chain: Chain) -> tuple[str, ...]:
    """What the probability would be without each thing the hypothesis rests on most."""
    return tuple(f"{percent(each.without_it):>5}  {relied(each)}" for each in telling_reliances(chain))


def _entries(values: Iterable[tuple[str, Value]], above: Entry | None) -> Iterator[Entry]:
    """The values as entries, with equal keys told apart."""
    used: dict[str, int] = {}
    depth = above.depth + 1 if above else 0
    for key, value in values:
        number = used[key] = used.get(key, 0) + 1
        yield Entry(key if number == 1 else f"{key} #{number}", value, above, depth)


def _line_key(line: ChainLine) -> str:
    return f"{line.rule} {line.sentence}"


def reports(line: ChainLine) -> tuple[ShownReport, ...]:
    """The reports that a line rests on, each once, in reading order."""
    return tuple(dict.fromkeys(report for node in nodes_beneath(line.premises) for report in node.reports))


def stages(steps: Sequence[Step]) -> Iterator[Stage]:
    """The steps of a sum one after the other, and the total."""
    places = [0.0]
    for step in steps:
        places.append(places[-1] + step.decibans)
    lowest, highest = min(places), max(places)
    for step, begins, ends in zip(steps, places, places[1:], strict=False):
        yield Stage(step.name, step.decibans, begins, ends, lowest, highest)
    yield Stage("Together", places[-1], 0.0, places[-1], lowest, highest, total=True)


def heaviest(chain: Chain) -> float:
    """The decibans of the line that weighs most."""
    lines = [*chain.lines, *chain.starts, *(line for member in chain.members for line in member.lines)]
    return max((abs(line.decibans) for line in lines), default=0.0)


def at_path(tops: Iterable[Entry], path: Path, grown: Mapping[str, Node] = NOTHING_GROWN) -> Entry | None:
    """The entry of a path; None where there is none."""
    entry: Entry | None = None
    for key in path:
        entry = next((each for each in tops if each.key == key), None)
        if entry is None:
            return None
        tops = beneath(entry, grown)
    return entry


def first_shown(tops: Iterable[Entry], atom: str, grown: Mapping[str, Node] = NOTHING_GROWN) -> Entry | None:
    """The first entry that unfolds a statement, where another place only says "shown above" or "shown below"."""
    unfolding = (entry for entry in _reading(tops, grown) if isinstance(entry.value, Node) and entry.value.ways)
    return next((entry for entry in unfolding if entry.node and entry.node.atom == atom), None)


def first_reporting(chain: Chain, atom: str, source: str, grown: Mapping[str, Node] = NOTHING_GROWN) -> Entry | None:
    """The first entry that is a source's report of a fact."""
    reporting = (entry for entry in _reading(outline(chain), grown) if isinstance(entry.value, ShownReport))
    for entry in reporting:
        said = entry.node.atom.removeprefix("not ") if entry.node else ""
        if said == atom and isinstance(entry.value, ShownReport) and entry.value.source == source:
            return entry
    return None


def _reading(tops: Iterable[Entry], grown: Mapping[str, Node]) -> Iterator[Entry]:
    """The entries at and beneath others, in reading order, up to a bound."""
    waiting = list(tops)[::-1]
    for _ in range(MOST_SEARCHED):
        if not waiting:
            return
        entry = waiting.pop()
        yield entry
        waiting.extend(reversed(beneath(entry, grown)))


def statements(chain: Chain) -> Iterator[Node]:
    """Every statement of the reasoning, in each place where it stands."""
    lines = (*chain.lines, *chain.starts, *(line for member in chain.members for line in member.lines))
    listed = (
        chain.listing,
        *(node for member in chain.members for node in (member.listing, *member.belonging)),
    )
    return nodes_beneath((*(node for line in lines for node in line.premises), *(node for node in listed if node)))


def atoms(chain: Chain) -> frozenset[str]:
    """Every statement that the reasoning says something of."""
    return frozenset(node.atom.removeprefix("not ") for node in statements(chain))


def first_of(chain: Chain, wanted: str, grown: Mapping[str, Node] = NOTHING_GROWN) -> Entry | None:
    """The first entry that is a statement, or an instance of a rule."""
    for entry in _reading(outline(chain), grown):
        match entry.value:
            case Node(atom=atom) if atom.removeprefix("not ") == wanted:
                return entry
            case ChainLine(rule=rule) | Way(rule=rule) if rule == wanted:
                return entry
    return None
