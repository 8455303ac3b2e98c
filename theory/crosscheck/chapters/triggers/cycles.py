"""Cycles of synapses that consolidate together: exact for "any", Gaussian for "total"."""

import functools
import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from montecarlo.cycles import Together
from theory import lattice
from theory import triggers as theory
from theory.crosscheck.chapters.symbols import N, k, n
from theory.crosscheck.chapters.triggers.experiments import walks_together
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity

j, y0 = sp.symbols("j y_0", positive=True)

#: What is predicted of a cycle, from the theory's cycle and p.
PREDICTED: dict[str, Callable[[theory.Cycle, float], float]] = {
    "updates": lambda cycle, _: cycle.updates,
    "consolidated": lambda cycle, _: cycle.consolidated,
    "transient_sum": lambda cycle, p: cycle.mean_transient * cycle.updates / p,
}


def _first(n: Any, N: Any) -> Any:
    """The formula, looked up anew at every call."""
    return theory.first_of_many(n, N)


def _first_by_root(n: Any, N: Any) -> Any:
    """The formula with its y_0 searched for, and a measured."""

    def arrivals(y: Any) -> Any:
        return mpmath.log(2 * N / mpmath.sqrt(mpmath.pi * y)) - y

    one = mpmath.findroot(arrivals, (mpmath.mpf("1e-3"), 2 + mpmath.log(2 * N)), solver="anderson")
    slope = -mpmath.diff(arrivals, one)
    y = one + mpmath.euler / slope
    return n**2 / (2 * y) * (1 + mpmath.zeta(2) / (slope * y) ** 2) + y / 3


@functools.cache
def _any_recursion(n: int, N: float) -> tuple[float, float, float]:
    """The three averages of a cycle of "any" by following the law of one walk, in doubles.

    All terms are positive: what is summed keeps its digits.
    """
    law = np.zeros(n)  # of abs(S), 0 first
    law[0] = 1
    updates = visited = sizes = exited = 0.0
    while (alive := (1 - exited) ** N) > 1e-18:
        others = (1 - exited) ** (N - 1)
        updates += alive
        visited += others * law[0]
        sizes += others * float(law @ np.arange(n))
        exited += law[-1] / (2 if n > 1 else 1)
        moved = np.zeros(n)
        moved[1:] += law[:-1] / 2
        moved[:-1] += law[1:] / 2
        moved[1:2] += law[0] / 2
        law = moved
    return updates, visited, sizes / updates


def _recursions(index: int, quantity: str) -> Approximation:
    def predicted(theta: float, N: float) -> float:
        return float(getattr(theory.any_cycle(theta, N), quantity))

    return Approximation(
        f"{quantity} against the law of the walk, followed step by step",
        predicted,
        # The recursion's own rounding.
        lambda theta, N: (_any_recursion(int(theta) + 1, N)[index], 1e-12),
        {"theta": (1.0, 20.9), "N": (3.0, 1e12)},
        rejected={"local": lambda theta, **_: predicted(theta, 1)},
    )


def _compared(
    trigger: Together,
    cycle: Callable[..., theory.Cycle],
    walks: tuple[tuple[int, float], ...],
    words: str = "=",
    clock: tuple[float, float] | None = None,
) -> tuple[Comparison, ...]:
    """Simulated cycles over predicted ones at pairs of N and threshold, the first of them quickly.

    The clock, tau and p, is that of decay.
    """
    tau, p = clock or (math.inf, 1.0)
    decay = {"tau": tau, "p": p} if clock else {}

    def predicted(N: int, threshold: float, quantity: str) -> float:
        return PREDICTED[quantity](cycle(theta=threshold, N=N, **decay), p)

    def comparison(N: int, threshold: float, slow: bool, quantity: str) -> Comparison:
        return Comparison(
            f"{quantity} of {trigger!r} at N = {N}, theta = {threshold:g} eta"
            + (f", tau = {tau:g}, p = {p:g}" if clock else ""),
            walks_together(N, threshold, trigger, p, tau),
            observed=lambda run: float(getattr(run, quantity)),
            predicted=lambda _: predicted(N, threshold, quantity),
            words=words,
            slow=slow or (clock is not None and quantity == "transient_sum"),
        )

    return tuple(
        comparison(N, threshold, place > 0, quantity)
        for place, (N, threshold) in enumerate(walks)
        for quantity in PREDICTED
    )


