"""Drafts of shares of those a survey asked, whose number was told before."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.elsewhere import is_elsewhere
from digital_diplomacy.drafting.unjudged import Draft, draft, is_of_people
from digital_diplomacy.extraction.tokens import Figure, Marked

_ASKED: Final = re.compile(
    r"\b(?:interview\w*|survey\w*|asked|questioned|polled|respon\w+|took part|participa\w+|sample\w*|questionnaire)\b|"
    r"(?<!\w)(?:опрос\w*|опрош\w+|анкет\w*|выборк\w+|респондент\w*|участ\w+|интервью\w*)|"
    r"(?<!\w)(?:сауалнама\w*|сұрал\w+|сұхбат\w*|қатыс\w+|таңдама\w*|іріктем\w+|респондент\w*)",
    re.IGNORECASE,
)
"""Words of a survey."""
_N: Final = r"(?P<n>[\ue000-\uf0ff])"
_P: Final = r"(?P<p>[\ue000-\uf0ff])\s*(?:%|per ?cent\w*|проц\w*|пайыз\w*)"
_GAP: Final = r"[^\ue000-\uf8ff;.()]{0,45}?"
_SHAPES: Final = {
    lang: [re.compile(shape, re.IGNORECASE) for shape in shapes]
    for lang, shapes in {
        "en": (
            rf"{_N}{_GAP}(?:\(|,? (?:or|that is|i\.e\.|which is),? )\s*{_P} of (?:the |all |our |all the )?"
            r"(?:whole |total )?(?:sample|respondents|participants|interviewees|those (?:asked|surveyed|"
            r"interviewed|polled))\b",
            rf"(?:^|[;,] )(?:[Oo]f|[Aa]mong) (?:the |all |our )?(?:sample|respondents|participants|interviewees|"
            rf"those (?:asked|surveyed|interviewed|polled)),? {_N}{_GAP}(?:\(|, (?:or|that is),? )\s*{_P}",
            rf"{_N} (?:of the )?(?:respondents|participants|interviewees){_GAP}(?:\(|, (?:or|that is),? )\s*{_P}",
        ),
        "ru": (
            rf"{_N}{_GAP}(?:\(|,? (?:или|то есть|что составляет|это|т\. ?е\.) )\s*{_P} (?:от |из )?(?:всей |"
            rf"всех |общего числа )?"
            r"(?:выборки|респондентов|опрошенных|участников|анкетируемых|анкетированных)(?!\w)",
            rf"(?:[Ии]з|[Сс]реди) (?:всех |числа )?(?:респондентов|опрошенных|участников|анкетированных) {_N}{_GAP}"
            rf"(?:\(|, (?:или|то есть) )\s*{_P}",
            rf"{_N} (?:респондент|опрошенн|участник|анкетированн)\w*{_GAP}(?:\(|, (?:или|то есть) )\s*{_P}",
        ),
        "kk": (
            rf"(?:респонденттердің|сұралғандардың|қатысушылардың|сауалнамаға қатысқандардың)\s+(?:ішінде |"
            rf"ішінен |тек )?"
            rf"{_N}{_GAP}(?:\(|, (?:яғни|немесе|бұл) )\s*{_P}",
            rf"{_N}{_GAP},? (?:яғни|немесе|бұл) (?:барлық |жалпы )?(?:респондент|сұралған|қатысушы|таңдама|іріктеме)"
            rf"(?:лер|лар|тер|тар|дар|дер)?(?:дың|дің|ның|нің|тың|тің)\s+{_P}",
        ),
    }.items()
}
_LEAST: Final = 20
_FACTOR: Final = 3.0
_TIMES: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")


def of_the_sample(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Counts with their share of all who were asked, if all that the paper says before is one number of them."""
    asked: dict[float, Figure] = {}
    for said in sentences:
        if said.figures[0].table or said.figures[0].in_references:
            continue
        changes = any(said.has(rule) for rule in ("from_to", "against", "more_than"))
        whole = next(iter(asked.values())) if len(asked) == 1 else None
        if whole is not None and not changes and not is_elsewhere(said.plain, said.language):
            for pattern in _SHAPES[said.language]:
                for match in pattern.finditer(said.plain):
                    part, share = said.at(match["n"]), said.at(match["p"])
                    if _may_be(part, share, whole):
                        told = f"{whole.printed} … {part.printed} … {share.printed}"
                        yield draft("share_of_base", [part, whole], [share], "carried", told, sure="place")
        if (found := _asked(said)) is not None:
            asked.setdefault(found.value or 0, found)


def _asked(said: Marked) -> Figure | None:
    """The most people that a sentence of a survey tells, if it tells them as no part of others."""
    parts = [named for _, named, _ in said.find("n_of_m")]
    if not _ASKED.search(said.plain) or any((each["n"].value or 0) <= (each["m"].value or 0) for each in parts):
        return None
    people = [one for one in said.figures if _may_be_people(one) and one.is_whole and one.bound == "exact"]
    if not people or any(one.unit == "percent" for one in said.figures if one.start < people[0].start):
        return None
    first = people[0]
    is_told_with_share = re.match(
        r"[^\ue000-\uf8ff;.]{0,30}\(\s*[\ue000-\uf0ff]\s*%", said.plain[said.place(first) + 1 :]
    )
    return first if (first.value or 0) >= _LEAST and not is_told_with_share else None


def _may_be_people(one: Figure) -> bool:
    return is_of_people(one) or one.unit in ("users", "followers", "respondents", "authors")


def _may_be(part: Figure, share: Figure, whole: Figure) -> bool:
    if not part.is_whole or part.bound != "exact" or part.unit in _TIMES or share.unit != "percent" or not share.value:
        return False
    if share.bound != "exact" or not 0 < (part.value or 0) < (whole.value or 0):
        return False
    real = 100 * (part.value or 0) / (whole.value or 1)
    return share.value / _FACTOR <= real <= share.value * _FACTOR
