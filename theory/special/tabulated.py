"""Special functions in double precision, from tables: `theory.special` says what they are.

Of each function a factor that is smooth on 0 <= x <= infinity is tabulated; what varies over orders
of magnitude is put back in closed form. NaN stays NaN and spoils nothing else.
"""

import functools
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import scipy.special

from theory.formula.arrays import FloatArray

# What the tables hold, by name, is said in `theory.special.tables`, which wrote them.
SCALE = 3
FILE = Path(__file__).with_name("tables.csv")
_NAMES = (
    "exit",
    "root",
    "ratio",
    "erfcx",
    "alternating",
    "area_real",
    "area_imaginary",
    "variation",
    "balance",
)
_COLUMNS = np.hsplit(np.loadtxt(FILE, delimiter=",", skiprows=1), len(_NAMES))
_TABLES = dict(zip(_NAMES, _COLUMNS, strict=True))
#: Where the exit time is 1, as the sum of two doubles.
_UNIT_EXIT = (0.8721585271077923, -1.3949961709478106e-17)
#: Elements worked on at a time, so that temporaries stay in the cache.
PIECE = 8192
#: Gauss's rule on (0, 1): exact to the last digit where an exponent changes by less than 1.
_NODES, _WEIGHTS = (np.array(rule) / 2 for rule in np.polynomial.legendre.leggauss(10))
_NODES += 1 / 2


def _tabulated(name: str, x: FloatArray) -> FloatArray:
    """The smooth function of x that a table holds, for 0 <= x <= inf; NaN stays NaN."""
    table = _TABLES[name]
    place = len(table) * (1 - SCALE / (x + SCALE))
    with np.errstate(invalid="ignore"):  # NaN has no interval, whichever is taken
        interval = place.astype(np.intp)
    rows = table.take(interval, axis=0, mode="clip")
    place -= np.clip(interval, 0, len(table) - 1)
    place -= 0.5
    value = rows[:, -1].copy()
    for k in range(rows.shape[1] - 2, -1, -1):
        value *= place
        value += rows[:, k]
    return value


def _by_chunks(function: Callable[[FloatArray], FloatArray]) -> Callable[[Any], Any]:
    """Let a function of contiguous doubles take scalars and arrays of any shape and size."""

    @functools.wraps(function)
    def chunked(x: Any) -> Any:
        values = np.asarray(x, dtype=float)
        flat = values.ravel()
        result = np.empty_like(flat)
        with np.errstate(all="ignore"):
            for start in range(0, flat.size, PIECE):
                chunk = slice(start, start + PIECE)
                result[chunk] = function(flat[chunk])
        return result.reshape(values.shape)[()]

    return chunked


