"""What the letters in formulas stand for: each is declared once and means the same everywhere."""

from dataclasses import dataclass

from theory.formula.domain import (
    Domain,
    above,
    at_least_one,
    between,
    integer,
    non_negative,
    non_negative_integer,
    positive,
    positive_integer,
    real,
)

__all__ = ["SYMBOLS", "Symbol"]


@dataclass(frozen=True)
class Symbol:
    """A letter or word that formulas have as an argument.

    Attributes
    ----------
    name : str
        That of the argument.
    meaning : str
        A sentence, with its unit.
    domain : Domain
        The numbers that it can be, where a formula does not say otherwise.
    typical : tuple of float
        Between which numbers models have it, both > 0 unless it is an integer.
    """

    name: str
    meaning: str
    domain: Domain
    typical: tuple[float, float]

    def __post_init__(self) -> None:
        """Refuse a range from which nothing can be drawn."""
        low, high = self.typical
        if not (low < high and (self.domain.integer or low > 0)):
            raise ValueError(
                f"typical of {self.name} must be two rising numbers, > 0 if it is no integer, got "
                f"{self.typical}"
            )


_DECAY_TIME = Domain("a number > 1 (inf: no decay)", low=1, open_high=False)
_PROBABILITY = Domain("a number > 0 and <= 1", low=0, high=1, open_high=False)
_FRACTION = between(0, 1)

#: The symbols of the package, by name.
SYMBOLS: dict[str, Symbol] = {
    symbol.name: symbol
    for symbol in (
        # Learning.
        Symbol("P", "Patterns.", positive, (10, 1e4)),
        Symbol("N", "Synapses.", positive, (10, 1e5)),
        Symbol("K", "Updates until all patterns are right.", positive, (10, 1e5)),
        Symbol("T", "Presentations until all patterns are right.", non_negative, (100, 1e6)),
        Symbol("eta", "Step size of an update, in units of weight.", positive, (0.01, 10)),
        Symbol("kappa", "Updates per synapse so far, K/N.", non_negative, (0.01, 2)),
        # Prices.
        Symbol(
            "alpha", "Cost exponent: a change costs abs(change)^alpha.", between(0, 2), (0.1, 2)
        ),
        Symbol(
            "potentiation",
            "Price of changes of persistent weights upwards.",
            non_negative,
            (0.1, 10),
        ),
        Symbol(
            "depression",
            "Price of changes of persistent weights downwards.",
            non_negative,
            (0.1, 10),
        ),
        Symbol("b", "Cost per unit of change of a transient weight.", non_negative, (0.01, 2)),
        Symbol(
            "c",
            "Maintenance cost per unit of transient weight and presentation.",
            non_negative,
            (1e-4, 0.1),
        ),
        Symbol(
            "d",
            "Maintenance cost per unit of persistent weight and presentation.",
            non_negative,
            (1e-6, 1e-3),
        ),
        # Transient weights.
        Symbol("s", "Transient weight, in units of weight.", real, (0.1, 100)),
        Symbol("theta", "Consolidation threshold, in units of weight.", positive, (1, 100)),
        Symbol(
            "tau", "Decay time of the transient weights, in presentations.", _DECAY_TIME, (10, 1e4)
        ),
        Symbol("p", "Probability that a presentation causes an update.", _PROBABILITY, (0.01, 1)),
        Symbol(
            "n",
            "Steps in one direction to the threshold, `theory.lattice.steps_to_threshold`.",
            at_least_one,
            (1, 50),
        ),
        Symbol("k", "Transient weight, in steps.", integer, (-50, 50)),
        Symbol("j", "Updates since the transient weight was 0.", non_negative_integer, (0, 50)),
        Symbol("m", "Updates from one consolidation to the next.", positive_integer, (1, 50)),
        Symbol("u", "Rate at which time is discounted, per presentation.", non_negative, (1e-4, 1)),
        Symbol("tolerance", "Relative error to be reached.", positive, (1e-6, 0.01)),
        # Networks.
        Symbol("n_h", "Hidden neurons.", at_least_one, (10, 1e4)),
        Symbol("n_i", "Inputs.", at_least_one, (10, 1e3)),
        Symbol("n_o", "Outputs.", at_least_one, (1, 100)),
        Symbol(
            "h_c",
            "Hidden neurons that learn the task when all synapses are plastic.",
            at_least_one,
            (10, 1e3),
        ),
        Symbol(
            "p_i",
            "Fraction of synapses from input to hidden neurons that is plastic.",
            _FRACTION,
            (0.01, 1),
        ),
        Symbol(
            "p_o",
            "Fraction of synapses from hidden neurons to output that is plastic.",
            _FRACTION,
            (0.01, 1),
        ),
        Symbol("plastic", "Synapses that a presentation changes.", at_least_one, (10, 1e5)),
        Symbol(
            "reference",
            "Synapses of the network with which another is compared.",
            at_least_one,
            (1e3, 1e6),
        ),
        Symbol("exponent", "Exponent of a power law.", _FRACTION, (0.1, 1)),
        Symbol("up", "Sum of the changes of a weight upwards.", non_negative, (0.1, 100)),
        Symbol("down", "Sum of the sizes of its changes downwards.", non_negative, (0.1, 100)),
        # Presentations.
        Symbol("shown", "Presentations so far.", non_negative, (10, 1e6)),
        Symbol("presentations", "Presentations in all.", non_negative, (10, 1e6)),
        Symbol(
            "images", "Images, each as likely to be presented as any other.", above(1), (10, 1e5)
        ),
    )
}
