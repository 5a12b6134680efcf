import csv
import io
import re
from pathlib import Path

import pytest

from digital_diplomacy import labels
from digital_diplomacy.errors import LabelError
from digital_diplomacy.labels import nearness, plurals, ranges

FILES = sorted(Path(labels.__file__).parent.glob("*.csv"))
# Letters of the Kazakh alphabet that Russian lacks: a Kazakh text without any is suspect only when long.
KAZAKH_ONLY = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def rows() -> list[tuple[str, dict[str, str]]]:
    texts = [(file.name, file.read_text(encoding="utf-8")) for file in FILES]
    return [(name, row) for name, text in texts for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_every_code_has_a_text_in_every_language() -> None:
    assert [
        (file, row["code"]) for file, row in rows() if not all(row[lang].strip() for lang in labels.LANGUAGES)
    ] == []


def test_translations_have_the_same_fields() -> None:
    fields = {
        row["code"]: [sorted(re.findall(r"\{(\w+)", row[lang])) for lang in labels.LANGUAGES] for _, row in rows()
    }
    assert {code: found for code, found in fields.items() if any(each != found[0] for each in found)} == {}


def test_long_kazakh_texts_are_kazakh() -> None:
    assert [row["code"] for _, row in rows() if len(row["kk"]) > 60 and not KAZAKH_ONLY & set(row["kk"])] == []


def test_long_russian_texts_are_not_kazakh() -> None:
    assert [row["code"] for _, row in rows() if KAZAKH_ONLY & set(row["ru"]) - set("іІ")] == []


def test_text_fills_fields_and_names_a_missing_one() -> None:
    assert labels.text("page.failed", "en", cell=3).startswith("the last run failed in cell 3")
    with pytest.raises(LabelError, match=r"'page\.failed' needs a value for 'cell'"):
        labels.text("page.failed", "en")


def test_a_missing_label_is_an_error() -> None:
    with pytest.raises(LabelError, match=r"no ru text for 'unit\.furlongs'"):
        labels.text("unit.furlongs", "ru")


def test_an_unknown_language_is_refused_naming_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown language 'de'; allowed: kk, ru, en"):
        labels.text("unit.percent", "de")


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("KAZ", "kk", "Қазақстан"),
        ("UZB", "ru", "Узбекистан"),
        ("KGZ", "ru", "Кыргызстан"),
        ("USA", "ru", "США"),
        ("AZE", "kk", "Әзербайжан"),
        ("HKG", "kk", "Гонконг"),
        ("MHL", "ru", "Маршалловы Острова"),
        ("GBR", "en", "United Kingdom"),
        ("XKX", "en", "Kosovo"),
    ],
)
def test_countries_have_their_cldr_names_or_those_of_kazakhstan(code: str, lang: str, name: str) -> None:
    assert labels.country(code, lang) == name


