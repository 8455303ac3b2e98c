"""Experiments: repeated simulations, each named and keyed by its function and arguments."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec

import numpy as np

from montecarlo.statistics import generator
from theory.formula.places import place

__all__ = ["Experiment", "experiment"]

Arguments = ParamSpec("Arguments")
#: Networks take minutes to learn MNIST: the default check, of eight times as many, trains 32.
REPLICAS_ON_MNIST = 4


@dataclass(frozen=True)
class Experiment:
    """A simulation that is repeated.

    Attributes
    ----------
    name : str
        Keys the random numbers.
    run : callable
        Of the generators of some replicas, gives their records.
    replicas : int
        The most that a quick check may run; the other efforts multiply it.
    together : bool
        Whether replicas are simulated faster side by side.
    module : str
        Where its code is.
    data : str
        What networks learn; empty if there are none.
    """

    name: str
    run: Callable[[Sequence[np.random.Generator]], list[Any]]
    replicas: int
    together: bool = False
    module: str = ""
    data: str = ""

    @property
    def function(self) -> Callable[..., Any]:
        """What simulates, as its author wrote it."""
        return self.run.args[0] if isinstance(self.run, functools.partial) else self.run

    @property
    def place(self) -> str:
        """File and line of what simulates."""
        return place(self.function)

    @property
    def foreign(self) -> bool:
        """Whether it is of another package; the tests of this one show that its own repeat."""
        return bool(self.module) and not self.module.startswith("theory.")

    def records(self, seed: int, replicas: Iterable[int]) -> list[Any]:
        """The records of some replicas, the same whichever are asked for together."""
        return self.run(self.generators(seed, replicas))

    def generators(self, seed: int, replicas: Iterable[int]) -> list[np.random.Generator]:
        """The generator of each replica, from which nothing has been drawn."""
        return [generator(seed, self.name, replica) for replica in replicas]

    def replicated(self, replicas: int) -> Experiment:
        """The same with another number of replicas."""
        return replace(self, replicas=replicas)


def experiment(
    replicas: int, *, together: bool = False, name: str = ""
) -> Callable[[Callable[Concatenate[Any, Arguments], Any]], Callable[Arguments, Experiment]]:
    """Make a function that simulates one replica a function that describes the experiment.

    Parameters
    ----------
    replicas : int
        The most that a quick check may run; of networks on MNIST it is 4.
    together : bool
        Whether the function takes the generators of several replicas, and gives a list of records.
    name : str
        What it is called instead of chapter and function, so that it draws the same random numbers
        wherever it is moved.

    Returns
    -------
    callable
        The decorator. The decorated function takes the same arguments but the generator, which
        comes first, and returns an `Experiment`, named by chapter, function and arguments.

    Notes
    -----
    The name keys the random numbers: an argument that changes what is simulated has to show in its
    ``repr``.

    Examples
    --------
    >>> @experiment(replicas=8)
    ... def coins(rng, count, p=0.5):
    ...     return rng.binomial(count, p)
    >>> coins(100).name.partition(".")[2], coins(100).replicas
    ('coins(count=100, p=0.5)', 8)
    >>> coins(100).records(seed=1, replicas=[0, 3]) == coins(count=100).records(1, [0, 3])
    True
    """

    def decorate(
        simulate: Callable[Concatenate[Any, Arguments], Any],
    ) -> Callable[Arguments, Experiment]:
        signature = inspect.signature(simulate)
        chapter = simulate.__module__.removesuffix(".experiments").rpartition(".")[2]
        called = name or f"{chapter}.{simulate.__name__}"

        @functools.wraps(simulate)
        def described(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Experiment:
            bound = signature.bind(None, *args, **kwargs)
            bound.apply_defaults()
            _, *shown = bound.arguments.items()
            full = f"{called}({', '.join(f'{key}={it!r}' for key, it in shown)})"
            # The function itself is hidden behind its description, where no pickle finds it.
            run = functools.partial(_run, described, bound.args[1:], bound.kwargs, together)
            given = [bound.arguments.get("data"), *(getattr(it, "data", "") for _, it in shown)]
            data = next((it for it in given if isinstance(it, str) and it), "")
            count = REPLICAS_ON_MNIST if data == "mnist" else replicas
            return Experiment(full, run, count, together, simulate.__module__, data)

        return described

    return decorate


def _run(
    described: Any,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    together: bool,
    rngs: Sequence[np.random.Generator],
) -> list[Any]:
    simulate = described.__wrapped__
    if not together:
        return [simulate(rng, *args, **kwargs) for rng in rngs]
    records: list[Any] = simulate(rngs, *args, **kwargs)
    return records
