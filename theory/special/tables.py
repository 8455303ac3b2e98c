"""The coefficients behind `theory.special`; ``python -m theory.special.tables`` writes them.

Each table holds a smooth function of t = x/(x + SCALE), 0 <= t < 1, as polynomials on equal
intervals of t, in a local variable from -1/2 to 1/2. They interpolate at Chebyshev's points, which
leaves less than 2e-16 of the value. A table is zero where it is not used.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from theory.formula.arithmetic import MPMATH as mpmath
from theory.special.tabulated import FILE, SCALE

INTERVALS = 128
TERMS = 8
WORKING_DIGITS = 40

#: Where the exit time is 1 and its logarithm vanishes.
UNIT_EXIT = "0.872158527107792277893718067752030326298087675"


def exit_time(x: Any) -> Any:
    """x^2 2F2(1, 1; 3/2, 2; x^2)."""
    return x**2 * mpmath.hyp2f2(1, 1, mpmath.mpf(3) / 2, 2, x**2)


def displacement_ratio(x: Any) -> Any:
    """2F2(1, 3/2; 2, 5/2; x^2) / (3 2F2(1, 1; 3/2, 2; x^2))."""
    return ((mpmath.sqrt(mpmath.pi) / 2) * mpmath.erfi(x) - x) / (x * exit_time(x))


def erfcx_integral(x: Any) -> Any:
    """The integral of erfcx from 0 to x; above 9 term by term, down to exp(-x^2) < 1e-35."""
    root = mpmath.sqrt(mpmath.pi)
    if x < 9:
        return mpmath.quad(lambda u: mpmath.exp(u * u) * mpmath.erfc(u), [0, x / 4, x])
    terms, term = mpmath.log(2 * x) + mpmath.euler / 2, mpmath.mpf(1)
    for k in range(1, int(x**2)):
        term *= -(2 * k - 1) / (2 * x**2)
        terms -= term / (2 * k)
        if abs(term) < mpmath.eps:
            break
    return terms / root


def area_transform(frequency: Any) -> Any:
    """Mean of exp(i frequency J) over Brownian paths from 0 that leave (-1, 1) at 1, J their area.

    From the solutions a and s b of f'' = -2 i frequency s f, at s = 1.
    """
    even, odd = (_hyp0f1(k, 2 * frequency / 9) for k in (2, 4))
    return mpmath.conj(odd) / mpmath.re(even * mpmath.conj(odd))


def _hyp0f1(k: int, y: Any) -> Any:
    """0F1(; k/3; -i y), its terms as whole numbers of 2^-bits; up to sqrt(y) bits cancel."""
    if y > mpmath.mp.prec**2:  # an asymptotic series is shorter
        return mpmath.hyp0f1(mpmath.mpf(k) / 3, mpmath.mpc(0, -y))
    bits = mpmath.mp.prec + int(mpmath.sqrt(y)) + 30
    fixed_y, term, n = int(mpmath.ldexp(y, bits)), 1 << bits, 0
    sums = [0, 0, 0, 0]  # of what is positive, times -i, times -1 and times i
    while term:
        sums[n % 4] += term
        term = (3 * term * fixed_y // ((3 * n + k) * (n + 1))) >> bits
        n += 1
    parts = (sums[0] - sums[2], sums[3] - sums[1])
    return mpmath.mpc(*(mpmath.ldexp(part, -bits) for part in parts))


def _area_amplitude(x: Any, t: Any) -> Any:
    """What is left of it at frequency x^2 without its exponential and its power of x."""
    return area_transform(x**2) * mpmath.exp(2 * mpmath.mpc(x, -x) / 3) * mpmath.root(1 - t, 6)


def exit_variation(x: Any) -> Any:
    """The variance of the exit time over its squared mean, 1 - c2/(2 E^2).

    1/1F1(u/2; 1/2; x^2) = 1/(1 + E u + c2 u^2/4 + ...) is the exit time's Laplace transform, with
    c2 = sum of x^(2 n) H_(n-1)/((1/2)_n n). Above 12 the rest is less than 1e-60.
    """
    if x > 12:
        return mpmath.mpf(1)
    power, harmonic, second, n = 2 * x**2, mpmath.mpf(0), mpmath.mpf(0), 1
    while n < 2 * x**2 or power > mpmath.eps * second:
        power *= x**2 / (n + mpmath.mpf(1) / 2)
        harmonic += mpmath.mpf(1) / n
        n += 1
        second += power * harmonic / n
    return 1 - second / (2 * exit_time(x) ** 2)


def balanced_threshold(g: Any) -> Any:
    """The root of 3 (B - W)/W = g over sqrt(g): see `theory.special.balance` for B and W."""

    def excess(x: Any) -> Any:
        w = x**2 * mpmath.hyp2f2(1, 1, mpmath.mpf(3) / 2, 2, -(x**2))
        b = mpmath.sqrt(mpmath.pi) * x * mpmath.erf(x) - mpmath.exp(-(x**2)) * exit_time(x)
        return mpmath.sqrt(3 * (b / w - 1)) - v

    v = mpmath.sqrt(g)
    return mpmath.findroot(excess, (v, v * (1 + v / 5)), solver="secant") / v


#: Name, function of x and t, and the range of t in which it is used.
TABLES: dict[str, tuple[Callable[[Any, Any], Any], float, float]] = {
    "exit": (lambda x, t: exit_time(x) * mpmath.exp(-(x**2)) / (x**2 * (1 - t) ** 3), 0, 1),
    "root": (lambda x, _: (exit_time(x) - 1) / (x - mpmath.mpf(UNIT_EXIT)), 0.1, 0.36),
    "ratio": (lambda x, t: displacement_ratio(x) / (1 - t), 0, 1),
    "erfcx": (
        lambda x, t: (
            (erfcx_integral(x) - mpmath.log1p(mpmath.sqrt(mpmath.pi) * x) / mpmath.sqrt(mpmath.pi))
            / t**2
        ),
        0,
        1,
    ),
    "alternating": (
        lambda x, t: (
            (x * mpmath.hyp2f2(1, 1, mpmath.mpf(3) / 2, 2, -x) - mpmath.log1p(2 * x) / 2) / t**2
        ),
        0,
        1,
    ),
    "area_real": (lambda x, t: mpmath.re(_area_amplitude(x, t)), 0, 1),
    "area_imaginary": (lambda x, t: mpmath.im(_area_amplitude(x, t)), 0, 1),
    "variation": (lambda x, _: exit_variation(x), 0, 1),
    "balance": (lambda x, _: balanced_threshold(x), 0, 0.83),
}


def coefficients(name: str, interval: int) -> list[float]:
    """The polynomial of one table on one interval, lowest order first."""
    function, low, high = TABLES[name]
    if not low <= (interval + 0.5) / INTERVALS <= high:
        return [0.0] * TERMS
    nodes = [mpmath.cospi((2 * k + mpmath.mpf(1)) / (2 * TERMS)) / 2 for k in range(TERMS)]
    values = []
    for node in nodes:
        t = (interval + node + mpmath.mpf(1) / 2) / INTERVALS
        x = SCALE * t / (1 - t)
        # More digits for what cancels in the last two.
        with mpmath.workdps(WORKING_DIGITS - 2 * int(mpmath.log10(t))):
            values.append(function(x, t))
    powers = mpmath.matrix([[node**k for k in range(TERMS)] for node in nodes])
    return [float(c) for c in mpmath.lu_solve(powers, mpmath.matrix(values))]


def main() -> None:
    """Write all tables: one row an interval, the tables side by side."""
    with mpmath.workdps(WORKING_DIGITS):
        rows = [
            [c for name in TABLES for c in coefficients(name, interval)]
            for interval in range(INTERVALS)
        ]
    header = ",".join(f"{name}{k}" for name in TABLES for k in range(TERMS))
    np.savetxt(FILE, rows, fmt="%.17g", delimiter=",", header=header, comments="")


if __name__ == "__main__":
    main()
