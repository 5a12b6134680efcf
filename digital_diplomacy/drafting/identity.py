"""Drafts of one number of one noun told twice in running text: the same digits, or nearly the same as in a misprint.

Two numbers are of one thing where they count the same noun, under whichever name, and nothing tells them apart: no
other place, period, change, nor words that narrow the later one. Equal ones are drafted so that a misprint of either
would show. Of others, only one that differs from a single earlier number as a misprint does, and that is told as known:
"all 241 accounts", «из 1 642 участников», «сұралған 1 530 қатысушының».
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.elsewhere import is_told_apart
from digital_diplomacy.drafting.misprints import are_swapped, digits, is_carried, is_misprint
from digital_diplomacy.drafting.twice import is_average, word_behind
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.tokens import Figure, Marked

_LEAST: Final = 10
_LONG: Final = 4
"""Digits of a number of which a later one with two of them swapped is a misprint, though not told as known."""
_KNOWN: Final = 5
"""Digits from which a number is not met twice by chance."""
_MOST: Final = 60
"""Earlier numbers of a noun that a later one is compared with."""
_TIMES: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds", "places")
_OWN: Final = ("countries", "regions", "accounts", "websites", "messages")
"""Units that are a noun under all its names."""
_ASKED: Final = re.compile(
    r"respondent|participa|interviewee|took part|surveyed|polled|опрошен|респондент|участ|анкетируем|сұрал|қатыс|"
    r"жауап беруші",
    re.IGNORECASE,
)
"""People of a survey, who are one group under any of these names."""
_DEFINITE: Final = {
    "en": re.compile(r"\b(?:the|these|those|all|all the|all of the|our|its|same) $", re.IGNORECASE),
    "ru": re.compile(
        r"(?<!\w)(?:вс[еёх]+|этих|этим|эти|указанны[хе]|названны[хе]|данны[хе]|тех же|те же|из|среди|всего) $",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"(?<!\w)(?:барлық|осы|бұл|аталған|сол|сұрал|қатысқан|зерттелген) $", re.IGNORECASE),
}
_GENITIVE: Final = re.compile(r"[^\W\d_]+(?:[нтд][ыі]ң|нан|нен|дан|ден|тан|тен)\b", re.IGNORECASE)
_CONCLUDED: Final = re.compile(
    r"\b(?:thus|therefore|in sum|to sum up|in conclusion|in total|altogether|(?:rests?|based|relies|drawn?) (?:on|up)|"
    r"sample (?:of|size|comprises|has)|analysed)\b|"
    r"(?<!\w)(?:итак|таким образом|в итоге|в целом|всего|выборк\w+|проанализирован\w*|в заключение|опрошен\w*)(?!\w)|"
    r"(?<!\w)(?:сонымен|осылайша|нәтижесінде|іріктеме\w*|барлығы|қорыта|жалпы)(?!\w)",
    re.IGNORECASE,
)
"""Words of a sentence that tells the number all rests on."""
_NARROWED: Final = {
    "en": re.compile(
        r"(?:\s*[^\W\d_][\w’'-]*)?,?\s+(?:that|which|who|whose|with|without|in|from|of|for|on|by|at|above|below|not)\b"
        r"(?! (?:the )?(?:sample|study|survey|abstract|above|which|whom|them|these|those)\b)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:\s*[^\W\d_]+)?,?\s+(?:котор\w+|имеющ\w+|в|во|из|с|со|на|без|у|от|для|по|не)\s(?!выборк|них|котор)|"
        r"\s+[^\W\d_]+, [^\W\d_]+(?:нн|щ|вш|м)(?:ых|ими?|их)(?!\w)",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"$^"),
}
"""What behind a noun says that only some of it are meant."""
_OTHERS: Final = re.compile(
    r"\b(?:other|others|another|further|additional|more|new|second|next|remaining|only|first|same period)\b|"
    r"(?<!\w)(?:друг\w+|ещ[её]|дополнительн\w+|нов\w+|втор\w+|следующ\w+|остальн\w+|только|лишь|перв\w+|уже)(?!\w)|"
    r"(?<!\w)(?:басқа|тағы|қосымша|жаңа|екінші|келесі|қалған|тек|ғана|бірінші|өзге)(?!\w)",
    re.IGNORECASE,
)
"""Words near a number that say that it is another one."""
_PLACED: Final = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Ff]rom) (?:the )?[A-Z]\w+|(?<!\w)(?:[Вв]о?|[Нн]а|[Уу]) [А-ЯЁӘҒҚҢӨҰҮҺІ]\w+|"
    r"(?!Мақала|Зерттеу|Жұмыс|Іріктеме|Есеп|Сауалнама|Бағдарлама|Кесте|Қорытынды|Аңдатпа|Нәтиже)"
    r"[А-ЯЁӘҒҚҢӨҰҮҺІ]\w+[дт][ае](?:ғы|гі)?\s"
)
"""Places by their names, and of whose texts a paper tells."""
_WHEN: Final = re.compile(
    r"\b(?:last|this|next|previous|that) (?:year|month|week|time)|\b(?:earlier|later|now|today|then)\b|"
    r"(?<!\w)(?:в (?:прошлом|этом|следующем|том|первом) \w+|ранее|раньше|потом|позже|теперь|сейчас|сегодня)(?!\w)|"
    r"(?<!\w)(?:былтыр|биыл|бұрын|кейін|қазір|бүгін|өткен жыл\w*|келесі жыл\w*)(?!\w)",
    re.IGNORECASE,
)
"""Words of a time, of which one number may not be that of another."""


@dataclass(frozen=True)
class _Told:
    """A number of a noun, where it stands, and whether it is told as one known before."""

    one: Figure
    said: Marked
    is_known: bool
    is_narrowed: bool


def identical(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Numbers of one noun that are the same, or of which one is a misprint of the other."""
    groups: dict[str, list[_Told]] = defaultdict(list)
    few: dict[str, list[_Told]] = defaultdict(list)
    bare: list[_Told] = []
    for said in sentences:
        if said.figures[0].table or said.figures[0].in_references:
            continue
        bare = [each for each in bare if said.number - each.said.number <= _BACK]
        for one in said.figures:
            if not _may_be_told(one) or is_average(said, one):
                continue
            told, noun = _told(said, one), _noun(said, one)
            if noun:
                groups[noun].append(told)
            yield from _taken_up(told, noun, bare)
            bare.append(told)
        for one in said.figures:
            if _is_few(said, one):
                few[word_behind(said, one)[:_SHORT] if said.language == "kk" else _noun(said, one)].append(
                    _told(said, one)
                )
    for group in groups.values():
        yield from _of_one_noun(group)
    for noun, group in few.items():
        yield from _of_few(group) if noun else ()


