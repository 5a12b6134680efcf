"""Drafts of shares whose whole stands in an earlier clause or sentence, told by the noun that both count."""

import re
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from typing import Final, NamedTuple

from digital_diplomacy.drafting.elsewhere import is_elsewhere
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.nouns import lemma
from digital_diplomacy.extraction.russian import dictionary_form
from digital_diplomacy.extraction.tokens import Figure, Marked

_P: Final = r"(?P<p>[\ue000-\uf0ff])\s*(?:%|per ?cent\w*|проц\w*|пайыз\w*)?"
_EQUALS: Final = (
    r"(?:,\s*(?:or|that is|i\.e\.|which is|или|то есть|т\. ?е\.|это|что составляет|яғни|немесе|бұл)|"
    r"\s[–—-]\s(?:это|бұл)|\s[–—-](?=\s[\ue000-\uf0ff]\s*%\s(?:of|от|всех|всего|общего)))[ ,]\s*(?:about |"
    r"около |шамамен )?"
)
_AGE: Final = r"(?:[^\ue000-\uf8ff;,()]{0,30}[\ue000-\uf0ff]\s*(?:лет|года|жас\w*|years?)\b)?"
_BEHIND: Final = re.compile(rf"{_AGE}[^\ue000-\uf8ff;,()]{{0,45}}?(?:\(|{_EQUALS})\s*{_P}(?P<rest>.*)", re.DOTALL)
"""A count and, behind it, its share in brackets or after "that is"."""
_AHEAD: Final = re.compile(
    rf"{_P}\s+(?:of (?:the total|all of them|them all)|от общего числа|общего числа|от всех),?\s*"
    r"(?:\(|(?:or|или|то есть)\s)\s*(?P<n>[\ue000-\uf0ff])",
    re.IGNORECASE,
)
"""A share of the total and, behind it, its count: "15 % of the total, or 568"."""
_ALL_OF_THEM: Final = re.compile(
    r"\s*(?:(?:of|от|из|the|всех|all|общего|их)\s)*(?:total|whole|all(?!\s+[a-z])|them|these|числа|количества|всех(?!\s+[а-яё])|них)\b",
    re.IGNORECASE,
)
_BASE: Final = re.compile(r"\s+(?:(?:of|от|из|the|all|these|those|всех|этих)\s)*(?P<noun>[^\W\d_]{3,})", re.IGNORECASE)
_CHANGED: Final = ("from_to", "against", "changed_by", "more_than")
_GROWN: Final = re.compile(
    r"\b(?:more(?! than half)|less(?! than half)|fewer|higher|lower|than|increas\w+|growth|gain)\b|"
    r"(?<!\w)(?:больше(?! всего| половин)|меньше(?! всего| половин)|выше|ниже|чем|"
    r"рост\w*|прирост\w*|увелич\w+|снижен\w+|сокращен\w+)(?!\w)|"
    r"(?<!\w)(?:көп|артық|кем|өсім\w*|қарағанда|азай\w*)(?!\w)",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"(?:Another|A further|The (?:remaining|rest|other)|Ещ[её]|Остальн\w+|Прочи\w+|Тағы|Қалған\w*)\b", re.IGNORECASE
)
"""How a sentence opens that goes on telling parts of the same whole."""
_OPENED: Final = {
    "en": re.compile(r"(?:Of|Among|Out of)\s+(?P<who>[^\ue000-\uf8ff,;:]{3,60}),?\s", re.IGNORECASE),
    "ru": re.compile(r"(?:Среди|Из|Из числа)\s+(?P<who>[^\ue000-\uf8ff;:]{3,60})", re.IGNORECASE),
    "kk": re.compile(r"(?P<who>[^\ue000-\uf8ff;:]{3,60}?[дтн][ыі]ң\s)(?:ішінде|ішінен|арасында)?", re.IGNORECASE),
}
"""How a sentence opens that names whom it divides: "Among those who answered"."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_STEM: Final = 5
_BACK: Final = 3
"""Sentences of a paragraph looked back at for a whole."""
_LEAST: Final = 10
_FACTOR: Final = 3.0
"""Times up to which a printed share may miss that of its whole; one further off is of something else."""
_LEAST_ROUNDING: Final = 0.05
_TIMES: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds", "places")


class Told(NamedTuple):
    """A count of a sentence, its share, the noun named behind that as what it is a share of, and the words before."""

    part: Figure
    share: Figure
    base: str
    clause: str


def carried(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """ "There are 3,920 hotels with 210,000 beds. 588 hotels (15 %) …": the whole is what the same noun counts."""
    paragraphs: dict[int, list[Marked]] = defaultdict(list)
    for said in sentences:
        paragraphs[said.paragraph].append(said)
    for paragraph in paragraphs.values():
        last: Figure | None = None
        for place, said in enumerate(paragraph):
            before = [one for one in paragraph[:place] if said.number - one.number <= _BACK]
            earlier = paragraphs.get(said.paragraph - 1, []) if place < _BACK else []
            last = yield from _of_sentence(said, before, earlier, last)


def _of_sentence(
    said: Marked, before: Sequence[Marked], earlier: Sequence[Marked], last: Figure | None
) -> Generator[Draft, None, Figure | None]:
    told = (
        []
        if said.figures[0].table or _tells_change(said)
        else [one for one in _told(said) if not _is_growth(one, said)]
    )
    known = last if _ASIDE.match(said.plain) else None
    last = None
    for one in told:
        whole = _whole(one, said, before)
        is_of_known = known is not None and not one.base and _may_be(one.part, known) and _is_one_noun(one.part, known)
        if whole is None and is_of_known:
            whole = known
        if whole is None and known is None and one.part.counted and not one.base:
            whole = _only_of_noun(one.part, [*before, said], earlier)
        if whole is None or not _is_near(one, whole) or _is_of_another(one, whole, said, before):
            continue
        known = last = whole
        words = f"{whole.printed} … {one.part.printed} … {one.share.printed}"
        yield draft("share_of_base", [one.part, whole], [one.share], "carried", words, sure="place")
    return last


def _tells_change(said: Marked) -> bool:
    return any(said.has(rule) for rule in _CHANGED) or _GROWN.search(said.plain) is not None


def _is_growth(told: Told, said: Marked) -> bool:
    """Whether words between the figure before a part and its share tell a change: "staff rose to 3,100 (12 %)"."""
    first, last = sorted((said.place(told.part), said.place(told.share)))
    start = last - len(re.split(r"[\ue000-\uf0ff;:]", said.plain[:first])[-1]) - (last - first)
    return any(start <= match.start() < last for rule in ("up", "down") for _, _, match in said.find(rule))


def _told(said: Marked) -> Iterator[Told]:
    """Counts of a sentence with their shares."""
    ahead = [(said.at(match["n"]), said.at(match["p"])) for match in _AHEAD.finditer(said.plain)]
    for part, share in ahead:
        if _is_share(share) and _is_part(part):
            yield Told(part, share, "", said.plain[: said.place(share)])
    for one in said.figures:
        match = _BEHIND.match(said.plain, said.place(one) + 1) if _is_part(one) else None
        if match is None or any(one is part for part, _ in ahead):
            continue
        share = said.at(match["p"])
        if _is_share(share) and not _OF_WHOM.match(match["rest"]):
            yield Told(one, share, _base(match["rest"], said.language), _clause(said, one))


_OF_WHOM: Final = re.compile(
    r"\s+(?!of\b|от\b|из\b|всех\b|общего\b|их\b|more|less)[^\W\d_][^()\ue000-\uf8ff]*\)", re.IGNORECASE
)
"""What a bracket says behind a share that is of the part itself: "300 pupils (60 % girls)"."""


def _base(rest: str, lang: str) -> str:
    """The noun named behind a share in its dictionary form; "" if none is, or only all of them."""
    if lang == "kk" or _ALL_OF_THEM.match(rest):
        return ""
    if lang == "en" and not re.match(r"\s+of\b", rest):
        return ""
    named = _BASE.match(rest)
    return lemma(named["noun"], lang) if named else ""


def _is_part(one: Figure) -> bool:
    return one.is_whole and one.bound == "exact" and not one.table and one.unit not in _TIMES


def _is_share(one: Figure) -> bool:
    is_known = one.bound == "exact" or (one.bound == "about" and not re.search(r"\d", one.printed))  # "a quarter"
    return one.unit == "percent" and one.value is not None and is_known and 0 < one.value < 100


def _whole(told: Told, said: Marked, before: Sequence[Marked]) -> Figure | None:
    """The one count a part may be a share of, in its sentence or up to three back in its paragraph."""
    clause = told.clause
    if is_elsewhere(clause, said.language):
        return None
    here = [one for one in said.figures if one.start < told.part.start and _may_hold(told.part, one)]
    if not told.base and (named := _opening(told.part, said, before)) is not None:
        return named
    nouns = {told.base} if told.base else _nouns(told.part, clause, said.language)
    is_named, whole = _of_noun(told, nouns, said, before)
    if is_named or told.base or told.part.counted:
        return whole
    counts = [one for one in here if _may_be(told.part, one)]
    others = [one for one in said.figures if one.start < told.part.start and not one.is_date]
    if len(counts) == 1 == len(others):
        return counts[0]
    return _only_count(told, before[-1]) if before and not others and said.number - before[-1].number == 1 else None


def _of_noun(told: Told, nouns: set[str], said: Marked, before: Sequence[Marked]) -> tuple[bool, Figure | None]:
    """Whether counts of one of the nouns are told, and the one that is told alone, of one time and as no part."""
    here = [one for one in said.figures if one.start < told.part.start]
    apart = [one for one in here if re.search(r"[;:]", said.plain[said.place(one) : said.place(told.part)])]
    for figures, where in [(apart, said), *((list(each.figures), each) for each in reversed(before))]:
        same = [one for one in figures if _may_hold(told.part, one) and _counted(one) in nouns]
        if not same and told.base:  # "the intake was 40 … 26, or 65 % of the intake"
            same = [one for one in figures if _may_hold(told.part, one) and _is_called(told, one, where)]
        if same:
            is_one = len(same) == 1 and not _has_share(where, same[0]) and not _of_other_times(told.part, same[0])
            return True, same[0] if is_one else None
    return False, None


def _counted(one: Figure) -> str | None:
    """The noun a figure counts, that of its unit among them."""
    if one.counted:
        return one.counted
    word = _LAST.search(one.printed) if one.unit in _NAMED else None
    return None if word is None else lemma(word[0], one.language)


_LAST: Final = re.compile(r"[^\W\d_]{5,}$")
_NAMED: Final = ("users", "followers", "accounts", "messages", "authors", "views", "countries", "regions")
"""Units whose noun is printed with the number."""


def _is_called(told: Told, one: Figure, where: Marked) -> bool:
    """Whether a count of the part's unit is told of the noun that a share is said to be of."""
    words = _WORD.findall(_clause(where, one))
    return are_of_one_unit(told.part, one) and told.base in {lemma(word, where.language) for word in words}


