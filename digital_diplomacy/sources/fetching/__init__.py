"""Figures of publishers, fetched from their addresses or from files a user downloaded, and kept edition by edition.

get, given
    The files of what is asked for.
read
    What they say.
keep, use, editions
    An edition becomes a table of data/raw; one of them is read; all of them by name.
compare
    What a publisher revised from one edition to another.
"""

from digital_diplomacy.sources.fetching.comparing import Difference, compare
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError, OfflineError
from digital_diplomacy.sources.fetching.getting import get, given, read
from digital_diplomacy.sources.fetching.keeping import USED, Edition, editions, keep, known_edition, release, use
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.publishers import PUBLISHERS, SERIES, Publisher, Series, publisher_of

__all__ = [
    "PUBLISHERS",
    "SERIES",
    "USED",
    "Difference",
    "Edition",
    "FetchError",
    "Limits",
    "OfflineError",
    "Published",
    "Publisher",
    "Query",
    "Received",
    "Series",
    "compare",
    "editions",
    "get",
    "given",
    "keep",
    "known_edition",
    "publisher_of",
    "read",
    "release",
    "use",
]
