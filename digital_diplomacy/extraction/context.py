"""What a sentence says of a figure beside its number: whom it is about, on which platform, when, and of which kind."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import pycountry
from babel import Locale

from digital_diplomacy.extraction.tokens import MONEY

_PLATFORMS: Final = {
    "twitter": r"twitter|твиттер\w*",
    "facebook": r"facebook|фейсбук\w*",
    "instagram": r"instagram|инстаграм\w*",
    "youtube": r"youtube|ютуб\w*",
    "vkontakte": r"v ?kontakte|вконтакте|vk(?:\.com)?",
    "odnoklassniki": r"odnoklassniki(?:\.ru)?|одноклассник\w*",
    "telegram": r"telegram|телеграм\w*",
    "whatsapp": r"whatsapp|ватсап\w*",
    "tiktok": r"tik ?tok|тикток\w*",
    "snapchat": r"snapchat",
    "linkedin": r"linked ?in",
    "pinterest": r"pinterest",
    "television": r"television|телевидени\w*|теледидар\w*",
    "internet": r"internet|интернет\w*|ғаламтор\w*",
    "social_networks": r"social (?:networks?|media)|социальн\w+ (?:сет\w+|меди\w+)|соцсет\w+|әлеуметтік желі\w*",
}
_PLATFORM: Final = re.compile(
    "|".join(rf"\b(?P<{name}>{shape})\b" for name, shape in _PLATFORMS.items()), re.IGNORECASE
)

_GROWTH: Final = re.compile(
    r"увелич|вырос|выросл|прирост|рост[аеу]?\b|сократ|сниз|уменьш|упал|increas|grew|grow|rose|risen|declin|decreas|fell|"
    r"drop|өсті|өсім|өскен|артты|азай|төменде",
    re.IGNORECASE,
)
_TARGET: Final = re.compile(
    r"\bцел[ьи]\b|целев|планир|предусм|довест|должн|the aim|aims? to|target|plan(?:s|ned)? to|goal|"
    r"мақсат|жоспар|жеткіз",
    re.IGNORECASE,
)
_FORECAST: Final = re.compile(
    r"прогноз|ожида|forecast|expect|will (?:amount|reach)|projected|болжа|күтіл", re.IGNORECASE
)
_SURVEY: Final = re.compile(r"опрос|опрош|респондент|survey|respondent|polled|сауалнама|сұрал", re.IGNORECASE)
_COUNTED: Final = frozenset({"items", "countries", "regions", "places", "platforms", "websites", "accounts"})


@dataclass(frozen=True)
class Context:
    """What a sentence and the heads of its cell name, looked up once for all its figures.

    Parameters
    ----------
    text : str
        The sentence.
    countries, platforms : tuple
        Start, end and code of each named in the sentence.
    countries_of_heads, platforms_of_heads : tuple of str
        Codes of those named over or beside the cell.
    purpose : {"forecast", "target", ""}
        What the sentence is, if it only tells what may be.
    is_survey : bool
        Whether it tells answers.
    """

    text: str
    countries: "_Places"
    platforms: "_Places"
    countries_of_heads: tuple[str, ...]
    platforms_of_heads: tuple[str, ...]
    purpose: str
    is_survey: bool

    @classmethod
    def of(cls, text: str, heads: str = "") -> "Context":
        """That of a sentence under heads."""
        countries, platforms = _named(_countries(), text), _named(_PLATFORM, text)
        over = [tuple(code for _, _, code in _named(pattern, heads)) for pattern in (_countries(), _PLATFORM)]
        patterns = (("forecast", _FORECAST), ("target", _TARGET))
        purpose = next((code for code, pattern in patterns if pattern.search(text)), "")
        return cls(text, countries, platforms, over[0], over[1], purpose, bool(_SURVEY.search(text)))

    def entity(self, start: int, end: int) -> str:
        """ISO code of the country named last before a figure, else first behind it."""
        before = [code for _, last, code in self.countries if last <= start] or self.countries_of_heads
        return before[-1] if before else next((code for first, _, code in self.countries if first >= end), "")

    def platform(self, start: int, end: int) -> str:
        """The platform named last before a figure, else first behind it; one network rather than all of them."""
        names = [*self.platforms_of_heads, *(name for _, last, name in self.platforms if last <= start)]
        specific = [name for name in names if name not in ("internet", "social_networks")]
        if names:
            return (specific or names)[-1]
        return next((name for first, _, name in self.platforms if first >= end), "")

    def kind(self, unit: str, value: float | None, start: int) -> str:
        """A guess at the kind of claim (see the table of claims), by its unit and the words around it."""
        if unit in ("date", "rank"):
            return unit
        if self.purpose:
            return self.purpose
        if _GROWTH.search(self.text[max(0, start - 60) : start]) or unit == "percentage_points":
            return "growth"
        if unit == "percent":
            return "survey_share" if self.is_survey else "observation"
        return "count" if unit in _COUNTED and value is not None and value < 1000 and value % 1 == 0 else "observation"


_Places: TypeAlias = tuple[tuple[int, int, str], ...]
"""Start, end and code of each name."""


def _named(pattern: re.Pattern[str], text: str) -> _Places:
    return tuple((*match.span(), str(match.lastgroup)) for match in pattern.finditer(text))


def measure(unit: str, kind_of_claim: str, platform: str) -> str:
    """A first name for what is measured; the reviewer gives the right one."""
    if unit in ("date", "rank"):
        return unit
    if unit == "users":
        base = "internet_users" if platform == "internet" else "social_media_users" if platform else "users"
    else:
        base = "share" if unit == "percent" else "amount" if unit in MONEY else unit
    return f"{base}_growth" if kind_of_claim == "growth" and base else base


@cache
def _countries() -> re.Pattern[str]:
    """Names of countries in three languages, in Russian and Kazakh with any ending."""
    shapes: dict[str, set[str]] = {}
    for country in pycountry.countries:
        for lang in ("en", "ru", "kk"):
            name = Locale(lang).territories.get(country.alpha_2)
            if name and len(name) > 3:
                shapes.setdefault(country.alpha_3, set()).add(_shape(name, lang))
    names = "|".join(rf"(?P<{code}>{'|'.join(sorted(told))})" for code, told in shapes.items())
    first = "".join(sorted({name.removeprefix("\\")[0] for told in shapes.values() for name in told}))
    return re.compile(rf"\b(?=[{re.escape(first)}])(?:{names})")


def _shape(name: str, lang: str) -> str:
    if lang == "en":
        return re.escape(name) + r"\b"
    stem = re.sub(r"(?:ия|ья|[аяьейы])$", "", name) if lang == "ru" else name
    return re.escape(stem if len(stem) > 3 else name) + r"\w{0,6}\b"
