"""The steady state for finite steps: solved numerically, held against walks."""

import functools
from collections.abc import Callable

from theory import decay as theory
from theory.crosscheck.chapters.decay.experiments import leaky_walk
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.decay.exact import SteadyState

#: Walks that are simulated: theta/eta, tau and p, those of LvR's Fig. 6 first.
LEAKY_WALKS = (
    (5.0, 500.0, 0.1),
    (5.0, 500.0, 0.3),
    (5.0, 500.0, 0.7),
    (2.0, 100.0, 0.5),
    (2.5, 7.0, 0.8),
    (1.0, 20.0, 1.0),
    (3.0, 50.0, 0.3),
    (7.3, 300.0, 0.4),
    (10.0, 500.0, 0.3),
    (8.0, 100.0, 0.4),
    (20.0, 500.0, 1.0),
)


@functools.cache
def exact(theta: float, tau: float, p: float) -> SteadyState:
    """The exact steady state, well enough known to hold approximations against it."""
    state: SteadyState = theory.steady_state(theta, tau, p, tolerance=2e-3)
    return state


def _walks(quantity: str, diffusion: Callable[..., float]) -> tuple[Comparison, ...]:
    """What walks give over the exact route; the diffusion limit must be rejected."""

    def comparison(walk: tuple[float, float, float]) -> Comparison:
        def predicted() -> float:
            return float(getattr(exact(*walk), quantity))

        return Comparison(
            f"{quantity} at theta = {walk[0]:g} eta, tau = {walk[1]:g}, p = {walk[2]:g}",
            leaky_walk(*walk),
            observed=lambda record: getattr(record, quantity).mean,
            predicted=lambda _: predicted(),
            wrong=(lambda: diffusion(*walk) / predicted(),),
            slow=walk not in LEAKY_WALKS[:4],
        )

    return tuple(map(comparison, LEAKY_WALKS))


CLAIMS = (
    Claim(
        id="SE.decay-exact",
        statement="The steady state of steps +-eta with decay 1 - 1/tau, solved on a grid, is that "
        "of simulated walks, where the diffusion limit is not.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("decay.steady_state",),
        remark="It carries an estimate of its error: 1e-5 or less but where weights crowd at the "
        "threshold, at whole theta/eta in weak decay, where it can be some percent.",
        simulation=(
            *_walks("rate", theory.consolidation_rate),
            *_walks("mean_transient", theory.mean_transient),
            *_walks("mean_consolidated", lambda theta, _tau, _p: theta),
        ),
    ),
)
