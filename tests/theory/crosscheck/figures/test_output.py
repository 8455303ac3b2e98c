"""The figures: what they show, that they are reproducible, and their files."""

import csv
import dataclasses
import functools
import io
import math
import xml.etree.ElementTree as ET
from urllib.parse import unquote

import numpy as np
import pytest

from tests.theory.crosscheck.figures.tiny_figures import TINY, records, tiny
from theory import antipersistent, decay, lattice, perceptron
from theory import triggers as trigger_theory
from theory.costs import Cost
from theory.crosscheck.chapters import FIGURES
from theory.crosscheck.chapters.caching import figures as walk
from theory.crosscheck.chapters.decay import figures as decaying
from theory.crosscheck.chapters.decay.experiments import LearningCost, Scan, scan
from theory.crosscheck.chapters.perceptron import figures as learning
from theory.crosscheck.figures.figure import MEAN_FIELD, SIMULATION, Setting
from theory.crosscheck.figures.output import save, table, write_index

PNG = b"\x89PNG\r\n\x1a\n"
ENDINGS = ("csv", "png", "svg")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


@functools.cache
def simulated_again(experiment):
    """Once for all figures that show it."""
    return experiment.records(0, range(experiment.replicas))


def test_every_figure_is_tested():
    assert set(TINY) == set(FIGURES)
    for name, figure in FIGURES.items():
        assert figure.id == name
        assert figure.quick.replicas >= 8
        same = figure.quick.experiment.run == figure.full.experiment.run
        assert not same or figure.quick.replicas < figure.full.replicas


@pytest.mark.parametrize("name", FIGURES)
def test_files_are_the_same_for_the_same_seed(name, tmp_path):
    figure = tiny(name)
    experiment = figure.full.experiment
    contents = []
    for folder, found in (("first", records(figure)), ("again", simulated_again(experiment))):
        (tmp_path / folder).mkdir()
        paths = save(figure, figure.full, found, tmp_path / folder, seed=0)
        assert sorted(path.name for path in paths) == [f"{name}.{it}" for it in ENDINGS]
        assert sorted(paths) == sorted((tmp_path / folder).iterdir())
        contents.append({path.suffix: path.read_bytes() for path in paths})
    assert contents[0] == contents[1]
    assert table(figure.panels(records(figure, seed=1))) != contents[0][".csv"].decode()
    _require_sound(contents[0], experiment.data)


def _require_sound(content, data):
    """Files say what they are; a table has numbers, and errors of what is simulated."""
    assert content[".png"].startswith(PNG)
    drawing = content[".svg"].decode()
    assert ET.fromstring(drawing).tag.endswith("svg")
    assert "dc:date" not in drawing
    assert ("(digits) -->" in drawing) == (data == "digits")
    lines = rows(content[".csv"].decode())
    assert list(lines[0]) == ["panel", "series", "kind", "x", "y", "standard_error"]
    for row in lines:
        assert math.isfinite(float(row["x"]))
        assert float(row["y"]) >= 0 or row["panel"] == "excess"
        if row["kind"] == SIMULATION:
            assert float(row["standard_error"]) >= 0
        else:
            assert not row["standard_error"]


def test_power_of_each_epoch_and_what_the_theory_makes_of_its_updates():
    figure = tiny("LvR.6")
    runs = records(figure)
    (panel,) = figure.panels(runs)
    simulated = {item.label: item for item in panel.series if item.kind == SIMULATION}
    paper, corrected = decaying.POWERS
    predicted = {item.label: item for item in panel.series if item.kind == paper}
    better = {item.label: item for item in panel.series if item.kind == corrected}
    first = [run.costs.updates[0] / run.P for run in runs]
    np.testing.assert_allclose(
        [simulated["maintenance"].y[0], simulated["consolidation"].y[0]],
        [
            np.mean([0.01 * run.costs.transient_sum[0] for run in runs]),
            np.mean([run.costs.consolidation_energy[0] for run in runs]),
        ],
    )
    np.testing.assert_allclose(
        [predicted["maintenance"].y[0], predicted["consolidation"].y[0]],
        [
            np.mean([60 * decay.maintenance_power(3, 30, p, 61, 0.01) for p in first]),
            np.mean([60 * decay.consolidation_power(3, 30, p, 61) for p in first]),
        ],
    )
    assert better["consolidation"].y[0] == pytest.approx(
        np.mean([60 * decay.corrected_consolidation_power(3, 30, p, 61) for p in first])
    )


