"""Transient weights advanced word by word, against update by update."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.perceptron import random_patterns, replay, trajectory
from montecarlo.perceptron import updates as module
from montecarlo.perceptron.replaying import WORD, advance, advance_words
from tests.montecarlo.perceptron.problems import REPRODUCIBLE


@given(
    size=st.tuples(st.integers(1, 12), st.integers(1, 40)),
    levels=st.lists(st.sampled_from([0, 1, 2, 5, 13, 63]), min_size=1, max_size=3),
    count=st.integers(1, 4 * WORD),
    seed=st.integers(0, 2**32),
)
@REPRODUCIBLE
def test_words_equal_single_updates(size, levels, count, seed):
    rng = np.random.default_rng(seed)
    examples = rng.choice(np.array([-1, 1], np.float32), size)
    levels = np.array(levels, np.float32)
    state = rng.integers(-levels.astype(int), levels.astype(int) + 1, (size[1], len(levels))).T
    word_state, state = state.astype(np.float32), state.astype(np.float32)
    for _ in range(2):  # the second from where the first ended
        updated = rng.integers(0, size[0], count)
        words = advance_words(word_state, examples, updated, levels)
        single = advance(state, examples, updated, levels, "local")
        for found, expected in zip((*words, word_state), (*single, state), strict=True):
            np.testing.assert_array_equal(found, expected)


def test_replays_word_by_word_are_those_update_by_update(monkeypatch):
    run = trajectory(*random_patterns(120, 80, np.random.default_rng(1)))
    levels = (0.5, 1.0, 3.7, 15.9, 63.9)
    by_words = [replay(run, level) for level in levels]
    monkeypatch.setattr(module, "TABULATED", 0)
    for level, words in zip(levels, by_words, strict=True):
        single = replay(run, level)
        for name in ("consolidation_energy", "final_consolidation", "transient_sum"):
            np.testing.assert_array_equal(getattr(words, name), getattr(single, name))
