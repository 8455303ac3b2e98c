"""CP on what all synapses of V1 would cost if they were plastic."""

import sympy as sp

from theory import masks
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.chapters.symbols import K, T
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.symbolic import Identity, Positive

#: Synapses of macaque V1.
V1 = 300e9
#: And in SymPy, with those of the network that has 100 hidden neurons for MNIST.
SYNAPSES_V1, SYNAPSES_MNIST = sp.Integer(V1), sp.Integer(784 + 10) * 100

CLAIMS = (
    Claim(
        id="CP.V1",
        statement="If all of the 300e9 synapses of macaque V1 were plastic, M_1 would be some 700 "
        "times larger than required, as it grows with the square root of size.",
        source=f"{COMPETITIVE_PLASTICITY}, Discussion",
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
                lambda: sp.floor(SYNAPSES_V1 / 700**2 / (SYNAPSES_MNIST / 100)),
                lambda: sp.Integer(771),
            ),
            Positive(
                "with 100 hidden neurons it is over 1900",
                lambda: masks.extrapolation(SYNAPSES_V1, SYNAPSES_MNIST, sp.Rational(1, 2)) - 1900,
            ),
            Positive(
                "unless the exponent is 0.433",
                lambda: (
                    700 - masks.extrapolation(SYNAPSES_V1, SYNAPSES_MNIST, sp.Rational(432, 1000))
                ),
            ),
            Positive(
                "with 1000 it is below 620",
                lambda: (
                    620 - masks.extrapolation(SYNAPSES_V1, 10 * SYNAPSES_MNIST, sp.Rational(1, 2))
                ),
            ),
            Positive(
                "M_0, whose exponent is below 1, would be less than 3.8 million times larger",
                lambda: 3_800_000 - masks.extrapolation(SYNAPSES_V1, SYNAPSES_MNIST, sp.Integer(1)),
            ),
        ),
        remark="So the figure is of the right size and no more exact than a factor of three: it "
        "hangs on where the power law is taken to start. The factor for M_0 is lost in the text "
        "we have.",
    ),
)
