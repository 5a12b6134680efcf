"""What the heads of a cell say that it counts."""

import pytest

from digital_diplomacy.extraction.heads import is_of_percent, unit_of_cell


@pytest.mark.parametrize(
    ("column", "row", "caption", "language", "unit"),
    [
        ("Town", "15–30 minutes", "Time a day for news, %", "en", "percent"),
        ("Men", "More than an hour", "Respondents by time a day, per cent", "en", "percent"),
        ("Men", "Respondents, number", "Respondents by time a day, per cent", "en", "respondents"),
        ("2022", "Grain", "Sales, $ million", "en", "dollars"),
        ("Employees", "18–29 years", "Age of staff", "en", "persons"),
        ("%", "Posts", "Posts by topic", "en", "percent"),
        ("2022", "До 3 дней", "Сроки ответа на обращения, в процентах", "ru", "percent"),
        ("2022", "Число обращений", "Сроки ответа на обращения, в процентах", "ru", "appeals"),
        ("2022", "Казахский", "Язык сообщений, %", "ru", "percent"),
        ("Мужчины", "18–29 лет", "Доходы (млн тенге)", "ru", "KZT"),
        ("%", "Нет 2 стран", "Причины отказа", "ru", "percent"),
        ("Сообщения", "Не хватило 2 стран", "Причины отказа", "ru", "messages"),
        ("Қала", "15–30 минут", "Жаңалыққа қанша уақыт кетеді, %", "kk", "percent"),
        ("Қала", "Бір сағаттан көп", "Жаңалыққа қанша уақыт кетеді, пайыз", "kk", "percent"),
        ("Ерлер", "Жалпы саны, адам", "Қызметкерлердің үлесі, пайыз", "kk", "persons"),
        ("2021", "Шығыс", "Халық саны (мың адам)", "kk", "persons"),
    ],
)
def test_a_head_names_a_unit_and_numbers_in_it_do_not(
    column: str, row: str, caption: str, language: str, unit: str
) -> None:
    assert unit_of_cell([column, row, caption], language) == unit


def test_percent_behind_a_number_is_no_unit() -> None:
    assert [is_of_percent(text) for text in ("Share, %", "% опрошенных", "Those who pay 50 % more", "Шығыстар")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("heads", "unit"),
    [
        (["Shops", "Minutes of waiting", "Users by time"], "users"),  # the row says which users
        (["Shops", "Minutes of waiting", "Ports"], "minutes"),
        (["Minutes", "Minutes of waiting", "Users by time"], "minutes"),
        (["Minutes of waiting"], "minutes"),
        (["Users", "Minutes of waiting", "Ports"], "users"),
        (["Change, pp", "Users", "Ports"], "percentage_points"),
        (["Rank", "Users", "Ports"], "rank"),
        (["Users", "Rank", "Ports"], "rank"),
        (["Replies per user", "Ports", "Users"], ""),
        (["Trained", "Ports", "Users"], "persons"),
        (["Задано", "Порты", "Пользователи"], None),
        (["2022", "Ports", "Grain, users"], "users"),
        (["2022", "Users", "Grain, accounts"], "accounts"),  # the rows are named, and what they hold is told above
    ],
)
def test_the_nearest_head_that_names_what_is_counted_decides(heads: list[str], unit: str | None) -> None:
    assert unit_of_cell(heads, "ru" if heads[0] == "Задано" else "en") == unit
