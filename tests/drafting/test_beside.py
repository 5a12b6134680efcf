"""What is told beside a figure and decides what it is of: worked by hand, in three languages."""

from collections.abc import Callable

import pytest

Verdicts = Callable[[str, str], list[str]]

FAILS = [
    # 71.4 - 58.9 = 12.5; 85.0 - 79.5 = 5.5; 11.4 - 9.1 = 2.3.
    ("The north reached 71.4%; the south had 58.9%. It rained. The gap, 21.5 percentage points, surprised us.",
     "difference"),
    ("На севере доля составила 71,4 %. На юге она равна 58,9 %. Разрыв, равный 21,5 процентного пункта, велик.",
     "difference"),
    ("Солтүстікте үлес 71,4 % болды. Оңтүстікте 58,9 % болды. Айырма – 21,5 пайыздық тармақ.", "difference"),
    ("Жоспар бойынша 85,0 %, іс жүзінде 79,5 %; ауытқу – 6,5 пайыздық тармақ.", "difference"),
    ("По плану 85,0 %, на деле 79,5 %; отклонение – 6,5 процентного пункта.", "difference"),
    ("Papers now stand at 33.8% and radio at 9.1%. Radio lost 3.3 points, having started from 11.4%.", "difference"),
    ("Газеты называют 33,8 %, радио – 9,1 %. Радио потеряло 3,3 п. п., начав с 11,4 %.", "difference"),
    # 2.43 - 1.58 = 0.85.
    ("Нарушений выявлено на 2,43 млрд тенге. Возвращено 1,58 млрд тенге, или 65 % суммы нарушений. Остальные 0,58 "
     "млрд тенге вернут к маю.", "difference"),
    ("Бұзушылық сомасы 2,43 млрд теңге. Оның 1,58 млрд теңгесі (65 %) қайтарылды. Қалған 0,58 млрд теңге мамырда "
     "қайтарылады.", "difference"),
    ("Violations came to $2.43 million. Of this $1.58 million (65%) was returned. The remaining $0.58 million is due "
     "in May.", "difference"),
    # 279 of 1856 are 15.0 %; 168 of 1400 are 12 %, though 15.0 % of 1120.
    ("Акцияны 1 856 адам білген (58 %). Солардың 742 газеттен (40 %), 835 радиодан (45 %), 279 көршіден (51 %) "
     "естіген.", "share_of_base"),
    ("Of those asked 1,856 knew of it (58%). Of them 742 had read it (40%), 835 had heard it (45%), and 279 were told "
     "(51%).", "share_of_base"),
    ("Об этом знали 1 856 человек (58 %). Из них 742 прочли газету (40 %), 835 слышали радио (45 %), 279 узнали от "
     "соседей (51 %).", "share_of_base"),
    ("The survey asked 1,400 non-users for the main reason. Lack of skills came first with 546 answers (39%), followed "
     "by lack of need with 392 (28%), price with 294 (21%), and others with 168 (15%).\n\nThere are 1,120 villages.",
     "share_of_base"),
    # 26 January is before 9 February, 12 May before 16 June.
    ("Есеп 2024 жылғы 9 ақпанда қаралып, 2024 жылғы 26 қаңтарда сайтқа жарияланды.", "date_order"),
    ("Выводы опубликованы в статье, поступившей в редакцию 16 июня 2023 года и принятой к печати 12 мая 2023 года.",
     "date_order"),
]  # fmt: skip
SILENT = [
    # A gap of others than the shares told before.
    ("The north reached 71.4%; the south had 58.9%. It rained. The gap between men and women was 21.5 percentage "
     "points.", "difference"),
    ("Turnout was 71.4%. Of those who voted 58.9% chose the mayor. The gap to the runner-up was 21.5 percentage "
     "points.", "difference"),
    ("На севере доля составила 71,4 %. На юге она равна 58,9 %. Разрыв между мужчинами и женщинами равен 21,5 "
     "процентного пункта.", "difference"),
    ("В городе 85,0 %, в селе 79,5 %; прирост – 6,5 процентного пункта.", "difference"),
    ("Papers now stand at 33.8% and radio at 9.1%. Television lost 3.3 points, having started from 48.4%.",
     "difference"),
    ("The town has 2,430 houses. Of these 1,580 (65%) are brick. The rest of the budget, 580 dollars, was lost.",
     "difference"),
    # What is counted with others, or goes in and out, is no part: 315 + 18 - 7 = 326.
    ("The ministry has 326 pages; 18 were opened and 7 closed; at the start of the year there were 315.",
     "sum_of_parts"),
    ("У министерства 326 страниц. За год 18 открыли, 7 закрыли; в начале года их было 315.", "sum_of_parts"),
    # Shares of several nouns.
    ("In all, 60% of the embassies, 45% of the consulates and 52% of test questions were answered in one way.",
     "sum_at_most_100"),
    # The plan is of 2023, whatever was done on 9 February.
    ("Есеп 2024 жылғы 9 ақпанда қаралып, 2023 жылғы 26 қаңтарда бекітілген жоспарға сай деп танылды.", "date_order"),
]  # fmt: skip
HOLDS = [
    # 14,900 + 2,900 + 600 = 18,400; 267 + 145 = 412; 546 + 392 + 294 + 168 = 1400.
    ("There are 18,400 firms with ten or more workers: 14,900 small, 2,900 medium and 600 large.", "sum_of_parts"),
    ("Курстан 412 қызметкер өтті: 267 шетелдегі мекемелерден, 145 орталық аппараттан.", "sum_of_parts"),
    ("Опрошено 1 400 человек. Ответы распределились так: 546 за музей, 392 за парк, 294 за школу, 168 за дорогу.",
     "sum_of_parts"),
    # 74.6 + 16.8 + 5.3 + 3.2 = 99.9.
    ("Main device: phone 74.6%, laptop 16.8%, desktop 5.3%, other 3.2%; the sum is 99.9%.", "sum_to_100"),
    ("Есеп 2024 жылғы 9 ақпанда қаралып, 2024 жылғы 26 наурызда сайтқа жарияланды.", "date_order"),
    ("На севере доля составила 71,4 %. На юге она равна 58,9 %. Разрыв, равный 12,5 процентного пункта, велик.",
     "difference"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), FAILS)
def test_a_misprint_is_named(text: str, kind: str, verdicts: Verdicts) -> None:
    assert "fails" in verdicts(text, kind)


@pytest.mark.parametrize(("text", "kind"), SILENT)
def test_what_is_told_of_others_is_not_held_against_it(text: str, kind: str, verdicts: Verdicts) -> None:
    assert "fails" not in verdicts(text, kind)


@pytest.mark.parametrize(("text", "kind"), HOLDS)
def test_what_adds_up_is_drafted(text: str, kind: str, verdicts: Verdicts) -> None:
    assert verdicts(text, kind) == ["holds"]


def test_both_ends_of_a_change_are_told_apart_by_the_verb_before_them(verdicts: Verdicts) -> None:
    # 93 - 90 = 3 and 8 - 5 = 3, one up and one down.
    text = "Доля принятых увеличилась с 90,0 % до 93,0 %, а доля отказов снизилась с 8,0 % до 5,0 %, то есть на {}."
    assert verdicts(text.format("3 процентных пункта"), "difference") == ["holds", "holds"]
    assert verdicts(text.format("5 процентных пунктов"), "difference") == ["fails"]