def _of_one_noun(group: Sequence[_Told]) -> Iterator[Draft]:
    values = [each.one.value for each in group]
    for place, later in enumerate(group):
        before = [each for each in group[max(0, place - _MOST) : place] if each.said.number != later.said.number]
        before = [each for each in before if _may_be_one(each, later)]
        equal = [each for each in before if each.one.value == later.one.value]
        if equal:
            if not (later.is_narrowed and len(digits(later.one)) < _LONG):
                yield _draft(equal[0], later, "again")
            continue
        near = [each for each in before if values.count(each.one.value) >= values.count(later.one.value)]
        near = [each for each in near if _is_misprint(each, later)]
        if len({each.one.value for each in near}) == 1 and not is_told_apart(later.said, later.one):
            yield _draft(near[0], later, "recalled")


def _of_few(group: Sequence[_Told]) -> Iterator[Draft]:
    """The last number before one told as known, "the four countries", where both are the same."""
    for place, later in enumerate(group):
        before = [each for each in group[:place] if each.said.number != later.said.number]
        is_known = _is_definite(later) and not later.is_narrowed and not _is_in_change(later)
        if before and is_known and before[-1].one.value == later.one.value and _may_be_one(before[-1], later):
            yield _draft(before[-1], later, "again")


_SHORT: Final = 4
"""Letters of a Kazakh noun of which two cases are told: «қаланы», «қалада»."""


def _is_definite(told: _Told) -> bool:
    language = told.said.language if told.said.language in _DEFINITE else "en"
    ahead = told.said.plain[: told.said.place(told.one)]
    is_said = _DEFINITE[language].search(ahead) is not None
    return is_said and re.search(r"(?:\bits|(?<!\w)(?:из|среди|сұрал)) $", ahead, re.IGNORECASE) is None


def _is_few(said: Marked, one: Figure) -> bool:
    """Whether a number of two to nine counts something in running text."""
    is_small = one.is_whole and one.bound == "exact" and 1 < (one.value or 0) < _LEAST
    return is_small and one.unit not in (*_TIMES, "rank", "times") and not is_average(said, one)


def _taken_up(later: _Told, noun: str, bare: Sequence[_Told]) -> Iterator[Draft]:
    """A number told as known, and the same number shortly before it where one of them has no noun."""
    for first in reversed(bare):
        is_same = first.one.value == later.one.value and first.said.number != later.said.number
        is_bare = not noun or not _noun(first.said, first.one)
        if is_same and later.is_known and is_bare and _may_be_one(first, later):
            yield _draft(first, later, "again")
            return


_BACK: Final = 3
"""Sentences back to which a number with no noun is looked for."""


def _draft(first: _Told, later: _Told, why: str) -> Draft:
    words = f"{first.one.printed} … {later.one.printed}"
    return draft("same_quantity", [first.one], [later.one], why, words, sure="place")


def _may_be_told(one: Figure) -> bool:
    return one.is_whole and one.bound == "exact" and (one.value or 0) >= _LEAST and one.unit not in _TIMES


def _noun(said: Marked, one: Figure) -> str:
    """What a number counts, under one name; "" if it is not told."""
    place = said.place(one)
    near = [*said.plain[:place].split()[-1:], one.counted, *said.plain[place + 1 :].split()[:2]]
    if is_of_people(one) and (one.unit == "respondents" or _ASKED.search(" ".join(near))):
        return "asked"
    if one.unit in _OWN:
        return one.unit
    noun = noun_of(one)
    if said.language == "kk" and noun:
        noun = noun[:_STEM]
    if not noun and len(digits(one).rstrip("0")) >= _KNOWN:
        return f"{one.unit} of any"
    return f"{one.unit} {noun}" if noun else ""


