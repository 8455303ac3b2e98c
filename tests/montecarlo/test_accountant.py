"""Energies of networks that are trained elsewhere: against a literal version, and our own."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.accountant import Accountant
from montecarlo.datasets import digits
from montecarlo.network import initial_network, present
from montecarlo.network.design import CP
from montecarlo.savers import Cache

EXPONENTS = (0.0, 0.5, 1.0, 2.0)


def saturating(change):
    return np.log1p(np.abs(change))


def uneven(change):
    """Potentiation costs twice what depression does."""
    return np.where(change > 0, 2.0, 1.0) * np.abs(change)


STEPS = st.lists(st.lists(st.integers(-3, 3), min_size=2, max_size=2), max_size=12)


def literal(steps, threshold, given):
    """What one synapse costs: step by step, straight and cached, and what its cache held."""

    def cost(change):
        if change == 0:
            return 0.0
        return given(change) if callable(given) else abs(change) ** given

    weight = persistent = energy = cached = held = 0.0
    for step in steps:
        weight += step
        energy += cost(step)
        if abs(weight - persistent) > threshold:
            cached += cost(weight - persistent)
            persistent = weight
        held += abs(weight - persistent)
    return energy, cost(weight), cached + cost(weight - persistent), held


@given(STEPS, st.sampled_from([0.0, 0.5, 2.0, math.inf]))
def test_each_synapse_costs_what_its_changes_say(steps, threshold):
    weights = {"a": np.zeros(2)}
    costs = (*EXPONENTS, saturating, uneven)
    account = Accountant(weights, costs, threshold)
    for step in steps:
        weights["a"] += step  # in place, as optimizers do
        account.step(weights)
    assert account.steps == len(steps)
    for index, cost in enumerate(costs):
        expected = [literal([it[i] for it in steps], threshold, cost) for i in range(2)]
        energy, direct, cached, held = np.sum(expected, axis=0)
        assert account.energy[0, index] == pytest.approx(energy)
        assert account.direct_energy[0, index] == pytest.approx(direct)
        assert account.cached_energy[0, index] == pytest.approx(cached)
        assert account.transient_sum[0] == pytest.approx(held)


def learning(savers):
    """A network on 300 digits, and its account from outside."""
    data = digits(zero_mean=True)
    network = initial_network(
        CP, (64, 20, 10), np.random.default_rng(1), savers=savers, exponents=EXPONENTS, dtype=float
    )
    layers = {"hidden": network.hidden, "output": network.output}
    account = Accountant({name: it.strengths for name, it in layers.items()}, EXPONENTS, 0.02)
    for sample in range(300):
        present(network, data.train_inputs.astype(float), data.train_labels, np.array([sample]))
        account.step({name: it.strengths for name, it in layers.items()})
    return network, account


def test_a_network_of_ours_costs_what_it_says_itself():
    network, account = learning(())
    ours = [layer.energy for layer in (network.hidden, network.output)]
    np.testing.assert_allclose(account.energy[:, 1:], np.array(ours)[:, 1:], rtol=1e-9)
    cached, same = learning([Cache(0.02)])
    ours = [layer.energy for layer in (cached.hidden, cached.output)]
    np.testing.assert_allclose(same.cached_energy, ours, rtol=1e-6)
    np.testing.assert_allclose(account.cached_energy, ours, rtol=1e-6)
    held = [layer.transient_sum for layer in (cached.hidden, cached.output)]
    np.testing.assert_allclose(account.transient_sum, held, rtol=1e-6)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (({"a": [math.nan]},), r"weights of a must be finite numbers of shape \(1,\)"),
        (({"a": [1.0]}, (-1.0,)), "costs must be numbers >= 0, or functions of changes, got -1.0"),
        (({"a": [1.0]}, (1.0,), -1.0), "threshold must be a number >= 0, got -1.0"),
    ],
)
def test_bad_accounts_are_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        Accountant(*arguments)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"b": [1.0]}, r"weights must be those of a, got \('b',\)"),
        ({"a": [1.0, 2.0]}, r"weights of a must be finite numbers of shape \(1,\)"),
        ({"a": [math.inf]}, r"weights of a must be finite numbers of shape \(1,\)"),
    ],
)
def test_bad_steps_are_refused(weights, said):
    account = Accountant({"a": [1.0]})
    with pytest.raises(ValueError, match=said):
        account.step(weights)
    assert account.steps == 0


def test_a_model_of_pytorch_is_counted_by_a_hook():
    torch = pytest.importorskip("torch")
    torch.manual_seed(1)
    model = torch.nn.Linear(3, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def weights():
        return {name: it.detach().cpu().numpy() for name, it in model.named_parameters()}

    account = Accountant(weights())
    optimizer.register_step_post_hook(lambda *_: account.step(weights()))
    for _ in range(5):
        optimizer.zero_grad()
        model(torch.ones(3)).square().sum().backward()
        optimizer.step()
    assert account.layers == ("weight", "bias")
    assert account.steps == 5
    assert (account.energy[:, 1] >= account.direct_energy[:, 1] - 1e-6).all()
    assert account.energy[:, 0].tolist() == [30.0, 10.0]
