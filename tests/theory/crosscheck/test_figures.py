"""The figures: what they show, that they are reproducible, and their files."""

import csv
import dataclasses
import io
import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from montecarlo.design import LVR
from montecarlo.runs import Task
from montecarlo.savers import Subnet
from theory import antipersistent, decay, lattice, masks, perceptron
from theory import triggers as trigger_theory
from theory.costs import Cost
from theory.crosscheck.correlated_experiments import correlated_loads
from theory.crosscheck.decaying_experiments import power, scan
from theory.crosscheck.experiments import loads
from theory.crosscheck.figures import (
    FIGURES,
    Setting,
    decaying,
    learning,
    network_sizes,
    networks,
    save,
    saving,
    table,
    walk,
)
from theory.crosscheck.figures.figure import SIMULATION
from theory.crosscheck.network_experiments import trainings
from theory.crosscheck.priced_experiments import learnt
from theory.crosscheck.restriction_experiments import Challenge
from theory.crosscheck.restriction_trials import (
    ALL,
    BOTH,
    MASK,
    NEURONS,
    SUBNET,
    Variant,
    competing,
    drawn,
    masked,
    saturated,
)
from theory.crosscheck.spiking_experiments import spiking_loads
from theory.crosscheck.trigger_experiments import triggers

PNG = b"\x89PNG\r\n\x1a\n"
TINY_GRID = (
    (math.inf, (0.0, 2.0, 5.0)),
    *((tau, (2.0, 5.0)) for tau in decaying.SOME_TAUS if tau < math.inf),
)
#: LvR's networks, learning as fast as they can.
FAST = dataclasses.replace(LVR, learning_rate=2.0)


def tiny_networks(choices, goal):
    """Networks of some sizes that cache in some ways."""
    tasks = {
        key: Task(n, networks.CACHES[name], FAST, goal, most_samples=2000)
        for key, (n, name) in choices.items()
    }
    return trainings("tiny", tasks, 3, "digits")


#: Digits to an accuracy that is soon reached.
EASY = Challenge("digits", 64, goal=0.4, required=20)
TINY_LOADS = loads(10, 60, N=60, replicas=3)
TINY = {
    "LvR.1C": TINY_LOADS,
    "LvR.1D": TINY_LOADS,
    "SE.walk": correlated_loads(20, 60, thresholds=(2.0, 5.0), replicas=3, N=60),
    "LvR.1S1": learnt(0.0, math.inf, P=40, N=40, replicas=3),
    "LvR.2S1": spiking_loads((1, 2), neurons=2, replicas=3),
    "LvR.3": scan(40, TINY_GRID, replicas=3, max_epochs=60),
    "LvR.3S1": scan(40, TINY_GRID, replicas=3, max_epochs=60),
    **dict.fromkeys(("LvR.2B", "LvR.2C", "LvR.4B"), triggers(60, 60, replicas=4)),
    "LvR.5a": networks.of_rates((1.0, 2.0), 0.8, 4000, 3, "digits"),
    "LvR.5b": tiny_networks({name: (10, name) for name in networks.CACHES}, 0.6),
    "LvR.5c": tiny_networks(
        {(n, name): (n, name) for n in (9, 11) for name in (networks.PLAIN, "cached, 0.005")}, 0.85
    ),
    "CP.1a": network_sizes.of_rates((10, 20), (0.03, 0.06), 0.6, 3, "digits"),
    **dict.fromkeys(("CP.1b", "CP.1c"), network_sizes.of_sizes((10, 100, 200), 0.6, 3, "digits")),
    "CP.6": trainings(
        "tiny variants",
        {
            (name, n): dataclasses.replace(
                task, hidden=20, goal=0.4, savers=() if n is None else (Subnet(n),)
            )
            for name, task in network_sizes.VARIANTS.items()
            for n in (None, 5, 10)
        },
        3,
        "digits",
    ),
    **dict.fromkeys(("CP.2a", "CP.2c", "CP.5"), masked(EASY, (20, 40, 80), (10, 20), replicas=2)),
    "CP.2b": drawn((100, 300), replicas=2),
    **dict.fromkeys(
        ("CP.3a", "CP.3b"), competing(EASY, (20, 40), (0.2, 0.5), (0.5,), (0.5,), replicas=2)
    ),
    "CP.3d": saturated(EASY, 5, (0.3,), 200, None, replicas=2),
    "CP.4a": saving.by_threshold("digits", 30, 0.4, (0.01, 0.02), 5000, replicas=3),
    "CP.4b": saving.by_width("digits", (5, 10), 5, 0.4, 0.01, replicas=3),
    "REV.1": saving.with_all_rules("digits", 0.5, replicas=3),
    "SE.lazy": saving.by_images("digits", (100, 400), 0.5, 1200, replicas=3),
    "LvR.6": power(60, 60, threshold=3.0, tau=30.0, epochs=12, replicas=4),
}


