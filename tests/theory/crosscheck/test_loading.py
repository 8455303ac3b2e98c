"""Chapters of other authors: found, judged, and refused in a sentence that names the place."""

import re
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from tests.theory.crosscheck.authors import CHAPTER, forget, forgotten, written
from theory.crosscheck import QUICK, ChapterError, Verdict, check, ledger, loading, select
from theory.crosscheck.loading import load
from theory.crosscheck.references import cited
from theory.formula import FORMULAS

IDS = ["MINE.energy", "MINE.two-states", "arithmetic.three_state.energy_rate"]
FORMULAS_FILE = "three_state/formulas.py"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, of which nothing is remembered."""
    monkeypatch.chdir(tmp_path)
    with forgotten(tmp_path):
        yield tmp_path


def ids(index):
    return [claim.id for claim in index.claims]


@pytest.mark.parametrize("name", [CHAPTER, "three_state/chapter.py", "my-chapter"])
def test_a_chapter_is_a_module_a_file_or_an_entry_point(name, here, monkeypatch):
    known = EntryPoints([EntryPoint("my-chapter", CHAPTER, loading.ENTRY_POINTS)])
    monkeypatch.setattr(loading, "entry_points", known.select)
    index = load([name], written(here))
    assert ids(index) == IDS
    assert list(index.figures) == ["MINE.1"]
    assert cited("This paper", index.references)[0].names[0] == "This paper"


def test_claims_alone_are_a_chapter(here):
    assert ids(load(["three_state.claims"], written(here))) == IDS


def test_it_is_judged(here):
    index = load([CHAPTER], written(here))
    found = {it.claim.id: it for it in check(effort=QUICK, index=index)}
    assert [found[name].verdict for name in IDS] == [Verdict.HOLDS, Verdict.FAILS, Verdict.HOLDS]
    assert all(result.as_expected for result in found.values())


def test_several_chapters_are_side_by_side(here):
    names = [CHAPTER, "theory.crosscheck.chapters", CHAPTER]
    index = load(names, written(here))
    assert ids(index)[:3] == IDS
    assert [claim.id for claim in select(["LvR.eq3"], index)] == ["LvR.eq3"]
    assert len(index.chapters) == 12
    assert index.ledger


def test_a_formula_has_one_name_wherever_it_is(here):
    again = {
        "formulas": {'"This paper, Eq. 1",\n': '"This paper, Eq. 1",\n    name="mine.energy",\n'}
    }
    named = {'"three_state.energy_rate"': '"mine.energy"'}
    index = load([CHAPTER], written(here, **again, claims=named, chapter=named))
    assert "arithmetic.mine.energy" in ids(index)


def test_the_digest_is_of_what_an_author_imports_of_her_own(here):
    """Of a module beside, too, but not of what is installed."""
    helper = "from three_state import helper\n\n\ndef rate"
    folder = written(here, experiments={"\n\ndef rate": helper})
    (folder / "three_state" / "helper.py").write_text("ONE = 1\n")
    experiment = load([CHAPTER], folder).claims[0].simulation[0].experiment
    before = ledger.digest(experiment)
    forget(folder)
    (folder / "three_state" / "helper.py").write_text("ONE = 1.0\n")
    changed = load([CHAPTER], folder).claims[0].simulation[0].experiment
    assert ledger.digest(changed) != before


# --- refused --------------------------------------------------------------------------------------

CLAIM = 'id="MINE.energy"'
SPOILT = {
    "a module that is not there": (
        {"chapter": {"import claims": "import clams"}},
        r"cannot be imported: ImportError: cannot import name 'clams'.*, at .*chapter.py:5",
    ),
    "what raises": (
        {"formulas": {"@formula(": "1 / 0\n\n\n@formula("}},
        rf"cannot be imported: ZeroDivisionError: division by zero, at {FORMULAS_FILE}:\d+",
    ),
    "an argument that is missing": (
        {"claims": {"changes(rise, fall)": "changes(rise)"}},
        r"TypeError: missing a required argument: 'fall', at three_state/claims.py:\d+",
    ),
    "no Python": (
        {"formulas": {"return 2 *": "return 2 **** 3 *"}},
        rf"cannot be imported: SyntaxError: invalid syntax.*, at {FORMULAS_FILE}:20",
    ),
    "an argument without a symbol": (
        {"formulas": {"def energy_rate(rise, fall)": "def energy_rate(rise, fell)"}},
        rf"TypeError: energy_rate: fell must be a symbol.*, at {FORMULAS_FILE}:\d+",
    ),
    "a formula of NumPy": (
        {"formulas": {"return 2 *": "import numpy as np\n    return np.exp(rise) *"}},
        rf"energy_rate at {FORMULAS_FILE}:\d+ cannot be evaluated .*theory\.formula\.arithmetic",
    ),
    "one id": (
        {"claims": {'"MINE.two-states"': '"MINE.energy"'}},
        r"two claims are called MINE.energy, at three_state/claims.py:\d+ and three_state/claims",
    ),
    "an id that would be a path": (
        {"claims": {CLAIM: 'id="../energy"'}, "figures": {}},
        r"the id of a claim has letters, digits and \._\+- only, got '../energy' at three_state/cl",
    ),
    "a figure's id with markup": (
        {"figures": {'"MINE.1"': '"<b>"'}},
        r"the id of a figure has letters, digits and \._\+- only, got '<b>' at chapter three_state",
    ),
    "no legs": (
        {
            "claims": {
                "        symbolic=(": "        symbolic=() and (",
                "simulation=(simulated(0.2, 0.3, e": "simulation=() and (simulated(0.2, 0.3, e",
            }
        },
        r"MINE.energy at three_state/claims.py:\d+ has nothing to be judged by",
    ),
    "an unknown formula": (
        {"claims": {'"three_state.energy_rate"': '"three_state.energy"'}},
        r"MINE.energy at .*:\d+ names no formula: 'three_state.energy'; did you mean 'three",
    ),
    "a claim without a tuple": (
        {"claims": {"CLAIMS = (\n": "CLAIMS = (0,\n"}},
        r"CLAIMS of three_state.chapter at three_state/chapter.py must be a tuple of Claim, got 0",
    ),
    "no chapter": (
        {"chapter": {"CHAPTER =": "CHAPTER_ ="}},
        r"at three_state/chapter.py is no chapter: it has neither CHAPTER nor CLAIMS",
    ),
    "a correction of nothing": (
        {"claims": {'correction="MINE.energy"': 'correction="MINE.nothing"'}},
        r"MINE.two-states at three_state/claims.py:\d+ names no claim: 'MINE.nothing'",
    ),
    "a tuple without a comma": (
        {"claims": {'energy_rate",)': 'energy_rate")'}},
        r"formulas of MINE.energy must be a tuple: is a comma missing\?, at three_state/claims.py",
    ),
    "a tolerance that is not quoted": (
        {"claims": {"observed=": 'words="roughly", observed='}},
        r"MINE.energy at three_state/claims.py:\d+ quotes 'roughly', which its statement does not",
    ),
    "two simulations of one name": (
        {"claims": {"rise = {rise}, fall = {fall}": "somewhere"}},
        r"MINE.energy at three_state/claims.py:\d+ has two simulations of 'changes per",
    ),
    "two experiments of one name": (
        {
            "experiments": {
                "replicas=32": 'replicas=32, name="x.changes"',
                "replicas=8": 'replicas=8, name="x.changes"',
            }
        },
        r"two experiments are called x.changes, at .*experiments.py:.* and .*experiments.py",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_cannot_be_used_is_refused_with_its_place(what, here):
    spoilt, said = SPOILT[what]
    written(here, **spoilt)
    with pytest.raises(ChapterError) as caught:
        load([CHAPTER])
    assert re.search(said, str(caught.value)), str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere.chapter", "no chapter 'nowhere.chapter': no module 'nowhere' is installed or in"),
        ("nowhere.py", "no file nowhere.py"),
        (
            "three_state",
            r"it has neither CHAPTER nor CLAIMS; did you mean 'three_state\.chapter'\?",
        ),
        ("theory.caching", "theory.caching at .* is no chapter: it has neither CHAPTER nor CLAIMS"),
        ("numpy.py", r"numpy.py would be imported as numpy, but that is .*numpy.__init__.py"),
    ],
)
def test_what_is_no_chapter_is_refused(name, said, here):
    written(here)
    (here / "numpy.py").write_text("CLAIMS = ()\n")
    with pytest.raises(ChapterError, match=said):
        load([name])


def test_a_formula_of_a_name_that_is_taken_is_refused(here):
    spoilt = {"formulas": {'"This paper, Eq. 1",\n': '"x",\n    name="perceptron.energy",\n'}}
    written(here, **spoilt)
    with pytest.raises(
        ChapterError, match=r"two formulas are called perceptron.energy, at .*theory"
    ):
        load([CHAPTER])
    assert FORMULAS["perceptron.energy"].function.__module__ == "theory.perceptron"


def test_a_spoilt_ledger_is_named(here):
    written(here)
    (here / "three_state" / "ledger.csv").write_text("claim,statement\na,b\n")
    with pytest.raises(ChapterError, match=r"ledger\.csv: line 2 of the ledger has no 'value'"):
        load([CHAPTER])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ledger.csv", b"claim\n\xff", "ledger.csv: 'utf-8' codec can't decode"),
        ("ledger.csv", b"x" * 200_000, "ledger.csv: field larger than field limit"),
        (
            "sentences.csv",
            b"id,quotation,place,unjudged\nMINE.x,\x1b[2J,p,\n",
            r"is no text, in three_state",
        ),
        ("sentences.csv", b"\xff", "sentences.csv is no text in UTF-8: "),
        ("sentences.csv", b"x" * 200_000, "unjudged, at three_state/sentences.csv"),
        ("references.bib", b"\xff", "references.bib is no text in UTF-8: "),
        ("references.bib", b"@a{x,\n@a{x,\n", "two works are called x"),
    ],
)
def test_data_beside_a_chapter_that_cannot_be_read_are_named(here, name, content, said):
    written(here)
    (here / "three_state" / name).write_bytes(content)
    with pytest.raises(ChapterError, match=re.escape(said)):
        load([CHAPTER])


# --- undecided ------------------------------------------------------------------------------------

RUN = "state, count = np.zeros(synapses, dtype=int), 0"
WRONG = {
    "raises": (
        {"experiments": {RUN: f"{RUN}\n    1 / 0"}},
        r"three_state.changes\(.*\) raises ZeroDivisionError: .*, at three_state/experiments.py:10",
    ),
    "nan": (
        {"experiments": {"return count": "return np.nan * count"}},
        r"not a number in replica 0 of three_state.changes\(.*\), at three_state/experiments.py:19",
    ),
    "not reproducible": (
        {"experiments": {"rng.random(synapses)": "rng.random(synapses) * np.random.random()"}},
        r"changes\(.*\), at three_state/experiments.py:19, is not reproducible",
    ),
    "its own generator": (
        {"experiments": {"rng.random(synapses)": "np.random.default_rng(1).random(synapses)"}},
        r"changes\(.*\), at three_state/experiments.py:19, draws nothing from its generator",
    ),
    "a record for each": (
        {
            "experiments": {
                "replicas=32": "replicas=32, together=True",
                "return rate": "return [] and rate",
            }
        },
        r"must give a record for each of 8 generators, gave 0",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_simulation_that_cannot_be_trusted_decides_nothing(what, here):
    spoilt, said = WRONG[what]
    index = load([CHAPTER], written(here, **spoilt))
    (result,) = check(select(["MINE.energy"], index), QUICK, index=index)
    assert result.verdict is Verdict.UNDECIDED
    error = result.legs[-1].findings[0].figures["error"]
    assert re.search(said, error), error


def test_a_formula_that_no_claim_is_about_is_not_judged_by_its_arithmetic(here):
    spoilt = {"claims": {'        formulas=("three_state.energy_rate",),\n': ""}}
    index = load([CHAPTER], written(here, **spoilt))
    (result,) = check(select(["arithmetic.*"], index), QUICK, index=index)
    assert result.verdict is Verdict.UNDECIDED
    why = "no claim is about three_state.energy_rate, at three_state/formulas.py:12"
    assert result.legs[0].findings[0].figures["why"] == why


def test_what_cannot_be_sent_to_another_process_says_so_and_the_rest_is_judged_there(here):
    lock = "import threading\n\nLOCK = threading.Lock()\n\nCLAIMS"
    spoilt = {"claims": {"\nCLAIMS": lock, "lambda: energy_rate(": "lambda: LOCK and energy_rate("}}
    index = load([CHAPTER], written(here, **spoilt))
    found = {it.claim.id: it for it in check(effort=QUICK, index=index, jobs=2)}
    symbolic, simulation = found["MINE.energy"].legs
    error = symbolic.findings[0].figures["error"]
    assert error.startswith("MINE.energy cannot be sent to another process: ")
    assert "lock" in error
    assert simulation.verdict is Verdict.HOLDS
    assert [found[name].verdict for name in IDS[1:]] == [Verdict.FAILS, Verdict.HOLDS]
