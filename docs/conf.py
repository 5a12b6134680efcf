"""How Sphinx builds the site out of the pages of this folder: offline, in one pass, with warnings as errors."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "_site"))

import languages
import made
from numpy.typing import ArrayLike
from pygments.lexers.special import TextLexer
from sphinx.util.typing import stringify_annotation

from digital_diplomacy import __version__

project = "digital_diplomacy"
author = "The digital_diplomacy contributors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "_site", "examples", "solutions"]  # nobody is to meet solutions by accident
default_role = "code"
highlight_language = "none"  # of blocks that do not say what they are, most of them commands

myst_heading_anchors = 4

autodoc_typehints = "signature"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
autodoc_typehints_format = "short"
add_module_names = False
python_maximum_signature_line_length = 88
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = "digital_diplomacy"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
templates_path = ["_site"]
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


ARRAY_LIKE = stringify_annotation(ArrayLike, "smart")


def shorten(_: Any, __: str, ___: str, ____: Any, _____: Any, signature: str | None, returns: str | None) -> Any:
    """Call what numpy takes as an array by its name, not by all that it is (event ``autodoc-process-signature``)."""
    return tuple(text and text.replace(ARRAY_LIKE, "~numpy.typing.ArrayLike") for text in (signature, returns))


def setup(app: Any) -> dict[str, bool]:
    """Join what is made at the build, and what makes a page one of its language, to the events of Sphinx."""
    app.add_lexer("csv", TextLexer)
    app.connect("autodoc-process-signature", shorten)
    app.connect("source-read", made.fill)
    app.connect("html-page-context", languages.dress, priority=900)  # after the theme
    app.connect("build-finished", languages.translate)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
