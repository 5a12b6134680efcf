"""The prose of a notebook as translators see it: the paragraphs of its markdown, found and replaced in place.

What surrounds a paragraph (marks of headings, lists and tables, code, blank lines) is not for translators and stays.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from digital_diplomacy.errors import Said, said

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FORMULA: Final = re.compile(
    r"\$\$.+?\$\$|\\\[.+?\\\]|\\\(.+?\\\)|\\begin\{(\w+\*?)\}.+?\\end\{\1\}|(?<![\\$\w])\$(?=[^\s$])[^$\n]*?(?<=[^\s\\])\$(?!\w)",
    re.DOTALL,
)
"""As in Jupyter and Pandoc: within single dollars no blank stands beside a dollar, so that sums of money are none."""

_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_FIXED: Final = {
    "code": _CODE,
    "formula": _FORMULA,
    "link": re.compile(
        r"(?<=\]\()[^()\s]+(?:\([^()\s]*\)[^()\s]*)*|(?<=\]\[)[^\]\s]+(?=\])|(?<=\]:)\s*\S+"
        r"|\bhttps?://[^\s<>()\[\]]*\w/?"
    ),
    "tag": re.compile(r"<[/!?A-Za-z][^<>]*>"),
    "field": re.compile(r"\{\w*\}"),
    "control character": re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"),
}
"""What a translation repeats as it is, by its name in messages."""

_QUOTED: Final = re.compile(r'<span lang="[\w-]+">.*?</span>', re.DOTALL)
"""A quotation in a language of its own."""

_MARKED: Final = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"]*\"")
_WORK: Final = re.compile(r"\b[^\W\d_]\. \(\d{4}[a-z]?\)\..*", re.DOTALL)
"""What follows an author's initial and a year in a list of references."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LATIN: Final = re.compile(r"[a-z\u00df-\u024f'’-]+")
_FOREIGN: Final = 0.2  # share of English words from which a text counts as not translated

