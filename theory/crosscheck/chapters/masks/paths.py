"""CP on what is plastic: counts of updates and paths, Simpson index, L1 length, and size."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import sympy as sp

from theory import masks
from theory.costs import Cost
from theory.crosscheck.chapters.common import CP, K, T, x
from theory.crosscheck.chapters.costs.experiments import PERCEPTRON
from theory.crosscheck.chapters.masks.competition import TAKE_TURNS
from theory.crosscheck.chapters.masks.drawing import (
    CHOICE,
    CHOICES,
    FRACTIONS,
    MASKS,
    POOREST,
    POOREST_PAIR,
    SIZES,
)
from theory.crosscheck.chapters.networks.experiments import DATA, ZERO_MEANED
from theory.crosscheck.chapters.perceptron.experiments import Stepwise, stepwise
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.simulation import Comparison
from theory.crosscheck.legs.symbolic import Identity, Positive

#: Synapses of macaque V1, and of the network that has 100 hidden neurons for MNIST.
V1, MNIST = sp.Integer(300 * 10**9), sp.Integer(784 + 10) * 100

o, u, v, n_i, n_h, n_o, p_i, p_o, p, q = sp.symbols("o u v n_i n_h n_o p_i p_o p q", positive=True)


def _back_and_forth(run: Stepwise) -> float:
    """Size of the net change of all weights, and their backtracking."""
    changes = np.diff(run.path, axis=0)
    up, down = np.maximum(changes, 0).sum(axis=0), np.maximum(-changes, 0).sum(axis=0)
    return float(np.abs(run.path[-1]).sum() + np.sum(masks.backtracking(up, down)))


def _hypergeometric(n_h: Any, n_i: Any, n_o: Any, k: Any, m: Any) -> Any:
    """Paths if k synapses of each input and m of each output are plastic, by their distribution."""
    total, first, second = int(n_h), int(k), int(m)
    ways = mpmath.binomial(total, second)
    return (
        n_i
        * n_o
        * mpmath.fsum(
            common
            * mpmath.binomial(first, common)
            * mpmath.binomial(total - first, second - common)
            / ways
            for common in range(1, min(first, second) + 1)
        )
    )


def _paths(drawn: str) -> Comparison:
    return Comparison(
        f"plastic paths, {drawn.replace('_', ' ')}",
        MASKS,
        observed=lambda run: getattr(run, drawn),
        predicted=lambda _: masks.plastic_paths(**SIZES, **FRACTIONS),
    )


CLAIMS = (
    Claim(
        id="CP.M0-time",
        statement="The number of updates M_0 is the number of synapses of the network times the "
        "number of iterations.",
        source=f"{CP}, Results",
        kind=Kind.IDENTITY,
        formulas=("masks.plastic_synapses",),
        symbolic=(
            Identity(
                "the synapses of both layers, at every iteration",
                lambda: T * masks.plastic_synapses(n_h, n_i, n_o, 1, 1),
                lambda: T * (n_i * n_h + n_h * n_o),
            ),
        ),
        simulation=(
            Comparison(
                "M_0 of a perceptron over synapses times updates",
                PERCEPTRON,
                observed=lambda run: run.energy(0.0, Cost(alpha=0)),
                predicted=lambda run: run.N * run.K,
            ),
            Comparison(
                f"M_0 of networks over synapses times presentations, on {DATA}",
                ZERO_MEANED,
                observed=lambda runs: runs["zero mean"].updates,
                predicted=lambda runs: runs["zero mean"].synapses * runs["zero mean"].samples,
                low=0.9999,
                high=1.0001,
                wrong=(0.99, 1.01),
            ),
            Comparison(
                "plastic synapses of random masks",
                MASKS,
                observed=lambda run: run.synapses,
                predicted=lambda _: masks.plastic_synapses(**SIZES, **FRACTIONS),
            ),
        ),
        remark="An iteration is one with an error: a perceptron's presentations without one, and "
        "inputs that are zero, update nothing.",
    ),
    Claim(
        id="CP.paths",
        statement="Random masks in the input and the output layer leave n_i n_h n_o p_i p_o "
        "plastic paths on average.",
        source=f"{CP}, Results",
        kind=Kind.IDENTITY,
        formulas=("masks.plastic_paths",),
        symbolic=(
            Identity(
                "of all paths each is plastic with probability p_i p_o",
                lambda: masks.plastic_paths(n_h, n_i, n_o, p_i, p_o),
                lambda: masks.plastic_paths(n_h, n_i, n_o, 1, 1) * p_i * p_o,
            ),
        ),
        numeric=(
            Agreement(
                "k plastic synapses of each input and m of each output, hypergeometric",
                lambda n_h, n_i, n_o, k, m: masks.plastic_paths(n_h, n_i, n_o, k / n_h, m / n_h),
                _hypergeometric,
                {
                    "n_h": range(20, 40),
                    "n_i": range(2, 100),
                    "n_o": range(2, 20),
                    "k": range(1, 20),
                    "m": range(1, 20),
                },
            ),
        ),
        simulation=tuple(map(_paths, ("independent", "per_layer", "per_neuron"))),
        remark="If the masks are independent of each other: chosen by the same hidden neurons they "
        "leave more (CP.subnet).",
    ),
    Claim(
        id="SE.poorest-pair",
        statement="At the optimal mask of MNIST with 1000 hidden neurons, 100 paths are plastic "
        "between an input and an output on average, and 71 between the poorest pair.",
        source="This package",
        kind=Kind.EMPIRICAL,
        formulas=("masks.optimal_input_fraction",),
        figures=("CP.2b",),
        symbolic=(
            Identity(
                "paths between a pair",
                lambda: (
                    POOREST["n_h"]
                    * masks.optimal_input_fraction(**{k: sp.Integer(w) for k, w in POOREST.items()})
                ),
                lambda: sp.Integer(100),
            ),
        ),
        simulation=(
            Comparison(
                "fewest paths of all pairs over 100",
                POOREST_PAIR,
                observed=lambda fewest: fewest,
                predicted=lambda _: 100,
                low=0.67,
                high=0.75,
                wrong=(0.9, 1.1),
                slow=True,
            ),
        ),
        remark="The constraint of the counting argument is on the mean. All outputs are plastic, "
        "so pairs of an input are alike: the fewest of 784 binomial numbers, 71.2 on average.",
    ),
    Claim(
        id="CP.l1path",
        statement="The M_1 energy is the L1 length of the weights' path, which is independent of "
        "the path as long as it does not backtrack: only when it does can M_1 be saved.",
        source=f"{CP}, Fig. 3c",
        kind=Kind.IDENTITY,
        formulas=("masks.backtracking",),
        symbolic=(
            Identity(
                "top row: two updates of two weights, all upwards, and one selected of each pair "
                "to arrive at the same point",
                lambda: sp.Abs(u) + sp.Abs(v) + sp.Abs(p) + sp.Abs(q),
                lambda: sp.Abs(u + p) + sp.Abs(v + q) + masks.backtracking(u + p, sp.Integer(0)),
            ),
            Identity(
                "middle row: the second weight goes up by q + v and down by q",
                lambda: u + (q + v) + p + q,
                lambda: (u + p) + sp.Abs((q + v) - q) + masks.backtracking(q + v, q),
            ),
            Identity(
                "any path that ends lower: changes upwards and downwards, in whatever order",
                lambda: q + (q + v),
                lambda: sp.Abs(q - (q + v)) + masks.backtracking(q, q + v),
            ),
        ),
        simulation=(
            Comparison(
                "M_1 of a perceptron over the size of its weights and their backtracking",
                stepwise(0.0),
                observed=lambda run: run.ledger.written,
                predicted=_back_and_forth,
                wrong=(0.5,),
            ),
        ),
        remark="It is the most that can be saved, not what selection saves: the largest updates "
        "may be those that go back and forth (bottom row). A path that ends elsewhere may be "
        "shorter for that reason.",
    ),
    Claim(
        id="CP.simpson",
        statement="The inverse Simpson index is the number of plastic synapses if always the same "
        "are updated, and the number of all synapses if updates are distributed over all.",
        source=f"{CP}, Results",
        kind=Kind.LIMIT,
        formulas=("masks.simpson_index",),
        symbolic=(
            Identity(
                "always the same: shares 1/n",
                lambda: 1 / masks.simpson_index(o + x, o, sp.Integer(1)),
                lambda: o,
            ),
            Identity(
                "distributed over all",
                lambda: sp.limit(1 / masks.simpson_index(o + x, o, T), T, sp.oo),
                lambda: o + x,
            ),
            Identity(
                "no index is lower: its excess over that of equal shares is a sum of squares (of "
                "three synapses)",
                lambda: u**2 + v**2 + (1 - u - v) ** 2 - masks.simpson_index(3, 3, sp.Integer(1)),
                lambda: sum((share - sp.Rational(1, 3)) ** 2 for share in (u, v, 1 - u - v)),
            ),
            Identity(
                "none is higher: a synapse that is updated once in a presentation has no more "
                "than a share 1/k, and the excess of 1/k is the sum of share (1/k - share)",
                lambda: masks.simpson_index(3, o, sp.Integer(1)) - (u**2 + v**2 + (1 - u - v) ** 2),
                lambda: sum(share * (1 / o - share) for share in (u, v, 1 - u - v)),
            ),
        ),
        simulation=TAKE_TURNS,
        remark="The index itself has 1/n for n synapses. In networks competition lets 5 to 12 "
        "times as many take turns as are updated at once, a sixth to a third of what chance "
        "would.",
    ),
    Claim(
        id="SE.simpson",
        statement="If each of T presentations updates k of N synapses at random, the mean Simpson "
        "index is 1/N + (1/k - 1/N)/T.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("masks.simpson_index",),
        symbolic=(
            Identity(
                "binomial counts of p = k/N, whose sum is k T",
                lambda: masks.simpson_index(o + x, o, T),
                lambda: (
                    (o + x) * (T * p * (1 - p) + (T * p) ** 2).subs(p, o / (o + x)) / (o * T) ** 2
                ),
            ),
        ),
        simulation=(
            Comparison(
                "5% of 2000 synapses, 40 presentations",
                CHOICES,
                observed=lambda index: index,
                predicted=lambda _: masks.simpson_index(**CHOICE),
                wrong=(lambda: 1 / CHOICE["N"] / masks.simpson_index(**CHOICE),),
            ),
        ),
        remark="So an index measured over few presentations does not tell selection from chance: "
        "that takes T well above N/k.",
    ),
    Claim(
        id="CP.V1",
        statement="If all of the 300e9 synapses of macaque V1 were plastic, M_1 would be some 700 "
        "times larger than required, as it grows with the square root of size.",
        source=f"{CP}, Discussion",
        kind=Kind.APPROXIMATION,
        formulas=("masks.extrapolation",),
        figures=("CP.5",),
        symbolic=(
            Identity(
                "the square-root law",
                lambda: masks.extrapolation(K * T, K, sp.Rational(1, 2)) ** 2,
                lambda: T,
            ),
            Identity(
                "what is required is MNIST with 771 hidden neurons",
                lambda: sp.floor(V1 / 700**2 / (MNIST / 100)),
                lambda: sp.Integer(771),
            ),
            Positive(
                "with 100 hidden neurons it is over 1900",
                lambda: masks.extrapolation(V1, MNIST, sp.Rational(1, 2)) - 1900,
            ),
            Positive(
                "unless the exponent is 0.433",
                lambda: 700 - masks.extrapolation(V1, MNIST, sp.Rational(432, 1000)),
            ),
            Positive(
                "with 1000 it is below 620",
                lambda: 620 - masks.extrapolation(V1, 10 * MNIST, sp.Rational(1, 2)),
            ),
            Positive(
                "M_0, whose exponent is below 1, would be less than 3.8 million times larger",
                lambda: 3_800_000 - masks.extrapolation(V1, MNIST, sp.Integer(1)),
            ),
        ),
        remark="So the figure is of the right size and no more exact than a factor of three: it "
        "hangs on where the power law is taken to start. The factor for M_0 is lost in the text "
        "we have.",
    ),
)
