"""Draw the verdict table of a check, for the README."""

import os
from io import StringIO
from pathlib import Path

from rich.console import Console

from theory.crosscheck import DEFAULT, check
from theory.crosscheck.report.terminal import Report, table
from theory.crosscheck.run import select

PATTERN = "LvR.*"

claims = select([PATTERN])
found = {result.claim.id: result for result in check(claims, jobs=os.cpu_count() or 1)}
results = [found[claim.id] for claim in claims]
console = Console(record=True, width=126, file=StringIO())
console.print(table(results))
console.print(Report(results, len(claims), DEFAULT, seed=0).summary, highlight=False)
drawing = console.export_svg(title=f"synaptic-energy check '{PATTERN}'")
Path(__file__).with_name("verdicts.svg").write_text(drawing, encoding="utf-8")
