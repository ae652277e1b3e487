"""What facts may say and how strong a line may be: the values behind vocabulary.yaml and scales.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a predicate: its name and its type.

    Types are ``Incident Actor Capability Place Target Evidence Speaker Date Term Number Kind Role``; several may be
    admitted. ``Term`` is a free constant, ``Date`` a quoted ISO date, ``Number`` an integer, ``Role`` a role of
    scales.yaml. The others name entities, or incidents.
    """

    name: str
    types: tuple[str, ...]


Asking: TypeAlias = Literal["always", "once", "never"]
Finding: TypeAlias = Literal["often", "seldom", "unasked"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """What one kind of fact says.

    ``sentence`` and ``question`` are templates with argument names in braces. ``where`` says where an answer may be
    looked for. ``functional``: two facts that agree in all but the last argument exclude each other.
    ``weightless`` says why such a fact is no evidence of who did it, where it never is; else None. ``plantable``: such
    evidence is easily planted or staged by somebody else, at little cost and without the help of whom it points to.
    ``which`` asks for many such facts at once, without naming what they differ in (``Who had {capability}?``).
    ``asked``: whether somebody may still be asked for such a fact (``always``), only while none of its first argument
    is reported (``once``), or ``never``. ``found``: whether such a thing comes to light where somebody looks
    (``often``), ``seldom`` even then, or ``unasked``, so that what nobody reports is hardly there.
    """

    name: str
    arguments: tuple[Argument, ...]
    sentence: str
    question: str | None = None
    where: str | None = None
    functional: bool = False
    weightless: str | None = None
    plantable: bool = False
    which: str | None = None
    asked: Asking = "always"
    found: Finding = "often"

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.arguments)

    def __str__(self) -> str:
        """The predicate with its argument names, as error messages show it."""
        return f"{self.name}({', '.join(argument.name for argument in self.arguments)})"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every predicate a fact may use, and the kinds an entity may have.

    ``kinds`` maps an entity kind (militia, place, weapon …) to the argument types it can fill, ``kind_names`` to how
    it reads in a sentence (``an outside expert``), where that is more than its id.
    """

    predicates: Mapping[str, Predicate]
    kinds: Mapping[str, tuple[str, ...]]
    kind_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def weightless(self) -> dict[str, str]:
        """The predicates that are never evidence of who did it, each with the reason why."""
        return {name: each.weightless for name, each in self.predicates.items() if each.weightless}


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor within which only the strongest line counts: its id, display name and what it covers."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a hypothesis may be guilty of.

    ``question`` heads the ranking; ``said`` is the clause after an actor's name (``did it``); ``nobody`` is how
    "nobody" reads in this role, or None where somebody must have held it.
    """

    id: str
    question: str
    said: str
    nobody: str | None


@dataclass(frozen=True, slots=True)
class Scales:
    """The figures of the calculus, as scales.yaml states them.

    ``strengths`` word → decibans; ``digits`` credibility 1–6 → probability; ``letters`` reliability A–F → scale of
    log-odds; ``grade_words`` the wording of letters and digits; ``unlisted`` and ``nobody`` the default priors of
    ``other`` and ``nobody`` in decibans; ``exclusion`` the decibans of ``excludes`` (negative).
    """

    strengths: Mapping[str, int]
    factors: Mapping[str, Factor]
    roles: Mapping[str, Role]
    digits: Mapping[int, float]
    letters: Mapping[str, float]
    grade_words: Mapping[str, str]
    unlisted: float
    nobody: float
    exclusion: float


ENTITY_TYPES = ("Incident", "Actor", "Capability", "Place", "Target", "Evidence", "Speaker")
"""Argument types whose values name entities (or, for Incident, cases)."""

DECLARED = "is_a"
"""The predicate whose facts come from the kinds of entities; no file states one."""

MAXIMUM_STRENGTH = 60
"""Decibans of the strongest line a rule may state."""

OTHER = "other"
"""The hypothesis that it was somebody not on the list."""

NOBODY = "nobody"
"""The hypothesis, in roles other than perpetrator, that nobody held the role."""

PERPETRATOR = "perpetrator"

RESERVED_HEADS: Mapping[str, int] = {"candidate": 3, "supports": 5, "opposes": 5, "prior": 4, "excludes": 4}
"""The interface between rules and ranking: predicate → arity."""
