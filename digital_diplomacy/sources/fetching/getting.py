"""All files of what is asked for, from their addresses or from the user's disk, and what they say."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from digital_diplomacy.sources.fetching import (
    brand_analytics,
    datareportal,
    egovkb,
    itu,
    owid,
    statcounter,
    worldbank,
)
from digital_diplomacy.sources.fetching.addresses import address_of
from digital_diplomacy.sources.fetching.connecting import USUAL, Limits
from digital_diplomacy.sources.fetching.downloading import Received, Tell, download, read_file
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.publishers import Publisher
from digital_diplomacy.sources.fetching.tabling import chosen

_READERS: Final[dict[str, Callable[[Sequence[Received], Query, Limits], Published]]] = {
    "brand_analytics": brand_analytics.read,
    "datareportal": datareportal.read,
    "egovkb": egovkb.read,
    "itu": itu.read,
    "owid": owid.read,
    "statcounter": statcounter.read,
    "worldbank": worldbank.read,
}
_FURTHER: Final[dict[str, Callable[[Received], list[str]]]] = {"owid": owid.further, "worldbank": worldbank.further}
"""What else has to be had, by what the first file says."""


def get(
    publisher: Publisher,
    query: Query,
    folder: Path,
    *,
    address: str = "",
    sha256: str = "",
    limits: Limits = USUAL,
    tell: Tell | None = None,
) -> list[Received]:
    """The files of what is asked for, from the publisher.

    Parameters
    ----------
    publisher, query
    folder : Path
        Where what has arrived in part is kept.
    address : str
        Instead of the publisher's usual one.
    sha256 : str
        What the SHA-256 of the first file has to be, if that is known.
    limits, tell
        As of `download`.

    Raises
    ------
    FetchError, OfflineError

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy.sources import fetching
    >>> folder = tempfile.TemporaryDirectory()
    >>> query = fetching.Query("IT.NET.USER.ZS", countries=("KZ",))  # refused before the publisher is asked
    >>> fetching.get(fetching.publisher_of("worldbank"), query, Path(folder.name))  # doctest: +NORMALIZE_WHITESPACE
    Traceback (most recent call last):
    digital_diplomacy.sources.fetching.faults.FetchError:
        “KZ” is no country; write ISO 3166 alpha-3 codes, such as KAZ,UZB.
    >>> folder.cleanup()
    """
    first = download(address or address_of(publisher, query), folder, limits=limits, sha256=sha256, tell=tell)
    more = _FURTHER.get(publisher.publisher)
    others = more(first) if more else []
    return [first, *(download(other, folder, limits=limits, tell=tell) for other in others)]


def given(paths: Sequence[Path], *, sha256: str = "", limits: Limits = USUAL) -> list[Received]:
    """The files a user has; a hash is that of the first.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> sample = sources.project_root() / "docs" / "examples" / "worldbank.json"
    >>> [(one.name, one.address, one.is_whole) for one in fetching.given([sample])]
    [('worldbank.json', '', True)]
    """
    return [read_file(path, limits=limits, sha256="" if number else sha256) for number, path in enumerate(paths)]


def read(
    publisher: Publisher,
    bodies: Sequence[Received],
    query: Query,
    *,
    limits: Limits = USUAL,
) -> Published:
    """What files of a publisher say of what is asked for.

    Parameters
    ----------
    publisher : Publisher
    bodies : sequence of Received
        One at least; several where the publisher gives pages or a description apart.
    query : Query
        Countries and period are chosen from what the files hold.
    limits : Limits
        Of size, for what archives unpack to.

    Raises
    ------
    FetchError
        Naming file and place.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> sample = sources.project_root() / "docs" / "examples" / "worldbank.json"
    >>> query = fetching.Query("IT.NET.USER.ZS", countries=("KAZ",), period="2024/2025")
    >>> published = fetching.read(fetching.publisher_of("worldbank"), fetching.given([sample]), query)
    >>> published.figures[["entity", "period", "as_printed"]]
      entity period     as_printed
    0    KAZ   2024  93.3917004231
    1    KAZ   2025           94.1
    """
    published = _READERS[publisher.publisher](bodies, query, limits)
    figures, remarks = chosen(published.figures, query, bodies[0])
    return replace(published, figures=figures, remarks=(*published.remarks, *remarks))
