"""The parts of a ranking in words: a fact, who reports it, a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reasoner.assessment.parts import Part
from reasoner.evidence.atoms import ground_atom
from reasoner.evidence.sources import go_betweens, itself, origin_names
from reasoner.explanation.sentences import Voice, listed, opening


@dataclass(frozen=True)
class PartWords:
    """How the parts of one case are told of, each as what would be missing."""

    voice: Voice

    def together(self, parts: Sequence[Part], last: str) -> str:
        """Several parts in a row; rules share one word."""
        rules = [f"[{part.id}]" for part in parts if part.what == "rule"]
        others = [self.phrase(part) for part in parts if part.what != "rule"]
        if len(rules) < 2:
            return listed([self.phrase(part) for part in parts], last)
        return listed([*others, f"the rule {listed(rules, last)}"], last)

    def phrase(self, part: Part) -> str:
        """The part, to go on from ``without``."""
        match part.what:
            case "fact":
                return f"“{opening(self.voice.atom(ground_atom(part.id)))}”{self._only_from(part)}"
            case "assumption":
                return f"the assumption that {self.voice.atom(ground_atom(part.id))}"
            case "rule":
                return f"the rule [{part.id}]"
            case "origin":
                return self._origin(part.id, alone=bool(part.alike))
            case "source":
                passed_on = part.id in self._passing
                name = self.voice.base.name(part.id)
                return f"all that came through {name}" if passed_on else name

    def _origin(self, origin: str, alone: bool) -> str:
        name = self._origins[origin]
        return itself(name) if origin in self._passing and not alone else name

    def _only_from(self, part: Part) -> str:
        reporters = [id for what, id in part.alike if what == "origin"] or [id for _, id in part.alike]
        return f" (only from {self._origins.get(reporters[0], reporters[0])})" if reporters else ""

    @cached_property
    def _origins(self) -> dict[str, str]:
        return origin_names(self.voice.base)

    @cached_property
    def _passing(self) -> frozenset[str]:
        """The sources that passed on, or stand behind, what others say."""
        sources = self.voice.base.sources
        return go_betweens(sources) | {source.origin for source in sources.values() if source.origin}
