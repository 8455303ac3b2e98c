"""A figure: what is simulated for it and what its panels show, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy.typing as npt

from montecarlo.statistics import estimate
from theory.crosscheck.experiment import Experiment

__all__ = ["MEAN_FIELD", "SIMULATION", "Axis", "Figure", "Panel", "Series", "Setting", "measured"]

#: The kind of the series that are drawn as points; every other kind is a theory, drawn as a line.
SIMULATION = "simulation"
#: The kind of what `theory.learning` says, which takes nothing from simulations.
MEAN_FIELD = "mean field"


@dataclass(frozen=True)
class Series:
    """Points or a line.

    Attributes
    ----------
    label : str
        What it is about; in a figure all series of one label have one colour.
    kind : str
        ``SIMULATION``, or which theory it is.
    x, y : tuple of float
    error : tuple of float
        Standard errors of y; none for a theory.
    reference : bool
        Drawn in black: what the others are to be compared with.
    """

    label: str
    kind: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    error: tuple[float, ...] = ()
    reference: bool = False

    def __post_init__(self) -> None:
        """Refuse points of which one coordinate is missing."""
        if len(self.x) != len(self.y):
            raise ValueError(f"{self.label!r} has {len(self.x)} x, but {len(self.y)} y")


def measured(
    label: str, x: Sequence[float], samples: Iterable[npt.ArrayLike], reference: bool = False
) -> Series:
    """Means over replicas, one for each x."""
    points = [estimate(values) for values in samples]
    return Series(
        label,
        SIMULATION,
        tuple(x),
        tuple(float(point.mean) for point in points),
        tuple(float(point.standard_error) for point in points),
        reference,
    )


@dataclass(frozen=True)
class Axis:
    """The label of an axis, in Matplotlib's mathtext, and its scale.

    A scale is "linear", "log", or a number: logarithmic from there on, and linear below, so that
    zero is on it.
    """

    label: str
    scale: str | float = "linear"


@dataclass(frozen=True)
class Panel:
    """One pair of axes."""

    name: str
    y: Axis
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Setting:
    """What is simulated for a figure, and what is to be said of it.

    Attributes
    ----------
    experiment : Experiment
    conditions : str
        What has been simulated, and what is shown of it.
    """

    experiment: Experiment
    conditions: str

    @property
    def replicas(self) -> int:
        """The number of replicas."""
        return self.experiment.replicas

    def fewer(self, replicas: int) -> Setting:
        """The same with fewer replicas."""
        return replace(self, experiment=self.experiment.replicated(replicas))


@dataclass(frozen=True)
class Figure:
    """A published figure.

    Attributes
    ----------
    id : str
        The paper and the figure's number, which also name its files.
    title, source : str
    full, quick : Setting
        What is simulated for it, and for a quick one.
    x : Axis
        Shared by all panels.
    panels : callable
        From the records of all replicas.
    ordered : bool
        Whether the labels are values of a quantity in rising order: dark colours to light ones.
    """

    id: str
    title: str
    source: str
    full: Setting
    quick: Setting
    x: Axis
    panels: Callable[[Sequence[Any]], tuple[Panel, ...]]
    ordered: bool = False
