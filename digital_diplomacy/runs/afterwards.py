"""What shows only when a run has ended: its own date in what it shows, and tables that are not what they were."""

import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

TABLES: Final = ("data/raw", "data/processed")
_LARGEST: Final = 50_000_000  # bytes of a file in which a date is looked for
_SPACES: Final = re.compile("[\u00a0\u202f]")
_LONG: Final = ("en", "ru", "kk")
"""Languages in which months are named."""

Stamp = tuple[int, int, int]


def tables(root: Path) -> dict[str, Stamp]:
    """Size, time of change and number of every table of a project and its description, by path below the project.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> "data/raw/datapackage.json" in tables(sources.project_root())
    True
    """
    found = {}
    for folder in TABLES:
        if (root / folder).is_dir():
            for entry in os.scandir(root / folder):
                with suppress(OSError):  # a link that leads to itself is no table
                    if not entry.is_file() or entry.name.startswith("."):
                        continue
                    status = entry.stat()
                    found[f"{folder}/{entry.name}"] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return found


def changed(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> list[str]:
    """Tables that were there and are changed or gone.

    Examples
    --------
    >>> changed({"data/raw/a.csv": (1, 1, 1), "data/raw/b.csv": (2, 1, 2)}, {"data/raw/a.csv": (1, 1, 1)})
    ['data/raw/b.csv']
    """
    return sorted(name for name, stamp in before.items() if now.get(name) != stamp)


def moment(place: Path, given: Iterable[Path], began: dt.datetime, ended: dt.datetime) -> str:
    """The date of a run as its results show it; empty where they do not, or where it may come from what the run read.

    Parameters
    ----------
    place : Path
        Folder of the results, with ``notebook.ipynb``.
    given : iterable of Path
        Files the run was given: a date that stands in one of them, in any form, is no date of the run.
    began, ended : datetime
        With a time zone.

    Notes
    -----
    Looked for are the days of the run here and in Greenwich, in figures and with the months of three languages, and its
    seconds since 1970; a time of day alone may be anything and is not.

    Examples
    --------
    >>> import tempfile
    >>> folder, noon = tempfile.TemporaryDirectory(), dt.datetime(2024, 2, 5, 12, tzinfo=dt.UTC)
    >>> output = {"output_type": "stream", "text": "made on 05.02.2024"}
    >>> content = json.dumps({"cells": [{"outputs": [output]}]})
    >>> size = (Path(folder.name) / "notebook.ipynb").write_text(content)
    >>> moment(Path(folder.name), [], noon, noon)
    '05.02.2024'
    >>> folder.cleanup()
    """
    text = _SPACES.sub(" ", "\n".join(_shown(place / "notebook.ipynb")))
    forms = sorted({form for day in _days(began, ended) for form in _forms(day, text)})
    found = _first("|".join(rf"(?<!\d){re.escape(form)}(?!\d)" for form in forms), text, forms)
    if found and not any(_holds(path, forms) for path in given):
        return found
    seconds = [str(second) for second in range(int(began.timestamp()), int(ended.timestamp()) + 2)]
    # Digits for parts of a second may stand behind them.
    return _first(rf"(?<![\d.])(?:{'|'.join(seconds)})(?=(?:\d{{3}}|\d{{6}}|\d{{9}})?(?!\d))", text, seconds)


def _first(pattern: str, text: str, among: Iterable[str]) -> str:
    """The first match of a pattern that one of these texts must be in: looked for plainly, megabytes take no time."""
    found = re.search(pattern, text) if any(form in text for form in among) else None
    return found[0] if found else ""


def _shown(notebook: Path) -> Iterator[str]:
    """All texts that the cells of an executed notebook put out."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return
    for cell in cells:
        yield from _texts(cell.get("outputs", []))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if not name.startswith("image/") or name == "image/svg+xml":  # others are bytes
                yield from _texts(part)
    elif isinstance(value, list):
        if all(isinstance(part, str) for part in value):  # lines of one text
            yield "".join(value)
        else:
            for part in value:
                yield from _texts(part)


def _days(began: dt.datetime, ended: dt.datetime) -> set[dt.date]:
    """Here and in Greenwich."""
    return {moment.astimezone(zone).date() for moment in (began, ended) for zone in (None, dt.UTC)}


def _forms(day: dt.date, text: str) -> Iterator[str]:
    """How people and programs write a day; with names of months only where the text has its year."""
    yield from (day.strftime(form) for form in ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"))
    yield from (f"{day.day}.{day.month}.{day.year}", f"{day:%d %b %Y}", f"{day:%a %b} {day.day:2d}")
    if str(day.year) in text:
        from babel.dates import format_date  # takes long to import

        named = (format_date(day, form, locale=lang) for lang in _LONG for form in ("medium", "long"))
        yield from (_SPACES.sub(" ", form).removesuffix(" г.") for form in named)


def _holds(path: Path, forms: Iterable[str]) -> bool:
    try:
        if path.stat().st_size > _LARGEST:
            return True  # who can say
        content = path.read_bytes()
    except OSError:
        return False
    return any(form.encode() in content for form in forms)