def test_epochs_after_the_end_of_a_run_do_not_count():
    runs = records(tiny("LvR.6"))
    going = [sum(len(run.probability) > epoch for run in runs) for epoch in range(12)]
    assert going[0] == len(runs) > going[-1]
    (panel,) = decaying.powers(runs)
    assert {len(series.x) for series in panel.series} == {sum(count > 1 for count in going)}


def test_the_best_threshold_is_the_cheapest_that_most_runs_learn_with():
    figure = tiny("LvR.3")
    scans = records(figure)
    energy, threshold, time = figure.panels(scans)
    for c, costs, levels, times in zip(
        decaying.FIG3_COSTS, energy.series, threshold.series, time.series, strict=False
    ):
        assert costs.label == levels.label == times.label == f"$c$ = {c:g}"
        for rate, least, level, epochs in zip(costs.x, costs.y, levels.y, times.y, strict=True):
            tau = 1 / rate if rate else math.inf
            candidates = {
                (other, theta): np.mean([scan.energy(other, theta, c) for scan in scans])
                for other, theta in scans[0].costs
                if other == tau or theta == 0
                if sum(scan.costs[other, theta].converged for scan in scans) >= 0.75 * len(scans)
            }
            best = min(candidates, key=candidates.get)
            assert least == pytest.approx(candidates[best])
            own = [min(candidates, key=lambda it: scan.energy(*it, c))[1] for scan in scans]
            assert level == pytest.approx(np.mean(own))
            assert epochs == pytest.approx(np.mean([scan.epochs(*best) for scan in scans]))


def test_a_threshold_with_which_too_few_runs_learn_is_left_out():
    (record,) = records(
        dataclasses.replace(
            FIGURES["LvR.3"],
            full=Setting(scan(40, ((math.inf, (0.0, 5.0)),), max_epochs=400).replicated(1), "tiny"),
        )
    )
    choice = (math.inf, 5.0)
    unlearnt = dataclasses.replace(record.costs[choice], converged=False)
    spoiled = dataclasses.replace(record, costs={**record.costs, choice: unlearnt})
    for scans, expected in (([record] * 3 + [spoiled], 5.0), ([record, spoiled], 0.0)):
        _, threshold, _ = decaying.optima(scans)
        assert threshold.series[0].y == (expected,)


def test_mean_fields_are_of_the_thresholds_that_were_simulated():
    choices = (decaying.NO_CACHING, (math.inf, 10.0), (1000.0, 2.0))
    learnt = LearningCost(20, converged=True, consolidation_energy=1e6, transient_sum=1e6)
    _, threshold, _ = decaying.optima([Scan(1000, 1001, dict.fromkeys(choices, learnt))] * 2)
    free = next(series for series in threshold.series if series.kind == MEAN_FIELD)
    assert free.y == (10.0, 2.0)


def test_energies_and_times_of_all_thresholds():
    figure = tiny("LvR.3S1")
    scans = records(figure)
    (panel,) = figure.panels(scans)
    theory, undecayed, *others = panel.series
    assert theory.y == (perceptron.learning_time(scans[0].P, scans[0].N) / scans[0].P,) * 2
    assert 1 + len(others) == len(decaying.SOME_TAUS)
    assert len(undecayed.x) == 3
    assert len(set(undecayed.y)) == 1
    assert list(undecayed.x) == sorted(undecayed.x, reverse=True)


