"""LvR, the best threshold and the learning time with decaying transient weights (Figs. 3, 3S1)."""

import math

from theory.crosscheck.chapters.decay.experiments import Scan, scan
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.statements import Always, Comparison

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


ANY_TRIGGER = "any synapse makes all consolidate (Fig. 3)"


def _energy(
    experiment: Experiment,
    words: str,
    more: tuple[float, float],
    less: tuple[float, float],
    c: float,
    place: str,
    slow: bool = False,
) -> Comparison:
    """The energy at one decay time and threshold over that at others, which is to be less."""
    shown = ("no decay" if tau == NO_DECAY else f"tau = {tau:g}" for tau, _ in (more, less))
    one, other = (
        f"theta = {theta:g}, {tau}" for (_, theta), tau in zip((more, less), shown, strict=True)
    )
    return Comparison(
        f"energy at {one} over that at {other}, c = {c:g}, {place}",
        experiment,
        observed=lambda scan: scan.energy(*more, c),
        predicted=lambda scan: scan.energy(*less, c),
        words=words,
        where=ANY_TRIGGER,
        slow=slow,
    )


def _time(
    experiment: Experiment, words: str, longer: tuple[float, float], shorter: tuple[float, float]
) -> Comparison:
    """The learning time at one decay time and threshold over that at others."""
    (tau, theta), (other_tau, other_theta) = longer, shorter
    return Comparison(
        f"epochs at tau = {tau:g}, theta = {theta:g} over those at tau = {other_tau:g}, "
        f"theta = {other_theta:g}, P = N = 1000",
        experiment,
        observed=lambda scan: scan.epochs(*longer),
        predicted=lambda scan: scan.epochs(*shorter),
        words=words,
        where=ANY_TRIGGER,
        slow=True,
    )


def _cheapest_without_decay(scan: Scan, c: float) -> float:
    return min(scan.energy(NO_DECAY, threshold, c) for threshold in (0.0, 5.0, 10.0))


TWO_HUNDRED, ONE_THOUSAND = "P = N = 200", "P = N = 1000"
#: Decay within an epoch, at the threshold of one step, and caching without decay.
RAPID = (6.0, 1.0), (NO_DECAY, 12.0)
RAPID_LARGE = (30.0, 1.0), (NO_DECAY, 20.0)
NOT_CACHED = (NO_DECAY, 0.0)
#: Thresholds at tau = 5 P.
LOW_THETA, MIDDLE_THETA, HIGH_THETA = ((5000.0, theta) for theta in (4.0, 14.0, 34.0))

