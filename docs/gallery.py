"""The gallery: every figure as it is drawn quickly, with what there is to see."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from docs.markdown import judged, page
from theory.cli.drawing import draw
from theory.crosscheck import CHAPTERS, CLAIMS, Result
from theory.crosscheck.figures.figure import Figure

#: What to see in each figure, by its id.
CAPTIONS = tomllib.loads(Path(__file__).with_name("captions.toml").read_text(encoding="utf-8"))


def draw_all(folder: Path) -> None:
    """Draw all figures quickly; what was simulated for them is kept beside them."""
    draw.main(["all", "--quick", "--out", str(folder)], standalone_mode=False)


def index(results: dict[str, Result]) -> str:
    """All figures, chapter by chapter."""
    introduction = (
        "Every figure of the papers that is reproduced, and the new ones. Theory is drawn as "
        "lines, simulation as points with standard errors. All of them are drawn as these pages "
        "are built, by `synaptic-energy figure all --quick`: with few replicas, and on "
        "scikit-learn's digits of 8 × 8 pixels where the paper has MNIST. Without `--quick` the "
        "command takes more replicas and, where the paper does, MNIST: hours instead of minutes. "
        "It writes the data of each figure as CSV, too."
    )
    parts = [introduction]
    for chapter in CHAPTERS:
        if chapter.figures:
            parts += [
                f"## [{chapter.title}]({chapter.name}.md)",
                thumbnails(chapter.figures, results),
            ]
    return page("Gallery", *parts)


def thumbnails(figures: Iterable[Figure], results: dict[str, Result]) -> str:
    """Figures beside each other, each with its caption."""
    shown = "\n\n".join(_thumbnail(figure, results) for figure in figures)
    return f"::::{{container}} gallery\n\n{shown}\n\n::::"


def _thumbnail(figure: Figure, results: dict[str, Result]) -> str:
    judging = ", ".join(judged(results[claim.id]) for claim in CLAIMS if figure.id in claim.figures)
    how = (
        f"{figure.source}. {figure.quick.conditions}; {figure.quick.replicas} replicas "
        f"({figure.full.replicas} without `--quick`). Claims: {judging or '–'}."
    )
    return "\n".join(
        [
            f":::{{figure}} figures/{figure.id}.svg",
            f":alt: {figure.id}",
            f":target: ../_images/{figure.id}.svg",
            "",
            f"**{figure.id}: {figure.title}.** {CAPTIONS[figure.id]}",
            "",
            how,
            ":::",
        ]
    )
