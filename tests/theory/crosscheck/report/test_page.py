"""The page of a check: well-formed, complete, found one's way in, and with every figure once."""

import base64
import html.parser
import re
import shutil
import subprocess

import pytest

from theory.crosscheck import CLAIMS, QUICK, Claim, Kind, Result, Verdict
from theory.crosscheck.legs.verdict import Finding, LegResult
from theory.crosscheck.report import page
from theory.crosscheck.report.terminal import Report
from theory.formula import FORMULAS

HOSTILE = "a < b & c > d </p><script>alert()</script> \"q\" 'r'"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><g id="axes_1"/></svg>'
VOID = {"meta", "input"}


class Page(html.parser.HTMLParser):
    """Every element is closed, in order, and ids are unique."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.words = [], [], []
        self.feed(text)
        self.close()
        assert not self.open
        self.text = "".join(self.words)
        self.ids = self.all("id")
        assert len(set(self.ids)) == len(self.ids)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] not in (["style"], ["script"]):
            self.words.append(data)

    def all(self, attribute, tag=""):
        return [
            attributes[attribute]
            for name, attributes in self.elements
            if attribute in attributes and tag in ("", name)
        ]


def result(name, verdict=Verdict.HOLDS, **details):
    finding = Finding(
        "what is compared", verdict, {"measured": "25(1)% high", "asked": "within 25%"}
    )
    claim = Claim(name, f"Statement of {name}.", "Nowhere", Kind.IDENTITY, **details)
    return Result(claim, (LegResult("simulation", (finding,), 0.1),))


def source_of(*results, pictures=None, wanted=None):
    report = Report(results, len(results) if wanted is None else wanted, QUICK, 0, 1.5)
    return page.to_html(report, pictures or {})


MISPRINT = result("LvR.wrong", Verdict.FAILS, expected=Verdict.FAILS, correction="SE.right")
MIXED = (
    result("LvR.good"),
    MISPRINT,
    result("SE.right"),
    result("SE.broken", Verdict.FAILS),
    result("CP.later", Verdict.SKIPPED),
    result("arithmetic.perceptron.energy", formulas=("perceptron.energy",)),
    result("REV.doubtful", Verdict.UNDECIDED),
)


def test_it_is_well_formed_complete_and_needs_nothing_else():
    odd = result(f"x.{HOSTILE}", remark=HOSTILE, correction=HOSTILE, figures=(HOSTILE,))
    plain = [
        result(claim.id, formulas=claim.formulas, remark=claim.remark, figures=claim.figures)
        for claim in CLAIMS[:20]
    ]
    source = source_of(*plain, odd, pictures={"LvR.1D": SVG, HOSTILE: SVG})
    assert source.startswith("<!doctype html>\n")
    found = Page(source)
    assert found.all("id", "section") == [item.claim.id for item in (*plain, odd)]
    assert [tag for tag, _ in found.elements].count("script") == 1
    for link in (*found.all("href"), *found.all("src")):
        assert link.startswith("data:image/svg+xml;base64,") or link[1:] in found.ids
    assert not re.search(r"@import|url\(|fetch|import\(", source)
    for item in (*plain, odd):
        claim = item.claim
        for part in (claim.id, claim.statement, claim.source, claim.remark, *claim.formulas):
            assert part in found.text
    assert "within 25%: 25(1)% high" in found.text


def test_every_formula_is_mathml_in_the_notation_of_the_papers():
    found = Page(source_of(*(result(f"x.{name}", formulas=(name,)) for name in FORMULAS)))
    assert [tag for tag, _ in found.elements].count("math") == len(FORMULAS)
    assert all(f"{name}({', '.join(FORMULAS[name].domain)})" in found.text for name in FORMULAS)
    assert "hyper" not in found.text
    assert "ⅇ" not in found.text
    (rate,) = re.findall(r"decay\.consolidation_rate\(.*?\) = (.*)", found.text)
    assert rate.replace("\u2062", "").endswith("₂F₂(1,1;32,2;θ2η2pτ)")


def test_what_is_not_as_expected_comes_first_and_is_said_at_once():
    source = source_of(*MIXED)
    found = Page(source)
    assert found.all("id", "section")[:2] == ["SE.broken", "REV.doubtful"]
    assert found.all("data-verdict", "section")[:3] == ["unexpected", "unexpected", "HOLDS"]
    (outcome,) = re.findall(r'<p class="outcome">(.*?)</p>', source)
    assert Page(outcome).text == "Not as expected: SE.broken REV.doubtful"
    assert "FAILS, not HOLDS" in found.text
    assert "UNDECIDED, not HOLDS" in found.text


@pytest.mark.parametrize(
    ("wanted", "words"),
    [(1, "Every claim has the verdict expected of it."), (2, "Interrupted; as expected so far.")],
)
def test_an_outcome_as_expected(wanted, words):
    text = Page(source_of(MISPRINT, wanted=wanted)).text
    assert words in text
    assert "Not as expected" not in text


def test_a_misprint_points_to_its_correction_where_that_is_on_the_page():
    assert 'FAILS → <a href="#SE.right">SE.right</a>' in source_of(*MIXED)
    assert "FAILS → SE.right</span>" in source_of(MISPRINT)


def test_counts_and_ticks():
    """Every claim is in one row and one column, whose ticks find it."""
    source = source_of(*MIXED)
    found = Page(source)
    ticks = {(item["name"], item["value"]) for tag, item in found.elements if "value" in item}
    sections = [item for tag, item in found.elements if tag == "section"]
    assert ticks == {
        *(("source", item["data-source"]) for item in sections),
        *(("verdict", item["data-verdict"]) for item in sections),
    }
    assert found.all("data-source", "section") == [
        name.partition(".")[0] for name in found.all("id", "section")
    ]
    rows = re.findall(r"<tr>.*?</tr>", source, re.DOTALL)
    cells = [[cell.strip() for cell in re.findall(r"<t[hd].*?>(.*?)</t", row)] for row in rows]
    words = [[Page(cell).text.strip() for cell in row] for row in cells]
    assert words == [
        ["", "not as expected", "HOLDS", "FAILS", "SKIPPED"],
        ["Li & van Rossum (2020)", "–", "1", "1", "–"],
        ["van Rossum (2023)", "–", "–", "–", "1"],
        ["Pache & van Rossum (2023)", "1", "–", "–", "–"],
        ["this package", "1", "1", "–", "–"],
        ["arithmetic of each formula", "–", "1", "–", "–"],
    ]


def test_every_claim_is_in_the_contents():
    source = source_of(*MIXED)
    (contents,) = re.findall(r"<nav>(.*?)</nav>", source, re.DOTALL)
    assert sorted(Page(contents).all("href")) == sorted(f"#{item.claim.id}" for item in MIXED)


def test_a_figure_is_in_the_page_once_and_shown_with_all_its_claims():
    other = SVG.replace(b"40", b"50")
    results = (
        result("x.first", figures=("F.1",)),
        result("x.none"),
        result("x.second", figures=("F.1", "F.2", "F.3")),
    )
    pictures = {"F.1": SVG, "F.2": other, "F.unused": b"<svg/>"}
    source = source_of(*results, pictures=pictures)
    found = Page(source)
    assert "".join(found.all("href", "image")).count("data:") == 2
    for name, content in (("F.1", SVG), ("F.2", other)):
        (link,) = (item["href"] for _, item in found.elements if item.get("id") == f"figure-{name}")
        assert base64.b64decode(link.partition("base64,")[2]) == content
    assert b"axes_1" in SVG
    assert "axes_1" not in source
    sections = dict(re.findall(r'<section id="(.*?)"(.*?)</section>', source, re.DOTALL))
    uses = {name: re.findall(r'<use href="#figure-(.*?)"', text) for name, text in sections.items()}
    assert uses == {"x.first": ["F.1"], "x.none": [], "x.second": ["F.1", "F.2"]}
    assert "<details open><summary>Figure F.1" in sections["x.first"]
    assert "<details><summary>Figure F.1" in sections["x.second"]
    assert "<details open><summary>Figure F.2" in sections["x.second"]
    assert 'viewBox="0 0 50 30"' in sections["x.second"]
    assert "Figure F.3, which <code>synaptic-energy figure</code> draws" in sections["x.second"]


@pytest.mark.parametrize(
    "picture", [b"", b"PNG", b"<svg/>", b'<svg viewBox="0 0 1"/>', b'<svg viewBox="0 0 1 inches"/>']
)
def test_what_is_no_picture_is_refused(picture):
    with pytest.raises(ValueError, match="picture must be an SVG image with a viewBox"):
        source_of(result("x", figures=("F.1",)), pictures={"F.1": picture})


# --- in a browser ---------------------------------------------------------------------------------

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
LOOK = """
const shown = () => [...document.querySelectorAll("section:not([hidden])")].map((one) => one.id)
  .join(" ") + " | " + document.querySelectorAll("nav a:not([hidden])").length
  + " | " + form.querySelector("output").value;
