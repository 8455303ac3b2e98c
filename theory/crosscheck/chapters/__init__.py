"""The claims index: every checkable sentence, by source."""

from theory.crosscheck.chapters import arithmetic
from theory.crosscheck.chapters.caching import (
    antipersistent,
    changing_cost,
    lattice,
    lattice_energy,
)
from theory.crosscheck.chapters.caching import correlated as correlated_caching
from theory.crosscheck.chapters.caching import diffusion as caching
from theory.crosscheck.chapters.caching import figures as walk_figures
from theory.crosscheck.chapters.caching import optimum as optimal_caching
from theory.crosscheck.chapters.costs import figures as exponents_figures
from theory.crosscheck.chapters.costs import models as cost_models
from theory.crosscheck.chapters.costs import persistent as persistent_cost
from theory.crosscheck.chapters.costs import pricing
from theory.crosscheck.chapters.decay import exact as decay_exact
from theory.crosscheck.chapters.decay import exits as decay_exits
from theory.crosscheck.chapters.decay import figures as decaying_figures
from theory.crosscheck.chapters.decay import learning as decaying_learning
from theory.crosscheck.chapters.decay import optimum as decay_optimum
from theory.crosscheck.chapters.decay import overshoot as decay_overshoot
from theory.crosscheck.chapters.decay import powers as decay_powers
from theory.crosscheck.chapters.decay import steady_state as decay
from theory.crosscheck.chapters.decay import thresholds as decaying_thresholds
from theory.crosscheck.chapters.masks import competition
from theory.crosscheck.chapters.masks import counting as masks
from theory.crosscheck.chapters.masks import figures as restriction_figures
from theory.crosscheck.chapters.masks import networks as restricted_networks
from theory.crosscheck.chapters.masks import paths as restricted
from theory.crosscheck.chapters.networks import accuracy as networks
from theory.crosscheck.chapters.networks import design as network_design
from theory.crosscheck.chapters.networks import figures as networks_figures
from theory.crosscheck.chapters.networks import size_figures as network_sizes_figures
from theory.crosscheck.chapters.networks import sizes as network_sizes
from theory.crosscheck.chapters.perceptron import contraction, inefficiency, minimal_energy
from theory.crosscheck.chapters.perceptron import figures as learning_figures
from theory.crosscheck.chapters.perceptron import learning as perceptron
from theory.crosscheck.chapters.savings import figures as saving_figures
from theory.crosscheck.chapters.savings import lazy
from theory.crosscheck.chapters.savings import together as network_caching
from theory.crosscheck.chapters.spiking import claims as spiking
from theory.crosscheck.chapters.spiking import figures as spiking_figures
from theory.crosscheck.chapters.triggers import cycles as triggers
from theory.crosscheck.chapters.triggers import energies as trigger_costs
from theory.crosscheck.chapters.triggers import figures as triggers_figures
from theory.crosscheck.claim import Claim
from theory.crosscheck.figures.figure import Figure

#: All claims, in the order of the index.
CLAIMS: tuple[Claim, ...] = (
    *perceptron.CLAIMS,
    *minimal_energy.CLAIMS,
    *inefficiency.CLAIMS,
    *contraction.CLAIMS,
    *caching.CLAIMS,
    *optimal_caching.CLAIMS,
    *changing_cost.CLAIMS,
    *lattice.CLAIMS,
    *lattice_energy.CLAIMS,
    *cost_models.CLAIMS,
    *persistent_cost.CLAIMS,
    *pricing.CLAIMS,
    *decay.CLAIMS,
    *decay_powers.CLAIMS,
    *decay_exact.CLAIMS,
    *decay_overshoot.CLAIMS,
    *decaying_learning.CLAIMS,
    *decaying_thresholds.CLAIMS,
    *decay_exits.CLAIMS,
    *decay_optimum.CLAIMS,
    *antipersistent.CLAIMS,
    *correlated_caching.CLAIMS,
    *triggers.CLAIMS,
    *trigger_costs.CLAIMS,
    *spiking.CLAIMS,
    *masks.CLAIMS,
    *restricted.CLAIMS,
    *networks.CLAIMS,
    *network_design.CLAIMS,
    *network_sizes.CLAIMS,
    *restricted_networks.CLAIMS,
    *competition.CLAIMS,
    *lazy.CLAIMS,
    *network_caching.CLAIMS,
    *arithmetic.CLAIMS,
)

#: All figures, by their ids.
FIGURES: dict[str, Figure] = {
    figure.id: figure
    for module in (
        learning_figures,
        exponents_figures,
        triggers_figures,
        spiking_figures,
        decaying_figures,
        networks_figures,
        network_sizes_figures,
        restriction_figures,
        saving_figures,
        walk_figures,
    )
    for figure in module.FIGURES
}
