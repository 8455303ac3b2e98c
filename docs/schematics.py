"""The schematics of the papers, drawn by code: how caching works, and what savers change."""

import itertools
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from theory.crosscheck.figures.drawing import DISTINCT, STYLE

#: The files are the same every time.
UNDATED = {"Date": None}
#: Of a synapse, and of all together.
THRESHOLD, TOTAL = 3, 5
#: Which of the transient weights are consolidated.
TRIGGERS: dict[str, Callable] = {
    "each for itself": lambda held: abs(held) > THRESHOLD,
    "all when any exceeds": lambda held: np.full(held.shape, (abs(held) > THRESHOLD).any()),
    "all when the total exceeds": lambda held: np.full(held.shape, abs(held).sum() > TOTAL),
}
#: Both weights' changes at each update: straight on, to and fro in the smaller, in the larger.
WAYS = {
    "straight on": ((2, 1), (1, 2), (2, 1), (1, 2)),
    "back in the smaller": ((2, 1), (2, -1), (2, 1), (2, -1)),
    "back in the larger": ((1, 2), (1, -2), (1, 2), (1, -2)),
}
CAPTIONS = {
    "LvR.2A": "How caching works. Updates change the transient weight (below), which is cheap and "
    "has to be maintained. Once it exceeds the threshold (dashed) it is consolidated: added to the "
    "persistent weight, which is expensive, and set to zero (dots). What the synapse transmits is "
    "the sum of both.",
    "LvR.4A": "What sets consolidation off. Transient weights of three synapses along the same "
    "updates: each may decide for itself, or all are consolidated when any of them exceeds its "
    "threshold, or when their sizes add up to more than five steps.",
    "CP.3c": "When making only the largest changes saves $M_1$, the length of the path. Two "
    "weights along four updates, all of which change both (blue), or only the one that changes "
    "more, with the rest at the end (orange). Both cost the same if no weight turns back; small "
    "changes to and fro are saved; large ones are not.",
    "REV.1-methods": "Three ways to save. A network changes all its synapses (filled) at every "
    "sample, above. Below: it skips samples that are right already; it changes only some synapses; "
    "or changes are transient at first (orange), and few become persistent.",
}
SOURCES = {
    "LvR": "Li & van Rossum (2020)",
    "CP": "van Rossum (2023)",
    "REV": "Pache & van Rossum (2023)",
}
PERSISTENT, TRANSIENT, UNCHANGED = DISTINCT[0], DISTINCT[1], "white"
#: Where on its line a synapse is.
NEAR = 0.86


def draw(folder: Path) -> None:
    """Draw all of them as SVG."""
    rng = np.random.default_rng(3)
    pages = {
        "LvR.2A": lambda: _traces(rng.choice([-1, 1], p=[0.4, 0.6], size=(60, 1))),
        "LvR.4A": lambda: _triggers(rng.choice([-1, 0, 1], size=(50, 3))),
        "CP.3c": _paths,
        "REV.1-methods": _methods,
    }
    with mpl.rc_context({**mpl.rcParamsDefault, **STYLE}):
        for name, made in pages.items():
            made().savefig(folder / f"{name}.svg", metadata=UNDATED)


def source(name: str) -> str:
    """Which figure of which paper a schematic is after."""
    paper, figure = name.partition("-")[0].split(".")
    return f"After {SOURCES[paper]}, Fig. {figure}."


def _cached(updates: np.ndarray, asks: Callable) -> tuple[np.ndarray, np.ndarray]:
    """Transient weights after each update, before they are consolidated, and whether they are."""
    held, transient, consolidated = np.zeros(updates.shape[1]), [], []
    for update in updates:
        held = held + update
        transient.append(held)
        consolidated.append(asks(held))
        held = np.where(consolidated[-1], 0, held)
    return np.array(transient), np.array(consolidated)


def _traces(updates: np.ndarray) -> Figure:
    """The weights of one synapse."""
    transient, consolidated = (it[:, 0] for it in _cached(updates, TRIGGERS["each for itself"]))
    persistent = np.cumsum(np.where(consolidated, transient, 0))
    times = np.arange(1, len(updates) + 1)
    page = Figure(figsize=(6.0, 3.6), layout="constrained")
    above, below = page.subplots(2, sharex=True)
    above.step(times, np.cumsum(updates), where="post", color="black", label="weight")
    above.step(times, persistent, where="post", color=DISTINCT[0], label="persistent weight")
    kept = np.where(consolidated, 0, transient)
    below.step(times, kept, where="post", color=DISTINCT[1], label="transient weight")
    below.plot(times[consolidated], transient[consolidated], "o", color=DISTINCT[1], markersize=4)
    for level in (-THRESHOLD, THRESHOLD):
        below.axhline(level, color="0.4", linestyle="--", linewidth=0.8)
    below.set(xlabel="updates", ylabel="weight ($\\eta$)")
    above.set_ylabel("weight ($\\eta$)")
    page.legend(loc="outside upper left", ncols=3)
    return page


