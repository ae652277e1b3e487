"""How a ranking came about: who stood where after each report, and which lines moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reasoner.assessment.assess import Assessment
from reasoner.assessment.judging import Judgement
from reasoner.assessment.ranking import label_of
from reasoner.assessment.words import percent
from reasoner.evidence.base import Moment
from reasoner.explanation.movers import Mover, Seen, movers, reported, seen_in
from reasoner.explanation.sentences import Voice


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which something was reported, and how the role stood then.

    ``chances`` are the hypotheses' probabilities, the likeliest first, ``umbrellas`` those of umbrellas; both are empty
    where nobody was a candidate yet. ``lead`` is the probability of whoever leads, with its fronts where the judgement
    says so. ``reports`` counts those since the step before that bear on the role, ``newcomers`` are hypotheses that
    there were not before. ``changed``: whether a reader sees any difference to the step before.
    """

    moment: Moment
    judgement: Judgement
    lead: float
    chances: Mapping[str, float]
    umbrellas: Mapping[str, float]
    over: Mapping[str, frozenset[str]]
    reports: int
    newcomers: tuple[str, ...]
    changed: bool
    because: tuple[Mover, ...]

    @property
    def figures(self) -> dict[str, float]:
        """The probability of everybody, an umbrella's with its members."""
        return {**self.chances, **self.umbrellas}

    @property
    def tops(self) -> dict[str, float]:
        """The rows that no umbrella stands above: umbrellas with their members, and everyone else."""
        rows = self.figures
        return {
            actor: chance
            for actor, chance in rows.items()
            if not any(rows.get(umbrella, 0.0) >= chance for umbrella in self.over.get(actor, ()))
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps of one role of one case since the incident.

    ``names`` is how hypotheses read within a sentence, ``labels`` how a list shows them.
    """

    case: str
    title: str
    role: str
    question: str
    steps: tuple[Step, ...]
    names: Mapping[str, str]
    labels: Mapping[str, str]


def timeline(known: Sequence[Assessment], role: str) -> Timeline:
    """The steps through assessments of a case, one at least, that each know more than the one before.

    Their derivations are parts of one, with its constants.
    """
    last = known[-1]
    voice = Voice(last.base, last.derivation.program)
    seen: list[Seen] = []
    for each in known:
        seen.append(seen_in(each, role, seen[-1] if seen else None))
    steps = [_step(before, after, voice) for before, after in pairwise([None, *seen]) if after is not None]
    steps = [step for step in steps if step.reports or step.changed]
    base, definition = last.base, last.derivation.program.scales.roles[role]
    actors = {actor for step in steps for actor in (*step.chances, *step.umbrellas)}
    return Timeline(
        case=base.case.id,
        title=base.case.title,
        role=role,
        question=definition.question,
        steps=tuple(steps),
        names={actor: voice.name(actor) for actor in sorted(actors)},
        labels={actor: label_of(actor, definition, base) for actor in sorted(actors)},
    )


def _step(before: Seen | None, after: Seen, voice: Voice) -> Step:
    outlook, judgement = after.outlook, after.judgement
    past = dict(before.outlook.rows) if before and before.outlook else {}
    rows = dict(outlook.rows) if outlook else {}
    told = before is None or _visible(past, rows) or before.judgement != judgement
    chances = sorted(outlook.actors.items(), key=lambda row: (-row[1], row[0])) if outlook else []
    return Step(
        moment=after.moment,
        judgement=judgement or Judgement("insufficient evidence", None, None),
        lead=judgement.probability(outlook) if judgement and outlook else 0.0,
        chances=dict(chances),
        umbrellas=dict(outlook.umbrellas) if outlook else {},
        over=outlook.posterior.related.over if outlook else {},
        reports=sum(map(len, reported(before, after).values())),
        newcomers=tuple(actor for actor, _ in chances if before and actor not in past),
        changed=told,
        because=movers(before, after, voice) if told else (),
    )


def _visible(before: Mapping[str, float], after: Mapping[str, float]) -> bool:
    if before.keys() != after.keys():
        return True
    return any(percent(after[actor]) != percent(before[actor]) for actor in after)
