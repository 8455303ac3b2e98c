"""The diffusion limit corrected for the overshoot: the correction, and where it is how good."""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory import decay as theory
from theory.crosscheck.chapters.decay.exact import exact
from theory.crosscheck.chapters.symbols import N, c, eta, p, q, tau, theta, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.symbolic import Identity
from theory.decay.exact import SteadyState
from theory.special.ladder import ladder_overshoot, sawtooth

Region = dict[str, tuple[float, float]]
#: Regions; x = theta/sigma, so that tau = theta^2/(p x^2). Only theta/eta matters.
MANY_STEPS: Region = {"theta": (12, 30), "x": (0.2, 1), "p": (0.05, 1)}
SOME_STEPS: Region = {"theta": (4.5, 12), "x": (0.2, 1), "p": (0.05, 1)}
VERY_FEW_STEPS: Region = {"theta": (2, 4.5), "x": (0.2, 0.9), "p": (0.05, 1)}

Quantity = Callable[[float, float, float], float]


def _formula(name: str, *more: float) -> Quantity:
    """A formula by its name, of theta, tau and p."""
    return lambda *walk: float(getattr(theory, name)(*walk, *more))


#: Of theta, tau and p: corrected, in the diffusion limit, and exact.
QUANTITIES: dict[str, tuple[Quantity, Quantity, Callable[[SteadyState], float]]] = {
    "rate": (_formula("corrected_rate"), _formula("consolidation_rate"), lambda state: state.rate),
    "mean size": (
        _formula("corrected_mean"),
        _formula("mean_transient"),
        lambda state: state.mean_transient,
    ),
    "consolidation power": (
        _formula("corrected_consolidation_power", 1),
        _formula("consolidation_power", 1),
        lambda state: state.rate * state.mean_consolidated,
    ),
    "mean consolidated amount": (
        _formula("mean_consolidated"),
        lambda theta, _tau, _p: theta,
        lambda state: state.mean_consolidated,
    ),
}

#: Of the lattice's sawtooth.
SPREAD = (2 * theta / eta + 1) ** 3 / (8 * tau * p)


def _at(quantity: Quantity) -> Callable[..., float]:
    return lambda theta, x, p: quantity(theta, theta**2 / (p * x**2), p)


def _exactly(quantity: Callable[[SteadyState], float]) -> Callable[..., tuple[float, float]]:
    def reference(theta: float, x: float, p: float) -> tuple[float, float]:
        state = exact(theta, theta**2 / (p * x**2), p)
        return quantity(state), state.relative_error

    return reference


def _corrected(name: str, region: Region, words: str) -> Approximation:
    """A corrected quantity that is good in a region, where the diffusion limit is not."""
    corrected, diffusion, true = QUANTITIES[name]
    span = ", ".join(f"{symbol} from {low:g} to {high:g}" for symbol, (low, high) in region.items())
    return Approximation(
        f"{name}, {span}",
        _at(corrected),
        _exactly(true),
        region,
        words,
        {"the diffusion limit": _at(diffusion)},
    )


def _definition(what: str, corrected: Any, diffusion: Any) -> Identity:
    """A corrected formula is that of the diffusion limit at the mean consolidated amount."""

    def right() -> Any:
        return diffusion(theory.mean_consolidated(theta, tau, p, eta))

    return Identity(what, corrected, right)


def _left(step: Any, on_lattice: Any) -> Any:
    """What is left of the mean size without its corner, written so that nothing cancels."""
    return (1 - step) * (1 + step) + (1 - on_lattice) * step**2 / 2


