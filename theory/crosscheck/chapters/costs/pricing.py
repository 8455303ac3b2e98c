"""What LvR, CP and REV say of the cost model itself."""

import numpy as np
import sympy as sp

from theory import costs
from theory.costs import Cost
from theory.crosscheck.chapters.costs.experiments import PERCEPTRON
from theory.crosscheck.chapters.perceptron.experiments import Stepwise, stepwise
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY, REVIEW
from theory.crosscheck.chapters.symbols import K, N, alpha, eta, n, t, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.prices import MULTIPLICATION, TECHNOLOGIES

ONE_SIDED = Cost(depression=0)
#: Prices that tell all parts of a cost from each other.
GENERAL = Cost(alpha=0.5, potentiation=2, depression=0.75, b=0.3, c=0.01, d=0.002)


def _by_definition(run: Stepwise, cost: Cost) -> float:
    """The energy of a run, from all its weights at all times."""
    writes = run.writes
    up, down = writes[writes > 0], -writes[writes < 0]
    stayed = writes[:-1] == 0
    return float(
        cost.potentiation * np.sum(up**cost.alpha)
        + cost.depression * np.sum(down**cost.alpha)
        + cost.b * np.abs(np.diff(run.transient, axis=0))[stayed].sum()
        + cost.c * np.abs(run.transient).sum()
        + cost.d * np.abs(run.persistent).sum()
    )


def _priced(what: str, cost: Cost, threshold: float, eta: float = 1.0) -> Comparison:
    return Comparison(
        what,
        stepwise(threshold, eta),
        observed=lambda run: cost.energy(run.ledger),
        predicted=lambda run: _by_definition(run, cost),
    )


def _halved(what: str, threshold: float) -> Comparison:
    return Comparison(
        f"{what}, potentiation only, over half of both",
        PERCEPTRON,
        observed=lambda run: run.energy(threshold, ONE_SIDED),
        predicted=lambda run: run.energy(threshold, Cost()) / 2,
    )


CLAIMS = (
    Claim(
        id="CP.M",
        statement="The energy M_alpha is the sum over all synapses and time steps of "
        "abs(change)^alpha; M_1 is the accumulated change, M_0 the number of updates.",
        source=COMPETITIVE_PLASTICITY,
        kind=Kind.DEFINITION,
        simulation=(
            _priced("a ledger at alpha = 1/2 against the weight path", Cost(alpha=0.5), 2.0),
            Comparison(
                "M_0 at alpha = 0 against the changes along the path",
                stepwise(2.0),
                observed=lambda run: Cost(alpha=0).energy(run.ledger),
                predicted=lambda run: float(np.count_nonzero(run.writes)),
            ),
            Comparison(
                "M_1 against the length of the path",
                stepwise(2.0),
                observed=lambda run: run.ledger.written,
                predicted=lambda run: _by_definition(run, Cost()),
            ),
        ),
    ),
    Claim(
        id="CP.additive",
        statement="The cost is the sum of the costs of single synapses and of single time steps: "
        "there is no interaction in space or time.",
        source=COMPETITIVE_PLASTICITY,
        kind=Kind.DEFINITION,
        simulation=(
            _priced("counts of amounts, whose order is lost, against the path", GENERAL, 2.0),
            _priced("the same at another step size", GENERAL, 2.0, eta=0.375),
        ),
        remark="It is what lets a run be priced afterwards, under any such model, from how often "
        "each amount was written.",
    ),
    Claim(
        id="CP.alpha-above-1",
        statement="At alpha above 1 updating a synapse twice would be cheaper than updating it "
        "once with double the amount.",
        source=COMPETITIVE_PLASTICITY,
        kind=Kind.IDENTITY,
        symbolic=(
            Positive(
                "what double the amount costs more, alpha = 1 + log(1 + t)/log(2)",
                lambda: (
                    (2 * x) ** (1 + sp.log(1 + t) / sp.log(2))
                    - 2 * x ** (1 + sp.log(1 + t) / sp.log(2))
                ),
            ),
            Identity(
                "nothing at alpha = 1",
                lambda: (2 * x) ** alpha.subs(alpha, 1),
                lambda: 2 * x ** alpha.subs(alpha, 1),
            ),
        ),
    ),
    Claim(
        id="REV.M",
        statement="A parsimonious model of the energy accumulates the amounts of synaptic changes "
        "over time and over synapses.",
        source=REVIEW,
        kind=Kind.DEFINITION,
        simulation=(
            _priced("a ledger at alpha = 1 against the weight path", Cost(), 2.0, eta=0.375),
        ),
    ),
    Claim(
        id="REV.alpha0",
        statement="In the limit alpha to 0 the energy counts the synaptic updates, irrespective of "
        "their size.",
        source=REVIEW,
        kind=Kind.LIMIT,
        symbolic=(
            Identity(
                "what a change of any size costs",
                lambda: sp.limit(x**alpha, alpha, 0, "+"),
                lambda: sp.Integer(1),
            ),
        ),
        simulation=(
            Comparison(
                "without caching every update is one of every synapse",
                stepwise(0.0),
                observed=lambda run: Cost(alpha=0).energy(run.ledger),
                predicted=lambda run: run.updates * run.path.shape[1],
            ),
        ),
    ),
    Claim(
        id="CP.DRAM",
        statement="Storing two 32-bit numbers in DRAM is far more expensive than multiplying them.",
        source=f"{COMPETITIVE_PLASTICITY}, after Han et al. (2016)",
        kind=Kind.EMPIRICAL,
        symbolic=(
            Positive(
                "two writes less a hundred multiplications, in joules",
                lambda: sp.Float(TECHNOLOGIES["DRAM"].joules(writes=2) - 100 * MULTIPLICATION),
            ),
        ),
        remark="By a factor 346, by the figures for a 45 nm process that they cite.",
    ),
    Claim(
        id="CP.symmetric",
        statement="If potentiation costs energy and depression does not, the cost is halved, and "
        "the achievable savings are not substantially changed.",
        source=COMPETITIVE_PLASTICITY,
        kind=Kind.APPROXIMATION,
        formulas=("costs.consolidation_energy",),
        figures=("CP.6",),
        symbolic=(
            Identity(
                "half of the energy with caching, of a random walk",
                lambda: costs.consolidation_energy(n, K, N, alpha, x, 0, eta),
                lambda: costs.consolidation_energy(n, K, N, alpha, x, x, eta) / 2,
            ),
        ),
        simulation=(
            _halved("energy without caching", 0.0),
            _halved("energy at theta = 5", 5.0),
            Comparison(
                "saving at theta = 5, potentiation only, over that of both signs",
                PERCEPTRON,
                observed=lambda run: run.energy(0.0, ONE_SIDED) / run.energy(5.0, ONE_SIDED),
                predicted=lambda run: run.energy(0.0, Cost()) / run.energy(5.0, Cost()),
                words="not substantially",
            ),
        ),
        remark="Judged on the perceptron; CP say it of their networks.",
    ),
)
