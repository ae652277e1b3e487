"""The answers behind the tabs as JSON: what the command of the same name prints with ``--json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.questions import Asking

ALONE = {"reason": "There is only one hypothesis here."}


def why(asking: Asking) -> object:
    """The chain behind the hypothesis in hand."""
    from reasoner.exchange.chain_json import chain_json

    return chain_json(asking.inquiry.why(asking.actor, asking.role))


def why_not(asking: Asking) -> object:
    """What the hypothesis in hand lacks."""
    from reasoner.exchange.why_not_json import why_not_json

    if asking.rival is None:
        return ALONE
    return why_not_json(asking.inquiry.why_not(asking.rival, asking.role, asking.ahead))


def compare(asking: Asking) -> object:
    """The hypothesis in hand beside whoever is ahead."""
    from reasoner.exchange.compare_json import compare_json

    if asking.rival is None:
        return ALONE
    return compare_json(asking.inquiry.compare(asking.ahead, asking.rival, asking.role))


def what_if(asking: Asking) -> object:
    """The ranking before and after what is supposed."""
    from reasoner.exchange.what_if_json import what_if_json

    inquiry = asking.inquiry
    if inquiry.plain is None:
        return {"supposed": []}
    return what_if_json(inquiry.plain.what_if(inquiry.changes))


def missing(asking: Asking) -> object:
    """What is worth finding out."""
    from reasoner.exchange.missing_json import missing_json

    return missing_json(asking.inquiry.base.case.id, asking.inquiry.missing(asking.role))


def linchpins(asking: Asking) -> object:
    """What the answer hangs on."""
    from reasoner.exchange.linchpins_json import linchpins_json

    inquiry, role = asking.inquiry, asking.role
    return linchpins_json(inquiry.base.case.id, inquiry.linchpins(role), inquiry.assessment.robustness(role))


def matrix(asking: Asking) -> object:
    """Hypotheses against evidence."""
    from reasoner.exchange.matrix_data import matrix_json

    return matrix_json(asking.inquiry.matrix(asking.role))


def timeline(asking: Asking) -> object:
    """How the ranking moved."""
    from reasoner.exchange.timeline_json import timeline_json

    return timeline_json(asking.inquiry.timeline(asking.role))


def sources(asking: Asking) -> object:
    """Who stands behind the answer."""
    from reasoner.exchange.sources_json import sources_json

    return sources_json(asking.inquiry.sources(asking.actor, asking.role))
