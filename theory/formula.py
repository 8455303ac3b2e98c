"""What a formula is: a plain function of the paper's symbols, with a source, a domain and LaTeX."""

from __future__ import annotations

import functools
import inspect
import math
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import mpmath
import numpy as np
import sympy

from theory.arithmetic import MPMATH, NUMPY, arithmetic

__all__ = ["ALGORITHMS", "FORMULAS", "Domain", "Formula", "above", "between", "formula"]

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Domain:
    """The numbers from ``low`` to ``high`` that an argument may take.

    Attributes
    ----------
    text : str
        What completes "P must be ...".
    low, high : float
        The ends.
    open_low, open_high : bool
        Whether an end does not belong to it, be it infinite.
    integer : bool
        Whether only whole numbers do.
    """

    text: str
    low: float = -math.inf
    high: float = math.inf
    open_low: bool = True
    open_high: bool = True
    integer: bool = False

    def contains(self, value: Any) -> Any:
        """Whether a number, or each element of an array, lies in the domain (NaN never does)."""
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        if not self.integer:
            return above & below
        with np.errstate(invalid="ignore"):  # infinity has no remainder
            remainder = value % 1
        # SymPy's == compares structures: k % 1 of a plain symbol k would not be 0.
        whole = sympy.Eq(remainder, 0) if isinstance(value, sympy.Basic) else remainder == 0
        return above & below & whole

    def contains_all(self, values: np.ndarray[Any, Any]) -> bool:
        """The same for a whole array, by its extremes: no temporary arrays (NaN spoils both)."""
        if self.integer or not values.size:
            return bool(np.all(self.contains(values)))
        return bool(self.contains(values.min()) and self.contains(values.max()))

    def symbol(self, name: str) -> sympy.Symbol:
        """A SymPy symbol that knows what the domain says of its sign."""
        return sympy.Symbol(
            name,
            real=True,
            integer=True if self.integer else None,
            positive=True if self.low > 0 or (self.low == 0 and self.open_low) else None,
            nonnegative=True if self.low >= 0 else None,
        )


def above(low: float) -> Domain:
    """The finite numbers greater than ``low``.

    Parameters
    ----------
    low : float
        The excluded lower end.

    Returns
    -------
    Domain
        Its text completes "P must be ...".

    Notes
    -----
    Infinity and NaN are not among them.

    Examples
    --------
    >>> above(1).contains(1), above(1).contains(1.5)
    (False, True)
    """
    return Domain(f"a finite number > {low}", low)


real = Domain("a finite number")
positive = above(0)
non_negative = Domain("a finite number >= 0", low=0, open_low=False)
#: Infinity too.
unbounded = Domain("a number >= 0", low=0, open_low=False, open_high=False)
integer = Domain("an integer", integer=True)
positive_integer = Domain("an integer >= 1", low=1, open_low=False, integer=True)
at_least_one = Domain("a finite number >= 1", low=1, open_low=False)


def between(low: float, high: float) -> Domain:
    """The closed interval from ``low`` to ``high``.

    Parameters
    ----------
    low, high : float
        The ends, both of which belong to it.

    Returns
    -------
    Domain
        Its text completes "P must be ...".

    Notes
    -----
    NaN is never in it.

    Examples
    --------
    >>> between(0, 1).text, between(0, 1).contains(1)
    ('a number from 0 to 1', True)
    """
    return Domain(f"a number from {low} to {high}", low, high, open_low=False, open_high=False)


#: What the symbols mean, in every formula.
SYMBOLS = {
    "P": "Patterns.",
    "N": "Synapses.",
    "K": "Updates until all patterns are right.",
    "T": "Presentations until all patterns are right.",
    "eta": "Step size of an update, in units of weight.",
    "alpha": "Cost exponent: a change costs abs(change)^alpha.",
    "potentiation": "Price of changes of persistent weights upwards.",
    "depression": "Price of changes of persistent weights downwards.",
    "kappa": "Updates per synapse so far, K/N.",
    "s": "Transient weight, in units of weight.",
    "tau": "Decay time of the transient weights, in presentations.",
    "theta": "Consolidation threshold, in units of weight.",
    "n": "Steps in one direction to the threshold, `theory.lattice.steps_to_threshold`.",
    "k": "Transient weight, in steps.",
    "j": "Updates since the transient weight was 0.",
    "m": "Updates from one consolidation to the next.",
    "u": "Rate at which time is discounted, per presentation.",
    "p": "Probability that a presentation causes an update.",
    "c": "Maintenance cost per unit of transient weight and presentation.",
    "d": "Maintenance cost per unit of persistent weight and presentation.",
    "tolerance": "Relative error to be reached.",
    "b": "Cost per unit of change of a transient weight.",
    "n_h": "Hidden neurons.",
    "n_i": "Inputs.",
    "n_o": "Outputs.",
    "h_c": "Hidden neurons that learn the task when all synapses are plastic.",
    "p_i": "Fraction of synapses from input to hidden neurons that is plastic.",
    "p_o": "Fraction of synapses from hidden neurons to output that is plastic.",
    "plastic": "Synapses that a presentation changes.",
    "reference": "Synapses of the network with which another is compared.",
    "exponent": "Exponent of a power law.",
    "shown": "Presentations so far.",
    "presentations": "Presentations in all.",
    "images": "Images, each as likely to be presented as any other.",
    "up": "Sum of the changes of a weight upwards.",
    "down": "Sum of the sizes of its changes downwards.",
}