CLAIMS = (
    Claim(
        id="SE.any",
        statement="If any of N synapses makes all consolidate, the mean number of updates between "
        "two consolidations is the sum over j of q_j^N, and each synapse consolidates eta times "
        "the sum of z_j q_j^(N - 1), where z_j is the probability of a walk to be at zero.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("triggers.any_cycle",),
        symbolic=(
            Identity(
                "the mean size changes at zero only",
                lambda: (sp.Abs(k + 1) + sp.Abs(k - 1)) / 2,
                lambda: k,
            ),
            Identity(
                "one synapse alone consolidates what the share at zero says",
                lambda: lattice.stationary(sp.Integer(0), n),
                lambda: n / n**2,
            ),
        ),
        numeric=tuple(
            _recursions(index, quantity)
            for index, quantity in enumerate(("updates", "consolidated", "mean_transient"))
        ),
        simulation=_compared(
            "any", theory.any_cycle, ((1001, 10.0), (50, 12.5), (3, 6.0), (1, 5.0))
        ),
        remark="So the amount consolidated per update is eta times the probability to find the "
        "transient weight at zero, whatever the trigger.",
    ),
    Claim(
        id="SE.first-of-many",
        statement="The cycle of any in very many synapses lasts n^2/(2 y) (1 + pi^2/(6 a^2 y^2)) + "
        "y/3 updates, y = W(8 N^2/pi)/2 + gamma/a, within 1% for N >= 1000 and n >= 60.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("triggers.first_of_many", "triggers.any_cycle"),
        symbolic=(
            Identity(
                "at y_0 one walk is expected to have arrived",
                lambda: (
                    8 / sp.pi * sp.solve(2 * N * sp.exp(-y0) / sp.sqrt(sp.pi * y0) - 1, N)[0] ** 2
                ),
                lambda: 2 * y0 * sp.exp(2 * y0),
            ),
            Identity(
                "the lattice's share of the exponent, n^4/(12 j^3), shifts j by y/3",
                lambda: (n**4 / (12 * j**3) / sp.diff(-(n**2) / (2 * j), j)).subs(
                    j, n**2 / (2 * y0)
                ),
                lambda: y0 / 3,
            ),
        ),
        numeric=(
            Agreement(
                "by the root and the slope of the expected number of arrivals",
                _first,
                _first_by_root,
                {"n": (1, 1e4), "N": (1, 1e20)},
                digits=30,
            ),
            Approximation(
                "against the sum over the survival of one walk",
                lambda n, N: float(_first(int(n), N)),
                lambda n, N: (theory.any_cycle(int(n) - 1, N).updates, 1e-12),
                {"n": (60.0, 200.0), "N": (1e3, 1e12)},
                words="within 1%",
                rejected={
                    "n^2/(2 log N)": lambda n, N: n**2 / (2 * math.log(N)),
                    "without the lattice": lambda n, N: (
                        float(theory.first_of_many(n, N)) - math.log(N) / 3
                    ),
                },
            ),
        ),
    ),
    Claim(
        id="SE.total",
        statement="If the sum of all sizes makes all N synapses consolidate, a Gaussian chain of "
        "the sum's deviations from its mean gives the cycle within 2% for N >= 100.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("triggers.total_cycle",),
        simulation=_compared(
            "total",
            theory.total_cycle,
            ((1000, 3000.0), (1000, 1500.0), (100, 500.0), (1000, 10_000.0)),
            words="within 2%",
        ),
    ),
    Claim(
        id="SE.decaying-together",
        statement="With transient weights that decay, a clock that ticks evenly gives the cycles "
        "of any within 8% up to theta = p tau eta/5, and those of total within 4% up to theta = "
        "0.42 N eta sqrt(p tau).",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("triggers.decaying_any_cycle", "triggers.decaying_total_cycle"),
        simulation=(
            *_compared(
                "any",
                theory.decaying_any_cycle,
                ((1000, 9.9), (50, 9.9)),
                words="within 8%",
                clock=(500.0, 0.1),
            ),
            *_compared(
                "total",
                theory.decaying_total_cycle,
                ((1000, 2900.0), (100, 290.0)),
                words="within 4%",
                clock=(500.0, 0.1),
            ),
        ),
        remark="These are the highest thresholds that are not refused. The synapses of a neuron "
        "wait for the same next update; where decay pulls harder, the luck of that clock matters: "
        "at theta = 0.65 p tau eta any takes 16% fewer updates.",
    ),
)
