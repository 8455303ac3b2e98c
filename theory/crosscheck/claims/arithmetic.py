"""Every formula in all its arithmetics: one claim each, made from the formula itself."""

from __future__ import annotations

from theory import caching, costs, decay, lattice, perceptron  # noqa: F401 - fills FORMULAS
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.numeric import Precision
from theory.formula import FORMULAS

#: Fifty digits of the overshoot take 64 complex hypergeometric functions, of moments many powers.
SLOW = ("theory.decay.overshoot", "theory.costs")

CLAIMS = tuple(
    Claim(
        id=f"arithmetic.{name}",
        statement=f"{name} is the same in double precision, on arrays, in mpmath and in SymPy.",
        source=formula.source,
        kind=Kind.IDENTITY,
        formulas=(name,),
        numeric=(
            Precision(
                name,
                # What is tabulated is itself within 4e-15, what has images within 2e-15.
                bound=2e-15 if name.startswith(("decay.", "costs.")) else 4e-16,
                times=1 if formula.function.__module__ in SLOW else 10,
            ),
        ),
    )
    for name, formula in FORMULAS.items()
)