def _half_square(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """x^2/2 as a sum of two doubles: a single one would spoil the last digits of exp(x^2)."""
    high = x.astype(np.float32).astype(float)
    return high * high / 2, (x - high) * (x + high) / 2


@_by_chunks
def exit_time(x: FloatArray) -> FloatArray:
    """x^2 2F2(1, 1; 3/2, 2; x^2)."""
    x = np.minimum(x, 40)  # where the exit time has long overflowed
    high, low = _half_square(x)
    root = np.exp(high) * (1 + low * (1 + low * (1 / 2 + low / 6)))
    free = SCALE / (x + SCALE)
    return (x * free) ** 2 * free * _tabulated("exit", x) * root * root


@_by_chunks
def log_exit_time(x: FloatArray) -> FloatArray:
    """Its logarithm, also where that vanishes and where it overflows."""
    bounded = np.minimum(x, 1e200)
    scaled = 3 * np.log(SCALE / (bounded + SCALE)) + np.log(_tabulated("exit", bounded))
    result: FloatArray = x * x + (2 * np.log(bounded) + scaled)
    (near,) = np.nonzero(np.abs(x - _UNIT_EXIT[0]) < 0.5)
    distance = (x[near] - _UNIT_EXIT[0]) - _UNIT_EXIT[1]
    result[near] = np.log1p(distance * _tabulated("root", x[near]))
    return result


@_by_chunks
def displacement_ratio(x: FloatArray) -> FloatArray:
    """2F2(1, 3/2; 2, 5/2; x^2) / (3 2F2(1, 1; 3/2, 2; x^2))."""
    return SCALE / (x + SCALE) * _tabulated("ratio", x)


@_by_chunks
def erfcx_integral(x: FloatArray) -> FloatArray:
    """The integral of erfcx from 0 to x."""
    root = math.sqrt(math.pi)
    result: FloatArray = np.log1p(root * x) / root + (1 - SCALE / (x + SCALE)) ** 2 * _tabulated(
        "erfcx", x
    )
    (tiny,) = np.nonzero(x < 1e-290)  # where root * x could be subnormal
    result[tiny] = x[tiny]
    (huge,) = np.nonzero(x > 1e290)  # where it could overflow
    result[huge] = (np.log(x[huge]) + math.log(2) + np.euler_gamma / 2) / root
    return result


@_by_chunks
def hyp2f2_siegert(z: FloatArray) -> FloatArray:
    """2F2(1, 1; 3/2, 2; z) for z of both signs."""
    result = np.empty_like(z)
    (upward,) = np.nonzero(z >= 0)
    x = np.sqrt(np.minimum(z[upward], 1e4))
    free = SCALE / (x + SCALE)
    root = np.exp(z[upward] / 2)
    result[upward] = free**3 * _tabulated("exit", x) * root * root
    (downward,) = np.nonzero(~(z >= 0))  # NaN goes this way too
    y = -z[downward]
    free = SCALE / (y + SCALE)
    integral = np.log1p(2 * y) / 2 + (1 - free) ** 2 * _tabulated("alternating", y)
    (huge,) = np.nonzero(y > 1e290)  # where 2 y could overflow
    integral[huge] = np.minimum(np.log(y[huge]) + math.log(4) + np.euler_gamma, 1e3) / 2
    result[downward] = integral / y
    return result


@_by_chunks
def scaled_siegert(z: FloatArray) -> FloatArray:
    """exp(-z) 2F2(1, 1; 3/2, 2; z) for 0 <= z; that of 1e200 above, which is not zero."""
    x = np.sqrt(np.minimum(z, 1e200))
    result: FloatArray = (SCALE / (x + SCALE)) ** 3 * _tabulated("exit", x)
    return result


@_by_chunks
def exit_variation(x: FloatArray) -> FloatArray:
    """The variance of the exit time over its squared mean."""
    return _tabulated("variation", x)


@_by_chunks
def balanced_threshold(g: FloatArray) -> FloatArray:
    """The root x of 3 (B - W)/W = g over sqrt(g), for g up to 1e140."""
    result = _tabulated("balance", g)
    (far,) = np.nonzero(g > 14)
    # There exp(-x^2) < 1e-40 and B = sqrt(pi) (x - D), with Dawson's D.
    scale = (1 + np.minimum(g[far], 1e140) / 3) / math.sqrt(math.pi)
    x = 2 * scale * (np.log(2 * scale) + 1)
    for _ in range(4):
        dawson = scipy.special.dawsn(x)
        x -= (x - dawson - scale * x**2 * hyp2f2_siegert(-(x**2))) / (2 * dawson * (x - scale))
    result[far] = x / np.sqrt(g[far])
    return result


def reset_density(place: Any, x: Any) -> Any:
    """int_r^1 exp(x^2 (v^2 - r^2)) dv / 2F2(1, 1; 3/2, 2; x^2), r the place from 0 to 1."""
    r, x = np.broadcast_arrays(np.asarray(place, dtype=float), np.asarray(x, dtype=float))
    shape = r.shape
    r, x = r.ravel(), np.minimum(x.ravel(), 1e300)
    gap = 1 - r
    with np.errstate(all="ignore"):
        smooth, scale = _tabulated("exit", x), x + SCALE
        # By Dawson's integral D at both ends, with exp(x^2) taken out of all.
        result = np.exp(-((x * r) ** 2)) * (scale * scipy.special.dawsn(x))
        result -= np.exp(-(x**2)) * (scale * scipy.special.dawsn(x * r))
        result *= (scale / x) * (scale / SCALE**3) / smooth
        # Close to the threshold the two cancel, and the integral is short.
        (short,) = np.nonzero(~(x**2 * gap * (1 + r) > 1))
        step, x = gap[short, None] * _NODES, np.minimum(x[short], 1e100)
        growth = np.exp(x[:, None] ** 2 * step * (2 * r[short, None] + step))
        siegert = smooth[short] * (SCALE / (x + SCALE)) ** 3 * np.exp(x**2)
        result[short] = gap[short] * (growth @ _WEIGHTS) / siegert
    return result.reshape(shape)[()]


def sawtooth(place: Any, spread: Any, terms: int) -> Any:
    """Sum over k of lanczos(k) Im[exp(2 pi i k place) area_transform(2 pi k spread)] / (pi k)."""
    place, spread = np.broadcast_arrays(np.asarray(place, float), np.asarray(spread, float))
    angle = 2 * math.pi * (place - np.round(place)).ravel()
    root = np.sqrt(2 * math.pi * np.minimum(spread.ravel(), 1e6))
    k = np.arange(1, terms + 1)[:, np.newaxis]
    share = lanczos(k, terms) / (math.pi * k)
    result = np.zeros_like(angle)
    for start in range(0, angle.size, PIECE // terms):
        chunk = slice(start, start + PIECE // terms)
        x = np.sqrt(k) * root[chunk]
        phase, size = k * angle[chunk] + 2 * x / 3, np.exp(-2 * x / 3)
        size *= ((x + SCALE) / SCALE) ** (1 / 6)
        real, imaginary = (_tabulated(f"area_{it}", x.ravel()) for it in ("real", "imaginary"))
        wave = real.reshape(x.shape) * np.sin(phase) + imaginary.reshape(x.shape) * np.cos(phase)
        # A sum in the order of k, the same to the last digit whatever the shape.
        result[chunk] = np.cumsum(share * size * wave, axis=0)[-1]
    return result.reshape(place.shape)[()]


def lanczos(k: Any, terms: int) -> Any:
    """The factor that keeps a Fourier sum of so many terms from overshooting at a jump."""
    return np.sinc(k / (terms + 1))
