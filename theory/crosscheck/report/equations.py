"""Formulas as one would write them: tidied by rules that keep their value, and long ones in parts.

In LaTeX for pages, and in the letters of a terminal.
"""

import sys
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import sympy
from sympy.printing.latex import LatexPrinter
from sympy.printing.pretty.pretty import PrettyPrinter
from sympy.printing.pretty.stringpict import prettyForm

from theory.formula import ALGORITHM, FORMULAS, Formula

#: Up to how many characters of LaTeX an equation is shown as a whole.
FOLDED_FROM = 280
#: Up to how many a part of one that is folded has.
PART_FROM = 140


class _LatexPrinter(LatexPrinter):  # type: ignore[misc]
    """LaTeX as the papers have it."""

    def _print_LambertW(self, function: Any, exp: str = "") -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"W_0{power}\left({self._print(function.args[0])}\right)"

    def _print_hyper(self, function: Any, exp: str = "") -> str:
        # The index in front is not that of the factor before it.
        upper, lower = (", ".join(map(self._print, part)) for part in (function.ap, function.bq))
        name = rf"\,{{}}_{{{len(function.ap)}}}F_{{{len(function.bq)}}}"
        power = f"^{{{exp}}}" if exp else ""
        return rf"{name}{power}\left({upper};\, {lower};\, {self._print(function.argument)}\right)"

    def _print_Float(self, number: Any) -> str:
        digits, power = f"{float(number):.5e}".split("e")
        if -4 < int(power) < 4:
            return f"{float(number):.6g}"
        factor = "" if float(digits) == 1 else rf"{float(digits):g} \cdot "
        return f"{factor}10^{{{int(power)}}}"


def latex(expression: Any, letters: Mapping[Any, str] | None = None) -> str:
    """An expression in LaTeX, with letters for its symbols."""
    return str(_LatexPrinter({"symbol_names": dict(letters or {})}).doprint(expression))


def tidied(expression: Any) -> Any:
    """The same value, as one would write it."""
    found = expression
    for symbol in expression.free_symbols:
        if not expression.has(symbol - 1):
            continue
        found = found.subs((symbol - 1) * (symbol + 1), symbol**2 - 1)
        root = sympy.sqrt(symbol - 1) * sympy.sqrt(symbol + 1)
        found = found.subs(root, sympy.sqrt(symbol**2 - 1))
    found = found.replace(
        lambda part: isinstance(part, sympy.floor) and part.args[0].could_extract_minus_sign(),
        lambda part: -sympy.ceiling(-part.args[0]),
    )
    found = found.replace(
        lambda part: isinstance(part, sympy.exp) and part.args[0].has(sympy.log), _power
    )
    return sympy.powsimp(found) if found.is_Mul else found


def _power(exponential: Any) -> Any:
    """e^(a log x) as x^a."""
    logarithms = [part for part in exponential.args[0].args if isinstance(part, sympy.log)]
    if not (exponential.args[0].is_Mul and len(logarithms) == 1):
        return exponential
    return logarithms[0].args[0] ** (exponential.args[0] / logarithms[0])


def folded(
    plain: Any,
    size: Callable[[Any], int] = lambda it: len(latex(it)),
    whole: int = FOLDED_FROM,
    part: int = PART_FROM,
) -> tuple[list[tuple[Any, Any]], Any]:
    """What is shown of an expression: named parts, if it is larger than a whole, and the whole."""
    expression = tidied(
        plain.xreplace({number: sympy.Float(number, 6) for number in fitted(plain)})
    )
    if size(expression) <= whole:
        return [], expression
    return _parts(expression, lambda it: size(it) <= part)


def _parts(expression: Any, fits: Callable[[Any], bool]) -> tuple[list[tuple[Any, Any]], Any]:
    """What an expression is folded into: parts by their names, and the whole made of them."""
    found, (whole,) = sympy.cse(expression, symbols=sympy.numbered_symbols(positive=True))
    named: list[tuple[Any, Any]] = []

    def name(part: Any) -> Any:
        short = shortened(part)
        named.append((sympy.Symbol(f"x_{len(named) + 1}", positive=True), short))
        return named[-1][0]

    def shortened(part: Any) -> Any:
        """The same with names for its longest sums, until it fits on a line."""
        while not fits(part):
            inner = [it for it in sympy.preorder_traversal(part) if it.is_Add and it != part]
            longest = max(inner, key=lambda it: it.count_ops(), default=part)
            if longest.count_ops() < 8 or longest == part:
                break
            part = part.xreplace({longest: name(longest)})
        return part

    known: dict[Any, Any] = {}
    for symbol, part in found:
        value = part.xreplace(known)
        # What is hardly longer than a name for it needs none.
        known[symbol] = value if value.count_ops() <= 2 else name(value)
    whole = shortened(whole.xreplace(known))
    return named, whole


def fitted(expression: Any) -> list[Any]:
    """The coefficients of fits, which are fractions with large denominators."""
    return [number for number in expression.atoms(sympy.Rational) if number.q > 999]


class _TerminalPrinter(PrettyPrinter):  # type: ignore[misc]
    """Mathematics in two dimensions."""

    def _print_Symbol(self, symbol: Any, bold_name: bool = False) -> Any:
        # A long name with an underscore is no letter with an index.
        if len(symbol.name.partition("_")[2]) > 2:
            return prettyForm(symbol.name)
        return super()._print_Symbol(symbol, bold_name)

    def _print_Max(self, function: Any) -> Any:
        return self._print_Function(function, func_name="max")

    def _print_Min(self, function: Any) -> Any:
        return self._print_Function(function, func_name="min")


def pretty(expression: Any, width: int) -> str:
    """An expression in lines of up to ``width`` characters."""
    return str(_TerminalPrinter({"use_unicode": True, "num_columns": width}).doprint(expression))


def written(call: Formula, width: int) -> str:
    """A formula as an equation for the terminal, with its parts and what is not usual in it."""
    if call.name not in FORMULAS:
        return f"{ALGORITHM}\n"
    expression = call.expression
    named, whole = folded(expression, _columns, whole=width, part=width - 8)
    shown = [pretty(whole, width)]
    shown += [pretty(sympy.Eq(name, part, evaluate=False), width) for name, part in named]
    own = {type(it) for it in expression.atoms(sympy.Function) if "sympy." not in it.__module__}
    notes = sorted(f"{it.__name__}: {str(it.__doc__).splitlines()[0]}" for it in own)
    shown += [textwrap.fill(note, width) for note in notes]
    lines = "\n\n".join(shown).splitlines()
    return "\n".join(map(str.rstrip, lines)) + "\n"


def _columns(expression: Any) -> int:
    """How wide an expression is that is not wrapped."""
    return pretty(expression, sys.maxsize).find("\n") % sys.maxsize
