"""What a scenario file may hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from reasoner.explanation.changes import Changes

LEVELS = ("high", "moderate", "low")


def _share_range(value: list[float]) -> list[float]:
    if len(value) != 2 or not 0 <= value[0] <= value[1] <= 1:
        raise ValueError("needs [lowest, highest], both between 0 and 1, such as [0.55, 0.8]")
    return value


def _in_order(value: list[str]) -> list[str]:
    if len(value) == 1:
        raise ValueError("needs at least two actors, the likeliest first")
    return value


def _roles(value: object) -> object:
    if isinstance(value, bool) or (isinstance(value, list) and all(isinstance(role, str) for role in value)):
        return value
    raise ValueError("must be true, or a list of roles such as [perpetrator]")


def _levels(value: object) -> object:
    levels = value if isinstance(value, list) else [value]
    if levels and all(level in LEVELS for level in levels):
        return levels
    raise ValueError(f"must be {', '.join(LEVELS[:-1])} or {LEVELS[-1]}, or a list of these")


def _grades(value: object) -> object:
    if isinstance(value, dict) and all(isinstance(grade, (str, int)) for grade in value.values()):
        return {what: str(grade) for what, grade in value.items()}
    raise ValueError("must give a fact, source or origin and its new grade, such as {national: C}")


def _strengths(value: object) -> object:
    if isinstance(value, dict) and all(isinstance(strength, (str, int)) for strength in value.values()):
        return {rule: str(strength) for rule, strength in value.items()}
    raise ValueError("must give a rule and its new strength, such as {scarce means: 5}")


Range = Annotated[list[float], AfterValidator(_share_range)]


EXPECTATIONS = (
    "leader",
    "order",
    "probability",
    "verdict",
    "confidence",
    "falls",
    "rises",
    "unchanged",
    "because",
    "not_because",
    "answers",
    "no_answers",
    "missing",
)
"""The keys that say what must come."""


class Scenario(BaseModel):
    """A case, what is changed, and what must then be concluded of one role.

    ``facts`` names a folder beside the scenario whose cases and background stand in for the workspace's. What is
    expected is expected of the case as changed; ``falls`` and ``rises`` are the least moves in decibans against the
    unchanged case, and ``unchanged`` names the roles (true: all) of which no probability moves. ``probability`` takes
    actors and facts. ``because`` and ``not_because`` name rules of the chain of whoever leads, or of the actor ``of``;
    ``answers`` and ``no_answers`` are queries that must have, or must not have, an answer. ``missing`` are facts, with
    variables for what is left open, or predicates, that one of the first three questions to ask must be about.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    scenario: str = Field(min_length=1, description="the promise in one sentence")
    case: str = Field(description="the id of a case")
    facts: str | None = Field(default=None, description="a folder of facts, seen from the scenario's own folder")
    role: str | None = Field(default=None, description="perpetrator (if left out) or another role")
    as_of: str | None = Field(default=None, description='a quoted date, such as "2021-11-07"')
    assume: list[str] = Field(default_factory=list, description="a list of facts")
    retract: list[str] = Field(default_factory=list, description="a list of facts")
    rate: Annotated[dict[str, str], BeforeValidator(_grades)] = Field(default_factory=dict)
    source_off: list[str] = Field(default_factory=list, description="a list of sources")
    origin_off: list[str] = Field(default_factory=list, description="a list of sources on which nothing rests")
    rule_off: list[str] = Field(default_factory=list, description="a list of rule names")
    strength: Annotated[dict[str, str], BeforeValidator(_strengths)] = Field(default_factory=dict)

    leader: str | None = Field(default=None, description="an actor")
    order: Annotated[list[str], AfterValidator(_in_order)] = Field(
        default_factory=list, description="a list of actors, the likeliest first"
    )
    probability: dict[str, Range] = Field(
        default_factory=dict, description="actors or facts, each with [lowest, highest] between 0 and 1"
    )
    verdict: Literal["named", "insufficient evidence"] | None = None
    confidence: Annotated[list[str], BeforeValidator(_levels)] = Field(default_factory=list)
    falls: dict[str, float] = Field(default_factory=dict, description="actors, each with the least fall in dB")
    rises: dict[str, float] = Field(default_factory=dict, description="actors, each with the least rise in dB")
    unchanged: Annotated[bool | list[str], BeforeValidator(_roles)] = False
    of: str | None = Field(default=None, description="the actor whose chain is meant")
    because: list[str] = Field(default_factory=list, description="a list of rule names")
    not_because: list[str] = Field(default_factory=list, description="a list of rule names")
    answers: list[str] = Field(default_factory=list, description="a list of queries")
    no_answers: list[str] = Field(default_factory=list, description="a list of queries")
    missing: list[str] = Field(default_factory=list, description="a list of facts or predicates to ask about")

    @model_validator(mode="after")
    def _expects_something(self) -> Scenario:
        given = self.model_fields_set
        if not any(getattr(self, name) for name in EXPECTATIONS if name in given):
            raise ValueError(f"expects nothing; say what must come, by one of {', '.join(EXPECTATIONS)}")
        return self

    @property
    def changes(self) -> Changes:
        """What is changed, but for the date, which every inquiry into the scenario has."""
        return Changes(
            assume=tuple(self.assume),
            retract=tuple(self.retract),
            rate=tuple(self.rate.items()),
            source_off=tuple(self.source_off),
            origin_off=tuple(self.origin_off),
            rule_off=tuple(self.rule_off),
            strength=tuple(self.strength.items()),
        )
