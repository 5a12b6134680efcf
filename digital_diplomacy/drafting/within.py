"""Drafts of days that a period covers: the last interview of a survey is held while it lasts, and a post that a corpus
holds was published in the time it was gathered."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_NEAR: Final = 4
"""Paragraphs from one of several periods up to which its first or last day is told."""
_DAY: Final = len("2024-05-04")
_DATE: Final = "[\uf100-\uf8ff]"
_ENDS: Final = {
    "en": r"\b(?:last|final|latest|first|earliest|most \w+|busiest)(?:\s+(?:of|the|these|those|such|two|three)\b)*",
    "ru": r"(?<!\w)(?:последн|сам\w+ поздн|сам\w+ ранн|сам\w+ [а-яё]{5,}|перв)\w*(?:\s+из(?:\s+\w+)?)?",
    "kk": r"(?<!\w)(?:ең\s+(?:көп\s+)?)?(?:соңғы|алғашқы|бірінші)(?:сы)?(?!\w)",
}
"""Words that single out one end, or the extreme, of what was gathered."""
_COVERED: Final = {
    "en": r"\b(?:is|are|was|were|falls?|fell|lies?|belongs?|comes?|came)(?:\s+(?:also|still|well|thus|therefore))*\s+"
    r"(?:part of|in|inside|within|into|included in|to)\s+(?:(?:our|the|this)\s+)(?:\w+\s+)?"
    r"(?:corpus|sample|period|data ?set)\b|\bwell (?:inside|within) (?:our|the) period\b",
    "ru": r"(?<!\w)(?:вход|вош|попада|попал|укладыва|приход|лежит)\w*\s+(?:в|на)\s+(?:наш\w*\s+|эт\w+\s+)?(?:\w+\s+)?"
    r"(?:корпус|выборк|период|массив)\w*",
    "kk": r"(?<!\w)(?:корпус|іріктеме|кезең)\w*[\s,]+(?:де\s+|да\s+)?(?:кір|ен|жат|дөп|сәйкес)\w*",
}
"""Words that place what they tell within what was gathered, or the time it was gathered in."""
_NOT: Final = re.compile(
    r"\b(?:not|nor|never|no longer|outside)\b|n't\b|(?<!\w)(?:не|вне|за пределами)\s|(?<!\w)(?:емес|тыс)", re.IGNORECASE
)
_GATHERED: Final = {
    "en": r"(?:talks?|interviews?|conversations?|answers?|repl(?:y|ies)|responses?|questionnaires?|forms?|messages?|"
    r"questions?|comments?|posts?|entr(?:y|ies)|records?|visits?|calls?|observations?|measurements?|letters?|"
    r"requests?|complaints?|applications?|appeals?|tweets?|respondents?|participants?)",
    "ru": r"(?:бесед|интервью|ответ|анкет|сообщени|вопрос|комментари|запис|публикаци|звон|визит|наблюдени|замер|"
    r"измерени|письм|запрос|жалоб|заяв|обращени|респондент|участник|опрошенн)\w*",
    "kk": r"(?:әңгіме|сұхбат|жауап|сауалнама парағ|хабарлама|сұрақ|пікір|жазба|қоңырау|бақылау|өлшем|хат|шағым|өтініш|"
    r"өтінім|респондент|қатысушы)\w*",
}
"""What a survey, a call or a monitoring gathers one by one."""
_TAKEN: Final = {
    "en": r"\b(?:held|took place|recorded|dated?|dates|received|came|arrived|given|taken|made|conducted|collected|"
    r"posted|written|registered|logged|carried out|left|filled in|asked|questioned|interviewed|surveyed)\b",
    "ru": r"(?<!\w)(?:состоял|прове(?:д|л)|прош[лё]|записа|датир|получен|поступи|приш|собран|зафиксир|зарегистр|"
    r"оставлен|заполнен|сделан|взят|опроше|помечен)\w*",
    "kk": r"(?<!\w)(?:өткізіл|өт(?:ті|кен)|жазыл|тіркел|түс(?:ті|кен)|кел(?:ді|ген)|алын|жинал|толтырыл|"
    r"қалдырыл|жасал)\w*",
}
"""How each of them came in, which is no later step as its reading or printing is."""
_POSTS: Final = re.compile(
    r"(?:posts?|tweets?|messages?|entr(?:y|ies))\b|(?:сообщени|запис|публикаци|твит|жазба|хабарлама)", re.IGNORECASE
)
_POSTED: Final = re.compile(
    r"\b(?:published|appeared|came out|dates)\b|(?<!\w)(?:опубликован|появи|выш|жариялан|шық)\w*", re.IGNORECASE
)
"""What comes in by being published."""
_REMINDED: Final = {
    "en": rf"\breminders?\b[^;.]{{0,40}}?\b(?:sent|mailed|issued|went out|made|given)\b[^;.]{{0,25}}?(?P<d>{_DATE})",
    "ru": rf"(?<!\w)напоминани\w+[^;.]{{0,40}}?(?:разослан|отправлен|послан|выслан|сделан)\w*"
    rf"[^;.]{{0,25}}?(?P<d>{_DATE})",
    "kk": rf"(?<!\w)еске салу\w*[^;.]{{0,40}}?(?P<d>{_DATE})",
}
"""A reminder, which goes out while answers are still awaited."""
_BEYOND: Final = re.compile(
    r"\b(?:late|after|deadline|extended|although|not counted|excluded)\b|"
    r"(?<!\w)(?:опозда|после(?!дн)|срок|продл|хотя|не\s+вош|не\s+учт|исключ)\w*|"
    r"(?<!\w)(?:кешік|кейін|мерзім|ұзарт|есепке\s+алынба)\w*",
    re.IGNORECASE,
)
"""Words by which one of them is told to lie outside."""


def within(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """The first or last of what was gathered, or a reminder, dated by the day, against the period told before it.

    Of several periods only one told a few paragraphs before is meant.
    """
    period: Figure | None = None
    spans = {one.date for said in sentences for one in said.figures if _is_period(one)}
    for said in sentences:
        if said.figures[0].in_references or said.figures[0].table or said.language not in _ENDS:
            continue
        if period is not None and said.paragraph - period.paragraph > _NEAR and len(spans) > 1:
            period = None
        shape = re.compile(
            rf"{_ENDS[said.language]}\s+(?:\w[\w-]*\s+){{0,2}}?(?P<it>{_GATHERED[said.language]})(?P<to>[^;.]*?)(?P<d>{_DATE})",
            re.IGNORECASE,
        )
        plain = _with_ordinals(said)
        reminded = re.compile(_REMINDED[said.language], re.IGNORECASE)
        matches = [*shape.finditer(plain), *reminded.finditer(plain)]
        if period is not None and (covered := _covered(said, period)) is not None:
            yield covered
            continue
        for one in said.figures:
            if _is_period(one):
                period = one
            match = next((each for each in matches if said.at(each["d"]) == one), None)
            if period is None or match is None or len(one.date) != _DAY or _BEYOND.search(plain):
                continue
            if match.re is not shape or _is_told_to_be_gathered(match, plain[match.start("to") :], said.language):
                yield draft("dates_within", [one], [period], "within_period", f"{match.group()[:-1]}{one.printed}")


def _is_told_to_be_gathered(match: re.Match[str], told: str, language: str) -> bool:
    """Whether what comes first or last was taken in, or is a post that was published."""
    is_posted = _POSTS.match(match["it"]) is not None and _POSTED.search(told) is not None
    return is_posted or re.search(_TAKEN[language], told, re.IGNORECASE) is not None


def _is_period(one: Figure) -> bool:
    """Whether a date is a span from one day to another."""
    return one.is_date and [len(end) for end in one.date.split("/")] == [_DAY, _DAY]


def _covered(said: Marked, period: Figure) -> Draft | None:
    """The one day of a sentence that says it is covered: "It began on 4 May 2022, well inside the period"."""
    days = [one for one in said.figures if one.is_date and len(one.date) == _DAY]
    words = re.search(_COVERED[said.language], said.plain, re.IGNORECASE)
    if words is None or len(days) != 1 or sum(one.is_date for one in said.figures) > 1 or _NOT.search(said.plain):
        return None
    return draft("dates_within", days, [period], "within_period", f"{days[0].printed} … {words.group()}")


def _with_ordinals(said: Marked) -> str:
    """The sentence with "first" as a word, though it was read as a place."""
    words = {one: said.at(one).printed for one in re.findall("[\ue000-\uf0ff]", said.plain)}
    return re.sub(
        "[\ue000-\uf0ff]",
        lambda found: words[found[0]] if words[found[0]].replace(" ", "").isalpha() else found[0],
        said.plain,
    )
