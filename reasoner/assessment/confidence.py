"""How far a ranking can be relied on, apart from probability, and why, in sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from reasoner.assessment.judging import Judgement
from reasoner.assessment.ranking import name_of
from reasoner.assessment.reliance import Reliance
from reasoner.assessment.result import Confidence, Level
from reasoner.assessment.words import LEADS, lead_words, number_word
from reasoner.evidence.moments import written_date
from reasoner.evidence.sources import go_betweens, itself, origin_names
from reasoner.terms import Atom

HIGH_ORIGINS, MODERATE_ORIGINS = 3, 2
MODERATE_LEAD, HIGH_LEAD = LEADS

_LEVELS: Sequence[Level] = ("low", "moderate", "high")
_ROUNDING = 1e-9
_LISTED = 4
_SLOT = re.compile(r"\{(\w+)\}")


def confidence(reliance: Reliance) -> Confidence:
    """Level and reasons for whoever is named, or leads without being named.

    High: at least 3 origins, the lead held in 90 % of the worlds, and by the loss of any one origin or of whoever
    passed several on. Moderate: 2 origins and 70 %, or an admission against interest. Low: anything less, or an
    assumption that it rests on. Origins that reached us through one source count as one. Where evidence open to
    deception carries part of the lead, the level is no higher than it would be without all of it.
    """
    if reliance.judged.subject is None:
        return Confidence("low", ("Nobody in particular is a hypothesis.",))
    return Confidence(_level(reliance), tuple(_reasons(reliance)))


def _level(reliance: Reliance) -> Level:
    earned, bare = _earned(reliance), reliance.bare
    if bare is None or earned == "low":
        return earned
    if reliance.lost(bare.judged):
        return "low"
    return min(earned, _earned(bare), key=_LEVELS.index)


def _earned(reliance: Reliance) -> Level:
    if reliance.assumptions:
        return "low"
    count, held = reliance.independent, not reliance.breaking and not reliance.severed
    if count >= HIGH_ORIGINS and reliance.lead >= HIGH_LEAD - _ROUNDING and held:
        return "high"
    if (count >= MODERATE_ORIGINS and reliance.lead >= MODERATE_LEAD - _ROUNDING) or reliance.admissions:
        return "moderate"
    return "low"


def _reasons(reliance: Reliance) -> Iterator[str]:
    named = origin_names(reliance.base)
    fronts = " with its fronts" if reliance.judged.with_fronts else ""
    if reliance.losses:
        yield _origins_sentence([named[origin] for origin in reliance.origins], bool(reliance.channels))
        yield from _channel_sentences(reliance)
    else:
        yield _unreported_sentence({fact.basis for fact in reliance.facts})
    yield lead_words(reliance.lead, _subject(reliance) + fronts, reliance.outlook.posterior.worlds.sampled)
    if reliance.breaking:
        yield from _breaking_sentences(reliance, named)
    elif len(reliance.origins) > 1:
        yield "No single origin's loss would put another name in front."
    for source, after in reliance.severed.items():
        yield f"Without all that came through {reliance.base.name(source)}, {_loss(reliance, after)}."
    for atom in reliance.admissions:
        yield f"It rests on an admission against interest: {_statement(atom, reliance)}."
    yield from _deception_sentences(reliance)
    for atom in reliance.assumptions:
        yield f"It rests on an assumption: {_statement(atom, reliance)}."


def _origins_sentence(names: Sequence[str], joined: bool) -> str:
    if not names:
        return "No single origin carries it: losing any one of them costs it less than a deciban."
    if len(names) == 1:
        return f"Only one origin carries it: {names[0]}."
    independent = "" if joined else "independent "
    return f"{number_word(len(names)).capitalize()} {independent}origins carry it: {_in_a_row(names)}."


def _channel_sentences(reliance: Reliance) -> Iterator[str]:
    for source, through in reliance.channels.items():
        every = "Both" if len(through) == 2 else "All"
        some = every if len(through) == len(reliance.origins) else number_word(len(through)).capitalize()
        yield f"{some} of them stand or fall with {reliance.base.name(source)}, and count as one."


def _unreported_sentence(bases: Collection[str]) -> str:
    """What a lead rests on that no report bears on."""
    words = [word for basis, word in (("given", "undisputed"), ("assumed", "assumed")) if basis in bases]
    return f"It rests on no report, only on what is {' or '.join(words)}." if words else "It rests on no report."


def _breaking_sentences(reliance: Reliance, named: Mapping[str, str]) -> Iterator[str]:
    losses: dict[str, list[str]] = {}
    passed_on = go_betweens(reliance.base.sources)
    for origin, after in reliance.breaking.items():
        name = itself(named[origin]) if origin in passed_on else named[origin]
        losses.setdefault(_loss(reliance, after), []).append(name)
    for loss, names in losses.items():
        if len(names) == 1:
            yield f"Without {names[0]}, {loss}."
        else:
            yield f"Without any one of these, {loss}: {_in_a_row(names)}."


def _deception_sentences(reliance: Reliance) -> Iterator[str]:
    bare = reliance.bare
    if bare is None:
        return
    if reliance.planted:
        statements = [_statement(atom, reliance) for atom in reliance.planted]
        yield f"Part of it is of a kind that is easy to plant: {_in_a_row(statements, '; ')}."
    gaining = _gaining(reliance)
    if gaining:
        yield f"Part of it comes from those who gain by blaming {_subject(reliance)}: {_in_a_row(gaining)}."
    kept = "the lead would stay where it is"
    yield f"Without all that, {_loss(reliance, bare.judged) if reliance.lost(bare.judged) else kept}."


def _gaining(reliance: Reliance) -> list[str]:
    """Names of the interested: sources, and speakers who are no source of the same name."""
    exposed, base = reliance.exposed, reliance.base
    sources = [base.name(source) for source in exposed.sources]
    speakers = dict.fromkeys(base.name(atom.arguments[0]) for atom in exposed.statements)
    return sources + [speaker for speaker in speakers if not any(name.startswith(speaker) for name in sources)]


def _loss(reliance: Reliance, after: Judgement) -> str:
    """What the judgement would be instead, where the lead is lost."""
    if reliance.judged.kept(reliance.outlook, after) or after.subject is None:
        return "nobody would be named"
    passed = name_of(after.subject, reliance.outlook.posterior.role.role, reliance.base)
    return f"the lead would pass to {passed}"


def _subject(reliance: Reliance) -> str:
    return name_of(reliance.judged.subject or "", reliance.outlook.posterior.role.role, reliance.base)


def _in_a_row(names: Sequence[str], comma: str = ", ") -> str:
    """The first few names, with ``and`` before the last."""
    more = len(names) - _LISTED
    shown = [*names[:_LISTED], f"{number_word(more)} more"] if more > 0 else list(names)
    if len(shown) == 1:
        return shown[0]
    last = " and " if comma == ", " else "; and "
    return f"{comma.join(shown[:-1])}{last}{shown[-1]}"


def _statement(atom: Atom, reliance: Reliance) -> str:
    """The atom by its predicate's sentence, with display names, to go on from a colon."""
    predicate = reliance.vocabulary.predicates.get(atom.predicate)
    if predicate is None or predicate.arity != len(atom.arguments):
        return str(atom)
    slots = zip(predicate.arguments, atom.arguments, strict=True)
    names = {argument.name: written_date(reliance.base.name(value)) for argument, value in slots}
    template = predicate.sentence[:1].lower() + predicate.sentence[1:]
    return _SLOT.sub(lambda slot: names.get(slot[1], slot[0]), template)