def test_a_country_is_found_by_the_name_it_has_here() -> None:
    assert [labels.nearest_country(name) for name in ("Әзербайжан", "Кыргызстан", "США")] == ["AZE", "KGZ", "USA"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_no_country_of_the_tables_has_an_abbreviation_for_a_name(lang: str) -> None:
    tables = (Path(__file__).parents[2] / "data/raw").glob("*.csv")
    texts = [table.read_text(encoding="utf-8") for table in tables]
    codes = {row["iso3"] for text in texts for row in csv.DictReader(io.StringIO(text)) if "iso3" in row}
    assert len(codes) > 200
    names = [labels.country(code, lang) for code in codes if labels.is_country(code)]
    assert [name for name in names if re.search(r"о-в|[(]|\bАӘА\b|\bSAR\b", name)] == []


def test_an_unknown_country_is_an_error() -> None:
    with pytest.raises(LabelError, match="country code 'ZZZ'"):
        labels.country("ZZZ", "en")


def test_entities_are_labels_first_and_countries_second() -> None:
    assert labels.entity("KAZ", "en") == "Kazakhstan"


def test_numbers_follow_the_language() -> None:
    assert labels.number(1234.5, "en") == "1,234.5"
    assert labels.number(1234.5, "kk") == "1\u00a0234,5"
    assert labels.number(0.1 + 0.2, "ru", decimals=1) == "0,3"
    assert labels.number(1234, "en", decimals=0) == "1,234"


def test_short_numbers_use_the_languages_words() -> None:
    assert labels.short_number(15_470_000, "en") == "15.47M"
    assert labels.short_number(15_470_000, "ru") == "15,47\u00a0млн"


@pytest.mark.parametrize(
    ("iso", "lang", "said"),
    [
        ("2021", "kk", "2021"),
        ("2018/2022", "ru", "2018–2022"),
        ("2021-01", "en", "Jan 2021"),
        ("2017-12-12", "en", "Dec 12, 2017"),
    ],
)
def test_periods_are_written_as_people_write_them(iso: str, lang: str, said: str) -> None:
    assert labels.period(iso, lang) == said


@pytest.mark.parametrize("iso", ["January", "2020-13", "2023-02-30", "0000", "2020/2020-00"])
def test_a_period_that_is_not_iso_is_refused(iso: str) -> None:
    with pytest.raises(ValueError, match=f"{iso!r} is not ISO 8601"):
        labels.period(iso, "en")


def test_names_of_own_tables_hold_within_their_block_and_units_keep_their_labels() -> None:
    with labels.own_names({"entity.embassy_7": "Embassy {7}", "unit.percent": "wrong"}):
        assert labels.entity("embassy_7", "ru") == "Embassy {7}"
        assert labels.text("unit.percent", "en") == "percent"
    with pytest.raises(LabelError, match="embassy_7"):
        labels.entity("embassy_7", "ru")


@pytest.mark.parametrize("code", ["group.share", "entity.citizens", "relation.measures", "type.media"])
def test_a_name_of_an_own_table_comes_before_the_package_s_word_for_the_same_code(code: str) -> None:
    kind, _, own = code.partition(".")
    packaged = labels.text(code, "ru")
    with labels.own_names({code: "Моё {название}"}):
        assert labels.text(code, "ru") == labels.name(kind, own, "ru") == "Моё {название}"
    assert labels.text(code, "ru") == packaged != "Моё {название}"


@pytest.mark.parametrize(
    ("lang", "number", "said"),
    [
        ("en", 0, "0 ties"),
        ("en", 1, "1 tie"),
        ("en", 1001, "1,001 ties"),
        ("ru", 1, "1 связь"),
        ("ru", 2, "2 связи"),
        ("ru", 5, "5 связей"),
        ("ru", 11, "11 связей"),
        ("ru", 21, "21 связь"),
        ("ru", 112, "112 связей"),
        ("kk", 1, "1 байланыс"),
        ("kk", 25, "25 байланыс"),
    ],
)
def test_what_is_counted_has_the_plural_form_of_its_language(lang: str, number: int, said: str) -> None:
    assert labels.counted("ties", number, lang).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("count", "lang", "said"),
    [
        ("1", "en", "1 actor, 1 tie;"),
        (2, "en", "2 actors, 2 ties;"),
        ("1,001", "en", "1,001 actors, 1,001 ties;"),
        ("0", "en", "0 actors, 0 ties;"),
        ("1", "ru", "Акторов: 1, связей: 1;"),
    ],
)
def test_what_is_counted_has_the_form_of_its_number(count: object, lang: str, said: str) -> None:
    assert labels.text("notice.alt_network", lang, nodes=count, edges=count, largest="x").startswith(said)


@pytest.mark.parametrize(
    ("number", "form"),
    [("1", "связь"), ("21", "связь"), ("1\u00a0001", "связь"), ("3", "связи"), ("11", "связей"), ("1,5", "связи")],
)
def test_plurals_are_those_of_the_language(number: str, form: str) -> None:
    assert format(plurals.Counted(number, "ru"), "|# связь|# связи|# связей|# связи") == f"{number} {form}"


