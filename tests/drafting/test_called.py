"""Shares and multiples of what words call: parts of a list, cells, counts far before; all worked out by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.drafting import called, reckoned
from digital_diplomacy.extraction.tokens import Figure

Made: TypeAlias = Callable[..., Figure]

SITES = (
    "Table 2. Visitors\n\nSite\tDomestic\tForeign\tTotal\nCaves\t1,260\t840\t2,100\nCastle\t2,480\t520\t3,000\n"
    "Harbour\t960\t440\t1,400\nAll sites\t4,700\t1,800\t6,500\n\n"
)
SITES_RU = (
    "Таблица 2. Посетители\n\nОбъект\tОтечественные\tИностранные\tВсего\nПещеры\t1 260\t840\t2 100\n"
    "Замок\t2 480\t520\t3 000\nГавань\t960\t440\t1 400\nИтого\t4 700\t1 800\t6 500\n\n"
)
SITES_KK = (
    "2-кесте. Келушілер\n\nНысан\tОтандық\tШетелдік\tБарлығы\nҮңгір\t1 260\t840\t2 100\nҚамал\t2 480\t520\t3 000\n"
    "Айлақ\t960\t440\t1 400\nЖиыны\t4 700\t1 800\t6 500\n\n"
)
REGIONS = "Table 3. Respondents\n\nRegion\tRespondents\nNorth\t250\nSouth\t400\nWest\t350\nTotal\t1,000\n\n"
PORT = "The port handled 4,800 ships: 2,160 tankers, 1,680 ferries and 960 trawlers. "
PORT_RU = "Порт принял 4 800 судов: 2 160 танкеров, 1 680 паромов и 960 траулеров. "
PORT_KK = "Порт 4 800 кеме қабылдады: 2 160 танкер, 1 680 паром және 960 траулер. "
HOLD = [
    # 1680 / 4800 = 35 %; 2160 / 960 = 2.25.
    (PORT + "Tankers make up 45.0% of the traffic, ferries 35.0%.", (1680, 4800, 35)),
    (PORT_RU + "Доля танкеров – 45,0%, паромов – 35,0%.", (1680, 4800, 35)),
    (PORT_KK + "Танкерлердің үлесі – 45,0%, паромдардікі – 35,0%.", (1680, 4800, 35)),
    (PORT + "There were 2.25 times as many tankers as trawlers.", (2160, 960, 2.25)),
    (PORT_RU + "Танкеров в 2,25 раза больше, чем траулеров.", (2160, 960, 2.25)),
    (PORT_KK + "Танкерлер траулерлерден 2,25 есе көп.", (2160, 960, 2.25)),
    ("There were 2,160 tankers and 960 trawlers, so that tankers were 2.25 times as many as trawlers.",
     (2160, 960, 2.25)),
    # 520 / 1800 = 28.9 %; 2100 / 6500 = 32.3 %; 2100 / 1400 = 1.5; 2480 / 520 = 4.8.
    (SITES + "The Castle drew 52.8% of domestic visitors and 28.9% of foreign ones.", (520, 1800, 28.9)),
    (SITES_RU + "Пещеры на втором месте – 32,3% посетителей.", (2100, 6500, 32.3)),
    (SITES_KK + "Екінші орында Үңгір – келушілердің 32,3%-ы.", (2100, 6500, 32.3)),
    (SITES + "The Caves have 1.5 times as many visitors as the Harbour.", (2100, 1400, 1.5)),
    (SITES_RU + "В Пещерах посетителей в 1,5 раза больше, чем в Гавани.", (2100, 1400, 1.5)),
    (SITES_KK + "Қамалда отандық келушілер шетелдіктерден 4,8 есе көп.", (2480, 520, 4.8)),
    # 656 / 15260 = 4.3 %; 1131 / 6500 = 17.4 %; 484.9 / 846.2 = 57.3 %.
    ("There were 15,260 authors in the corpus.\n\nWe looked at robots.\n\nThe accounts had photographs: 656. That is "
     "4.3% of all authors.", (656, 15260, 4.3)),
    (SITES_RU + "Учтены и семьи с детьми: 17,4% (1 131 человек).", (1131, 6500, 17.4)),
    ("Облыс халқының саны 846 200 адам болды.\n\nОл баяу өсті.\n\nЕңбекке қабілетті жастағылар 57,3%, яғни "
     "484 873 адам.",
     (484873, 846200, 57.3)),
    # 1026 / 1350 = 76 %; 1917 / 2700 = 71 %; 279 / 900 = 31 %.
    ("We invited 1,350 followers and asked them twice. In the second round 1,026 people answered, a retention rate of "
     "76%.", (1026, 1350, 76)),
    ("Опрошено 1 917 человек: 1 000 женщин и 917 мужчин. Отклик составил 71%: приглашения получили 2 700 человек.",
     (1917, 2700, 71)),
    ("900 мұғалімнің 31%-ы шарт қойған. Шарт қойған 279 мұғалімнің 152-сі тұрғын үйді атаған.", (279, 900, 31)),
    # 62 / 1240 = 5 %; 1152 / 4800 = 24 %; 247 / 950 = 26 %; 64 / 640 = 10 %.
    ("The library holds 1,240 maps. Most show Asia (682; 55%), followed by Africa (310; 25%), Europe (186; 15%) and "
     "others (62; 5%).", (62, 1240, 5)),
    ("Скончалось 4 800 больных. Диагнозы: инфаркт – 1 680 случаев (35,0%), инсульт – 1 152 (24,0%), пневмония – 528 "
     "(11,0%).", (1152, 4800, 24)),
    ("950 жазба кодталды. Тақырыптар: туризм (n = 399; 42%), спорт (n = 304; 32%), виза (n = 247; 26%).",
     (247, 950, 26)),
    # 535 / 500 = 107 %.
    ("Table 1. Wells\n\nYear\tTarget\tDrilled\tFulfilment, %\n2019\t400\t372\t93.0\n2020\t500\t535\t107.0\n"
     "2021\t600\t618\t103.0", (535, 500, 107)),
    ("1-кесте. Ұңғымалар\n\nЖыл\tЖоспар\tНақты\tОрындалуы, %\n2019\t400\t372\t93,0\n2020\t500\t535\t107,0\n"
     "2021\t600\t618\t103,0", (535, 500, 107)),
    # 7826 / 3640 = 2.15; 5840 / 1825 = 3.2; 4680 / 1560 = 3; 7.56 million / 21,600 = 350.
    ("Таблица 4. Слушатели\n\nГод\tПлан\tОбучено\n2019\t4 000\t3 640\n2020\t5 000\t5 230\n2021\t6 000\t7 826\n\n"
     "Число обученных в 2021 году превысило уровень 2019 года в 2,15 раза.", (7826, 3640, 2.15)),
    ("3 мамырда 5 840 жазба шықты. Бұл тәуліктік орташа деңгейден (1 825) 3,2 есе жоғары.", (5840, 1825, 3.2)),
    ("Заключено 4 680 браков и расторгнуто 1 560; на один развод пришлось 3,0 брака.", (4680, 1560, 3)),
    ("The programme cost $7.56 million. It had been planned for years.\n\nIn all, 21,600 farmers were trained. The "
     "average cost per farmer was $350.", (7.56e6, 21600, 350)),
    # A place in a list.
    ("The lake rose to 3rd place in the national ranking (12 resorts are listed).", (3, 12)),
    ("Рейтинг охватывает 64 города; Алматы – на 17-м месте.", (17, 64)),
    ("Көл рейтингте 3-орынға көтерілді (тізімде 12 курорт бар).", (3, 12)),
]  # fmt: skip
FAIL = [
    (PORT_RU + "Доля танкеров – 45,0%, паромов – 36,0%.", (1680, 4800, 36)),
    (PORT_KK + "Танкерлердің үлесі – 54,0%, паромдардікі – 35,0%.", (2160, 4800, 54)),
    (PORT + "There were 2.75 times as many tankers as trawlers.", (2160, 960, 2.75)),
    (SITES + "The Castle drew 58.8% of domestic visitors.", (2480, 4700, 58.8)),
    (SITES_RU + "В Пещерах посетителей в 1,9 раза больше, чем в Гавани.", (2100, 1400, 1.9)),
    (SITES_KK + "Екінші орында Үңгір – келушілердің 33,2%-ы.", (2100, 6500, 33.2)),
    ("A total of 640 letters arrived.\n\n- praise: 352 (55.0%)\n- complaints: 224 (35.0%)\n- other: 64 (19.0%)",
     (64, 640, 19)),
    ("В архиве 1 240 карт. Чаще всего изображена Азия (682; 55%), затем Африка (310; 52%), Европа (186; 15%) и прочие "
     "(62; 5%).", (310, 1240, 52)),
    ("Disbursement reached $4.74 million against a budget of $5.10 million, or 99.2 percent.", (4.74e6, 5.1e6, 99.2)),
    ("Место в столице обходится в 1 340 тыс. тенге. В областях этот показатель равен 536 тыс. тенге, то есть в 3,5 "
     "раза меньше.", (1340e3, 536e3, 3.5)),
    ("1-кесте. Ұңғымалар\n\nЖыл\tЖоспар\tНақты\tОрындалуы, %\n2019\t400\t372\t93,0\n2020\t500\t535\t107,0\n"
     "2021\t600\t618\t108,0\n2022\t700\t714\t102,0", (618, 600, 108)),
]  # fmt: skip
SILENT = [
    PORT + "Last year tankers made up 44.0%, ferries 38.0%.",
    PORT_RU + "Год назад доля танкеров была 44,0%, паромов – 38,0%.",
    PORT_KK + "Былтыр танкерлердің үлесі 44,0%, паромдардікі 38,0% еді.",
    PORT_RU + "Танкеры перевозят в 2,85 раза больше груза, чем траулеры.",
    PORT_KK + "Танкерлер траулерлерден 2,85 есе көп жүк тасиды.",
    SITES + "At the Castle 58.4% of domestic visitors came by bus.",
    SITES_RU + "Доход Замка в 4,3 раза выше, чем Гавани.",
    SITES_KK + "Қамалдың табысы Айлақтан 4,3 есе жоғары.",
    REGIONS + "Internet use differs by region. In the North it is 28.0%, in the South 41.5%, in the West 35.9%.",
    REGIONS + "Trust is uneven. It is 1.9 times higher in the South than in the North.",
    "Из Алматы приехало 1 206 туристов, из Актау – 402. Алматы в 3,4 раза крупнее Актау.",
    "Алматыдан 1 206, Ақтаудан 402 турист келді. Алматы Ақтаудан 3,4 есе үлкен.",
    "The budget rose from $4.74 million to $5.10 million, or 7.6 percent.",
    "Бюджет 4,74 млн доллардан 5,10 млн долларға, яғни 7,6%-ға өсті.",
    "The clinic has 36 doctors. It received 24,480 patients; the norm is 700 per doctor.",
    "Приём прошли 24 480 пациентов у 36 врачей. В соседней клинике на врача приходится 640 пациентов.",
    "Тізімде 12 курорт бар. Көл 3-орында, ал 15-орында тұрған курорт жабылды.",
]


def findings(tmp_path: Path, text: str) -> list[tuple[list[float], str]]:
    """The values of every draft, in order, and what becomes of it."""
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    value = found.figures.set_index("claim_id")["value"]
    told = []
    for row in found.relations.merge(found.findings[["relation_id", "verdict"]], on="relation_id").to_dict("records"):
        sides = f"{row['left']} {'' if pd.isna(row['right']) else row['right']}".split()
        told.append((sorted(round(float(value[one]), 6) for one in sides if one in value.index), row["verdict"]))
    return told


@pytest.mark.parametrize(("text", "figures"), HOLD)
def test_what_words_call_is_found(tmp_path: Path, text: str, figures: tuple[float, ...]) -> None:
    assert (sorted(figures), "holds") in findings(tmp_path, text)


@pytest.mark.parametrize(("text", "figures"), FAIL)
def test_what_words_call_and_does_not_fit_fails(tmp_path: Path, text: str, figures: tuple[float, ...]) -> None:
    assert (sorted(figures), "fails") in findings(tmp_path, text)


@pytest.mark.parametrize("text", SILENT)
def test_nothing_fails_where_something_else_may_be_meant(tmp_path: Path, text: str) -> None:
    assert "fails" not in [verdict for _, verdict in findings(tmp_path, text)]


def test_a_kazakh_opposite_is_another_word() -> None:
    assert called.is_form("шағымдар", "шағым", "kk")
    assert not called.is_form("жағымсыз", "жағымды", "kk")
    assert not called.is_form("2019", "2020", "en")


def test_a_rounded_number_is_no_count(one: Made) -> None:
    assert reckoned.span(one(3, low=2.95, high=3.05)) == (2.95, 3.05)
    assert reckoned.span(one(143, low=142.5, high=143.5)) == (143, 143)
