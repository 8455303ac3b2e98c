"""The pages that are written by the code: every formula, and every claim with its verdict."""

from pathlib import Path

from theory.crosscheck import CLAIMS, QUICK, Result, check
from theory.crosscheck.report import Report
from theory.formula import FORMULAS


def write_pages(folder: Path) -> None:
    """Write formulas.md and claims.md."""
    folder.mkdir(exist_ok=True)
    (folder / "formulas.md").write_text(formulas(), encoding="utf-8")
    (folder / "claims.md").write_text(claims(), encoding="utf-8")


def formulas() -> str:
    """All formulas with meaning, LaTeX, domain and source."""
    names = (
        "Some functions have no other name than here: $\\kappa_G$ is "
        "`theory.implicit.gardner_margin`, $v$ `theory.passage.exit_variation`, $y$ and $u$ "
        "`theory.balance.threshold_ratio` and `power_ratio`, $W$ `theory.ladder.sawtooth`, $m$ and "
        "$h$ `theory.moments.triangular_moment` and `persistent_size`."
    )
    parts = ["# Formulas", names]
    for name, formula in FORMULAS.items():
        meaning = (formula.function.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
        domain = "; ".join(f"{symbol}: {limits.text}" for symbol, limits in formula.domain.items())
        condition = f"; {formula.where}" if formula.where else ""
        left = ", ".join(formula.letters.values())
        function = name.rpartition(".")[2].replace("_", r"\_")
        parts.append(
            f"## `{name}`\n\n{_escaped(meaning)}\n\n"
            f"$$\\mathrm{{{function}}}({left}) = {formula.latex}$$\n\n"
            f"Domain: {_escaped(domain)}{_escaped(condition)}. Source: {_escaped(formula.source)}."
        )
    return "\n\n".join(parts) + "\n"


def claims() -> str:
    """All claims, as a quick check judges them."""
    results = list(check(effort=QUICK))
    summary = Report(results, len(CLAIMS), QUICK, seed=0).summary
    return "\n\n".join(["# Claims", _escaped(summary), *map(_claim, results)]) + "\n"


def _claim(result: Result) -> str:
    claim = result.claim
    see = f" (as it should; see {claim.correction})" if claim.correction else ""
    rows = [
        f"| {leg.leg} | {finding.verdict} | {_escaped(finding.what)} | {_figure(finding.figures)} |"
        for leg in result.legs
        for finding in leg.findings
    ]
    remark = f"\n\n*{_escaped(claim.remark)}*" if claim.remark else ""
    table = "\n".join(["| leg | verdict | what | figure |", "|---|---|---|---|", *rows])
    return (
        f"## {claim.id}: {result.verdict}{see}\n\n{_escaped(claim.statement)} "
        f"({_escaped(claim.source)}; {claim.kind}){remark}\n\n{table}"
    )


def _figure(figures: object) -> str:
    """The figure that decides: a ratio, digits, a proof or a counterexample."""
    if not isinstance(figures, dict):
        return ""
    for name in ("simulation / theory", "digits", "counterexample", "proof", "why"):
        if name in figures:
            return _escaped(f"{name}: {figures[name]}")
    return ""


def _escaped(text: str) -> str:
    for character in "\\*_|$[]<>^":
        text = text.replace(character, f"\\{character}")
    return text
