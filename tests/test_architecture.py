"""What docs/architecture.md promises of the tree that import contracts cannot hold."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for part in ("theory", "montecarlo") for path in (ROOT / part).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
#: Names that every module of a kind has.
SHARED = {"CLAIMS", "FIGURES", "POINTS", "CHAPTER"}
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def named(tree):
    """The classes and constants that a module defines."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            for name in target.elts if isinstance(target, ast.Tuple) else [target]:
                # A single letter is a symbol of the papers, or stands for a type.
                if isinstance(name, ast.Name) and name.id.isupper() and name.id[1:]:
                    yield name.id


def test_no_two_classes_or_constants_have_one_name():
    counts = Counter(name for tree in TREES.values() for name in set(named(tree)))
    assert not {name for name, count in counts.items() if count > 1} - SHARED


def code_lines(function):
    """The lines of a function, without its docstring, what is defined in it, and claims: data."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    inner = [
        node
        for node in ast.walk(function)
        if (node is not function and isinstance(node, ast.FunctionDef))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Claim")
    ]
    lines = {line for node in body for line in range(node.lineno, node.end_lineno + 1)}
    return len(lines - {line for node in inner for line in range(node.lineno, node.end_lineno + 1)})


def test_functions_fit_in_a_head():
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": code_lines(node)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and code_lines(node) > 50
    }
    assert not long


def test_modules_fit_in_a_head():
    long = {
        str(path.relative_to(ROOT)): count
        for path in MODULES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert not long


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT / "tests")))
def test_tests_mirror_the_tree(path):
    """tests/theory/special/test_siegert.py is of theory/special/siegert.py, or of that package."""
    inside = path.relative_to(ROOT / "tests")
    if len(inside.parts) == 1:  # of the documentation and the whole tree
        return
    name = inside.stem.removeprefix("test_")
    package = ROOT / inside.parent
    known = {module.stem for module in package.glob("*.py")} | {package.name}
    known |= {folder.name for folder in package.iterdir() if folder.is_dir()}
    assert name in known
