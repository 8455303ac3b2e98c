"""Configuration of the Sphinx build."""

import re
import sys
from importlib.metadata import version as distribution_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

project = "synaptic-energy"
author = "The synaptic-energy developers"
project_copyright = f"2026, {author}"
release = distribution_version("synaptic-energy")
version = release

extensions = [
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx-mathjax-offline",
    "sphinx_copybutton",
]
templates_path = ["_templates"]
exclude_patterns = ["_build"]
nitpicky = True
# Named in docstrings, but on pages under the name of the module that defines it, or on none.
nitpick_ignore = [
    ("py:obj", "theory.crosscheck.CLAIMS"),
    ("py:obj", "theory.formula.steps.threshold_in_steps"),
    ("py:obj", "montecarlo"),
]
default_role = "py:obj"  # of docstrings

myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_render_markdown_format = "myst"  # the tables that notebooks show, and the formulas in them
nb_execution_mode = "off"  # the notebooks come executed, and the tests run them again
numpydoc_show_class_members = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # `CLAIMS` rather than all of them
copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True
copybutton_selector = "div:not(.output) > div.highlight > pre"

html_theme = "furo"
html_static_path = [
    "_static",
    "../theory/cli/explorer/explore.css",
    "../theory/cli/explorer/plot.js",
    "../theory/cli/explorer/explore.js",
]
html_css_files = ["tables.css", "pictures.css", "explore.css"]
html_js_files = ["tables.js", "plot.js", "explore.js"]
html_title = f"{project} {release}"


def setup(app):
    """Let the code write the pages on formulas and claims, and verdicts into all others."""
    from docs.claims import searchable
    from docs.generate import write_pages
    from docs.markdown import judged

    # It copies files when all pages are written, but does not declare that this is safe.
    app.extensions["sphinx-mathjax-offline"].parallel_read_safe = True
    results = {}
    app.connect(
        "builder-inited",
        lambda _: results.update(write_pages(Path(__file__).with_name("_generated"))),
    )

    def judge(_, name, source):
        """Put the verdict beside a claim that a page names."""
        if not name.startswith("_generated/"):
            source[0] = re.sub(
                r"\{claim\}`(.+?)`", lambda found: judged(results[found[1]]), source[0]
            )

    def find_claims(_, name, template, context, doctree):
        """Give the page that searches all others the claims, too."""
        del template, doctree
        if name == "search":
            context["claims"] = searchable(results)

    app.connect("source-read", judge)
    app.connect("html-page-context", find_claims)
