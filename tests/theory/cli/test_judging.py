"""The same seed gives the same figures, whatever the number of processes."""

from tests.theory.cli.commands import FAST, QUICK, answer, report, run_installed


def without_seconds(value):
    if isinstance(value, dict):
        return {key: without_seconds(item) for key, item in value.items() if key != "seconds"}
    if isinstance(value, list):
        return [without_seconds(item) for item in value]
    return value


def test_the_same_seed_gives_the_same_figures(tmp_path):
    first, again, other, alone = (tmp_path / name for name in ("first", "again", "other", "alone"))
    answer("check", *FAST, *QUICK, "--json", str(first))
    answer("check", *FAST, *QUICK, "--json", str(again))
    assert without_seconds(report(first)) == without_seconds(report(again))
    # Other claims in the same check make no difference.
    answer("check", "SE.b-term", *QUICK, "--json", str(alone))
    (single,) = without_seconds(report(alone))["results"]
    assert single in without_seconds(report(first))["results"]
    # Another seed makes one to simulations only.
    answer("check", *FAST, "--quick", "--seed", "4", "--json", str(other))
    changed = [
        a["id"]
        for a, b in zip(report(first)["results"], report(other)["results"], strict=True)
        if without_seconds(a) != without_seconds(b)
    ]
    assert set(changed) == {"LvR.b-term", "SE.b-term"}


def test_jobs_do_not_change_the_figures(tmp_path):
    files = [tmp_path / jobs for jobs in ("1", "2")]
    for file in files:
        answer("check", *FAST, *QUICK, "--jobs", file.name, "--json", str(file))
    assert without_seconds(report(files[0])) == without_seconds(report(files[1]))


def test_other_processes_give_the_same_figures(tmp_path):
    files = [tmp_path / name for name in ("first", "again")]
    assert run_installed("check", *FAST, *QUICK, "--json", str(files[0])).returncode == 0
    answer("check", *FAST, *QUICK, "--json", str(files[1]))
    assert without_seconds(report(files[0])) == without_seconds(report(files[1]))
