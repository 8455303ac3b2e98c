"""What was computed beside what was expected, as a table that refuses to be made if they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy

__all__ = ["Comparisons", "compare"]

#: Computed and expected.
Pair = tuple[Any, Any]


@dataclass(frozen=True)
class Comparisons:
    """Pairs that agree; notebooks show them as a table.

    Attributes
    ----------
    pairs : dict
        Computed and expected, by what they are.
    """

    pairs: Mapping[str, Pair]

    def _repr_markdown_(self) -> str:
        rows = [
            ("", "Computed", "Expected", "Difference"),
            ("---",) * 4,
            *((what, *map(_shown, pair), _difference(*pair)) for what, pair in self.pairs.items()),
        ]
        # A bar within a cell, as of an absolute value, would end it.
        cells = ([cell.replace("|", r"\vert ") for cell in row] for row in rows)
        return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def compare(pairs: Mapping[str, Pair], within: float = 0.0) -> Comparisons:
    r"""Compare what was computed with what was expected.

    Parameters
    ----------
    pairs : dict
        Computed and expected, by what they are: numbers, or SymPy expressions.
    within : float
        Relative difference that numbers may have. Expressions must be equal.

    Returns
    -------
    Comparisons
        All pairs, to be shown as a table.

    Raises
    ------
    AssertionError
        If a pair differs.

    Examples
    --------
    >>> x = sympy.Symbol("x")
    >>> print(compare({"a square": ((x + 1) ** 2, x**2 + 2 * x + 1)})._repr_markdown_())
    |  | Computed | Expected | Difference |
    | --- | --- | --- | --- |
    | a square | $\left(x + 1\right)^{2}$ | $x^{2} + 2 x + 1$ | 0, proved |
    >>> compare({"pi": (3.14, 3.14159)}, within=1e-4)
    Traceback (most recent call last):
    AssertionError: pi: computed 3.14, expected 3.14159
    """
    for what, (computed, expected) in pairs.items():
        if _symbolic(computed, expected):
            agrees = sympy.simplify(computed - expected) == 0
        else:
            agrees = bool(abs(computed - expected) <= within * abs(expected))
        if not agrees:
            raise AssertionError(f"{what}: computed {computed}, expected {expected}")
    return Comparisons(pairs)


def _symbolic(*values: Any) -> bool:
    return any(isinstance(value, sympy.Basic) for value in values)


def _shown(value: Any) -> str:
    return f"${sympy.latex(value)}$" if _symbolic(value) else f"{value:.6g}"


def _difference(computed: Any, expected: Any) -> str:
    if _symbolic(computed, expected):
        return "0, proved"
    if not expected:
        return f"{computed - expected:+.1e}"
    relative = computed / expected - 1
    return f"{relative:+.1%}" if abs(relative) > 1e-3 else f"{relative:+.0e}"
