MODULES = (
    "perceptron",
    "caching",
    "lattice",
    "antipersistent",
    "decay",
    "triggers",
    "costs",
    "masks",
    "lazy",
    "prices",
)
from theory import (
    perceptron,
    caching,
    lattice,
    antipersistent,
    decay,
    triggers,
    costs,
    masks,
    lazy,
    prices,
)  # noqa
