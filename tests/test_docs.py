"""The code in the pages of the documentation runs, and gives the numbers that its comments say."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

PAGES = sorted(
    path
    for path in (Path(__file__).parent.parent / "docs").glob("*.md")
    if "```python" in path.read_text(encoding="utf-8")
)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")


def test_there_are_pages():
    assert {"pricing", "savers"} <= {page.stem for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_code_gives_what_its_comments_say(page):
    """A line with a comment is an expression; "about" allows for 5%, digits for their rounding."""
    scope = {}
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(block, scope)
        for line in block.splitlines():
            expression, _, comment = line.partition("  # ")
            if comment:
                value = np.ravel(eval(ast.unparse(ast.parse(expression, mode="eval")), scope))
                said = NUMBER.findall(comment)[: len(value)]
                assert len(said) == len(value)
                for found, text in zip(value, said, strict=True):
                    rounding = 0.05 if "about" in comment else 0.5 * 10 ** (1 - digits_of(text))
                    assert found == pytest.approx(float(text), rel=rounding)


def digits_of(text):
    """How many significant digits a number has."""
    return len(text.partition("e")[0].replace(".", "").lstrip("0"))
