"""The page's server: values, refusals, and nothing else."""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
from click.testing import CliRunner

from theory import decay
from theory.cli import main
from theory.cli.exploring import MOST_POINTS, values
from theory.crosscheck import BUILT_IN


def asked(address, question, what="values"):
    request = urllib.request.Request(f"{address}/{what}", data=json.dumps(question).encode())
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def test_values_are_those_of_the_formula(address):
    question = {"formula": "decay.consolidation_rate", "points": [[5, 500, 0.1, 1], [7, 90, 1, 2]]}
    expected = decay.consolidation_rate([5, 7], [500, 90], [0.1, 1], [1, 2])
    assert asked(address, question)["found"] == pytest.approx(expected.tolist(), rel=1e-15)


def test_what_is_no_number_is_left_out():
    assert values({"formula": "decay.optimal_threshold", "points": [[10, 0.1, 0.01, 1]]}) == [None]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            {"formula": "decay.consolidation_rate", "points": [[5, 500, 2, 1]]},
            "p must be a number > 0 and <= 1, got 2.0",
        ),
        ({"formula": "os.system", "points": []}, "no formula 'os.system'"),
        (
            {"formula": "lattice.onset", "points": [[1.0]] * (MOST_POINTS + 1)},
            f"at most {MOST_POINTS} points, got {MOST_POINTS + 1}",
        ),
    ],
)
def test_bad_questions_get_a_sentence(question, sentence, address):
    assert sentence in asked(address, question)["error"]


def test_a_point_is_simulated(address):
    """The same as in Python."""
    question = {"formula": "triggers.mean_distance", "point": [9]}
    point = BUILT_IN.points["triggers.mean_distance"].at(j=9)
    assert asked(address, question, "point")["found"] == [point.value, point.error]


@pytest.mark.parametrize(
    ("formula", "point", "sentence"),
    [
        ("decay.optimal_power", [500, 0.1, 1, 0.01, 1], "nothing simulates decay.optimal_power"),
        ("decay.corrected_rate", [5, 500, 2, 1], "p must be a number > 0 and <= 1, got 2"),
        ("decay.mean_consolidated", [50, 20, 0.01, 1], "too short to see"),
        ("decay.corrected_rate", [50, 2000, 1, 1], "too much to be simulated"),
        ("triggers.mean_distance", [9, 9], "argument"),
        ("os.system", [], "no formula 'os.system'"),
    ],
)
def test_a_point_that_cannot_be_simulated_gets_a_sentence(formula, point, sentence, address):
    question = {"formula": formula, "point": point}
    assert sentence in asked(address, question, "point")["error"]


@pytest.mark.parametrize(
    ("length", "content"),
    [
        *[(None, it) for it in ("", "[" * 10**5, "3", "[]", '{"formula": [], "points": 1}', "\0")],
        (None, '{"formula": "lattice.onset", "points": [[1%s]]}' % ("0" * 400)),
        *[(length, "{}") for length in ("x", "-1", "9" * 5000, "")],
    ],
)
def test_no_question_is_a_traceback(length, content, address, capfd):
    host = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(host.hostname, host.port, timeout=10)
    headers = {} if length is None else {"Content-Length": length}
    connection.request("POST", "/values", content, headers)
    answer = connection.getresponse()
    assert answer.status == (200 if length is None else 404)
    assert length is not None or json.loads(answer.read())["error"]
    assert capfd.readouterr().err == ""


def test_the_page_is_served_and_nothing_else(address):
    with urllib.request.urlopen(address, timeout=10) as page:
        assert b"decay.consolidation_rate" in page.read()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/etc/passwd", timeout=10)


def test_an_unknown_formula_is_refused_before_anything_is_served():
    found = CliRunner().invoke(main, ["explore", "decay.optimal_treshold", "--no-browser"])
    assert found.exit_code == 2
    assert "did you mean 'decay.optimal_threshold'?" in found.output
