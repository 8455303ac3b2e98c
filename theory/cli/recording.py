"""Writing the ledger: ``record``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from theory.cli.common import INTERRUPTED, chosen_index, require_writable
from theory.cli.judging import effort_options, judge, selected

if TYPE_CHECKING:
    from theory.crosscheck.claim import Result
    from theory.crosscheck.index import Index
    from theory.crosscheck.ledger import Entry, Ledger


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
    claims: Sequence[str],
    chapters: Sequence[str],
    effort: str | None,
    seed: int,
    jobs: int,
    mnist: bool,
    missing: bool,
) -> None:
    """Measure anew what the ledger says, and write it: the reference of later checks.

    What is finished is written at once, and 'git diff' shows what has moved. What is not
    simulated, like networks on MNIST without its folder, keeps its entries.

    \b
    synaptic-energy record --mnist FOLDER            everything, in hours
    synaptic-energy record --missing --mnist FOLDER  what is left of it after an interruption
    synaptic-energy record --claims my_model.chapter the ledger.csv beside a chapter of your own
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from montecarlo.files import write
    from theory.crosscheck.ledger import LEDGER, ledger, written
    from theory.crosscheck.recording import incomplete, measured, repeated

    index = chosen_index(chapters)
    ledgers = {home: ledger(home) for home in dict.fromkeys(index.homes.values())}
    for home in ledgers:
        require_writable(home / LEDGER)

    def keep(entries: Iterable[Entry]) -> None:
        entries = tuple(entries)
        for entry in entries:
            ledgers[index.homes[entry.claim]][entry.claim, entry.statement] = entry
        for home in {index.homes[entry.claim] for entry in entries}:
            write(home / LEDGER, written(_ordered(ledgers[home], index)))

    chosen = selected(claims, index)
    if missing:
        for entries in repeated(chosen, index.ledger, jobs, mnist=mnist):
            keep(entries)
        recorded = index.ledger
        chosen = tuple(claim for claim in chosen if incomplete(claim, recorded))
        if not chosen:
            click.echo("nothing is missing")
            return
    found = judge(
        *(chosen, effort, seed, jobs, mnist, index),
        after=lambda it: keep(measured(it, seed)),
        anew=True,
    )
    for home, kept in ledgers.items():
        click.echo(f"{len(kept)} entries in {home / LEDGER}")
    _tell_unexpected(found.results)
    if not found.complete:
        sys.exit(INTERRUPTED)


def _tell_unexpected(results: Iterable[Result]) -> None:
    """Say which verdicts, whatever the ledger said before, are not what is expected."""
    for result in results:
        if result.verdict not in {result.claim.expected, "SKIPPED"}:
            click.echo(f"{result.claim.id} {result.verdict}, not {result.claim.expected}", err=True)


def _ordered(kept: Ledger, index: Index) -> list[Entry]:
    """The entries of a ledger in the order of the claims; what no statement needs is left out.

    What is of no claim of the index may be of another chapter in the same folder.
    """
    current = [(claim.id, it.what) for claim in index.claims for it in claim.simulation]
    others = [key for key in kept if key[0] not in index.homes]
    return [kept[key] for key in [*current, *others] if key in kept]
