"""Drafts of shares that are all of a whole: of a sentence, of sentences beside one another, of the items of a list.

Shares that make a hundred as they are printed are drafted so that a misprint would show. Others are, only where words
say that nothing is left out: the last of them is called the rest or other, ages begin with the youngest and end with
the oldest, or the sentence tells where people live.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.elsewhere import noun_shared
from digital_diplomacy.drafting.sums import shares_told
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.kinds_of_two import both_kinds
from digital_diplomacy.extraction.tokens import Figure, Marked

_ALL: Final = 100
_LEAST: Final = 3
_PAIR: Final = 2
_MOST: Final = 8
"""Shares that are told as the parts of one whole; among more some sum to it by chance."""
_BACK: Final = 3
"""Sentences of a paragraph looked back at for the other shares."""
_FAR: Final = 15
"""Percent by which shares that leave nothing out may miss their whole; where they do by more, they are of others."""
_TINY: Final = 1e-6
_CHANGES: Final = ("several", "from_to", "against", "up")
_STEM: Final = 4
_YOUNGEST: Final = re.compile(
    r"\b(?:under|below|younger than|up to|less than) \d|(?<!\w)(?:до|младше|моложе|менее) \d|"
    r"\d\S*(?: жас)?\S* (?:дейін|кіші|толмаған)",
    re.IGNORECASE,
)
_OLDEST: Final = re.compile(
    r"\b(?:over|above|older than|more than) \d|\d (?:years )?(?:and|or) (?:over|older|above|more)\b|"
    r"(?<!\w)(?:старше|свыше|более) \d|(?:и|или) (?:старше|больше|более)(?!\w)|"
    r"\d\S*(?: жас)?\S* (?:жоғары|асқан|үлкен)",
    re.IGNORECASE,
)
_LIVE: Final = re.compile(
    r"\b(?:live|lives|living|reside)\b|(?<!\w)(?:жив[уё]т|прожива\w+)(?!\w)|(?<!\w)тұрады", re.IGNORECASE
)
_FORMER: Final = re.compile(
    r"(?:\bshare of the former|(?<!\w)доля первых|(?<!\w)(?:алғашқы|біріншілер)\w*[дтн][ыі]ң үлесі)"
    r"[^\ue000-\uf8ff;]{0,30}(?P<a>[\ue000-\uf0ff])[^\ue000-\uf8ff;]{0,30}(?:of the latter|(?<!\w)(?:доля )?вторых|"
    r"(?<!\w)(?:соңғы|екіншілер)\w*(?:[дтн][ыі]ң үлесі|[дтн]ікі))[^\ue000-\uf8ff;]{0,30}(?P<b>[\ue000-\uf0ff])",
    re.IGNORECASE,
)
"""Shares of the two kinds that the words before divide a whole into."""
OF_EACH: Final = re.compile(
    r"\b(?:among|of (?:the )?(?:men|women|boys|girls|young|old))\b|(?<!\w)(?:среди|у (?:муж|жен|город|сел))|"
    r"(?<!\w)(?:арасында|ішінде)",
    re.IGNORECASE,
)


def all_of_it(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Shares of one to four sentences of a paragraph, or of the items of a list."""
    paragraphs: dict[int, list[Marked]] = defaultdict(list)
    for said in sentences:
        if not said.figures[0].table and not said.figures[0].in_references:
            paragraphs[said.paragraph].append(said)
    for paragraph in paragraphs.values():
        for place, said in enumerate(paragraph):
            if shares_told(said):
                yield from _ended_by(said, paragraph[max(0, place - _BACK) : place])
    yield from _items([one for paragraph in paragraphs.values() for one in paragraph])


def _ended_by(said: Marked, before: Sequence[Marked]) -> Iterator[Draft]:
    """The shares of a sentence and of as many before it as make a hundred, or may where it tells the rest."""
    closed, runs = _closing(said), list(_runs(said, before))
    told = [[share for one in run for share in shares_told(one)] for run in runs]
    fitting = [shares for run, shares in zip(runs, told, strict=True) if _is_whole(run, shares, closed)]
    for shares in fitting:
        if _makes_all(shares):
            yield _draft(shares, is_closed=bool(closed))
            return
    if closed and not _is_of_others(said, runs):
        near = [shares for shares in fitting if abs(_summed(shares) - _ALL) <= _FAR]
        exact = [shares for shares in near if all(one.bound == "exact" for one in shares)]
        if exact:
            yield _draft(min(exact, key=lambda shares: abs(_summed(shares) - _ALL)), is_closed=True)


def _runs(said: Marked, before: Sequence[Marked]) -> Iterator[list[Marked]]:
    """A sentence alone, with the one before it, and so on, as long as they tell shares and no change."""
    run: list[Marked] = []
    for each in [said, *reversed(before)]:
        is_next = not run or run[0].number - each.number == 1
        if not is_next or not shares_told(each) or _tells_change(each):
            return
        run = [each, *run]
        yield run


def _tells_change(said: Marked) -> bool:
    """Whether a sentence tells how shares changed, or of several answers; what falls into groups is divided."""
    falls = (match for _, _, match in said.find("down") if not said.plain.startswith(" into", match.end()))
    return any(said.has(rule) for rule in _CHANGES) or any(True for _ in falls)


