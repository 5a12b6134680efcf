"""Countries by the names people write in their tables: ISO 3166 codes for names in Kazakh, Russian and English."""

import csv
import difflib
import gettext
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.labels.columns import locale
from digital_diplomacy.sources.identifiers import normal_form

_BLANKS: Final = re.compile(r"\s+")
_BRACKETED: Final = re.compile(r"\s*\(([^()]+)\)$")
"""What the United Nations set in brackets, and others behind a comma: Bolivia (Plurinational State of)."""

_APOSTROPHES: Final = re.compile("[\u2018\u2019\u02bb]")
"""Single quotation marks and the turned comma: Oʻzbekiston is written with each of them."""

_FURTHER: Final = Path(__file__).with_name("country_names.csv")
"""Names that publishers use and neither CLDR nor ISO 3166 has; without a code those that several countries bear."""


_OF_EUROSTAT: Final = {"EL": "GR", "UK": "GB"}
"""Codes of two letters that Eurostat uses in place of those of ISO 3166."""

ALSO_A_STATE: Final = "Georgia"
"""The one name that a country shares with a state of the USA, whose tables are as common."""


def country_codes(names: Iterable[str]) -> dict[str, str]:
    """The ISO 3166 alpha-3 code of every name that is the whole name of one country; other names are left out.

    Names are those of this package, of the Unicode CLDR, of ISO 3166 (short, common and official) and of publishers
    such as the World Bank (``Korea, Rep.``), in any case. A name that several countries bear (Congo, Korea) belongs to
    none; alpha-3 codes are taken as they are.

    Raises
    ------
    ArgumentError
        If Georgia is named and no other country beside it, which would tell that no state of the USA is meant.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> sources.country_codes(["Қазақстан", "киргизия", "Republic of Korea", "Korea", "TUR"])
    {'Қазақстан': 'KAZ', 'киргизия': 'KGZ', 'Republic of Korea': 'KOR', 'TUR': 'TUR'}
    >>> sources.country_codes(["Georgia", "Armenia"])
    {'Georgia': 'GEO', 'Armenia': 'ARM'}
    """
    found = whole_names(names)
    if is_open_state(found):
        raise ArgumentError(
            "{name} is a country and a state of the USA, and no other country is named beside it; write GEO for the "
            "country, and leave the state out",
            name=next(iter(found)),
        )
    return found


def is_open_state(found: Mapping[str, str]) -> bool:
    """Whether Georgia alone is named among countries, so that the state of the USA may be meant."""
    return {_folded(name) for name in found} == {ALSO_A_STATE.casefold()}


def whole_names(names: Iterable[str]) -> dict[str, str]:
    """Codes as `country_codes` gives them, of names that are looked at one by one: Georgia is a country here.

    Examples
    --------
    >>> whole_names(["Georgia", "Alabama"])
    {'Georgia': 'GEO'}
    >>> whole_names(["Bolivia (Plurinational State of)", "Georgia (state)"])
    {'Bolivia (Plurinational State of)': 'BOL'}
    """
    known = _known()
    found = {name: next(filter(None, map(known.get, _spellings(name))), "") for name in names}
    return {name: code for name, code in found.items() if code}


def near_countries(name: str) -> dict[str, str]:
    """Countries a name may mean, code by one of their names as it is written: those whose name holds it, or is
    written nearly so.

    Of a code that is none, the one a slip of the hand turns into it.

    Examples
    --------
    >>> near_countries("KZA"), near_countries("KZ")
    ({'Kazakhstan': 'KAZ'}, {'Kazakhstan': 'KAZ'})
    >>> sorted(near_countries("Korea").values()), list(near_countries("Kazahstan").values())
    (['KOR', 'PRK'], ['KAZ'])
    """
    folded = _folded(name)
    known = {other: code for other, code in _known().items() if code and len(other) > len("KAZ")}
    code = labels.nearest_country(name) if len(folded) <= len("KAZ") and re.search("[a-z]", folded) else ""
    if code:
        return {labels.country(code, "en"): code}
    inside = (
        [other for other in known if re.search(rf"(?<![\w-]){re.escape(folded)}\b", other)] if len(folded) > 1 else []
    )
    close = inside or difflib.get_close_matches(folded, known, n=3, cutoff=0.75)
    return {_spelled(other, code): code for code, other in {known[other]: other for other in close}.items()}


def _spellings(name: str) -> list[str]:
    """A name as it is, turned round a comma, and with a comma in place of brackets."""
    folded = _folded(name)
    comma = _BRACKETED.sub(r", \1", folded)
    return [folded, _turned(folded), comma, _turned(comma)]


def _turned(folded: str) -> str:
    """``корея, республика`` as it is spoken; no name if it is not written so."""
    parts = folded.split(", ")
    return " ".join(reversed(parts)) if len(parts) == 2 else ""


def alpha_2(code: str) -> str:
    """The alpha-3 code of an alpha-2 code, of ISO 3166 or Eurostat, or nothing."""
    import pycountry

    found = pycountry.countries.get(alpha_2=_OF_EUROSTAT.get(code.upper(), code.upper()))
    return str(found.alpha_3) if found else ""


def _folded(name: str) -> str:
    return _APOSTROPHES.sub("'", _BLANKS.sub(" ", normal_form(name))).casefold().replace("ё", "е")


@cache
def _known() -> dict[str, str]:
    """Folded names with their codes; the empty code where several countries bear a name."""
    found: dict[str, str] = {}
    for code, name in _names():
        folded = _folded(name)
        found[folded] = code if found.get(folded, code) == code else ""
    with _FURTHER.open(encoding="utf-8", newline="") as stream:
        return found | {_folded(row["name"]): row["iso3"] for row in csv.DictReader(stream)}


def _spelled(folded: str, code: str) -> str:
    """A name as it is written; instead of one that only people type, the country's own in the same script."""
    return _written().get(folded) or labels.country(code, "ru" if re.search("[а-я]", folded) else "en")


@cache
def _written() -> dict[str, str]:
    """Names of tables of countries as they are written, by their folded forms."""
    return {_folded(name): name for _, name in _names()}


def _names() -> Iterator[tuple[str, str]]:
    import pycountry  # reading its tables takes a while, and codes need none

    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [lang], fallback=True) for lang in labels.LANGUAGES
    ]
    for country in (*pycountry.countries, None):
        code = country.alpha_3 if country else "XKX"  # Kosovo, which ISO 3166 has no code for
        yield code, code
        yield from ((code, labels.country(code, lang)) for lang in labels.LANGUAGES)
        if country is None:
            continue
        cldr = (locale(lang).territories.get(country.alpha_2) for lang in labels.LANGUAGES)
        yield from ((code, name) for name in cldr if name)
        own = [getattr(country, kind, "") for kind in ("name", "common_name", "official_name")]
        turned = [" ".join(reversed(name.split(", "))) for name in own]  # Korea, Republic of
        yield from ((code, name) for name in filter(None, [*own, *turned]))
        yield from ((code, table.gettext(name)) for table in translations for name in filter(None, own))
