"""Formulas as mathematics: equations whose parts are all defined, domains, conditions, proofs.

What is shown is the SymPy evaluation of the code, tidied by rules that keep its value; a test holds
each equation against its formula.
"""

from typing import Any

import sympy

from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.report.equations import fitted, folded, latex
from theory.formula import ALGORITHM, FORMULAS, Domain, Formula

#: What SymPy has no name for, by the function that computes it: its letter, and what it is.
HELPERS = {
    "exit_variation": (
        "$v(x)$ is the variance of an exit time over its squared mean, "
        r"$v(x) = \frac{\pi^{3/2}}{E(x)^2} \int_0^x e^{y^2} \mathrm{erf}(y)^2$ "
        r"$[\mathrm{erfi}(x) - \mathrm{erfi}(y)]\, dy$ with "
        r"$E(x) = x^2\, {}_2F_2(1, 1; \tfrac32, 2; x^2)$"
    ),
    "gardner_margin": (
        r"$\kappa_G(x)$ is Gardner's optimal margin, the $\kappa$ that solves "
        r"$x + \tfrac12 = \int_{-\kappa}^\infty (t + \kappa)^2\, "
        r"\frac{e^{-t^2/2}}{\sqrt{2\pi}}\, dt$"
    ),
    "persistent_size": (
        r"$h(y) = 8 y \sum_{j\ \mathrm{odd}} \mathrm{i^2erfc}(j y/\sqrt2)$, with the second "
        r"repeated integral $\mathrm{i^2erfc}$ of the complementary error function"
    ),
    "sawtooth": (
        r"$W(y, s)$ is the mean of $\tfrac12 - (y + s J \bmod 1)$, with $J$ the area under a "
        "Brownian path from 0 that leaves $(-1, 1)$ at 1"
    ),
    "survival": (
        r"$q(j, n)$ is the probability that $j$ steps of $\pm1$ have not taken a walk to $\pm n$"
    ),
    "threshold_ratio": (
        r"$y(\kappa) = x \sqrt{\kappa/3}$ where $1/\kappa = 1 - w(x)/B(x)$, with "
        r"$w = \tfrac\pi2\, \mathrm{erf}(x)\, \mathrm{erfi}(x) - E(x)$, "
        r"$B = \sqrt\pi\, x\, \mathrm{erf}(x) - e^{-x^2} E(x)$ and "
        r"$E(x) = x^2\, {}_2F_2(1, 1; \tfrac32, 2; x^2)$; it is 1 for $\kappa \to \infty$ and "
        r"infinite for $\kappa \le 1$"
    ),
    "triangular_moment": (r"$m(n, \alpha) = \frac{2}{n^2} \sum_{k=1}^{n-1} (n - k)\, k^\alpha$"),
    # What SymPy does have a name for, but not every reader.
    "LambertW": "$W_0$ is the main branch of Lambert's function, $W_0(x)\\, e^{W_0(x)} = x$",
    "erfi": r"$\mathrm{erfi}(x) = \frac{2}{\sqrt\pi} \int_0^x e^{t^2}\, dt$",
    "hyper": "${}_pF_q$ is the hypergeometric function, its upper parameters first",
    "zeta": r"$\zeta$ is Riemann's zeta function",
}
#: Up to how many a statement that was proved is shown.
LONGEST_STATEMENT = 260


def equation(name: str, call: Formula) -> str:
    """A formula as an equation in Markdown, with what its helper functions are."""
    if name not in FORMULAS:
        return f"{ALGORITHM.capitalize()}."
    expression = call.expression
    named, whole = folded(expression)
    lines = [(left(call), whole), *((latex(part), value) for part, value in named)]
    aligned = " \\\\\n".join(f"{name} &= {latex(value, call.letters)}" for name, value in lines)
    shown = f"$$\n\\begin{{aligned}}\n{aligned}\n\\end{{aligned}}\n$$"
    notes = [HELPERS[helper] for helper in helpers(expression)]
    if fitted(expression):
        notes.append("the coefficients are those of a fit, here to six digits")
    return shown + (f"\n\nHere {'; '.join(notes)}." if notes else "")


def left(call: Formula) -> str:
    """The left side of its equation."""
    function = call.name.rpartition(".")[2].replace("_", r"\_")
    return rf"\mathrm{{{function}}}({', '.join(call.letters.values())})"


def helpers(expression: Any) -> list[str]:
    """Which functions of an expression need to be explained."""
    found = {type(part).__name__ for part in expression.atoms(sympy.Function)}
    return [name for name in HELPERS if name in found]


def letter(name: str) -> str:
    """A symbol in LaTeX, upright where it is a word."""
    printed = latex(sympy.Symbol(name))
    return rf"\mathrm{{{printed}}}" if printed == name and name[1:] else printed


def within(letter: str, domain: Domain) -> str:
    """That a number lies in its domain, in LaTeX."""
    if domain.integer:
        if domain.low == -sympy.oo:
            return rf"{letter} \in \mathbb{{Z}}"
        last = "" if domain.high == sympy.oo else f", {domain.high:.0f}"
        return rf"{letter} = {domain.low:.0f}, {domain.low + 1:.0f}, \dots{last}"
    less = "<" if domain.open_low else r"\le"
    if domain.high == sympy.oo:
        if not domain.open_high:
            return rf"{domain.low:g} {less} {letter} \le \infty"
        if domain.low == -sympy.oo:
            return rf"{letter} \in \mathbb{{R}}"
        more = ">" if domain.open_low else r"\ge"
        return f"{letter} {more} {domain.low:g}"
    below = "<" if domain.open_high else r"\le"
    return rf"{domain.low:g} {less} {letter} {below} {domain.high:g}"


def domain(call: Formula) -> str:
    """The domains of a formula's arguments, and what has to hold between them, as mathematics."""
    letters = {symbol.name: letter for symbol, letter in call.letters.items()}
    shown = [within(letters[name], limits) for name, limits in call.domain.items()]
    if call.where:
        half = {sympy.Float(0.5): sympy.Rational(1, 2)}
        relation = call.where.at(call.symbols).xreplace(half)
        shown.append(latex(relation, call.letters))
    return ", ".join(f"${part}$" for part in shown)


def proved(statement: Identity | Positive) -> str:
    """What a symbolic statement says, as mathematics; nothing if that would not help a reader."""
    if isinstance(statement, Positive):
        sides = [sympy.sympify(statement.expression()), sympy.Integer(0)]
        shown = " > ".join(map(latex, sides))
    else:
        sides = [sympy.sympify(statement.left()), sympy.sympify(statement.right())]
        if sides[0] == sides[1]:
            return ""
        shown = " = ".join(map(latex, sides))
    return f"${shown}$" if len(shown) <= LONGEST_STATEMENT else ""
