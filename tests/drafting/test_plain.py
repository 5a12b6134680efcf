"""What words name is drafted whether it holds or not, and what they do not name is left alone; all worked by hand."""

import re
from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

TOLD = [
    # 416 / 640 = 65 %.
    ("We sent letters to 640 schools. Answers came from 416 of them, or {65|56} per cent.", "share_of_base"),
    ("Письма получили 640 школ. Ответили 416 из них, то есть {65|56} %.", "share_of_base"),
    ("Хат 640 мектепке жіберілді. Оның 416-сы жауап берді, яғни {65|56} пайызы.", "share_of_base"),
    # 806 / 1,240 = 65 %; 312 / 1,040 = 30 %.
    ("Of the 1,240 officials invited, 806 took the course, which is {65|56} per cent.", "share_of_base"),
    ("Only 312 of the same 1,040 firms publish prices, that is, {30|40} percent.", "share_of_base"),
    ("Анкету заполнили 1 040 врачей. О сервисе знают 312 опрошенных, или {30|40} %.", "share_of_base"),
    ("1 240 қызметкердің 806-сы курстан өтті, бұл {65|56} пайыз.", "share_of_base"),
    # 2,150 were asked, 387 / 2,150 = 18 %.
    (
        "Interviewers spoke with 2,150 people.\n\nOf those asked, 387 have no account, which is {18.0|28.0}% of the "
        "sample.",
        "share_of_base",
    ),
    ("За год поступило 7 250 писем, ответ дан на 6 090. Это {84|48} %.", "share_of_base"),
    # 405 / 900 = 45 %.
    (
        "The sample has 900 letters. Of these, 405 came from towns, 315 from villages and 180 from abroad. In shares "
        "this makes {45|54}, 35 and 20 per cent.",
        "share_of_base",
    ),
    (
        "Барлығы 900 хат келді. Оның 405-і қаладан, 315-і ауылдан, 180-і шетелден. Үлестері тиісінше {45|54}, 35 және "
        "20 пайыз.",
        "share_of_base",
    ),
    # 120 / 750 = 16 %; 144 / 480 = 30 %; 378 / 1,050 = 36 %; 37.4 / 93.6 = 40 %.
    ("A total of 750 people took part. Most of them study. At night 120 people or {16|18} percent wrote.",
     "share_of_base"),
    ("Сауалнамаға 750 респондент қатысты. Көбі оқиды. Түнде жазғандар 120 адам немесе {16|18} пайыз болды.",
     "share_of_base"),
    ("Анкету заполнили 480 подписчиков. Канал читают ежедневно 144 человека — {30|36} %.", "share_of_base"),
    ("The survey reached 1,050 students. As many as {36|63} percent, or 378 students, read it.", "share_of_base"),
    ("Сауалнама 1 050 студентке жіберілді. Парақшаны {36|63} пайызы, яғни 378 студент оқиды.", "share_of_base"),
    ("Расходы выросли с 48 тыс. евро в 2019 году до 93,6 тыс. евро в 2023 году, или на 95 %. Спонсоры внесли 37,4 тыс. "
     "евро, то есть {40|45} % всех затрат.", "share_of_base"),
    # 118 / 640 = 18.4 %: of the whole of the sentence before, not of its part.
    ("Content were 452 of the 640 travellers, or 70.6 percent. Another 118, or {18.4|14.8} percent, complained.",
     "share_of_base"),
    # 1,540 / 2,210 = 69.7 %.
    ("The form was sent to 2,210 readers and completed by 1,540. The share of completed forms was {69.7|62.7} percent.",
     "share_of_base"),
    ("Анкету получили 2 210 читателей, заполнили 1 540. Доля заполнивших составила {69,7|62,7} %.", "share_of_base"),
    # 693 + 378 + 189 = 1,260; 189 / 1,260 = 15 %.
    ("They held 1,260 meetings, 693 of them with governments, 378 with companies and 189 with universities. Meetings "
     "with governments thus made up 55 percent and those with companies 30 percent. The remaining {15|25} percent fall "
     "to scholars.", "share_of_base"),
    # 37 - 19 = 18, and the 30 per cent are those of a count; 19,176 - 12,450 = 6,726.
    ("Женщин среди участников 641, или 30 %, а доля их растет: в первый год она равнялась 19 %, в 2023 году достигла "
     "37 %, то есть выросла на {18|28} процентных пунктов.", "difference"),
    ("The system had 12,450 readers at the end of 2018 and 19,176 at the end of 2023. This is a growth of 54 percent, "
     "or {6,726|6,276} readers.", "difference"),
    # 331,400 - 214,600 = 116,800.
    ("Table 1. Applications\n\nYear\tApplications\n2019\t214,600\n2021\t139,700\n2022\t331,400\n\nIn 2022 it took "
     "in {116,800|118,600} more applications than in 2019.", "difference"),
    # 3 + 5 = 8; 2 + 7 = 9.
    ("Намечено провести восемь встреч, из них три в столице и {пять|четыре} в регионах.", "sum_of_parts"),
    ("It contained nine names, and two of those had already left. The other {seven|six} answered at once.",
     "sum_of_parts"),
    # 324 / 240 = 1.35; 60 / 48 = 1.25.
    (
        "In 2019 the museum had 240,000 visitors, in 2023 it had 324,000; this is an increase of {35|53} per cent.",
        "growth_rate",
    ),
    ("The library lent 48,000 books in 2018. In 2022 it lent 60,000, so that lending rose by {25|52} per cent.",
     "growth_rate"),
    ("2019 жылы музейге 240 мың адам келді, 2023 жылы 324 мың адам келді, яғни {35|53} пайызға өсті.", "growth_rate"),
    # 94 / 58 = 1.62, 203 / 94 = 2.16, 203 / 58 = 3.5.
    (
        "В 2014 году клуб посещали 58 тыс. человек, в 2017 году – 94 тыс., в 2020 году – 203 тыс. За первые три года "
        "прирост составил 62 %, за следующие – {116|161} %, а за всё время число посетителей увеличилось в 3,5 раза.",
        "growth_rate",
    ),
    # 44 - 31 = 13; 52 - 38 = 14.
    (
        "In 2018 the share of women was 31 per cent, in 2022 it was 44 per cent, so it rose by {13|23} percentage "
        "points.",
        "difference",
    ),
    ("Уровень доверия равен 52 %. В 2017 году он составлял 38 %, так что прибавка {14|24} процентных пунктов.",
     "difference"),
    ("2018 жылы әйелдердің үлесі 31 пайыз еді, 2022 жылы 44 пайыз болды, яғни {13|23} пайыздық тармаққа өсті.",
     "difference"),
    # 1,160 - 145 = 1,015.
    (
        "Алғашқы жылы 145 ерікті болса, 2018 жылы олардың саны 580, 2021 жылы 1 160 болды. Яғни алғашқы кезеңде ерікті "
        "саны төрт есе, екінші кезеңде екі есе өскен, жалпы өсім {1 015|1 051} адам.",
        "difference",
    ),
    # 4,500 / 1,800 = 2.5; 30 / 12 = 2.5.
    ("The fair drew 1,800 visitors in 2019 and 4,500 in 2023. Attendance thus grew {2.5|3.5} times.", "ratio"),
    ("The rate is 30.0%; in 2016 the rate was 12.0%, so it has grown {2.5|3.5} times.", "ratio"),
    # 12,400 + 15,100 + 18,300 = 45,800.
    (
        "За 2020 год выдано 12 400 виз, за 2021 год – 15 100, за 2022 год – 18 300. Всего за три года выдано "
        "{45 800|48 500} виз.",
        "sum_of_parts",
    ),
    # 12 + 9 + 6 = 27.
    ("В сборник вошло 27 статей, из них двенадцать – о торговле, девять – о праве и {шесть|восемь} – о культуре.",
     "sum_of_parts"),
    # 46 + 35 + 19 = 100.
    ("Asked about the reform, 46 per cent supported it, 35 per cent opposed it and {19|29} per cent could not say.",
     "sum_to_100"),
    ("Реформу поддержали 46 % опрошенных, против высказались 35 %, затруднились ответить {19|29} %.", "sum_to_100"),
    ("Реформаны 46 пайыз қолдады, 35 пайыз қарсы болды, {19|29} пайыз жауап бере алмады.", "sum_to_100"),
]  # fmt: skip
SILENT = [
    # Of women, of another town, of adults, of those told last; what was added is no share.
    "A total of 750 people took part in the survey. Among women 120 people, or 32 percent, wrote at night.",
    "Сауалнамаға 750 респондент қатысты. Әйелдер арасында 120 адам, яғни 32 пайыз түнде жазады.",
    "В опросе приняли участие 750 человек. Ночью писали 120 человек, или 32 % женщин.",
    "The survey reached 1,050 students. In the other town 378 students, or 63 percent, read the page.",
    "В городе живут 900 человек. Учатся 420 человек, или 35 % взрослых.",
    "900 адамнан сұралды. Олардың 600-і порталды пайдаланады. Оған көңілі толатыны 420 адам, яғни 70 пайыз.",
    "В опросе приняли участие 750 человек. За год прибавилось 120 человек, то есть 19 %.",
    "Сауалнамаға 750 респондент қатысты. Шамамен 120 адам немесе 18 пайызға жуығы түнде жазған.",
    "Анкету получили 2 210 читателей, заполнили 1 540. Доля женщин составила 62,7 %.",
    # A yearly mean, and a column that tells of applications.
    "В 2018 году было 12 450 читателей, в 2023 году 19 176. Прирост составил 54 %, или 1 345 читателей в год.",
    "Table 1. Applications\n\nYear\tApplications\n2019\t214,600\n2022\t331,400\n\nRefusals in 2022 were 98,600 more "
    "than in 2019.",
    # The share is of another base, of some only, or of about so many.
    "We sent letters to 640 schools. Answers came from 416 schools, or 12 per cent of all schools of the country.",
    "Письма получили 640 школ. Ответили 416, или 12 % всех школ страны.",
    "Анкету заполнили около 1 040 врачей. О сервисе знают 312 опрошенных, или примерно 40 %.",
    "1 240 қызметкердің 806-сы курстан өтті. Әйелдердің 412-сі, яғни 71 пайызы өтті.",
    "The office had 1,200 visitors, of whom 400 were women; 60, or 15 per cent, came twice.",
    "Of 500 people 300 use the network, 240 of them (80 %) every day.",
    # 450 / 900 and 90 / 450.
    "Опрошены 900 человек. Страницу читают 450 человек, или 50 %. Комментируют 90, или 20 %.",
    # Something else has changed.
    "The embassy opened 12 pages in 2019 and 18 in 2022, while the number of readers grew 4 times.",
    "Открыто 12 страниц в 2019 году и 18 в 2022 году, а число читателей выросло в 4 раза.",
    "Доля городских читателей была 31 % в 2018 году и 44 % в 2022 году, а сельских выросла на 5 процентных пунктов.",
    "2018 жылы әйелдердің үлесі 31 пайыз еді, 2022 жылы 44 пайыз болды. Әскерде ол 3 пайыздық тармаққа өсті.",
    "Participation in the first year was 4,860; in 2024 it climbed to 10,935.",
    # Ten years are not the three told; not all of the letters are told.
    "За 2020 год выдано 12 400 виз, за 2021 год – 15 100, за 2022 год – 18 300. За десять лет выдано 120 тыс. виз.",
    "В сборник вошло 27 статей, в том числе двенадцать – о торговле, девять – о праве и четыре – о культуре.",
    # Two kinds of pages are no earlier and later number.
    "The portal has 400 pages in Kazakh and 300 pages in Russian, which is an increase of 12 percent.",
    "На портале 400 страниц на казахском и 300 страниц на русском, это рост на 12 %.",
    # Several answers, or those named most often.
    "Чаще всего называют газету (64 %), за ней идут радио (41 %) и афиши (26 %).",
]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_what_words_name_is_drafted_and_fails_when_misprinted(tmp_path: Path, text: str, kind: str) -> None:
    right, wrong = (re.sub(r"\{(.*?)\|(.*?)\}", rf"\{place}", text) for place in (1, 2))
    assert (kind, "fails") not in verdicts(tmp_path, right)
    assert any(told == kind and verdict != "fails" for told, verdict in verdicts(tmp_path, right))
    assert (kind, "fails") in verdicts(tmp_path, wrong)


