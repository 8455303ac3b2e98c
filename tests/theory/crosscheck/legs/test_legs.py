"""Each leg tells right from wrong, and what proves nothing from what proves something."""

import dataclasses
import math
import sys

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.statistics import Budget
from theory.crosscheck import Verdict, select
from theory.crosscheck.claim import Result
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs import approximation, numeric, rigorous, simulation, symbolic
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.numeric import Agreement, Precision
from theory.crosscheck.legs.rigorous import Enclosure
from theory.crosscheck.legs.simulation import Comparison, Laboratory
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.legs.verdict import Finding, LegResult, combined
from theory.formula import FORMULAS

x, y = sp.symbols("x y", positive=True)
n = sp.Symbol("n", integer=True, positive=True)


def identity(left, right):
    return symbolic.judge(Identity("", lambda: left, lambda: right))


class TestVerdicts:
    @given(st.lists(st.sampled_from(Verdict)))
    @settings(derandomize=True)
    def test_combination(self, verdicts):
        result = combined(verdicts)
        judged = set(verdicts) - {Verdict.SKIPPED}
        assert (result is Verdict.FAILS) == (Verdict.FAILS in judged)
        assert (result is Verdict.HOLDS) == (judged == {Verdict.HOLDS})
        assert (result is Verdict.SKIPPED) == (set(verdicts) == {Verdict.SKIPPED})

    def test_nothing_decides_nothing(self):
        assert combined([]) is Verdict.UNDECIDED


class TestSymbolic:
    def test_true_identities_are_proved(self):
        assert identity((x + y) ** 2, x**2 + 2 * x * y + y**2).verdict is Verdict.HOLDS
        assert identity(sp.sin(x) ** 2, 1 - sp.cos(x) ** 2).verdict is Verdict.HOLDS
        assert identity(sp.floor(n + sp.Rational(1, 2)), n).verdict is Verdict.HOLDS

    @pytest.mark.parametrize("factor", [sp.Rational(21, 20), sp.Integer(-1), 1 + x / 10**15])
    def test_wrong_factors_are_refuted_by_a_counterexample(self, factor):
        finding = identity(factor * (x + y), x + y)
        assert finding.verdict is Verdict.FAILS
        assert "against" in finding.figures["counterexample"]

    def test_an_empty_identity_proves_nothing(self):
        finding = identity(x - x, sp.Integer(0))
        assert finding.verdict is Verdict.UNDECIDED
        assert "goes unnoticed" in finding.figures["control"]

    def test_what_cannot_be_simplified_is_undecided(self):
        hard = sp.Integral(sp.exp(-(x**3) * y**5), (y, 0, 1))
        assert identity(hard, hard.subs(y, n).doit() + sp.Float(0)).verdict is not Verdict.FAILS

    def test_what_is_no_number_is_not_equal(self):
        assert identity(sp.nan, x).verdict is Verdict.FAILS
        assert identity(sp.oo, sp.oo).verdict is Verdict.FAILS

    def test_signs(self):
        def sign(expression):
            return symbolic.judge(Positive("", lambda: expression)).verdict

        assert sign(x / (1 + y)) is Verdict.HOLDS
        assert sign(x**2 + 2 * x * y) is Verdict.HOLDS
        assert sign(-x) is Verdict.FAILS
        assert sign(x - x) is Verdict.FAILS
        assert sign(100 + x - y) is Verdict.UNDECIDED