def tiny(name):
    """The figure with simulations of a fraction of a second."""
    return dataclasses.replace(FIGURES[name], full=Setting(TINY[name], "tiny"))


def records(figure, seed=0):
    return [figure.full.experiment.record(seed, replica) for replica in range(figure.full.replicas)]


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_every_figure_is_tested():
    assert set(TINY) == set(FIGURES)
    for name, figure in FIGURES.items():
        assert figure.id == name
        assert figure.quick.replicas > 1
        same = figure.quick.experiment.run == figure.full.experiment.run
        assert not same or figure.quick.replicas < figure.full.replicas


@pytest.mark.parametrize("name", FIGURES)
def test_files(name, tmp_path):
    figure = tiny(name)
    paths = save(figure, figure.full, records(figure), tmp_path, seed=0)
    assert sorted(path.name for path in paths) == [f"{name}.{end}" for end in ("csv", "png", "svg")]
    assert sorted(paths) == sorted(tmp_path.iterdir())
    assert (tmp_path / f"{name}.png").read_bytes().startswith(PNG)
    drawing = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
    assert ET.fromstring(drawing).tag.endswith("svg")
    assert "dc:date" not in drawing
    data = rows((tmp_path / f"{name}.csv").read_text(encoding="utf-8"))
    assert list(data[0]) == ["panel", "series", "kind", "x", "y", "standard_error"]
    for row in data:
        assert math.isfinite(float(row["x"]))
        assert float(row["y"]) >= 0 or row["panel"] == "excess"
        if row["kind"] == SIMULATION:
            assert float(row["standard_error"]) >= 0
        else:
            assert not row["standard_error"]


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_seed_gives_the_same_files(name, tmp_path):
    figure = tiny(name)
    contents = []
    for folder in ("first", "again"):
        (tmp_path / folder).mkdir()
        paths = save(figure, figure.full, records(figure), tmp_path / folder, seed=0)
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
    assert table(figure.panels(records(figure, seed=1))) != contents[0][-1].decode()


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
        decaying.COSTS, energy.series, threshold.series, time.series, strict=False
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
            assert level == best[1]
            assert epochs == pytest.approx(np.mean([scan.epochs(*best) for scan in scans]))


def test_a_threshold_with_which_too_few_runs_learn_is_left_out():
    (record,) = records(
        dataclasses.replace(
            FIGURES["LvR.3"],
            full=Setting(scan(40, ((math.inf, (0.0, 5.0)),), 1, max_epochs=400), "tiny"),
        )
    )
    choice = (math.inf, 5.0)
    unlearnt = dataclasses.replace(record.costs[choice], converged=False)
    spoiled = dataclasses.replace(record, costs={**record.costs, choice: unlearnt})
    for scans, expected in (([record] * 3 + [spoiled], 5.0), ([record, spoiled], 0.0)):
        _, threshold, _ = decaying.optima(scans)
        assert threshold.series[0].y == (expected,)


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


def test_points_are_means_of_the_runs_that_learn():
    runs = records(tiny("LvR.5a"))
    (panel,) = networks.rates(runs)
    for series, rate in zip(panel.series, (1.0, 2.0), strict=True):
        for accuracy, energy in zip(series.x, series.y, strict=True):
            reached = [run[rate].until(accuracy) for run in runs]
            assert energy == pytest.approx(np.mean([run.path for run in reached if run.learnt]))
    assert panel.series[0].x[-1] == 0.8  # the goal: none goes further
    missing = networks.learnt("", runs, [(1.0, 2.0, 0.99), (2.0, 2.0, 0.5)], networks.path)
    assert missing.x == (2.0,)


def test_caching_is_charged_with_maintenance():
    runs = records(tiny("LvR.5b"))
    energy, ratio = networks.caching(runs)
    by_label = {series.label: series for series in energy.series}
    assert set(by_label) >= {networks.PLAIN, "cached, 0.005", "minimum"}
    for label, price in ((networks.PLAIN, 0), ("cached, 0.005", networks.PRICE)):
        reached = [run[label].until(0.5) for run in runs]
        assert by_label[label].y[0] == pytest.approx(
            np.mean([run.path + price * run.held for run in reached if run.learnt])
        )
    plain = [run[networks.PLAIN].until(0.5) for run in runs]
    assert ratio.series[0].y[0] == pytest.approx(
        np.mean([run.path / run.direct for run in plain if run.learnt])
    )


