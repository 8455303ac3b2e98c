"""The package itself: its modules, its version, and ``python -m theory``."""

import subprocess
import sys

import pytest

import theory


def test_modules_are_loaded_when_they_are_asked_for():
    script = "import sys, theory; assert 'numpy' not in sys.modules; print(theory.caching.__name__)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "theory.caching\n"


def test_what_is_not_there_is_an_attribute_error():
    for name in ("no_such_module", "_private"):
        with pytest.raises(AttributeError, match=rf"\Amodule 'theory' has no attribute '{name}'\Z"):
            getattr(theory, name)


def test_the_version_is_that_of_the_command():
    command = [sys.executable, "-m", "theory", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"synaptic-energy, version {theory.__version__}\n"


def test_what_hides_the_simulations_is_named(tmp_path):
    (tmp_path / "montecarlo.py").touch()
    script = tmp_path / "script.py"
    script.write_text("import theory", encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert f"UserWarning: {tmp_path / 'montecarlo.py'} hides the simulations" in done.stderr
