"""What a formula is: a plain function of the paper's symbols, with a source, a domain and LaTeX."""

import functools
import inspect
import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar, cast

import numpy as np

from theory.formula.arithmetic import NUMPY, SYMPY, arithmetic
from theory.formula.border import algorithmic, crossed, within, without_nan
from theory.formula.conditions import Condition
from theory.formula.conversion import converted, floats
from theory.formula.domain import Domain
from theory.formula.places import place
from theory.formula.plain import elementwise, have_exact_elements
from theory.formula.symbols import SYMBOLS, Symbol

__all__ = ["ALGORITHM", "ALGORITHMS", "CALLS", "FORMULAS", "Formula", "formula"]

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True)
class Formula:
    """A formula as an object: its function and what is known about it.

    Attributes
    ----------
    name : str
        Package, or module of ``theory``, and function: ``perceptron.inefficiency``.
    function : callable
        The checked public function.
    source : str
        Paper and equation.
    arguments : mapping
        The symbol of each, with its domain in this formula.
    where : Condition or None
        A condition on several arguments at once.
    """

    name: str
    function: Callable[..., Any]
    source: str
    arguments: Mapping[str, Symbol]
    where: Condition | None

    @property
    def domain(self) -> dict[str, Domain]:
        """The domain of each argument."""
        return {name: symbol.domain for name, symbol in self.arguments.items()}

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
    def symbols(self) -> dict[str, Any]:
        """The arguments as SymPy symbols with the assumptions of their domains."""
        return {name: domain.symbol(name) for name, domain in self.domain.items()}

    @property
    def letters(self) -> dict[Any, str]:
        """The symbols in LaTeX, upright where they are words."""
        printed = {symbol: str(SYMPY.latex(symbol)) for symbol in self.symbols.values()}
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
        printed = str(SYMPY.latex(self.expression, symbol_names=self.letters))
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


