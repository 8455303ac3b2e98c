"""The command eval: values, digits, sweeps and one-line errors."""

import csv
import io
import json
import math
import re

import click
import mpmath
import pytest

from tests.theory.cli.commands import INEFFICIENCY, answer, misuse
from theory import cli, perceptron
from theory.formula import CALLS, FORMULAS


def test_eval_prints_the_double_that_the_formula_gives():
    assert answer(*INEFFICIENCY, "P=1900", "N=1000") == "772.5947218186652\n"
    assert answer(*INEFFICIENCY, "N=1e3", "P=1.9e3") == "772.5947218186652\n"
    printed = answer("eval", "caching.total_energy", "theta=6", "K=2000", "T=3e4", "N=9", "c=.001")
    assert float(printed) == FORMULAS["caching.total_energy"].function(6, 2000, 3e4, 9, 0.001)


def test_eval_options_and_truth_values():
    run = ("K=2000", "T=30000", "c=0.001")
    assert answer("eval", "lattice.optimal_steps", *run, "integer=True") == "14.0\n"
    assert float(answer("eval", "lattice.optimal_steps", *run, "integer=False")) < 14
    assert answer("eval", "lattice.caching_pays", "n=2", "b=0.6") == "True\n"
    assert answer("eval", "lattice.caching_pays", "n=2", "b=0.7", "--digits", "30") == "False\n"


@pytest.mark.parametrize("digits", [1, 2, 5, 15, 16, 50, 200, 2000])
@pytest.mark.parametrize(("P", "N"), [("1900", "1000"), ("1999", "1000"), ("0.1", "1e30")])
def test_eval_digits_are_all_right(digits, P, N):
    printed = answer(*INEFFICIENCY, f"P={P}", f"N={N}", "--digits", str(digits)).strip()
    with mpmath.workdps(digits + 30):
        exact = perceptron.inefficiency(mpmath.mpf(P), mpmath.mpf(N))
        assert printed == mpmath.nstr(exact, digits)


def test_eval_digits_reads_decimals_and_fractions_exactly():
    with mpmath.workdps(80):
        exact = mpmath.nstr(perceptron.updates(mpmath.mpf("0.1"), 1), 50)
        third = mpmath.nstr(perceptron.updates(mpmath.mpf(1) / 3, 1), 50)
    assert answer("eval", "perceptron.updates", "P=0.1", "N=1", "--digits", "50").strip() == exact
    assert answer("eval", "perceptron.updates", "P=1/3", "N=1", "--digits", "50").strip() == third


def test_eval_leaves_the_precision_alone():
    before = mpmath.mp.prec
    answer(*INEFFICIENCY, "P=1", "N=1", "--digits", "50")
    misuse(*INEFFICIENCY, "P=3", "N=1", "--digits", "50")
    assert mpmath.mp.prec == before


def table(text):
    header, *rows = csv.reader(io.StringIO(text))
    return header, rows


def test_eval_sweep_as_csv():
    header, rows = table(answer(*INEFFICIENCY, "N=1000", "--sweep", "P=100:1900:19", "--csv"))
    assert header == ["P", "perceptron.inefficiency"]
    assert [float(P) for P, _ in rows] == [100.0 * i for i in range(1, 20)]
    for P, value in rows:
        assert float(value) == perceptron.inefficiency(float(P), 1000)


def test_eval_two_sweeps_make_a_grid():
    sweeps = ("--sweep", "N=1000:3000:3", "--sweep", "P=100:1900:2")
    header, rows = table(answer(*INEFFICIENCY, *sweeps, "--csv"))
    assert header == ["N", "P", "perceptron.inefficiency"]
    points = [(float(N), float(P)) for N, P, _ in rows]
    assert points == [(N, P) for N in (1000, 2000, 3000) for P in (100, 1900)]
    for (N, P), (*_, value) in zip(points, rows, strict=True):
        assert float(value) == perceptron.inefficiency(P, N)
    # The same numbers for people.
    printed = answer(*INEFFICIENCY, *sweeps)
    for row in rows:
        shown = [re.escape(f"{float(number):.12g}") for number in row]
        assert re.search(r"\b\D+".join(shown), printed)


