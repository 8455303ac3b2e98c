"""Checks of arguments."""

import math

import numpy as np

from montecarlo import checks


def test_checks_let_the_edges_of_their_domains_pass():
    checks.require("x", 1, True, "anything")
    for count in (1, np.int8(1), 10**30):
        checks.require_count("x", count)
    for tau in (math.nextafter(1, 2), math.inf):
        checks.require_tau(tau)
    for number in (5e-324, 1.7e308):
        checks.require_positive("x", number)
    inputs, signs = checks.checked_patterns([[0]], [-1])
    assert inputs.tolist() == [[0.0]]
    assert signs.tolist() == [-1.0]
