"""Names of actors or units that may be one written twice, or several written in one cell: they are told and stay."""

import re
from collections.abc import Iterable
from typing import Final

from digital_diplomacy.sources.remarks import Remark, listed

_QUOTES: Final = re.compile("[\"'«»„“”‘’`]")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_BETWEEN: Final = re.compile(r"\s*[;|]\s*")


def doubtful_names(names: Iterable[str], file: str) -> tuple[Remark, ...]:
    """Remarks on names that are alike but for capitals, quotation marks, dashes, ё or a dot, and on lists of names.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> [one.code for one in sources.doubtful_names(["МИД", "«Хабар»", "Хабар"], "ties.csv")]
    ['name_twins']
    >>> [dict(one.named)["names"] for one in sources.doubtful_names(["un", "osce", "un; osce"], "ties.csv")]
    ['un; osce']
    """
    known = list(names)
    groups = dict[str, list[str]]()
    for name in known:
        groups.setdefault(_plain(name), []).append(name)
    twins = ["/".join(group) for group in groups.values() if len(group) > 1]
    there = set(known)
    lists = [name for name in known if len(parts := _BETWEEN.split(name)) > 1 and there & set(parts)]
    found = {"name_twins": twins, "name_lists": lists}
    return tuple(Remark(code, {"file": file, "names": listed(told)}) for code, told in found.items() if told)


def _plain(name: str) -> str:
    """A name as those who type it twice may write it."""
    plain = _DASHES.sub("-", _QUOTES.sub("", name.casefold().replace("ё", "е"))).strip(" .,:;")
    return plain or name
