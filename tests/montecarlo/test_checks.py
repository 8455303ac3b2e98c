"""Checks of arguments: numbers of every type mean what they say, or are refused."""

import dataclasses
import math
import re
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from montecarlo import checks, statistics, tasks
from montecarlo.cycles import cycles
from montecarlo.masks import fixed_mask, random_mask, simpson_index
from montecarlo.network import design, initial_network
from montecarlo.perceptron import (
    epoch_costs,
    learn,
    learn_ledger,
    random_patterns,
    replay,
    replay_ledger,
    trajectory,
)
from montecarlo.runs import begin, dataset
from montecarlo.savers import Cache, Largest, NeuronMask, SynapseMask
from montecarlo.spiking import Parameters, poisson_trains, random_associations
from montecarlo.walk import simulate
from tests.theory.formula.strategies import Labelled


def rng():
    return np.random.default_rng(1)


PATTERNS = random_patterns(9, 12, rng())
TASK = tasks.Task(hidden=3, most_samples=100)
SMALL = {"images": 100, "hidden": 3, "goal": 1, "most_samples": 100, "test_every": 50}
LEARNING = {"threshold": 2, "tau": 100, "learning_rate": 2, "max_epochs": 3}
#: Whatever takes numbers, and numbers that it takes; all are whole, so that all types have them.
BORDERS = {
    "walk": (
        lambda **given: simulate(**given, rng=rng()),
        {"n_synapses": 5, "n_steps": 64, "threshold": 3, "p": 1, "tau": 100, "eta": 2},
    ),
    "cycles": (
        lambda **given: cycles(**given, rng=rng()),
        {"count": 4, "n_synapses": 3, "threshold": 3, "p": 1, "tau": 100, "eta": 2},
    ),
    "learn": (lambda **given: learn(*PATTERNS, **given), LEARNING),
    "epoch_costs": (lambda **given: epoch_costs(*PATTERNS, **given), LEARNING),
    "learn_ledger": (lambda **given: learn_ledger(*PATTERNS, **given), LEARNING),
    "trajectory": (
        lambda **given: trajectory(*PATTERNS, **given),
        {"learning_rate": 2, "max_epochs": 3},
    ),
    "replay_ledger": (
        lambda threshold: replay_ledger(trajectory(*PATTERNS), threshold),
        {"threshold": 2},
    ),
    "random_patterns": (lambda **given: random_patterns(**given, rng=rng()), {"P": 3, "N": 100}),
    "random_mask": (
        lambda **given: random_mask(**given, rng=rng()),
        {"rows": 100, "columns": 90, "p": 1},
    ),
    "fixed_mask": (
        lambda **given: fixed_mask(**given, rng=rng()),
        {"rows": 100, "columns": 90, "plastic": 50},
    ),
    "random_associations": (
        lambda **given: random_associations(**given, rng=rng()),
        {"neurons": 2, "P": 3},
    ),
    "poisson_trains": (lambda inputs: poisson_trains([1, 1], inputs, rng()), {"inputs": 2}),
    "spiking": (Parameters, {"leak": 20, "pool": 15, "duration": 120, "synaptic_time": 10}),
    "design": (dataclasses.replace, {"learning_rate": 1, "initial_std": 1}),
    "task": (tasks.Task, SMALL),
    "begin": (lambda seed: begin(TASK, dataset(TASK), seed).network.hidden.initial, {"seed": 7}),
    "cache": (Cache, {"threshold": 1, "tau": 100}),
    "largest": (Largest, {"fraction": 1}),
    "neuron_mask": (NeuronMask, {"neurons": 100}),
    "synapse_mask": (SynapseMask, {"hidden": 1, "output": 1}),
    "network": (
        lambda n_i, n_h: initial_network(design.CP, (n_i, n_h, 10), rng()).hidden.initial,
        {"n_i": 100, "n_h": 90},
    ),
    "budget": (lambda tests: statistics.Budget(tests).critical_value(5), {"tests": 100}),
    "replicas_needed": (
        statistics.Budget(1).replicas_needed,
        {"spread": 1, "deviation": 1},
    ),
    "generator": (
        lambda **given: statistics.generator(**given, name="walk").random(),
        {"seed": 3, "replica": 2},
    ),
}  # fmt: skip
EVERY_BORDER = pytest.mark.parametrize("name", BORDERS)
WHOLE = [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64]
REAL = [np.float16, np.float32, np.float64, float, Fraction]
#: The arguments that are counted.
COUNTS = {
    *("n_synapses", "n_steps", "count", "max_epochs", "P", "N", "rows", "columns", "plastic"),
    *("neurons", "inputs", "pool", "images", "hidden", "most_samples", "test_every", "seed"),
    *("n_i", "n_h", "tests", "replica"),
}
#: Numbers that would lose, as doubles, what they are.
LOSING = [
    np.ma.masked_array(1, mask=True),
    np.ma.masked,
    np.longdouble(1) / 3,
    Decimal("0.1"),
    mpmath.mpf("0.1"),
    sympy.Rational(1, 3),
    np.complex128(1),
    "1",
    b"1",
    None,
    [1],
    np.array([1.0]),
    np.datetime64("2020-01-01"),
    -(10**5000),
    Labelled(1.0),
]


