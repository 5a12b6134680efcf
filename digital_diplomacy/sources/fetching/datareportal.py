"""DataReportal: headline figures of a country's page, which stand in sentences.

Only sentences of forms that the publisher is known to use are read, word for word: users of the Internet and of social
media as a number, and their share of the population. Growth, and whatever is worded otherwise, is counted as unread.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from digital_diplomacy.printed import Convention
from digital_diplomacy.sources.countries import whole_names
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.pages import lines_of_text, page_of
from digital_diplomacy.sources.fetching.tabling import frame
from digital_diplomacy.sources.intake.cells import UnfitError, bare, figure
from digital_diplomacy.sources.intake.kinds import kind_of
from digital_diplomacy.sources.remarks import Remark

SERIES: Final = "headlines"
_TABLE: Final = "datareportal"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_COUNT: Final = r"(?P<count>\d[\d,.]*(?: (?:thousand|million|billion))?)"
_SHARE: Final = r"(?P<share>\d[\d.]*)(?: percent|%) of the total population"
_WHEN: Final = rf"(?:in (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})|at the start of (?P<start>\d{{4}}))"
_WHAT: Final = r"(?P<what>internet users|(?:active )?social media (?:users|user identities))"
_WHERE: Final = r"(?P<where>(?:the )?[A-Z][^.,;:!?\d]{1,60}?)"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"[Tt]here were {_COUNT} {_WHAT} in {_WHERE} {_WHEN}",
        rf"{_WHERE} was home to {_COUNT} {_WHAT} {_WHEN}(?:, equating to {_SHARE})?",
        rf"{_WHERE}['\N{{RIGHT SINGLE QUOTATION MARK}}]s internet penetration rate stood at {_SHARE} {_WHEN}",
    )
)
_ABOUT: Final = re.compile(r"(?=.*\d)(?=.*\b(internet users|social media users|internet penetration)\b)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_TITLE: Final = re.compile(r"Digital (\d{4})\b")
_HABIT: Final = Convention(decimal=".", grouping=",")


def read(bodies: Sequence[Received], query: Query, limits: Limits) -> Published:  # noqa: ARG001 - as all readers
    """The headline figures of a page.

    Raises
    ------
    FetchError
        Naming file and sentence.
    """
    body = bodies[0]
    page = page_of(body)
    title = page.title.get_text().strip() if page.title else body.name
    told = [one for line in lines_of_text(page) for one in _SENTENCE.split(line)]
    found, unread = [], 0
    for sentence in told:
        rows = list(_read(sentence, body))
        found += rows
        unread += not rows and bool(_ABOUT.match(sentence))
    edition = _TITLE.search(title)
    remarks = (Remark("fetch_unread", {"file": body.name, "count": str(unread)}),) if unread else ()
    rows = list({(one["entity"], one["period"], one["measure"], one["value"]): one for one in found}.values())
    return Published(SERIES, title, edition[1] if edition else "", frame(rows, body), "", remarks)


def _read(sentence: str, body: Received) -> Iterator[dict[str, Any]]:
    """The figures of a sentence; a page says some of them twice."""
    for form in _FORMS:
        for match in form.finditer(sentence):
            parts = match.groupdict()
            entity = _country(parts["where"])
            if not entity:  # the world, or a region
                continue
            period = f"{parts['start']}-01" if parts["start"] else f"{parts['year']}-{_month(parts['month'])}"
            topic = "social_media_users" if "social" in (parts.get("what") or "internet") else "internet_users"
            if parts.get("count"):
                yield _row(topic, entity, period, parts["count"], sentence, body)
            if parts.get("share"):
                yield _row(f"{topic}_pct", entity, period, f"{parts['share']}%", sentence, body)


def _month(name: str) -> str:
    return f"{_MONTHS.index(name) + 1:02}"


def _country(text: str) -> str:
    """The country that the last words of a text name; a heading may run into the sentence behind it."""
    words = text.removeprefix("the ").split()
    for at in range(len(words)):
        name = " ".join(words[at:])
        if code := whole_names([name]).get(name, ""):
            return code
    return ""


def _row(measure: str, entity: str, period: str, text: str, sentence: str, body: Received) -> dict[str, Any]:
    kind = kind_of(_TABLE).measure(measure)
    try:
        found = figure(bare(text), kind, _HABIT, scale="", is_share=False)
    except UnfitError as error:
        raise FetchError("number", file=body.name, place=sentence[:160], text=text) from error
    return {
        "entity": entity, "period": period, "measure": measure, "platform": "", "as_printed": text,
        "value": found.value, "low": found.low, "high": found.high, "unit": kind.unit, "base": kind.base,
        "bound": found.bound, "place": sentence[:200],
    }  # fmt: skip
