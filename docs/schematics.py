"""Figures 2A and 4A of Li & van Rossum (2020): how caching works, on a few random walks."""

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import numpy as np
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
CAPTIONS = {
    "LvR.2A": "How caching works. Updates change the transient weight (below), which is cheap and "
    "has to be maintained. Once it exceeds the threshold (dashed) it is consolidated: added to the "
    "persistent weight, which is expensive, and set to zero (dots). What the synapse transmits is "
    "the sum of both.",
    "LvR.4A": "What sets consolidation off. Transient weights of three synapses along the same "
    "updates: each may decide for itself, or all are consolidated when any of them exceeds its "
    "threshold, or when their sizes add up to more than five steps.",
}


def draw(folder: Path) -> None:
    """Draw both as SVG."""
    rng = np.random.default_rng(3)
    with mpl.rc_context({**mpl.rcParamsDefault, **STYLE}):
        _traces(rng.choice([-1, 1], p=[0.4, 0.6], size=(60, 1))).savefig(
            folder / "LvR.2A.svg", metadata=UNDATED
        )
        _triggers(rng.choice([-1, 0, 1], size=(50, 3))).savefig(
            folder / "LvR.4A.svg", metadata=UNDATED
        )


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