def test_power_laws_go_through_the_sizes_they_are_fitted_to():
    runs = records(tiny("CP.1b"))
    (panel,) = network_sizes.energies(runs)
    points, line = panel.series[:2]
    assert points.label == line.label
    assert min(points.y) == 1
    assert line.x == pytest.approx(points.x[1:])
    assert line.y == pytest.approx(points.y[1:])  # two points, one line
    exponent = math.log(line.y[1] / line.y[0]) / math.log(2)
    assert f"{exponent:.2f}" in line.label
    updates = [np.mean([run[n].updates for run in runs]) for n in (10, 100)]
    assert points.y[1] / points.y[0] == pytest.approx(updates[1] / updates[0])


def test_savings_are_over_the_same_variant_without_a_subnet():
    runs = records(tiny("CP.6"))
    m0, m1 = network_sizes.savings(runs)
    (published, one_sided) = (
        next(series for series in m1.series if series.label == label)
        for label in (network_sizes.PUBLISHED, "one-sided cost")
    )
    relu = next(series for series in m0.series if series.label == "ReLU")
    plain = np.mean([run["ReLU", None].updates for run in runs])
    assert relu.y[0] == pytest.approx(np.mean([plain / run["ReLU", 5].updates for run in runs]))
    assert one_sided.y == pytest.approx(published.y, rel=0.1)
    assert one_sided.y != published.y


def test_masks_of_synapses_and_of_neurons_and_subnets():
    trials = records(tiny("CP.2a"))
    assert all(run.learnt for trial in trials for run in trial.runs.values())
    updates, path, time = tiny("CP.2a").panels(trials)
    shown = {(item.label, item.kind): item for item in updates.series}
    assert shown[ALL, SIMULATION].x == (20, 40, 80)
    assert shown[SUBNET, SIMULATION].x == shown[MASK, SIMULATION].x == (40, 80)
    for place, n_h in enumerate((40, 80)):
        of_each_number = [
            np.mean([trial.runs[Variant(NEURONS, n_h, k)].updates for trial in trials])
            for k in (10, 20)
        ]
        assert shown[NEURONS, SIMULATION].y[place] == pytest.approx(min(of_each_number))
    scale = np.mean([trial.runs[Variant(ALL, 20)].updates for trial in trials])
    (line,) = (item for (_, kind), item in shown.items() if kind != SIMULATION)
    least = masks.mask_energy(80, 64, 10, 20) / masks.subnet_energy(64, 10, 20)
    assert (line.y[0], line.y[-1]) == pytest.approx((scale, scale * least))
    subnets = next(item for item in path.series if item.label == SUBNET)
    assert subnets.y[1] == pytest.approx(
        np.mean([trial.runs[Variant(SUBNET, 80)].path for trial in trials])
    )
    plain = next(item for item in time.series if item.label == ALL)
    assert plain.y[2] == np.mean([trial.runs[Variant(ALL, 80)].samples for trial in trials])


def test_runs_that_do_not_learn_are_left_out():
    first, *others = records(tiny("CP.2a"))
    failed = Variant(SUBNET, 80)
    run = first.runs[failed]
    spoiled = dataclasses.replace(run, task=dataclasses.replace(run.task, goal=1.1))
    trials = [dataclasses.replace(first, runs={**first.runs, failed: spoiled}), *others]
    for panel in tiny("CP.2a").panels(trials):
        (subnets,) = (item for item in panel.series if item.label == SUBNET)
        assert subnets.x == (40,)


def test_the_best_number_of_plastic_neurons_is_that_of_each_run():
    trials = records(tiny("CP.2c"))
    (panel,) = tiny("CP.2c").panels(trials)
    for series, measure in zip(panel.series, ("updates", "path"), strict=True):
        best = [
            min((10, 20), key=lambda k: getattr(trial.runs[Variant(NEURONS, 80, k)], measure))
            for trial in trials
        ]
        assert series.x == (40, 80)
        assert series.y[1] == pytest.approx(np.mean(best))


