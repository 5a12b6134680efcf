"""Countries among the names of a researcher's own table, as the commands on indices and networks take them."""

import sys
from collections.abc import Iterable

from digital_diplomacy.cli.app import refuse, spoken
from digital_diplomacy.cli.streams import put


def countries_among(names: Iterable[str], file: str) -> dict[str, str]:
    """Codes of the names that mean countries, where most of them do; none where few do.

    Where few do they are no list of countries, though one may bear a country's name (Georgia among states of the USA).
    Refused are two names of one country, and Georgia where nothing beside it tells which is meant.
    """
    from digital_diplomacy.sources.countries import is_open_state, whole_names

    named = [name for name in dict.fromkeys(names) if name]
    found = whole_names(named)
    if 2 * len(found) <= len(named):
        return {}
    if is_open_state(found):
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


def countries_meant(names: Iterable[str]) -> dict[str, str]:
    """Codes of names that an option gives for countries; that Georgia is the country is said."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources.countries import ALSO_A_STATE, whole_names

    found = whole_names(names)
    for name in found:
        if name.strip().casefold() == ALSO_A_STATE.casefold():
            put(labels.text("asking.georgia", spoken(), name=name), file=sys.stderr)
    return found
