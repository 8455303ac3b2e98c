"""How the units of a network respond and how it learns, as in the papers."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from montecarlo.checks import (
    as_non_negative,
    as_number,
    as_positive,
    require,
    require_choice,
    settle,
)

__all__ = ["CP", "LVR", "Design"]

Hidden = Literal["logistic", "leaky ReLU", "ReLU"]
Output = Literal["logistic", "linear", "softmax"]
Order = Literal["in turn", "at random"]


@dataclass(frozen=True)
class Design:
    """How the units of a network respond, and how it learns.

    Attributes
    ----------
    hidden : {"logistic", "leaky ReLU", "ReLU"}
        The hidden units. A leaky ReLU has slope 0.1 below zero.
    output : {"logistic", "linear", "softmax"}
        The output units. The loss is the cross-entropy for a softmax, otherwise half the sum of
        squared errors.
    bias : bool
        Whether a unit that is always 1 projects to the hidden and to the output units.
    targets : (float, float)
        What an output unit should be for other digits, and for its own.
    learning_rate : float
        Step size eta > 0.
    initial_std : float
        Standard deviation >= 0 of the Gaussian initial weights, biases included.
    order : {"in turn", "at random"}
        Whether samples are presented one after another, again and again, or drawn with
        replacement.
    zero_mean : bool
        Whether inputs are offset to have zero mean, by whoever loads them.

    Raises
    ------
    ValueError
        If one of them is outside its domain.
    """

    hidden: Hidden
    output: Output
    bias: bool
    targets: tuple[float, float]
    learning_rate: float
    initial_std: float
    order: Order
    zero_mean: bool = False

    def __post_init__(self) -> None:
        """Check all values."""
        require_choice("hidden", self.hidden, get_args(Hidden))
        require_choice("output", self.output, get_args(Output))
        require_choice("order", self.order, get_args(Order))
        settle(self, "learning_rate", as_positive("learning_rate", self.learning_rate))
        domain = "two finite numbers"
        values = [as_number("targets", target, domain) for target in self.targets]
        sound = len(values) == 2 and all(map(math.isfinite, values))
        require("targets", self.targets, sound, domain)
        settle(self, "targets", tuple(values))
        settle(self, "initial_std", as_non_negative("initial_std", self.initial_std))


#: The networks of Li & van Rossum (2020), Fig. 5. The standard deviation of the weights and the
#: targets are those of the authors' script.
LVR = Design(
    hidden="logistic",
    output="logistic",
    bias=False,
    targets=(0.01, 0.99),
    learning_rate=0.1,
    initial_std=0.01,
    order="in turn",
    zero_mean=False,
)
#: Those of van Rossum (2023). The authors scanned standard deviations from 0.01 to 0.03.
CP = Design(
    hidden="leaky ReLU",
    output="linear",
    bias=True,
    targets=(0.0, 1.0),
    learning_rate=0.01,
    initial_std=0.01,
    order="at random",
    zero_mean=True,
)