def test_eval_sweep_with_digits():
    sweep = ("--sweep", "P=0.1:0.3:3", "N=1", "--digits", "40", "--csv")
    _, rows = table(answer(*INEFFICIENCY, *sweep))
    assert [P for P, _ in rows] == ["0.1", "0.2", "0.3"]
    with mpmath.workdps(60):
        for P, value in rows:
            assert value == mpmath.nstr(perceptron.inefficiency(mpmath.mpf(P), 1), 40)


@pytest.mark.parametrize("digits", [(), ("--digits", "20")])
def test_eval_sweep_of_a_list_logarithmic_and_downwards(digits):
    _, rows = table(answer(*INEFFICIENCY, "N=9", "--sweep", "P=1", "--csv", *digits))
    assert [float(P) for P, _ in rows] == [1]
    _, rows = table(answer(*INEFFICIENCY, "N=9", "--sweep", "P=1e-2,3,2.5", "--csv", *digits))
    assert [float(P) for P, _ in rows] == [0.01, 3, 2.5]
    _, rows = table(answer(*INEFFICIENCY, "N=9", "--sweep", "P=.01:1:3:log", "--csv", *digits))
    assert [float(P) for P, _ in rows] == [0.01, 0.1, 1]
    _, rows = table(answer(*INEFFICIENCY, "N=9", "--sweep", "P=2:1:2", "--csv", *digits))
    assert [float(P) for P, _ in rows] == [2, 1]


def test_eval_csv_of_a_single_value():
    header, rows = table(answer(*INEFFICIENCY, "P=1900", "N=1000", "--csv"))
    assert header == ["perceptron.inefficiency"]
    assert rows == [["772.5947218186652"]]


@pytest.mark.parametrize("name", FORMULAS)
def test_eval_takes_every_formula(name):
    domains = FORMULAS[name].domain.items()
    point = {
        argument: next(value for value in (1, 2, 200) if domain.contains(value))
        for argument, domain in domains
    }
    given = [f"{argument}={value}" for argument, value in point.items()]
    expected = FORMULAS[name].function(**point)
    assert answer("eval", name, *given) == f"{expected!r}\n"