def test_masks_drawn_have_the_fractions_and_paths_of_theory():
    fractions, paths = tiny("CP.2b").panels(records(tiny("CP.2b")))
    points, line = fractions.series[:2]
    assert line.y[-1] == pytest.approx(1 / 3)
    assert points.y[1] == pytest.approx(1 / 3, abs=0.01)
    everything, needed, poorest = paths.series
    assert everything.y == pytest.approx((100, 100), abs=1)
    assert set(needed.y) == {100}
    assert poorest.y[0] == 100 > poorest.y[1]


def test_energies_of_the_largest_updates_by_fraction_and_by_size():
    trials = records(tiny("CP.3b"))
    updates, _ = tiny("CP.3b").panels(trials)
    layer, neuron, both, plain = updates.series
    assert layer.x == neuron.x == plain.x == (20, 40)
    assert both.x == (40,)
    assert both.y[0] == np.mean([trial.runs[Variant(BOTH, 40, 0.5)].updates for trial in trials])
    _, path = tiny("CP.3a").panels([_of_size(trial, 40) for trial in trials])
    by_fraction, _, whole = path.series
    assert by_fraction.x == (0.2, 0.5)
    assert whole.x == (1.0,)
    assert whole.y[0] == pytest.approx(
        np.mean([trial.runs[Variant(ALL, 40)].path for trial in trials])
    )


def _of_size(trial, n_h):
    runs = {variant: run for variant, run in trial.runs.items() if variant.n_h == n_h}
    return dataclasses.replace(trial, runs=runs)


def test_accuracies_in_the_end():
    trials = records(tiny("CP.3d"))
    (panel,) = tiny("CP.3d").panels(trials)
    final = [trial.runs[Variant(MASK, 5, 0.3)].curve.accuracy[-1] for trial in trials]
    assert panel.series[0].y[0] == pytest.approx(100 * np.mean(final))


def test_extrapolation_goes_through_the_network_required_and_fits_the_others():
    trials = records(tiny("CP.5"))
    updates, _ = tiny("CP.5").panels(trials)
    subnets, plain, fitted, root = updates.series
    assert plain.y[0] == pytest.approx(1)
    unit = np.mean([trial.runs[Variant(ALL, 20)].updates for trial in trials])
    last = np.mean([trial.runs[Variant(SUBNET, 80)].updates for trial in trials])
    assert subnets.y[-1] == pytest.approx(last / unit)
    slope = np.polyfit(np.log(plain.x), np.log(plain.y), 1)[0]
    V1 = 300e9 / plain.x[0]
    assert (fitted.x[-1], fitted.y[-1]) == pytest.approx((300e9, V1**slope))
    assert root.y[-1] == pytest.approx(V1**0.5)


def test_savings_are_means_of_ratios_at_the_first_test_that_is_so_accurate():
    figure = tiny("SE.lazy")
    runs = records(figure)
    updates, path, part = figure.panels(runs)

    def energy(run, accuracy, exponent):
        first = np.flatnonzero(run.curve.accuracy >= accuracy)[0]
        return run.curve.energy[first, :, exponent].sum()

    for exponent, panel in enumerate((updates, path)):
        for series, accuracy in zip(panel.series, (0.4, 0.45, 0.48, 0.5), strict=True):
            assert series.label == f"{accuracy:.0%} accurate"
            assert series.x == (100, 400)
            ratios = [
                [
                    energy(run["plain", size], accuracy, exponent)
                    / energy(run["skip", size], accuracy, exponent)
                    for run in runs
                ]
                for size in series.x
            ]
            np.testing.assert_allclose(series.y, np.mean(ratios, axis=1))
    learnt, law = part.series
    assert (learnt.kind, law.kind) == (SIMULATION, saving.FIRST_SHOWN)
    changed = [
        np.mean(
            [
                run["skip", n].updates / (10 * 101 + 100 * 65) / run["skip", n].samples
                for run in runs
            ]
        )
        for n in (100, 400)
    ]
    np.testing.assert_allclose(learnt.y, changed, rtol=1e-5)


def test_points_that_most_networks_did_not_reach_are_left_out():
    figure = tiny("CP.4a")
    runs = records(figure)
    for record in runs[: len(runs) // 2 + 1]:
        curve = record[0.02].curve
        failed = dataclasses.replace(curve, accuracy=0 * curve.accuracy)
        record[0.02] = dataclasses.replace(record[0.02], curve=failed)
    for panel in figure.panels(runs):
        assert panel.series[0].x == (0.01,)
        assert panel.series[1].x == (0.01, 0.02)