def test_energy_minimal_energy_and_their_ratio():
    runs = records(tiny("LvR.1C"))
    (energy,), (ratio,) = learning.energies(runs), learning.inefficiency(runs)
    spent, least = energy.series[:2]
    assert spent.x == least.x == ratio.series[0].x == (10.0, 60.0)
    last = [run for _, run in runs]
    assert spent.y[1] == pytest.approx(np.mean([run.plain_energy for run in last]) / 61)
    assert least.y[1] == pytest.approx(np.mean([run.minimal_energy for run in last]) / 61)
    assert ratio.series[0].y[1] == pytest.approx(np.mean([run.inefficiency for run in last]))
    lines = {(line.label, line.kind): line for line in energy.series[2:]}
    walk_line = lines["minimum", learning.RANDOM]
    contracted = lines["minimum", learning.CONTRACTED]
    P = walk_line.x[3]
    assert walk_line.y[3] == pytest.approx(perceptron.minimal_energy(P, 60) / 60)
    K = perceptron.updates(P, 60)
    assert contracted.y[3] == pytest.approx(antipersistent.minimal_energy(P, 60, K) / 60)
    assert lines["perceptron rule", learning.RANDOM].y[3] == pytest.approx(K)
    eq3, better = ratio.series[1:]
    assert eq3.y[3] == pytest.approx(perceptron.inefficiency(P, 60))
    assert better.y[3] == pytest.approx(K / contracted.y[3])


def test_caching_over_that_of_independent_walks():
    runs = records(tiny("SE.walk"))
    energy, transient = walk.ratios(runs)
    last = [run for _, run in runs]
    shown = {(item.label, item.kind): item for item in energy.series}
    simulated = shown["$P/N$ = 1", SIMULATION]
    assert simulated.x == (2.0, 5.0)
    independent = [lattice.consolidation_energy(6, run.K, 1) for run in last]
    assert simulated.y[1] == pytest.approx(
        np.mean(
            [
                run.cost("consolidation_energy", 5.0) / walked
                for run, walked in zip(last, independent, strict=True)
            ]
        )
    )
    predicted = [antipersistent.caching(5, 60, 60, run.K) for run in last]
    assert shown["$P/N$ = 1", "from $P$, $N$ and $K$"].y[1] == pytest.approx(
        np.mean(
            [
                cost.consolidation_energy / walked
                for cost, walked in zip(predicted, independent, strict=True)
            ]
        )
    )
    assert {item.y for item in energy.series if item.kind == walk.BEFORE} == {(1.0, 1.0)}
    held = next(item for item in transient.series if item.kind == SIMULATION)
    assert held.y[0] == pytest.approx(
        np.mean([run.mean_transient(2.0) for run, _ in runs]) / lattice.mean_transient(3)
    )


def test_energies_of_a_threshold_are_those_of_the_runs_and_of_the_walk():
    runs = records(tiny("LvR.2B"))
    (panel,) = tiny("LvR.2B").panels(runs)
    simulated = {item.label: item for item in panel.series if item.kind == SIMULATION}
    predicted = {item.label: item for item in panel.series if item.kind != SIMULATION}
    place = simulated["total"].x.index(5.0)
    N = runs[0].N
    for name, quantity, price in (
        ("consolidation", "consolidation_energy", 1.0),
        ("maintenance", "transient_sum", 1e-3),
    ):
        costs = [price * run.cost("any", quantity, 5.0) / N for run in runs]
        assert simulated[name].y[place] == pytest.approx(np.mean(costs))
    K, T = np.mean([run.K for run in runs]), np.mean([run.T for run in runs])
    theory = trigger_theory.energies(5, K, T, N, 1e-3, trigger="any")
    assert predicted["maintenance"].y[place] == pytest.approx(theory.maintenance / N)
    assert predicted["total"].y[place] == pytest.approx(theory.total / N)
    for item in (simulated, predicted):
        total = item["consolidation"].y[place] + item["maintenance"].y[place]
        assert item["total"].y[place] == pytest.approx(total)


