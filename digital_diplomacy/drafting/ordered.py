"""Drafts of dates in the order of what they tell: received before accepted, opened before closed, adopted before in
force."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_STAGES: Final = {
    "paper": (
        r"\b(?:received|submitted|sent in|handed in)\b|(?<!\w)(?:поступи\w+|получен[аоы]?(?!\w)|"
        r"представлен\w* в редакцию)|"
        r"(?<!\w)(?:келіп )?түс(?:т?і|кен|іп)\w*",
        r"\b(?:revised|resubmitted)\b|(?<!\w)(?:доработа\w+|переработа\w+|исправлен\w*)|"
        r"(?<!\w)(?:пысықтал|өңдел|түзетіл)\w+",
        r"\baccepted\b|(?<!\w)(?:(?:принят|одобрен)\w*)(?: (?:к|в) (?:печать|печати|публикации))?(?!\w)|(?<!\w)"
        r"(?:басылымға |жариялауға |баспаға )?(?:қабылдан|мақұлдан)\w+",
        r"\b(?:published|appeared|printed)\b|(?<!\w)(?:опубликован\w*|вышл?[аио]?(?!\w)|напечатан\w*)|"
        r"(?<!\w)(?:жариялан(?:ды|ған|ып)\w*|жарық көр\w+)",
    ),
    "thesis": (
        r"\b(?:was|were) (?:discussed|considered)\b|(?<!\w)(?:обсужден\w*|обсуждал\w*|рассмотрен\w*)|"
        r"(?<!\w)талқылан\w*",
        r"\bpre-?defen[cs]e\b|(?<!\w)предзащит\w*|(?<!\w)алдын ала қорға\w*",
        r"(?<!pre-)(?<!pre)\bdefen(?:[cs]e|ded)\b|(?<!пред)(?<!\w)(?:защит\w*|защищен\w*)|"
        r"(?<!алдын ала )(?<!\w)қорға(?:у|лды)\w*",
    ),
    "law": (
        r"\b(?:adopted|signed|approved|decree of|order of)\b|(?<!\w)(?:постановлени|приказ|указ|"
        r"закон)\w*(?:\s№\s\S+)?(?:\sот|\s*$)|"
        r"(?<!\w)(?:подписан|утвержд[её]н)\w*|(?<!\w)(?:қол қойыл|бекітіл|қабылдан)(?!м)\w+",
        r"\b(?:entered|enters|comes|came|come) into (?:force|effect)\b|\btook effect\b|(?<!\w)(?:вступ\w+|"
        r"введ[её]н\w*) в (?:силу|действие)|"
        r"(?<!\w)күшіне ен\w+|(?<!\w)қолданысқа енгіз\w+",
        r"\b(?:expires?|expired|repealed|lapse[sd]?)\b|(?<!\w)(?:утрат\w+ силу|истека\w+|отмен[её]н\w*)|"
        r"(?<!\w)күші(?:н)? жой\w+",
    ),
    "event": (
        r"\b(?:open(?:s|ed)?|beg[aiu]ns?|start(?:s|ed)?|launched|commence[sd]?)\b|"
        r"(?<!\w)(?:откр(?:ы|о)\w+|нача(?:л|т)\w*|начина\w+|начн\w+|старт(?:овал|у[ею]т)\w*)|"
        r"(?<!\w)(?:ашыл|бастал|іске қосыл)(?!м)\w+",
        r"\b(?:close[sd]?|end(?:s|ed)?|finish(?:es|ed)?|conclude[sd]?|complete[sd]?)\b|"
        r"(?<!\w)(?:закр(?:ы|о)\w+|заверш\w+|о?конч(?:ил|ен|а[ею]т|и?тся)\w*|законч\w+)|"
        r"(?<!\w)(?:жабыл|аяқтал|тәмамдал)(?!м)\w+",
    ),
    "call": (
        r"\b(?:submi(?:t|tted|ssions?)|appl(?:y|ied|ications?)|regist(?:er|ered|ration))\b|"
        r"(?<!\w)(?:заявк\w*|регистраци\w*)|(?<!\w)(?:өтінім\w*|тірке\w*)",
        r"\bnotif(?:y|ied|ication)\b|\b(?:results|winners|decisions?)\b|(?<!\w)(?:уведом\w+|итоги|результаты|"
        r"победител\w+)|(?<!\w)(?:нәтиже\w*|жеңімпаз\w*|қорытынды\w*)",
        r"\b(?:conference|forum|workshop|event)\b|(?<!\w)(?:состоится|пройд[её]т)(?!\w)|(?<!\w)(?:өтеді|өткізіледі)(?!\w)",
    ),
    "body": (
        r"\b(?:founded|established|set up|created|born|began|launched|introduced)\b|"
        r"(?<!\w)(?:основан\w*|создан\w*|учрежд[её]н\w*|родил\w*)|"
        r"(?<!\w)(?:(?<!қайта )құрыл(?:ды|ған|ып)|ту(?:ған|ды|ып)(?!\w)|дүниеге кел\w+)",
        r"\b(?:moved|renamed|relocated|reorgani[sz]ed|restructured|transformed|privati[sz]ed|moderni[sz]ed|expanded)\b|"
        r"(?<!\w)(?:переш[её]л|перешл[аои]|переехал\w*|переименован\w*|преобразован\w*|реорганизован\w*|модернизирован\w*)|"
        r"(?<!\w)(?:көш(?:ті|кен|іп)|көшіріл|қайта құрыл|қайта атал|өзгертіл|жаңғыртыл)\w*",
        r"\b(?:dissolved|abolished|disbanded|closed down|died)\b|(?<!\w)(?:распущен\w*|упраздн[её]н\w*|"
        r"ликвидирован\w*|умер\w*|скончал\w*)|"
        r"(?<!\w)(?:таратыл|жойыл|қайтыс бол|дүниеден (?:өт|қайт|оз)|көз жұм)\w+",
    ),
}
"""What happens to a thing, the first first."""
_FOUND: Final = {name: [re.compile(shape, re.IGNORECASE) for shape in shapes] for name, shapes in _STAGES.items()}
_OF_ONE_THING: Final = frozenset({"event", "body"})
"""Here both verbs must have one subject: «форум открылся 4 июня и закрылся 6 июня»."""
_OTHERS: Final = re.compile(
    r"\b(?:last|previous|another|extended|postponed|moved)\b|(?<!\w)(?:прошл|предыдущ|друг|продл|перен[её]с)|"
    r"(?<!\w)(?:өткен|алдыңғы|басқа|ұзарт|ауыстыр)",
    re.IGNORECASE,
)
"""Words of another call, or of one that was changed."""
_GOES_ON: Final = re.compile(
    r"[\s,–—]*(?:жылы\s)?(?:(?:and|but|then|и|а|но|затем|потом|және|ал|кейін)\s+)*(?:(?:on|in|by|в|во|к|до)\s+)*"
    r"(?:(?:it|its|он|она|оно|ол)\s+)?"
    r"(?:(?:was|were|had been|has been|is|will be|был[аои]?|будет)\s+)?(?:(?:officially|formally|официально|"
    r"ресми түрде)\s+)?$",
    re.IGNORECASE,
)
_DATE_WORDS: Final = re.compile(r"[\uf100-\uf8ff]|\b(?:on|in|во?|жылы|году|года)\b", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"^(?:\s(?!(?:and|but|or|that|which|who|when|и|а|но|или|что|когда|как|және|ал)\b)[^\W\d_][\w’'-]*){1,6}\s(?=[\uf100-\uf8ff])"
)
"""What a verb is told of before its date: "began its satellite channel in 2002"."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEW: Final = 4
"""Words between two dates of a line that is a list of them: "Submitted 14 June; in revised form 2 August"."""
_YEAR: Final = re.compile(r"\d{4}")


