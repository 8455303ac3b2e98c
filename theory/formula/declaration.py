"""What a formula is: a plain function of the paper's symbols, with a source, a domain and LaTeX."""

from __future__ import annotations

import functools
import inspect
import re
import threading
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
import sympy

from theory.formula.domain import Domain, converted, floats

__all__ = ["ALGORITHM", "ALGORITHMS", "CALLS", "FORMULAS", "Formula", "formula"]

F = TypeVar("F", bound=Callable[..., Any])

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
    def call(self) -> str:
        """How it is called, with what may be left out: ``perceptron.energy(P, N, eta=1)``."""
        parameters = inspect.signature(self.function).parameters.values()
        shown = (
            item.name if item.default is item.empty else f"{item.name}={item.default}"
            for item in parameters
        )
        return f"{self.name}({', '.join(shown)})"

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
        printed = str(sympy.latex(self.expression, symbol_names=self.letters))
        # The index in front of a hypergeometric function is not that of the factor before.
        return printed.replace("{{}_", r"\,{{}_")


#: All formulas by name, filled by the decorator as the modules are imported.
FORMULAS: dict[str, Formula] = {}
#: What is no formula but an algorithm: single doubles in, a dataclass out.
ALGORITHMS: dict[str, Formula] = {}
#: All that can be called by name, formulas first: a chain begins with its last map.
CALLS: Mapping[str, Formula] = ChainMap(ALGORITHMS, FORMULAS)
#: What stands for the equation of an algorithm.
ALGORITHM = "computed by an algorithm, in double precision"

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
    >>> from theory.formula.domain import positive
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
        convert = floats if alone else converted
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
                bound.arguments.update(convert(values, domain, where))
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
