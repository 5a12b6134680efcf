"""Kazakh sentences as analysts write them: what each counts, what must hold between its figures, and whether it does.

They were written before the scan read them; the arithmetic of each row can be worked out by hand.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from digital_diplomacy import drafting, sources

_FIGURE: Final = re.compile(r"\{([^}=]*?)(?:=([^}=]*?))? ?(\S+)\}")
_NUMBER: Final = re.compile(r"\d[\d ]*(?:,\d+)?")
_UNITS: Final = {
    "p": "persons", "i": "items", "m": "messages", "%": "percent", "pp": "percentage_points", "x": "times", "d": "date",
    "u": "unstated", "r": "rank", "y": "years", "t": "KZT", "usd": "dollars", "f": "followers", "v": "views",
    "a": "accounts", "c": "countries", "g": "regions", "ap": "appeals", "w": "websites", "h": "hours",
}  # fmt: skip
_PEOPLE: Final = ("persons", "users", "followers", "authors", "respondents")
_KINDS: Final = {"decline_rate": "growth_rate", "sum_at_most_100": "sum_to_100"}


class Row(NamedTuple):
    """One text of the battery."""

    kind: str
    verdict: str
    compared: frozenset[int]
    length: float | None
    figures: tuple[tuple[str, str], ...]
    text: str


def _row(line: str) -> Row:
    kind, verdict, compared, told = line.split("|", 3)
    places, _, length = compared.partition(" (")
    figures = tuple(
        (value or _NUMBER.findall(printed)[0].replace(" ", "").replace(",", "."), _UNITS.get(unit, unit))
        for printed, value, unit in _FIGURE.findall(told)
    )
    text = _FIGURE.sub(lambda found: found[1], told).replace("¶", "\n\n")
    counted = float(length.rstrip(")")) if length else None
    return Row(kind, verdict, frozenset(map(int, places.split())), counted, figures, text)


def _rows(name: str) -> list[Row]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line and not line.startswith("#")]


@cache
def _read(text: str, folder: Path) -> drafting.Review:
    path = folder / "paper_kk.txt"
    path.write_text(text, encoding="utf-8")
    return drafting.review(sources.read_paper(path), document="NEW")


def _figures(row: Row, review: drafting.Review) -> tuple[list[str], list[str]]:
    """Claims in the order of the row's figures ("" where none has the value), and what is wrong with them."""
    found = review.figures.sort_values(["paragraph", "start"], kind="stable").to_dict("records")
    names, faults = [], []
    for wanted, unit in row.figures:
        for place, one in enumerate(found):
            is_date = unit == "date"
            value = str(one["value_date"]) == wanted if is_date else one["value"] == pytest.approx(float(wanted), 1e-4)
            if value and (one["unit"] == unit or not is_date):
                alike = one["unit"] == unit or (one["unit"] in _PEOPLE and unit in _PEOPLE)
                faults += [] if alike else [f"{wanted} counts {one['unit']}, not {unit}"]
                names.append(str(one["claim_id"]))
                found = found[place + 1 :]
                break
        else:
            names.append("")
            faults.append(f"{wanted} {unit} is missing")
    return names, faults


def _relation(row: Row, names: list[str], review: drafting.Review) -> str:
    """What is wrong with the drafts on a row, or nothing."""
    verdicts = dict(zip(review.findings["relation_id"], review.findings["verdict"], strict=True))
    others = []
    for one in review.relations.fillna("").to_dict("records"):
        kind, verdict = _KINDS.get(str(one["kind"]), str(one["kind"])), str(verdicts.get(one["relation_id"]))
        sides = {*str(one["left"]).split(), *str(one["right"]).split()}
        if (kind, sides) == (row.kind, {names[place - 1] for place in row.compared}):
            if row.length is not None and float(str(one["constant"])) != row.length:
                return f"the list has {one['constant']} entries"
            return "" if (verdict == "fails") == (row.verdict == "wrong") else f"the draft {verdict}"
        others.append(f"{kind} {verdict}")
    if row.kind == "none":
        return ", ".join(others)
    return f"no draft, but {others}"


def _missed(name: str, folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Texts whose figures are misread, whose relation is missed, and whose draft says false what holds or is none."""
    misread, missed, false = [], [], []
    for row in _rows(name):
        review = _read(row.text, folder)
        names, faults = _figures(row, review)
        relation = _relation(row, names, review)
        misread += [f"{row.text}: {'; '.join(faults)}"] if faults else []
        missed += [f"{row.kind} {row.verdict} {row.text}: {relation}"] if relation else []
        is_false = relation and (row.kind == "none" or relation == "the draft fails")
        false += [row.text] if is_false else []
    return misread, missed, false


if __name__ == "__main__":
    import sys, tempfile
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            rows = _rows(name)
            a, b, c = _missed(name, Path(folder))
            print(*a, sep="\n"); print(); print(*b, sep="\n"); print()
            print(name, "rows", len(rows), "figures misread in", len(a), "relations missed", len(b), "false", len(c))
