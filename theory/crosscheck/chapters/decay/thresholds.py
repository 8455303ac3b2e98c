"""LvR, the best threshold and the learning time with decaying transient weights (Figs. 3, 3S1)."""

import math

from theory.crosscheck.chapters.decay.experiments import Scan, scan
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.statements import Comparison

NO_DECAY = math.inf

#: Decay times and the thresholds tried at them, for P = N = 200.
SMALL_SCAN = scan(200, ((2000.0, (12.0, 25.0)), (400.0, (6.0, 12.0)))).replicated(41)
SMALL_RAPID_SCAN = scan(200, ((NO_DECAY, (0.0, 12.0)), (6.0, (1.0, 2.0))), 100).replicated(27)
#: The same for P = N = 1000: decay within an epoch, over ten, and over five.
RAPID_SCAN = scan(1000, ((NO_DECAY, (0.0, 20.0)), (30.0, (1.0,))), 100)
WEAK_SCAN = scan(1000, ((NO_DECAY, (0.0,)), (10_000.0, (20.0, 48.0))))
FASTEST_SCAN = scan(1000, ((NO_DECAY, (0.0, 5.0, 10.0)), (5000.0, (14.0,)))).replicated(41)
LOW_SCAN = scan(1000, ((5000.0, (4.0, 14.0)),))
HIGH_SCAN = scan(1000, ((5000.0, (14.0, 34.0)),))


def _energies(
    experiment: Experiment, tau: float, thresholds: tuple[float, float], c: float, place: str,
    low: float, high: float, slow: bool = False,
) -> Comparison:  # fmt: skip
    """The energy at one threshold over that at another."""
    one, other = thresholds
    return Comparison(
        f"energy at theta = {one:g} over that at theta = {other:g}, c = {c:g}, {place}",
        experiment,
        observed=lambda scan: scan.energy(tau, one, c),
        predicted=lambda scan: scan.energy(tau, other, c),
        low=low,
        high=high,
        slow=slow,
    )


def _rapid(
    experiment: Experiment, tau: float, reference: float, place: str, low: float, high: float,
    slow: bool = False,
) -> Comparison:  # fmt: skip
    """The energy at the threshold of one step, tau = 0.03 P, over that without decay, at c = 0."""
    return Comparison(
        f"energy at theta = 1, tau = 0.03 P, c = 0, over that {place}",
        experiment,
        observed=lambda scan: scan.energy(tau, 1.0, 0.0),
        predicted=lambda scan: scan.energy(NO_DECAY, reference, 0.0),
        low=low,
        high=high,
        slow=slow,
    )


def _cheapest_without_decay(scan: Scan, c: float) -> float:
    return min(scan.energy(NO_DECAY, threshold, c) for threshold in (0.0, 5.0, 10.0))


