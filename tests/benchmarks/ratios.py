"""How long the code takes, beside the last version before its speed was worked on, in one run.

`make bench` times all rows but those of a whole check, `make bench ARGS="walk check"` those whose
names hold one of the words. Both versions run the same statements on the same inputs in turns, each
in a process of its own with one BLAS thread; the best of their times count.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
OLD = "8df58ba"
#: Both versions take turns for so long, in seconds, and at least once: a start takes up to 4.
TURNS = 20
UNITS = {"s": 1, "ms": 1e3, "us": 1e6, "ns": 1e9}
WORKER = """
import sys, time
names = {}
for line in sys.stdin:
    start = time.perf_counter()
    exec(eval(line), names)
    print(time.perf_counter() - start, flush=True)
"""


class Row(NamedTuple):
    """A statement that is timed after the setup, and how many times faster it is asked to be.

    Its time is given in ``unit``, divided by ``count`` of what it does. Where the new version has
    another way to do the same, that is ``new``.
    """

    name: str
    asked: float
    unit: str
    count: int
    setup: str
    statement: str
    new: str | None = None


def network(sizes, asked, replicas=1, samples=200, savers=""):
    """Networks that learn samples, zero as often as pixels, one network after another."""
    name = f"network {'-'.join(map(str, sizes))}, R = {replicas}{', ' * bool(savers)}{savers}"
    setup = f"""
import numpy as np
from montecarlo import network
from montecarlo.network import CP, initial_network, present
from montecarlo.savers import Cache
rng = np.random.default_rng(1)
inputs = rng.random(({samples}, {sizes[0]})) * (rng.random(({samples}, {sizes[0]})) < 0.19)
inputs = (inputs - inputs.mean()).astype(np.float32)
labels = rng.integers(0, 10, {samples})
networks = [initial_network(CP, {sizes}, rng, savers=[{savers}]) for _ in range({replicas})]
orders = [rng.permutation({samples}) for _ in networks]
"""
    statement = "for net, order in zip(networks, orders): present(net, inputs, labels, order)"
    new = "network.present_together(networks, inputs, labels, np.stack(orders))"
    return Row(name, asked, "us", replicas * samples, setup, statement, new)


def learn(P, asked, options="", unit="ms"):
    setup = f"""
from montecarlo.perceptron import learn, random_patterns
from montecarlo.statistics import generator
patterns, labels = random_patterns({P}, {P}, generator(1, "bench", 0))
"""
    statement = f"learn(patterns, labels, {options})"
    return Row(f"learn, P = N = {P} {options}", asked, unit, 1, setup, statement)


def walk(asked, options=""):
    """A thousand synapses; without decay ten relaxation times of 36 presentations are no result."""
    setup = "import numpy as np; from montecarlo.walk import simulate"
    rest = f"threshold=5.0, p=1.0, rng=np.random.default_rng(0), {options}"
    count = 1000 * (5000 + 360)
    return Row(f"walk {options}", asked, "ns", count, setup, f"simulate(1000, 5000, {rest})")


def cold(name, asked, code, *arguments):
    """A fresh process that runs the code."""
    command = f"[sys.executable, '-c', {code!r}, *{arguments}]"
    statement = f"subprocess.run({command}, check=True, stdout=subprocess.DEVNULL)"
    return Row(name, asked, "s", 1, "import subprocess, sys", statement)


def command(asked, *arguments):
    code = "from theory.cli import main; main()"
    return cold(" ".join(arguments), asked, code, *arguments)


#: Where a range was measured before, its lower end. Caches consolidate from so low a threshold on.
ROWS = [
    network((64, 100, 10), 16 / 3, replicas=8),
    network((784, 100, 10), 24 / 8, replicas=8),
    network((784, 1000, 10), 110 / 55),
    network((784, 10_000, 10), 2 / 0.5, samples=100),
    network((64, 100, 10), 4, replicas=8, savers="Cache(0.005, 1000)"),
    network((784, 100, 10), 35 / 30, savers="Cache(0.005, 1000)"),
    learn(500, 6 / 2.5),
    learn(1000, 15 / 8),
    learn(8000, 10.9 / 0.8, unit="s"),
    learn(1000, 21 / 10, "threshold=5.0"),
    walk(3.5 / 1.5),
    walk(4 / 3, "tau=500.0"),
    command(1.2 / 0.6, "eval", "perceptron.inefficiency", "P=1900", "N=1000"),
    command(2, "--help"),
    command(2, "list"),
    cold("import theory.perceptron", 1, "import theory.perceptron"),
    command(35 / 10, "check", "--quick"),
    command(205 / 60, "check"),
]


def unpack(folder):
    """Write the old version to a folder."""
    try:
        archive = subprocess.run(
            ["git", "archive", OLD], cwd=ROOT, check=True, stdout=subprocess.PIPE
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        sys.exit(f"error: the version to compare with, {OLD}, is not in the git history here")
    subprocess.run(["tar", "--extract", "--directory", folder], input=archive, check=True)


def start(stack, folder):
    """A process in which the code in the folder is imported."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "OPENBLAS_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=folder,
        env=environment,
        stdin=pipe,
        stdout=pipe,
        text=True,
    )
    return stack.enter_context(worker)


def seconds(worker, code):
    print(repr(code), file=worker.stdin, flush=True)
    return float(worker.stdout.readline())


def race(row, folders):
    """The best times of the versions in the folders, old and new, in seconds."""
    with ExitStack() as stack:
        workers = [start(stack, folder) for folder in folders]
        for worker in workers:
            seconds(worker, row.setup)
        rounds = []
        while sum(map(sum, rounds)) < TURNS:
            statements = row.statement, row.new or row.statement
            rounds.append([*map(seconds, workers, statements)])
    return [min(times) for times in zip(*rounds, strict=True)]


def main():
    words = sys.argv[1:]
    print(f"{'':52}{'old':>8}{'new':>8}    {'old/new':>8}{'asked':>7}")
    with tempfile.TemporaryDirectory() as folder:
        unpack(folder)
        for row in ROWS:
            if any(map(row.name.count, words)) if words else not row.name.startswith("check"):
                old, new = race(row, (folder, ROOT))
                scale = UNITS[row.unit] / row.count
                times = f"{scale * old:8.3g}{scale * new:8.3g} {row.unit:3}"
                print(f"{row.name:52}{times}{old / new:8.2f}{row.asked:7.2f}", flush=True)


if __name__ == "__main__":
    main()
