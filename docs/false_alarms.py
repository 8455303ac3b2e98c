"""Draw how often the judge of simulations is wrong: false alarms and misses over simulated runs."""

from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from montecarlo.statistics import Budget
from theory.crosscheck import Verdict
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs import simulation
from theory.crosscheck.legs.laboratory import Laboratory
from theory.crosscheck.legs.statements import Comparison

Draw = Callable[[np.random.Generator], float]

#: Replicas of mean and standard deviation 1.
REPLICAS: dict[str, Draw] = {
    "normal": lambda rng: 1 + rng.standard_normal(),
    "exponential": lambda rng: rng.exponential(),
}
#: How a sentence says that a law is exact, and that it is not, at the same value.
WORDS = {"exact, from 8 replicas on": "=", "inexact, from 32 on": "within 0.001%"}
RATES = (0.3, 0.1, 0.03, 0.01)
RUNS = 1000


def verdicts(draw: Draw, words: str, rate: float, runs: int, factor: float = 1.0) -> list[Verdict]:
    """Of so many runs of the stopping rule, of which the given rate may raise a false alarm."""
    experiment = Experiment("drawn", lambda rngs: [draw(rng) for rng in rngs], replicas=64)
    statement = Comparison("", experiment, lambda record: factor * record, words=words)
    budget = Budget(len(simulation.looks(statement, 1.0)), rate)
    return [
        simulation.judge(statement, Laboratory(seed, budget, 1e-9, 1.0)).verdict
        for seed in range(runs)
    ]


def _narrowed(draw: Draw) -> Draw:
    """The same with three tenths of the spread."""
    return lambda rng: 1 + 0.3 * (draw(rng) - 1)


def main() -> None:
    """Draw both panels."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.plot(RATES, RATES, "k--", lw=1, label="as stated")
    for name, draw in REPLICAS.items():
        for words, style in zip(WORDS, ("o", "s"), strict=True):
            found = [
                verdicts(draw, WORDS[words], r, RUNS).count(Verdict.FAILS) / RUNS for r in RATES
            ]
            left.plot(RATES, found, style, label=f"{name}, {words}")
    left.set(xscale="log", yscale="log", xlabel="stated rate", ylabel="false alarms")
    left.legend(fontsize=7, loc="lower right")
    factors = np.linspace(1, 1.6, 25)
    for name, draw in REPLICAS.items():
        narrow = _narrowed(draw)
        found = [verdicts(narrow, "similar", 1e-3, 200, factor) for factor in factors]
        for verdict, style in ((Verdict.HOLDS, "-"), (Verdict.FAILS, "--")):
            share = [each.count(verdict) / len(each) for each in found]
            right.plot(factors, share, style, label=f"{verdict}, {name}")
    right.axvline(1.25, color="k", lw=1)
    right.set(xlabel="measured over predicted, of a law “within 25%”", ylabel="share of runs")
    right.legend(fontsize=8)
    figure.savefig(Path(__file__).with_name("false_alarms.svg"), metadata={"Date": None})


if __name__ == "__main__":
    main()
