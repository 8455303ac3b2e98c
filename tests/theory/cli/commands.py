"""Ways to call the command, and claims that it judges at once, for its tests."""

import json
import os
import shutil
import subprocess
import sysconfig

import sympy
from click.testing import CliRunner

from theory import cli
from theory.crosscheck import Claim, Kind
from theory.crosscheck.legs.symbolic import Identity

#: A formula to be evaluated.
INEFFICIENCY = ("eval", "perceptron.inefficiency")
#: Claims that are judged in milliseconds: proofs, digits, simulations and a misprint.
FAST = ("SE.773", "LvR.r-limit", "LvR.b-term", "SE.b-term")
QUICK = ("--quick", "--seed", "3")


def invoke(*arguments):
    """Run the command in this process; what is no exit status is an error of the test."""
    result = CliRunner().invoke(cli.main, arguments, prog_name="synaptic-energy")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answer(*arguments):
    result = invoke(*arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    return result.stdout


def misuse(*arguments):
    """The one line that bad input is answered with."""
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")


def installed():
    folder = sysconfig.get_path("scripts")
    command = shutil.which("synaptic-energy", path=folder) or shutil.which("synaptic-energy")
    assert command, "the package is not installed"
    return command


def interrupt(*_):
    """Do what Ctrl-C does; the signal itself is ignored where the tests run in the background."""
    raise KeyboardInterrupt


def run_installed(*arguments):
    return subprocess.run(
        [installed(), *arguments], capture_output=True, text=True, timeout=120, check=False,
        encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def claim(name, left, right=1, **details):
    """A claim that left() equals right, proved or refuted at once."""
    statement = Identity("left = right", lambda: sympy.sympify(left()), lambda: right)
    return Claim(name, "Left is right.", "Nowhere", Kind.IDENTITY, symbolic=(statement,), **details)


def no_constants(name):
    raise AssertionError(f"{name} is no JSON")


def report(path):
    """What a file of check has, which is strict JSON."""
    return json.loads(path.read_text(encoding="utf-8"), parse_constant=no_constants)
