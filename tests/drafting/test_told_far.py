"""Shares, changes and sums whose other figures stand in another sentence or section, worked by hand."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import drafting, sources

HOLD = [
    # 100 * (33,600 / 28,000 - 1) = 20, of a section before.
    ("The museum had 33,600 visitors.\n\nOf shows. Five shows opened.\n\nLast year it had 28,000 visitors, so that "
     "visitors grew by 20 %.", (28000, 33600, 20)),
    ("Мұражайға 33 600 келуші келді.\n\nКөрмелер туралы. Барлығы бес көрме ашылды.\n\nБылтыр 28 000 келуші болған "
     "еді, сөйтіп келушілер саны 20 % өсті.", (28000, 33600, 20)),
    # 6.3 / 4.2 = 1.5, not of the parts between.
    ("Жөндеуге 6,3 млрд теңге бөлінді. Оның 4,1 млрд теңгесі жолға, 2,2 млрд теңгесі көпірге кетті. Өткен жылғы "
     "бөлінген қаржы 4,2 млрд теңге болған, яғни 1,5 есе көбейді.", (6.3e9, 4.2e9, 1.5)),
    ("На ремонт выделено 6,3 млрд тенге. Из них 4,1 млрд тенге пошло на дороги, 2,2 млрд тенге – на мосты. В прошлом "
     "году выделено было 4,2 млрд тенге, то есть стало в 1,5 раза больше.", (6.3e9, 4.2e9, 1.5)),
    # 28,300 + 12,300 = 40,600: what follows a Kazakh number need not be its noun.
    ("Аймақта 40 600 адам тұрады, оның 28 300 қалада, 12 300 ауылда.", (28300, 12300, 40600)),
    # 100 * 1,230 / 1,500 = 82.
    ("В хозяйстве 1 230 тракторов исправны. Всего числится 1 500 тракторов, следовательно, исправность равна 82 %.",
     (1230, 1500, 82)),
    # 21 + 13 + 9 = 43: "these three".
    ("Бірінші орында Орал қаласы (21 %), екінші орында Тараз қаласы (13 %), үшінші орында Семей қаласы (9 %) тұр. Осы "
     "үш қала барлық көрерменнің 43 % бөлігін берді.", (21, 13, 9, 43)),
]  # fmt: skip
FAIL = [
    # 100 * 1,230 / 1,500 = 82.
    ("В хозяйстве 1 230 тракторов исправны. Всего числится 1 500 тракторов, следовательно, исправность равна 88 %.",
     (1230, 1500, 88)),
    ("Қоймада 1 230 кітап сақталған. Жалпы қорда 1 500 кітап бар, демек сақталу үлесі 88 %.", (1230, 1500, 88)),
    ("In the depot 1,230 tractors run. The fleet has 1,500 tractors, so readiness is 88 %.", (1230, 1500, 88)),
    # 31 - 26 = 5.
    ("Леса занимают 44 %, болота 31 %. Доля болот в 2010 году, когда она равнялась 26 %, увеличилась на 7 процентных "
     "пунктов.", (31, 26, 7)),
    # Two digits changed places: 12.84 and 12.48.
    ("Парк насчитывает 47 деревьев.\n\nЧисло посетителей парка составило 12,84 млн. Билеты подорожали на 3 %.\n\nКлумб "
     "было 215.\n\nСкамеек поставили 318.\n\nФонарей 92.\n\nИтак, число посетителей парка достигло 12,48 млн.",
     (12.84e6, 12.48e6)),
    ("Саябақта 47 ағаш бар.\n\nЖеңілдікпен кірушілер үлесі 63,5 % болды.\n\nГүлзарлар 215.\n\nОрындықтар 318.\n\n"
     "Шамдар 92.\n\nЖеңілдікпен кірушілер үлесі 65,3 %.", (63.5, 65.3)),
]  # fmt: skip
NO_ALARM = [
    "In the depot 1,230 people work. The fleet has 1,500 tractors, so the share of women is 38 %.",
    "В депо работает 1 230 человек. В парке 1 500 тракторов, следовательно, доля новых равна 88 %.",
    "Депода 1 230 адам жұмыс істейді. Паркте 1 500 трактор бар, демек жаңасының үлесі 88 %.",
    "Доля лесов выросла до 44 %. Доля пашни в 2010 году, когда она равнялась 26 %, увеличилась на 7 процентных "
    "пунктов.",
    "Жыл соңына дейін тағы 40 мектеп ашылады, сонда олардың саны 740 болады.",
    "Күту медианасы 31 сағат болды; ең жылдамы орта есеппен 4 сағатта, ең баяуы 212 сағатта жауап берген.",
    "Перевозки вели три компании. За год первая из них обслужила 11,37 млн пассажиров (44,0 %).",
    "Парк насчитывает 47 деревьев.\n\nДоля городских читателей составила 63,5 %.\n\nКлумб было 215.\n\nСкамеек 318."
    "\n\nФонарей 92.\n\nДоля сельских читателей достигла 65,3 %.",
]


def of_verdict(text: str, verdict: str, tmp_path: Path) -> list[list[float]]:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(path))
    held = found.findings.loc[found.findings["verdict"] == verdict, "relation_id"]
    return sides(found, found.relations[found.relations["relation_id"].isin(held)])


def sides(found: drafting.Review, rows: pd.DataFrame) -> list[list[float]]:
    values = dict(zip(found.figures["claim_id"], found.figures["value"].astype(float), strict=True))
    told = rows["left"] + rows["right"].map(lambda right: f" {right}" if isinstance(right, str) else "")
    return [sorted(round(abs(values[one]), 6) for one in row.split()) for row in told]


@pytest.mark.parametrize(("text", "figures"), HOLD)
def test_figures_told_apart_that_fit_are_drafted(text: str, figures: tuple[float, ...], tmp_path: Path) -> None:
    assert sorted(map(float, figures)) in of_verdict(text, "holds", tmp_path)


@pytest.mark.parametrize(("text", "figures"), FAIL)
def test_figures_told_apart_that_can_only_be_meant_fail(text: str, figures: tuple[float, ...], tmp_path: Path) -> None:
    assert sorted(map(float, figures)) in of_verdict(text, "fails", tmp_path)


@pytest.mark.parametrize("text", NO_ALARM)
def test_figures_of_different_things_are_no_contradiction(text: str, tmp_path: Path) -> None:
    assert of_verdict(text, "fails", tmp_path) == []
