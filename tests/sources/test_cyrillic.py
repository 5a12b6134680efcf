"""Files in the encodings of DOS, Unix, Windows and Macintosh are read right or refused by name."""

from pathlib import Path

import pytest

from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.cyrillic import NAMES, readings
from digital_diplomacy.sources.grids import read_grid

TEXTS = {
    "usual": "Страна;Год;Значение\nКазахстан;2020;5,5\nУзбекистан;2021;6\n",
    "small letters": "страна;год;значение\nказахстан;2020;5,5\n",
    "capitals": "СТРАНА;ГОД\nКАЗАХСТАН;2020\n",
    "names with capitals within": "Платформа;Доля\nВКонтакте;5\nМегаФон;4\n",
    "beside English": "country;year;Комментарий\nKAZ;2020;оценка\nUZB;2021;нет данных\n",
    "signs": "Показатель;№\n«Доля», %;1\nЦена, €;2\n",
    "Kazakh": "Ел;Жыл;Мәні\nҚазақстан;2020;5\nӨзбекстан;2021;6\n",
    "Ukrainian": "Країна;Рік\nУкраїна;2020\nЄвропа;2021\n",
    "Serbian": "Србија;Година\nЂорђе;1\n",
    "a word": "имя;вес\nюг;1\n",
}
WESTERN = {"cp1252": "café;né\nà;1\n", "cp1250": "źródło;rok\nżółw;1\n", "iso8859_7": "χώρα;έτος\nΕλλάδα;1\n"}


@pytest.mark.parametrize("encoding", NAMES)
def test_no_letter_is_ever_wrong_in_silence(encoding: str) -> None:
    for name, text in TEXTS.items():
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        found = readings(content)
        assert len(found) != 1 or found[0][1] == text, (name, found)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5"])
def test_usual_tables_are_read_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    for name in ("usual", "small letters", "capitals", "names with capitals within"):
        assert [text for _, text in readings(TEXTS[name].encode(encoding))] == [TEXTS[name]], name
    path = tmp_path / "a.csv"
    path.write_bytes(TEXTS["usual"].encode(encoding))
    grid = read_grid(path)
    assert grid.header == ("Страна", "Год", "Значение")
    assert dict(grid.remarks[0].named) == {"file": "a.csv", "encoding": NAMES[encoding], "example": "Узбекистан"}


def test_kazakh_of_windows_is_read_and_ukrainian_is_not_taken_for_it(tmp_path: Path) -> None:
    assert [name for name, _ in readings(TEXTS["Kazakh"].encode("kz1048"))] == ["kz1048"]
    path = tmp_path / "ukraine.csv"
    path.write_bytes(TEXTS["Ukrainian"].encode("cp1251"))
    with pytest.raises(SourceError, match=r"ukraine\.csv: it may be Windows-1251 \(«Україна»\), KZ-1048 \(«Украүна»\)"):
        read_grid(path)


@pytest.mark.parametrize("encoding", WESTERN)
def test_other_scripts_are_refused(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(WESTERN[encoding].encode(encoding))
    with pytest.raises(SourceError, match="save the file as UTF-8"):
        read_grid(path)
