"""Drafts of dates in the order of a schedule over clauses and sentences, and of ends of a period told backwards.

A call comes before what is handed in, that before the answer, the answer before the event, a survey before its report.
A clause has one date and words of one stage; of the same schedule are clauses that follow each other in a paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_STAGES: Final = {
    "call": (
        r"\b(?:submi(?:t|tted|ssions?)|appl(?:y|ied|ications?)|regist(?:er|ered|ration)|nominations?|sign(?:ed)? up)\b|"
        r"(?<!\w)(?:заявк\w*|подать|подач\w*|регистраци\w*|прислать|представить|присыла\w*)(?!\w)|"
        r"(?<!\w)(?:өтінім\w*|тірке\w*|тапсыр\w*|жолда(?:у|н)\w*|жібер\w*)(?!\w)",
        r"\b(?:notif(?:y|ied|ies|ication)|(?:authors|applicants|candidates|participants) will (?:be|hear|learn)|"
        r"shortlist\w*|(?:results?|winners?|decisions?) (?:will be|are|is|were) (?:announced|published|known|sent))\b|"
        r"(?<!\w)(?:уведом\w+|сообщ(?:ат|ит|ены)|итоги|результаты|победител\w+)(?!\w)|"
        r"(?<!\w)(?:хабарла\w+|нәтиже\w*|жеңімпаз\w*|қорытынды\w*|іріктеу\w*)(?!\w)",
        r"\b(?:conference|forum|event|workshop|school|course|festival|ceremony|training)\b[^,;]{0,40}"
        r"\b(?:held|place|opens?|begins?|starts?|be)\b|"
        r"(?<!\w)(?:состоится|пройд[её]т|откроется|стартует|начн[её]тся|начнутся)(?!\w)|"
        r"(?<!\w)(?:өтеді|басталады|ашылады|өткізіледі)(?!\w)",
    ),
    "survey": (
        r"\b(?:survey(?:ed)?|interview(?:s|ed)|fieldwork|data (?:were|was) collected|poll(?:ed)?|audit|inspection)\b|"
        r"(?<!\w)(?:опрос\w*|опрошен\w*|обследовани\w*|интервью|сроки проведения|проверк\w*|аудит\w*|"
        r"сбор данных)(?!\w)|(?<!\w)(?:сауалнама\w*|сұхбат\w*|тексер\w*|аудит\w*|зерттеу)(?!\w)",
        r"\b(?:report|findings|conclusions?|results)\b[^,;]{0,40}"
        r"\b(?:published|approved|signed|presented|issued|released)\b|"
        r"(?<!\w)(?:отч[её]т|заключение|результаты|доклад|акт)(?!\w)[^,;]{0,40}"
        r"(?<!\w)(?:утвержд\w+|опубликован\w*|подписан\w*|представлен\w*|обнародован\w*)(?!\w)|"
        r"(?<!\w)(?:есеп|қорытынды|нәтиже\w*|акт\w*)(?!\w)[^,;]{0,40}"
        r"(?<!\w)(?:бекітілді|жарияланды|қол қойылды|ұсынылды|таныстырылды)(?!\w)",
    ),
}
"""What a schedule tells, the first first."""
_FOUND: Final = {name: [re.compile(shape, re.IGNORECASE) for shape in shapes] for name, shapes in _STAGES.items()}
_OTHER: Final = re.compile(
    r"\b(?:previous|last|earlier|another|second|pilot|extended|postponed|moved|rescheduled|law|decree|not)\b|"
    r"(?<!\w)(?:прошл\w+|предыдущ\w+|друг\w+|втор\w+|повторн\w+|пилотн\w+|продл\w+|перенес\w+|закон\w*|приказ\w*|не)(?!\w)|"
    r"(?<!\w)(?:өткен|алдыңғы|басқа|екінші|қайта|сынақ|ұзарт\w*|ауыстыр\w*|заң\w*|бұйрық\w*)(?!\w)",
    re.IGNORECASE,
)
"""Words of another schedule, or of one that was changed."""
_YEAR: Final = re.compile(r"\d{4}")
_CLAUSES: Final = re.compile(
    r";\s|,\s(?=(?:and|but|while|then|а|и|но|затем|ал|және|кейін)\s)|(?<=[\uf100-\uf8ff])\s(?=(?:and|и|және)\s)"
)


class _Clause(NamedTuple):
    """A clause with its one date."""

    text: str
    date: Figure
    said: Marked


def scheduled(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Dates of clauses that follow each other, in the order of what they tell."""
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    clauses = [each for said in body for each in _clauses(said)]
    for first, second in pairwise(clauses):
        if first.said.paragraph != second.said.paragraph or second.said.number - first.said.number > 1:
            continue
        if _OTHER.search(first.text) or _OTHER.search(second.text):
            continue
        for shapes in _FOUND.values():
            stages = [[n for n, shape in enumerate(shapes) if shape.search(each.text)] for each in (first, second)]
            if all(len(found) == 1 for found in stages) and stages[0][0] != stages[1][0]:
                earlier, later = sorted(
                    ((stages[0][0], first.date), (stages[1][0], second.date)), key=lambda one: one[0]
                )
                words = f"{earlier[1].printed} … {later[1].printed}"
                yield draft("date_order", [earlier[1]], [later[1]], "received", words, sure="place")
                break


def _clauses(said: Marked) -> Iterator[_Clause]:
    """Clauses of a sentence that have one date with its year."""
    start = 0
    ends = [*(match.end() for match in _CLAUSES.finditer(said.plain)), len(said.plain)]
    for end in ends:
        inside = [one for one in said.figures if one.is_date and start <= said.place(one) < end]
        if len(inside) == 1 and _YEAR.search(inside[0].printed) and "-" in inside[0].date:
            yield _Clause(said.plain[start:end], inside[0], said)
        start = end
