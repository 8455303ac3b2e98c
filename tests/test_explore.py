"""The page to play with, in a real browser where there is one: `pytest -m browser`."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from docs import explore
from theory.formula import FORMULAS, SYMBOLS

STATIC = Path(explore.__file__).with_name("_static")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Where whole numbers are asked for, or the typical ones begin below 1.
WHOLE = {"n": 5.0, "j": 7.0, "k": 2.0, "m": 7.0}
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The page without the documentation around it."""
    page = tmp_path_factory.mktemp("explore") / "index.html"
    script = (STATIC / "explore.js").read_text(encoding="utf-8")
    style = (STATIC / "explore.css").read_text(encoding="utf-8")
    page.write_text(
        "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<style>{style}</style><body>{explore.widget()}<script>{script}</script></body>",
        encoding="utf-8",
    )
    return page.as_uri()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser, address):
    opened, errors = browser.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    yield opened
    assert not errors
    opened.close()


def test_every_formula_has_the_value_of_its_function(page):
    """In JavaScript as in NumPy, at values that models have."""
    for name, entry in explore.content().items():
        call = FORMULAS[name]
        typical = {argument: SYMBOLS[argument].typical for argument in call.arguments}
        places = {key: WHOLE.get(key) or np.sqrt(np.prod(ends)) for key, ends in typical.items()}
        found = page.evaluate(
            "([names, code, values]) => new Function(...names, `return ${code}`)(...values)",
            [list(places), entry["code"], list(places.values())],
        )
        assert found == pytest.approx(float(call.function(**places)), rel=1e-9), name


def test_a_slider_moves_the_curve_and_the_link_keeps_it(page, browser):
    page.select_option("select[aria-label=formula]", "caching.total_energy")
    before = page.locator(".plot path").get_attribute("d")
    page.locator("input[type=range][aria-label=K]").fill("900")
    after = page.locator(".plot path").get_attribute("d")
    assert after != before
    link = page.evaluate("location.href")
    again = browser.new_page()
    again.goto(link)
    assert again.locator(".plot path").get_attribute("d") == after
    assert again.locator("output").text_content() == page.locator("output").text_content()


def test_a_bad_value_is_refused_in_the_words_of_the_formula(page):
    page.select_option("select[aria-label=formula]", "perceptron.inefficiency")
    page.get_by_label("P, exactly").fill("-1")
    with pytest.raises(ValueError, match="P must be") as refused:
        FORMULAS["perceptron.inefficiency"].function(-1.0, 1000)
    said = page.locator("[role=alert]").text_content()
    assert said == str(refused.value).replace("-1.0", "-1")
    assert page.locator("output").text_content() == ""
    page.get_by_label("P, exactly").fill("5000")
    assert page.locator("[role=alert]").text_content() == "P < 2*N must hold"


def test_a_curve_can_be_kept_beside_another(page):
    page.get_by_role("button", name="keep this curve").click()
    page.locator("input[type=range]").last.fill("900")
    paths = [path.get_attribute("d") for path in page.locator(".plot path").all()]
    assert len(paths) == 2
    assert paths[0] != paths[1]


def test_a_phone_needs_no_scrolling_sideways(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