def in_order(said: Marked) -> Iterator[Draft]:
    """Dates of a sentence, each with a verb or noun of a stage beside it, where the stages have a known order.

    Only dates told exactly and with their year; where a sentence has several of one stage, none.
    """
    dates = [one for one in said.figures if _is_exact(one)]
    if len(dates) < 2 or len(dates) != sum(one.is_date for one in said.figures):
        return
    between = said.plain[said.place(dates[0]) : said.place(dates[-1])]
    is_cut, are_days = ";" in between, all(len(one.date) == len("2024-05-04") for one in dates)
    is_short = all(len(_WORD.findall(part)) <= _FEW for part in re.split("[\uf100-\uf8ff]", between))
    for name, shapes in _FOUND.items():
        if name == "call" and _OTHERS.search(said.plain):
            continue  # "the results of the last call"
        if is_cut and not (are_days and (is_short or name == "paper")):
            continue  # "Submitted 4 May 2024; accepted 9 July 2024" is of one paper
        staged = _staged(said, dates, shapes, is_cut or name in _OF_ONE_THING)
        if len({stage for stage, _, _ in staged}) != len(staged):
            continue
        for (_, first, words), (_, second, later) in pairwise(sorted(staged, key=lambda each: each[0])):
            told = f"{words} {first.printed} … {later} {second.printed}"
            yield draft("date_order", [first], [second], "received", told)


def chained(said: Marked) -> Iterator[Draft]:
    """Two days of a Kazakh sentence, the first with a verb that only comes before another: «қаралып, … шықты»."""
    dates = [one for one in said.figures if one.is_date]
    if said.language != "kk" or len(dates) != 2 or not all(map(_is_exact, dates)):
        return
    first, second = dates
    between = said.plain[said.place(first) + 1 : said.place(second)]
    if _THEN.fullmatch(between) and _LAST_VERB.match(said.plain, said.place(second) + 1):
        yield draft("date_order", [first], [second], "received", f"{first.printed}{between}{second.printed}")