CLAIMS = (
    Claim(
        id="LvR.fig3-weak",
        statement="With weak decay and low maintenance cost a high threshold saves most, even "
        "though it makes learning take longer.",
        source="LvR, Results and Fig. 3",
        kind=Kind.EMPIRICAL,
        figures=("LvR.3",),
        simulation=(
            _energies(SMALL_SCAN, 2000.0, (25.0, 12.0), 0.0, "tau = 10 P, P = N = 200", 0.15, 0.5),
            _energies(
                WEAK_SCAN,
                10_000.0,
                (48.0, 20.0),
                1e-5,
                "tau = 10 P, P = N = 1000",
                0.18,
                0.35,
                slow=True,
            ),
            Comparison(
                "learning time at theta = 48 over that without caching, tau = 10 P, P = N = 1000",
                WEAK_SCAN,
                observed=lambda scan: scan.epochs(10_000.0, 48.0),
                predicted=lambda scan: scan.epochs(NO_DECAY, 0.0),
                low=1.1,
                high=10.0,
                slow=True,
            ),
        ),
        remark="Any synapse makes all consolidate. Runs are given up after 200 epochs and count "
        "with the time and energy until then. At moderate thresholds learning with weak decay is "
        "faster than without: see LvR.fig3-high-c.",
    ),
    Claim(
        id="LvR.fig3-high-c",
        statement="With high maintenance cost the best threshold is lower, and learning can take "
        "less time than without decay.",
        source="LvR, Results and Fig. 3",
        kind=Kind.EMPIRICAL,
        figures=("LvR.3",),
        simulation=(
            Comparison(
                "learning time at theta = 14, tau = 5 P, over that without decay, P = N = 1000",
                FASTEST_SCAN,
                observed=lambda scan: scan.epochs(5000.0, 14.0),
                predicted=lambda scan: scan.epochs(NO_DECAY, 0.0),
                low=0.4,
                high=0.97,
            ),
            _energies(
                HIGH_SCAN,
                5000.0,
                (34.0, 14.0),
                0.01,
                "tau = 5 P, P = N = 1000",
                1.4,
                16.0,
                slow=True,
            ),
            _energies(
                LOW_SCAN, 5000.0, (4.0, 14.0), 0.01, "tau = 5 P, P = N = 1000", 1.1, 1.6, slow=True
            ),
        ),
        remark="Any synapse makes all consolidate; 14 is the best of the thresholds 4, 14 and 34 "
        "at c = 0.01. Time is saved by decay as such, at any threshold up to about that one.",
    ),
    Claim(
        id="SE.decay-saves",
        statement="At c = 0.01 learning with tau = 5 P costs less energy than learning without "
        "decay at the best threshold, and takes less time.",
        source="This package",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                "energy at theta = 14 over the least without decay, P = N = 1000",
                FASTEST_SCAN,
                observed=lambda scan: scan.energy(5000.0, 14.0, 0.01),
                predicted=lambda scan: _cheapest_without_decay(scan, 0.01),
                low=0.6,
                high=0.97,
            ),
        ),
        remark="Any synapse makes all consolidate; without decay theta is 0, 5 or 10, whichever "
        "costs each run least. LvR's Fig. 3 says that, broadly, stronger decay increases the "
        "energy: that holds for low maintenance costs and for decay within an epoch.",
    ),
    Claim(
        id="LvR.fig3-fast",
        statement="When decay is rapid it is best to consolidate frequently, as otherwise "
        "information is lost; the energy required is high.",
        source="LvR, Results and Fig. 3",
        kind=Kind.LIMIT,
        figures=("LvR.3",),
        simulation=(
            Comparison(
                "epochs at theta = 2, tau = 0.03 P, over the 100 allowed, P = N = 200",
                SMALL_RAPID_SCAN,
                observed=lambda scan: scan.epochs(6.0, 2.0),
                predicted=lambda _: 100.0,
            ),
            _rapid(SMALL_RAPID_SCAN, 6.0, 0.0, "without caching, P = N = 200", 0.5, 0.85),
            _rapid(
                SMALL_RAPID_SCAN, 6.0, 12.0, "at theta = 12 without decay, P = N = 200", 3.5, 7.0
            ),
            _rapid(RAPID_SCAN, 30.0, 0.0, "without caching, P = N = 1000", 0.45, 0.65, slow=True),
            _rapid(
                RAPID_SCAN,
                30.0,
                20.0,
                "at theta = 20 without decay, P = N = 1000",
                3.8,
                5.6,
                slow=True,
            ),
        ),
        remark="Any synapse makes all consolidate. A threshold of one step still saves a third "
        "of the energy without caching at P = 200, and nearly half at P = 1000.",
    ),
    Claim(
        id="LvR.fig3S1",
        statement="At intermediate decay the threshold trades learning time against energy: the "
        "perceptron can learn either rapidly or efficiently.",
        source="LvR, Results and Fig. 3, figure supplement 1A",
        kind=Kind.EMPIRICAL,
        figures=("LvR.3S1",),
        simulation=(
            _energies(SMALL_SCAN, 400.0, (12.0, 6.0), 0.0, "tau = 2 P, P = N = 200", 0.3, 0.5),
            _energies(
                HIGH_SCAN,
                5000.0,
                (34.0, 14.0),
                0.0,
                "tau = 5 P, P = N = 1000",
                0.22,
                0.32,
                slow=True,
            ),
            Comparison(
                "learning time at theta = 34 over that at theta = 14, tau = 5 P, P = N = 1000",
                HIGH_SCAN,
                observed=lambda scan: scan.epochs(5000.0, 34.0),
                predicted=lambda scan: scan.epochs(5000.0, 14.0),
                low=1.2,
                high=14.0,
                slow=True,
            ),
        ),
        remark="Any synapse makes all consolidate; c = 0. There is no such trade below the "
        "fastest threshold, where raising it saves both, nor at high maintenance cost, where the "
        "fastest is nearly the cheapest (LvR.fig3-high-c).",
    ),
)
