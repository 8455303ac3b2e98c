"""The page to play with, in a real browser where there is one: `pytest -m browser`."""

import shutil

import numpy as np
import pytest

from theory.catalogue import FORMULAS
from theory.cli.explorer import page as explorer
from theory.formula import SYMBOLS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Where whole numbers are asked for, or the typical ones begin below 1.
WHOLE = {"n": 5.0, "j": 7.0, "k": 2.0, "m": 7.0}


def test_without_a_server_there_is_what_a_browser_can_compute():
    alone = explorer.content(alone=True)
    assert all(entry["code"] for entry in alone.values())
    assert {"perceptron.inefficiency", "caching.total_energy", "masks.mask_energy"} <= set(alone)
    assert "decay.consolidation_rate" not in alone


def test_a_formula_cannot_end_the_data_it_is_in():
    shown = explorer.widget({"x": {"meaning": "</script><b>"}})
    assert "</script><b>" not in shown


# --- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser, address):
    opened, errors = browser.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    opened.wait_for_selector(".plot path")
    yield opened
    assert not errors
    opened.close()


def curve(page):
    return page.locator(".plot path").last.get_attribute("d")


@pytest.mark.browser
def test_every_formula_has_in_the_browser_the_value_of_its_function(page):
    for name, entry in explorer.content(alone=True).items():
        call = FORMULAS[name]
        typical = {argument: SYMBOLS[argument].typical for argument in call.arguments}
        places = {key: WHOLE.get(key) or np.sqrt(np.prod(ends)) for key, ends in typical.items()}
        found = page.evaluate(
            "([names, code, values]) => new Function(...names, `return ${code}`)(...values)",
            [list(places), entry["code"], list(places.values())],
        )
        assert found == pytest.approx(float(call.function(**places)), rel=1e-9), name


@pytest.mark.browser
@pytest.mark.parametrize("name", ["caching.total_energy", "decay.consolidation_rate"])
def test_a_slider_moves_the_curve_and_the_link_keeps_it(name, page, browser):
    """By the browser alone, and by the package."""
    page.select_option("select[aria-label=formula]", name)
    page.wait_for_function(
        "name => document.querySelector('output').textContent.includes(name)", arg=name
    )
    before = curve(page)
    page.locator("input[type=range]").nth(1).fill("900")
    page.wait_for_function(
        "old => document.querySelector('.plot path').getAttribute('d') !== old", arg=before
    )
    again = browser.new_page()
    again.goto(page.url)
    again.wait_for_function(
        "known => document.querySelector('output').textContent === known",
        arg=page.locator("output").text_content(),
    )
    assert curve(again) == curve(page)
    again.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("perceptron.inefficiency", {"P": -1.0}),
        ("perceptron.inefficiency", {"P": 5000.0, "N": 1000.0}),
        ("decay.consolidation_rate", {"p": 1.5}),
    ],
)
def test_a_bad_value_is_refused_in_the_words_of_the_formula(name, values, page):
    page.select_option("select[aria-label=formula]", name)
    for argument, value in values.items():
        page.get_by_label(f"{argument}, exactly").fill(f"{value:g}")
    page.wait_for_function("document.querySelector('[role=alert]').textContent")
    usual = {it: np.sqrt(np.prod(SYMBOLS[it].typical)) for it in FORMULAS[name].arguments}
    with pytest.raises(ValueError, match="must") as refused:
        FORMULAS[name].function(**usual | values)
    said = page.locator("[role=alert]").text_content()
    assert str(refused.value).startswith(said.partition(", got")[0])
    assert page.locator("output").text_content() == ""


@pytest.mark.browser
def test_a_curve_can_be_kept_beside_another(page):
    page.get_by_role("button", name="keep this curve").click()
    page.locator("input[type=range]").last.fill("900")
    page.wait_for_function("document.querySelectorAll('.plot path').length === 2")
    first, second = (path.get_attribute("d") for path in page.locator(".plot path").all())
    assert first != second


@pytest.mark.browser
def test_a_kept_curve_is_compared_with_another_formula(page, browser):
    """At the same values, as a link keeps it: the diffusion limit beside the corrected one."""
    page.select_option("select[aria-label=formula]", "decay.consolidation_rate")
    page.get_by_label("theta, exactly").fill("3")
    page.get_by_role("button", name="keep this curve").click()
    page.select_option("select[aria-label=formula]", "decay.corrected_rate")
    page.wait_for_function("document.querySelectorAll('.plot path').length === 2")
    assert page.get_by_label("theta, exactly").input_value() == "3"
    paths = [path.get_attribute("d") for path in page.locator(".plot path").all()]
    assert paths[0] != paths[1]
    assert {"decay.consolidation_rate", "decay.corrected_rate"} <= set(
        page.locator(".plot text").all_text_contents()
    )
    again = browser.new_page()
    again.goto(page.url)
    again.wait_for_function("document.querySelectorAll('.plot path').length === 2")
    assert [path.get_attribute("d") for path in again.locator(".plot path").all()] == paths
    again.close()


@pytest.mark.browser
def test_a_link_to_no_formula_shows_one(page, address):
    page.goto("about:blank")
    page.goto(f"{address}/#formula=constructor&kept=constructor&x=constructor")
    page.wait_for_selector(".plot path")


@pytest.mark.browser
def test_points_are_simulated_and_go_when_a_slider_moves(page):
    name = "perceptron.inefficiency_from_updates"
    page.evaluate(f"location.hash = '#formula={name}&x=alpha&K=99'")
    page.wait_for_function(
        "name => document.querySelector('output').textContent.includes(name)", arg=name
    )
    page.get_by_role("button", name="simulate points").click()
    page.wait_for_function("document.querySelectorAll('circle.simulated').length === 8")
    *lines, last = page.locator("pre.call").text_content().splitlines()
    known = {}
    exec("\n".join(lines), known)
    assert len(eval(last, known)) == 8
    page.get_by_label("K, exactly").fill("77")
    page.wait_for_function("document.querySelectorAll('circle.simulated').length === 0")
    page.get_by_label("K, exactly").fill("77.5")
    page.get_by_role("button", name="simulate points").click()
    page.wait_for_function("document.querySelector('.note').textContent.includes('8 of 8')")
    assert "K must be a whole number to be simulated" in page.locator(".note").text_content()


@pytest.mark.browser
def test_a_phone_needs_no_scrolling_sideways(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
