"""One formula, many arithmetics: the namespace to compute in, chosen by the arguments' types.

A formula asks ``xp = arithmetic(P, N)`` and then writes ``xp.sqrt(xp.pi * P)``: with floats and
arrays that is NumPy, with an ``mpf`` among the arguments mpmath at its working precision, with a
SymPy expression among them exact algebra.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import mpmath
import numpy as np
import scipy.special
import sympy

__all__ = ["MPMATH", "NUMPY", "SYMPY", "Arithmetic", "arithmetic"]


@dataclass(frozen=True)
class Arithmetic:
    """The functions that formulas use, named as in NumPy, in one arithmetic.

    Attributes
    ----------
    name : str
        "numpy", "mpmath" or "sympy".
    pi, euler : number
        At the precision of the arithmetic.
    sqrt, cbrt, exp, expm1, log1p, log, gamma, erf, zeta, floor, maximum, minimum : callable
        What NumPy and SciPy call so.
    """

    name: str
    pi: Any
    euler: Any
    sqrt: Callable[[Any], Any]
    cbrt: Callable[[Any], Any]
    exp: Callable[[Any], Any]
    expm1: Callable[[Any], Any]
    log1p: Callable[[Any], Any]
    log: Callable[[Any], Any]
    gamma: Callable[[Any], Any]
    erf: Callable[[Any], Any]
    zeta: Callable[[Any], Any]
    floor: Callable[[Any], Any]
    maximum: Callable[[Any, Any], Any]
    minimum: Callable[[Any, Any], Any]


#: Doubles and arrays of them.
NUMPY = Arithmetic(
    name="numpy",
    pi=np.pi,
    euler=np.euler_gamma,
    sqrt=np.sqrt,
    cbrt=np.cbrt,
    exp=np.exp,
    expm1=np.expm1,
    log1p=np.log1p,
    log=np.log,
    gamma=scipy.special.gamma,
    erf=scipy.special.erf,
    zeta=scipy.special.zeta,
    floor=np.floor,
    maximum=np.maximum,
    minimum=np.minimum,
)
#: ``mpf`` numbers, at mpmath's working precision.
MPMATH = Arithmetic(
    name="mpmath",
    pi=mpmath.mp.pi,
    euler=mpmath.mp.euler,
    sqrt=mpmath.sqrt,
    cbrt=mpmath.cbrt,
    exp=mpmath.exp,
    expm1=mpmath.expm1,
    log1p=mpmath.log1p,
    log=mpmath.log,
    gamma=mpmath.gamma,
    erf=mpmath.erf,
    zeta=mpmath.zeta,
    floor=mpmath.floor,
    maximum=max,
    minimum=min,
)
#: Expressions, exactly.
SYMPY = Arithmetic(
    name="sympy",
    pi=sympy.pi,
    euler=sympy.EulerGamma,
    sqrt=sympy.sqrt,
    cbrt=sympy.cbrt,
    exp=sympy.exp,
    expm1=lambda x: sympy.exp(x) - 1,
    log1p=lambda x: sympy.log(1 + x),
    log=sympy.log,
    gamma=sympy.gamma,
    erf=sympy.erf,
    zeta=sympy.zeta,
    floor=sympy.floor,
    maximum=sympy.Max,
    minimum=sympy.Min,
)


def arithmetic(*arguments: Any) -> Arithmetic:
    """The arithmetic to evaluate a formula in.

    A SymPy object among the arguments makes it SymPy, else an ``mpf`` mpmath, else it is NumPy.

    Parameters
    ----------
    *arguments : number, array, ``mpf`` or SymPy expression
        Those of the formula.

    Returns
    -------
    Arithmetic
        The functions to evaluate it with.

    Raises
    ------
    TypeError
        If SymPy expressions or ``mpf`` numbers are mixed with arrays: neither broadcasts.

    Notes
    -----
    The types decide, not the values, and numbers of Python are for NumPy.

    Examples
    --------
    >>> arithmetic(2, 3.0).name, arithmetic(2, mpmath.mpf(3)).name
    ('numpy', 'mpmath')
    >>> arithmetic(sympy.Symbol("P"), 2).name
    'sympy'
    """
    if any(isinstance(argument, sympy.Basic) for argument in arguments):
        chosen = SYMPY
    elif any(isinstance(argument, mpmath.mpf) for argument in arguments):
        chosen = MPMATH
    else:
        return NUMPY
    if any(isinstance(argument, np.ndarray) and argument.ndim for argument in arguments):
        raise TypeError(f"arrays cannot be mixed with {chosen.name} numbers")
    return chosen


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function of ``mpf`` numbers compute once what it is asked for again and again.

    Differences by one argument leave alone what depends on others, SymPy evaluates common parts
    anew each time they occur, and quadratures share what is constant.
    """

    @functools.lru_cache(maxsize=4096)
    def known(_precision: int, *arguments: Any) -> Any:
        return function(*arguments)

    @functools.wraps(function)
    def recalled(*arguments: Any) -> Any:
        return known(mpmath.mp.prec, *arguments)

    return recalled


class Implicit(sympy.Function):  # type: ignore[misc]
    """A function that SymPy has no name for: printed by a letter, evaluated by mpmath."""

    letter = ""
    #: The value at ``mpf`` numbers, at mpmath's working precision: for each function its own.
    in_mpmath: ClassVar[Callable[..., Any]]

    def _eval_evalf(self, prec: int) -> sympy.Expr:
        with mpmath.workprec(prec + 10):
            # Whole numbers too: as int they would be taken for doubles.
            arguments = (argument._to_mpmath(prec + 10, False) for argument in self.args)
            return sympy.Float(self.in_mpmath(*arguments), precision=prec)

    def _latex(self, printer: Any, exp: str = "") -> str:
        power = f"^{{{exp}}}" if exp else ""
        arguments = ", ".join(map(printer.doprint, self.args))
        return rf"{self.letter}{power}\left({arguments}\right)"
