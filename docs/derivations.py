"""Where each formula is derived, as the notebooks themselves say.

The metadata of a cell that begins with a heading names the formulas which its section derives:
``{"derives": ["lattice.onset"]}``.
"""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
HEADING = re.compile(r"#{1,3} (.+)")
BEFORE_HEADING = re.compile(r"^(?=#{1,3} )", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """From one heading of a notebook to the next.

    Attributes
    ----------
    notebook : str
        Its name without the extension.
    heading : str
        Without the number signs.
    derives : tuple of str
        Names of the formulas.
    text : str
        All Markdown and code of the section.
    """

    notebook: str
    heading: str
    derives: tuple[str, ...]
    text: str

    @property
    def anchor(self) -> str:
        """The anchor that MyST gives a heading of plain words."""
        return re.sub(r"[^\w -]", "", self.heading.lower()).replace(" ", "-")

    @property
    def link(self) -> str:
        """A link to the section from a page beside the notebook, in Markdown."""
        return f"[{self.notebook[:2]}, {self.heading}]({self.notebook}.ipynb#{self.anchor})"


def sections(notebook: Path) -> list[Section]:
    """The sections of a notebook, in order."""
    found: list[Section] = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source, prose = "".join(cell["source"]), cell["cell_type"] == "markdown"
        # What the metadata say is of the heading that the cell begins with, not of later ones.
        derives = tuple(cell["metadata"].get("derives", ()))
        for part in filter(None, BEFORE_HEADING.split(source) if prose else [source]):
            heading = HEADING.match(part) if prose else None
            if heading:
                found.append(Section(notebook.stem, heading[1], derives, part))
            elif found:
                found[-1] = replace(found[-1], text=f"{found[-1].text}\n{part}")
            derives = ()
    return found


def derivations() -> dict[str, Section]:
    """The section that derives each formula, by the formula's name."""
    return {
        name: section
        for notebook in NOTEBOOKS
        for section in sections(notebook)
        for name in section.derives
    }
