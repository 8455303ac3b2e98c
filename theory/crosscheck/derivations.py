"""Where formulas, and claims that are about none, are worked out: in which section of a notebook.

They are data, in ``derivations.csv``, so that the command knows them where no notebook is.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DERIVATIONS", "Section"]


@dataclass(frozen=True)
class Section:
    """From one heading of a notebook to the next.

    Attributes
    ----------
    notebook : str
        Its name without the extension.
    heading : str
        Without the number signs.
    """

    notebook: str
    heading: str


def _derivations() -> dict[str, Section]:
    with Path(__file__).with_name("derivations.csv").open(encoding="utf-8", newline="") as file:
        return {
            name: Section(row["notebook"], row["section"])
            for row in csv.DictReader(file)
            for name in row["derives"].split()
        }


#: The section on each formula, and on some claims, by name or id.
DERIVATIONS = _derivations()
