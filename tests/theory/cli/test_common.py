"""What the commands share: hints, files that can be written."""

import pytest

from theory.cli.common import MOST_NAMES, Misuse, meant, require_writable


def test_the_nearest_name_is_meant_whatever_its_case():
    assert meant("CAHCE", ["skip", "cache"]) == "did you mean 'cache'?"
    assert meant("zzz", ["skip", "cache"]) == "there are skip, cache"


def test_greek_letters_are_meant_by_their_names():
    assert meant("θ", ["tau", "theta"]) == meant("Θ", ["theta"]) == "did you mean 'theta'?"


def test_all_names_are_listed_whatever_their_case():
    assert meant("zz", ["n", "K", "N"]) == "there are n, K, N"


def test_all_names_are_meant_that_end_so():
    known = ["a.energy", "b.energy", "b.energies", "energy.b"]
    assert meant("energy", known) == "did you mean 'a.energy' or 'b.energy'?"


def test_many_names_are_not_listed():
    hint = meant("zzz", [f"name {i}" for i in range(MOST_NAMES + 1)])
    assert hint == "'synaptic-energy list' shows all claims, 'eval --help' all formulas"


def test_files_need_a_name_and_a_folder(tmp_path):
    require_writable(tmp_path / "file")
    with pytest.raises(Misuse, match="is not the name of a file"):
        require_writable(tmp_path)
    with pytest.raises(Misuse, match="no folder"):
        require_writable(tmp_path / "missing" / "file")
