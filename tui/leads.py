"""What an answer leads to, as the open case has it: in words, and where it stands in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.evidence.sources import itself
from reasoner.exchange.page import Lead, Leads
from tui.dossier import Place, place_of

if TYPE_CHECKING:
    from tui.dossier import Dossier


def standing(about: Leads, role: str, dossier: Dossier) -> Leads:
    """Those that there are in the case, as its files have it or under what is supposed."""
    return tuple(lead for lead in about if _stands(lead, role, dossier))


def _stands(lead: Lead, role: str, dossier: Dossier) -> bool:
    match lead.kind:
        case "fact":
            return dossier.fact(lead.name) is not None
        case "rule":
            return dossier.rule(lead.name) is not None
        case "source" | "origin":
            return dossier.source(lead.name) is not None
        case "finding":
            return True
        case "actor":
            inquiries = (dossier.inquiry, dossier.filed)
            rankings = (each.standings.get(lead.role or role) for each in inquiries if each)
            return any(lead.name in ranking.actors for ranking in rankings if ranking)


def in_words(lead: Lead, role: str, dossier: Dossier) -> str:
    """What it is and what it is called, within a sentence."""
    match lead.kind:
        case "fact":
            fact = dossier.fact(lead.name)
            return f"the fact: {dossier.said(fact) if fact else lead.name}"
        case "rule":
            return f"the rule [{lead.name}]"
        case "source":
            source = dossier.source(lead.name)
            return f"the source: {source.name if source else lead.name}"
        case "origin":
            source = dossier.source(lead.name)
            return itself(source.name if source else lead.name)
        case "finding":
            return "what might be found"
        case "actor":
            return f"the hypothesis: {dossier.name(lead.name, lead.role or role)}"


def place_of_lead(lead: Lead, dossier: Dossier) -> Place | None:
    """The place in a file that an editor should open."""
    match lead.kind:
        case "fact":
            return dossier.fact_place(lead.name)
        case "rule":
            return dossier.rule_place(lead.name)
        case "source" | "origin":
            source = dossier.source(lead.name)
            return place_of(source.span) if source and source.span else None
        case "finding":
            return None
        case "actor":
            entity = dossier.inquiry.base.entities.get(lead.name)
            return place_of(entity.span) if entity and entity.span else None
