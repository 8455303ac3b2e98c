"""Formulas with one planted error each: scaled, a sign flipped, a factor or a term dropped."""

import ast
import copy
import inspect
import sys
from collections.abc import Callable, Iterator

from theory.formula import FORMULAS, Formula, formula

SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Lt: ast.Gt, ast.Gt: ast.Lt}

#: What may be wrong with a result as a whole.
WHOLE = {"5% larger": "({}) * 21 / 20", "3% larger": "({}) * 103 / 100", "negative": "-({})"}


def mutants(original: Formula) -> Iterator[tuple[str, Callable]]:
    """Functions that differ from a formula in one place, each with a description of the error."""
    function = inspect.unwrap(original.function)
    tree = ast.parse(inspect.getsource(function)).body[0]
    tree.decorator_list = []
    tree.body = [node for node in tree.body if not _is_docstring(node)]
    for description, mutant in _mutated(tree):
        scope = vars(sys.modules[function.__module__])
        local: dict = {}
        code = ast.unparse(ast.fix_missing_locations(mutant))
        exec(compile(code, f"<{original.name}: {description}>", "exec"), scope, local)
        yield description, _decorated(original, local[function.__name__])


def _decorated(original: Formula, function: Callable) -> Callable:
    """The function as a formula, without taking the original's place in the catalogue."""
    where = original.where and original.where.holds
    checked = formula(original.source, domain=original.domain, where=where)(function)
    FORMULAS[original.name] = original
    return checked


def _mutated(tree: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    if not any(isinstance(node, ast.Compare) for node in ast.walk(tree.body[-1])):
        for description, template in WHOLE.items():
            mutant = copy.deepcopy(tree)
            result = mutant.body[-1]
            result.value = ast.parse(template.format(ast.unparse(result.value)), mode="eval").body
            yield description, mutant
    for index, node in enumerate(ast.walk(tree)):
        for description, change in _changes(node):
            mutant = copy.deepcopy(tree)
            place = list(ast.walk(mutant))[index]
            before = ast.unparse(place)
            change(place)
            yield f"{description} in {before}", mutant


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        yield "sign flipped", lambda place: setattr(place, "op", SWAPPED[type(place.op)]())
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        yield (
            "comparison turned",
            lambda place: place.ops.__setitem__(0, SWAPPED[type(place.ops[0])]()),
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.Pow):
        yield "right side dropped", lambda place: _keep(place, "left")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield "left factor dropped", lambda place: _keep(place, "right")


def _keep(place: ast.BinOp, side: str) -> None:
    """Turn a product into one of its sides: x op y becomes x + 0."""
    kept = getattr(place, side)
    place.left, place.op, place.right = kept, ast.Add(), ast.Constant(0)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