def _triggers(updates: np.ndarray) -> Figure:
    """The transient weights of some synapses, as each trigger has them."""
    times = np.arange(1, len(updates) + 1)
    page = Figure(figsize=(6.0, 4.6), layout="constrained")
    for axes, (name, asks) in zip(page.subplots(3, sharex=True), TRIGGERS.items(), strict=True):
        transient, consolidated = _cached(updates, asks)
        for synapse, colour in zip(range(updates.shape[1]), DISTINCT, strict=False):
            now = consolidated[:, synapse]
            axes.step(times, np.where(now, 0, transient[:, synapse]), where="post", color=colour)
            axes.plot(times[now], transient[now, synapse], "o", color=colour, markersize=4)
        axes.set_title(name, loc="left")
        axes.set(ylim=(-THRESHOLD - 1.5, THRESHOLD + 1.5), yticks=(-THRESHOLD, 0, THRESHOLD))
    page.supylabel("transient weights ($\\eta$)", fontsize=9)
    axes.set_xlabel("updates")
    return page


def _paths() -> Figure:
    """The ways of two weights, and how long they are."""
    page = Figure(figsize=(6.0, 2.7), layout="constrained")
    for axes, (name, changes) in zip(page.subplots(1, 3), WAYS.items(), strict=True):
        every = np.array(changes)
        largest = np.where(abs(every) == abs(every).max(axis=1, keepdims=True), every, 0)
        rest = np.diag((every - largest).sum(axis=0))
        ways = {"all changes": every, "the largest, then the rest": np.vstack([largest, rest])}
        for colour, (label, steps) in zip(DISTINCT, ways.items(), strict=False):
            points = np.vstack([[0, 0], steps.cumsum(axis=0)])
            axes.plot(*points.T, "o-", color=colour, markersize=3, label=label)
        axes.plot(*points[[0, -1]].T, "k.", zorder=4)
        lengths = " and ".join(str(abs(steps).sum()) for steps in ways.values())
        axes.set_title(f"{name}:\n$M_1$ = {lengths}", loc="left")
        axes.set(xlabel="one weight", ylabel="another", xticks=(), yticks=())
        axes.set_aspect("equal", "datalim")
    page.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=2)
    return page


def _methods() -> Figure:
    """Networks and which of their synapses a sample changes."""
    page = Figure(figsize=(6.0, 4.4), layout="constrained")
    above, below = page.subfigures(2, height_ratios=(1.15, 1))
    wide = above.subplots()
    _network(wide, (6, 4, 3), [PERSISTENT] * 36)
    wide.set_title("training as usual: every sample changes all synapses")
    for place, label in enumerate(("image", "hidden units", "outputs")):
        wide.text(place, -0.55, label, ha="center", fontsize=8)
    some = [PERSISTENT if place in (1, 6, 10) else UNCHANGED for place in range(12)]
    cached = [PERSISTENT if place in (4, 9) else TRANSIENT for place in range(12)]
    shown = {
        "a wrong sample": [PERSISTENT] * 12,
        "a right one: skipped": [UNCHANGED] * 12,
        "only some synapses": some,
        "transient first": cached,
    }
    for axes, (name, colours) in zip(below.subplots(1, 4), shown.items(), strict=True):
        _network(axes, (4, 3), colours)
        axes.set_title(name, fontsize=8)
    return page


def _network(axes: Axes, sizes: tuple[int, ...], colours: list[str]) -> None:
    """Layers of units and, as circles, the synapses between them in their colours."""
    left = iter(colours)
    columns = [np.linspace(-0.4, 0.4, size) * size / max(sizes) for size in sizes]
    for place, (before, after) in enumerate(itertools.pairwise(columns)):
        for sent, received in itertools.product(before, after):
            axes.plot((place, place + 1), (sent, received), color="0.8", linewidth=0.6, zorder=1)
            axes.plot(
                place + NEAR, sent + NEAR * (received - sent), "o", color="0.3",
                markerfacecolor=next(left), markersize=5, markeredgewidth=0.6, zorder=2,
            )  # fmt: skip
    for place, column in enumerate(columns):
        axes.plot(np.full(len(column), place), column, "o", color="0.2", markersize=9, zorder=3)
    axes.set_axis_off()
