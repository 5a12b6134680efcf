"""Platforms by the names that people give them."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from digital_diplomacy import labels
from digital_diplomacy.sources.intake.model import Answers
from digital_diplomacy.sources.intake.words import fold

_TWO_NAMES: Final = re.compile(r"[()/]|,? (?:ex|formerly|ранее|бывший) ")  # between an old name and a new one


def platform_of(text: str, known: Mapping[str, str]) -> str:
    """The code of a platform by its name, or by two names of it side by side; nothing if it is none.

    Examples
    --------
    >>> known = known_platforms(Answers())
    >>> platform_of("X (Twitter)", known), platform_of("Facebook/Instagram", known)
    ('twitter', '')
    """
    if fold(text) in known:
        return known[fold(text)]
    meant = {known.get(fold(part), "") for part in _TWO_NAMES.split(text) if part.strip()}
    return meant.pop() if len(meant) == 1 else ""


def known_platforms(given: Answers) -> dict[str, str]:
    """Codes of platforms by their codes and names as words are compared, and by those that were answered.

    Examples
    --------
    >>> from digital_diplomacy.sources.intake import Answers
    >>> known = known_platforms(Answers(platforms={"Insta": "instagram"}))
    >>> known["вконтакте"], known["x"], known["insta"]
    ('vkontakte', 'twitter', 'instagram')
    """
    return _named() | {fold(name): code for name, code in given.platforms.items()}


@cache
def _named() -> dict[str, str]:
    with Path(__file__).with_name("platforms.csv").open(encoding="utf-8", newline="") as stream:
        known = {fold(row["word"]): row["platform"] for row in csv.DictReader(stream)}
    codes = labels.codes("platform.")
    known |= {fold(labels.text(code, lang)): code.partition(".")[2] for code in codes for lang in labels.LANGUAGES}
    return known | {fold(code.partition(".")[2]): code.partition(".")[2] for code in codes}