@pytest.mark.parametrize("digits", [(), ("--digits", "30")])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["P=1900"], r"perceptron\.inefficiency also needs N"),
        ([], r"perceptron\.inefficiency also needs P, N"),
        (["P=1", "N=1", "Q=2"], r"perceptron\.inefficiency has no argument 'Q'; there are P, N"),
        (["P=1", "N=1", "=2"], r"perceptron\.inefficiency has no argument ''; there are P, N"),
        (["p=1", "N=1"], r"perceptron\.inefficiency has no argument 'p'; did you mean 'P'\?"),
        (["P", "N=1"], r"perceptron\.inefficiency takes P, N as NAME=VALUE, got 'P'"),
        (["P=many", "N=1"], r"P must be a number, got 'many'"),
        (["P=", "N=1"], r"P must be a number, got ''"),
        (["P=1e", "N=1"], r"P must be a number, got '1e'"),
        (["P=1/0", "N=1"], r"P must be a number, got '1/0'"),
        (["P=1+1j", "N=1"], r"P must be a number, got '1\+1j'"),
        (["P=1", "P=2", "N=9"], r"P is given twice"),
        (["P=nan", "N=1"], r"perceptron\.inefficiency: P must be a finite number > 0, got nan"),
        (["P=1", "N=inf"], r"perceptron\.inefficiency: N must be a finite number > 0, got \+?inf"),
        (["P=-1", "N=1"], r"perceptron\.inefficiency: P must be a finite number > 0, got -1\.0"),
        (["P=5", "N=1"], r"perceptron\.inefficiency: P < 2\*N must hold, got P = 5\.0, N = 1\.0"),
        (["N=1", "--sweep", "P=1:3:3"], r".*: P < 2\*N must hold, got P = 2\.0, N = 1\.0"),
        (["N=1", "--sweep", "P=1:2"], r"a sweep is .* NAME=START:STOP:COUNT.*, got 'P=1:2'"),
        (["N=1", "--sweep", "P=1:2:3:4"], r"a sweep is .*, got 'P=1:2:3:4'"),
        (["N=1", "--sweep", "P=1:2:0"], r"a sweep is .* a COUNT from 2 .*, got 'P=1:2:0'"),
        (["N=1", "--sweep", "P=1:2:-3"], r"a sweep is .*, got 'P=1:2:-3'"),
        (["N=1", "--sweep", "P=1:2:2.5"], r"a sweep is .*, got 'P=1:2:2\.5'"),
        (["N=1", "--sweep", "P=a:2:3"], r"P must be a number, got 'a'"),
        (["N=1", "--sweep", "P=1,,2"], r"P must be a number, got ''"),
        (["N=1", "--sweep", "P=0:1:3:log"], r"the ends of a logarithmic sweep are > 0, got 'P=.*"),
        (["N=1", "--sweep", "Q=1:2:3"], r".* has no argument 'Q'; there are P, N"),
        (["N=1", "P=1", "--sweep", "P=1:2:3"], r"P is both given and swept"),
        (["N=9", "--sweep", "P=1:2:3", "--sweep", "P=1:2:3"], r"P is given twice"),
    ],
)
def test_eval_answers_misuse_in_one_line(arguments, message, digits):
    assert re.fullmatch(message, misuse(*INEFFICIENCY, *arguments, *digits))


def test_eval_misuse_of_options():
    run = ("eval", "lattice.optimal_steps", "K=1", "T=1", "c=1")
    assert misuse(*run, "integer=yes") == "integer must be True or False, got 'yes'"
    assert "integer" in misuse(*run, "--sweep", "integer=0:1:2")


def test_eval_suggests_the_formula_that_was_meant():
    line = misuse("eval", "perceptron.ineficiency", "P=1")
    assert line == ("no formula 'perceptron.ineficiency'; did you mean 'perceptron.inefficiency'?")
    line = misuse("eval", "zzzz")
    assert line.startswith("no formula 'zzzz'; 'synaptic-energy list' shows all claims, 'eval -")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("LvR.fig2C", "LvR.fig2C is a claim about caching.inefficiency, no formula"),
        ("lvr.eq1", "LvR.eq1 is a claim, no formula"),
        (
            "learning.curve",
            "learning.curve is no formula; in Python it is 'from theory.learning import curve'",
        ),
        ("decay.Any", "no formula 'decay.Any'; did you mean 'decay.density'?"),
    ],
)
def test_eval_says_what_else_has_the_name(name, message):
    assert misuse("eval", name, "P=1") == message


def test_eval_help_on_one_formula():
    printed = answer("eval", "caching.optimal_energy", "--help")
    assert printed.startswith("Usage: synaptic-energy eval [OPTIONS] caching.optimal_energy K=...")
    assert "2⋅√3⋅√K⋅N⋅η" in printed
    said = " ".join(printed.split())
    assert "T Presentations until all patterns are right; a finite number >= 0." in said
    assert "eta Step size of an update, in units of weight; a finite number > 0; 1 if left" in said
    assert "perceptron" not in printed
    assert "Result: Energy in units of weight. Options:" in said
    assert "local or any or total; local if left out." in answer("eval", "triggers.optimum", "-h")


def test_eval_help_says_what_must_hold_between_arguments():
    said = " ".join(answer("eval", "learning.updates", "--help").split())
    assert "N Synapses; a finite number >= 115. 4*P < 7*N must hold. Result:" in said
    assert "must hold" not in answer("eval", "caching.optimal_energy", "--help")