def _only_of_noun(part: Figure, here: Sequence[Marked], earlier: Sequence[Marked]) -> Figure | None:
    """The one count of a part's noun in the paragraph before, if its own paragraph has told none yet."""
    if any(one.counted == part.counted and one.start < part.start for one in here[-1].figures):
        return None
    if any(one.counted == part.counted for said in here[:-1] for one in said.figures):
        return None
    same = [(one, said) for said in earlier for one in said.figures if one.counted == part.counted and not one.table]
    if len(same) != 1 or not _may_hold(part, same[0][0]) or _has_share(same[0][1], same[0][0]):
        return None
    return None if _of_other_times(part, same[0][0]) else same[0][0]


def _only_count(told: Told, before: Marked) -> Figure | None:
    """The one count of the sentence before, if it tells nothing but that and parts of it too small to be the whole."""
    inner = {one.claim_id: one for each in _told(before) for one in (each.part, each.share)}
    compared = {one.claim_id for _, named, _ in before.find("more_than") for one in (named["c"], named["a"])}
    numbers = [one for one in before.figures if not one.is_date and one.claim_id not in {*inner, *compared}]
    is_changed = not compared and (_tells_change(before) or before.has("up") or before.has("down"))
    if len(numbers) != 1 or is_changed or not _may_hold(told.part, numbers[0]):
        return None
    if inner and (told.share.value or 0) <= max(one.value or 0 for one in inner.values() if one.unit == "percent"):
        return None  # it may as well be a share of one of those parts
    return numbers[0] if _may_be(told.part, numbers[0]) else None


