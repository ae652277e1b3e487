"""Which values an aggregate may have in some world, given the tuples that always count and those that may."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.grounding.bounds import LARGEST_NUMBER
from reasoner.grounding.joins import NumberTooLargeError
from reasoner.terms import AggregateFunction, Constant, order_key


def possible_values(
    function: AggregateFunction, always: Sequence[Constant], maybe: Sequence[Constant], most: int
) -> list[Constant]:
    """The values in order; those beyond the first ``most`` + 1 found may be missing.

    ``always`` and ``maybe`` hold the first term of each tuple. What can hold together is not looked at.

    Raises:
        NumberTooLargeError: where a sum leaves the range of numbers.
    """
    match function:
        case "count":
            return list(range(len(always), len(always) + min(len(maybe), most) + 1))
        case "sum":
            return list(_sums(_numbers(always), _numbers(maybe), most))
        case "min":
            bound = min(always, key=order_key, default=None)
            return [value for value in _ordered(always, maybe) if bound is None or order_key(value) <= order_key(bound)]
        case "max":
            bound = max(always, key=order_key, default=None)
            return [value for value in _ordered(always, maybe) if bound is None or order_key(value) >= order_key(bound)]


def _numbers(terms: Sequence[Constant]) -> list[int]:
    """What a sum adds up: anything but a number counts nothing, as in clingo."""
    return [term for term in terms if isinstance(term, int)]


def _sums(always: Sequence[int], maybe: Sequence[int], most: int) -> list[int]:
    found = {sum(always)}
    for weight in maybe:
        found |= {value + weight for value in found}
        if len(found) > most:
            break
    if any(abs(value) > LARGEST_NUMBER for value in found):
        raise NumberTooLargeError
    return sorted(found)


def _ordered(always: Sequence[Constant], maybe: Sequence[Constant]) -> list[Constant]:
    return sorted({*always, *maybe}, key=order_key)
