"""Drafts of the first or last day of what a period covers: the last interview of a survey is held while it lasts."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_NEAR: Final = 4
"""Paragraphs from a period up to which its first or last day is told."""
_DAY: Final = len("2024-05-04")
_DATE: Final = "[\uf100-\uf8ff]"
_ENDS: Final = {
    "en": r"\b(?:last|final|latest|first|earliest)(?:\s+(?:of|the|these|those|such|two|three)\b)*",
    "ru": r"(?<!\w)(?:последн|сам\w+ поздн|сам\w+ ранн|перв)\w*(?:\s+из(?:\s+\w+)?)?",
    "kk": r"(?<!\w)(?:ең\s+)?(?:соңғы|алғашқы|бірінші)(?:сы)?(?!\w)",
}
"""Words that single out one end of what was gathered."""
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
    """The first or last of what was gathered, or a reminder, dated by the day, against the period told before it."""
    period: Figure | None = None
    for said in sentences:
        if said.figures[0].in_references or said.figures[0].table or said.language not in _ENDS:
            continue
        if period is not None and said.paragraph - period.paragraph > _NEAR:
            period = None
        shape = re.compile(
            rf"{_ENDS[said.language]}\s+(?:\w[\w-]*\s+){{0,2}}?{_GATHERED[said.language]}(?P<to>[^;.]*?)(?P<d>{_DATE})",
            re.IGNORECASE,
        )
        plain = _with_ordinals(said)
        reminded = re.compile(_REMINDED[said.language], re.IGNORECASE)
        matches = [*shape.finditer(plain), *reminded.finditer(plain)]
        for one in said.figures:
            if one.is_date and [len(end) for end in one.date.split("/")] == [_DAY, _DAY]:
                period = one
            match = next((each for each in matches if said.at(each["d"]) == one), None)
            if period is None or match is None or len(one.date) != _DAY or _BEYOND.search(plain):
                continue
            if match.re is not shape or re.search(_TAKEN[said.language], plain[match.start("to") :], re.IGNORECASE):
                yield draft("dates_within", [one], [period], "within_period", f"{match.group()[:-1]}{one.printed}")


def _with_ordinals(said: Marked) -> str:
    """The sentence with "first" as a word, though it was read as a place."""
    words = {one: said.at(one).printed for one in re.findall("[\ue000-\uf0ff]", said.plain)}
    return re.sub(
        "[\ue000-\uf0ff]", lambda found: words[found[0]] if words[found[0]].isalpha() else found[0], said.plain
    )
