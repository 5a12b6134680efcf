"""Two figures are one only where words say so: things told in the same words, and one told twice."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def told(tmp_path: Path, text: str, kind: str = "same_quantity") -> list[tuple[str, str]]:
    """What becomes of the drafts of a kind, with the figure that each is to equal."""
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    rows = found.findings.merge(found.relations[["relation_id", "kind", "right"]], on="relation_id")
    printed = dict(zip(found.figures["claim_id"], found.figures["as_printed"], strict=True))
    rows = rows[rows["kind_x" if "kind_x" in rows else "kind"] == kind]
    right = rows["right_y" if "right_y" in rows else "right"]
    return [(str(printed[one]), str(verdict)) for one, verdict in zip(right, rows["verdict"], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        # exports of two countries
        "Peru sold 1.4 million tonnes of copper. Last season Chile sold a total of 260 thousand tonnes of copper.",
        "Армения закупила 1,3 млн тонн риса, Грузия – 0,7 млн. "
        "В прошлом сезоне Грузия закупила всего 210 тыс. тонн риса.",
        "Моңғолия 1,3 млн тонна ет сатып алды. Өткен маусымда Ауғанстан барлығы 210 мың тонна ет сатып алды.",
        # a share of a work cited and the share of forms that came back
        "Silva (2018) finds that this share among school leavers is 34 percent. "
        "In total 900 forms were given out, and the share of forms returned was 71.8 percent.",
        "По данным Силвы (2018), эта доля составляет 34 процента. "
        "Всего роздано 900 анкет, доля возврата составила 71,8 процента.",
        "Силваның еңбегінде (2018) бұл үлес 34 пайыз. Барлығы 900 сауалнама таратылып, қайтару үлесі 71,8 пайыз болды.",
        # all of it and a part
        "Land under drip irrigation reached 212 thousand hectares. "
        "In total, irrigated land covers 1.7 million hectares.",
        "Площадь орошаемых земель с капельным поливом достигла 212 тысяч гектаров. "
        "Всего площадь орошаемых земель – 1,7 млн гектаров.",
        "Тамшылатып суарылатын жер көлемі 212 мың гектарға жетті. Жалпы суармалы жер көлемі 1,7 млн гектар.",
        # what was taken, and what was used again
        "Water taken fell to 31.2 million cubic metres from 33.9 million. "
        "Of water used, 104.6 million cubic metres were recycled water.",
        # an answer to another question behind the row's number
        "Таблица 1. Источник сведений, %\n\nИсточник\t2021\t2023\nРадио\t39\t24\nПечать\t61\t76\n\n"
        "Радио доверяют 57%, не доверяют 1%, не ответили 42%.",
        "Table 1. Source of news, %\n\nSource\t2021\t2023\nRadio\t39\t24\nPress\t61\t76\n\n"
        "Radio is trusted by 57%, distrusted by 1%, and 42% gave no answer.",
        "1-кесте. Жаңалық көзі, %\n\nКөзі\t2021\t2023\nРадио\t39\t24\nБаспасөз\t61\t76\n\n"
        "Радиоға 57% сенеді, 1% сенбейді, 42% жауап бермеді.",
    ],
)  # fmt: skip
def test_things_told_in_the_same_words_are_not_one(tmp_path: Path, text: str) -> None:
    assert not [one for one in told(tmp_path, text) if one[1] == "fails"]


@pytest.mark.parametrize(
    "text",
    [
        "Highlights\n\n• 37% of teachers use the portal\n\nMethods\n\nWe asked 812 people in two towns.\n\n"
        "They were 214 men and 598 women.\n\nOf pupils, 52% come daily.\n\n"
        "The portal is known to 37% of those who teach.",
        "Главное\n\n• Порталом пользуются 37% учителей\n\nМетоды\n\nОпрошено 812 человек.\n\nИз них 214 мужчин.\n\n"
        "Каждый день приходят 52% школьников.\n\nНа портал заходят 37% тех, кто преподаёт.",
        "Басты нәтижелер\n\n• Порталды мұғалімдердің 37%-ы пайдаланады\n\nӘдіс\n\n812 адам сұралды.\n\n"
        "Олардың 214-і ер адам.\n\nОқушылардың 52%-ы күнде келеді.\n\nПорталға сабақ беретіндердің 37%-ы кіреді.",
    ],
)
def test_a_percentage_of_the_highlights_is_told_in_the_body(tmp_path: Path, text: str) -> None:
    assert [verdict for _, verdict in told(tmp_path, text)] == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "The survey covered six towns. All the six towns have a library.",
    ],
)
def test_a_small_number_told_as_known_is_the_one_before(tmp_path: Path, text: str) -> None:
    assert [verdict for _, verdict in told(tmp_path, text)] == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "The survey covered six towns. Seven other towns have a library.",
        "Опрос прошёл в шести городах. Ещё в семи городах есть библиотека.",
        "Сауалнама алты қалада өтті. Басқа жеті қалада кітапхана бар.",
    ],
)
def test_another_small_number_is_of_others(tmp_path: Path, text: str) -> None:
    assert not told(tmp_path, text)


OFFICES = (
    "Table 1. Staff by office\n\nOffice\t2021\t2022\n"
    "North\t1,512\t1,649\nSouth\t2,204\t2,318\nWest\t1,075\t1,090\nTotal\t4,791\t5,057"
)
ОТДЕЛЫ = (
    "Таблица 1. Сотрудники по отделам\n\nОтдел\t2021\t2022\n"
    "Архив\t1 512\t1 649\nКанцелярия\t2 204\t2 318\nБиблиотека\t1 075\t1 090\nИтого\t4 791\t5 057"
)
БӨЛІМДЕР = (
    "1-кесте. Бөлімдер бойынша қызметкерлер\n\nБөлім\t2021\t2022\n"
    "Мұрағат\t1 512\t1 649\nКеңсе\t2 204\t2 318\nКітапхана\t1 075\t1 090\nБарлығы\t4 791\t5 057"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{OFFICES}\n\nIn 2022 the gap between North and South was 669 employees.", "difference"),
        (f"{OFFICES}\n\nNorth and West together had 2,739 employees in 2022.", "sum_of_parts"),
        (f"{ОТДЕЛЫ}\n\nВ 2022 году разница между архивом и канцелярией – 669 сотрудников.", "difference"),
        (f"{ОТДЕЛЫ}\n\nВ архиве и библиотеке вместе 2 739 сотрудников.", "sum_of_parts"),
        (f"{БӨЛІМДЕР}\n\n2022 жылы мұрағатта кеңседен 669 қызметкерге аз болды.", "difference"),
        (f"{БӨЛІМДЕР}\n\nМұрағат пен кітапханада бірге 2 739 қызметкер бар.", "sum_of_parts"),
    ],
)
def test_what_a_text_makes_of_two_cells(tmp_path: Path, text: str, kind: str) -> None:
    made = [verdict for right, verdict in told(tmp_path, text, kind) if right in ("669", "2,739", "2 739")]
    assert made == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        f"{OFFICES}\n\nIn 2022 the North had 700 fewer visitors than the South.",
        f"{ОТДЕЛЫ}\n\nВ 2022 году в архив пришло на 700 посетителей меньше, чем в канцелярию.",
        f"{БӨЛІМДЕР}\n\n2022 жылы мұрағатқа кеңседен 700 келуші аз келді.",
    ],
)
def test_what_cells_do_not_make_is_not_theirs(tmp_path: Path, text: str) -> None:
    assert not [one for kind in ("difference", "sum_of_parts") for one in told(tmp_path, text, kind) if one[0] == "700"]


@pytest.mark.parametrize(
    ("head", "rows", "sums"),
    [
        ("Class", ("Class A", "Class B", "Total class A and B", "Class C"), 2),
        ("Категория", ("Категория 1", "Категория 2", "Итого категория 1 и 2", "Категория 3"), 2),
        ("Санат", ("Санат 1", "Санат 2", "Барлығы санат 1 және 2", "Санат 3"), 2),
    ],
)
def test_a_total_is_of_the_rows_it_names(tmp_path: Path, head: str, rows: tuple[str, ...], sums: int) -> None:
    cells = [(214, 231), (105, 98), (319, 329), (402, 411)]
    lines = [f"{name}\t{a}\t{b}" for name, (a, b) in zip(rows, cells, strict=True)]
    text = "\n".join([f"{head}\t2021\t2022", *lines])
    assert [verdict for _, verdict in told(tmp_path, text, "sum_of_parts")] == ["holds"] * sums


@pytest.mark.parametrize("head", ["Change, p.p.", "Изменение, п.п.", "Өзгеріс, пайыздық тармақ"])
def test_a_column_of_points_is_the_change_of_shares(tmp_path: Path, head: str) -> None:
    rows = [("A", 41, 31, "−10"), ("B", 22, 28, "+6"), ("C", 9, 17, "+6"), ("D", 15, 13, "−2")]  # C: 8
    lines = "\n".join(f"{name}\t{a}\t{b}\t{change}" for name, a, b, change in rows)
    text = f"Table 1. Source, %\n\nSource\t2021\t2023\t{head}\n{lines}"
    assert [verdict for _, verdict in told(tmp_path, text, "difference")] == ["holds", "holds", "fails", "holds"]


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        (f"{OFFICES}\n\nSince 1,411 employees in 2018 the staff of South rose by 64.3%.", "growth_rate", "64.3%"),
        (f"{ОТДЕЛЫ}\n\nПо сравнению с 1 411 сотрудниками штат канцелярии вырос на 64,3%.", "growth_rate", "64,3%"),
        (f"{БӨЛІМДЕР}\n\n1 411 қызметкермен салыстырғанда кеңсе штаты 64,3%-ға өсті.", "growth_rate", "64,3%-ға"),
    ],
)  # fmt: skip
def test_a_rate_since_a_number_of_the_text_ends_in_a_cell(tmp_path: Path, text: str, kind: str, right: str) -> None:
    assert (right, "holds") in told(tmp_path, text, kind)


@pytest.mark.parametrize(
    "text",
    [
        "The three schools have 1,248 pupils in all.\n\nTable 1. Pupils\n\nSchool\tPupils\nA\t412\nB\t509\nC\t327",
        "В трёх школах 1 248 учеников.\n\nТаблица 1. Ученики\n\nШкола\tУченики\nА\t412\nБ\t509\nВ\t327",
        "Үш мектепте 1 248 оқушы бар.\n\n1-кесте. Оқушылар\n\nМектеп\tОқушылар\nА\t412\nБ\t509\nВ\t327",
    ],
)
def test_a_column_without_total_adds_up_to_a_number_of_the_text(tmp_path: Path, text: str) -> None:
    assert [verdict for _, verdict in told(tmp_path, text, "sum_of_parts")] == ["holds"]


@pytest.mark.parametrize("size", [1249, 1238])
def test_another_number_of_the_text_is_no_sum_of_a_column(tmp_path: Path, size: int) -> None:
    text = f"The three schools have {size:,} pupils.\n\nSchool\tPupils\nA\t412\nB\t509\nC\t327"
    assert not told(tmp_path, text, "sum_of_parts")
