"""CP on counts of updates, lengths of weights' paths, and what size costs."""

from __future__ import annotations

import numpy as np
import sympy as sp

from theory import masks
from theory.costs import Cost
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.claims.common import K, T, x
from theory.crosscheck.experiments import Stepwise, stepwise
from theory.crosscheck.mask_experiments import CHOICE, CHOICES, FRACTIONS, MASKS, SIZES
from theory.crosscheck.priced_experiments import PERCEPTRON
from theory.crosscheck.simulation import Comparison
from theory.crosscheck.symbolic import Identity, Positive

CP = "van Rossum (2023), Competitive plasticity"
#: Synapses of macaque V1, and of the network that has 100 hidden neurons for MNIST.
V1, MNIST = sp.Integer(300 * 10**9), sp.Integer(784 + 10) * 100

o, u, v, n_i, n_h, n_o, p, q = sp.symbols("o u v n_i n_h n_o p q", positive=True)


def _back_and_forth(run: Stepwise) -> float:
    """Size of the net change of all weights, and their backtracking."""
    changes = np.diff(run.path, axis=0)
    up, down = np.maximum(changes, 0).sum(axis=0), np.maximum(-changes, 0).sum(axis=0)
    return float(np.abs(run.path[-1]).sum() + np.sum(masks.backtracking(up, down)))


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
        remark="The index itself has 1/n for n synapses. CP's lost figures, measured in networks, "
        "are not judged here.",
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
                "25 of 500 synapses, 40 presentations",
                CHOICES,
                observed=lambda index: index,
                predicted=lambda _: masks.simpson_index(**CHOICE),
                wrong=((1 / 500) / (1 / 500 + (1 / 25 - 1 / 500) / 40),),
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
