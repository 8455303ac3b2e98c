"""The committed tables are those that the script makes."""

import mpmath
import pytest

from theory.special import tables, tabulated


@pytest.mark.parametrize("interval", [0, 13, 44, 63, 96, 127])
def test_the_committed_tables_are_those_the_script_makes(interval):
    with mpmath.workdps(tables.WORKING_DIGITS):
        for name in tables.TABLES:
            made = tables.coefficients(name, interval)
            assert made == tabulated._TABLES[name][interval].tolist(), name


def test_the_root_is_where_the_exit_time_is_one():
    with mpmath.workdps(40):
        root = mpmath.mpf(tables.UNIT_EXIT)
        assert abs(tables.exit_time(root) - 1) < 1e-35
        assert (float(root), float(root - float(root))) == tabulated._UNIT_EXIT
