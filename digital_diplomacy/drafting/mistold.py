"""Drafts of a number told again otherwise: as a misprint of the one number told before that it can only be.

The two are printed with as many digits, of which one is another, or two changed places; the later one stands nowhere
else in the paper, and nothing tells it apart: no other place, time, change, part or plan. One of three ties joins them:
the noun that both count, where one is told as known ("all 241 accounts"); all words of a closing sentence; or the rare
words of a percentage in an abstract or a conclusion.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.called import is_form
from digital_diplomacy.drafting.elsewhere import is_average, is_told_apart
from digital_diplomacy.drafting.misprints import are_swapped, digits, is_misprint, may_be_misprint
from digital_diplomacy.drafting.stems import stems
from digital_diplomacy.drafting.unjudged import BARE, Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked, patterns

_LEAST: Final = 3
"""Digits below which one other digit is no misprint: 14 and 16 are two numbers, unless they are "all 16"."""
_LONG: Final = 4
"""Digits of a number of which a later one with two of them swapped is a misprint, though not told as known."""
_TELLING: Final = 5
"""Digits from which a number needs no noun, and of which one word in common is enough."""
_OPENING: Final = 0.25
_CLOSING: Final = 0.8
"""Parts of a paper's sentences up to and from which they may sum it up."""
_RARE: Final = 4
"""Sentences with figures that a telling word stands in, at most."""
_ALIKE: Final = 0.6
_WINDOW: Final = 75
_MOST: Final = 60
"""Numbers before a later one that it is set against, the last ones."""
_AROUND: Final = 25
"""Characters around a number in which words say that it is another one."""
_STEM: Final = 6
"""Letters of a Kazakh noun, whose cases are not taken off."""
_TIMES: Final = (*DURATIONS, "places")
_NEVER: Final = ("", "rank", "times", "percentage_points", *_TIMES)
_OWN: Final = ("countries", "regions", "accounts", "websites", "messages")
"""Units that are a noun under all its names."""
_WHO: Final = ("users", "followers", "subscribers", "respondents")
_ASKED: Final = re.compile(
    r"respondent|participa|interviewee|took part|surveyed|polled|survey of|опрошен|"
    r"(?<!\w)опрос(?:[аеу]|ом)?(?!\w)|респондент|участ|анкетируем|сұрал|қатыс|жауап беруші",
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
class Told:
    """A number, where it stands, and how far into the paper."""

    figure: Figure
    said: Marked
    place: float = 0.0

    @cached_property
    def noun(self) -> str:
        """What it counts, under one name; "" if it is not told."""
        return _noun(self.said, self.figure)

    @cached_property
    def is_definite(self) -> bool:
        """Whether it is told as known: "the 346 mayors"."""
        ahead = self.said.plain[: self.said.place(self.figure)]
        return _DEFINITE[self.said.language].search(ahead) is not None

    @cached_property
    def is_known(self) -> bool:
        """Whether it is, or its sentence tells the number all rests on."""
        if self.is_definite or _CONCLUDED.search(self.said.plain) is not None:
            return True
        behind = re.match(r"\s+[^\W\d_]+", self.said.plain[self.said.place(self.figure) + 1 :])
        is_genitive = behind is not None and _GENITIVE.fullmatch(behind.group().strip()) is not None
        return self.said.language == "kk" and is_genitive

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether words, or an ordinal, say that only some of its noun are meant, or others."""
        said, place = self.said, self.said.place(self.figure)
        ahead, behind = said.plain[:place], said.plain[place + 1 :]
        is_ordinal = any(one.unit == "rank" and 0 < place - said.place(one) <= _AROUND for one in said.figures)
        near = f"{ahead[-_AROUND:]} {behind[:_AROUND]}"
        return is_ordinal or bool(_NARROWED[said.language].match(behind) or _OTHERS.search(near))

    @property
    def size(self) -> int:
        """Its digits without the zeros that close it."""
        return len(digits(self.figure).rstrip("0"))


def mistold(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """ "Users numbered 13.5 million … The number of users is 15.3 million": one of the two is misprinted."""
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    values = Counter((one.unit, one.value) for said in sentences for one in said.figures)
    met = Counter(stem for said in body for stem in stems(said.plain))
    before: dict[str, list[Told]] = defaultdict(list)
    for place, said in enumerate(body):
        for one in said.figures:
            if not _may_be_told(one):
                continue
            later = Told(one, said, place / len(body))
            keys = [*_keys(one), later.noun]
            is_new = values[one.unit, one.value] == 1
            near = [each for key in keys for each in before[key][-_MOST:] if each.said is not said] if is_new else []
            found = {each.figure.value: each for each in reversed(near) if _is_it(each, later, met)}
            if len(found) == 1 and not is_told_apart(said, one):
                yield _draft(next(iter(found.values())), later)
            for key in keys:
                before[key].append(later)


def _draft(first: Told, later: Told) -> Draft:
    words = f"{first.figure.printed} … {later.figure.printed}"
    return draft("same_quantity", [first.figure], [later.figure], "recalled", words, sure="place", lends=True)


def _may_be_told(one: Figure) -> bool:
    return bool(one.value) and not one.is_date and one.bound == "exact" and one.unit not in _NEVER


def _keys(one: Figure) -> list[str]:
    """What two numbers have in common that differ by one digit, or by two that changed places."""
    text = digits(one)
    return ["".join(sorted(text)), *(f"{text[:at]}?{text[at + 1 :]}" for at in range(len(text)))]


def _is_it(first: Told, later: Told, met: Mapping[str, int]) -> bool:
    one, other = first.figure, later.figure
    if not may_be_misprint(one, other) or any(
        a and b and a != b for a, b in ((one.period, other.period), (one.platform, other.platform))
    ):
        return False
    if is_average(first.said, one) or is_average(later.said, other):
        return False
    return _is_of_one_noun(first, later) or _sums_up(first, later) or _is_rarely_told(first, later, met)


def _is_of_one_noun(first: Told, later: Told) -> bool:
    """Whether both are all of one noun, and one of them is told as known."""
    one, other = first.figure, later.figure
    if not first.noun or first.noun != later.noun or not are_of_one_unit(one, other) or not other.is_whole:
        return False
    if any(each.is_narrowed or _is_part(each) or _is_elsewhere(each) for each in (first, later)):
        return False
    size, are_exchanged = len(digits(one)), are_swapped(one, other)
    if size < _LEAST and not (are_exchanged or later.is_definite):
        return False
    is_known = later.is_known or (first.is_known and size >= _LONG)
    if later.noun.split()[-1] in _ANYBODY:
        is_known = later.is_known and first.is_known
    return (size >= _LONG and are_exchanged) or (is_known and (size >= _LONG or is_misprint(one, other)))


def _is_elsewhere(told: Told) -> bool:
    """Whether a place, a time, a change or a plan is told of a number."""
    said = told.said
    clause = re.split(r"[\ue000-\uf0ff;:,]", said.plain[: said.place(told.figure)])[-1]
    if _PLACED.search(clause) or _WHEN.search(said.plain) or _MEANT.search(said.plain):
        return True
    if not any(said.has(rule) for rule in ("up", "down", "from_to", "against")):
        return False
    ahead, behind = said.plain[: said.place(told.figure)], said.plain[said.place(told.figure) + 1 :]
    is_reached = re.search(r"(?<!\w)(?:to|до)\s$", ahead) or re.match(
        r"\S*(?:\s[^\W\d_]+)?\s?(?:-?[ғгқк][ае])(?!\w)", behind
    )
    return is_reached is None or bool(said.has("from_to"))


def _is_part(told: Told) -> bool:
    """Whether a number is one of several of its noun in a sentence that tells a larger one."""
    said, one = told.said, told.figure
    is_among = any(named["n"] is one for _, named, _ in said.find("of_them")) or any(
        named["n"] is one and (named["m"].value or 0) > (one.value or 0) for _, named, _ in said.find("n_of_m")
    )
    others = [each for each in said.figures if each is not one and each.is_whole and _noun(said, each) == told.noun]
    return is_among or any((each.value or 0) > (one.value or 0) for each in others)


def _sums_up(first: Told, later: Told) -> bool:
    """Whether the later one stands at the end or concludes, and all words of its clause are told with the first."""
    one, other = first.figure, later.figure
    is_last = later.place >= _CLOSING or _CONCLUDED.search(later.said.plain) is not None
    if not is_last or first.size < _LEAST or not are_swapped(one, other) or not _are_of_one_kind(one, other):
        return False
    lang = later.said.language
    told = [*dict.fromkeys(word.casefold() for word in _WORD.findall(first.said.plain))]
    own = [word.casefold() for word in _WORD.findall(_clause(later)) if not _is_neutral(word, lang)]
    is_headed = _HEAD.search(_clause(later)) is not None and _HEAD.search(first.said.plain) is not None
    least = 1 if is_headed or first.size >= _TELLING else 2
    return len(own) >= least and all(any(is_form(word, each, lang) for each in told) for word in own)


def _is_rarely_told(first: Told, later: Told, met: Mapping[str, int]) -> bool:
    """Whether a percentage of what sums a paper up has nearly all rare words of one in another paragraph."""
    one, other = first.figure, later.figure
    is_summary = first.place < _OPENING or later.place > _CLOSING
    if not is_summary or one.unit != "percent" or other.unit != "percent" or one.paragraph == other.paragraph:
        return False
    if not (are_swapped(one, other) or (is_misprint(one, other) and len(digits(one)) >= _LEAST)):
        return False
    rare, own = _rare(first, met), _rare(later, met)
    return len(rare & own) >= max(_LEAST, _ALIKE * len(own if later.place > _CLOSING else rare))


def _rare(told: Told, met: Mapping[str, int]) -> frozenset[str]:
    """Stems of the words near a figure that few sentences have."""
    said, place = told.said, told.said.place(told.figure)
    is_long = len(digits(told.figure)) >= _LEAST
    near = stems(said.plain if is_long else said.plain[max(0, place - _WINDOW) : place + 1 + _WINDOW])
    return frozenset(stem for stem in near if met[stem] <= _RARE)


def _noun(said: Marked, one: Figure) -> str:
    place = said.place(one)
    near = [*said.plain[:place].split()[-2:], one.counted, *said.plain[place + 1 :].split()[:2]]
    if is_of_people(one) and (one.unit == "respondents" or _ASKED.search(" ".join(near))):
        return "asked"
    if one.unit in _OWN:
        return one.unit
    noun = noun_of(one)[: _STEM if said.language == "kk" else None]
    if not noun and len(digits(one).rstrip("0")) >= _TELLING:
        return f"{one.unit} of any"
    return f"{one.unit} {noun}" if noun else ""


_MEANT: Final = re.compile(
    r"\b(?:planned|expected|targets?|forecasts?|projected)\b|(?<!\w)(?:план|ожида|прогноз)\w*|(?<!\w)(?:жоспар|күтіл|болжам)\w*",
    re.IGNORECASE,
)
"""Words of a plan, of which one number may not be that of what came."""
_ANYBODY: Final = frozenset({"person", "people", "человек", "лицо", "адам", "кісі", "respondents", "any"})
"""Nouns under which a paper counts now these people, now those."""


_HEAD: Final = re.compile(
    r"\b(?:number|count) of\b|(?<!\w)(?:число|числа|количеств\w+|численност\w+|саны\w*)(?!\w)", re.IGNORECASE
)
"""Words that open what is counted as a whole."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_EDGE: Final = re.compile(r"[\ue000-\uf0ff;:,()]")
_ASIDE: Final = re.compile(r"\([^()\ue000-\uf0ff]*\)")
_NEUTRAL: Final = re.compile(
    r"reach\w*|amount\w*|total\w*|stands?|stood|thus|over|the|and|that|"
    r"достиг\w*|дости[гж]\w*|состав\w*|насчит\w*|равн\w+|таким|образом|итак|всего|млн|млрд|тыс|уже|"
    r"жет\w+|құра\w+|тең|бол\w+|сонымен|демек|барлығы|мың",
    re.IGNORECASE,
)
"""Words that say that there is a number, not what it counts."""


def _are_of_one_kind(first: Figure, later: Figure) -> bool:
    if are_of_one_unit(first, later):
        return True
    if any(one.unit == BARE for one in (first, later)):
        return "percent" not in (first.unit, later.unit)
    return all(is_of_people(one) or one.unit in _WHO for one in (first, later))


def _clause(told: Told) -> str:
    """The words of a figure, up to the next mark or number on either side; a rank is no number but one of its words."""
    said, place = told.said, told.said.place(told.figure)
    ranks = {said.place(each) for each in said.figures if each.unit == "rank"}
    plain = "".join(" " if at in ranks else letter for at, letter in enumerate(said.plain))
    ahead, behind = _ASIDE.sub(" ", plain[:place]), _ASIDE.sub(" ", plain[place + 1 :])
    return f"{_EDGE.split(ahead)[-1]} {_EDGE.split(behind)[0]}"


@lru_cache(5_000)
def _is_neutral(word: str, language: str) -> bool:
    return _NEUTRAL.fullmatch(word) is not None or any(
        one.fullmatch(word.casefold()) for one in patterns("says_only", language)
    )
