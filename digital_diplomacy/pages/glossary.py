"""The words readers may not know: a page that explains them, and links to it from the prose of notebooks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from markupsafe import escape

from digital_diplomacy import labels
from digital_diplomacy.runs.paragraphs import paragraphs

_PROSE: Final = ("paragraph", "list item")
"""Kinds of paragraphs in which terms are linked."""

_KEPT: Final = re.compile(
    r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)"  # code
    r"|\$\$.+?\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*?(?<=[^\s\\])\$(?!\w)"  # formulas
    r"|<(?P<tag>[a-zA-Z][\w-]*)\b[^<>]*>.*?</(?P=tag)>|<[^<>]*>"  # elements: quotations in other languages, links
    r"|!?\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?|\bhttps?://\S+"  # links, pictures
    r"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"]*\"",
    re.DOTALL,
)
"""Pieces of a paragraph that are not the notebook's own words, or are linked already."""


@dataclass(frozen=True)
class Term:
    """A term in one language: its anchor, name, definition, where it comes from ("" if nobody's) and its other names.

    ``names`` are the same term in the other languages, by language.
    """

    anchor: str
    name: str
    definition: str
    cited: str
    names: Mapping[str, str]


def glossary(lang: str) -> list[Term]:
    """All terms in the order of the language's alphabet.

    Examples
    --------
    >>> [term.name for term in glossary("en")][:2]
    ['adoption curve', 'aggregation']
    """
    return sorted((_term(anchor, lang) for anchor in anchors()), key=lambda term: _place(term.name, lang))


def anchors() -> list[str]:
    """Anchors of all terms on the page, the same in every language."""
    return [code.partition(".")[2] for code in labels.codes("term.")]


def linked(cells: Sequence[Mapping[str, Any]], prose: str, lang: str) -> list[dict[str, Any]]:
    """Cells of a notebook in whose prose the first use of every term leads to the glossary.

    Headings, quotations, code, formulas, tables and what is linked already stay as they are.

    Parameters
    ----------
    cells : sequence of mapping
        As in a notebook.
    prose : str
        Language of the prose; in one the glossary does not know, nothing is linked.
    lang : str
        Language of the glossary that is linked to.

    Examples
    --------
    >>> [cell] = linked([{"cell_type": "markdown", "source": "A k-core and another k-core."}], "en", "kk")
    >>> cell["source"]
    'A <a class="term" href="../../glossary.kk.html#k-core">k-core</a> and another k-core.'
    """
    if prose not in labels.LANGUAGES:
        return [dict(cell) for cell in cells]
    left, found = set(anchors()), []
    for cell in cells:
        source = "".join(cell["source"])
        is_told = cell["cell_type"] == "markdown"
        found.append({**cell, "source": _linked(source, prose, lang, left) if is_told else source})
    return found


def _linked(markdown: str, prose: str, lang: str, left: set[str]) -> str:
    """A text with links; what is linked is taken from ``left``."""
    pattern, known = _forms(prose)
    if pattern.search(markdown) is None:
        return markdown
    pieces, done = [], 0
    for one in paragraphs(markdown):
        before = markdown[markdown.rfind("\n", 0, one.start) + 1 : one.start]
        if one.kind not in _PROSE or ">" in before:  # a list within a quotation is quoted too
            continue
        text = markdown[one.start : one.end]
        masked = _KEPT.sub(lambda match: "\0" * len(match[0]), text)
        for match in pattern.finditer(masked):
            anchor = known[match.lastgroup or ""]
            if anchor in left:
                left.remove(anchor)
                start, end = one.start + match.start(), one.start + match.end()
                link = f'<a class="term" href="../../glossary.{lang}.html#{escape(anchor)}">'
                pieces += [markdown[done:start], link, markdown[start:end], "</a>"]
                done = end
    return "".join([*pieces, markdown[done:]])


@cache
def _forms(lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds any form of any term, the longest first, and the term of each of its groups."""
    found = [
        (form.strip(), anchor)
        for anchor in anchors()
        if labels.is_known(f"forms.{anchor}")
        for form in labels.text(f"forms.{anchor}", lang).split(";")
        if form.strip()
    ]
    found.sort(key=lambda pair: (-len(pair[0]), pair))
    known = {f"form{number}": anchor for number, (_, anchor) in enumerate(found)}
    parts = (f"(?P<form{number}>{_pattern(form)})" for number, (form, _) in enumerate(found))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)"), known


def _pattern(form: str) -> str:
    """A form as a regular expression: ``*`` is any letters, a blank any blanks; with a capital only as it is written.

    Examples
    --------
    >>> bool(re.fullmatch(_pattern("k-ядр*"), "K-ядрах")), bool(re.fullmatch(_pattern("OSI"), "osi"))
    (True, False)
    """
    said = re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("’", "['’]")
    return f"(?:{said})" if form != form.lower() else f"(?i:{said})"


def _term(anchor: str, lang: str) -> Term:
    cited = f"cited.{anchor}"
    return Term(
        anchor,
        labels.text(f"term.{anchor}", lang),
        labels.text(f"definition.{anchor}", lang),
        labels.text(cited, lang) if labels.is_known(cited) else "",
        {code: labels.text(f"term.{anchor}", code) for code in labels.LANGUAGES if code != lang},
    )


def _place(name: str, lang: str) -> list[tuple[int, str]]:
    """Where a name stands in the alphabet of a language; other letters come before it."""
    alphabet = labels.text("glossary.alphabet", lang)
    return [(alphabet.find(letter), letter) for letter in name.casefold()]