def test_a_form_too_few_is_an_error() -> None:
    with pytest.raises(LabelError, match="has the plural forms"):
        format(plurals.Counted("2", "ru"), "|связь|связи")


def test_no_text_counts_one_thing_in_the_plural() -> None:
    """The texts that tell of rows, ties and the like by a bare number, told of one."""
    nouns = "actors|ties|rows|columns|relations|values|events|cells|units|indicators|draws|profiles"
    for code in labels.codes(""):
        fields = labels.fields(code, "en")
        if code.startswith(("notice.alt_", "network.size", "phase.")):
            assert not re.search(rf"\b1 ({nouns})\b", labels.text(code, "en", **dict.fromkeys(fields, "1"))), code


@pytest.mark.parametrize(
    ("lang", "template", "wide", "narrow"),
    [
        ("en", "{low}% to {high}% would be", "0.0% to 2.5% would be", "0.0% would be"),
        ("en", "Values from {low} to {high} stay", "Values from 0.0 to 2.5 stay", "Values 0.0 stay"),
        ("ru", "доля от {low} до {high} % будет", "доля от 0.0 до 2.5 % будет", "доля 0.0 % будет"),
        ("kk", "үлес {low} мен {high} аралығында болады", "үлес 0.0 мен 2.5 аралығында болады", "үлес 0.0 болады"),
        ("kk", "{low}–{high} % аралығында", "0.0–2.5 % аралығында", "0.0 %"),
        ("kk", "{low} мен {high} тең", "0.0 мен 2.5 тең", "0.0 мен 0.0 тең"),  # two things, no range
        ("fr", "la part va de {low} à {high} %", "la part va de 0.0 à 2.5 %", "la part va 0.0 %"),
        ("fr", "{low}–{high} %", "0.0–2.5 %", "0.0–0.0 %"),  # a form its table does not name
    ],
)
def test_a_range_without_width_is_one_number_by_the_forms_of_the_languages_table(
    lang: str, template: str, wide: str, narrow: str
) -> None:
    """A fourth language is a cell of the table and no line of code."""
    forms = labels.raw("range.forms", lang) or "de 1 à 2"
    for high, said in (("2.5", wide), ("0.0", narrow)):
        told = {"low": "0.0", "high": high}
        assert ranges.without_empty(template, told, forms).format(**told) == said


def test_a_percent_sign_follows_its_number_as_the_language_writes_it() -> None:
    blank, close = re.compile(r"[}\d][\s\u00a0\u202f]%"), re.compile(r"[}\d]%")
    told = [row for name, row in rows() if name != "commands.csv"]
    assert [row["code"] for row in told if blank.search(row["en"])] == []
    assert [row["code"] for row in told if close.search(row["kk"]) or close.search(row["ru"])] == []


@pytest.mark.parametrize("thousands", [1, 10, 100, 250])
def test_thousands_have_one_word_on_a_kazakh_axis(thousands: int) -> None:
    assert labels.short_number(1000.0 * thousands, "kk").replace("\N{NO-BREAK SPACE}", " ") == f"{thousands} мың"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("KZA", "KAZ"),  # two neighbours that changed places: one slip
        ("KZT", ""),  # Z for A and T for Z, or a letter missing and one too many: two, of three letters
        ("Qazaqstan", "Kazakhstan"),  # two letters wrong and one missing: three, of nine
        ("Qazaqsta", ""),  # the same and the last one missing: four, of eight
        ("Kazkhsta", "Kazakhstan"),  # two missing, of eight
    ],
)
def test_of_a_short_word_one_letter_may_be_wrong_and_of_a_long_one_a_third(typed: str, meant: str) -> None:
    assert nearness.nearest(typed, ["KAZ", "Kazakhstan"]) == meant
