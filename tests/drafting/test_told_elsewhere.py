"""Relations whose figures stand in other sentences and paragraphs; every one worked out by hand."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

FAIL = [
    # 84 - 61 = 23; 55 - 40 = 15.
    "Cities have 84 % of their schools online, villages 61 %. The gap of 32 percentage points has many causes.",
    "Trust stands at 40 % in the east and 55 % in the west. This margin of 51 percentage points surprised us.",
    "В городах пользуются порталом 84 % жителей, в сёлах 61 %. Разница в 32 процентных пункта объясняется скоростью.",
    "Ерлердің 47 %-ы, әйелдердің 52 %-ы жаңалық оқиды. Бұл алшақтық 50 пайыздық тармаққа тең.",
    # 48 - 41 = 7.
    "Казахский язык выбрали 48 %. Доля казахского языка по сравнению с 2021 годом, когда она составляла 41 %, выросла "
    "на 17 процентных пунктов.",
    # 85 / 37.5 = 2.27, which is printed as 2.3.
    "The portal answers 85 % of letters sent to it, compared with 37.5 % on social pages. Put otherwise, a letter to "
    "the portal was 3.2 times as likely to be answered.",
    # 14 + 12 + 11 + 10 = 47.
    "We studied 45 hospitals in four regions.\n\nThe sample covers 14 hospitals in the north, 12 in the south, 11 in "
    "the east and 10 in the west.",
    "Обследовано 45 больниц.\n\nВ выборку вошли 14 больниц севера, 12 юга, 11 востока и 10 запада.",
    "Зерттеуге 45 мектеп алынды.\n\nІріктемеге 14 мектеп солтүстіктен, 12 оңтүстіктен, 11 шығыстан және 10 батыстан "
    "енді.",
    # 264 / 412 = 0.64; 32 / 50 = 0.64.
    "Together they won 412,000 votes: the two largest parties took 264,000, which is 46 % of all votes.",
    "За месяц поступило 50 000 писем: крупнейшая служба получила 32 000, то есть 46 % всех писем.",
    # A paper is accepted after it was revised.
    "Submitted 3 May 2022; revised 20 July 2022; accepted 11 July 2022.",
    "Статья поступила 3 мая 2022 г.; доработана 20 июля 2022 г.; принята к печати 11 июля 2022 г.",
    # 86.4 - 81.4 = 5.0, so that 86.4 is meant.
    "Охват населения быстрой связью вырос с 81,4 % до 86,4 %, или на 5,0 процентного пункта.\n\nДалее о ценах.\n\n"
    "Итак, охват населения быстрой связью достиг 84,6 %.",
]
FINE = [
    # The gap lies between others than the two of the sentence before.
    "Men trust it in 47 % of cases, women in 52 %. The difference of 8 percentage points between young and old is big.",
    "Қалада 84 %, ауылда 61 % қосылған. Ерлер мен әйелдер арасындағы айырма 4 пайыздық тармақ.",
    # Another year, another place.
    "The portal has 41,600 subscribers.\n\nA year before the portal had 46,100 subscribers.",
    "Портал жазылушыларының саны 341 600 болды.\n\nБылтыр портал жазылушыларының саны 314 600 еді.",
    # No part of the whole, no whole of the parts, no base of the share.
    "The office opened for six days instead of two.",
    "We sent 400 letters. We got 200 replies, and only 100 (25 %) came in time.",
    "Служба ответила на 1 200 писем: 400 в течение двух дней (33,3 %), 800 позже (66,7 %).",
    "We spent USD 9,000, or USD 45 for each visit; USD 6,000 came from members and USD 3,000 from a grant.",
    "We studied 45 hospitals.\n\nAnswers came from 14 hospitals in the north, 12 in the south and 10 in the west.",
    "Обследовано 45 больниц.\n\nИз них ответили 14 больниц севера, 12 юга и 11 востока.",
    # Several answers at once, a number of which a rate is told, times that are no mean.
    "They could name several causes: cost (71 %), fear (54 %) and distance (38 %).",
    "Можно было назвать несколько причин: цена – 71 %, страх – 54 %, расстояние – 38 %.",
    "Бірнеше себепті атауға болатын: баға – 71 %, қорқыныш – 54 %, қашықтық – 38 %.",
    "На 100 жителей приходится 54 телефона против 51 годом ранее.",
    "The fastest office answered in 3 hours on average, the slowest in 190 hours; the median was 21 hours.",
]
HOLD = [
    # 1,170 / 720 = 1.625; 52 + 31 + 64 + 53 = 200.
    ("The archive sent out 1,170 answers.\n\nCosts are told below.\n\nIn the year before it had sent 720. The "
     "number of answers grew by 62.5 %.", (720, 1170, 62.5)),
    ("We wrote to 200 bodies.\n\nThe bodies fall into four groups: 52 ministries, 31 courts, 64 schools and 53 banks.",
     (31, 52, 53, 64, 200)),
    ("The portal's response rate was 18 %.\n\nAll was tried.\n\nThe response rate of 18 % is a lower bound.", (18, 18)),
    ("Жергілікті тілдегі жазбалардың үлесі 28,5 % болды.\n\nБасқасы төменде.\n\nЖергілікті тілдердің үлесі 28,5 %.",
     (28.5, 28.5)),
]  # fmt: skip


@pytest.mark.parametrize("text", FAIL)
def test_what_does_not_fit_over_sentences_fails(tmp_path: Path, text: str) -> None:
    assert failing(tmp_path, text)


@pytest.mark.parametrize("text", FINE)
def test_what_has_another_reading_does_not_fail(tmp_path: Path, text: str) -> None:
    assert failing(tmp_path, text) == []


@pytest.mark.parametrize(("text", "values"), HOLD)
def test_what_stands_far_away_is_drafted(tmp_path: Path, text: str, values: tuple[float, ...]) -> None:
    found = read(tmp_path, text)
    known = dict(zip(found.figures["claim_id"], found.figures["value"], strict=True))
    drafted = [
        tuple(sorted(known[name] for name in f"{left} {right or ''}".split()))
        for left, right in zip(found.relations["left"], found.relations["right"], strict=True)
    ]
    assert tuple(sorted(values)) in drafted


def read(folder: Path, text: str) -> drafting.Review:
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return drafting.review(sources.read_paper(path))


def failing(folder: Path, text: str) -> list[str]:
    findings = read(folder, text).findings
    return findings.loc[findings["verdict"] == "fails", "relation_id"].tolist()
