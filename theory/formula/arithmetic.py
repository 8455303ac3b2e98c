"""One formula, many arithmetics: the namespace to compute in, chosen by the arguments' types.

A formula asks ``xp = arithmetic(P, N)`` and then writes ``xp.sqrt(xp.pi * P)``: with floats and
arrays that is NumPy, with an ``mpf`` among the arguments mpmath at its working precision, with a
SymPy expression among them exact algebra.
"""

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.special

__all__ = ["MPMATH", "NUMPY", "SYMPY", "Arithmetic", "arithmetic"]


class Arithmetic:
    """A library whose functions formulas use by NumPy's names; it is loaded when first used.

    Parameters
    ----------
    name : str
        "numpy", "mpmath" or "sympy".
    **differing : str or callable
        What the library calls otherwise, or does not have.

    Attributes
    ----------
    pi, euler : number
        At the precision of the arithmetic.
    sqrt, cbrt, exp, expm1, log1p, log, gamma, erf, zeta, floor, maximum, minimum : callable
        What NumPy and SciPy call so. All else is what the library calls so.
    """

    def __init__(self, name: str, **differing: Any) -> None:
        self.name, self._differing = name, differing

    def __getattr__(self, name: str) -> Any:
        """What has not been asked for before."""
        found = self._differing.get(name, name)
        if isinstance(found, str):
            found = getattr(importlib.import_module(self.name), found)
        setattr(self, name, found)
        return found

    def __reduce__(self) -> str:
        """Another process has its own, below."""
        return self.name.upper()


#: Doubles and arrays of them.
NUMPY = Arithmetic(
    "numpy",
    euler="euler_gamma",
    gamma=scipy.special.gamma,
    erf=scipy.special.erf,
    zeta=scipy.special.zeta,
)
#: ``mpf`` numbers, at mpmath's working precision.
MPMATH = Arithmetic("mpmath", maximum=max, minimum=min)
#: Expressions, exactly.
SYMPY: Arithmetic = Arithmetic(
    "sympy",
    euler="EulerGamma",
    expm1=lambda x: SYMPY.exp(x) - 1,
    log1p=lambda x: SYMPY.log(1 + x),
    maximum="Max",
    minimum="Min",
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
    >>> import mpmath, sympy
    >>> arithmetic(2, 3.0).name, arithmetic(2, mpmath.mpf(3)).name
    ('numpy', 'mpmath')
    >>> arithmetic(sympy.Symbol("P"), 2).name
    'sympy'
    """
    # Without a library there are no numbers of it.
    if "sympy" in sys.modules and any(isinstance(item, SYMPY.Basic) for item in arguments):
        chosen = SYMPY
    elif "mpmath" in sys.modules and any(isinstance(item, MPMATH.mpf) for item in arguments):
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
        return known(MPMATH.mp.prec, *arguments)

    return recalled


@functools.cache
def implicit(
    function: Callable[..., Any],
    letter: str,
    known: Callable[..., Any] = lambda *_: None,
    **members: Any,
) -> Any:
    """The SymPy class of a function that SymPy has no name for.

    Parameters
    ----------
    function : callable
        It gives an instance of the class for expressions, and for ``mpf`` numbers the value.
    letter : str
        What it is printed by, in LaTeX.
    known : callable
        Gives the value at arguments where that has a name, else None.
    **members
        What else SymPy is to know of the class.

    Returns
    -------
    class
        A subclass of `sympy.Function`, always the same.
    """

    def evaluated(self: Any, prec: int) -> Any:
        with MPMATH.workprec(prec + 10):
            # Whole numbers too: as int they would be taken for doubles.
            arguments = (argument._to_mpmath(prec + 10, False) for argument in self.args)
            return SYMPY.Float(function(*arguments), precision=prec)

    def printed(self: Any, printer: Any, exp: str = "") -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"{letter}{power}\left({', '.join(map(printer.doprint, self.args))}\right)"

    def reduced(self: Any, _: int) -> Any:
        return function, self.args  # no pickle finds the class

    members |= {"_eval_evalf": evaluated, "_latex": printed, "__reduce_ex__": reduced}
    members["__doc__"] = function.__doc__
    members["eval"] = classmethod(lambda _, *arguments: known(*arguments))
    return type(function.__name__, (SYMPY.Function,), members)
