"""How much of the machine an untrusted file may use, each bound an environment variable; and how much there is."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from reasoner.problems import InputError, Problem

UNBOUNDED = 2**40
"""So many of anything that there is no bound."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on input and work. The setting of ``instances`` is ``ASCRIBE_LIMIT_INSTANCES``, and so on.

    ``file_bytes``: size of one file. ``nesting``: depth of parentheses in a term and of YAML collections.
    ``instances``: rule instances in one derivation. ``seconds``: time for grounding one case.
    ``values``: distinct values one aggregate may take.
    """

    file_bytes: int = 4_000_000
    nesting: int = 50
    instances: int = 200_000
    seconds: int = 60
    values: int = 1_000

    @staticmethod
    def setting(bound: str) -> str:
        """The environment variable that sets a bound."""
        return f"ASCRIBE_LIMIT_{bound.upper()}"

    @classmethod
    def from_environment(cls) -> Limits:
        """The limits in force: the defaults, with what the environment sets.

        Raises:
            InputError: for each setting that is no whole number above 0.
        """
        given = {bound.name: os.environ.get(cls.setting(bound.name), "").strip() for bound in fields(cls)}
        wrong = [name for name, text in given.items() if text and not (text.isdecimal() and int(text) > 0)]
        if wrong:
            raise InputError(
                Problem(
                    "wrong-limit",
                    f"{cls.setting(name)} is `{given[name]}`, which is no bound",
                    hint=f"write a whole number above 0, such as {getattr(cls(), name)}",
                )
                for name in wrong
            )
        return cls(**{name: int(text) for name, text in given.items() if text})


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
