"""Lines of Kazakh and Russian pages do not end before a dash, a percent sign or a unit."""

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
        ("<em>Власть сети</em> — власть", "<em>Власть сети</em>~— власть"),
        ("p = 0,05; p &lt; 0,001; n ≥ 5", "p~=~0,05; p~&lt;~0,001; n~≥~5"),
        ("доля = часть", "доля = часть"),
    ],
)
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_what_belongs_together_stays_together(text: str, said: str, lang: str) -> None:
    assert unbroken(f"<p>{text}</p>", lang).replace("\N{NO-BREAK SPACE}", "~") == f"<p>{said}</p>"


@pytest.mark.parametrize(
    "kept", ['<a title="5 % — x">y</a>', "<pre>5 % — x</pre>", "<td>x</td>", "<table><td>5 %</table>"]
)
def test_code_tables_and_attributes_are_left_alone(kept: str) -> None:
    assert unbroken(kept, "ru") == kept


def test_numbers_of_years_and_russian_abbreviations_stay_whole() -> None:
    said = unbroken("<p>в 2024 году, сроков и т. п., Saracco и др. 2015</p>", "ru")
    assert said.replace("\N{NO-BREAK SPACE}", "~") == "<p>в 2024~году, сроков и т.~п., Saracco и~др. 2015</p>"


def test_english_breaks_where_it_will() -> None:
    assert unbroken("<p>5 % — x</p>", "en") == "<p>5 % — x</p>"
