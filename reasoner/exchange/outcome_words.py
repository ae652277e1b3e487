"""What becomes of a lead, in a few words."""

from __future__ import annotations

from collections.abc import Callable

from reasoner.assessment.judging import Judgement


def outcome_words(before: Judgement, after: Judgement, name: Callable[[str | None], str]) -> str:
    """What happens to a lead that is lost: who is named or in front then, or that nobody is named any more."""
    if after.leader is not None:
        return f"{name(after.leader)} named"
    moved = after.subject not in (None, before.subject)
    front = [f"{name(after.subject)} in front"] if moved else []
    return ", ".join([*(["nobody named"] if before.leader else []), *front]) or "nobody in front"
