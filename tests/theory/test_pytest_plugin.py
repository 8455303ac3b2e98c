"""Claims as tests: by name, with pytest's own options, and with failures that can be read.

pytest runs in this process, and forgets what it has imported: what is heavy is imported here.
"""

from pathlib import Path

import pytest

from tests.theory.crosscheck.authors import CHAPTER, forgotten, written
from theory.crosscheck import loading, run  # noqa: F401
from theory.crosscheck.report import failure  # noqa: F401

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]

ENERGY, TWO, ARITHMETIC = (
    f"{CHAPTER}::{name}"
    for name in ("MINE.energy", "MINE.two-states", "arithmetic.three_state.energy_rate")
)
WRONG = {"formulas": {"return 2 *": "return 2.1 *"}}


@pytest.fixture
def judged(pytester, monkeypatch):
    """Run pytest with the plugin, and no others, in the repository of an author."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run_there(*arguments, **spoilt):
        written(pytester.path, **spoilt)
        (pytester.path / "tests").mkdir(exist_ok=True)
        (pytester.path / "tests" / "test_other.py").write_text("def test_other(): pass\n")
        with forgotten(pytester.path):
            return pytester.runpytest_inprocess("-p", "theory.pytest_plugin", *arguments)

    return run_there


def test_every_claim_is_a_test_that_passes_as_expected(judged):
    result = judged("-v")
    result.assert_outcomes(passed=4)
    for name in (ENERGY, TWO, ARITHMETIC):
        result.stdout.fnmatch_lines([f"{name} PASSED*"])


@pytest.mark.parametrize(
    ("arguments", "collected"),
    [
        ((), [ENERGY, TWO, ARITHMETIC, "tests/test_other.py::test_other"]),
        ((".",), [ENERGY, TWO, ARITHMETIC, "tests/test_other.py::test_other"]),
        (("tests",), ["tests/test_other.py::test_other"]),
        ((CHAPTER,), [ENERGY, TWO, ARITHMETIC]),
        ((TWO, "tests"), [TWO, "tests/test_other.py::test_other"]),
        (("-k", "two-states"), [TWO]),
        (("-k", "three_state.energy_rate"), [ENERGY, ARITHMETIC]),
        (("-m", "claim"), [ENERGY, TWO, ARITHMETIC]),
        (("-m", "not claim"), ["tests/test_other.py::test_other"]),
        (("--deselect", TWO, CHAPTER), [ENERGY, ARITHMETIC]),
    ],
)
def test_claims_are_chosen_as_tests_are(arguments, collected, judged):
    result = judged("--collect-only", "-q", "--strict-markers", *arguments)
    found = [line for line in result.outlines if "::" in line]
    assert sorted(found) == sorted(collected)


def test_a_failure_says_what_was_expected_measured_and_rejected(judged):
    result = judged(CHAPTER, **WRONG)
    result.assert_outcomes(failed=1, passed=2)
    result.stdout.fnmatch_lines(
        [
            "*MINE.energy, of three_state.chapter*",
            "MINE.energy: FAILS, expected HOLDS",
            "A synapse with three states costs 2 r f (r + f) / (r² + r f + f²).",
            "This paper, Eq. 1",
            "three_state.energy_rate(rise, fall)",
            "symbolic:",
            "  FAILS: the energy in balance",
            "    counterexample *",
            "simulation:",
            "  FAILS: changes per presentation, rise = 0.2, fall = 0.3",
            "    predicted        0.3316",
            "    measured         *% low",
            "    expected         exactly",
            "    replicas         *",
            f"synaptic-energy show MINE.energy --claims {CHAPTER} --quick",
            f"FAILED {ENERGY}*",
        ],
        consecutive=False,
    )
    assert "Error" not in result.stdout.str()
    again = judged("--lf", **WRONG)
    again.assert_outcomes(failed=1, deselected=3)


def test_a_misprint_that_holds_is_a_failure_and_x_stops_there(judged):
    result = judged("-x", CHAPTER, claims={"Verdict.FAILS": "Verdict.HOLDS"})
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["MINE.two-states: FAILS, expected HOLDS"])


def test_effort_and_seed_are_options(judged):
    result = judged("--claims-effort", "default", "--claims-seed", "7", ENERGY, **WRONG)
    result.stdout.fnmatch_lines(
        ["    seed             7", f"synaptic-energy show MINE.energy --claims {CHAPTER}"]
    )
    assert judged("--claims-effort", "none").ret == pytest.ExitCode.USAGE_ERROR


def test_workers_of_xdist_judge_the_same(judged):
    result = judged("-p", "xdist", "-n1", TWO, ARITHMETIC)
    result.assert_outcomes(passed=2)


def test_what_is_not_simulated_is_skipped(judged):
    slow = {"predicted=lambda _: formula(rise, fall),": "predicted=lambda _: 1, slow=True,"}
    result = judged("-rs", TWO, claims=slow)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*neither simulated at this effort nor in the ledger*"])


@pytest.mark.parametrize(
    ("arguments", "spoilt", "said"),
    [
        ((), {"chapter": {"import claims": "import clams"}}, "three_state.chapter cannot be imp*"),
        ((f"{CHAPTER}::MINE.no",), {}, "three_state.chapter has no claim 'MINE.no'"),
        (
            (),
            {"pyproject": {'= ["three_state.chapter"]': '= ["three_state.chapter", "nowhere"]'}},
            "no chapter 'nowhere': *",
        ),
        ((), {"claims": {"MINE.two-states": "MINE.energy"}}, "two claims are called MINE.energy*"),
    ],
)
def test_a_chapter_that_cannot_be_used_is_an_error_of_collection(arguments, spoilt, said, judged):
    if "pyproject" in spoilt:
        spoilt = {"pyproject.toml": spoilt["pyproject"]}
    result = judged(*arguments, **spoilt)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([said])
    assert "Traceback" not in result.stdout.str()


def test_without_chapters_nothing_is_loaded(pytester, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(
        test_light="""
        import sys

        def test_light():
            assert not {"theory.crosscheck", "sympy", "numpy"} & set(sys.modules)
        """
    )
    result = pytester.runpytest_subprocess("-p", "theory.pytest_plugin")
    result.assert_outcomes(passed=1)