_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a markdown text.

    Attributes
    ----------
    text : str
        One line, as translators are given it; a forced line break is a backslash at the end of a line.
    kind : str
        What it is: ``heading``, ``paragraph``, ``list item``, ``quotation``, ``row of a table`` or ``HTML``.
    start, end : int
        Its place in the text, in characters.
    """

    text: str
    kind: str
    start: int
    end: int


def paragraphs(markdown: str) -> list[Paragraph]:
    """Paragraphs with words to translate, in order; code blocks and formulas that stand alone are none.

    Parameters
    ----------
    markdown : str
        As in a cell of a notebook, with ``\\n`` at the end of lines.

    Examples
    --------
    >>> [(one.kind, one.text) for one in paragraphs("## Limits\\n\\n- A rank\\n  is relative.\\n- `code`\\n")]
    [('heading', 'Limits'), ('list item', 'A rank is relative.')]
    """
    return [one for one in _all_paragraphs(markdown) if _has_words(one.text)]


def replaced(markdown: str, translate: Callable[[str], str]) -> str:
    """The text with every paragraph as ``translate`` gives it.

    Examples
    --------
    >>> replaced("## Limits\\n\\n- A rank\\n  is relative.\\n", str.upper)
    '## LIMITS\\n\\n- A RANK IS RELATIVE.\\n'
    """
    for one in reversed(paragraphs(markdown)):
        markdown = markdown[: one.start] + translate(one.text) + markdown[one.end :]
    return markdown


def differences(original: str, translation: str) -> list[Said]:
    """What a translation of a paragraph has otherwise though it is the same in every language; none if it is right.

    Code, formulas, addresses of links, HTML tags and fields in braces are the same in any order, and so are control
    characters and the digits of numbers, whatever marks group them. A translation may mark more words as a quotation
    in another language.

    Examples
    --------
    >>> differences("`rank` is 0.34 of [all](a.md)", "`rank` — 0,34 от [всех](a.md)")
    []
    >>> [str(one) for one in differences("`rank` is 34 of [all](a.md)", "`rank` — 43 от [всех](a.md)")]
    ['number 34 is missing', 'number 43 is not in the original']
    """
    kept = Counter(_QUOTED.findall(original))
    added = [quoted for quoted, count in (Counter(_QUOTED.findall(translation)) - kept).items() for _ in range(count)]
    for quoted in added:
        translation = translation.replace(quoted, re.sub("<[^<>]*>", "", quoted), 1)
    found: list[Said] = []
    for what in _FIXED:
        found += _unequal(what, Counter(_fixed(original, what)), Counter(_fixed(translation, what)))
    found += _unequal("number", *(Counter(_DIGITS.findall(_bare(text))) for text in (original, translation)))
    return found


def repeated(original: str, translation: str, *, is_latin: bool) -> list[str]:
    """Words of a translation that are still those of an English original; none if they are no more than a fifth.

    Names and abbreviations, words with a capital letter, do not count, nor do code, links and formulas, quotations, and
    works cited (``Castells, M. (2011). …``).

    Parameters
    ----------
    original, translation : str
        A paragraph in English, and as it is said to be in another language.
    is_latin : bool
        Whether that language is written in Latin letters; in one that is not, every word in them is foreign.

    Examples
    --------
    >>> repeated("A rank is only relative.", "A rank is относительно.", is_latin=False)
    ['rank', 'is']
    >>> repeated("A rank is only relative.", "`rank` всегда относителен.", is_latin=False)
    []
    """
    spoken = _WORD.findall(_own_words(translation))
    words = [word for word in spoken if len(word) > 1 and word == word.lower()]
    known = set(_WORD.findall(original.lower()))
    found = [word for word in words if (word in known if is_latin else _LATIN.fullmatch(word))]
    return found if len(found) > _FOREIGN * len(words) else []


def _own_words(text: str) -> str:
    for kept in (_QUOTED, _WORK, _MARKED):
        text = kept.sub(" ", text)
    return _bare(text)


def shape(markdown: str) -> list[str]:
    """How a text is built: the names of its blocks in order, the same for a text and its translation."""
    return [token.type for token in _parser().parse(_masked(markdown))]


def _unequal(what: str, wanted: Counter[str], given: Counter[str]) -> Iterator[Said]:
    named = said(what)
    yield from (said("{what} {one} is missing", what=named, one=one) for one in sorted(wanted - given))
    yield from (said("{what} {one} is not in the original", what=named, one=one) for one in sorted(given - wanted))


def _fixed(text: str, what: str) -> list[str]:
    """Pieces of one kind; whatever stands in code or a formula is no link, tag or field."""
    if what not in ("code", "formula"):
        text = _FORMULA.sub(" ", _CODE.sub(" ", text))
    elif what == "formula":
        text = _CODE.sub(" ", text)
    return [match[0].strip() for match in _FIXED[what].finditer(text)]


def _bare(text: str) -> str:
    """A paragraph without what is the same in every language."""
    for pattern in _FIXED.values():
        text = pattern.sub(" ", text)
    return text


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]", _bare(text)) is not None


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # a third of a second, and only texts to be translated need it

    return MarkdownIt("commonmark").enable("table")


def _masked(markdown: str) -> str:
    """A text of the same length whose formulas and code cannot be taken for marks of lists or headings."""
    return _FORMULA.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), markdown)


def _all_paragraphs(markdown: str) -> Iterator[Paragraph]:
    masked = _masked(markdown)
    lines, above = masked.split("\n"), list[str]()
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for token in _parser().parse(masked):
        if token.type in ("html_block", "tr_open") and token.map:
            first, last = token.map
            raw = markdown[starts[first] : starts[last] - 1]
            text, kind = raw.strip(), "HTML" if token.type == "html_block" else "row of a table"
            start = starts[first] + raw.index(text)
            yield Paragraph(text, kind, start, start + len(text))
        elif token.type == "inline" and "tr" not in above:
            yield _inline(markdown, lines, starts, token, _kind(above))
        if token.nesting == 1:
            above.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            above.pop()


def _kind(above: Sequence[str]) -> str:
    names = {"heading": "heading", "list_item": "list item", "blockquote": "quotation"}
    return next((names[block] for block in reversed(above) if block in names), "paragraph")


def _inline(markdown: str, lines: Sequence[str], starts: Sequence[int], token: Any, kind: str) -> Paragraph:
    """A paragraph whose lines stand in the text after indents and marks of lists and quotations."""
    pieces, places = token.content.split("\n"), []
    for number, piece in enumerate(pieces, start=token.map[0]):
        start = starts[number] + lines[number].index(piece.strip())
        places.append((start, start + len(piece.strip())))
    text = ""
    for (start, end), piece in zip(places, pieces, strict=True):
        is_break = piece.endswith("  ") and end != places[-1][1]
        text += markdown[start:end] + ("\\\n" if is_break else "\n" if piece.endswith("\\") else " ")
    return Paragraph(text.removesuffix(" "), kind, places[0][0], places[-1][1])
