"""The accepted answers to cases: a YAML file beside the cases, never among them, which nothing that ranks reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel

from reasoner.documents import Document, read_yaml, validate
from reasoner.evidence.base import Base
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.problems import InputError, Problem, did_you_mean

UNKNOWN = "unknown"
"""How a truth file may write ``other``: somebody nobody had listed."""

MISSPELT = 0.85
"""From this similarity on, a name that a case does not know is taken for a known one misspelt."""


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


@dataclass(frozen=True, slots=True)
class Truth:
    """The accepted answers of one file, by case."""

    document: Document
    answers: dict[str, CaseTruth]

    def chosen(self, cases: Iterable[str]) -> Truth:
        """The answers to these cases, all where none is named. Raises `InputError` where there is none to one."""
        wanted = tuple(cases) or tuple(self.answers)
        unknown = [
            Problem("unknown-case", f"the truth file has no answer to `{case}`", hint=did_you_mean(case, self.answers))
            for case in wanted
            if case not in self.answers
        ]
        if unknown:
            raise InputError(unknown)
        return replace(self, answers={case: self.answers[case] for case in wanted})

    def misspelt(self, case: str, base: Base) -> Iterator[Problem]:
        """The names that a case does not know, and that are too like one it knows to mean anybody else."""
        for problem, actor, named in self._unknown(case, base):
            meant = get_close_matches(actor, [known for known in base.entities if known not in named], 1, MISSPELT)
            if meant:
                yield replace(problem, hint=f"did you mean `{meant[0]}`?")

    def strangers(self, case: str, base: Base) -> Iterator[Problem]:
        """The names that a case does not know, misspelt or not: none of its hypotheses can ever be meant by them."""
        return (replace(problem, note=_A_STRANGER) for problem, _, _ in self._unknown(case, base))

    def _unknown(self, case: str, base: Base) -> Iterator[tuple[Problem, str, list[str]]]:
        """A problem, the name, and all that the same role names."""
        for role, accepted in self.answers[case].roles().items():
            named = [*accepted.accept, *accepted.reject]
            for side, actors in (("accept", accepted.accept), ("reject", accepted.reject)):
                for place, actor in enumerate(actors):
                    if actor not in base.entities and actor not in (OTHER, NOBODY):
                        span = self.document.spans[(case, role, side, place)]
                        yield self.document.problem("unknown-actor", f"{case} knows no `{actor}`", span), actor, named


_A_STRANGER = "no hypothesis can match it; somebody whom nobody had listed is written `other`"


def read_truth(path: Path) -> Truth:
    """Read a truth file: case → accepted answer.

    Raises:
        InputError: with every problem of the file.
    """
    document = read_yaml(path)
    truth = Truth(document, validate(document, _TruthFile).root)
    problems = [
        document.problem(
            "accepted-and-rejected",
            f"`{actor}` is both accepted and rejected",
            document.spans[(case, role, "reject", accepted.reject.index(actor))],
        )
        for case, answer in truth.answers.items()
        for role, accepted in answer.roles().items()
        for actor in accepted.reject
        if actor in accepted.accept
    ]
    if problems:
        raise InputError(problems)
    return truth
