"""Learning problems, drawn by hypothesis, and the comparison of two accounts of one run."""

import math

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from montecarlo.perceptron import random_patterns

TRIGGERS = ("local", "any", "total")

#: The same examples in every run.
REPRODUCIBLE = settings(deadline=None, derandomize=True, max_examples=250, database=None)

COUNTS = ("updates", "presentations", "epochs", "converged")
ENERGIES = (
    "plain_energy",
    "minimal_energy",
    "consolidation_energy",
    "final_consolidation",
    "transient_sum",
)


@st.composite
def problems(draw, kinds=("signs", "integers", "real"), most_patterns=14, most_inputs=12):
    """Patterns (P, N + 1) and labels (P,)."""
    P, N = draw(st.integers(1, most_patterns)), draw(st.integers(1, most_inputs))
    kind = draw(st.sampled_from(kinds))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    patterns, labels = random_patterns(P, N, rng)
    if kind == "integers":
        patterns[:, :-1] = rng.integers(-3, 4, (P, N))
    elif kind == "real":
        patterns[:, :-1] = rng.standard_normal((P, N))
    return patterns, labels


#: In units of the learning rate; integers tie with the transient weights of integer patterns.
levels = st.sampled_from([0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 4.7, 10.0, 17.0, math.inf])
triggers = st.sampled_from(TRIGGERS)
taus = st.sampled_from([math.inf, 2.0, 7.3, 50.0, 1000.0])
learning_rates = st.sampled_from([0.37, 0.5, 1.0, 3.0])
few_epochs = st.sampled_from([1, 2, 5, 30])


def opposed(P, N, seed=0):
    """Patterns that no perceptron learns: the first one again at the end, with the other label."""
    patterns, labels = random_patterns(P, N, np.random.default_rng(seed))
    return np.vstack((patterns, patterns[:1])), np.append(labels, -labels[0])


def assert_same(found, expected, tolerance=0.0):
    """Equal counts; energies and weights equal to within a fraction of the plain energy."""
    for name in COUNTS:
        assert getattr(found, name) == expected[name], name
    for name in (*ENERGIES, "weights"):
        scale = expected["transient_sum" if name == "transient_sum" else "plain_energy"]
        difference = np.abs(getattr(found, name) - expected[name])
        assert np.all(difference <= tolerance * scale), (name, getattr(found, name), expected)
