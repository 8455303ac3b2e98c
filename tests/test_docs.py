"""What the pages of the documentation say: code runs, its comments are right, and so is the README.

The README's table of formulas names calls, verdicts and notebooks.
"""

import ast
import functools
import html
import inspect
import json
import pkgutil
import re
from pathlib import Path

import numpy as np
import pytest
import sympy
from sympy.logic.boolalg import Boolean

from docs import equations
from docs.gallery import CAPTIONS, IN_FULL
from docs.generate import downloadable
from docs.markdown import slug
from theory.catalogue import CALLS, FORMULAS
from theory.crosscheck import CHAPTERS, CLAIMS, FIGURES, Verdict
from theory.crosscheck.legs.symbolic import Identity
from theory.formula import SYMBOLS, Domain
from theory.formula.domain import above, between, non_negative_integer

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    path
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    if "```python" in path.read_text(encoding="utf-8")
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
def test_code_gives_what_its_comments_say(page, tmp_path, monkeypatch):
    """A line with a comment is an expression; "about" allows for 5%, digits for their rounding."""
    monkeypatch.chdir(tmp_path)
    scope = {}
    for block in blocks(page):
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            comment = lines[statement.end_lineno - 1].partition("  # ")[2]
            if not comment:
                exec(ast.unparse(statement), scope)
                continue
            assert isinstance(statement, ast.Expr)
            value = np.ravel(eval(ast.unparse(statement), scope))
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
    """Ids that FAIL are followed by it, and at least one claim is about the formula.

    What is no formula, a mean field that samples, is shown with what it cannot do without.
    """
    call = CALLS[name].function if name in CALLS else pkgutil.resolve_name(f"theory.{name}")
    parameters = inspect.signature(call).parameters.values()
    assert arguments == ", ".join(it.name for it in parameters if it.kind != it.KEYWORD_ONLY)
    claims = {claim.id: claim for claim in CLAIMS}
    named = re.findall(r"`(.*?)`( FAILS)?", verdicts)
    for claim, fails in named:
        assert claims[claim].expected is (Verdict.FAILS if fails else Verdict.HOLDS)
    assert name not in CALLS or any(name in claims[claim].formulas for claim, _ in named)


def test_the_readme_leads_somewhere():
    assert len(ROWS) >= 11
    links = re.findall(r"\]\((?!http)(.*?)\)", README)
    assert len(links) > 10
    for link in links:
        path, _, anchor = link.partition("#")
        assert (ROOT / path).exists()
        assert not anchor or anchor in anchors(ROOT / path)


def anchors(page):
    """The anchors of a page's headings, as GitHub and MyST make them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {slug(heading) for heading in headings}


RESULTS = sorted((ROOT / "docs" / "results").glob("*.md"))


@pytest.mark.parametrize("page", RESULTS, ids=lambda page: page.stem)
def test_results_begin_with_their_claim_and_who_judges_it(page):
    known = {claim.id for claim in CLAIMS}
    _, *sections = re.split(r"^## .*$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sections
    for section in sections:
        begin = re.match(r"\n\n\*\*[^*]+\.\*\* Judged by (\{claim\}.*?)\.\n", section)
        assert begin
        assert set(re.findall(r"`(.*?)`", begin[1])) <= known


def test_every_formula_is_in_one_chapter():
    """Links to a formula lead to the page of its chapter."""
    modules = [module for chapter in CHAPTERS for module in chapter.formulas]
    assert {name.partition(".")[0] for name in CALLS} <= set(modules)
    assert len(modules) == len(set(modules))


def test_every_figure_says_what_to_see():
    assert set(CAPTIONS) == set(FIGURES)


def test_figures_that_take_long_are_kept_in_full_with_their_data():
    of_mnist = {name for name, it in FIGURES.items() if it.full.experiment.data == "mnist"}
    drawings, data = ({path.stem for path in IN_FULL.glob(f"*.{it}")} for it in ("svg", "csv"))
    assert drawings == data
    assert drawings == of_mnist | {"LvR.3", "LvR.3S1"}


@pytest.mark.parametrize("drawing", sorted(IN_FULL.glob("*.svg")), ids=lambda path: path.stem)
def test_a_figure_in_full_is_of_the_settings_that_the_pages_name(drawing):
    figure = FIGURES[drawing.stem]
    # Matplotlib draws text as shapes, and keeps the words of each line as a comment.
    words = re.findall("<!-- (.*?) -->", drawing.read_text(encoding="utf-8"))
    assert html.escape(figure.full.conditions, quote=False) in words
    assert any(f"; {figure.full.replicas} replicas, " in line for line in words)


# --- equations ------------------------------------------------------------------------------------

#: Where the middles of typical ranges make formulas trivial, or break a condition.
PLACES = {"k": 2, "j": 7, "n": 5, "plastic": 10, "presentations": 5000}


def middle(name):
    """A value that models have."""
    low, high = SYMBOLS[name].typical
    return sympy.Rational(PLACES.get(name, f"{np.sqrt(max(low, 1e-6) * high):.3g}"))


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_shown_is_the_formula_and_all_of_it_is_explained(name):
    plain = FORMULAS[name].expression
    functions = {type(part) for part in plain.atoms(sympy.Function)}
    own = {it.__name__ for it in functions if not it.__module__.startswith("sympy.")}
    assert own <= set(equations.HELPERS)
    if isinstance(plain, Boolean):
        assert equations.folded(plain) == ([], plain)
        return
    point = {symbol: middle(symbol.name) for symbol in plain.free_symbols}
    exact = float(sympy.N(plain.xreplace(point), 15))
    assert exact != 0
    versions = [equations.folded(plain)]
    if not versions[0][0]:  # what a page shows as a whole may be too wide for a terminal
        versions.append(equations.folded(plain, whole=60, part=60))
    for parts, whole in versions:
        shown = functools.reduce(lambda it, part: it.xreplace(dict([part])), reversed(parts), whole)
        assert float(sympy.N(shown.xreplace(point), 15)) == pytest.approx(exact, rel=1e-3)


@pytest.mark.parametrize(
    ("domain", "mathematics"),
    [
        (above(0), "x > 0"),
        (between(0, 1), r"0 \le x \le 1"),
        (Domain("a finite number"), r"x \in \mathbb{R}"),
        (Domain("a number > 1", low=1, open_high=False), r"1 < x \le \infty"),
        (non_negative_integer, r"x = 0, 1, \dots"),
    ],
)
def test_domains_are_mathematics(domain, mathematics):
    assert equations.within("x", domain) == mathematics


def test_conditions_are_mathematics():
    assert equations.domain(FORMULAS["perceptron.updates"]) == "$P > 0$, $N > 0$, $P < 2 N$"


def test_a_proof_shows_no_identity_of_one_thing_with_itself():
    x = sympy.Symbol("x")
    assert equations.proved(Identity("", lambda: x + x, lambda: 2 * x)) == ""
    assert equations.proved(Identity("", lambda: (x - 1) * x, lambda: x**2 - x)) != ""


# --- notebooks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem
)
def test_a_notebook_can_be_downloaded_from_its_page(notebook):
    """The link comes after the title, and leads from docs/_generated to the notebook."""
    title, link, *_ = "".join(json.loads(downloadable(notebook))["cells"][0]["source"]).split(
        "\n\n"
    )
    assert title.startswith("# ")
    target = re.fullmatch(r"\{download\}`.*? <(.*?)>`.*", link)[1]
    assert (ROOT / "docs" / "_generated" / target).resolve() == notebook
