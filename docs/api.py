"""What of the package is public, module by module, and the pages that show it.

Modules of formulas are public, those of the catalogue, and all others that have ``__all__``.
Public of a module is what it names, and in one without it what is defined there and has no leading
underscore. A package is public as a whole: its modules' names are imported from it.
"""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from enum import EnumType
from types import ModuleType

import montecarlo
import theory
import theory.crosscheck
from docs.markdown import anchor, first_sentence, page
from theory.catalogue import MODULES
from theory.crosscheck import CLAIMS
from theory.formula import CALLS


def _parts() -> dict[str, list[str]]:
    """The public modules and packages, by what they are."""
    theories = [name for name in _public(theory) if not name.startswith("theory.crosscheck")]
    formulas = [module.__name__ for module in MODULES]
    # What the package itself names is on its page.
    below = [
        name
        for name in _public(theory.crosscheck)
        if not set(sys.modules[name].__all__) <= set(theory.crosscheck.__all__)
    ]
    checking = ["theory.crosscheck", *below]
    return {
        "Formulas": formulas,
        "What belongs to them": [name for name in theories if name not in formulas],
        "Simulators": list(_public(montecarlo)),
        "Claims and figures": [name for name in checking if ".chapters" not in name],
    }


def _public(package: ModuleType) -> Iterator[str]:
    """The modules below a package that say what is public of them; packages there as a whole."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        if hasattr(module, "__all__"):
            yield found.name
        elif found.ispkg:
            yield from _public(module)


PARTS = _parts()


def public(module: ModuleType) -> dict[str, object]:
    """The public names of a module or package that it defines, in the order of its source."""
    return {name: value for home in _homes(module) for name, value in _members(module, home)}


def _homes(module: ModuleType) -> list[ModuleType]:
    """A module and, if it is a package, the modules in it."""
    inside = [name for name in sorted(sys.modules) if name.startswith(f"{module.__name__}.")]
    return [module, *(sys.modules[name] for name in inside)]


def _members(module: ModuleType, home: ModuleType) -> list[tuple[str, object]]:
    """What is public of a module and defined in another, or in itself."""
    names = getattr(module, "__all__", None)
    return [
        (name, value)
        for name, value in vars(home).items()
        if vars(module).get(name) is value
        and (_is_code(value) and not name.startswith("_") if names is None else name in names)
        and _defines(home, name)
    ]


def _defines(home: ModuleType, name: str) -> bool:
    value = vars(home)[name]
    if _is_code(value):
        return value.__module__ == home.__name__
    return re.search(rf"^{name}\b.*=", inspect.getsource(home), re.MULTILINE) is not None


def _is_function(value: object) -> bool:
    """Whether it is one, be it behind a cache."""
    return callable(value) and inspect.isfunction(inspect.unwrap(value))


def _is_code(value: object) -> bool:
    return _is_function(value) or inspect.isclass(value)


def pages() -> dict[str, str]:
    """The pages by name: one for each module, and one that leads to them."""
    modules = {name: importlib.import_module(name) for part in PARTS.values() for name in part}
    groups = [_group(title, [modules[name] for name in part]) for title, part in PARTS.items()]
    introduction = (
        "What is public, module by module. The formulas as equations, with the claims about them, "
        "are in the [chapters of the theory](formulas.md)."
    )
    return {f"api-{name}": _module_page(module) for name, module in modules.items()} | {
        "api": page("API", introduction, *groups)
    }


def _group(title: str, modules: list[ModuleType]) -> str:
    lines = "\n".join(
        f"- [`{module.__name__}`](api-{module.__name__}.md): {first_sentence(module)}"
        for module in modules
    )
    tree = "\n".join(f"api-{module.__name__}" for module in modules)
    return f"## {title}\n\n{lines}\n\n```{{toctree}}\n:hidden:\n{tree}\n```"


def _module_page(module: ModuleType) -> str:
    """The docstrings of a module, and of what is public of it, by the module that defines it."""
    parts = []
    for home in _homes(module):
        members = dict(_members(module, home))
        if home is not module and not members:
            continue
        if home is not module:
            parts.append(f"## {home.__name__}")
        # Links lead to the page of its own that a module has, or to the function that has its name.
        elsewhere = home is not module and any(home.__name__ in part for part in PARTS.values())
        namesake = home is not module and home.__name__ in _paths(module)
        unlisted = "\n   :no-index:"
        directives = [f".. automodule:: {home.__name__}{unlisted if elsewhere or namesake else ''}"]
        directives += [
            _directive(module, home, *member, unlisted if elsewhere else "")
            for member in members.items()
        ]
        if elsewhere:
            directives = [
                text.replace(":no-value:", ":no-value:\n   :no-index:") for text in directives
            ]
        parts.append("```{eval-rst}\n" + "\n\n".join(directives) + "\n```")
    return page(module.__name__, *parts)


def _paths(module: ModuleType) -> set[str]:
    return {f"{module.__name__}.{name}" for name in public(module)}


def _directive(
    module: ModuleType, home: ModuleType, name: str, value: object, unlisted: str
) -> str:
    if not _is_code(value):  # its comment is found where it stands
        return f".. autodata:: {home.__name__}.{name}\n   :no-value:{unlisted}"
    path = f"{module.__name__}.{name}"
    if _is_function(value):
        return f".. autofunction:: {path}{_see_also(path.removeprefix('theory.'))}"
    choices = "\n   :undoc-members:" if isinstance(value, EnumType) else ""
    return f".. autoclass:: {path}\n   :members:{choices}"


def _see_also(name: str) -> str:
    """Of a formula, its equation and claims, and the formulas that claims judge along with it."""
    if name not in CALLS:
        return ""
    beside = dict.fromkeys(
        other
        for claim in CLAIMS
        if name in claim.formulas
        for other in claim.formulas
        if other != name
    )
    lines = [f":ref:`equation, domain and claims <{anchor(name)}>`"]
    lines += [f":py:func:`theory.{other}`" for other in beside]
    return f"\n\n   .. seealso:: {', '.join(lines)}"
