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
