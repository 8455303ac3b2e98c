"""The command as a whole: help, and as it is installed."""

import os
import re
import subprocess
import sys
from importlib.metadata import version

import click
import pytest

from tests.theory.cli.commands import INEFFICIENCY, answer, installed, invoke, run_installed
from theory import cli


@pytest.mark.parametrize(
    "arguments",
    [
        ["eval"],
        [*INEFFICIENCY, "--digits", "0"],
        [*INEFFICIENCY, "--digits", "ten"],
        [*INEFFICIENCY, "--digits", "10001"],
        ["check", "--seed", "-1"],
        ["check", "--seed", "x"],
        ["check", "--unknown"],
        ["show"],
        ["figure"],
        ["figure", "LvR.6", "--seed", "-1"],
        ["nonsense"],
    ],
)
def test_click_answers_misuse_with_usage(arguments):
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    usage, *_, error = result.stderr.splitlines()
    assert usage.startswith("Usage: ")
    assert error.startswith("Error: ")


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [None, *cli.main.commands])
def test_help(command, flag):
    printed = answer(*([command] if command else []), flag)
    assert printed.startswith("Usage: ")
    chosen = cli.main.commands[command] if command else cli.main
    assert len(chosen.help) > 30
    examples = re.findall(r"^synaptic-energy .*$", chosen.help, re.MULTILINE)
    assert all(f"  {example}\n" in printed for example in examples)
    assert chosen.help.splitlines()[0] in " ".join(printed.split())
    for parameter in chosen.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in printed
            assert parameter.help


def test_every_command_is_there():
    assert set(cli.main.commands) == {
        "check", "list", "show", "eval", "figure", "cite", "train", "sweep", "record", "new",
        "explore",
    }  # fmt: skip
    assert answer("--version").strip() == f"synaptic-energy, version {version('synaptic-energy')}"


def test_help_says_what_the_exit_statuses_mean():
    printed = " ".join(answer("--help").split())
    for status in ("0 when", "1 when", "2 for", "130 when"):
        assert status in printed


def test_installed_command():
    done = run_installed(*INEFFICIENCY, "P=1900", "N=1000", "--digits", "20")
    assert (done.returncode, done.stdout, done.stderr) == (0, "772.5947218186652324\n", "")
    done = run_installed("eval", "perceptron.inefficiency", "P=3", "N=1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: perceptron.inefficiency: P < 2*N must hold, got P = 3.0, N = 1.0\n"
    )


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        ([*INEFFICIENCY, "P=1900", "N=1000"], {"sympy", "mpmath", "joblib", "montecarlo", "rich"}),
        (["--help"], {"sympy", "mpmath", "theory.crosscheck", "scipy.stats", "rich"}),
        (["list"], {"scipy.stats", "scipy.signal", "matplotlib"}),
    ],
)
def test_an_answer_loads_only_what_it_needs(arguments, spared):
    program = (
        "import sys; from theory.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print(*sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True,
        timeout=120, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    ).stdout  # fmt: skip
    loaded = set(printed.splitlines()[-1].split())
    assert "theory.cli" in loaded
    assert not spared & loaded


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
def test_a_closed_pipe_is_no_traceback():
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{installed()}' list | head -n 1"],
        capture_output=True, text=True, timeout=120, check=False, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr
