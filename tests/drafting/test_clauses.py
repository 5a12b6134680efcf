"""Contradictions told in ways that need more than one clause, and sound sentences that look like them."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.cli.claims.scan_page import _place

FAILS = [
    # 56 + 47 = 103; 57 + 46 = 103; 58 + 45 = 103; 63 + 41 = 104; 58 + 46 = 104
    ("Women made up 56% and men 47% of those who filled in the form.", "sum_at_most_100"),
    ("Женщины составили 58 %, мужчины – 45 % подписчиков.", "sum_at_most_100"),
    ("На вопрос 63 % ответили «да», 41 % – «нет».", "sum_at_most_100"),
    ("Оқырмандардың 58%-ы әйелдер, 46%-ы ерлер.", "sum_at_most_100"),
    # 58.5 + 24 + 21.5 = 104
    ("Approval was voiced by 58.5% of readers, 24.0% were neutral and 21.5% were opposed.", "sum_at_most_100"),
    # 672 / 1200 = 56 %
    ("The survey asked 1,200 people. Of them 672 (66%) read the news online.", "share_of_base"),
    ("Опрошено 1 200 человек. Из них 672 (66 %) читают новости в сети.", "share_of_base"),
    ("Сауалнамаға 1 200 адам қатысты. Олардың 672-сі (66%) жаңалықты желіден оқиды.", "share_of_base"),
    # six names
    ("Ведомство есть на семи площадках: Telegram, Facebook, Instagram, YouTube, Twitter, TikTok.", "list_length"),
    ("News.\n\n## References\n\n1. Digital 2022: Peru. URL: https://example.com/2022 (дата обращения: 14.03.2012).",
     "date_order"),
    ("It ranked 265th of 193 countries.", "rank_within"),
    # 12 + 16 + 22 = 50; 31 + 14 + 11 = 56; 71 + 19 + 18 = 108
    ("We asked 60 people in Chad (12), Mali (16) and Peru (22).", "sum_of_parts"),
    ("В выборку вошли 54 аккаунта: 31 в Facebook, 14 в Twitter и 11 в Instagram.", "sum_of_parts"),
    ("Есть 98 учреждений, в том числе посольств – 71, консульств – 19 и представительств – 18.", "nesting"),
    ("98 мекеменің 71-і – елшілік, 19-ы – консулдық, 18-і – өкілдік.", "nesting"),
    # 560 / 1600 = 35 %
    ("Из 1 600 опрошенных 1 088 (68 %) читают сайт, 560 человек (45 %) смотрят канал.", "share_of_base"),
    # 13.6 - 12.9 = 0.7; 3.02 - 2.86 = 0.16; 52 - 38 = 14; 92.3 - 90.9 = 1.4
    ("The site had 12.9 million users, down from 13.6 million a year before, a loss of 0.4 million.", "difference"),
    ("Число выросло до 3,02 млн с 2,86 млн, то есть на 0,34 млн.", "difference"),
    ("Үлесі 38-ден 52 пайызға дейін, 12 пайыздық тармаққа артты.", "difference"),
    ("Доля пользователей – 92,3 % (в 2021 г. – 90,9 %; рост на 2,4 процентного пункта).", "difference"),
    # 344.2 / 86.1 = 4.0; 9 / 2 = 4.5
    ("Экспорт составил 344,2 млн долл. США, что в 3,4 раза больше, чем в 2020 г. (86,1 млн долл.).", "ratio"),
    ("Accounts grew 1.8-fold, from 15 to 27; in Kazakh, from 2 to 9 (3.5-fold).", "ratio"),
    # 341.2 / 303.6 = 1.124
    ("Доходы – 341,2 млрд тенге, на 18,4 % больше, чем год назад (303,6 млрд тенге).", "growth_rate"),
    # 47.1 / 48.6 = 96.9 %
    ("Предусмотрено 48,6 млрд тенге, освоено 47,1 млрд тенге, или 91,9 %.", "share_of_base"),
    # 43 + 24 + 19 + 24 = 110, whoever uses what: the rest is told
    ("Қай желіні қолданасыз деген сұраққа респонденттердің 43 пайызы A, 24 пайызы B, 19 пайызы C деді, "
     "қалған 24 пайызы басқасын атады.", "sum_to_100"),
    # six names between dashes
    ("Seven ministries – Health, Education, Justice, Labour, Energy and Trade – answered.", "list_length"),
    ("We name four priorities for the next three years: staff, rules, measurement, languages and archives.",
     "list_length"),
    ("Тексерілген аккаунт саны Facebook желісінде 54 болды. Жоғарыда айтылғандай, тексерілген аккаунт саны 45 болды.",
     "same_quantity"),
    ("As Manor (2017) says.\n\n## References\n\nManor, I. (2019). Digitalization. Cham.", "same_date"),
]  # fmt: skip
SOUND = [
    "Among women 56% trust the portal and among men 67% do.",
    "The portal is trusted by 56% of women and 67% of men.",
    "Порталу доверяют 63 % женщин и 61 % мужчин.",
    "Әйелдердің 58%-ы, ерлердің 66%-ы порталға сенеді.",
    # Shares of towns and villages are not parts of that of the country; 12 is 26 % (2.5) more than 9.5.
    "Доля с доступом составила 96,4%, в том числе в городах – 97,9%, в сёлах – 94,0%.",
    "Аудитория – 12 млн человек, что на 26 % больше (2,5 млн), чем раньше.",
    "They asked 19 of 20 ministries in 25 regions.",
    "Опрошены 19 из 20 министерств в 25 регионах.",
    "Of 60 embassies, 40 use Facebook, 30 use Twitter and 20 use Telegram.",
    "We asked people in several countries, among them Chad (12), Mali (16) and Peru (22), 90 people.",
    "Spending reached $640 million, compared with $512 million a year earlier, an increase of 25%.",
    "Asked which sites they open, respondents named Facebook (70%), Instagram (48%) and Telegram (30%).",
]


def _failing(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    findings = drafting.review(sources.read_paper(tmp_path / "paper.txt")).findings
    return list(findings.loc[findings["verdict"] == "fails", "kind"]) if len(findings) else []


@pytest.mark.parametrize(("text", "kind"), FAILS)
def test_a_contradiction_over_clauses_and_sentences_fails(tmp_path: Path, text: str, kind: str) -> None:
    assert _failing(tmp_path, text) == [kind]


@pytest.mark.parametrize("text", SOUND)
def test_shares_of_different_bases_are_not_added(tmp_path: Path, text: str) -> None:
    assert _failing(tmp_path, text) == []


def test_places_are_told_in_the_language_of_the_reader() -> None:
    assert (
        _place("table 1, row Peru, column Users, thousand", "ru") == "таблица 1, строка Peru, столбец Users, thousand"
    )


@pytest.mark.parametrize(
    ("locator", "told"),
    [
        ("paragraph 3", "абзац 3"),
        ("section 2. Results, in short, paragraph 7, page 4", "раздел «2. Results, in short», абзац 7, страница 4"),
        ("table 1, row Peru, Chad, column Users, thousand", "таблица 1, строка Peru, Chad, столбец Users, thousand"),
        ("reference list, item 2, page 9", "список литературы, пункт 2, страница 9"),
        ("footnote 5, page 1", "сноска 5, страница 1"),
        ("heading 1", "заголовок в абзаце 1"),
    ],
)
def test_places_are_told_in_the_readers_language(locator: str, told: str) -> None:
    assert _place(locator, "ru") == told
