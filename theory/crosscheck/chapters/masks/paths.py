"""CP on what is plastic: numbers of updates and of paths, and the length of the weights' path."""

from typing import Any

import mpmath
import numpy as np
import sympy as sp

from theory import masks
from theory.costs import Cost
from theory.crosscheck.chapters.costs.experiments import PERCEPTRON
from theory.crosscheck.chapters.masks.experiments import COUNTED, POOREST, mask_paths, poorest_pair
from theory.crosscheck.chapters.networks.experiments import AS_PUBLISHED, first_samples
from theory.crosscheck.chapters.perceptron.experiments import Stepwise, stepwise
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.chapters.symbols import T
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity

u, v, n_i, n_h, n_o, p_i, p_o, p, q = sp.symbols("u v n_i n_h n_o p_i p_o p q", positive=True)


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
        mask_paths(),
        observed=lambda run: getattr(run, drawn),
        predicted=lambda _: masks.plastic_paths(**COUNTED),
    )


def _updates() -> Claim:
    return Claim(
        id="CP.M0-time",
        statement="The number of updates M_0 is the number of synapses of the network times the "
        "number of iterations.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
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
                "M_0 of networks over synapses times presentations, on MNIST",
                first_samples("mnist").replicated(16),
                observed=lambda runs: runs[AS_PUBLISHED].updates,
                predicted=lambda runs: runs[AS_PUBLISHED].synapses * runs[AS_PUBLISHED].samples,
                wrong=(0.99, 1.01),
            ),
            Comparison(
                "plastic synapses of random masks",
                mask_paths(),
                observed=lambda run: run.synapses,
                predicted=lambda _: masks.plastic_synapses(**COUNTED),
            ),
        ),
        remark="An iteration is one with an error: a perceptron's presentations without one, and "
        "inputs that are zero, update nothing.",
    )


def _random_masks() -> Claim:
    return Claim(
        id="CP.paths",
        statement="Random masks in the input and the output layer leave n_i n_h n_o p_i p_o "
        "plastic paths on average.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
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
    )


def _poorest_pair() -> Claim:
    return Claim(
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
                "fewest paths of all pairs",
                poorest_pair(),
                observed=lambda fewest: fewest,
                predicted=lambda _: 71.0,
                words="71",
                slow=True,
            ),
        ),
        remark="The constraint of the counting argument is on the mean. All outputs are plastic, "
        "so pairs of an input are alike: the fewest of 784 binomial numbers, 71.2 on average.",
    )


def _length() -> Claim:
    return Claim(
        id="CP.l1path",
        statement="The M_1 energy is the L1 length of the weights' path, which is independent of "
        "the path as long as it does not backtrack: only when it does can M_1 be saved.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 3c",
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
    )


CLAIMS = (_updates(), _random_masks(), _poorest_pair(), _length())
