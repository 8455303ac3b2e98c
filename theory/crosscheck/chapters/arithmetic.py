"""Every formula in all its arithmetics: one claim each, made from the formula itself."""

from collections.abc import Container, Iterable

from theory.catalogue import FORMULAS
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Precision
from theory.formula import Formula

#: Of modules, and of formulas. What is tabulated is itself within 4e-15, what has images within
#: 2e-15; a power loses what its logarithm has before the point.
BOUNDS = {"decay": 2e-15, "costs": 2e-15, "triggers.survival": 1e-14}
#: Fifty digits of the overshoot take 64 complex hypergeometric functions, of moments many powers.
SLOW = ("theory.decay.overshoot", "theory.costs")


def claims(
    formulas: Iterable[Formula], bound: float, unjudged: Container[str] = ()
) -> tuple[Claim, ...]:
    """A claim for each formula: its error in double precision stays below a bound.

    What nothing else judges is not decided by its arithmetic alone.
    """
    return tuple(
        Claim(
            id=f"arithmetic.{formula.name}",
            statement=f"{formula.name} is the same in double precision, on arrays, in mpmath and "
            "in SymPy.",
            source=formula.source,
            kind=Kind.IDENTITY,
            formulas=(formula.name,),
            numeric=(
                Precision(
                    formula.name,
                    bound=BOUNDS.get(
                        formula.name.partition(".")[0], BOUNDS.get(formula.name, bound)
                    ),
                    times=1 if formula.function.__module__ in SLOW else 10,
                    alone=formula.name in unjudged,
                ),
            ),
        )
        for formula in formulas
    )


CLAIMS = claims(
    (it for it in FORMULAS.values() if it.function.__module__.startswith("theory.")), 4e-16
)
