"""LvR's figures of decaying transient weights: 3, 3S1 and 6."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from montecarlo.statistics import estimate
from theory import decay, perceptron
from theory.crosscheck.decaying_experiments import Grid, PowerRun, Scan
from theory.crosscheck.figures.figure import SIMULATION, Axis, Panel, Series

#: The maintenance cost of Fig. 6.
COST = 0.01
#: Those of Fig. 3, of which the paper does not say which it uses.
COSTS = (0.0, 1e-4, 1e-3, 1e-2, 1e-1)
#: The decay times of Fig. 3S1.
SOME_TAUS = (math.inf, 10_000.0, 5000.0, 2000.0, 1000.0, 500.0)
UNCACHED = "without caching"
#: A threshold counts as one to learn with if this share of the runs has learnt with it.
MOST = 0.75

Power = Callable[..., float]
#: Powers that are given the update probability of each epoch: maintenance and consolidation.
POWERS: dict[str, tuple[Power, Power]] = {
    "Eqs. 6 and 7 (diffusion limit)": (decay.maintenance_power, decay.consolidation_power),
}


def grid() -> Grid:
    """The decay times and thresholds of Figs. 3 and 3S1.

    The highest threshold rises with the decay time: above it most runs never end.
    """
    taus = (1e5, 3e4, 1e4, 5e3, 2e3, 1e3, 500.0, 200.0, 100.0, 30.0, 10.0)
    thresholds = (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0, 56.0)
    return (
        (math.inf, (0.0, *thresholds)),
        *((tau, tuple(level for level in thresholds if level <= 2 + tau / 100)) for tau in taus),
    )


def powers(runs: Sequence[PowerRun]) -> tuple[Panel, ...]:
    """Fig. 6: the energy of each epoch, a mean over the runs that have not ended before."""
    epochs = range(max(len(run.probability) for run in runs))
    going = [[run for run in runs if len(run.probability) > epoch] for epoch in epochs]
    shown = [epoch for epoch in epochs if len(going[epoch]) > 1]
    x = tuple(float(epoch + 1) for epoch in shown)
    simulated = {
        "maintenance": [
            estimate([COST * run.costs.transient_sum[epoch] for run in going[epoch]])
            for epoch in shown
        ],
        "consolidation": [
            estimate([run.costs.consolidation_energy[epoch] for run in going[epoch]])
            for epoch in shown
        ],
    }
    series = [
        Series(
            label,
            SIMULATION,
            x,
            tuple(float(point.mean) for point in points),
            tuple(float(point.standard_error) for point in points),
        )
        for label, points in simulated.items()
    ]
    for kind, (maintenance, consolidation) in POWERS.items():
        for label, power, details in (
            ("maintenance", maintenance, {"c": COST}),
            ("consolidation", consolidation, {}),
        ):
            predicted = tuple(
                float(
                    np.mean(
                        [
                            run.P
                            * power(
                                run.threshold, run.tau, run.probability[epoch], run.N, **details
                            )
                            for run in going[epoch]
                        ]
                    )
                )
                for epoch in shown
            )
            series.append(Series(label, kind, x, predicted))
    return (Panel("power", Axis(r"energy per epoch ($\eta$)"), tuple(series)),)


def optima(scans: Sequence[Scan]) -> tuple[Panel, ...]:
    """Fig. 3: what the cheapest threshold costs, which it is, and how long it takes."""
    choices = [
        (f"$c$ = {c:g}", 1 / tau, c, _cheapest(scans, tau, c))
        for c in COSTS
        for tau in dict.fromkeys(tau for tau, _ in scans[0].costs)
    ]
    P, N = scans[0].P, scans[0].N
    fastest = max(x for _, x, _, _ in choices)

    def panel(
        name: str, axis: Axis, value: Callable[[Scan, float, tuple[float, float]], float],
        uncached: float | None,
    ) -> Panel:  # fmt: skip
        series = []
        for label in dict.fromkeys(label for label, *_ in choices):
            points = [
                (x, estimate([value(scan, c, choice) for scan in scans]))
                for other, x, c, choice in choices
                if other == label
            ]
            series.append(
                Series(
                    label,
                    SIMULATION,
                    tuple(x for x, _ in points),
                    tuple(float(point.mean) for _, point in points),
                    tuple(float(point.standard_error) for _, point in points),
                )
            )
        if uncached is not None:
            measured = estimate([value(scan, 0.0, (math.inf, 0.0)) for scan in scans])
            series += [
                Series(
                    UNCACHED,
                    SIMULATION,
                    (0.0,),
                    (float(measured.mean),),
                    (float(measured.standard_error),),
                    reference=True,
                ),
                Series(
                    UNCACHED,
                    r"$K$ and $T$ of the Methods",
                    (0.0, fastest),
                    (uncached, uncached),
                    reference=True,
                ),
            ]
        return Panel(name, axis, tuple(series))

    return (
        panel(
            "energy",
            Axis("energy per\nsynapse ($\\eta$)", "log"),
            lambda scan, c, choice: scan.energy(*choice, c),
            perceptron.energy(P, N) / N,
        ),
        panel(
            "threshold",
            Axis("optimal\nthreshold $\\theta$ ($\\eta$)", 1.0),
            lambda _scan, _c, choice: choice[1],
            None,
        ),
        panel(
            "time",
            Axis("learning time\n(epochs)", "log"),
            lambda scan, _c, choice: scan.epochs(*choice),
            perceptron.learning_time(P, N) / P,
        ),
    )


def tradeoff(scans: Sequence[Scan]) -> tuple[Panel, ...]:
    """Fig. 3S1A: learning time against energy at c = 0, from threshold 0 upwards."""
    series = []
    for tau in SOME_TAUS:
        choices = _learnable(scans, tau)
        energies = [estimate([scan.energy(*choice, 0.0) for scan in scans]) for choice in choices]
        times = [estimate([scan.epochs(*choice) for scan in scans]) for choice in choices]
        series.append(
            Series(
                "no decay" if tau == math.inf else rf"$\tau$ = {tau:g}",
                SIMULATION,
                tuple(float(energy.mean) for energy in energies),
                tuple(float(time.mean) for time in times),
                tuple(float(time.standard_error) for time in times),
            )
        )
    return (Panel("trade-off", Axis("learning time (epochs)", "log"), tuple(series)),)


def _learnable(scans: Sequence[Scan], tau: float) -> list[tuple[float, float]]:
    """No caching, and the thresholds at which most runs have learnt, by decay time and threshold.

    The other runs count as they stand when they are given up.
    """
    return [
        choice
        for choice in dict.fromkeys([(math.inf, 0.0), *scans[0].costs])
        if choice[0] == tau or choice[1] == 0
        if np.mean([scan.costs[choice].converged for scan in scans]) >= MOST
    ]


def _cheapest(scans: Sequence[Scan], tau: float, c: float) -> tuple[float, float]:
    """The decay time and threshold of least mean energy at which most runs have learnt."""

    def mean_energy(choice: tuple[float, float]) -> float:
        return float(np.mean([scan.energy(*choice, c) for scan in scans]))

    return min(_learnable(scans, tau), key=mean_energy)