class TestNumeric:
    @staticmethod
    def agreement(formula, route, points=5, digits=40):
        return numeric.judge(Agreement("", formula, route, {"z": (1e-3, 1e3)}, digits), points)

    def test_two_routes_to_one_number(self):
        finding = self.agreement(
            lambda z: mpmath.exp(-z), lambda z: mpmath.quad(lambda t: mpmath.exp(-t), [z, z + 200])
        )
        assert finding.verdict is Verdict.HOLDS
        assert finding.figures["points"] == 5

    @pytest.mark.parametrize("error", ["1.05", "-1", "1.000000000000000000000000000001"])
    def test_errors_down_to_the_thirtieth_digit_are_seen(self, error):
        finding = self.agreement(lambda z: mpmath.mpf(error) * z, lambda z: z)
        assert finding.verdict is Verdict.FAILS

    def test_a_formula_of_sixteen_digits_is_not_one_of_fifty(self):
        finding = self.agreement(
            lambda z: mpmath.mpf(math.exp(-float(z))), lambda z: mpmath.exp(-z)
        )
        assert finding.verdict is Verdict.FAILS

    def test_a_formula_that_changes_with_the_precision_is_undecided(self):
        finding = self.agreement(lambda z: z * (1 + mpmath.eps**0.5), lambda z: z, digits=30)
        assert finding.verdict is Verdict.UNDECIDED
        assert "disagree" in finding.figures["unstable"]

    def test_zero_against_zero_and_no_points_decide_nothing(self):
        assert self.agreement(lambda z: z - z, lambda z: z - z).verdict is Verdict.UNDECIDED
        assert self.agreement(lambda z: z, lambda z: z, points=0).verdict is Verdict.UNDECIDED

    def test_doubles_that_are_wrong_in_the_fourteenth_digit_fail(self, monkeypatch):
        original = FORMULAS["perceptron.inefficiency"]
        assert numeric.judge(Precision("perceptron.inefficiency"), 5).verdict is Verdict.HOLDS

        def imprecise(P, N):
            return original.function(P, N) * (1 if isinstance(P, mpmath.mpf) else 1 + 1e-14)

        spoiled = dataclasses.replace(original, function=imprecise)
        monkeypatch.setitem(FORMULAS, "perceptron.inefficiency", spoiled)
        assert numeric.judge(Precision("perceptron.inefficiency"), 5).verdict is Verdict.FAILS

    def test_doubles_that_are_finite_where_the_value_is_not_fail(self, monkeypatch):
        original = FORMULAS["decay.optimal_threshold"]
        assert numeric.judge(Precision(original.name), 5).verdict is Verdict.HOLDS

        def finite(**point):
            value = original.function(**point)
            exact = any(isinstance(at, (mpmath.mpf, sp.Basic)) for at in point.values())
            return value if exact else np.minimum(value, 1e300)

        monkeypatch.setitem(FORMULAS, original.name, dataclasses.replace(original, function=finite))
        assert numeric.judge(Precision(original.name), 5).verdict is Verdict.FAILS


class TestApproximation:
    @staticmethod
    def judge(formula, within=0.1, rejected=None, points=10, error=0.0):
        statement = Approximation(
            "", formula, lambda x: (x, error), {"x": (1, 100)}, within, rejected or {}
        )
        return approximation.judge(statement, points)

    def test_what_is_close_everywhere_holds(self):
        finding = self.judge(lambda x: x * (1 + 0.09 * math.sin(x)))
        assert finding.verdict is Verdict.HOLDS
        assert finding.figures["points"] == 12
        assert float(finding.figures["largest deviation"].rstrip("%")) == pytest.approx(8.9, abs=1)

    @pytest.mark.parametrize(
        "formula", [lambda x: 1.11 * x, lambda x: -x, lambda x: x * math.nan, lambda x: x + 5]
    )
    def test_what_is_far_off_anywhere_fails(self, formula):
        assert self.judge(formula).verdict is Verdict.FAILS

    def test_the_corners_are_looked_at(self):
        finding = self.judge(lambda x: x + (x == 100) * 20, points=0)
        assert finding.verdict is Verdict.FAILS
        assert finding.figures["worst point"] == "x = 100"

    def test_the_error_of_the_reference_counts(self):
        assert self.judge(lambda x: 1.06 * x, error=0.03).verdict is Verdict.HOLDS
        assert self.judge(lambda x: 1.06 * x, error=0.05).verdict is Verdict.FAILS

    def test_a_loose_bound_says_nothing(self):
        finding = self.judge(lambda x: 1.005 * x)
        assert finding.verdict is Verdict.UNDECIDED
        assert finding.figures["control"] == "the bound is loose"

    def test_what_should_be_rejected_and_is_not_leaves_it_undecided(self):
        finding = self.judge(lambda x: 1.05 * x, rejected={"the other": lambda x: 1.09 * x})
        assert finding.verdict is Verdict.UNDECIDED
        assert finding.figures["control"] == "the other goes unnoticed"
        finding = self.judge(lambda x: 1.05 * x, rejected={"the other": lambda x: x + 2})
        assert finding.verdict is Verdict.HOLDS
        assert finding.figures["controls rejected"] == "the other, a looser bound"

    def test_statements_about_one_region_share_its_points(self):
        seen = []
        for _ in range(2):
            self.judge(lambda x: seen.append(x) or x)
        assert len(seen) == 24
        assert seen[:12] == seen[12:]


