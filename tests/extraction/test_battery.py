"""Short texts as papers of the field write them: every figure with its value and unit, and what is read as none.

They were written before the scan read them. A figure stands in braces; other numbers are no figures, but for dates.
"""

import re
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from digital_diplomacy import extraction, sources

BATTERY: Final = Path(__file__).parent / "battery"
MISSED: Final = 0.03
"""Part of the figures of a file that may be misread: what nothing but the sense of a text tells is not read."""
PEOPLE: Final = ("persons", "users", "followers", "authors", "respondents")
UNITS: Final = {
    "p": PEOPLE, "i": ("items",), "m": ("messages",), "ap": ("appeals",), "a": ("accounts",), "v": ("views",),
    "c": ("countries",), "g": ("regions",), "w": ("websites",), "t": ("KZT",), "usd": ("dollars",), "eur": ("EUR",),
    "rub": ("RUB",), "%": ("percent",), "pp": ("percentage_points",), "x": ("times",), "y": ("years",),
    "mo": ("months",), "wk": ("weeks",), "day": ("days",), "h": ("hours",), "min": ("minutes",), "sec": ("seconds",),
    "r": ("rank",), "pl": ("places",), "u": ("unstated", "", "score"),
}  # fmt: skip
TITLES: Final = {
    "en": "This note reports how public bodies speak with people online, and what it costs them.",
    "ru": "В записке показано, как государственные органы общаются с гражданами в сети и чего это стоит.",
    "kk": "Бұл жазба мемлекеттік органдардың азаматтармен желіде қалай сөйлесетінін және оған не кететінін көрсетеді. "
    "Деректер ашық көздерден алынған, өңірлер мен мекемелер бөлек қарастырылған.",
}
"""Each text is read below a title, by which its language is known."""
_FIGURE: Final = re.compile(r"\{([^{}=]*?)(?:=([^{}=]*?))? ?([^\s{}]+)\}")
_NUMBER: Final = re.compile(r"\d[\d ]*(?:[.,]\d+)*")


class Wanted(NamedTuple):
    """A figure of a text: where it stands, its value (none where it may be left out), the units that are right."""

    start: int
    end: int
    value: float | None
    units: tuple[str, ...]


def parsed(line: str, lang: str) -> tuple[str, list[Wanted]]:
    """A text without its marks, and its figures."""
    text, wanted, end = "", [], 0
    for match in _FIGURE.finditer(line):
        text += line[end : match.start()].replace("¶", "\n\n").replace("⏎", "\n")
        printed, value, codes = match.groups()
        may_be_read = "?" in codes.split("/")
        units = tuple(unit for code in codes.split("/") if code != "?" for unit in UNITS[code])
        wanted.append(Wanted(len(text), len(text) + len(printed), value and float(value), units))
        if not value and not may_be_read:
            digits = _NUMBER.findall(printed)[0].replace(" ", "")
            plain = digits.replace(",", "") if lang == "en" else digits.replace(",", ".")
            wanted[-1] = wanted[-1]._replace(value=float(plain))
        if may_be_read:
            wanted[-1] = wanted[-1]._replace(value=None)
        text, end = text + printed, match.end()
    return text + line[end:].replace("¶", "\n\n").replace("⏎", "\n"), wanted


def judged(line: str, lang: str, folder: Path) -> tuple[list[str], int]:
    """What is wrong with the figures read from a text, and how many it has."""
    text, wanted = parsed(line, lang)
    path = folder / f"paper_{lang}.txt"
    path.write_text(f"{TITLES[lang]}\n\n{text.strip()}", encoding="utf-8")
    rows = extraction.told_apart(extraction.scan(blocks := sources.read_paper(path)), blocks).to_dict("records")
    found, faults, place = [row for row in rows if row["unit"] != "date"], [], 0
    free = list(found)
    for one in wanted:
        printed = text[one.start : one.end]
        digits = _NUMBER.search(printed)
        said = (digits.group() if digits else printed).strip()
        near = [row for row in free if _overlaps(said, str(row["as_printed"]))]
        right = [row for row in near if one.value is None or row["value"] == pytest.approx(one.value, rel=1e-4)]
        fit = [row for row in right if (row["unit"] or "") in one.units]
        if fit or one.value is None:
            free = [row for row in free if not (fit or near) or row is not (fit or near)[0]]
            continue
        told = [f"{row['as_printed']} {row['value']} {row['unit'] or 'unstated'}" for row in (right or near)[:1]]
        free = [row for row in free if not near or row is not (right or near)[0]]
        faults.append(f"{printed} is {told[0] if told else 'missed'}, not {one.value} {'/'.join(one.units)}")
        place += 1
    faults += [f"extra {row['as_printed']} {row['value']} {row['unit']}" for row in free]
    return faults, sum(one.value is not None for one in wanted)


def _overlaps(said: str, printed: str) -> bool:
    left, right = (re.sub(r"\s+", " ", text.casefold()) for text in (said, printed))
    return left in right or right in left


@pytest.mark.parametrize("path", sorted(BATTERY.glob("*.txt")), ids=lambda path: path.stem)
def test_figures_have_their_value_and_unit(path: Path, tmp_path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    read = [judged(line, path.stem[-2:], tmp_path) for line in lines]
    faults = [f"{line}: {fault}" for line, (found, _) in zip(lines, read, strict=True) for fault in found]
    assert len(faults) <= MISSED * sum(number for _, number in read), "\n".join(faults)
