"""What must hold between arguments: conditions that check, print and sample themselves."""

from __future__ import annotations

import bisect
import functools
import inspect
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from theory.formula.domain import Domain

__all__ = ["Condition"]


@dataclass(frozen=True)
class Condition:
    """A relation between arguments, written as a function of them.

    It may add, multiply, raise to powers, and compare by < or <=; it is true up to some value of
    its first argument and false above it.

    Attributes
    ----------
    holds : callable
        Its parameters are the arguments. Of numbers it gives a truth value, of arrays an array of
        them, and of SymPy expressions a relation.

    Examples
    --------
    >>> below_capacity = Condition(lambda P, N: P < 2 * N)
    >>> str(below_capacity), below_capacity.at({"P": 3, "N": 1, "eta": 1})
    ('P < 2*N', False)
    """

    holds: Callable[..., Any]

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The arguments that it is about."""
        return tuple(inspect.signature(self.holds).parameters)

    def __str__(self) -> str:
        """The condition in Python syntax."""
        return str(self.holds(*map(_Written, self.names)))

    def at(self, values: Mapping[str, Any]) -> Any:
        """Whether it holds at a point, which may have further arguments."""
        return self.holds(**{name: values[name] for name in self.names})

    def placed(
        self, point: Mapping[str, float], domain: Mapping[str, Domain], share: float
    ) -> dict[str, float]:
        """A point at which the condition holds: another, with its first argument changed.

        Parameters
        ----------
        point : mapping
            The arguments, as doubles.
        domain : mapping
            The domain of each.
        share : float
            The first argument over the largest double that the condition allows it, from 0 to 1;
            it becomes no smaller than its domain says.

        Returns
        -------
        dict
            The arguments.

        Raises
        ------
        ValueError
            If the condition does not hold for the least first argument of its domain, at least 0.
        """
        first = self.names[0]
        limits = domain[first]
        least = max(math.nextafter(limits.low, math.inf) if limits.open_low else limits.low, 0.0)
        if not self.at({**point, first: least}):
            raise ValueError(f"no {first} satisfies {self} at {dict(point)}")
        # Doubles >= 0 are ordered as the integers that their bits spell.
        low, high = (int(np.float64(end).view(np.int64)) for end in (least, sys.float_info.max))
        above = bisect.bisect_left(
            range(high + 1), True, lo=low, key=lambda bits: not self._at(point, first, bits)
        )
        border = float(np.int64(above - 1).view(np.float64))
        return {**point, first: max(share * min(border, limits.high), least)}

    def _at(self, point: Mapping[str, float], first: str, bits: int) -> bool:
        return bool(self.at({**point, first: float(np.int64(bits).view(np.float64))}))


@dataclass(frozen=True)
class _Written:
    """An expression of arguments as it is written in Python."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: object) -> _Written:
        return _Written(f"({self} + {other})")

    def __mul__(self, other: object) -> _Written:
        return _Written(f"{self}*{other}")

    def __rmul__(self, other: object) -> _Written:
        return _Written(f"{other}*{self}")

    def __pow__(self, other: object) -> _Written:
        return _Written(f"({self})**{other}")

    def __lt__(self, other: object) -> _Written:
        return _Written(f"{self} < {other}")

    def __le__(self, other: object) -> _Written:
        return _Written(f"{self} <= {other}")
