"""BibTeX of sources: ``cite``."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

import click

from theory.cli.common import Misuse, chapters_option, chosen_index, meant


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="[ID, glob, formula or work]...")
@chapters_option
def cite(names: Sequence[str], chapters: Sequence[str]) -> None:
    """Print BibTeX of what claims and formulas come from.

    \b
    synaptic-energy cite LvR.eq3                  a claim
    synaptic-energy cite perceptron.inefficiency  a formula
    synaptic-energy cite 'LvR.*'                  all works that these claims name
    synaptic-energy cite LvR SE                   a paper, and this package
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory.crosscheck.references import Reference, cited
    from theory.formula import CALLS

    index = chosen_index(chapters)
    sources = {
        **{name: name for work in index.references for name in work.names},
        **{claim.id: claim.source for claim in index.claims},
        **{name: entry.source for name, entry in CALLS.items()},
    }
    works: dict[Reference, None] = {}
    for text in names:
        chosen = [name for name in sources if fnmatchcase(name, text)]
        if not chosen:
            raise Misuse(f"no claim, formula or work {text!r}; {meant(text, sources)}")
        for name in chosen:
            if not (found := cited(sources[name], index.references)):
                raise Misuse(
                    f"{name}: no references.bib has a name of its source, {sources[name]!r}"
                )
            works |= dict.fromkeys(found)
    click.echo("\n\n".join(work.bibtex for work in works))
