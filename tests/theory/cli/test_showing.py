"""The command show: statement, equations, sources and evidence."""

import dataclasses
import re

import sympy

from tests.theory.cli.commands import QUICK, answer, claim, invoke, misuse
from theory import crosscheck
from theory.cli.common import INTERRUPTED
from theory.crosscheck.legs.symbolic import Identity
from theory.formula import FORMULAS


def test_show_of_an_algorithm(fast_claims):
    fast_claims(claim("x.first", lambda: 1, formulas=("triggers.optimum",)))
    printed = answer("show", "x.first")
    assert "triggers.optimum(K, T, N, c, eta=1, trigger=local)\n    computed by an alg" in printed


def test_show_gives_statement_formula_source_and_evidence():
    printed = answer("show", "SE.b-term", *QUICK)
    (shown,) = crosscheck.select(["SE.b-term"])
    assert printed.startswith("SE.b-term  HOLDS\n")
    for text in (shown.statement, shown.source, shown.kind, *shown.formulas, shown.remark):
        assert text in printed
    for name in shown.formulas:
        assert FORMULAS[name].source in printed
    assert "\n    K⋅N⋅b⋅η⋅⎝n  - 1⎠\n    ────────────────\n" in printed
    for leg in ("symbolic", "simulation"):
        for statement in getattr(shown, leg):
            assert statement.what in printed
    assert "seed: 3" in printed


def test_a_statement_that_was_proved_is_mathematics(fast_claims):
    x = sympy.Symbol("x", positive=True)
    statements = [
        Identity("once", lambda: (1 + x) / 2, lambda: (1 + x) * x / (2 * x) / 1),
        Identity("differently", lambda: (x + 1) * x / 2, lambda: (x**2 + x) / 2),
        Identity("at length", lambda: (1 + x) ** 60, lambda: sympy.expand((1 + x) ** 60)),
    ]
    fast_claims(dataclasses.replace(claim("x", lambda: 1), symbolic=tuple(statements)))
    printed = answer("show", "x")
    once, differently, at_length = re.split("  HOLDS     ", printed)[1:]
    assert "statement" not in printed
    assert "=" not in once
    assert re.search(r"x⋅\(x \+ 1\) +x +x *\n +─+ = ─+ \+ ─\n", differently)
    assert "=" not in at_length


def test_show_of_a_formula_begins_with_it_its_verdicts_and_the_claim_that_states_it(monkeypatch):
    about = {"formulas": ("perceptron.inefficiency", "perceptron.energy")}
    claims = (
        claim("arithmetic.x", lambda: 1, **about),
        claim("x.side", lambda: 1, **about),
        dataclasses.replace(claim("x.states", lambda: 1, **about), source="LvR, Eq. 3"),
    )
    monkeypatch.setattr(crosscheck, "select", lambda *_: claims)
    printed = answer("show", "perceptron.inefficiency")
    assert printed.startswith("perceptron.inefficiency(P, N)\n    √π⋅√P\n")
    table, *shown = re.split(r"^(?=\S+  HOLDS$)", printed, flags=re.MULTILINE)
    assert re.findall(r"^ ?(\S+) +HOLDS ", table, re.MULTILINE) == [it.split()[0] for it in shown]
    assert [it.split()[0] for it in shown] == ["x.states", "x.side", "arithmetic.x"]
    assert printed.count("√π⋅√P") == printed.count("2⋅N⋅P⋅η") == 1
    assert "perceptron.energy(P, N, eta=1), see above\n" in shown[1]


def test_show_ends_with_the_notebooks(fast_claims):
    """On a formula alone, or on a claim and all of its formulas, each once."""
    rate, power = "decay.consolidation_rate", "decay.consolidation_power"
    fast_claims(claim("LvR.r", lambda: 1, formulas=(rate, power, rate)), claim("x", lambda: 1))
    at = "Worked out in notebooks/04_steady_state.ipynb, "
    lines = [
        "Worked out in notebooks/09_errata.ipynb, “A rate without a time”: LvR.r",
        f"{at}“Normalisation gives the rate”: {rate}",
        f"{at}“The powers”: {power}",
    ]
    assert answer("show", "LvR.r").splitlines()[-4:] == ["", *lines]
    assert answer("show", rate).splitlines()[-2:] == ["", lines[1]]
    assert "Worked out" not in answer("show", "x")


def test_show_of_an_unknown_claim():
    assert misuse("show", "SE.nothing").startswith("no claim matches 'SE.nothing'")


def test_show_of_an_interrupted_claim(fast_claims):
    def interrupt():
        raise KeyboardInterrupt

    fast_claims(claim("x.stop", interrupt))
    result = invoke("show", "x.stop")
    assert result.exit_code == INTERRUPTED
    assert "0 of 1 claims" in result.stderr
