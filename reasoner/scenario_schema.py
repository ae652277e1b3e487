"""What a scenario file may hold."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["high", "moderate", "low"]


class Scenario(BaseModel):
    """A case, what is changed, and what must then be concluded of one role.

    ``falls`` and ``rises`` are the least moves in decibans against the unchanged case; ``unchanged`` says that no
    probability of any role moves. ``because`` and ``not_because`` name rules of the chain of whoever leads, or of
    the actor ``of``.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    scenario: str
    case: str
    role: str | None = None
    as_of: str | None = None
    assume: list[str] = Field(default_factory=list)
    retract: list[str] = Field(default_factory=list)
    rate: dict[str, str | int] = Field(default_factory=dict)
    rule_off: list[str] = Field(default_factory=list)

    leader: str | None = None
    order: list[str] = Field(default_factory=list)
    probability: dict[str, tuple[float, float]] = Field(default_factory=dict)
    verdict: Literal["named", "insufficient evidence"] | None = None
    confidence: Level | list[Level] | None = None
    falls: dict[str, float] = Field(default_factory=dict)
    rises: dict[str, float] = Field(default_factory=dict)
    unchanged: bool = False
    of: str | None = None
    because: list[str] = Field(default_factory=list)
    not_because: list[str] = Field(default_factory=list)

    @property
    def confidence_levels(self) -> tuple[str, ...]:
        """The levels of confidence that are expected."""
        if self.confidence is None:
            return ()
        return (self.confidence,) if isinstance(self.confidence, str) else tuple(self.confidence)
