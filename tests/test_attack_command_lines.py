"""Malformed command lines: no traceback, no hang, no silent NaN, no endless message."""

import re
import signal

import numpy as np
import pytest
from click.testing import CliRunner

from theory.catalogue import CALLS
from theory.cli import main

COUNT, LIMIT, LONGEST = 2000, 10, 400
#: What numbers, names, files and lists could be taken for.
HOSTILE = [
    *("", " ", "nan", "-nan", "inf", "-inf", "1e5000", "-1e5000", "1e-5000", "1e308", "5e-324"),
    *("0", "-0", "-1", "1", "2.5", "1e400", "0x10", "1_000", "1/3", "1/0", "1e", "١٢", "½", "1,5"),
    *("9" * 5000, "a" * 300, "a" * 5000, "\0", "a\0b", "[red]x[/red]", "[/]", "{}", "%s", "$HOME"),
    *("../../etc/passwd", "/dev/null/x", "-", "--", "=", "==", ":", "::", "a:b:c", "1:2:3", "None"),
    *("0:1:1e9", "1:1e40:100001", "0:inf:3", "nan:nan:2", "1:2:-1", "True", "<script>", "\udc80"),
    *("theta", "local", "any", "🧠", "SE.", "LvR.*", "*", "?", "[", "all", "1;2", "'", '"'),
]
FIXED = {
    "train": ["--hidden", "--rate", "--std", "--goal", "--images", "--save", "--design", "--data"],
    "sweep": ["--seeds", "--seed", "--backend", "--jobs", "--save"],
    "check": ["--seed", "--jobs", "--json", "--html", "--figures", "--claims"],
    "figure": ["--seed", "--jobs", "--claims"],
    "list": ["--about", "--expected", "--claims"],
    "show": ["--seed"],
    "cite": ["--claims"],
    "record": ["--claims"],
    "new": ["--name"],
}


def command_lines(rng, folder):
    """Most compute formulas; others are refused before anything is computed."""
    names = list(CALLS)
    for _ in range(COUNT):
        if rng.random() < 0.6:
            name = str(rng.choice(names))
            values = {
                key: str(rng.choice(HOSTILE)) if rng.random() < 0.4 else f"{rng.uniform(1, 9):.3g}"
                for key in CALLS[name].domain
                if rng.random() < 0.95
            }
            line = ["eval", name, *(f"{key}={value}" for key, value in values.items())]
            if rng.random() < 0.4:
                line += ["--digits", str(rng.choice(["15", "30", "0", "-1", "x", "1e9"]))]
            if rng.random() < 0.3:
                key = str(rng.choice([*CALLS[name].domain]))
                line += ["--sweep", f"{key}={rng.choice(HOSTILE)}"]
        else:
            command = str(rng.choice([*FIXED]))
            # Of a name that nothing has, so that nothing is trained, judged or drawn.
            line = [command, f"no such {rng.choice(HOSTILE)}"]
            for option in rng.choice(FIXED[command], rng.integers(1, 4)):
                line += [str(option), str(rng.choice(HOSTILE))]
            if command in {"train", "sweep", "figure"}:
                line += ["--out", str(folder / "none" / "x")]
        yield line


def alarm(*_):
    raise TimeoutError


@pytest.mark.attack
def test_malformed_command_lines(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    before = signal.signal(signal.SIGALRM, alarm)
    found = {"tracebacks": [], "hangs": [], "silent NaN": [], "long messages": []}
    try:
        for line in command_lines(np.random.default_rng(1), tmp_path):
            signal.alarm(LIMIT)
            result = CliRunner().invoke(main, line)
            signal.alarm(0)
            if isinstance(result.exception, TimeoutError):
                found["hangs"].append(line)
            elif result.exception and not isinstance(result.exception, SystemExit):
                found["tracebacks"].append((line, repr(result.exception)[:200]))
            elif result.exit_code == 0 and re.search(r"\bnan\b", result.stdout):
                found["silent NaN"].append(line)
            elif result.exit_code and len(result.stderr.rpartition("Error: ")[2]) > LONGEST:
                found["long messages"].append((line, result.stderr[-100:]))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    with capsys.disabled():
        print({kind: len(lines) for kind, lines in found.items()}, "of", COUNT)
    assert not any(found.values()), {
        kind: [str(it)[:300] for it in lines[:12]] for kind, lines in found.items() if lines
    }
    assert not list(tmp_path.iterdir())
