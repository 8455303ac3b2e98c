"""LvR, the cost b of changing transient weights (Methods), with its misprint."""

import math

import sympy as sp

from theory import caching as theory
from theory import lattice
from theory.crosscheck.chapters.caching.experiments import walk
from theory.crosscheck.chapters.symbols import K, N, T, b, c, eta, k, n, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.legs.verdict import Verdict

more = sp.Symbol("m", nonnegative=True)


CLAIMS = (
    Claim(
        id="LvR.b-term",
        statement="A cost b of changing the transient weight adds b N K (1 - 1/ceil(theta/eta)^2).",
        source="LvR, Methods",
        kind=Kind.IDENTITY,
        simulation=(
            Comparison(
                "changes without consolidation at eta = 1, theta = 5: the ceiling",
                walk(5.0),
                observed=lambda record: 1 - record.rate.mean / 0.3,
                predicted=lambda _: 1 - 1 / math.ceil(5.0) ** 2,
            ),
            Comparison(
                "changes without consolidation at eta = 0.5, theta = 5 eta: the missing eta too",
                walk(5.0, eta=0.5),
                observed=lambda record: 0.5 * (1 - record.rate.mean / 0.3),
                predicted=lambda _: 1 - 1 / math.ceil(5.0) ** 2,
            ),
        ),
        expected=Verdict.FAILS,
        correction="SE.b-term",
        remark="An eta is missing, without which it is no energy, and the ceiling is wrong at "
        "integers.",
    ),
    Claim(
        id="SE.b-term",
        statement="A cost b of changing the transient weight adds b eta N K (1 - 1/n^2).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.change_energy", "caching.change_energy"),
        symbolic=(
            Identity(
                "on the lattice",
                lambda: lattice.change_energy(n, K, N, b, eta),
                lambda: b * eta * N * K * (1 - 1 / n**2),
            ),
            Identity(
                "in the diffusion limit theta = n eta",
                lambda: theory.change_energy(eta * (1 + x), K, N, b, eta),
                lambda: b * eta * N * K * (1 - 1 / (1 + x) ** 2),
            ),
            Identity(
                "nothing below theta = eta",
                lambda: 1 + theory.change_energy(eta / (1 + x), K, N, b, eta),
                lambda: sp.Integer(1),
            ),
        ),
        simulation=(
            Comparison(
                "changes without consolidation at eta = 0.5, theta = 1 eta",
                walk(1.0, eta=0.5),
                observed=lambda record: 0.5 * (1 - record.rate.mean / 0.3),
                predicted=lambda _: lattice.change_energy(2, 1, 1, 1, 0.5),
            ),
        ),
    ),
    Claim(
        id="LvR.b1",
        statement="When b >= 1 it is always cheaper to consolidate.",
        source="LvR, Methods",
        kind=Kind.APPROXIMATION,
        formulas=("lattice.total_energy", "lattice.caching_pays"),
        symbolic=(
            Positive(
                "caching with 1 + k steps costs more at b = 1 and above, final consolidation "
                "included",
                lambda: (
                    lattice.total_energy(1 + k, K, T, N, c, 1 + more, eta)
                    - lattice.total_energy(sp.Integer(1), K, T, N, c, 1 + more, eta)
                ),
            ),
        ),
        remark="True, but not sharp: caching stops to pay at b = n/(n + 1), see SE.b.",
    ),
    Claim(
        id="SE.b",
        statement="Without maintenance cost caching pays if and only if b < n/(n + 1) (K to "
        "infinity).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.caching_pays", "lattice.total_energy", "lattice.change_energy"),
        symbolic=(
            Identity(
                "what caching with n steps costs more than updating at once, per N eta K",
                lambda: sp.limit(
                    (
                        lattice.total_energy(n, K, T, N, sp.Integer(0), b, eta)
                        - lattice.total_energy(sp.Integer(1), K, T, N, sp.Integer(0), b, eta)
                    )
                    / (N * eta * K),
                    K,
                    sp.oo,
                ),
                lambda: (n - 1) / n**2 * (b * (n + 1) - n),
            ),
            Identity(
                "has the sign that the formula tests",
                lambda: sp.Piecewise((2, lattice.caching_pays(1 + k, b)), (1, True)),
                lambda: sp.Piecewise((2, b * (k + 2) < k + 1), (1, True)),
            ),
        ),
    ),
)
