"""Configuration of the Sphinx build."""

import sys
from importlib.metadata import version as distribution_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

project = "synaptic-energy"
author = "The synaptic-energy developers"
project_copyright = f"2026, {author}"
release = distribution_version("synaptic-energy")
version = release

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc", "sphinx-mathjax-offline"]
exclude_patterns = ["_build"]
nitpicky = True
default_role = "py:obj"  # of docstrings

myst_enable_extensions = ["amsmath", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_render_markdown_format = "myst"  # the tables that notebooks show, and the formulas in them
nb_execution_mode = "off"  # the notebooks come executed, and the tests run them again
numpydoc_show_class_members = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # `CLAIMS` rather than all of them

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_js_files = ["tables.js"]
html_title = f"{project} {release}"


def setup(app):
    """Let the code write the pages on formulas and claims."""
    from docs.generate import write_pages

    app.connect("builder-inited", lambda _: write_pages(Path(__file__).with_name("_generated")))
