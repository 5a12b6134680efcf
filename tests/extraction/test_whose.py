"""What a number without a noun is one of."""

from pathlib import Path

import pytest

from digital_diplomacy import extraction, sources
from digital_diplomacy.extraction.whose import are_held, is_collective, unit_of_whole


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("Of the accounts, ", "en", "accounts"),
        ("Among these users, only ", "en", "users"),
        ("Among households surveyed in May, ", "en", "items"),
        ("Of the towns, ", "en", "items"),
        ("Of these users, about ", "en", ""),
        ("The accounts, ", "en", ""),
        ("Of the accounts ", "en", ""),
        ("Из этих аккаунтов ", "ru", "accounts"),
        ("Среди обследованных школ ", "ru", "items"),
        ("Среди получивших постоянную работу ", "ru", "persons"),
        ("Из общего числа родившихся ", "ru", "persons"),
        ("Среди уволившихся ", "ru", "persons"),
        ("Среди прочего ", "ru", ""),
        ("Осы аккаунттардың ішінде ", "kk", "accounts"),
        ("Аккаунттардың ", "kk", ""),
        ("Барлығының ", "kk", ""),
    ],
)
def test_what_is_divided_opens_the_clause(text: str, lang: str, unit: str) -> None:
    assert unit_of_whole(text, lang) == unit


@pytest.mark.parametrize(
    ("text", "unit"), [("Рейстердің ", "items"), ("Оқушылардың ", "persons"), ("Олардың ", ""), ("Олардың саны ", "")]
)
def test_a_kazakh_number_has_its_owner_before_it(text: str, unit: str) -> None:
    assert unit_of_whole(text, "kk", is_owned=True) == unit


@pytest.mark.parametrize(
    ("before", "behind", "are"),
    [("", " invited)", True), ("", " contacted.", True), ("Опрошено ", ".", True), ("", " invited guests", False),
     ("", " built", False), ("Принято ", ".", False)],
)  # fmt: skip
def test_what_is_done_to_people_counts_people(before: str, behind: str, are: bool) -> None:
    assert are_held(before, behind) is are


@pytest.mark.parametrize(
    ("before", "is_told"),
    [("Enrolment in 2023 stood at ", True), ("The attendance rate was ", False), ("Enrolment; fees were ", False),
     ("Посещаемость выросла до ", True), ("Набор данных включает ", False)],
)  # fmt: skip
def test_collectives_count_people(before: str, is_told: bool) -> None:
    assert is_collective(before) is is_told


@pytest.mark.parametrize(
    ("text", "printed", "unit"),
    [
        ("Былтыр 186 мың жолаушы келді. Рейстердің 26-сы Алматыдан, 15-і Астанадан ұшады.", "15-і", "items"),
        ("Among the firms visited, 214 answered by mail.", "214", "items"),
        ("Membership grew from 2,150 to 2,840.", "2,840", "persons"),
        ("The plan adds 1,250 more teachers.", "1,250", "persons"),
        ("The ministry opened 12 more schools.", "12", "items"),
        ("Коэффициент составил 15,2 промилле против 16,0 годом ранее.", "16,0", ""),
        ("Айырма 3,8 п.т. болды, ол былтыр үлкен еді.", "3,8 п.т.", "percentage_points"),
        ("The gap narrowed to 5.2 p.p. in a year.", "5.2 p.p.", "percentage_points"),
        ("The fund spent 3.6 million dollars and reached 1,150.", "1,150", "items"),
        ("Salaries rose from 195,000 tenge to 337,000.", "337,000", "KZT"),
        ("So said 412 teachers (31%), while 1,040 (69%) disagreed.", "1,040", "persons"),
        ("Органдарда 214 жазба шыққан, олардың 131-і – әкімдіктер жазбасы.", "131-і", "messages"),
        ("Raising the grant has worked: 67 percent stayed.", "67 percent", "percent"),
        ("Бұл 2023 жылмен (92,9%) салыстырғанда жоғары.", "2023 жылмен", "date"),
    ],
)
def test_units_in_a_paper(tmp_path: Path, text: str, printed: str, unit: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    blocks = sources.read_paper(path)
    found = extraction.told_apart(extraction.scan(blocks), blocks)
    assert dict(zip(found["as_printed"], found["unit"], strict=True))[printed] == unit