_STEM: Final = 6
"""Letters of a Kazakh noun, whose cases are not taken off."""


def _told(said: Marked, one: Figure) -> _Told:
    place = said.place(one)
    ahead, behind = said.plain[:place], said.plain[place + 1 :]
    language = said.language if said.language in _DEFINITE else "en"
    is_known = _DEFINITE[language].search(ahead) is not None or _CONCLUDED.search(said.plain) is not None
    if language == "kk" and not is_known:
        words = re.match(r"(?:\s+[^\W\d_]+){0,2}", behind)
        is_known = words is not None and any(_GENITIVE.fullmatch(word) for word in words.group().split()[:1])
    near = f"{ahead[-_AROUND:]} {behind[:_AROUND]}"
    is_ordinal = any(each.unit == "rank" and 0 < place - said.place(each) <= _AROUND for each in said.figures)
    is_narrowed = is_ordinal or _NARROWED[language].match(behind) is not None or _OTHERS.search(near) is not None
    return _Told(one, said, is_known, is_narrowed)


_AROUND: Final = 25
"""Characters around a number in which words say that it is another one."""


def _may_be_one(first: _Told, later: _Told) -> bool:
    """Whether nothing tells two numbers of one noun apart."""
    if not are_of_one_unit(first.one, later.one):
        return False
    if first.one.value != later.one.value and (_is_in_change(first) or _is_in_change(later)):
        return False
    times = [each.one.period for each in (first, later)]
    is_same = first.one.value == later.one.value
    is_within = is_same and (times[0] in times[1] or times[1] in times[0])
    is_other_time = bool(times[0] and times[1]) and times[0] != times[1] and not is_within
    is_other_platform = first.one.platform and later.one.platform and first.one.platform != later.one.platform
    return not is_other_time and not is_other_platform


def _is_in_change(told: _Told) -> bool:
    """Whether a number is told in a change, unless it is what has been reached."""
    said = told.said
    if not any(said.has(rule) for rule in ("up", "down", "from_to", "against")):
        return False
    ahead, behind = said.plain[: said.place(told.one)], said.plain[said.place(told.one) + 1 :]
    is_end = re.search(r"(?<!\w)(?:to|до)\s$", ahead) or re.match(
        r"\S*(?:\s[^\W\d_]+)?\s?(?:-?[ғгқк][ае])(?!\w)", behind
    )
    return is_end is None or bool(said.has("from_to"))


def _is_misprint(first: _Told, later: _Told) -> bool:
    """Whether the later number may be the first one misprinted: both of all of it, and it is told as known."""
    one, other = first.one, later.one
    if first.is_narrowed or later.is_narrowed or _is_part(first) or _is_part(later):
        return False
    if any(_PLACED.search(_clause(each)) or _WHEN.search(each.said.plain) for each in (first, later)):
        return False
    size = len(digits(one))
    if any(_MEANT.search(each.said.plain) for each in (first, later)):
        return False
    if size < _LEAST_SIZE and not are_swapped(one, other) and not _is_definite(later):
        return False
    if size >= _LONG and are_swapped(one, other):
        return True
    is_known = later.is_known or (first.is_known and size >= _LONG)
    if _noun(later.said, other).split()[-1] in _ANYBODY:
        is_known = later.is_known and first.is_known
    return is_known and (is_misprint(one, other) or (size >= _LONG and is_carried(one, other)))


_LEAST_SIZE: Final = 3
"""Digits below which one other digit is no misprint: 14 and 16 are two numbers, unless they are "all 16"."""
_MEANT: Final = re.compile(
    r"\b(?:planned|expected|targets?|forecasts?|projected)\b|(?<!\w)(?:план|ожида|прогноз)\w*|(?<!\w)(?:жоспар|күтіл|болжам)\w*",
    re.IGNORECASE,
)
"""Words of a plan, of which one number may not be that of what came."""
_ANYBODY: Final = frozenset({"person", "people", "человек", "лицо", "адам", "кісі", "respondents", "any"})
"""Nouns under which a paper counts now these people, now those."""


def _clause(told: _Told) -> str:
    return re.split(r"[\ue000-\uf0ff;:,]", told.said.plain[: told.said.place(told.one)])[-1]


def _is_part(told: _Told) -> bool:
    """Whether a number is one of several told beside one another, or of those its sentence opens with."""
    said = told.said
    noun = _noun(said, told.one)
    others = [one for one in said.figures if one is not told.one and one.is_whole and _noun(said, one) == noun]
    is_among = any(named["n"] is told.one for _, named, _ in said.find("of_them")) or any(
        named["n"] is told.one and (named["m"].value or 0) > (told.one.value or 0)
        for _, named, _ in said.find("n_of_m")
    )
    return is_among or any((one.value or 0) > (told.one.value or 0) for one in others)
