"""One derivation seen with less knowledge: what could be derived, and who was a hypothesis, when less was known.

The derivation is made once, from every fact that was ever known. Grounding again from fewer facts would give a part of
it: the instances whose premises can all be derived from those. Random numbers and method stay, so that rankings at two
times differ by what was learnt alone.
"""

from __future__ import annotations

from dataclasses import replace

from reasoner.assessment.assess import Assessment
from reasoner.assessment.umbrellas import Ties
from reasoner.assessment.weights import RoleStakes
from reasoner.evidence.base import Base
from reasoner.grounding.graph import Derivation
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.terms import Atom


def as_known(assessment: Assessment, base: Base) -> Assessment:
    """The assessment with only what ``base`` knows, whose facts are all in the derivation or reach no rule."""
    known = derivable(assessment.derivation, base)
    ties = assessment.ties
    return replace(
        assessment,
        base=base,
        settings=replace(assessment.settings, method=assessment.drawn.method),
        roles=tuple(_roles(assessment, known)),
        ties=Ties(
            tuple(tie for tie in ties.memberships if tie[2] in known),
            tuple(tie for tie in ties.fronts if tie[2] in known),
        ),
    )


def derivable(derivation: Derivation, base: Base) -> frozenset[int]:
    """The atoms that hold in some world of a base, as grounding finds them: with nothing ruled out by a negation."""
    ids = derivation.atom_ids
    known = {ids[atom] for atom, fact in base.facts.items() if fact.credence > 0 and atom in ids}
    starts, premises = derivation.positive_start.tolist(), derivation.positive.tolist()
    waiting = [
        (head, premises[starts[instance] : starts[instance + 1]])
        for instance, head in enumerate(derivation.head.tolist())
    ]
    before = -1
    while before < len(known):
        before = len(known)
        still = []
        for head, body in waiting:
            if head in known:
                continue
            if known.issuperset(body):
                known.add(head)
            else:
                still.append((head, body))
        waiting = still
    return frozenset(known)


def _roles(assessment: Assessment, known: frozenset[int]) -> list[RoleStakes]:
    """The roles with the candidates of that time; those that had none are left out."""
    ids, case = assessment.derivation.atom_ids, assessment.base.case.id
    found = []
    for role in assessment.roles:
        candidates = {
            actor for actor in role.candidates if ids.get(Atom("candidate", (case, role.role.id, actor))) in known
        }
        if candidates:
            stakes = tuple(stake for stake in role.stakes if stake.actor in {*candidates, OTHER, NOBODY})
            found.append(replace(role, stakes=stakes))
    return found
