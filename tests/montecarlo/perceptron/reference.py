"""The plain loop over presentations that the event-driven simulator must reproduce."""

import math

import numpy as np


def learn_by_loop(
    patterns,
    labels,
    *,
    threshold=0.0,
    trigger="local",
    tau=math.inf,
    learning_rate=1.0,
    max_epochs=10_000,
):
    """Present every pattern; every quantity is computed as its definition says."""
    persistent = np.zeros(patterns.shape[1])
    transient = np.zeros(patterns.shape[1])
    out = dict.fromkeys(
        ["updates", "presentations", "epochs", "plain_energy", "transient_sum"], 0
    ) | {"consolidation_energy": 0.0, "converged": False}
    by_epoch = [(0, 0, 0)]
    level = threshold / learning_rate
    if math.isfinite(level) and math.isclose(level, round(level), rel_tol=4 * np.finfo(float).eps):
        level = round(level)  # three steps of 0.1 are 0.3, whatever a computer makes of 0.3/0.1
    while out["epochs"] < max_epochs and not out["converged"]:
        out["converged"] = True
        for pattern, label in zip(patterns, labels, strict=True):
            transient = transient * (1 - 1 / tau)
            # fsum does not round, so ties at zero stay ties whatever the step size and the decay.
            if label * math.fsum(np.multiply((persistent, transient), pattern).flat) <= 0:
                out["converged"] = False
                transient = transient + label * pattern
                out["updates"] += 1
                out["plain_energy"] += np.abs(label * pattern).sum()
                size = np.abs(transient)
                fired = {
                    "local": size > level,
                    "any": np.full(size.shape, size.max() > level),
                    "total": np.full(size.shape, size.sum() > level),
                }[trigger]
                persistent = persistent + np.where(fired, transient, 0)
                out["consolidation_energy"] += size[fired].sum()
                transient = np.where(fired, 0, transient)
            out["presentations"] += 1
            out["transient_sum"] += np.abs(transient).sum()
        out["epochs"] += 1
        by_epoch.append((out["updates"], out["consolidation_energy"], out["transient_sum"]))
    out["final_consolidation"] = np.abs(transient).sum()
    out["consolidation_energy"] += out["final_consolidation"]
    out["weights"] = learning_rate * (persistent + transient)
    out["minimal_energy"] = np.abs(persistent + transient).sum()
    for name in (
        "plain_energy",
        "minimal_energy",
        "consolidation_energy",
        "final_consolidation",
        "transient_sum",
    ):
        out[name] = learning_rate * out[name]
    out["by_epoch"] = np.diff(by_epoch, axis=0) * (1, learning_rate, learning_rate)
    return out
