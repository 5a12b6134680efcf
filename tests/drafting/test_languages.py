"""Every mechanical relation in English, Russian and Kazakh: sound and wrong; the arithmetic stands beside it."""

from pathlib import Path
from typing import Final

import pytest

from digital_diplomacy import drafting, sources

TOLD: Final = {
    # 5.0 / 4.0: 25 %; by 45 % it would be 5.8
    "growth_rate change_percent": (
        "25", "45",
        "The number of readers grew from 4.0 million to 5.0 million, or by {}%.",
        "Число читателей выросло с 4,0 млн до 5,0 млн, то есть на {}%.",
        "Оқырмандар саны 4,0 млн-нан 5,0 млн-ға дейін, яғни {}%-ға өсті.",
    ),
    # 1 - 300 / 400 = 25 %
    "decline_rate change_percent": (
        "25", "40",
        "The number of complaints fell from 400 to 300, a drop of {}%.",
        "Число жалоб сократилось с 400 до 300, то есть на {}%.",
        "Шағымдар саны 400-ден 300-ге дейін, яғни {}%-ға азайды.",
    ),
    # 58 - 49 = 9
    "difference change_points": (
        "9", "19",
        "The share of readers rose from 49% to 58%, by {} percentage points.",
        "Доля читателей выросла с 49% до 58%, на {} процентных пункта.",
        "Оқырмандар үлесі 49%-дан 58%-ға, яғни {} пайыздық тармаққа өсті.",
    ),
    # 360 = 3 · 120
    "ratio asked_ratio": (
        "3", "5",
        "The ministry has 360 thousand followers, {} times more than the agency with 120 thousand followers.",
        "У министерства 360 тысяч подписчиков, в {} раза больше, чем у агентства – 120 тысяч подписчиков.",
        "Министрліктің 360 мың жазылушысы бар, бұл агенттіктегі 120 мың жазылушыдан {} есе көп.",
    ),
    # 63 / 90 = 70 %
    "share_of_base n_of_m_share": (
        "70", "80",
        "Of the 90 embassies studied, 63 ({}%) keep an account.",
        "Из 90 изученных посольств 63 ({}%) ведут аккаунт.",
        "Зерттелген 90 елшіліктің 63-і ({}%) парақша жүргізеді.",
    ),
    "nesting n_of_m": (
        "14", "24",
        "Centres work in {} of the 17 regions.",
        "Центры работают в {} из 17 регионов.",
        "Орталықтар 17 өңірдің {}-інде жұмыс істейді.",
    ),
    "rank_within rank_of": (
        "58", "98",
        "The country took {}th place among 63 states.",
        "Страна заняла {}-е место среди 63 государств.",
        "Ел 63 мемлекеттің арасында {}-орын алды.",
    ),
    # 41 + 22 + 37 = 100
    "sum_to_100 hundred_rest": (
        "37", "30",
        "41% of respondents answered yes, 22% answered no, and the remaining {}% were undecided.",
        "41% опрошенных ответили «да», 22% – «нет», остальные {}% не определились.",
        "Сұралғандардың 41%-ы «иә», 22%-ы «жоқ» деді, қалған {}%-ы шешім қабылдамаған.",
    ),
    # 46 + 24 + 30 = 100
    "sum_at_most_100 hundred": (
        "30", "50",
        "Asked which source they trust most, 46% of those polled named television, 24% the web and {}% newspapers.",
        "На вопрос, чему верят больше всего, 46% опрошенных назвали телевидение, 24% – сайты, {}% – газеты.",
        "Қай дереккөзге көбірек сенетіні сұралғанда, 46%-ы теледидарды, 24%-ы сайттарды, {}%-ы газеттерді атады.",
    ),
    # 640 + 2860 = 3500
    "sum_of_parts in_all": (
        "3500", "3900",
        "The survey reached 640 teachers and 2860 parents, in all {} people.",
        "В опросе участвовали 640 учителей и 2860 родителей, всего {} человек.",
        "Сауалнамаға 640 мұғалім мен 2860 ата-ана қатысты, барлығы {} адам.",
    ),
    # 742 + 738 = 1,480
    "sum_of_parts divided": (
        "738", "638",
        "We asked 1480 people (742 women and {} men).",
        "Опрошено 1480 человек (742 женщины и {} мужчин).",
        "Сауалнамаға 1480 адам (742 әйел және {} ер) қатысты.",
    ),
    # 42 + 58 = 100
    "sum_at_most_100 negation": (
        "42", "62",
        "Of the readers 58% do not trust the portal. Of the readers {}% trust the portal.",
        "Среди читателей 58% не доверяют порталу. Среди читателей {}% доверяют порталу.",
        "Астаналық оқырмандардың 58%-ы порталға сенбейді. Астаналық оқырмандардың {}%-ы порталға сенеді.",
    ),
    "list_length list_colon": (
        "three", "four",
        "The ministry named {} priorities: roads, trade and health.",
        "Министерство назвало {} приоритета: дороги, торговля и здоровье.",
        "Министрлік {} басымдықты атады: жол, сауда және денсаулық.",
    ),
    "list_length list_items": (
        "three", "four",
        "The ministry named {} priorities:\n\n1. roads\n\n2. trade\n\n3. health",
        "Министерство назвало {} приоритета:\n\n1. дороги\n\n2. торговля\n\n3. здоровье",
        "Министрлік {} басымдықты атады:\n\n1. жол\n\n2. сауда\n\n3. денсаулық",
    ),
    # 651 + 174 + 170 = 995
    "sum_of_parts total": (
        "995", "905",
        "Table 1. Posts by platform\n\nPlatform\tPosts\nFacebook\t651\nInstagram\t174\nTelegram\t170\nTotal\t{}",
        "Таблица 1. Сообщения\n\nПлощадка\tСообщения\nFacebook\t651\nInstagram\t174\nTelegram\t170\nВсего\t{}",
        "1-кесте. Хабарламалар\n\nАлаң\tХабарламалар\nFacebook\t651\nInstagram\t174\nTelegram\t170\nБарлығы\t{}",
    ),
    "date_order received": (
        "2022", "2021",
        "Received 14 February 2022; accepted 3 June {}.",
        "Статья поступила в редакцию 14.02.2022, принята к публикации 28.03.{}.",
        "Мақала редакцияға 2022 жылғы 14 ақпанда келіп түсті, {} жылғы 20 сәуірде қабылданды.",
    ),
    "date_order accessed": (
        "2019", "2017",
        "Old roads.\n\nReferences\n\n1. Author I. (2018). Tools of towns. https://example.org/a (accessed 12.03.{})",
        "Дороги.\n\nСписок литературы\n\n1. Автор И. Средства. 2018. URL: https://example.org/a "
        "(дата обращения: 12.03.{})",
        "Жолдар.\n\nПайдаланылған әдебиеттер тізімі\n\n1. Автор И. Құралдар. 2018. URL: https://example.org/a "
        "(қаралған күні: 12.03.{})",
    ),
    "same_date address": (
        "2018", "2016",
        "Old roads.\n\nReferences\n\n1. Author I. (2018). Tools of towns. https://example.org/{}/05/tools",
        "Дороги.\n\nСписок литературы\n\n1. Автор И. Средства городов. 2018. URL: https://example.org/{}/05/tools",
        "Жолдар.\n\nПайдаланылған әдебиеттер тізімі\n\n1. Автор И. Құралдар. 2018. URL: https://example.org/{}/05/tools",
    ),
    "same_date cited": (
        "2018", "2016",
        "Tools change towns (Author, {}).\n\nReferences\n\n1. Author I. (2018). Tools of towns.",
        "Средства меняют города (Автор, {}).\n\nСписок литературы\n\n1. Автор И. Средства городов. 2018.",
        "Құралдар қаланы өзгертеді (Автор, {}).\n\nПайдаланылған әдебиеттер тізімі\n\n1. Автор И. Құралдар. 2018.",
    ),
    # 257 - 234 = 23
    "difference change_amount": (
        "23", "17",
        "In 2019 there were 234 embassies online, in 2021 there were 257 embassies, {} more.",
        "Число посольств в сети выросло с 234 до 257, на {}.",
        "Желідегі елшіліктер саны 234-тен 257-ге дейін, яғни {}-ке өсті.",
    ),
}  # fmt: skip
WORDS: Final = {"three": ("three", "три", "үш"), "four": ("four", "четыре", "төрт")}


def _verdicts(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    if found.relations.empty:
        return []
    joined = found.relations[["relation_id", "why"]].merge(found.findings, on="relation_id", validate="one_to_one")
    return [(f"{one.kind} {one.why}", str(one.verdict)) for one in joined.itertuples()]


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
@pytest.mark.parametrize("kind", TOLD)
def test_a_relation_is_drafted_in_every_language_and_fails_where_it_is_wrong(
    tmp_path: Path, kind: str, lang: str
) -> None:
    sound, wrong, *texts = TOLD[kind]
    place = ("en", "ru", "kk").index(lang)
    right, false = (WORDS[said][place] if said in WORDS else said for said in (sound, wrong))
    found = _verdicts(tmp_path, texts[place].format(right))
    assert (kind, "holds") in found
    assert "fails" not in [verdict for _, verdict in found]
    failing = _verdicts(tmp_path, texts[place].format(false))
    assert (kind, "fails") in failing