def called(name, **given):
    function, arguments = BORDERS[name]
    first = (design.CP,) if name == "design" else ()
    return function(*first, **arguments | given)


def same(left, right):
    """Equal to the last bit, field by field."""
    if dataclasses.is_dataclass(left):
        names = [field.name for field in dataclasses.fields(left) if field.init]
        return all(same(getattr(left, name), getattr(right, name)) for name in names)
    if isinstance(left, tuple):
        return all(map(same, left, right))
    return np.array_equal(left, right, equal_nan=np.asarray(left).dtype.kind == "f")


@EVERY_BORDER
def test_numbers_of_every_type_mean_what_they_say(name):
    """Products of small whole numbers wrap around and those of half precision overflow."""
    expected = called(name)
    for argument, number in BORDERS[name][1].items():
        is_count = argument in COUNTS and name != "synapse_mask"
        for form in WHOLE if is_count else (*WHOLE, *REAL):
            assert same(called(name, **{argument: form(number)}), expected), (argument, form)
        for form in REAL if is_count else ():
            with pytest.raises(ValueError, match=f"{argument}|the number of"):
                called(name, **{argument: form(number)})
    small = {argument: np.uint8(number) for argument, number in BORDERS[name][1].items()}
    assert same(called(name, **small), expected)


@EVERY_BORDER
def test_what_would_lose_what_it_says_is_refused(name):
    for argument in BORDERS[name][1]:
        for bad in LOSING:
            shown = re.escape(checks.brief(bad)[:60])
            if argument in {"images", "test_every"} and bad is None:
                continue
            with pytest.raises(ValueError, match=rf"must be (?s:.*), got {shown}") as caught:
                called(name, **{argument: bad})
            assert argument in str(caught.value) or name == "network"
            assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "values",
    [
        np.ma.masked_array([1.0, 2.0], mask=[False, True]),
        [1.0, np.ma.masked],
        [mpmath.mpf(1), 2],
        [Decimal(1), 2],
        np.array([1, 2], dtype=np.longdouble),
        np.array([Decimal(1), 2]),
        np.array([1j, 2]),
        ["1", "2"],
        {1, 2},
        memoryview(b"12"),
        [[1, 2], [3]],
        [10**400, 1],
        Labelled([1.0, 1.0]),
        [Labelled(1.0), Labelled(1.0)],
    ],
    ids=lambda values: type(values).__name__,
)
def test_arrays_that_would_lose_what_they_say_are_refused(values):
    shown = re.escape(checks.brief(values)[:40])
    for function, name in (
        (lambda: learn(values, [1, 1]), "patterns"),
        (lambda: learn([[1], [1]], values), "labels"),
        (lambda: replay(trajectory(*PATTERNS), values), "thresholds"),
        (lambda: simpson_index(values), "counts"),
        (lambda: statistics.estimate(values), "samples"),
        (lambda: poisson_trains(values, 2, rng()), "strengths"),
    ):
        with pytest.raises(ValueError, match=rf"\A{name} must be (?s:.*), got {shown}"):
            function()


