"""What a sentence says of a figure beside its number: whom it is about, on which platform, when, and of which kind."""

import re
from functools import cache
from typing import Final

import pycountry
from babel import Locale

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
_MONEY: Final = frozenset({"dollars", "EUR", "KZT", "RUB"})
_COUNTED: Final = frozenset({"items", "countries", "regions", "places", "platforms", "websites", "accounts"})


def kind(unit: str, value: float | None, sentence: str, before: str) -> str:
    """A guess at the kind of claim (see the table of claims), by its unit and the words around it."""
    if unit in ("date", "rank"):
        return unit
    for code, pattern in (("forecast", _FORECAST), ("target", _TARGET)):
        if pattern.search(sentence):
            return code
    if _GROWTH.search(before[-60:]) or unit == "percentage_points":
        return "growth"
    if unit == "percent":
        return "survey_share" if _SURVEY.search(sentence) else "observation"
    return "count" if unit in _COUNTED and value is not None and value < 1000 and value % 1 == 0 else "observation"


def measure(unit: str, kind_of_claim: str, platform: str) -> str:
    """A first name for what is measured; the reviewer gives the right one."""
    if unit in ("date", "rank"):
        return unit
    if unit == "users":
        base = "internet_users" if platform == "internet" else "social_media_users" if platform else "users"
    else:
        base = "share" if unit == "percent" else "amount" if unit in _MONEY else unit
    return f"{base}_growth" if kind_of_claim == "growth" and base else base


def platform(before: str, behind: str) -> str:
    """The platform named last before a figure, else first behind it."""
    names = [str(match.lastgroup) for match in _PLATFORM.finditer(before)]
    specific = [name for name in names if name not in ("internet", "social_networks")]
    if specific or names:
        return (specific or names)[-1]
    match = _PLATFORM.search(behind)
    return str(match.lastgroup) if match else ""


def entity(before: str, behind: str) -> str:
    """ISO code of the country named last before a figure, else first behind it."""
    found = [_code_of(match) for match in _countries().finditer(before)]
    if found:
        return found[-1]
    match = _countries().search(behind)
    return _code_of(match) if match else ""


def _code_of(match: re.Match[str]) -> str:
    return str(match.lastgroup)


@cache
def _countries() -> re.Pattern[str]:
    """Names of countries in three languages, in Russian and Kazakh with any ending."""
    shapes: dict[str, set[str]] = {}
    for country in pycountry.countries:
        for lang in ("en", "ru", "kk"):
            name = Locale(lang).territories.get(country.alpha_2)
            if name and len(name) > 3:
                shapes.setdefault(country.alpha_3, set()).add(_shape(name, lang))
    return re.compile("|".join(rf"\b(?P<{code}>{'|'.join(sorted(names))})" for code, names in shapes.items()))


def _shape(name: str, lang: str) -> str:
    if lang == "en":
        return re.escape(name) + r"\b"
    stem = re.sub(r"(?:ия|ья|[аяьейы])$", "", name) if lang == "ru" else name
    return re.escape(stem if len(stem) > 3 else name) + r"\w{0,6}\b"
