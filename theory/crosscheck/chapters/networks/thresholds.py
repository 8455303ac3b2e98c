"""LvR on networks: learning time against energy, and rates that are too high (Figs. 3S1B, 5a)."""

from theory.crosscheck.chapters.networks.accuracy import (
    AMPLE,
    COMPARED,
    HIGH_CACHE,
    LOW_CACHE,
    LVR_ON_MNIST,
    LVR_RATE,
    MULTILAYER,
)
from theory.crosscheck.chapters.networks.experiments import PLAIN, lvr_caches, lvr_rates
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Always, Comparison

SUPPLEMENT = "LvR, Results and Fig. 3S1B"
TRADED = lvr_caches("mnist", (AMPLE,), (PLAIN, LOW_CACHE, HIGH_CACHE), COMPARED, 100_000, LVR_RATE)
WITH_DECAY = f"MNIST to {COMPARED:.0%}, {AMPLE} hidden units, eta = {LVR_RATE:g}, tau = 1000"
#: A rate at which learning does not converge, and for how many presentations it is tried.
TOO_FAST, TRIED_FOR = 3.0, 60_000
DIVERGING = lvr_rates("mnist", {LVR_RATE: COMPARED, TOO_FAST: COMPARED}, TRIED_FOR)


def _against(what: str, quantity: str, more: str, less: str, words: str) -> Comparison:
    """What learning with one cache takes over what it takes with another."""
    return Comparison(
        what,
        TRADED,
        observed=lambda runs: float(getattr(runs[AMPLE, more], quantity)),
        predicted=lambda runs: float(getattr(runs[AMPLE, less], quantity)),
        words=words,
        where=WITH_DECAY,
        slow=True,
    )


CLAIMS = (
    Claim(
        id="LvR.fig3S1B",
        statement="In multi-layer perceptrons, too, the consolidation threshold trades off between "
        "learning time and energy.",
        source=SUPPLEMENT,
        kind=Kind.EMPIRICAL,
        simulation=(
            _against(
                "learning time with theta = 0.02 over that with 0.005",
                "samples",
                HIGH_CACHE,
                LOW_CACHE,
                "trade-off",
            ),
            _against(
                "M_1 with theta = 0.005 over that with 0.02",
                "path",
                LOW_CACHE,
                HIGH_CACHE,
                "trade-off",
            ),
        ),
        remark="The thresholds are those of Fig. 5; maintenance is not counted.",
    ),
    Claim(
        id="LvR.no-speed-up",
        statement="There is no evidence that learning can be sped up by caching in multi-layer "
        "perceptrons.",
        source=SUPPLEMENT,
        kind=Kind.EMPIRICAL,
        simulation=tuple(
            _against(
                f"learning time without a cache over that with {name.removeprefix('cached, ')}",
                "samples",
                PLAIN,
                name,
                "no evidence",
            )
            for name in (LOW_CACHE, HIGH_CACHE)
        ),
    ),
    Claim(
        id="LvR.fig5a-diverges",
        statement="At larger learning rates, learning no longer converges and energy goes up "
        "steeply without an increase in accuracy.",
        source=f"{MULTILAYER}, Fig. 5a",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Always(
                f"{COMPARED:.0%} is not reached in {TRIED_FOR} presentations at eta = {TOO_FAST:g}",
                DIVERGING,
                lambda runs: float(runs[TOO_FAST].accuracy.max()) < COMPARED,
                where=LVR_ON_MNIST,
                slow=True,
            ),
            Comparison(
                f"M_1 spent at eta = {TOO_FAST:g} over that to {COMPARED:.0%} at {LVR_RATE:g}",
                DIVERGING,
                observed=lambda runs: runs[TOO_FAST].path,
                predicted=lambda runs: runs[LVR_RATE].path,
                words="steeply",
                where=LVR_ON_MNIST,
                slow=True,
            ),
        ),
    ),
)
