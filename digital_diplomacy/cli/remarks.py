"""What readers of files assumed or left out, and what figures could not draw, said on the terminal and on pages."""

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    from digital_diplomacy.sources import Remark

_GLYPH: Final = re.compile(r"Glyph (\d+) ")
_UNSEEN: Final = ("Cc", "Cf", "Mn", "Zl", "Zp")  # line ends, joiners and selectors leave no mark to miss
_NAMED: Final = 20  # characters in one sentence


def sentences(remarks: "Iterable[Remark]", lang: str) -> list[str]:
    """The remarks in a language, each once."""
    from digital_diplomacy import labels
    from digital_diplomacy.labels import refusals

    said = [labels.text(f"remark.{one.code}", lang, **refusals.named(one.named, lang)) for one in remarks]
    return list(dict.fromkeys(said))


def say(remarks: "Iterable[Remark]", lang: str) -> None:
    """Print the remarks, a line each."""
    for sentence in sentences(remarks, lang):
        put(sentence)


def section(remarks: "Iterable[Remark]", lang: str) -> list[Any]:
    """A section of a page with the remarks; none for none."""
    from digital_diplomacy import labels
    from digital_diplomacy.pages.documents import Section

    said = sentences(remarks, lang)
    return [Section(labels.text("remark.heading", lang), paragraphs=tuple(said))] if said else []


@contextmanager
def unseen_glyphs(lang: str) -> Iterator[None]:
    """Within the block, gather the warnings of characters no font has; one sentence names them at its end.

    Other warnings are given again as they are.
    """
    from digital_diplomacy import labels

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    characters: dict[str, None] = {}
    for warning in caught:
        found = _GLYPH.match(str(warning.message))
        if found is None:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
        elif unicodedata.category(chr(int(found[1]))) not in _UNSEEN:
            characters[chr(int(found[1]))] = None
    if characters:
        put(labels.text("remark.glyphs", lang, characters=" ".join(list(characters)[:_NAMED])))