const type = (words) => {
  form.words.value = words;
  form.words.dispatchEvent(new Event("input", { bubbles: true }));
};
const tick = (value) => form.querySelector(`[value="${value}"]`).click();
const found = [shown()];
tick("FAILS"); found.push(shown());
tick("unexpected"); found.push(shown());
tick("SE"); found.push(shown());
form.querySelector("button").click();
setTimeout(() => {
  found.push(shown());
  type("  RIGHT statement"); found.push(shown());
  location.hash = "#LvR.good";
  setTimeout(() => {
    found.push(shown());
    document.body.innerHTML = "<pre>" + found.join("\\n") + "</pre>";
  }, 500);
}, 100);
"""


@pytest.mark.skipif(BROWSER is None, reason="there is no browser")
def test_the_filter(tmp_path):
    """Ticks of a column or row are alternatives; a link to what is hidden shows all again."""
    file = tmp_path / "page.html"
    source = source_of(*MIXED)
    file.write_text(source.replace("</script>", f"{LOOK}</script>"), encoding="utf-8")
    options = ("--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom")
    command = (BROWSER, "--headless", *options, f"--user-data-dir={tmp_path / 'profile'}")
    shown = subprocess.run(
        (*command, file.as_uri()), capture_output=True, text=True, check=True, timeout=120
    ).stdout
    everything = (
        "SE.broken REV.doubtful LvR.good LvR.wrong SE.right CP.later arithmetic.perceptron.energy"
        " | 7 | 7 of 7 claims"
    )
    assert re.search(r"<pre>(.*?)</pre>", shown, re.DOTALL)[1].splitlines() == [
        everything,
        "LvR.wrong | 1 | 1 of 7 claims",
        "SE.broken REV.doubtful LvR.wrong | 3 | 3 of 7 claims",
        "SE.broken | 1 | 1 of 7 claims",
        everything,
        "LvR.wrong SE.right | 2 | 2 of 7 claims",
        everything,
    ]