CLAIMS = (
    Claim(
        id="LvR.fig3-weak",
        statement="With weak decay and low maintenance cost a high threshold saves most, even "
        "though it makes learning take longer.",
        source="LvR, Results and Fig. 3",
        kind=Kind.EMPIRICAL,
        figures=("LvR.3",),
        simulation=(
            _energy(SMALL_SCAN, "saves", (2000.0, 12.0), (2000.0, 25.0), 0.0, TWO_HUNDRED),
            _energy(WEAK_SCAN, "saves", (1e4, 20.0), (1e4, 48.0), 1e-5, ONE_THOUSAND, slow=True),
            _time(WEAK_SCAN, "longer", (1e4, 48.0), NOT_CACHED),
        ),
        remark="Runs are given up after 200 epochs and count "
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
            _time(FASTEST_SCAN, "less", NOT_CACHED, MIDDLE_THETA),
            _energy(HIGH_SCAN, "best", HIGH_THETA, MIDDLE_THETA, 0.01, ONE_THOUSAND, slow=True),
            _energy(LOW_SCAN, "best", LOW_THETA, MIDDLE_THETA, 0.01, ONE_THOUSAND, slow=True),
        ),
        remark="14 is the best of the thresholds 4, 14 and 34 "
        "at c = 0.01. Time is saved by decay as such, at any threshold up to about that one.",
    ),
    Claim(
        id="LvR.high-threshold",
        statement="At a high threshold decay lets the perceptron forget what is not consolidated: "
        "learning is slower, and the energy higher.",
        source="LvR, Results, Efficiency gain from synaptic caching",
        kind=Kind.EMPIRICAL,
        figures=("LvR.3",),
        simulation=(
            _time(HIGH_SCAN, "slower", HIGH_THETA, MIDDLE_THETA),
            _energy(HIGH_SCAN, "higher", HIGH_THETA, MIDDLE_THETA, 0.01, ONE_THOUSAND, slow=True),
        ),
        remark="At tau = 5 P. The energy is higher where maintenance costs something; without it "
        "a high threshold saves energy while it costs time (LvR.fig3S1).",
    ),
    Claim(
        id="LvR.decay-increases-energy",
        statement="Broadly, stronger decay increases the energy required.",
        source="LvR, Fig. 3, caption",
        kind=Kind.EMPIRICAL,
        figures=("LvR.3",),
        simulation=(
            _energy(SMALL_RAPID_SCAN, "increases", *RAPID, 0.0, TWO_HUNDRED),
            _energy(RAPID_SCAN, "increases", *RAPID_LARGE, 0.0, ONE_THOUSAND, slow=True),
        ),
        remark="Judged between decay within an epoch and none, at c = 0. Broadly allows for "
        "exceptions, and there is one: SE.decay-saves.",
    ),
    Claim(
        id="SE.decay-saves",
        statement="At c = 0.01 learning with tau = 5 P at theta = 14 costs less energy than "
        "learning without decay at theta = 0, 5 or 10, whichever is best.",
        source="This package",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                "the least energy without decay over that at theta = 14, P = N = 1000",
                FASTEST_SCAN,
                observed=lambda scan: _cheapest_without_decay(scan, 0.01),
                predicted=lambda scan: scan.energy(*MIDDLE_THETA, 0.01),
                words="less",
                where=ANY_TRIGGER,
                slow=True,
            ),
        ),
        remark="LvR's Fig. 3 says that, broadly, stronger decay increases the "
        "energy: that holds for low maintenance costs and for decay within an epoch.",
    ),
    Claim(
        id="LvR.fig3-fast",
        statement="When decay is rapid it is best to consolidate frequently, as otherwise "
        "information is lost; the energy required is higher.",
        source="LvR, Results and Fig. 3",
        kind=Kind.LIMIT,
        figures=("LvR.3",),
        simulation=(
            Always(
                "100 epochs are not enough at theta = 2, tau = 0.03 P, P = N = 200",
                SMALL_RAPID_SCAN,
                lambda scan: scan.epochs(6.0, 2.0) == 100,
                where=ANY_TRIGGER,
            ),
            _energy(SMALL_RAPID_SCAN, "higher", *RAPID, 0.0, TWO_HUNDRED),
            _energy(RAPID_SCAN, "higher", *RAPID_LARGE, 0.0, ONE_THOUSAND, slow=True),
        ),
        remark="A threshold of one step still saves a third "
        "of the energy without caching at P = 200, and nearly half at P = 1000.",
    ),
    Claim(
        id="LvR.fig3S1",
        statement="At intermediate decay the threshold is a trade-off between learning time and "
        "energy: the perceptron can learn either rapidly or efficiently.",
        source="LvR, Results and Fig. 3, figure supplement 1A",
        kind=Kind.EMPIRICAL,
        figures=("LvR.3S1",),
        simulation=(
            _energy(SMALL_SCAN, "trade-off", (400.0, 6.0), (400.0, 12.0), 0.0, TWO_HUNDRED),
            _energy(HIGH_SCAN, "trade-off", MIDDLE_THETA, HIGH_THETA, 0.0, ONE_THOUSAND, slow=True),
            _time(HIGH_SCAN, "trade-off", HIGH_THETA, MIDDLE_THETA),
        ),
        remark="There is no such trade-off below the "
        "fastest threshold, where raising it saves both, nor at high maintenance cost, where the "
        "fastest is nearly the cheapest (LvR.fig3-high-c).",
    ),
)
