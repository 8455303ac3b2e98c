"""Energy in joules."""

import math

import pytest

from tests.theory.formula.strategies import approx
from theory.prices import MULTIPLICATION, TECHNOLOGIES, Device


def test_what_is_counted_is_priced():
    device = Device(write=3.0, unit=5.0, read=7.0)
    assert device.joules(writes=2) == 6
    assert device.joules(written=2) == 10
    assert device.joules(reads=2) == 14
    assert device.joules(2, 2, 2) == 30


@pytest.mark.parametrize("name", ["write", "unit", "read"])
@pytest.mark.parametrize("price", [-1.0, math.inf, math.nan, "a", [1.0, 2.0]])
def test_prices_in_their_domain(name, price):
    with pytest.raises(
        ValueError, match=rf"{name} must be (a finite number >= 0 or None|a single number), got"
    ):
        Device(**{name: price})


@pytest.mark.parametrize("name", ["writes", "written", "reads"])
@pytest.mark.parametrize("amount", [-5, math.inf, math.nan, "a", None])
def test_amounts_in_their_domain(name, amount):
    with pytest.raises(ValueError, match=f"{name} must be a finite number >= 0, got {amount!r}"):
        Device(write=None).joules(**{name: amount})


def test_what_has_no_known_price_is_not_free():
    device = TECHNOLOGIES["STT-RAM"]
    assert device.joules(writes=10) == approx(32e-12)
    with pytest.raises(ValueError, match="read must be known, got None: Hu et al"):
        device.joules(writes=10, reads=1)


def test_every_technology_names_its_source_and_is_an_estimate():
    for device in TECHNOLOGIES.values():
        assert "estimate" in device.source
        assert "20" in device.source
        assert device.write > 0
    assert TECHNOLOGIES["DRAM"].joules(writes=2) / MULTIPLICATION == approx(346, rel=1e-3)
