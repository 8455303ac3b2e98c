"""Draw the verdict table of a quick check for the README, and count what sentences come to.

What a quick check does not simulate it reads in the ledger, as the pages do.
"""

import os
from io import StringIO
from pathlib import Path

from rich.console import Console

from theory.crosscheck import CLAIMS, QUICK, check
from theory.crosscheck.report.terminal import Report, by_paper, failures, table
from theory.crosscheck.run import select

PATTERN = "LvR.*"

MARK = "<!-- sentences -->"
README = Path(__file__).parent.with_name("README.md")

found = {result.claim.id: result for result in check(effort=QUICK, jobs=os.cpu_count() or 1)}
results = [found[claim.id] for claim in select([PATTERN])]
console = Console(record=True, width=126, file=StringIO())
console.print(table(results, console.width))
console.print(failures(results), "", highlight=False)
console.print(Report(results, len(results), QUICK, seed=0).summary, highlight=False)
drawing = console.export_svg(title=f"synaptic-energy check '{PATTERN}' --quick")
Path(__file__).with_name("verdicts.svg").write_text(drawing, encoding="utf-8")

header, counted = by_paper([found[claim.id] for claim in CLAIMS])
lines = [" | ".join(row) for row in (header, ["---"] * len(header), *counted)]
before, _, after = README.read_text(encoding="utf-8").split(MARK)
rows = "\n".join(f"| {line} |" for line in lines)
README.write_text(f"{before}{MARK}\n{rows}\n{MARK}{after}", encoding="utf-8")