def _opening(part: Figure, said: Marked, before: Sequence[Marked]) -> Figure | None:
    """The count before whose words are those of whom the sentence divides: "1,400 answered. Of those who answered"."""
    opened = _OPENED[said.language].match(said.plain)
    if opened is None or not before or opened.end() > said.place(part) + 1:
        return None
    stems = _stems(_WORD.findall(opened["who"]), said.language)
    for each in reversed(before):
        found = [one for one in each.figures if _may_hold(part, one) and stems & _beside(each, one)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _beside(said: Marked, one: Figure) -> set[str]:
    """Stems of the word before a figure and of the two behind it."""
    place = said.place(one)
    ahead = re.split(r"[\ue000-\uf8ff;:.]", said.plain[:place])[-1]
    behind = re.split(r"[\ue000-\uf8ff;:,.(]", said.plain[place + 1 :])[0]
    words = [*_WORD.findall(ahead)[-1:], *_WORD.findall(behind)[:2]]
    return _stems(words, said.language)


def _stems(words: Sequence[str], lang: str) -> set[str]:
    """First letters of words, and in Russian what dictionaries make of them: «сдавших» are who «сдали»."""
    found = {word[:_STEM].casefold() for word in words if len(word) >= _STEM}
    return found | ({dictionary_form(word) for word in words if len(word) >= _STEM} if lang == "ru" else set())


def _clause(said: Marked, part: Figure) -> str:
    """What stands before a part, back to the figure or mark before it."""
    return re.split(r"[\ue000-\uf0ff;:]", said.plain[: said.place(part)])[-1]


def _nouns(part: Figure, clause: str, lang: str) -> set[str]:
    """What a part counts, or else the words of its clause, in dictionary form."""
    if counted := _counted(part):
        return {counted}
    return {lemma(word, lang) for word in _WORD.findall(clause)}


def _may_hold(part: Figure, one: Figure) -> bool:
    return _is_part(one) and (one.value or 0) > (part.value or 0) and (one.value or 0) >= _LEAST


def _may_be(part: Figure, whole: Figure) -> bool:
    return are_of_one_unit(part, whole) and (part.value or 0) < (whole.value or 0)


def _is_one_noun(part: Figure, whole: Figure) -> bool:
    """Whether two counts name no two different things; people are called by many names."""
    return is_of_people(part) or not (part.counted and whole.counted) or part.counted == whole.counted


def _has_share(said: Marked, one: Figure) -> bool:
    return any(each.part is one for each in _told(said))


def _of_other_times(part: Figure, whole: Figure) -> bool:
    return bool(part.period and whole.period and part.period != whole.period)


def _gap(told: Told, whole: float) -> float:
    return abs(100 * (told.part.value or 0) / whole - (told.share.value or 0))


def _is_near(told: Told, whole: Figure) -> bool:
    real = 100 * (told.part.value or 0) / (whole.value or 1)
    return (told.share.value or 0) / _FACTOR <= real <= (told.share.value or 0) * _FACTOR


def _is_of_another(told: Told, whole: Figure, said: Marked, before: Sequence[Marked]) -> bool:
    """Whether the share is not that of the whole taken for it, and is that of another count told near."""
    rounding = max(((told.share.high or 0) - (told.share.low or 0)) / 2, _LEAST_ROUNDING)
    if _gap(told, whole.value or 1) <= rounding:
        return False
    others = [one for each in (*before, said) for one in each.figures if _may_hold(told.part, one) and one is not whole]
    return any(_gap(told, one.value or 1) <= rounding for one in others)
