"""Lines of Kazakh and Russian pages do not end before a dash, a percent sign or a unit."""

import re

import pytest

from digital_diplomacy.pages.blanks import unbroken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Рост — 5 % населения", "Рост~— 5~% населения"),
        ("на 44,4 п. п. ниже", "на 44,4~п.~п. ниже"),
        ("за 2010 г. до 2023 ж. қаң.", "за 2010~г. до 2023~ж. қаң."),
        ("Постановление № 827", "Постановление №~827"),
        ("11,97 млн; 20 мың; 2024 жылы", "11,97~млн; 20~мың; 2024~жылы"),
        ("пять процентов", "пять процентов"),
        ("<em>Власть сети</em> — она", "<em>Власть сети</em>~— она"),
        ("p = 0,05; p &lt; 0,001; n ≥ 5", "p~=~0,05; p~&lt;~0,001; n~≥~5"),
        ("доля = часть", "доля = часть"),
    ],
)
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_what_belongs_together_stays_together(text: str, said: str, lang: str) -> None:
    assert unbroken(f"<p>{text}</p>", lang).replace("\N{NO-BREAK SPACE}", "~") == f"<p>{said}</p>"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("209 министрлік ішінде 44-орын", ["44-орын"]),
        ("халықтың 17,6 %-ы, 1 500-інің", ["17,6~%-ы", "500-інің"]),
        ("БҰҰ-ның және Twitter-дегі", ["БҰҰ-ның", "Twitter-дегі"]),
        ("44-е место", ["44-е"]),
        ("бес құжат, 2018–2024; 5–6", ["2018–2024"]),
        ("онлайн-қызметтер, 2018-2022, Smart-Astana", []),  # lines may end at these hyphens
    ],
)
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_an_ending_stays_on_the_line_of_its_number(text: str, whole: list[str], lang: str) -> None:
    said = unbroken(f"<p>{text}</p>", lang).replace("\N{NO-BREAK SPACE}", "~")
    assert re.findall(r'<span class="whole">(.*?)</span>', said) == whole
    assert re.sub(r"<[^>]+>", "", said).replace("~", " ") == text


@pytest.mark.parametrize(
    "kept", ['<a title="5 % — x">y</a>', "<pre>5 % — x</pre>", "<td>x</td>", "<table><td>5 %</table>"]
)
def test_code_tables_and_attributes_are_left_alone(kept: str) -> None:
    assert unbroken(kept, "ru") == kept


def test_numbers_of_years_and_russian_abbreviations_stay_whole() -> None:
    said = unbroken("<p>в 2024 году, сроков и т. п., Saracco и др. 2015</p>", "ru")
    assert said.replace("\N{NO-BREAK SPACE}", "~") == "<p>в~2024~году, сроков и~т.~п., Saracco и~др. 2015</p>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Дети и «Нэтиже» в сети", "Дети и~«Нэтиже» в~сети"),
        ("А о нём, к 2030", "А~о~нём, к~2030"),
        ("выпуск янв. 2021 г. и сент. 2023 г.", "выпуск янв.~2021~г. и~сент.~2023~г."),
        ("18 мая 2020 года, 31 января 2017", "18~мая~2020~года, 31~января 2017"),
        ("словом «и» я", "словом «и» я"),
        ("проверить нельзя: 17.", "проверить нельзя:~17."),
        ("для к-ядра - x", "для к-ядра - x"),
    ],
)
def test_short_words_and_dates_of_russian_stay_whole(text: str, said: str) -> None:
    assert unbroken(f"<p>{text}</p>", "ru").replace("\N{NO-BREAK SPACE}", "~") == f"<p>{said}</p>"
    assert "~" not in unbroken("<p>ол о жаққа барды</p>", "kk").replace("\N{NO-BREAK SPACE}", "~")


def test_english_breaks_where_it_will() -> None:
    assert unbroken("<p>5 % — x, 1960s-style</p>", "en") == "<p>5 % — x, 1960s-style</p>"
