"""Every formula in all its arithmetics: one claim each, made from the formula itself."""

from theory.catalogue import FORMULAS
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Precision

#: Of modules, and of formulas. What is tabulated is itself within 4e-15, what has images within
#: 2e-15; a power loses what its logarithm has before the point.
BOUNDS = {"decay": 2e-15, "costs": 2e-15, "triggers.survival": 1e-14}
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
                bound=BOUNDS.get(name.partition(".")[0], BOUNDS.get(name, 4e-16)),
                times=1 if formula.function.__module__ in SLOW else 10,
            ),
        ),
    )
    for name, formula in FORMULAS.items()
)