def _closing(said: Marked) -> str:
    """The words that say that the last share of a sentence is of all others; "" for none."""
    shares = shares_told(said)
    last = shares[-1]
    rest = [words for words, named, _ in said.find("rest") if named["p"] is last]
    if rest and (len(shares) > 1 or not said.has("overlap")):
        return rest[0]
    if len(shares) < _LEAST:
        return _live(said, shares)
    start = said.place(shares[-2]) + 1
    closing = [words for words, _, match in said.find("closing") if match.start() >= start]
    if closing and not said.has("including"):
        return closing[0]
    is_by_age = _YOUNGEST.search(said.text) and _OLDEST.search(said.text, shares[-2].end)
    return "…" if is_by_age and not said.has("including") and not OF_EACH.search(said.plain) else ""


def _live(said: Marked, shares: Sequence[Figure]) -> str:
    found, former = _LIVE.search(said.plain), _FORMER.search(said.plain)
    if former and [said.at(former["a"]), said.at(former["b"])] == list(shares):
        return said.words(former)
    return found.group() if found and len(shares) > 1 and _are_both(said, shares) else ""


def _are_both(said: Marked, shares: Sequence[Figure]) -> bool:
    """Whether two shares are of kinds that leave no third, and not each of its own kind."""
    met = any([_share_of(said, named[name]) for name in "ab"] == list(shares) for _, named, _ in both_kinds(said))
    return met and not said.has("overlap") and not OF_EACH.search(said.plain)


def _share_of(said: Marked, one: Figure) -> Figure | None:
    """A share, or the one in brackets behind a count."""
    if one.unit == "percent":
        return one
    behind = next((each for each in said.figures if each.start > one.start), None)
    is_bracketed = behind is not None and said.plain[: said.place(behind)].endswith("(")
    return behind if is_bracketed else None


def _is_whole(run: Sequence[Marked], shares: Sequence[Figure], closed: str) -> bool:
    """Whether the shares of sentences may be the parts of one whole."""
    if not 2 <= len(shares) <= _MOST or any(one.bound not in ("exact", "about") for one in shares):
        return False
    if any(";" in one.plain for one in run) and not closed:
        return len(run) == 1 and _are_two(run[0], shares)
    if len({one.date for said in run for one in said.figures if one.is_date}) > 1:
        return False
    if len(run) > 1:
        is_plain = not any(one.has("overlap") and not one.has("single") for one in run)
        return bool(closed) or (len(shares) >= _LEAST and is_plain and run[0].has("whole") != "")
    return len(shares) >= _LEAST or bool(closed) or _are_both(run[0], shares) or _are_two(run[0], shares)


def _are_fine(shares: Sequence[Figure]) -> bool:
    """Whether shares are told so finely that two of others hardly make a hundred."""
    return len(shares) == _PAIR and all((one.value or 0) % 1 for one in shares)


def _are_two(said: Marked, shares: Sequence[Figure]) -> bool:
    """Whether two shares make a hundred and their sentence says nothing against it."""
    is_plain = not any(said.has(rule) for rule in ("overlap", "several", "including"))
    return is_plain and _are_fine(shares) and _makes_all(shares) and not OF_EACH.search(said.plain)


def _is_of_others(said: Marked, runs: Sequence[Sequence[Marked]]) -> bool:
    """Whether the rest is of a noun that no sentence before has: "the remaining 20 % of ballots"."""
    rest = shares_told(said)[-1]
    noun = noun_shared(said, rest)
    told = " ".join(one.plain for one in max(runs, key=len, default=[])[:-1]) + said.plain[: said.place(rest)]
    return noun != "" and noun[:_STEM] not in told.casefold()


def _summed(shares: Sequence[Figure]) -> float:
    return sum(one.value or 0 for one in shares)


def _makes_all(shares: Sequence[Figure]) -> bool:
    return abs(_summed(shares) - _ALL) < _TINY


def _draft(shares: Sequence[Figure], *, is_closed: bool) -> Draft:
    words = " + ".join(one.printed for one in shares)
    if is_closed:
        return Draft("sum_to_100", tuple(shares), (), "hundred_rest", words, "place", exhaustive=True)
    return draft("sum_at_most_100", shares, [], "in_full", words, sure="place")


def _items(body: Sequence[Marked]) -> Iterator[Draft]:
    """Items of a list with one share each."""
    run: list[Marked] = []
    for said in [*body, None]:
        is_item = said is not None and len(shares_told(said)) == 1 and not _tells_change(said)
        if said is not None and is_item and (not run or said.paragraph == run[-1].paragraph + 1):
            run.append(said)
            continue
        shares = [shares_told(one)[0] for one in run]
        closed = run[-1].has("closing") if run else ""
        is_run = _LEAST <= len(run) <= 2 * _MOST and all(one.bound == "exact" for one in shares)
        if is_run and (_makes_all(shares) or (closed and abs(_summed(shares) - _ALL) <= _FAR)):
            yield _draft(shares, is_closed=bool(closed))
        run = [said] if said is not None and is_item else []