def test_the_least_energy_of_each_trigger_over_that_of_local():
    runs = records(tiny("LvR.4B"))
    energy, excess = tiny("LvR.4B").panels(runs)
    place = list(energy.series[0].x).index(0.0)
    minimal = np.mean([run.minimal_energy for run in runs]) / runs[0].N
    for item in energy.series:
        if item.kind == SIMULATION and not item.reference:
            assert item.y[place] == pytest.approx(minimal)  # maintenance is free
    local, *others = (item for item in excess.series if item.kind == SIMULATION)
    assert set(local.y) == {0.0}
    assert all(max(item.y) > 0 for item in others)
    costs = energy.series[0].x
    for trigger, item in zip(("any", "total"), others, strict=True):
        c = costs[-3]
        ratio = np.mean([run.least(trigger, c) / run.least("local", c) for run in runs])
        assert 100 * (ratio - 1) <= item.y[-3] + 5


def test_inefficiencies_at_all_exponents():
    figure = tiny("LvR.1S1")
    runs = records(figure)
    absolute, relative = (
        {(item.label, item.kind): item for item in panel.series} for panel in figure.panels(runs)
    )
    walk = [perceptron.inefficiency_from_updates(80, alpha) for alpha in (0, 1, 2)]
    for label, depression in (("both signs cost", 1), ("potentiation only", 0)):
        points = absolute[label, SIMULATION]
        assert points.x == tuple(np.arange(9) / 4)
        expected = [
            np.mean([run.inefficiency(Cost(alpha, depression=depression)) for run in runs])
            for alpha in points.x
        ]
        np.testing.assert_allclose(points.y, expected)
        np.testing.assert_allclose(
            np.array(relative[label, SIMULATION].y)[::4] * walk, expected[::4], rtol=1e-12
        )
        np.testing.assert_allclose(absolute[label, "Gaussian random walk"].y[::20], walk)
        assert set(np.round(relative[label, "Gaussian random walk"].y, 12)) == {1}
    variances = [(run.energy(math.inf, Cost(alpha=2)) / run.N, run.K) for run in runs]
    np.testing.assert_allclose(
        absolute["both signs cost", "simulated variance"].y[-1],
        np.mean([updates / variance for variance, updates in variances]),
    )


def test_energies_and_savings_are_means_over_all_neurons():
    figure = tiny("LvR.2S1")
    runs = records(figure)
    energy, saving = figure.panels(runs)
    plain, by_trial, at_end = (
        [np.concatenate([getattr(run[load], name) for run in runs]) for load in (1, 2)]
        for name in ("plain", "by_trial", "minimal")
    )
    for series, samples in zip(energy.series, (plain, by_trial, at_end), strict=True):
        assert series.x == (1, 2)
        np.testing.assert_allclose(series.y, np.mean(samples, axis=1))
        np.testing.assert_allclose(series.error, np.std(samples, axis=1, ddof=1) / math.sqrt(6))
    *measured, stated = saving.series
    for series, samples in zip(measured, (by_trial, at_end), strict=True):
        expected = [
            100 * np.mean(1 - cost / whole) for cost, whole in zip(samples, plain, strict=True)
        ]
        np.testing.assert_allclose(series.y, expected)
    assert stated.kind != SIMULATION
    assert stated.y == (80, 80)


def test_the_names_of_figures_are_no_markup(tmp_path):
    name = "javascript:'\"><script>&x?#"
    (tmp_path / f"{name}.svg").touch()
    page = write_index(tmp_path, {name: dataclasses.replace(FIGURES["LvR.6"], id=name)})
    shown = page.read_text(encoding="utf-8").partition("<main>")[2].partition("</main>")[0]
    entry = ET.fromstring(shown.replace(' loading="lazy">', "/>"))
    assert entry.attrib["id"] == name
    links = {it.attrib["href"] for it in entry.iter("a")}
    assert {unquote(link)[:-4] for link in links} == {name}
    assert not set(":?#") & set("".join(links))
