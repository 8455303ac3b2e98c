"""What the commands share: hints, sweeps as text, files that can be written."""

import pytest

from theory.cli.common import MOST_NAMES, MOST_VALUES, Misuse, meant, require_writable, span


def test_the_nearest_name_is_meant_whatever_its_case():
    assert meant("CAHCE", ["skip", "cache"]) == "did you mean 'cache'?"
    assert meant("zzz", ["skip", "cache"]) == "there are skip, cache"


def test_all_names_are_meant_that_end_so():
    known = ["a.energy", "b.energy", "b.energies", "energy.b"]
    assert meant("energy", known) == "did you mean 'a.energy' or 'b.energy'?"


def test_many_names_are_not_listed():
    hint = meant("zzz", [f"name {i}" for i in range(MOST_NAMES + 1)])
    assert hint == "'synaptic-energy list' shows all claims, 'eval --help' all formulas"


def test_a_sweep_has_two_ends_and_a_count():
    assert span("P=0.1:1e3:5") == ("0.1", "1e3", 5)


@pytest.mark.parametrize("text", ["P", "P=1:2", "P=1:2:3:4", "P=1:2:0", "P=1:2:-3", "P=1:2:2.5"])
def test_other_sweeps_are_refused(text):
    with pytest.raises(Misuse, match="a sweep is NAME=START:STOP:COUNT with a COUNT of at least 1"):
        span(text)


def test_a_sweep_of_too_many_values_is_refused():
    assert span(f"P=1:2:{MOST_VALUES}")[2] == MOST_VALUES
    with pytest.raises(Misuse, match=f"a sweep has at most {MOST_VALUES} values"):
        span(f"P=1:2:{MOST_VALUES + 1}")


def test_files_need_a_name_and_a_folder(tmp_path):
    require_writable(tmp_path / "file")
    with pytest.raises(Misuse, match="is not the name of a file"):
        require_writable(tmp_path)
    with pytest.raises(Misuse, match="no folder"):
        require_writable(tmp_path / "missing" / "file")
