"""What the pages of the documentation say: code runs, its comments are right, and so is the README.

The README's table of formulas names calls, verdicts and notebooks.
"""

import ast
import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from theory import triggers  # noqa: F401 - importing fills CALLS
from theory.crosscheck import CLAIMS, Verdict
from theory.formula import CALLS

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    path for path in (ROOT / "docs").glob("*.md") if "```python" in path.read_text(encoding="utf-8")
)
#: How a block begins that is a file, which another test writes.
FILE = re.compile(r"# (\w+/\w+\.py)\n")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")


def blocks(page):
    """The blocks of Python on a page that are no files."""
    found = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [block for block in found if not FILE.match(block)]


def test_there_are_pages():
    assert {"pricing", "savers"} <= {page.stem for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_code_gives_what_its_comments_say(page):
    """A line with a comment is an expression; "about" allows for 5%, digits for their rounding."""
    scope = {}
    for block in blocks(page):
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


README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| .* \| `(.*?)\((.*?)\)` \| (.*?) \| .*\.(?:ipynb|md)\) \|$", README, re.MULTILINE
)


@pytest.mark.parametrize(("name", "arguments", "verdicts"), ROWS, ids=[row[0] for row in ROWS])
def test_the_readme_names_calls_and_their_verdicts(name, arguments, verdicts):
    """Ids that FAIL are followed by it, and at least one claim is about the formula."""
    call = CALLS[name].function
    assert arguments == ", ".join(inspect.signature(call).parameters)
    claims = {claim.id: claim for claim in CLAIMS}
    named = re.findall(r"`(.*?)`( FAILS)?", verdicts)
    for claim, fails in named:
        assert claims[claim].expected is (Verdict.FAILS if fails else Verdict.HOLDS)
    assert any(name in claims[claim].formulas for claim, _ in named)


def test_the_readme_leads_somewhere():
    assert len(ROWS) >= 11
    links = re.findall(r"\]\((?!http)(.*?)\)", README)
    assert len(links) > 10
    assert all((ROOT / link).exists() for link in links)