@pytest.mark.parametrize("form", [*WHOLE[::2], np.float16, np.float32, object])
def test_arrays_of_every_type_mean_what_they_say(form):
    patterns, labels = PATTERNS
    signed = [np.array(values, dtype=form) for values in (patterns, labels)]
    assert same(learn(*signed, threshold=2), learn(patterns, labels, threshold=2))
    run = trajectory(*PATTERNS)
    assert same(replay(run, np.array([1, 3], dtype=form)), replay(run, [1.0, 3.0]))
    assert simpson_index(np.array([100, 100], dtype=form)) == 0.5


@pytest.mark.parametrize("eta", ["0.1", "0.3", "0.7", "0.05", "0.001", "1e-7", "1.1", "3e20"])
def test_decimal_multiples_of_the_step_are_whole_numbers_of_steps(eta):
    """Most quotients of decimal numbers are not what they would be on paper."""
    step = float(eta)
    for count in range(1, 41):
        level = float(count * Decimal(eta))
        assert checks.threshold_in_steps(level, step) == count
        for part in (1 - 2e-15, 1 + 2e-15):  # what is meant to be beside it stays there
            assert checks.threshold_in_steps(part * level, step) != count
    run, spread = trajectory(*PATTERNS, learning_rate=step), {"tau": 50, "trigger": "any"}
    whole = trajectory(*PATTERNS)
    for count in (3, 6, 7, 9):
        level = float(count * Decimal(eta))
        for options in ({}, spread, {"tau": 50}, {"trigger": "total"}):
            found = learn(*PATTERNS, threshold=level, learning_rate=step, **options)
            meant = learn(*PATTERNS, threshold=count, **options)
            assert found.consolidation_energy == pytest.approx(step * meant.consolidation_energy)
            assert found.transient_sum == pytest.approx(step * meant.transient_sum)
        ledgers = replay_ledger(run, level), replay_ledger(whole, count)
        assert ledgers[0].counts.tolist() == ledgers[1].counts.tolist()
        costs = epoch_costs(*PATTERNS, threshold=level, learning_rate=step, tau=50)
        meant = epoch_costs(*PATTERNS, threshold=count, tau=50)
        np.testing.assert_allclose(costs.transient_sum, step * meant.transient_sum)
        for tau in (math.inf, 60):
            walks = [
                simulate(5, 64, threshold=top, eta=unit, p=0.5, tau=tau, rng=rng())
                for top, unit in ((level, step), (count, 1))
            ]
            assert walks[0].rate == walks[1].rate
            ends = [
                cycles(5, 4, threshold=top, eta=unit, tau=tau, rng=rng())
                for top, unit in ((level, step), (count, 1))
            ]
            assert ends[0].updates.tolist() == ends[1].updates.tolist()
    assert checks.threshold_in_steps([0, math.inf, 0.5 * step], step).tolist() == [0, math.inf, 0.5]


def test_checks_let_the_edges_of_their_domains_pass():
    checks.require("x", 1, True, "anything")
    for count in (1, np.int8(1), 10**30):
        assert checks.as_count("x", count) == count
    for tau in (math.nextafter(1, 2), math.inf):
        assert checks.as_tau(tau) == tau
    for number in (5e-324, 1.7e308):
        assert checks.as_positive("x", number) == number
    inputs, signs = checks.checked_patterns([[0]], [-1])
    assert inputs.tolist() == [[0.0]]
    assert signs.tolist() == [-1.0]
