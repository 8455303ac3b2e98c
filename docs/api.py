"""What of the package is public, module by module, and the pages that show it.

Public is what ``__all__`` names, and in a module without it what is defined there and has no
leading underscore. A package is public as a whole: its modules' names are imported from it.
"""

import importlib
import inspect
from types import ModuleType

PARTS = {
    "Formulas": (
        "theory.perceptron",
        "theory.caching",
        "theory.lattice",
        "theory.antipersistent",
        "theory.decay",
        "theory.triggers",
        "theory.costs",
        "theory.masks",
        "theory.prices",
    ),
    "What formulas are made of": (
        "theory.formula",
        "theory.arithmetic",
        "theory.special",
        "theory.passage",
        "theory.balance",
        "theory.implicit",
        "theory.ladder",
        "theory.moments",
    ),
    "Simulators of single neurons and synapses": (
        "montecarlo.perceptron",
        "montecarlo.trajectory",
        "montecarlo.decaying",
        "montecarlo.accounting",
        "montecarlo.ledger",
        "montecarlo.walk",
        "montecarlo.cycles",
        "montecarlo.spiking",
        "montecarlo.spiking_inputs",
        "montecarlo.spiking_trial",
        "montecarlo.masks",
        "montecarlo.statistics",
    ),
    "Simulators of networks": (
        "montecarlo.datasets",
        "montecarlo.design",
        "montecarlo.network",
        "montecarlo.savers",
        "montecarlo.competition",
        "montecarlo.synapses",
        "montecarlo.cached_synapses",
        "montecarlo.training",
        "montecarlo.runs",
        "montecarlo.sweep",
    ),
    "Claims and figures": (
        "theory.crosscheck",
        "theory.crosscheck.symbolic",
        "theory.crosscheck.numeric",
        "theory.crosscheck.approximation",
        "theory.crosscheck.rigorous",
        "theory.crosscheck.simulation",
        "theory.crosscheck.comparison",
        "theory.crosscheck.references",
        "theory.crosscheck.figures.figure",
    ),
}
#: What only other modules of the package use, besides what `PARTS` leaves out of the cross-check.
INTERNAL = {
    "montecarlo.checks",
    "montecarlo.units",
    "theory.cli",
    "theory.tables",
    "theory.tabulated",
}


def public(module: ModuleType) -> dict[str, object]:
    """The public names of a module and what they stand for, each where it is defined, in order."""
    names = getattr(module, "__all__", None)
    return {
        name: value
        for name, value in vars(module).items()
        if (_is_code(value) and not name.startswith("_") if names is None else name in names)
        and (not _is_code(value) or f"{value.__module__}.".startswith(f"{module.__name__}."))
    }


def _is_code(value: object) -> bool:
    return inspect.isfunction(value) or inspect.isclass(value)


def pages() -> dict[str, str]:
    """The pages by name: one for each module, and one that leads to them."""
    modules = {name: importlib.import_module(name) for part in PARTS.values() for name in part}
    groups = "\n\n".join(
        _group(title, [modules[name] for name in part]) for title, part in PARTS.items()
    )
    made = {f"api-{name}": _page(module) for name, module in modules.items()}
    return made | {
        "api": f"# API\n\nWhat is public, by module. The [symbols](formulas.md) are the papers'; "
        f"bad input raises a `ValueError` that names argument, value and domain.\n\n{groups}\n"
    }


def _group(title: str, modules: list[ModuleType]) -> str:
    rows = "\n".join(
        f"| [`{module.__name__}`](api-{module.__name__}.md) | {_first_sentence(module)} |"
        for module in modules
    )
    tree = "\n".join(f"api-{module.__name__}" for module in modules)
    return (
        f"## {title}\n\n| module | what it holds |\n| --- | --- |\n{rows}\n\n"
        f"```{{toctree}}\n:hidden:\n{tree}\n```"
    )


def _first_sentence(module: ModuleType) -> str:
    return (module.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _page(module: ModuleType) -> str:
    """The docstrings of a module, and of what is public of it, by the module that defines it."""
    names = public(module)
    homes: dict[str, list[str]] = {module.__name__: []}
    for name, value in names.items():
        home = value.__module__ if _is_code(value) else module.__name__
        homes.setdefault(home, []).append(name)
    parts = [f"# {module.__name__}"]
    for home, members in homes.items():
        if home != module.__name__:
            parts.append(f"## {home}")
        # A function of the same name is what links lead to.
        hidden = (
            "\n   :no-index:"
            if home != module.__name__ and home.rpartition(".")[2] in names
            else ""
        )
        directives = [f".. automodule:: {home}{hidden}"]
        directives += [_directive(f"{module.__name__}.{name}", names[name]) for name in members]
        parts.append("```{eval-rst}\n" + "\n\n".join(directives) + "\n```")
    return "\n\n".join(parts) + "\n"


def _directive(path: str, value: object) -> str:
    if inspect.isclass(value):
        return f".. autoclass:: {path}\n   :members:"
    return (
        f".. autofunction:: {path}" if _is_code(value) else f".. autodata:: {path}\n   :no-value:"
    )
