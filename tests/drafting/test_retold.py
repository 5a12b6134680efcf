"""Cells of tables told again in the text, and numbers told twice, that speak for themselves."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

EN = (
    "Table 1. Figures by district\n\nDistrict | Schools | Pupils | Teachers\nNorth | 412 | 118,240 | 9,315\n"
    "South | 538 | 203,610 | 14,208\nWest | 297 | 91,485 | 7,026\nTotal | 1,247 | 413,335 | 30,549\n\n"
)
RU = (
    "Таблица 1. Показатели по районам\n\nРайон | Школы | Ученики | Учителя\nСеверный | 412 | 118 240 | 9 315\n"
    "Южный | 538 | 203 610 | 14 208\nЗападный | 297 | 91 485 | 7 026\nВсего | 1 247 | 413 335 | 30 549\n\n"
)
COUNTRY = (
    "Table 2. Users, thousand persons\n\nPlace | 2023 | 2024\nRuritania | 16 912.7 | 17 405.9\n"
    "North | 9 371.5 | 9 428.6\n"
    "South | 4 320.6 | 4 618.0\nWest | 3 220.6 | 3 359.3\n\n"
)
KK = (
    "1-кесте. Аймақтар бойынша көрсеткіш\n\nАймақ | Мектеп | Оқушы | Мұғалім\nСолтүстік | 412 | 118 240 | 9 315\n"
    "Оңтүстік | 538 | 203 610 | 14 208\nБатыс | 297 | 91 485 | 7 026\nБарлығы | 1 247 | 413 335 | 30 549\n\n"
)


def told_again(folder: Path, text: str) -> dict[tuple[str, str], str]:
    """Verdicts of the drafts of one quantity told twice, by what is printed."""
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    review = drafting.review(sources.read_paper(path), document="NEW")
    printed = dict(zip(review.figures["claim_id"], review.figures["as_printed"], strict=True))
    verdicts = dict(zip(review.findings["relation_id"], review.findings["verdict"], strict=True))
    rows = review.relations[review.relations["kind"] == "same_quantity"]
    return {
        (printed[left], printed[right]): str(verdicts.get(name))
        for name, left, right in zip(rows["relation_id"], rows["left"], rows["right"], strict=True)
    }


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (EN + "The districts have 1,247 schools with 413,335 pupils and 30,549 teachers.", ("1,247", "1,247")),
        (EN + "The staff numbers 30,549 teachers.", ("30,549", "30,549")),
        (RU + "В районах 1 247 школ, где учатся 413 335 детей.", ("1 247", "1 247")),
        (RU + "В Южном районе 538 школ и 203 610 учеников.", ("203 610", "203 610")),
        (KK + "Аймақтарда 1 247 мектеп бар, онда 413 335 оқушы оқиды.", ("1 247", "1 247")),
        (KK + "Барлығы 413 335 оқушы оқытылды.", ("413 335", "413 335")),
        ("It received 18,417 requests.\n\nOther matters.\n\nAll 18,417 were answered.", ("18,417", "18,417")),
        ("Портал принял 18 417 обращений.\n\nИное.\n\nНа 18 417 обращений ответили.",
         ("18 417 обращений", "18 417 обращений")),
        ("Көлге 1 миллион 284 мың адам келді.\n\nБасқа.\n\nАймақ 1,284 млн адаммен екінші.",
         ("1 миллион 284 мың адам", "1,284 млн адаммен")),
    ],
)  # fmt: skip
def test_what_is_told_again_is_drafted(tmp_path: Path, text: str, pair: tuple[str, str]) -> None:
    assert told_again(tmp_path, text)[pair] == "holds"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (EN + "Altogether 413,353 pupils were taught.", ("413,335", "413,353")),
        (COUNTRY + "In 2024 the number of people online reached 17 450.9 thousand persons, up 2.9 per cent.",
         ("17 405.9", "17 450.9 thousand persons")),
        (RU + "Всего обучено 413 353 ученика.", ("413 335", "413 353")),
        (KK + "Сабақты 30 459 мұғалім береді.", ("30 549", "30 459")),
    ],
)  # fmt: skip
def test_what_is_told_otherwise_fails(tmp_path: Path, text: str, pair: tuple[str, str]) -> None:
    assert told_again(tmp_path, text)[pair] == "fails"


@pytest.mark.parametrize(
    "text",
    [
        EN + "Last year there were 413,353 pupils.",
        EN + "It was planned to reach 413,353 pupils.",
        EN + "Of these, 30,459 teachers are women.",
        EN + "The number grew from 413,353 pupils to 420,000.",
        EN + "In the neighbouring country 512,870 pupils were taught.",
        RU + "В прошлом году было 413 353 ученика.",
        RU + "По плану должно быть 413 353 ученика.",
        RU + "Из них 30 459 учителей – женщины.",
        KK + "Былтыр 413 353 оқушы болды.",
        KK + "Жоспар бойынша 30 459 мұғалім керек еді.",
        KK + "Желтоқсанда 413 353 оқушы болған.",
        "Есепті кезеңде 14 отырыс өтті. Жыл басында жоспарланған 16 отырыстың 2-еуі кейінге қалдырылды.",
        "Проведено 14 заседаний. Из 16 заседаний, намеченных на год, два перенесены.",
    ],
)
def test_what_is_of_another_time_or_plan_is_quiet(tmp_path: Path, text: str) -> None:
    assert "fails" not in told_again(tmp_path, text).values()