CLAIMS = (
    Claim(
        id="SE.mean-consolidated",
        statement="A synapse consolidates theta + eta (o + W) on average: o smeared, W what is "
        "left of the lattice; within 0.5% for theta >= 12 eta, and within 3% for theta >= 4.5 eta.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("decay.mean_consolidated",),
        symbolic=(
            Identity(
                "as defined",
                lambda: theory.mean_consolidated(theta, tau, p, eta),
                lambda: (
                    eta
                    * (
                        1
                        + sp.Min(sp.floor(theta / eta), 1)
                        * (
                            sp.Max(
                                1,
                                theta / eta
                                + ladder_overshoot(theta / (eta * tau * p))
                                + sawtooth(theta / eta, SPREAD),
                            )
                            - 1
                        )
                    )
                ),
            ),
        ),
        numeric=(
            _corrected("mean consolidated amount", MANY_STEPS, "within 0.5%"),
            _corrected("mean consolidated amount", SOME_STEPS, "within 3%"),
        ),
    ),
    Claim(
        id="SE.overshoot",
        statement="At the mean consolidated amount in place of theta the diffusion formulas are "
        "within 1% for theta >= 12 eta, within 5% for theta >= 4.5 eta and within 20% for theta >= "
        "2 eta, if 0.2 sigma <= theta <= sigma (0.9 sigma below 4.5 eta) and p >= 0.05.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=(
            "decay.corrected_rate",
            "decay.corrected_mean",
            "decay.corrected_maintenance_power",
            "decay.corrected_consolidation_power",
        ),
        symbolic=(
            _definition(
                "rate, as defined",
                lambda: theory.corrected_rate(theta, tau, p, eta),
                lambda amount: theory.consolidation_rate(amount, tau, p, eta),
            ),
            Identity(
                "1 + the mean size for a threshold of 0.9 steps: nothing stays transient",
                lambda: 1 + theory.corrected_mean(9 * eta / 10, tau, p, eta),
                lambda: sp.Integer(1),
            ),
            _definition(
                "mean size less the corner of the density, as defined",
                lambda: theory.corrected_mean(theta, tau, p, eta),
                lambda amount: (
                    sp.Min(sp.floor(theta / eta), 1)
                    * theory.mean_transient(amount, tau, p, eta)
                    * _left(eta / amount, sp.exp(-SPREAD / 2))
                ),
            ),
            Identity(
                "which at amount eta/q and exp(-S/2) = x is 1 - (1 + x) q^2/2",
                lambda: _left(q, x),
                lambda: 1 - (1 + x) * q**2 / 2,
            ),
            _definition(
                "maintenance power, as defined",
                lambda: theory.corrected_maintenance_power(theta, tau, p, N, c, eta),
                lambda _: c * N * theory.corrected_mean(theta, tau, p, eta),
            ),
            _definition(
                "consolidation power, as defined",
                lambda: theory.corrected_consolidation_power(theta, tau, p, N, eta),
                lambda amount: theory.consolidation_power(amount, tau, p, N, eta),
            ),
        ),
        numeric=tuple(
            _corrected(name, region, f"within {percent}%")
            for region, percent in ((MANY_STEPS, 1), (SOME_STEPS, 5), (VERY_FEW_STEPS, 20))
            for name in ("rate", "mean size", "consolidation power")
        ),
        remark="For theta > sigma consolidations are rare, and the kurtosis of the steps matters, "
        "(1 - 3 p)/(tau p): where tau p is small the rate is off by more, whatever the threshold. "
        "For theta < 0.2 sigma and whole theta/eta the sum of 64 terms is too short: the rate is "
        "too high by up to eta/theta, and exact again without decay.",
    ),
    Claim(
        id="SE.decay-region",
        statement="The diffusion limit itself is within 18% (rate) and within 8% (mean size) for "
        "theta >= 12 eta, 0.2 sigma <= theta <= sigma and p >= 0.05.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("decay.consolidation_rate", "decay.mean_transient"),
        numeric=tuple(
            Approximation(
                f"{name}, theta from 12 to 30",
                _at(QUANTITIES[name][1]),
                _exactly(QUANTITIES[name][2]),
                MANY_STEPS,
                words,
            )
            for name, words in (("rate", "within 18%"), ("mean size", "within 8%"))
        ),
        remark="In weak decay the rate is too high by a factor of up to (1 + eta/theta)^2: it is "
        "within 5% from theta = 41 eta, within 1% from 201 eta.",
    ),
)