def test_eval_help_says_when_a_result_is_infinite():
    said = " ".join(answer("eval", "decay.optimal_threshold", "--help").split())
    assert "Result: In units of weight; inf if c tau <= 1, as it is best then never to" in said
    assert "threshold_ratio: The optimal threshold over the one without decay, at kappa = c" in said
    run = ("eval", "decay.optimal_threshold", "p=0.1", "c=0.001")
    assert answer(*run, "tau=1000") == "inf\n"
    assert float(answer(*run, "tau=1001")) < math.inf


def test_eval_help_has_all_results_of_an_algorithm():
    said = " ".join(answer("eval", "decay.steady_state", "--help").split())
    assert "Result: In units of weight and presentations, with an estimate of the error." in said
    assert "mean_consolidated Amount per consolidation, above theta by the overshoot." in said


def test_the_shell_completes_formulas():
    context = click.Context(cli.main.commands["eval"])
    (name, *_) = context.command.params
    found = [it.value for it in name.shell_complete(context, "caching.opt")]
    assert found == ["caching.optimal_threshold", "caching.optimal_energy"]


def test_eval_help_has_all_calls_and_what_they_are():
    lines = answer("eval", "--help").splitlines()
    assert max(map(len, lines)) <= 80
    printed = " ".join(" ".join(lines).split())
    for name, known in CALLS.items():
        (meaning, *_) = known.function.__doc__.split("\n\n")
        assert f" {known.call.removeprefix(name.partition('.')[0] + '.')} {meaning}" in printed


def test_json_has_all_arguments_and_the_result():
    printed = answer("eval", "perceptron.updates", "N=1000", "--sweep", "P=100:200:2", "--json")
    first, second = json.loads(printed)
    assert list(first) == ["N", "P", "perceptron.updates"]
    assert (first["P"], second["P"]) == (100, 200)
    assert first["perceptron.updates"] == perceptron.updates(100, 1000)


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ("triggers.mean_distance j=1e25", "2523132522020.16"),
        ("triggers.mean_distance j=1e300", "7.97884560802865e+149"),
        ("decay.consolidation_power theta=1e9 tau=2.96 p=0.897 N=4.05 eta=9.26",
         "2.24832613754168e-1907559898021533"),
    ],
)  # fmt: skip
def test_digits_are_right_at_huge_arguments(line, result):
    assert answer("eval", *line.split(), "--digits", "15") == f"{result}\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("perceptron.energy P=1e5000 N=1e5001 --digits 15", "P must be .*1e1000, got 1.0e.5000"),
        ("triggers.survival j=1e9 n=1e9 --digits 15", "n must be lower, or j higher, .*"),
        ("triggers.local_cycle theta=1e300", "arguments must be of sizes that double .*"),
        ("triggers.any_cycle theta=1e300 N=9", "arguments must be of sizes that double .*"),
        ("decay.steady_state theta=4 tau=100 p=1e-14", "rounding hides all digits at a .*"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_time(line, message):
    assert re.fullmatch(rf"[\w.]+: {message}", misuse("eval", *line.split()))


def test_grids_are_bounded():
    sweeps = ("--sweep", "P=1:9:1000", "--sweep", "N=10:90:1000")
    line = misuse(*INEFFICIENCY, *sweeps)
    assert line == "a grid has at most 100000 values, got P=1:9:1000 N=10:90:1000"


def test_json_keeps_the_digits_that_are_asked_for():
    (row,) = json.loads(answer(*INEFFICIENCY, "P=1900", "N=1000", "--digits", "20", "--json"))
    assert row["perceptron.inefficiency"] == "772.5947218186652324"


def test_tables_have_twelve_digits_and_csv_all():
    sweep = (*INEFFICIENCY, "N=1000", "--sweep", "P=0.1:0.4:4")
    assert re.findall(r"│ +(0\.\d+) │", answer(*sweep)) == ["0.1", "0.2", "0.3", "0.4"]
    _, rows = table(answer(*sweep, "--csv"))
    assert [P for P, _ in rows] == ["0.1", "0.2", "0.30000000000000004", "0.4"]
