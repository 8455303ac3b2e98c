"""Configuration of the Sphinx build."""

from importlib.metadata import version as distribution_version

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
