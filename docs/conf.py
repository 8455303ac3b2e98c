"""Configuration of the Sphinx build."""

import sys
from importlib.metadata import version as distribution_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "synaptic-energy"
author = "The synaptic-energy developers"
project_copyright = f"2026, {author}"
release = distribution_version("synaptic-energy")
version = release

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
]
exclude_patterns = ["_build"]
nitpicky = True

myst_enable_extensions = ["amsmath", "deflist", "dollarmath"]
myst_heading_anchors = 3
numpydoc_show_class_members = False
autodoc_typehints = "none"

html_theme = "furo"
html_title = f"{project} {release}"


def setup(app):
    """Let the code write the pages on formulas and claims."""
    from generate import write_pages

    app.connect("builder-inited", lambda _: write_pages(Path(__file__).with_name("_generated")))