def formula(
    source: str,
    *,
    gives: str = "",
    domain: Mapping[str, Domain] = MappingProxyType({}),
    where: Callable[..., Any] | None = None,
    symbols: Iterable[Symbol] = (),
    name: str = "",
    registry: dict[str, Formula] | None = None,
) -> Callable[[Decorated], Decorated]:
    """Make a plain function a formula: checked at the border, in one arithmetic, with metadata.

    Parameters
    ----------
    source : str
        Paper and equation.
    gives : str
        What the result is, with its unit, for the docstring.
    domain : mapping
        The domains of the arguments that are not what their symbols say.
    where : callable
        A condition on several arguments, as a function of them: see
        `theory.formula.conditions.Condition`.
    symbols : iterable of Symbol
        What arguments mean that are not in ``SYMBOLS``, or mean something else there.
    name : str
        What claims and the command call it: words with dots between them. Without it, the package
        or module of ``theory`` in which it is, and its function: ``perceptron.inefficiency``.
    registry : dict, optional
        ``ALGORITHMS`` for what takes single doubles only, and is handed plain floats; else
        ``FORMULAS``.

    Returns
    -------
    callable
        The decorator. The decorated function accepts scalars, arrays that broadcast, ``mpf``
        numbers and SymPy expressions. It has ``source`` and ``domain``, and ``latex()``, a call
        because SymPy works it out, gives what it computes in LaTeX.

    Raises
    ------
    TypeError
        If an argument is neither a symbol nor an option, which has True, False or a text as its
        default and is passed on as it is; or if a domain is of no argument.
    ValueError
        If another formula has its name. The decorated function raises ValueError naming argument,
        value and domain.

    Notes
    -----
    A formula that calls another hands it arguments that were checked at the border. Parameters,
    Returns, Raises and the source in Notes are put into the docstring by the decorator.

    Examples
    --------
    >>> @formula("Here", gives="Patterns.", registry={})
    ... def doubled(P):
    ...     return 2 * P
    >>> doubled([1, 2.5])
    array([2., 5.])
    >>> doubled(-1)
    Traceback (most recent call last):
    ValueError: P must be a finite number > 0, got -1.0
    >>> doubled.latex(), doubled.domain["P"].text
    ('2 P', 'a finite number > 0')
    """

    def decorate(function: Decorated) -> Decorated:
        signature = inspect.signature(function)
        arguments = _arguments(function, domain, symbols)
        domains = {name: symbol.domain for name, symbol in arguments.items()}
        condition = where and Condition(where)
        convert = floats if registry is ALGORITHMS else converted

        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            if crossed():
                return function(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            values = {name: bound.arguments.pop(name) for name in domains}
            if convert is converted and any(map(have_exact_elements, values.values())):
                return elementwise(checked, values, bound.arguments)
            with np.errstate(over="ignore", under="ignore", invalid="ignore"):
                numbers = convert(values, domains, condition)
                if convert is floats:
                    return algorithmic(function, numbers, bound.arguments)
                result = within(function, **bound.arguments, **numbers)
                if arithmetic(*numbers.values()) is NUMPY:
                    result = without_nan(function, result, numbers, bound.arguments)
            return result.item() if isinstance(result, np.generic) else result

        home = function.__module__.removeprefix("theory.").partition(".")[0]
        called = name or f"{home}.{function.__name__}"
        entry = Formula(called, checked, source, arguments, condition)
        _enter(entry, FORMULAS if registry is None else registry)
        vars(checked).update(source=source, domain=domains, latex=lambda: entry.latex)
        checked.__doc__ = _documented(function, entry, gives, alone=registry is ALGORITHMS)
        return cast(Decorated, checked)

    return decorate


def _enter(entry: Formula, registry: dict[str, Formula]) -> None:
    """Make a formula known by its name, in the place of what was there before it was edited."""
    if not re.fullmatch(r"\w+(\.\w+)+", entry.name):
        raise ValueError(f"name must be words with dots between them, got {entry.name!r}")
    new, known = (inspect.unwrap(it.function) for it in (entry, registry.get(entry.name, entry)))
    files = {function.__code__.co_filename for function in (new, known)}
    if known.__module__ != new.__module__ and len(files) == 2:
        raise ValueError(
            f"two formulas are called {entry.name}, at {place(known)} and {place(new)}: "
            "say by name= what one of them is to be called"
        )
    registry[entry.name] = entry


def _arguments(
    function: Callable[..., Any], domain: Mapping[str, Domain], symbols: Iterable[Symbol]
) -> dict[str, Symbol]:
    """The symbols of the arguments that are no options, with their domains in this formula."""
    known = SYMBOLS | {symbol.name: symbol for symbol in symbols}
    arguments = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name in known:
            arguments[name] = replace(known[name], domain=domain.get(name, known[name].domain))
        elif not isinstance(parameter.default, bool | str):
            raise TypeError(
                f"{function.__name__}: {name} must be a symbol, or an option with True, False or a "
                "text as its default; declare other symbols by symbols=[Symbol(...)]"
            )
    if unknown := set(domain) - set(arguments):
        raise TypeError(f"{function.__name__} has no arguments {sorted(unknown)}")
    return arguments


def _returned(function: Callable[..., Any]) -> str:
    """The name of the class that a function says it returns."""
    result = inspect.signature(function).return_annotation
    return result if isinstance(result, str) else str(result.__name__)


def _documented(function: Callable[..., Any], formula: Formula, gives: str, *, alone: bool) -> str:
    """The docstring with what is known without it: symbols, domains, result, errors and source."""
    kind = "number" if alone else "number or array"
    parameters = "".join(
        f"{name} : {kind}\n    {symbol.meaning} Domain: {symbol.domain.text}.\n"
        for name, symbol in formula.arguments.items()
    )
    result = _returned(function) if alone else kind
    condition = f" {formula.where} must hold." if formula.where else ""
    error = f"ValueError\n    If an argument is outside its domain.{condition}\n"
    summary, *rest = re.split(r"\n(?=\w+\n---)", inspect.cleandoc(function.__doc__ or ""))
    written = {
        section.partition("\n")[0]: "\n".join([*section.rstrip().split("\n")[2:], ""])
        for section in rest
    }
    returns = {"Returns": f"{result}\n    {gives}\n"} if gives else {}
    sections = (
        returns
        | written
        | {
            "Parameters": parameters + written.get("Parameters", ""),
            "Raises": error + written.get("Raises", ""),
            "Notes": "\n".join(
                [*filter(None, [written.get("Notes")]), f"Source: {formula.source}.\n"]
            ),
        }
    )
    return "\n".join(
        [
            f"{summary.rstrip()}\n",
            *(
                f"{title}\n{'-' * len(title)}\n{sections[title]}"
                for title in ("Parameters", "Returns", "Raises", "Notes", "Examples")
                if title in sections
            ),
        ]
    )
