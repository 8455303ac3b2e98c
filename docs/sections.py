"""The chapters of the theory: which formulas, claims and notebooks each has."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A chapter.

    ``formulas`` are modules or packages of `theory`, ``claims`` modules of
    `theory.crosscheck.chapters`, ``notebooks`` numbers of notebooks.
    """

    name: str
    title: str
    source: str
    formulas: tuple[str, ...]
    claims: tuple[str, ...]
    notebooks: tuple[str, ...]


SECTIONS = (
    Section(
        "perceptron",
        "Perceptron learning",
        "LvR, Energy inefficiency (Fig. 1, Eqs. 1 to 3)",
        ("perceptron",),
        ("perceptron", "minimal_energy", "inefficiency", "contraction"),
        ("01", "02"),
    ),
    Section(
        "caching",
        "Caching without decay",
        "LvR, Synaptic caching (Fig. 2, Eq. 4)",
        ("caching", "lattice", "antipersistent"),
        (
            "caching",
            "optimal_caching",
            "changing_cost",
            "lattice",
            "lattice_energy",
            "antipersistent",
            "correlated_caching",
        ),
        ("03",),
    ),
    Section(
        "decay",
        "Transient weights that decay",
        "LvR, Decaying transient weights (Figs. 3 and 6, Eqs. 5 to 7)",
        ("decay",),
        (
            "decay",
            "decay_powers",
            "decay_exact",
            "decay_overshoot",
            "decay_exits",
            "decay_optimum",
            "decaying_learning",
            "decaying_thresholds",
        ),
        ("04", "05"),
    ),
    Section(
        "triggers",
        "What sets consolidation off",
        "LvR, Fig. 4",
        ("triggers",),
        ("triggers", "trigger_costs"),
        ("06",),
    ),
    Section(
        "costs",
        "What plasticity costs",
        "LvR, CP and REV on the cost model",
        ("costs", "prices"),
        ("cost_models", "persistent_cost", "pricing"),
        (),
    ),
    Section(
        "spiking",
        "A spiking neuron",
        "LvR, Fig. 2, supplement 1",
        (),
        ("spiking",),
        (),
    ),
    Section(
        "masks",
        "Masks, subnets and competition",
        "CP, Figs. 2, 3 and 5",
        ("masks",),
        ("masks", "restricted", "restricted_networks", "competition"),
        ("07",),
    ),
    Section(
        "networks",
        "Networks on digits",
        "LvR, Fig. 5; CP, Figs. 1 and 6",
        (),
        ("networks", "network_design", "network_sizes"),
        ("08",),
    ),
    Section(
        "savings",
        "Lazy learning and caching in networks",
        "REV, and CP, Fig. 4",
        ("lazy",),
        ("lazy", "network_caching"),
        (),
    ),
    Section(
        "arithmetic",
        "Arithmetic",
        "every formula in double precision, at fifty digits and as an expression",
        (),
        ("arithmetic",),
        (),
    ),
)