_THEN: Final = re.compile(r"[^\ue000-\uf8ff;]{0,60}[^\W\d_]{2,}[ыі]?п,\s(?:[^\W\d_]+\s){0,2}", re.IGNORECASE)
_LAST_VERB: Final = re.compile(r"\s(?:(?![^\W\d_]*[ғгқк][ае]н\s)[^\W\d_]+\s){0,3}[^\W\d_]{2,}[дт][ыі][.!]?\s*$")


def backwards(said: Marked) -> Iterator[Draft]:
    """The ends of a period of days that is told backwards, and so was not read as one: "from 12 May to 3 May 2022"."""
    for first, second in pairwise(one for one in said.figures if not _MOVED.search(said.plain)):
        told = f"{said.text[first.end : second.start]}|{said.text[second.start : second.end + _NEXT]}"
        opened = _FROM.search(f"{said.text[: first.start]}|{first.printed}")
        is_between = opened is not None and opened.group().casefold().startswith(("between", "между"))
        are_ends = bool(opened or first.printed.endswith(_SINCE)) and (_AND if is_between else _TO).match(told)
        are_days = all(len(one.date) == len("2024-05-04") and not one.table for one in (first, second))
        if are_ends and are_days:
            yield draft("date_order", [first], [second], "years", f"{first.printed} … {second.printed}")


_FROM: Final = re.compile(r"(?<!\w)(?:from|between|со?|между)\s\|?(?=[^|]*$)", re.IGNORECASE)
_NEXT: Final = len(" дейін")
_SINCE: Final = ("дан", "ден", "тан", "тен", "нан", "нен")
_AND: Final = re.compile(r"\s(?:and|и)\s\|")
_TO: Final = re.compile(r"\s(?:to|until|till|по|до)\s\||\s(?:бастап\s)?\|.*дейін", re.IGNORECASE)
_MOVED: Final = re.compile(
    r"\b(?:mov|reschedul|brought|bring|shift|chang|advanc|back)|(?<!\w)(?:перен[её]с|сдвин|измен)|"
    r"(?<!\w)(?:ауыс|көшір|жылжы|өзгер)",
    re.IGNORECASE,
)
"""Words by which a day was set for another one, which may be earlier."""


def _is_exact(one: Figure) -> bool:
    is_printed = _YEAR.search(one.printed) is not None and "/" not in one.date
    return one.is_date and one.bound in ("exact", "at_least") and is_printed and not one.in_references and not one.table


def _staged(
    said: Marked, dates: Sequence[Figure], shapes: Sequence["re.Pattern[str]"], needs_one_subject: bool
) -> list[tuple[int, Figure, str]]:
    """Stage, date and word of every date, by what stands before each, or in Kazakh and after a leading date behind."""
    places = [said.place(one) for one in dates]
    starts = [0, *(place + 1 for place in places[:-1])]
    ends = [*places[1:], len(said.plain)]
    is_before = said.language != "kk" and _last(said.plain[: places[0]], shapes) is not None
    found: list[tuple[int, Figure, str]] = []
    at: list[tuple[int, int]] = []
    for one, place, start, end in zip(dates, places, starts, ends, strict=True):
        segment = said.plain[start:place] if is_before else said.plain[place + 1 : end]
        match = _last(segment, shapes) if is_before else _first(segment, shapes)
        if match is None and said.language == "kk":  # «қорғау 2024 жылғы 27 қыркүйекте өтеді»
            start = max(start, at[-1][1] if at else 0)
            match = _last(said.plain[start:place], shapes)
            if match is not None:
                found.append((match[0], one, match[1].group().strip()))
                at.append((start + match[1].start(), start + match[1].end()))
            continue
        if match is None:
            continue
        between = segment[match[1].end() :] if is_before else segment[: match[1].start()]
        if re.search(r"[;.]\s", between):
            continue
        offset = start if is_before else place + 1
        found.append((match[0], one, match[1].group().strip()))
        at.append((offset + match[1].start(), offset + match[1].end()))
    if needs_one_subject and not _is_of_one_thing(said, found, at):
        return []
    return found


def _is_of_one_thing(said: Marked, found: Sequence[tuple[int, Figure, str]], at: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but dates and a conjunction stands between one verb and the next."""
    for (_, end), (start, _) in pairwise(at):
        between = _DATE_WORDS.sub(" ", _OBJECT.sub(" ", said.plain[end:start].replace(";", ",")))
        if _GOES_ON.match(re.sub(r"\s+", " ", between).lstrip()) is None:
            return False
    return bool(found)


def _first(segment: str, shapes: Sequence["re.Pattern[str]"]) -> "tuple[int, re.Match[str]] | None":
    matches = [(number, match) for number, shape in enumerate(shapes) for match in [shape.search(segment)] if match]
    return min(matches, key=lambda each: each[1].start(), default=None)


def _last(segment: str, shapes: Sequence["re.Pattern[str]"]) -> "tuple[int, re.Match[str]] | None":
    matches = [(number, match) for number, shape in enumerate(shapes) for match in shape.finditer(segment)]
    return max(matches, key=lambda each: each[1].start(), default=None)
