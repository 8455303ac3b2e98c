"""Hostile calls of all formulas: right, or refused by an error that names argument and value."""

import math
import re
import signal
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from tests.test_attack_command_lines import alarm
from tests.theory.formula.strategies import Labelled, condition, exactly, relative_error
from theory.catalogue import FORMULAS

COUNT, LIMIT = 5000, 10
NO_NUMBERS = [
    None, "1", b"1", 1j, [1, "a"], [[1], [1, 2]], {1}, object(), math.nan, [math.nan], Decimal(1),
    np.ma.masked_array([1.0, 2.0], mask=[0, 1]), np.longdouble(1) / 3, 10**400, Labelled(1.0),
    [Labelled(1.0)], np.datetime64("2020-01-01"), mpmath.iv.mpf(1), sympy.I, np.ones(2, complex),
]  # fmt: skip
EXTREME = [0.0, -0.0, 2.3e-308, 1e-300, 1e-14, 1e9, 1e25, 1e100, 1e300, 1.7e308, math.inf]
#: In weak decay it jumps at whole thresholds, which doubles do not tell from no decay.
JUMPING = {"decay.mean_consolidated"}
#: What one number can be given as, and what it must not change.
FORMS = [
    float, np.float64, np.array, Fraction, lambda x: [x], lambda x: np.full((2, 1), x),
    lambda x: np.array(x, dtype=object), lambda x: (x, x), mpmath.mpf, lambda x: [mpmath.mpf(x)],
    sympy.Float, lambda x: int(x) if x == int(x) else x, lambda x: np.full((0, 3), x),
]  # fmt: skip


def calls(rng):
    """Formulas with a point each, a third of whose numbers are extreme, or no numbers."""
    for _ in range(COUNT):
        formula = FORMULAS[str(rng.choice([*FORMULAS]))]
        point = {}
        for name, domain in formula.domain.items():
            low, high = max(domain.low, -9), min(domain.high, 200)
            point[name] = float(np.rint(rng.uniform(low, high)) if domain.integer else
                                low + (high - low) * rng.uniform() ** 4)  # fmt: skip
            if rng.random() < 0.15:
                point[name] = float(rng.choice(EXTREME))
        yield formula, point


def answer(formula, point):
    """The result, or the message of what refuses the call; anything else is an error."""
    signal.alarm(LIMIT)
    try:
        return formula.function(**point)
    except ValueError as error:
        return str(error)
    finally:
        signal.alarm(0)


def wrong(formula, point, rng):
    """What is wrong with a call, or nothing."""
    value = answer(formula, point)
    argument = str(rng.choice([*point]))
    if rng.random() < 0.3:
        bad = NO_NUMBERS[rng.integers(len(NO_NUMBERS))]
        refusal = answer(formula, {**point, argument: bad})
        told = re.match(r"(\w+) must be .*, got ", str(refusal), re.DOTALL)
        named = told is not None and told[1] in point
        return "" if named and len(str(refusal)) < 400 else f"{argument}={bad!r}: {refusal}"
    if isinstance(value, str):
        return "" if re.search(r"got \S", value) and len(value) < 400 else value
    if np.isnan(value):
        return "NaN"
    form = FORMS[rng.integers(len(FORMS))]
    try:
        given = form(point[argument])
    except (ValueError, OverflowError):  # no fraction is infinite
        return ""
    other = np.asarray(answer(formula, {**point, argument: given}), dtype=object)
    far = [it for it in other.flat if isinstance(it, str) or not near(it, value)]
    if far and form not in {mpmath.mpf, sympy.Float, FORMS[9]}:
        return f"{argument}={given!r}: {far[0]} for {value}"
    return inaccurate(formula, point, value)


def near(one, other):
    return one == other or math.isclose(float(one), float(other), rel_tol=1e-13)


def inaccurate(formula, point, value):
    """How far a double is off, in units of what the arguments' own rounding may do."""
    finite = all(map(math.isfinite, point.values()))
    if not finite or isinstance(value, bool) or formula.name in JUMPING:
        return ""
    with mpmath.workdps(50):
        exact = answer(formula, exactly(point))
        if isinstance(exact, str) or not (exact == 0 or 1e-300 < abs(exact) < 1e300):
            return ""
        error = relative_error(value, exact)
        if error < 1e-11 or error < 1e-14 * float(condition(formula, point)):
            return ""
        return f"{value} for {mpmath.nstr(exact, 17)}"


@pytest.mark.attack
def test_hostile_calls(capsys):
    before = signal.signal(signal.SIGALRM, alarm)
    rng, found = np.random.default_rng(1), {}
    try:
        for formula, point in calls(rng):
            try:
                problem = wrong(formula, point, rng)
            except TimeoutError:
                problem = "no answer in time"
            except Exception as error:  # noqa: BLE001 - what is no refusal is a finding
                problem = repr(error)
            if problem:
                found.setdefault(formula.name, []).append(f"{point}: {problem}"[:400])
    finally:
        signal.signal(signal.SIGALRM, before)
    with capsys.disabled():
        print(f"{sum(map(len, found.values()))} of {COUNT} hostile calls are answered wrongly")
    assert not found, {name: problems[:2] for name, problems in found.items()}