@dataclass(frozen=True)
class Formula:
    """A formula as an object: its function and what is known about it.

    Attributes
    ----------
    name : str
        Module or package of ``theory``, and function: ``perceptron.inefficiency``.
    function : callable
        The checked public function.
    source : str
        Paper and equation.
    domain : mapping
        The domain of each argument.
    where : str
        A condition on several arguments at once, in Python syntax, or empty.
    """

    name: str
    function: Callable[..., Any]
    source: str
    domain: Mapping[str, Domain]
    where: str

    @property
    def symbols(self) -> dict[str, sympy.Symbol]:
        """The arguments as SymPy symbols with the assumptions of their domains."""
        return {name: domain.symbol(name) for name, domain in self.domain.items()}

    @property
    def letters(self) -> dict[sympy.Symbol, str]:
        """The symbols in LaTeX, upright where they are words."""
        printed = {symbol: str(sympy.latex(symbol)) for symbol in self.symbols.values()}
        return {
            symbol: rf"\mathrm{{{text}}}" if text == symbol.name and text[1:] else text
            for symbol, text in printed.items()
        }

    @property
    def expression(self) -> Any:
        """The formula as a SymPy expression in `symbols`."""
        return self.function(**self.symbols)

    @property
    def latex(self) -> str:
        """The formula in LaTeX, from the SymPy evaluation: it cannot drift from the code."""
        return str(sympy.latex(self.expression, symbol_names=self.letters))


#: All formulas by name, filled by the decorator as the modules are imported.
FORMULAS: dict[str, Formula] = {}
#: What is no formula but an algorithm: single doubles in, a dataclass out.
ALGORITHMS: dict[str, Formula] = {}

# A formula that calls another hands it arguments that were checked at the border.
_border = threading.local()