class TestRigorous:
    @staticmethod
    def judge(formula, ball=lambda x: x.exp(), points=5):
        pytest.importorskip("flint")
        return rigorous.judge(Enclosure("", formula, ball, {"x": (0.1, 30)}), points)

    def test_the_true_value_holds(self):
        finding = self.judge(mpmath.exp)
        assert finding.verdict is Verdict.HOLDS
        assert finding.figures["digits"] > 45

    @pytest.mark.parametrize("error", ["1e-39", "-1e-39", "-2", "0.05"])
    def test_wrong_values_fail(self, error):
        assert self.judge(lambda x: mpmath.exp(x) * (1 + mpmath.mpf(error))).verdict is (
            Verdict.FAILS
        )

    def test_a_large_ball_decides_nothing(self):
        finding = self.judge(mpmath.exp, lambda x: x.exp() * type(x)(1, 1e-30))
        assert finding.verdict is Verdict.UNDECIDED

    def test_without_python_flint_it_is_skipped(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "flint", None)
        statement = Enclosure("", mpmath.exp, lambda x: x.exp(), {"x": (0.1, 30)})
        assert rigorous.judge(statement, 5).verdict is Verdict.SKIPPED


class TestSimulation:
    @staticmethod
    def judge(observed, effort=1.0, resolution=0.045, **fields):
        experiment = Experiment(
            "normal", lambda rng: 1 + 0.05 * rng.standard_normal(), replicas=400
        )
        comparison = Comparison("", experiment, observed, lambda _: 1.0, **fields)
        return simulation.judge(comparison, Laboratory(1, Budget(1000), resolution, effort))

    def test_the_true_value_holds_and_controls_are_rejected(self):
        finding = self.judge(lambda record: record)
        assert finding.verdict is Verdict.HOLDS
        assert finding.figures["controls rejected"] == "× 1.05, × -1"

    @pytest.mark.parametrize("factor", [1.05, 0.95, -1.0, 2.0])
    def test_wrong_values_fail(self, factor):
        assert self.judge(lambda record: factor * record).verdict is Verdict.FAILS

    def test_too_few_replicas_are_undecided(self):
        finding = self.judge(lambda record: record, effort=0.01)
        assert finding.verdict is Verdict.UNDECIDED

    def test_a_single_outcome_without_spread_is_exact(self):
        assert self.judge(lambda _: 1.0).verdict is Verdict.HOLDS
        assert self.judge(lambda _: 1.0 + 1e-9).verdict is Verdict.FAILS

    def test_not_a_number_is_undecided(self):
        assert self.judge(lambda x: x * math.nan).verdict is Verdict.UNDECIDED

    def test_ranges(self):
        assert self.judge(lambda record: record, low=0.9, high=1.1).verdict is Verdict.HOLDS
        assert self.judge(lambda record: record, low=1.1, high=1.3).verdict is Verdict.FAILS
        assert self.judge(lambda record: record, low=0.9, high=1.001).verdict is Verdict.UNDECIDED

    def test_a_range_that_admits_a_wrong_factor_is_undecided(self):
        finding = self.judge(lambda record: record, low=0.4, high=2.5, wrong=(2.0,))
        assert finding.verdict is Verdict.UNDECIDED
        assert "2 goes unnoticed" in finding.figures["control"]

    @pytest.mark.statistical
    def test_false_alarms_keep_to_the_budget(self):
        """At a budget of one alarm in ten comparisons, split over the looks at each."""
        alarms = 0
        for seed in range(300):
            experiment = Experiment("normal", lambda rng: 1 + rng.standard_normal(), replicas=64)
            comparison = Comparison("", experiment, lambda record: record, lambda _: 1.0)
            laboratory = Laboratory(
                seed, Budget(len(simulation.schedule(comparison, 1.0)), 0.1), 1e-3, 1.0
            )
            alarms += simulation.judge(comparison, laboratory).verdict is Verdict.FAILS
        # 300 tests at 0.1 would give 30 alarms; 60 is beyond six standard deviations.
        assert alarms < 60

    def test_replicas_do_not_depend_on_the_order_of_questions(self):
        experiment = Experiment("normal", lambda rng: rng.standard_normal(), replicas=10)
        first = Laboratory(3, Budget(1), 0.1, 1.0).replicas(experiment, 7)
        laboratory = Laboratory(3, Budget(1), 0.1, 1.0)
        laboratory.replicas(Experiment("other", lambda rng: rng.random(), 10), 5)
        laboratory.replicas(experiment, 2)
        assert laboratory.replicas(experiment, 7) == first
        assert len(np.unique(first)) == 7


def test_what_is_too_slow_for_a_quick_check_is_not_unexpected():
    def judged(verdict):
        finding = Finding("what", verdict)
        return Result(select(["LvR.K"])[0], (LegResult("simulation", (finding,), 0.0),))

    expected = {Verdict.HOLDS, Verdict.SKIPPED}
    assert {verdict for verdict in Verdict if judged(verdict).as_expected} == expected
