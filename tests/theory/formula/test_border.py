"""The border of special functions: NaN outside the domain, a refusal of what is no number."""

import inspect
import math
import threading
from decimal import Decimal

import mpmath
import numpy as np
import pytest
import sympy

from theory import special
from theory.formula.border import nan_outside
from theory.formula.domain import unbounded
from theory.formula.plain import brief

FUNCTIONS = {name: getattr(special, name) for name in special.__all__}
#: Arguments that are in the domain of all, but for what is named.
INSIDE = {"n": 3.0, "place": 0.25, "kappa": 2.0, "excess": 0.5}
OUTSIDE = {"n": [0.0, 2.5, -1.0, math.inf], "place": [-0.5, 1.5], "kappa": [-1.0], "z": [-1.0],
           "excess": [0.0, -0.25]}  # fmt: skip
#: Functions of all real numbers.
EVERYWHERE = {("hyp2f2_siegert", "z"), ("wright_omega", "z"), ("sawtooth", "place"),
              ("persistent_size", "unit")}  # fmt: skip
CASES = [
    (name, argument)
    for name, function in FUNCTIONS.items()
    for argument in inspect.signature(function).parameters
]
EVERY = pytest.mark.parametrize(("name", "argument"), CASES)
ALONE = {"gaussian_overshoot"}


def inside(name):
    return {key: INSIDE.get(key, 0.5) for key in inspect.signature(FUNCTIONS[name]).parameters}


@EVERY
def test_special_functions_are_nan_outside_their_domain_and_nowhere_else(name, argument):
    point, function = inside(name), FUNCTIONS[name]
    value = function(**point)
    assert math.isfinite(value)
    bad = (
        [] if (name, argument) in EVERYWHERE else OUTSIDE.get(argument, [-1.0, -5e-324, -math.inf])
    )
    for number in (*bad, math.nan):
        assert math.isnan(function(**{**point, argument: number}))
        exact = {key: mpmath.mpf(it) for key, it in point.items()} | {argument: mpmath.mpf(number)}
        assert math.isnan(number) or mpmath.isnan(function(**exact))
        if name not in ALONE:
            column = function(**{**point, argument: [point[argument], number, point[argument]]})
            np.testing.assert_allclose(column, [value, math.nan, value], rtol=1e-15)


@EVERY
@pytest.mark.parametrize(
    "bad",
    ["1", b"1", None, 1j, np.complex128(1), mpmath.mpc(1, 1), Decimal(1), np.longdouble(1) / 3,
     mpmath.MPContext().mpf(1), mpmath.iv.mpf(1), mpmath.matrix([1]), sympy.Matrix([1]),
     np.ma.masked_array([1.0, 2.0], mask=[0, 1]), [1.0, np.ma.masked], [[1], [1, 2]], {1}],
    ids=lambda bad: f"{type(bad).__name__}-{bad!r:.20}",
)  # fmt: skip
def test_what_is_no_number_is_refused(name, argument, bad):
    with pytest.raises(ValueError, match=rf"\A{argument} must be (?s:.*)") as caught:
        FUNCTIONS[name](**{**inside(name), argument: bad})
    assert brief(bad)[-9:] in str(caught.value)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_lists_of_exact_numbers_are_computed_element_by_element(name):
    with mpmath.workdps(40):
        exact = {key: mpmath.mpf(it) for key, it in inside(name).items()}
        first = next(iter(exact))
        value = FUNCTIONS[name](**exact)
        found = FUNCTIONS[name](**{**exact, first: [exact[first]] * 2})
        assert found.tolist() == [value, value]


def test_high_precision_is_for_one_thread_at_a_time_and_double_precision_for_all():
    """Several would change the precision of each other, which is mpmath's own and global."""
    entered, leave = threading.Event(), threading.Event()

    @nan_outside(x=unbounded)
    def held(x):
        with mpmath.workdps(40):
            entered.set()
            return x if leave.wait(10) else None

    thread = threading.Thread(target=held, args=(mpmath.mpf(1),))
    thread.start()
    entered.wait(10)
    with pytest.raises(RuntimeError, match=r"another thread computes with mpmath, .*: use proc"):
        special.exit_time(mpmath.mpf(3))
    assert special.exit_time(3.0) > 0
    leave.set()
    thread.join()
    assert mpmath.mp.dps == 15
    assert special.exit_time(mpmath.mpf(3)) > 0
