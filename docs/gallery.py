"""The gallery: every figure, with what there is to see."""

import shutil
import tomllib
from collections.abc import Iterable
from pathlib import Path

from docs import schematics
from docs.markdown import judged, page
from theory.cli.drawing import draw
from theory.crosscheck import BUILT_IN, CHAPTERS, CLAIMS, Result
from theory.crosscheck.figures.figure import Figure

#: Figures that take minutes or hours were drawn once, in full.
IN_FULL = Path(__file__).with_name("figures")
#: What to see in each figure, by its id.
CAPTIONS = tomllib.loads(Path(__file__).with_name("captions.toml").read_text(encoding="utf-8"))


def draw_all(folder: Path) -> None:
    """Draw quickly what was not drawn in full; what was simulated for it is kept beside it."""
    quick = [figure.id for figure in BUILT_IN.figures.values() if not _drawn_in_full(figure)]
    draw.main([*quick, "--quick", "--out", str(folder)], standalone_mode=False)
    shutil.copytree(IN_FULL, folder, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    schematics.draw(folder)


def index(results: dict[str, Result]) -> str:
    """All figures, chapter by chapter."""
    introduction = (
        "Every figure of the papers that is reproduced, and the new ones. Theory is drawn as "
        "lines, simulation as points with standard errors. Those that take long, of networks on "
        "MNIST and LvR.3, were drawn once, in full, by `synaptic-energy figure`. All others are "
        "drawn as these pages are built, with `--quick`."
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


def _drawn_in_full(figure: Figure) -> bool:
    return (IN_FULL / f"{figure.id}.svg").exists()


def _beside_each_other(pictures: str) -> str:
    return f"::::{{container}} gallery\n\n{pictures}\n\n::::"


def _thumbnail(figure: Figure, results: dict[str, Result]) -> str:
    judging = ", ".join(judged(results[claim.id]) for claim in CLAIMS if figure.id in claim.figures)
    if _drawn_in_full(figure):
        shown = f"{figure.full.conditions}; {figure.full.replicas} replicas"
    else:
        shown = f"{figure.quick.conditions}; {figure.quick.replicas} replicas"
        if figure.full.replicas > figure.quick.replicas:
            shown += f" ({figure.full.replicas} without `--quick`)"
    data = f"{{download}}`Data <figures/{figure.id}.csv>`"
    how = f"{figure.source}. {shown}. Claims: {judging or '–'}. {data}."
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
