"""Countries among the names of a researcher's own table, as the commands on indices and networks take them."""

from collections.abc import Iterable

from digital_diplomacy.cli.app import refuse

_ALSO_A_STATE = "georgia"  # of the USA


def countries_among(names: Iterable[str], file: str) -> dict[str, str]:
    """Codes of the names that mean countries, where most of them do; none where few do.

    Where few do they are no list of countries, though one may bear a country's name (Georgia among states of the USA).
    Refused are two names of one country, and Georgia where nothing beside it tells which is meant.
    """
    from digital_diplomacy import sources

    named = [name for name in dict.fromkeys(names) if name]
    found = sources.country_codes(named)
    if 2 * len(found) <= len(named):
        return {}
    if [name.casefold() for name in named] == [_ALSO_A_STATE]:
        refuse("{file}: Georgia is a country and a state of the USA; write GEO, or US-GA", file=file)
    first: dict[str, str] = {}
    for name, code in found.items():
        other = first.setdefault(code, name)
        if other != name:
            refuse(
                "{file}: {other!r} and {unit!r} are one country ({code}); keep one name",
                file=file, other=other, unit=name, code=code,
            )  # fmt: skip
    return found
