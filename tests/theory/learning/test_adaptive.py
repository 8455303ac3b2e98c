"""What adapted thresholds save."""

import numpy as np
import pytest

from theory import learning


def test_nothing_is_saved_in_one_epoch():
    assert learning.adaptive_saving(1.0, 1) == pytest.approx(1)


def test_saving_is_by_the_inequality_of_cauchy_and_schwarz():
    probability = learning.update_probability(0.5, np.arange(1, 11))
    expected = np.sqrt(probability).mean() / np.sqrt(probability.mean())
    assert learning.adaptive_saving(0.5, 10) == pytest.approx(expected)
    assert expected < 1


@pytest.mark.parametrize(
    ("load", "epochs", "message"),
    [(2.0, 10, "load must be"), (1.0, 0, "epochs must be"), (1.0, 2.5, "epochs must be")],
)
def test_bad_input_is_named(load, epochs, message):
    with pytest.raises(ValueError, match=message):
        learning.adaptive_saving(load, epochs)