@pytest.mark.parametrize("text", SILENT)
def test_what_words_do_not_name_does_not_fail(tmp_path: Path, text: str) -> None:
    assert "fails" not in {verdict for _, verdict in verdicts(tmp_path, text)}


def test_of_two_readings_the_one_told_first_is_asked(tmp_path: Path) -> None:
    # 41 - 35 = 6, and 44 - 35 = 9 only rounds to 8.
    found = verdicts(
        tmp_path,
        "Услышанными себя считают 41 % граждан; 44 % придерживаются обратного мнения, 15 % не определились. В 2021 "
        "году положительно отвечали 35 %, так что улучшение составляет 8 процентных пунктов.",
    )
    assert ("difference", "fails") in found


def test_one_of_them_has_the_unit_of_them(tmp_path: Path) -> None:
    figures = read(tmp_path, "Оставлено 2 416 вопросов. Ответ получили 894 из них.").figures
    assert dict(zip(figures["as_printed"], figures["unit"], strict=True))["894"] == "items"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Үлестері тиісінше 45, 35 және 20 пайыз.", ["percent"] * 3),
        ("Ответили 111, три четверти.", ["items", "percent"]),  # no list, for nothing joins the last
    ],
)
def test_a_list_of_shares_has_one_sign(tmp_path: Path, text: str, units: list[str]) -> None:
    found = read(tmp_path, text).figures
    assert found["unit"].tolist()[1:] == units[1:]
    assert (found["unit"].iloc[0] == "percent") == (units[0] == "percent")


def read(folder: Path, text: str) -> drafting.Review:
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return drafting.review(sources.read_paper(path))


def verdicts(folder: Path, text: str) -> list[tuple[str, str]]:
    found = read(folder, text)
    kinds = dict(zip(found.relations["relation_id"], found.relations["kind"], strict=True))
    return [
        (kinds[name], verdict)
        for name, verdict in zip(found.findings["relation_id"], found.findings["verdict"], strict=True)
    ]
