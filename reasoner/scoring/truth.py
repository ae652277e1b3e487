"""The accepted answers to cases: a YAML file beside the cases, never among them, which nothing that ranks reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel

from reasoner.documents import read_yaml, validate
from reasoner.language.vocabulary import OTHER
from reasoner.problems import InputError, Problem, did_you_mean

UNKNOWN = "unknown"
"""How a truth file may write ``other``: somebody nobody had listed."""


def _as_hypotheses(actors: list[str]) -> list[str]:
    return [OTHER if actor == UNKNOWN else actor for actor in actors]


Actors = Annotated[list[str], AfterValidator(_as_hypotheses)]


class Accepted(BaseModel):
    """Who is held to have had a role: any of ``accept`` is right, and none of ``reject`` may come first."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    accept: Actors = Field(description="a list of actors, any of whom is right")
    reject: Actors = Field(default_factory=list, description="a list of actors who must not come first")
    certainty: str | None = Field(default=None, description="how sure the accepted answer is")
    how: str | None = Field(default=None, description="how it became known")


class CaseTruth(BaseModel):
    """The accepted answer to one case, role by role, and how sure a ranking of what was known may be."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    perpetrator: Accepted | None = Field(default=None, description="who is held to have done it")
    sponsor: Accepted | None = Field(default=None, description="who is held to have stood behind it")
    supplier: Accepted | None = Field(default=None, description="who is held to have supplied what it took")
    expected: Literal["confident", "ranked_unsure", "unsure"] | None = Field(
        default=None, description="confident, ranked_unsure or unsure"
    )

    def roles(self) -> dict[str, Accepted]:
        """Role → who is accepted, for the roles that the file speaks of."""
        found = {"perpetrator": self.perpetrator, "sponsor": self.sponsor, "supplier": self.supplier}
        return {role: accepted for role, accepted in found.items() if accepted is not None and accepted.accept}


class _TruthFile(RootModel[dict[str, CaseTruth]]):
    """Case → accepted answer."""


def read_truth(path: Path) -> dict[str, CaseTruth]:
    """Read a truth file: case → accepted answer.

    Raises:
        InputError: with every problem of the file.
    """
    document = read_yaml(path)
    truth = validate(document, _TruthFile).root
    problems = [
        document.problem(
            "accepted-and-rejected",
            f"`{actor}` is both accepted and rejected",
            document.spans[(case, role, "reject", accepted.reject.index(actor))],
        )
        for case, answer in truth.items()
        for role, accepted in answer.roles().items()
        for actor in accepted.reject
        if actor in accepted.accept
    ]
    if problems:
        raise InputError(problems)
    return truth


def chosen(truth: Mapping[str, CaseTruth], cases: Iterable[str]) -> dict[str, CaseTruth]:
    """The accepted answers to these cases, all where none is named.

    Raises:
        InputError: the file has no answer to one of them.
    """
    wanted = tuple(cases) or tuple(truth)
    unknown = [
        Problem("unknown-case", f"the truth file has no answer to `{case}`", hint=did_you_mean(case, truth))
        for case in wanted
        if case not in truth
    ]
    if unknown:
        raise InputError(unknown)
    return {case: truth[case] for case in wanted}
