"""The gallery: every figure as it is drawn quickly, with what there is to see."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from docs import schematics
from docs.markdown import judged, page
from theory.cli.drawing import draw
from theory.crosscheck import CHAPTERS, CLAIMS, Result
from theory.crosscheck.figures.figure import Figure

#: What to see in each figure, by its id.
CAPTIONS = tomllib.loads(Path(__file__).with_name("captions.toml").read_text(encoding="utf-8"))


def draw_all(folder: Path) -> None:
    """Draw all figures quickly; what was simulated for them is kept beside them."""
    draw.main(["all", "--quick", "--out", str(folder)], standalone_mode=False)
    schematics.draw(folder)


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
    drawn = "\n\n".join(
        _picture(name, f"**{name}.** {caption}", schematics.source(name))
        for name, caption in schematics.CAPTIONS.items()
    )
    parts = [introduction, "## Schematics", _beside_each_other(drawn)]
    for chapter in CHAPTERS:
        if chapter.figures:
            parts += [
                f"## [{chapter.title}]({chapter.name}.md)",
                thumbnails(chapter.figures, results),
            ]
    return page("Gallery", *parts)


def thumbnails(figures: Iterable[Figure], results: dict[str, Result]) -> str:
    """Figures beside each other, each with its caption."""
    return _beside_each_other("\n\n".join(_thumbnail(figure, results) for figure in figures))


def _beside_each_other(pictures: str) -> str:
    return f"::::{{container}} gallery\n\n{pictures}\n\n::::"


def _thumbnail(figure: Figure, results: dict[str, Result]) -> str:
    judging = ", ".join(judged(results[claim.id]) for claim in CLAIMS if figure.id in claim.figures)
    how = (
        f"{figure.source}. {figure.quick.conditions}; {figure.quick.replicas} replicas "
        f"({figure.full.replicas} without `--quick`). Claims: {judging or '–'}."
    )
    return _picture(figure.id, f"**{figure.id}: {figure.title}.** {CAPTIONS[figure.id]}", how)


def _picture(name: str, caption: str, how: str) -> str:
    return "\n".join(
        [
            f":::{{figure}} figures/{name}.svg",
            f":alt: {name}",
            f":target: ../_images/{name}.svg",
            "",
            caption,
            "",
            how,
            ":::",
        ]
    )
