"""LvR's figures of decaying transient weights: 3, 3S1 and 6."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from theory import decay, perceptron
from theory.crosscheck.chapters.decay.experiments import Grid, PowerRun, Scan, power, scan
from theory.crosscheck.chapters.decay.learning import mean_field
from theory.crosscheck.chapters.decay.mean_fields import SIZE, MeanField, grid, mean_fields
from theory.crosscheck.figures.figure import (
    MEAN_FIELD,
    Axis,
    Figure,
    Panel,
    Series,
    Setting,
    measured,
)
from theory.learning.laws import ENOUGH_PATTERNS

#: The maintenance cost of Fig. 6.
FIG6_COST = 0.01
#: Those of Fig. 3, of which the paper does not say which it uses.
FIG3_COSTS = (0.0, 1e-4, 1e-3, 1e-2, 1e-1)
#: The decay times of Fig. 3S1.
SOME_TAUS = (math.inf, 10_000.0, 5000.0, 2000.0, 1000.0, 500.0)
UNCACHED = "without caching"
#: A threshold counts as one to learn with if this share of the runs has learnt with it.
MOST_RUNS = 0.75

#: A decay time and a threshold.
Choice = tuple[float, float]
NO_CACHING: Choice = (math.inf, 0.0)

Power = Callable[..., float]
#: Powers that are given the update probability of each epoch: maintenance and consolidation.
POWERS: dict[str, tuple[Power, Power]] = {
    "Eqs. 6 and 7 (diffusion limit)": (decay.maintenance_power, decay.consolidation_power),
    "corrected for the overshoot": (
        decay.corrected_maintenance_power,
        decay.corrected_consolidation_power,
    ),
}


def powers(runs: Sequence[PowerRun]) -> tuple[Panel, ...]:
    """Fig. 6: the energy of each epoch, a mean over the runs that have not ended before."""
    longest = max(len(run.probability) for run in runs)
    going = [[run for run in runs if len(run.probability) > epoch] for epoch in range(longest)]
    shown = [epoch for epoch in range(longest) if len(going[epoch]) > 1]
    x = [epoch + 1.0 for epoch in shown]

    def predicted(power: Power, **cost: float) -> tuple[float, ...]:
        return tuple(
            float(
                np.mean(
                    [
                        run.P * power(run.threshold, run.tau, run.probability[epoch], run.N, **cost)
                        for run in going[epoch]
                    ]
                )
            )
            for epoch in shown
        )

    series = [
        measured(
            "maintenance",
            x,
            (
                [FIG6_COST * run.costs.transient_sum[epoch] for run in going[epoch]]
                for epoch in shown
            ),
        ),
        measured(
            "consolidation",
            x,
            ([run.costs.consolidation_energy[epoch] for run in going[epoch]] for epoch in shown),
        ),
    ]
    for kind, (maintenance, consolidation) in POWERS.items():
        series += [
            Series("maintenance", kind, tuple(x), predicted(maintenance, c=FIG6_COST)),
            Series("consolidation", kind, tuple(x), predicted(consolidation)),
        ]
    if ENOUGH_PATTERNS["P"].contains(runs[0].P):
        series += _learnt(runs[0], len(x))
    return (Panel("power", Axis(r"energy per epoch ($\eta$)"), tuple(series)),)


def _learnt(run: PowerRun, epochs: int) -> list[Series]:
    """Maintenance and consolidation by the mean field, which is given no update probability."""
    found = mean_field(run.P, run.N, run.threshold, run.tau)
    x = tuple(float(epoch) for epoch in range(1, min(epochs, len(found.held)) + 1))
    energies = {"maintenance": FIG6_COST * found.held, "consolidation": found.consolidation}
    return [
        Series(label, MEAN_FIELD, x, tuple(run.N * energy[: len(x)]))
        for label, energy in energies.items()
    ]


def _energy(scan: Scan, c: float, choice: Choice) -> float:
    return scan.energy(*choice, c)


def _time(scan: Scan, _c: float, choice: Choice) -> float:
    return scan.epochs(*choice)


def optima(scans: Sequence[Scan]) -> tuple[Panel, ...]:
    """Fig. 3: what the cheapest threshold costs, which it is, and how long it takes.

    Energies and times are those at the threshold that is cheapest on average; shown is the mean of
    the thresholds that are cheapest in each run, so that there is an error.
    """
    taus = list(dict.fromkeys(tau for tau, _ in scans[0].costs))
    rates = [1 / tau for tau in taus]
    cheapest = {(tau, c): _cheapest(scans, tau, c) for c in FIG3_COSTS for tau in taus}
    allowed = {tau: _learnable(scans, tau) for tau in taus}

    def by_cost(value: Callable[[Scan, float, float], float]) -> list[Series]:
        return [
            measured(
                f"$c$ = {c:g}", rates, ([value(scan, tau, c) for scan in scans] for tau in taus)
            )
            for c in FIG3_COSTS
        ]

    def optimal(value: Callable[[Scan, float, Choice], float]) -> list[Series]:
        return by_cost(lambda scan, tau, c: value(scan, c, cheapest[tau, c]))

    def uncached(value: Callable[[Scan, float, Choice], float], theory: float) -> list[Series]:
        samples = [value(scan, 0.0, NO_CACHING) for scan in scans]
        ends = (min(rates), max(rates))
        return [
            measured(UNCACHED, [0.0], [samples], reference=True),
            Series(UNCACHED, r"$K$ and $T$ of the Methods", ends, (theory, theory), reference=True),
        ]

    fields = _mean_fields(scans[0])

    def foretold(value: Callable[[MeanField, float], float]) -> list[Series]:
        return [
            Series(
                f"$c$ = {c:g}",
                MEAN_FIELD,
                tuple(rates),
                tuple(value(_cheapest_of_mean_fields(fields, tau, c), c) for tau in taus),
            )
            for c in FIG3_COSTS
            if fields
        ]

    P, N = scans[0].P, scans[0].N
    energies = *foretold(MeanField.energy), *uncached(_energy, perceptron.energy(P, N) / N)
    own = by_cost(lambda scan, tau, c: _own_threshold(scan, allowed[tau], c))
    thresholds = foretold(lambda it, _: it.threshold)
    times = foretold(lambda it, _: it.epochs)
    known = uncached(_time, perceptron.learning_time(P, N) / P)
    return (
        Panel(
            "energy", Axis("energy per\nsynapse ($\\eta$)", "log"), (*optimal(_energy), *energies)
        ),
        Panel(
            "threshold", Axis("optimal\nthreshold $\\theta$ ($\\eta$)", 1.0), (*own, *thresholds)
        ),
        Panel("time", Axis("learning time\n(epochs)", "log"), (*optimal(_time), *times, *known)),
    )


def tradeoff(scans: Sequence[Scan]) -> tuple[Panel, ...]:
    """Fig. 3S1A: learning time against energy at c = 0, from threshold 0 upwards.

    The fit of the paper is for the time without decay, which no threshold changes.
    """
    P, N = scans[0].P, scans[0].N
    energies = [_mean_energy(scans, choice, 0.0) for choice in _learnable(scans, math.inf)]
    time = perceptron.learning_time(P, N) / P
    series = [
        Series(
            "no decay",
            "$T$ of the Methods",
            (min(energies), perceptron.energy(P, N) / N),
            (time, time),
        )
    ]
    fields = _mean_fields(scans[0])
    simulated = {tau for tau, _ in scans[0].costs}
    for tau in (tau for tau in SOME_TAUS if tau in simulated):
        choices = _learnable(scans, tau)
        series.append(
            measured(
                "no decay" if tau == math.inf else rf"$\tau$ = {tau:g}",
                [_mean_energy(scans, choice, 0.0) for choice in choices],
                ([scan.epochs(*choice) for scan in scans] for choice in choices),
            )
        )
        curves = [it for it in fields.values() if it.tau == tau]
        if tau < math.inf and curves:
            series.append(
                Series(
                    rf"$\tau$ = {tau:g}",
                    MEAN_FIELD,
                    tuple(it.consolidation for it in curves),
                    tuple(it.epochs for it in curves),
                )
            )
    return (Panel("trade-off", Axis("learning time (epochs)", "log"), tuple(series)),)


def _learnable(scans: Sequence[Scan], tau: float) -> list[Choice]:
    """No caching, and the thresholds at which most runs have learnt, by decay time and threshold.

    The other runs count as they stand when they are given up.
    """
    return [
        choice
        for choice in dict.fromkeys([NO_CACHING, *scans[0].costs])
        if choice[0] == tau or choice[1] == 0
        if np.mean([scan.costs[choice].converged for scan in scans]) >= MOST_RUNS
    ]


def _mean_energy(scans: Sequence[Scan], choice: Choice, c: float) -> float:
    return float(np.mean([scan.energy(*choice, c) for scan in scans]))


def _own_threshold(scan: Scan, choices: Sequence[Choice], c: float) -> float:
    """The threshold at which a run costs least."""
    _, theta = min(choices, key=lambda choice: scan.energy(choice[0], choice[1], c))
    return theta


def _mean_fields(scan: Scan) -> dict[Choice, MeanField]:
    """Those of the decay times and thresholds that were simulated."""
    if scan.P != SIZE:
        return {}
    return {choice: it for choice, it in mean_fields().items() if choice in scan.costs}


def _cheapest_of_mean_fields(fields: dict[Choice, MeanField], tau: float, c: float) -> MeanField:
    """The threshold of least energy at a decay time, or learning without caching."""
    allowed = [it for choice, it in fields.items() if choice == NO_CACHING or it.tau == tau]
    return min(allowed, key=lambda it: it.energy(c))


def _cheapest(scans: Sequence[Scan], tau: float, c: float) -> Choice:
    """The decay time and threshold of least mean energy at which most runs have learnt."""
    return min(_learnable(scans, tau), key=lambda choice: _mean_energy(scans, choice, c))


_SCANNED = (
    "P = N = 1000; any synapse makes all consolidate; "
    "thresholds at which 3/4 of the runs learn within {} epochs"
)
_SCAN = Setting(scan(1000, grid(), max_epochs=400).replicated(24), _SCANNED.format(400))
_COARSE_GRID: Grid = (
    (math.inf, (0.0, 5.0, 10.0, 20.0, 40.0)),
    (10_000.0, (5.0, 20.0)),
    (1000.0, (1.0, 5.0, 10.0)),
    (100.0, (1.0,)),
)
_COARSE_SCAN = Setting(scan(1000, _COARSE_GRID, max_epochs=200), _SCANNED.format(200))
_POWER = Setting(power(), "P = N = 1000; local consolidation; mean over the runs still learning")

FIGURES = (
    Figure(
        id="LvR.3",
        title="Caching with decaying transient weights",
        source="Li & van Rossum (2020), Fig. 3",
        full=_SCAN,
        quick=_COARSE_SCAN,
        x=Axis(r"decay rate $1/\tau$ (per presentation)", 1e-5),
        panels=optima,
        ordered=True,
    ),
    Figure(
        id="LvR.3S1",
        title="Thresholds from 0 (right) upwards: learning time against energy",
        source="Li & van Rossum (2020), Fig. 3, supplement 1A",
        full=_SCAN,
        quick=_COARSE_SCAN,
        x=Axis(r"energy per synapse at $c$ = 0 ($\eta$)", "log"),
        panels=tradeoff,
        ordered=True,
    ),
    Figure(
        id="LvR.6",
        title=r"Power while learning: $\theta$ = 5, $\tau$ = 500, $c$ = 0.01",
        source="Li & van Rossum (2020), Fig. 6",
        full=_POWER,
        quick=_POWER.fewer(8),
        x=Axis("epoch"),
        panels=powers,
    ),
)
