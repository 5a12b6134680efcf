"""Two places of a ranking, and the number of places between them."""

from collections.abc import Iterator

from digital_diplomacy.extraction.tokens import Figure, Marked


def ranks_apart(said: Marked) -> Iterator[tuple[str, Figure, Figure, Figure]]:
    """Words, former and latter place, and the places, rungs or steps that its clause tells between them.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import extraction, sources
    >>> from digital_diplomacy.extraction.tokens import marked
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "paper.txt"
    >>> size = path.write_text("The port went from 9th to 5th place, up four rungs.")
    >>> (said,) = marked(extraction.told_apart(extraction.scan(sources.read_paper(path))))
    >>> [[one.value for one in ends] for _, *ends in ranks_apart(said)]
    [[9.0, 5.0, 4.0]]
    >>> folder.cleanup()
    """
    for words, named, match in said.find("steps"):
        former, latter = named["a"], named["b"]
        if {former.unit, latter.unit} - {"rank"} or None in (former.value, latter.value) or former.table:
            continue
        told = [
            (step, one)
            for step, one in [*_named(said), *((one.printed, one) for one in said.figures if one.unit == "places")]
            if _is_number(one) and one not in (former, latter) and _in_one_clause(said, match.start(), one)
        ]
        if len({one.claim_id for _, one in told}) == 1:
            yield f"{words} … {told[0][0]}", former, latter, told[0][1]


def _named(said: Marked) -> Iterator[tuple[str, Figure]]:
    return ((words, named["c"]) for words, named, _ in said.find("step"))


def _is_number(one: Figure) -> bool:
    return one.value is not None and one.value % 1 == 0 and one.unit in ("places", "items") and one.bound == "exact"


def _in_one_clause(said: Marked, place: int, step: Figure) -> bool:
    first, last = sorted((place, said.place(step)))
    return ";" not in said.plain[first:last]
