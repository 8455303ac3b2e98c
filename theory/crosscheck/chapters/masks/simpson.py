"""CP on how many synapses take turns: the Simpson index."""

import sympy as sp

from theory import masks
from theory.crosscheck.chapters.masks.competition import take_turns
from theory.crosscheck.chapters.masks.experiments import CHOICE, choices
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.chapters.symbols import T, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity

o, u, v, p = sp.symbols("o u v p", positive=True)


def _limits() -> Claim:
    return Claim(
        id="CP.simpson",
        statement="The inverse Simpson index is the number of plastic synapses if always the same "
        "are updated, and the number of all synapses if updates are distributed over all.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.LIMIT,
        formulas=("masks.simpson_index",),
        symbolic=(
            Identity(
                "always the same: shares 1/n",
                lambda: 1 / masks.simpson_index(o + x, o, sp.Integer(1)),
                lambda: o,
            ),
            Identity(
                "distributed over all",
                lambda: sp.limit(1 / masks.simpson_index(o + x, o, T), T, sp.oo),
                lambda: o + x,
            ),
            Identity(
                "no index is lower: its excess over that of equal shares is a sum of squares (of "
                "three synapses)",
                lambda: u**2 + v**2 + (1 - u - v) ** 2 - masks.simpson_index(3, 3, sp.Integer(1)),
                lambda: sum((share - sp.Rational(1, 3)) ** 2 for share in (u, v, 1 - u - v)),
            ),
            Identity(
                "none is higher: a synapse that is updated once in a presentation has no more "
                "than a share 1/k, and the excess of 1/k is the sum of share (1/k - share)",
                lambda: masks.simpson_index(3, o, sp.Integer(1)) - (u**2 + v**2 + (1 - u - v) ** 2),
                lambda: sum(share * (1 / o - share) for share in (u, v, 1 - u - v)),
            ),
        ),
        simulation=take_turns(),
        remark="The index itself has 1/n for n synapses. In networks competition lets 5 to 12 "
        "times as many take turns as are updated at once, a sixth to a third of what chance "
        "would.",
    )


def _by_chance() -> Claim:
    return Claim(
        id="SE.simpson",
        statement="If each of T presentations updates k of N synapses at random, the mean Simpson "
        "index is 1/N + (1/k - 1/N)/T.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("masks.simpson_index",),
        symbolic=(
            Identity(
                "binomial counts of p = k/N, whose sum is k T",
                lambda: masks.simpson_index(o + x, o, T),
                lambda: (
                    (o + x) * (T * p * (1 - p) + (T * p) ** 2).subs(p, o / (o + x)) / (o * T) ** 2
                ),
            ),
        ),
        simulation=(
            Comparison(
                "5% of 2000 synapses, 40 presentations",
                choices(),
                observed=lambda index: index,
                predicted=lambda _: masks.simpson_index(**CHOICE),
                wrong=(lambda: 1 / CHOICE["N"] / masks.simpson_index(**CHOICE),),
            ),
        ),
        remark="So an index measured over few presentations does not tell selection from chance: "
        "that takes T well above N/k.",
    )


CLAIMS = (_limits(), _by_chance())
