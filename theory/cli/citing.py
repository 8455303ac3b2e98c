"""BibTeX of sources: ``cite``."""

from collections.abc import Sequence

import click

from theory.cli.common import Misuse, chapters_option, chosen_index, meant


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@chapters_option
def cite(names: Sequence[str], chapters: Sequence[str]) -> None:
    """Print BibTeX of what claims and formulas come from.

    \b
    synaptic-energy cite LvR.eq3                  a claim
    synaptic-energy cite perceptron.inefficiency  a formula
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory.crosscheck.references import cited
    from theory.formula import CALLS

    index = chosen_index(chapters)
    sources = {
        **{claim.id: claim.source for claim in index.claims},
        **{name: entry.source for name, entry in CALLS.items()},
    }
    for name in names:
        if name not in sources:
            raise Misuse(f"no claim or formula {name!r}; {meant(name, sources)}")
        if not cited(sources[name], index.references):
            raise Misuse(f"{name}: no references.bib has a name of its source, {sources[name]!r}")
    works = dict.fromkeys(work for name in names for work in cited(sources[name], index.references))
    click.echo("\n\n".join(work.bibtex for work in works))
