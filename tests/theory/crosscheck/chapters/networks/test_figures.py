"""What the figures of networks show."""

import dataclasses
import math
from operator import attrgetter

import numpy as np
import pytest

from tests.theory.crosscheck.figures.tiny_figures import records, tiny
from theory import masks
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    BOTH,
    NEURON_MASK,
    SUBNET,
    SYNAPSE_MASK,
    Variant,
)
from theory.crosscheck.chapters.networks import figures as networks
from theory.crosscheck.chapters.networks import size_figures as network_sizes
from theory.crosscheck.chapters.networks.experiments import AS_PUBLISHED, PLAIN
from theory.crosscheck.chapters.savings import figures as saving
from theory.crosscheck.figures.figure import SIMULATION


def test_points_are_means_of_the_runs_that_learn():
    runs = records(tiny("LvR.5a"))
    (panel,) = networks.rates(runs)
    for series, rate in zip(panel.series, (1.0, 2.0), strict=True):
        for accuracy, energy in zip(series.x, series.y, strict=True):
            reached = [run[rate].until(accuracy) for run in runs]
            assert energy == pytest.approx(np.mean([run.path for run in reached if run.learnt]))
    assert panel.series[0].x[-1] == 0.8  # the goal: none goes further
    missing = networks.learnt("", runs, [(1.0, 2.0, 0.99), (2.0, 2.0, 0.5)], attrgetter("path"))
    assert missing.x == (2.0,)


def test_caching_is_charged_with_maintenance():
    runs = records(tiny("LvR.5b"))
    energy, ratio = networks.caching(runs)
    by_label = {series.label: series for series in energy.series}
    assert set(by_label) >= {PLAIN, "cached, 0.005", "minimum"}
    for label, price in ((PLAIN, 0), ("cached, 0.005", networks.TRANSIENT_PRICE)):
        reached = [run[10, label].until(0.5) for run in runs]
        assert by_label[label].y[0] == pytest.approx(
            np.mean([run.path + price * run.held for run in reached if run.learnt])
        )
    plain = [run[10, PLAIN].until(0.5) for run in runs]
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
        for label in (AS_PUBLISHED, "one-sided cost")
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
    assert shown[SUBNET, SIMULATION].x == shown[SYNAPSE_MASK, SIMULATION].x == (40, 80)
    for place, n_h in enumerate((40, 80)):
        of_each_number = [
            np.mean([trial.runs[Variant(NEURON_MASK, n_h, k)].updates for trial in trials])
            for k in (10, 20)
        ]
        assert shown[NEURON_MASK, SIMULATION].y[place] == pytest.approx(min(of_each_number))
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
    spoiled = dataclasses.replace(run, goal=1.1)
    trials = [dataclasses.replace(first, runs={**first.runs, failed: spoiled}), *others]
    for panel in tiny("CP.2a").panels(trials):
        (subnets,) = (item for item in panel.series if item.label == SUBNET)
        assert subnets.x == (40,)


def test_the_best_number_of_plastic_neurons_is_that_of_each_run():
    trials = records(tiny("CP.2c"))
    (panel,) = tiny("CP.2c").panels(trials)
    for series, measure in zip(panel.series, ("updates", "path"), strict=True):
        best = [
            min((10, 20), key=lambda k: getattr(trial.runs[Variant(NEURON_MASK, 80, k)], measure))
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
    final = [trial.runs[Variant(SYNAPSE_MASK, 5, 0.3)].accuracy[-1] for trial in trials]
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
        first = np.flatnonzero(run.accuracy >= accuracy)[0]
        return run.energy[first, :, exponent].sum()

    for exponent, panel in enumerate((updates, path)):
        for series, accuracy in zip(panel.series, (0.4, 0.45, 0.48, 0.5), strict=True):
            assert series.label == f"{accuracy:.0%} accurate"
            assert series.x == (100, 400)
            ratios = [
                [
                    energy(run["plain", 100, size], accuracy, exponent)
                    / energy(run["skip", 100, size], accuracy, exponent)
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
                run["skip", 100, n].updates / (10 * 101 + 100 * 65) / run["skip", 100, n].samples
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
        run = record[0.02]
        record[0.02] = dataclasses.replace(run, accuracy=0 * run.accuracy)
    for panel in figure.panels(runs):
        assert panel.series[0].x == (0.01,)
        assert panel.series[1].x == (0.01, 0.02)
