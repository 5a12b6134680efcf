"""What the tables lack of a country, as runs for it show: what was left out, and which tables hold nothing of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from digital_diplomacy import labels, sources
from digital_diplomacy.runs.outputs import answer_of

_COUNTRIES: Final = ("entity", "iso3", "country")
"""Columns in which tables say what country a row is of; the first that a table has."""

_WHERE: Final = "adapt.where."
"""Labels that tell where figures like those of a table are published."""


@dataclass(frozen=True)
class Gap:
    """What a run could not show.

    Attributes
    ----------
    left_out : tuple of str
        Titles of figures and tables without rows.
    sentences : int
        Sentences that had nothing to say, among them an answer that there is none.
    tables : tuple of str
        Names of the tables it read that hold no row of the country; none where nothing was left out.
    """

    left_out: tuple[str, ...]
    sentences: int
    tables: tuple[str, ...]


def find(result: Mapping[str, Any], country: str, held: Mapping[str, Collection[str]]) -> Gap:
    """What a run for a country left out, and what it would take.

    Parameters
    ----------
    result : mapping
        As it is stored.
    country : str
        ISO 3166 alpha-3.
    held : mapping of str to collection of str
        The countries of tables by the tables' files, as `countries_held` gives them.

    Returns
    -------
    Gap
    """
    notices = [entry for entry in result["shown"] if entry["kind"] == "notice"]
    # A notice of a figure bears the figure's title, one of a sentence is all that is said.
    left_out = tuple(entry["title"] for entry in notices if entry["title"] != entry["alt"])
    lacking = [path for path in result["dependencies"]["inputs"] if path in held and country not in held[path]]
    sentences = len(notices) - len(left_out) + _is_unanswered(result, country)
    tables = tuple(Path(path).stem for path in lacking) if left_out or sentences else ()
    return Gap(left_out, sentences, tables)


def _is_unanswered(result: Mapping[str, Any], country: str) -> bool:
    said, lang = answer_of(result["shown"])["said"], result["lang"]
    return list(said) == [labels.text("notice.no_answer_about", lang, country=labels.entity(country, lang))]


def countries_held(paths: Iterable[str], root: Path) -> dict[str, frozenset[str]]:
    """The countries of those tables of which a label says where more is published, by the tables' files.

    A table of the user's own counts as part of the one it stands before.
    """
    wanted = {path: Path(path).stem for path in sorted(set(paths)) if labels.is_known(f"{_WHERE}{Path(path).stem}")}
    return {path: _countries(name, root) for path, name in wanted.items()}


def _countries(table: str, root: Path) -> frozenset[str]:
    frame = sources.load(table, root=root)
    column = next(name for name in _COUNTRIES if name in frame)
    return frozenset(frame[column].dropna().astype(str))


def where(table: str, lang: str) -> str:
    """Where figures like those of a table are published."""
    return labels.text(f"{_WHERE}{table}", lang)
