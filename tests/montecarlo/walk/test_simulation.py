"""The transient weight: exact lattice results, a brute-force walk, calibration."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.statistics import estimate
from montecarlo.walk import segment, simulate, simulation
from tests.montecarlo.walk.reference import brute_force

CRITICAL = 6.0  # |z|; by chance about 1e-7 per comparison with 63 degrees of freedom
# threshold, p; all updates consolidate in the first two
LATTICES = [(0.0, 1.0), (0.5, 0.3), (1.5, 0.5), (2.0, 1.0), (3.7, 0.8)]


def rng(seed):
    return np.random.default_rng(seed)


def z_score(result, expected):
    difference, error = np.subtract(result.mean, expected), np.asarray(result.standard_error)
    # An estimate without spread has to be right to rounding.
    return np.where(error > 1e-12, difference / np.maximum(error, 1e-12), difference * 1e9)


@pytest.mark.statistical
@pytest.mark.parametrize(("threshold", "p"), LATTICES)
def test_exact_lattice_results(threshold, p):
    result = simulate(600, 25_600, threshold=threshold, p=p, rng=rng(5))
    n = math.floor(threshold) + 1
    k = np.arange(1 - n, n)
    np.testing.assert_allclose(result.centres, k)
    assert result.mean_consolidated.mean == n
    assert result.mean_consolidated.standard_error == 0
    assert abs(z_score(result.rate, p / n**2)) < CRITICAL
    assert abs(z_score(result.mean_transient, (n * n - 1) / (3 * n))) < CRITICAL
    assert np.abs(z_score(result.occupation, (n - np.abs(k)) / n**2)).max() < CRITICAL
    # The comparison has the power to see an error of five per cent.
    assert abs(z_score(result.rate, 1.05 * p / n**2)) > CRITICAL
    if n > 1:
        assert abs(z_score(result.mean_transient, 1.05 * (n * n - 1) / (3 * n))) > CRITICAL
        assert np.abs(z_score(result.occupation, 1.05 * (n - np.abs(k)) / n**2)).max() > CRITICAL


@pytest.mark.statistical
@pytest.mark.parametrize("tau", [math.inf, 1e4])
def test_warm_up_reaches_the_stationary_law(tau):
    """Four presentations after the start, at s = 0, the mean |s| would be 1.25 and not 35/18."""
    means = [
        simulate(200, 4, threshold=5.5, p=1.0, tau=tau, rng=rng(100 + seed)).mean_transient.mean
        for seed in range(40)
    ]
    assert abs(z_score(estimate(means), 35 / 18)) < CRITICAL


@pytest.mark.statistical
@pytest.mark.parametrize(
    "model",
    [
        {"threshold": 3.5, "p": 0.4, "tau": 30.0, "eta": 1.0},
        {"threshold": 0.8, "p": 1.0, "tau": 12.0, "eta": 0.3},
    ],
)
def test_brute_force_with_decay(model):
    result = simulate(2000, 51_200, **model, rng=rng(6))
    references = brute_force(2000, 8000, **model, rng=rng(7))
    estimates = (result.rate, result.mean_transient, result.mean_consolidated, result.occupation)
    for found, reference in zip(estimates, references, strict=True):
        error = np.hypot(found.standard_error, reference.standard_error)
        z = (found.mean - reference.mean) / np.maximum(error, 1e-12)
        assert np.abs(z).max() < CRITICAL
        wrong = (found.mean - 1.05 * reference.mean) / np.maximum(error, 1e-12)
        assert np.abs(wrong).max() > CRITICAL


@pytest.mark.statistical
@pytest.mark.parametrize(
    ("model", "known"),
    [
        ({"threshold": 5, "p": 0.1, "tau": 500}, (0.002741, 1.742, 1.090)),
        ({"threshold": 5, "p": 0.3, "tau": 500}, (0.008815, 1.829, 1.125)),
        ({"threshold": 10, "p": 0.3, "tau": 100}, (0.000551, 2.821, 1.034)),
    ],
)
def test_known_values_with_decay(model, known):
    """Values of a program written elsewhere from 1.2e8 steps, with decay exp(-1/tau)."""
    result = simulate(4000, 12_800, **model, rng=rng(8))
    rate, transient, relative_amount = known
    known = (rate, transient, relative_amount * model["threshold"])
    for found, value in zip(
        (result.rate, result.mean_transient, result.mean_consolidated), known, strict=True
    ):
        # half a per cent for the other form of decay and the error of the values
        error = math.hypot(found.standard_error, 0.005 * value)
        assert abs(found.mean - value) < 4 * error


@pytest.mark.statistical
@pytest.mark.parametrize("tau", [math.inf, 20.0])
def test_standard_errors_are_calibrated(tau):
    """z against the mean of many runs has variance 1, by chance within 0.5 of it (5 sigma)."""
    runs = [
        simulate(20, 6400, threshold=1.5, p=0.5, tau=tau, rng=rng(1000 + seed))
        for seed in range(200)
    ]
    for name in ("rate", "mean_transient", "mean_consolidated", "occupation"):
        means = np.array([getattr(run, name).mean for run in runs])
        errors = np.array([getattr(run, name).standard_error for run in runs])
        if name == "mean_consolidated" and tau == math.inf:
            assert not errors.any()  # every event consolidates the same
            continue
        reached = (errors > 0).all(axis=0)  # bins next to an unlikely edge stay empty
        assert reached.any()
        z = ((means - means.mean(axis=0)) / np.where(errors > 0, errors, 1))[..., reached]
        assert 0.5 < np.mean(z.var(axis=0)) < 1.5


@given(
    seed=st.integers(0, 2**32),
    size=st.tuples(st.integers(1, 9), st.integers(1, 300)),
    threshold=st.floats(0, 5),
    dynamics=st.fixed_dictionaries(
        {"p": st.floats(0.05, 1), "tau": st.floats(1.01, 200) | st.just(math.inf)}
    ),
    eta=st.sampled_from([0.25, 0.5, 2.0]),
)
@settings(max_examples=60, deadline=None)
def test_reproducible_normalized_and_scaled(seed, size, threshold, dynamics, eta):
    first = simulate(*size, threshold=threshold, rng=rng(seed), **dynamics)
    again = simulate(*size, threshold=threshold, rng=rng(seed), **dynamics)
    # powers of two scale without rounding
    scaled = simulate(*size, threshold=eta * threshold, eta=eta, rng=rng(seed), **dynamics)
    for name, unit in (
        ("rate", 1),
        ("mean_transient", eta),
        ("mean_consolidated", eta),
        ("occupation", 1),
    ):
        one, two, three = (getattr(result, name) for result in (first, again, scaled))
        for part in ("mean", "standard_error"):
            np.testing.assert_array_equal(getattr(one, part), getattr(two, part))
            np.testing.assert_array_equal(unit * getattr(one, part), getattr(three, part))
        assert one.replicas == min(64, size[1])
    np.testing.assert_array_equal(eta * first.edges, scaled.edges)
    assert first.occupation.mean.sum() == pytest.approx(1)
    assert first.occupation.mean.shape == first.centres.shape
    assert np.shape(first.occupation.standard_error) == first.centres.shape
    if first.rate.mean > 0:  # neither 0 nor nan, without any update
        assert first.mean_consolidated.mean > threshold


def test_run_continues_the_generator():
    generator = rng(9)
    first, second = (simulate(50, 64, threshold=1, p=0.5, rng=generator) for _ in range(2))
    assert first.rate.mean != second.rate.mean


def test_consolidates_strictly_above_the_threshold():
    for threshold, amount in ((2.0, 3.0), (math.nextafter(2.0, 0), 3.0), (2.0 - 1e-14, 2.0)):
        result = simulate(20, 640, threshold=threshold, p=1.0, rng=rng(10))
        assert result.mean_consolidated.mean == amount


@pytest.mark.parametrize("tau", [math.inf, 50.0])
def test_every_update_consolidates_below_one_update(tau):
    result = simulate(3, 640, threshold=0.9, eta=1.5, p=1.0, tau=tau, rng=rng(11))
    assert result.rate.mean == 1
    assert result.rate.standard_error == 0
    assert result.mean_transient.mean == 0
    assert result.mean_consolidated.mean == 1.5
    np.testing.assert_array_equal(result.occupation.mean, [1.0])


def test_level_128_does_not_overflow_a_byte():
    """Level +128 wrapped around to -128 would stay at the edge instead of starting at 0 again."""
    result = simulate(40, 128_000, threshold=127.0, p=1.0, rng=rng(12))
    assert result.mean_transient.mean == pytest.approx((128**2 - 1) / (3 * 128), abs=6)
    assert result.mean_consolidated.mean == 128


def test_large_tau_approaches_no_decay():
    """A decay too slow for single precision still acts; in so short segments signs are the same."""
    parameters = {"threshold": 1.5, "p": 1.0}
    exact = simulate(30, 640, rng=rng(13), **parameters)
    slow = simulate(30, 640, tau=1e8, rng=rng(13), **parameters)
    assert slow.rate.mean == exact.rate.mean
    assert slow.mean_transient.mean == pytest.approx(exact.mean_transient.mean, rel=1e-5)
    assert 0 < exact.mean_consolidated.mean - slow.mean_consolidated.mean < 1e-5


@pytest.mark.statistical
def test_histogram_is_not_in_step_with_the_walk():
    """At p = 1 and almost without decay all weights are 0 at every other presentation, n = 2."""
    result = simulate(200, 64_000, threshold=1.5, p=1.0, tau=1e9, rng=rng(16))
    centre = simulation.BINS // 2
    assert abs(result.occupation.mean[centre] - 0.5) < CRITICAL * 0.5 / math.sqrt(1000)
    assert 0 < result.occupation.standard_error[centre] < 0.03


def test_nothing_consolidated():
    result = simulate(2, 100, threshold=50.0, p=0.1, tau=5.0, rng=rng(14))
    assert result.rate.mean == 0
    assert math.isnan(result.mean_consolidated.mean)
    assert not math.isfinite(result.mean_consolidated.standard_error)


def test_events_in_one_batch_leave_the_error_unknown():
    events = np.array([0.0, 2.0, 0.0])
    result = simulation._ratio(3.5 * events, events)
    assert result.mean == 3.5
    assert result.standard_error == math.inf


def test_ratio_of_unequal_batches():
    result = simulation._ratio(np.array([1.0, 4.0]), np.array([1.0, 3.0]), unit=2.0)
    assert result.mean == 2.5
    # residuals -1/4 and 1/4 of the mean denominator 2: error of the mean 1/8, in units of 2
    assert result.standard_error == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("argument", "value", "domain"),
    [
        ("n_synapses", 0, "n_synapses must be a positive integer, got 0"),
        ("n_synapses", 2.0, "n_synapses must be a positive integer, got 2.0"),
        ("n_steps", -1, "n_steps must be a positive integer, got -1"),
        ("n_steps", math.nan, "n_steps must be a positive integer, got nan"),
        ("threshold", -0.1, "threshold must be a finite number >= 0, got -0.1"),
        ("threshold", math.nan, "threshold must be a finite number >= 0, got nan"),
        ("threshold", math.inf, "threshold must be a finite number >= 0, got inf"),
        ("threshold", 10_001, r"threshold must be at most 10000 eta .*, got 10001"),
        ("p", 0, "p must be a number > 0 and <= 1, got 0"),
        ("p", 1.1, "p must be a number > 0 and <= 1, got 1.1"),
        ("p", math.nan, "p must be a number > 0 and <= 1, got nan"),
        ("tau", 1, r"tau must be a number of presentations > 1 \(inf: no decay\), got 1"),
        ("tau", 0.5, r"tau must be a number of presentations > 1 \(inf: no decay\), got 0.5"),
        ("tau", math.nan, r"tau must be a number of presentations > 1 \(inf: no decay\), got nan"),
        ("eta", 0, "eta must be a finite number > 0, got 0"),
        ("eta", math.inf, "eta must be a finite number > 0, got inf"),
        ("eta", math.nan, "eta must be a finite number > 0, got nan"),
    ],
)
def test_bad_input_is_named(argument, value, domain):
    arguments = {"n_synapses": 2, "n_steps": 2, "threshold": 1.0, "p": 0.5, argument: value}
    with pytest.raises(ValueError, match=domain):
        simulate(**arguments, rng=rng(15))


def test_more_synapses_than_a_tile_all_count():
    """At p = 1 and n = 2 all are at 0 after every other presentation, and at +-1 between."""
    result = simulate(segment.TILE + 1, 64, threshold=1.0, p=1.0, rng=rng(16))
    assert result.mean_transient.mean == 0.5
    assert result.rate.mean == pytest.approx(0.25, abs=0.01)