def formula(
    *,
    source: str,
    domain: Mapping[str, Domain],
    where: str = "",
    registry: dict[str, Formula] | None = None,
) -> Callable[[F], F]:
    """Make a plain function a formula: checked at the border, in one arithmetic, with metadata.

    Parameters
    ----------
    source : str
        Paper and equation.
    domain : mapping
        The domain of each argument; arguments without one are options and are passed on as they
        are.
    where : str
        A condition on several arguments, in Python syntax, for example ``"P < 2*N"``.
    registry : dict, optional
        ``ALGORITHMS`` for what takes single doubles only, and is handed plain floats; else
        ``FORMULAS``.

    Returns
    -------
    callable
        The decorator. The decorated function accepts scalars, arrays that broadcast, ``mpf``
        numbers and SymPy expressions.

    Raises
    ------
    TypeError
        If the domain is of an argument that the function does not have. The decorated function
        raises ValueError naming argument, value and domain.

    Notes
    -----
    A formula that calls another hands it arguments that were checked at the border. Parameters,
    Raises and the source in Notes are put into the docstring by the decorator.

    Examples
    --------
    >>> @formula(source="Here", domain={"P": positive}, registry={})
    ... def doubled(P):
    ...     return 2 * P
    >>> doubled([1, 2.5])
    array([2., 5.])
    >>> doubled(-1)
    Traceback (most recent call last):
    ValueError: P must be a finite number > 0, got -1.0
    """

    def decorate(function: F) -> F:
        signature = inspect.signature(function)
        alone = registry is ALGORITHMS
        converted = _floats if alone else _converted
        unknown = set(domain) - set(signature.parameters)
        if unknown:
            raise TypeError(f"{function.__name__} has no arguments {sorted(unknown)}")

        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            if getattr(_border, "crossed", False):
                return function(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            values = {name: bound.arguments[name] for name in domain}
            with np.errstate(over="ignore", under="ignore"):
                bound.arguments.update(converted(values, domain, where))
                _border.crossed = True
                try:
                    result = function(*bound.args, **bound.kwargs)
                finally:
                    _border.crossed = False
            return result.item() if isinstance(result, np.generic) else result

        place = function.__module__.removeprefix("theory.").partition(".")[0]
        name = f"{place}.{function.__name__}"
        entry = Formula(name, checked, source, dict(domain), where)
        (FORMULAS if registry is None else registry)[name] = entry
        checked.__doc__ = _documented(function, entry, "number" if alone else "number or array")
        return cast(F, checked)

    return decorate


def _converted(values: dict[str, Any], domain: Mapping[str, Domain], where: str) -> dict[str, Any]:
    """The arguments as numbers of one arithmetic, or a ValueError."""
    xp = arithmetic(*values.values())
    if xp is NUMPY:
        numbers = {name: doubles(name, value, domain[name]) for name, value in values.items()}
        try:
            np.broadcast_shapes(*(number.shape for number in numbers.values()))
        except ValueError:
            shapes = ", ".join(f"{name} {number.shape}" for name, number in numbers.items())
            raise ValueError(f"shapes must broadcast, got {shapes}") from None
        if where and not np.all(holds := eval(where, {}, numbers)):
            holds, *columns = np.broadcast_arrays(holds, *numbers.values())
            index = tuple(np.argwhere(~holds)[0])
            first = [column[index].item() for column in columns]
            raise _outside(where, dict(zip(numbers, first, strict=True)))
        return {name: number[()] for name, number in numbers.items()}
    convert = _mpf if xp is MPMATH else _expression
    exact = {name: convert(name, value, domain[name]) for name, value in values.items()}
    for name, number in exact.items():
        # A symbolic relation that cannot be decided is no violation.
        if domain[name].contains(number) == False:  # noqa: E712
            raise _not_in(domain[name], name, number)
    if where and eval(where, {}, exact) == False:  # noqa: E712
        raise _outside(where, exact)
    return exact


def _floats(values: dict[str, Any], domain: Mapping[str, Domain], where: str) -> dict[str, Any]:
    """The arguments as single floats, or a ValueError."""
    numbers = {name: single(name, value, domain[name]) for name, value in values.items()}
    if where and not eval(where, {}, numbers):
        raise _outside(where, numbers)
    return numbers


def single(name: str, value: Any, domain: Domain) -> float:
    """An argument as a single double in its domain, or a ValueError."""
    if value is None:  # NumPy takes it for NaN
        raise _not_in(domain, name, value)
    array = doubles(name, value, domain)
    if array.ndim:
        raise ValueError(f"{name} must be a single number, got an array of shape {array.shape}")
    return float(array)


def doubles(name: str, value: Any, domain: Domain) -> np.ndarray[Any, Any]:
    """An argument as an array of doubles, every element in its domain, or a ValueError."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biufO":  # NumPy reads text and dates, and cuts complex numbers
            raise _not_in(domain, name, repr(value))
        array = array.astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):
        raise _not_in(domain, name, repr(value)) from None
    if not domain.contains_all(array):
        index = tuple(np.argwhere(~domain.contains(array))[0].tolist())
        place = f" at index {index}" if index else ""
        raise _not_in(domain, name, f"{array[index].item()}{place}")
    return array


def _mpf(name: str, value: Any, domain: Domain) -> Any:
    """An argument as a number of mpmath at the working precision."""
    try:
        if isinstance(value, str):
            raise TypeError
        plain = value.item() if isinstance(value, np.ndarray) else value
        number = mpmath.mpf(mpmath.mpmathify(plain))  # the inner knows NumPy's numbers
    except (TypeError, ValueError):
        raise _not_in(domain, name, repr(value)) from None
    if mpmath.isnan(number) or (domain.integer and mpmath.isinf(number)):
        raise _not_in(domain, name, number)
    return number


def _expression(name: str, value: Any, domain: Domain) -> Any:
    """An argument as a SymPy expression that may be a real number."""
    try:
        plain = value.item() if isinstance(value, (np.generic, np.ndarray)) else value
        number = sympy.sympify(plain, strict=True)
    except sympy.SympifyError:
        raise _not_in(domain, name, repr(value)) from None
    if (
        not isinstance(number, sympy.Expr)
        or number is sympy.nan
        or number.is_extended_real is False
    ):
        raise _not_in(domain, name, number)
    return number


def _not_in(domain: Domain, name: str, value: Any) -> ValueError:
    return ValueError(f"{name} must be {domain.text}, got {value}")


def _outside(where: str, values: Mapping[str, Any]) -> ValueError:
    involved = {name: value for name, value in values.items() if name in where}
    got = ", ".join(f"{name} = {value}" for name, value in involved.items())
    return ValueError(f"{where} must hold, got {got}")


def _documented(function: Callable[..., Any], formula: Formula, kind: str) -> str:
    """The docstring with what is known without it: symbols, domains, errors and source."""
    parameters = "".join(
        f"{name} : {kind}\n    {SYMBOLS[name]} Domain: {formula.domain[name].text}.\n"
        for name in inspect.signature(function).parameters
        if name in formula.domain
    )
    condition = f" {formula.where} must hold." if formula.where else ""
    error = f"ValueError\n    If an argument is outside its domain.{condition}\n"
    summary, *rest = re.split(r"\n(?=\w+\n---)", inspect.cleandoc(function.__doc__ or ""))
    written = {
        section.partition("\n")[0]: "\n".join([*section.rstrip().split("\n")[2:], ""])
        for section in rest
    }
    sections = written | {
        "Parameters": parameters + written.get("Parameters", ""),
        "Raises": error + written.get("Raises", ""),
        "Notes": "\n".join([*filter(None, [written.get("Notes")]), f"Source: {formula.source}.\n"]),
    }
    order = ("Parameters", "Returns", "Raises", "Notes", "Examples")
    return "\n".join(
        [
            f"{summary.rstrip()}\n",
            *(
                f"{title}\n{'-' * len(title)}\n{sections[title]}"
                for title in order
                if title in sections
            ),
        ]
    )
