"""Platforms by the names that people give them."""

import csv
from functools import cache
from pathlib import Path

from digital_diplomacy import labels
from digital_diplomacy.sources.intake.model import Answers
from digital_diplomacy.sources.intake.words import fold


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
