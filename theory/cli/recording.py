"""Writing the ledger: ``record``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from theory.cli.checking import effort_options, judge
from theory.cli.common import INTERRUPTED, require_writable

if TYPE_CHECKING:
    from theory.crosscheck.claim import Result


@click.command()
@click.argument("claims", nargs=-1, metavar="[ID, glob or formula]...")
@effort_options
@click.option(
    "--missing",
    is_flag=True,
    help="Only claims of which something is not in the ledger, or was measured by other code.",
)
def record(
    claims: Sequence[str], effort: str | None, seed: int, jobs: int, mnist: bool, missing: bool
) -> None:
    """Measure anew what the ledger says, and write it: the reference of later checks.

    What is finished is written at once, and 'git diff' shows what has moved. What is not
    simulated, like networks on MNIST without its folder, keeps its entries.

    \b
    synaptic-energy record --mnist FOLDER            everything, in hours
    synaptic-energy record --missing --mnist FOLDER  what is left of it after an interruption
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from montecarlo.files import write
    from theory.crosscheck import CLAIMS, ledger
    from theory.crosscheck.recording import incomplete, measured

    require_writable(ledger.LEDGER_FILE)
    kept = dict(ledger.ledger())

    def keep(result: Result) -> None:
        kept.update(measured(result, seed))
        current = ((claim.id, it.what) for claim in CLAIMS for it in claim.simulation)
        write(ledger.LEDGER_FILE, ledger.written(kept[key] for key in current if key in kept))

    chosen = [claim.id for claim in CLAIMS if incomplete(claim)] if missing else []
    if missing and not chosen:
        click.echo("nothing is missing")
        return
    found = judge([*claims, *chosen], effort, seed, jobs, mnist, after=keep)
    click.echo(f"{len(kept)} entries in {ledger.LEDGER_FILE}")
    if not found.complete:
        sys.exit(INTERRUPTED)
