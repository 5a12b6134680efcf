"""Lines of Kazakh and Russian pages do not end before a dash, a percent sign or a unit."""

import re

import pytest

from digital_diplomacy.pages.blanks import unbroken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Рост — 5 % населения", "Рост~— 5~% населения"),
        ("на 44,4 п. п. ниже", "на 44,4~п.~п. ниже"),
        ("в 2010 г. и 2023 ж. қаң.", "в 2010~г. и 2023~ж. қаң."),
        ("Постановление № 827", "Постановление №~827"),
        ("11,97 млн; 20 мың; 2024 жылы", "11,97~млн; 20~мың; 2024~жылы"),
        ("пять процентов", "пять процентов"),
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


def test_english_breaks_where_it_will() -> None:
    assert unbroken("<p>5 % — x, 1960s-style</p>", "en") == "<p>5 % — x, 1960s-style</p>"
