"""Writing the ledger: ``record``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from theory.cli.checking import effort_options, judge, selected
from theory.cli.common import INTERRUPTED, require_writable

if TYPE_CHECKING:
    from theory.crosscheck.ledger import Entry


@click.command()
@click.argument("claims", nargs=-1, metavar="[ID, glob or formula]...")
@effort_options
@click.option(
    "--missing",
    is_flag=True,
    help="Only claims of which something is not in the ledger, or was measured by code whose first "
    "replica is not that of today's.",
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
    from theory.crosscheck.recording import incomplete, measured, repeated

    require_writable(ledger.LEDGER_FILE)
    kept = dict(ledger.ledger())

    def keep(entries: Iterable[Entry]) -> None:
        kept.update(((entry.claim, entry.statement), entry) for entry in entries)
        current = ((claim.id, it.what) for claim in CLAIMS for it in claim.simulation)
        write(ledger.LEDGER_FILE, ledger.written(kept[key] for key in current if key in kept))

    chosen = selected(claims)
    if missing:
        for entries in repeated(chosen, kept, jobs, mnist=mnist):
            keep(entries)
        chosen = tuple(claim for claim in chosen if incomplete(claim, kept))
        if not chosen:
            click.echo("nothing is missing")
            return
    found = judge(chosen, effort, seed, jobs, mnist, after=lambda it: keep(measured(it, seed)))
    click.echo(f"{len(kept)} entries in {ledger.LEDGER_FILE}")
    if not found.complete:
        sys.exit(INTERRUPTED)
