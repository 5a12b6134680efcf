"""Shares whose part and whole a sentence plainly names, or the one before it, whether they hold or not."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import Question, is_told_as_change
from digital_diplomacy.drafting.bases import noun_of, told_pairs
from digital_diplomacy.drafting.changes import turns
from digital_diplomacy.drafting.elsewhere import noun_shared
from digital_diplomacy.drafting.known import ahead, beside
from digital_diplomacy.drafting.known import named as stems_of
from digital_diplomacy.drafting.operands import are_alike, is_operand, may_be_of
from digital_diplomacy.drafting.sought import Sought, Trial
from digital_diplomacy.drafting.unjudged import are_of_one_unit, is_of_people
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_PAIR: Final = 2
_BACK: Final = 4
"""Sentences of a paragraph looked back at for a whole."""
_STEM: Final = 4
_ALL: Final = 100
_LINK: Final = re.compile(
    r"(?:(?:[,–—:]|[^\W\d_]{3,})\s(?:(?:that|which) (?:is|was|makes?|made)|i\.e\.|or|то есть|т\. ?е\.|или|"
    r"что составля\w+|что составил\w*|это|яғни|немесе|демек|бұл)(?!\w),?|,\sto)(?P<of>[^\ue000-\uf8ff,;()]{0,40})$",
    re.IGNORECASE,
)
"""What opens the share of a count, "that is"; behind it, what it may be of."""
_MARK: Final = re.compile(r"(?:\s[^\W\d_-]{3,}){0,2}(?:,|\s[–—])\s", re.IGNORECASE)
_ENDED: Final = re.compile(r"\s*(?:%|per ?cent|процент\w*|пайыз)?\s*(?:[.;]|$)", re.IGNORECASE)
"""A comma or a dash alone does it too, where the share ends its clause: "144 persons, 36 per cent"."""
_BEHIND: Final = re.compile(
    r"\s?(?:%|per ?cent|процент\w*|пайыз\w*)?-?\w{0,2},\s(?:or|that is|i\.e\.|то есть|т\. ?е\.|или|яғни|немесе),?\s"
    r"(?P<n>[\ue000-\uf0ff])\s[^\W\d_]",
    re.IGNORECASE,
)
"""A count told behind its share: "63 per cent, or 378 students"."""
_OF: Final = re.compile(
    r"\s*(?:%|per ?cent\w*|процент\w*|пайыз\w*)?\s*(?:of|от|из)\s(?P<of>[^\ue000-\uf8ff,;.()]{2,40})", re.IGNORECASE
)
"""What a share is said to be of, behind it."""
_AMONG: Final = re.compile(
    r"(?:\bamong|(?<!\w)среди|(?<!\w)у)\s(?P<of>[^\W\d_]{3,}(?: [^\W\d_]{3,})?)|"
    r"(?:\b(?:in|at) (?:the |an)?|(?<!\w)[вн]а? )(?P<other>(?:other|друг\w+|соседн\w+) [^\W\d_]+)|"
    r"(?P<place>(?:басқа|өзге|көрші) [^\W\d_]+[дт][ае]\s)|(?P<kk>[^\W\d_]{3,})\s(?:арасында|ішінде)(?!\w)|"
    r"(?P<each>[^\W\d_]{2,}[дтн][ыі]ң)\s$",
    re.IGNORECASE,
)
"""What a clause names before a count as what it is part of."""
_GENITIVE: Final = re.compile(r"[^\W\d_]+[дтн][ыі]ң(?!\w)", re.IGNORECASE)
_THEM: Final = re.compile(
    r"\b(?:it|them|these|those|all|total|sample|whole|respondents|participants|asked)\b|"
    r"(?<!\w)(?:них|всех|всего|общ\w+|числа|выборки|опрошенных|респондентов|участников)(?!\w)|"
    r"(?<!\w)(?:олардың|оның|соның|барлық|бүкіл|жалпы|сұралған\w*|респондент\w*|қатысушы\w*)(?!\w)",
    re.IGNORECASE,
)
"""Words for what was counted before."""


def share_named(question: Question, sought: Sought) -> Trial | None:
    """The share that stands behind a count and "that is", of the whole that its sentence names."""
    part, of = _part_of(sought.said, question.told)
    whole = None if part is None else _whole_here(sought, part)
    if part is None or whole is None or not _is_of(of, whole, sought):
        return None
    return Trial(0, 0, "share_of_base", (part, whole), question.told)


def share_told(question: Question, sought: Sought) -> Trial | None:
    """The same of a whole told before, or of the sample that words name."""
    part, of = _part_of(sought.said, question.told)
    if part is None or not question.is_near:
        return None  # what is told as a change is no share
    whole = _sample(sought, part) if _SAMPLE.search(sought.said.plain) else _whole_before(sought, part)
    if whole is None or not _is_of(of, whole, sought):
        return None
    return Trial(_PAIR, 0, "share_of_base", (part, whole), question.told)


def share_of_this(question: Question, sought: Sought) -> Trial | None:
    """The share alone told of the only two counts of the sentence before: "7,250 came, 6,090 … This is 84 %".

    Or what is called the share of them by the words of the part: "The share of those who came is 84 %".
    """
    before, said = sought.before, sought.said
    if before is None or not sought.is_alone:
        return None
    told = [one for one in before.figures if not one.is_date and one.unit not in DURATIONS]
    if len(told) != _PAIR or not all(counts(one) for one in told):
        return None
    part, whole = sorted(told, key=lambda one: one.value or 0)
    of_whole = stems_of(f"{re.split(_SPLIT, before.plain[: before.place(whole)])[-1]} {noun_of(whole)}")
    called = (ahead(before, part) - of_whole) & beside(said, question.told)
    if not _THIS.match(said.plain) and not (called and _SHARE_OF.match(said.plain)):
        return None
    return Trial(_PAIR, 0, "share_of_base", (part, whole), question.told) if _may_hold(part, whole) else None


def share_beside(question: Question, sought: Sought) -> Trial | None:
    """The share told of a count, of the one whole that two others of its sentence are told of at least."""
    whole = whole_of_others(sought)
    part = next((pair.part for pair in told_pairs(sought.said) if pair.share is question.told), None)
    if whole is None or part is None:
        return None
    own = [one.figure for one in sought.near if one.figure.paragraph == part.paragraph and one.figure is not part]
    if any(one.value and reckoned.fits("share_of_base", (part, one), question.told) for one in own):
        return None
    return Trial(_PAIR, 0, "share_of_base", (part, whole), question.told)


def whole_of_others(sought: Sought) -> Figure | None:
    """The whole of the other shares of its sentence, if there are two or more and none is of another."""
    pairs = told_pairs(sought.said)
    own = [pair.part.claim_id for pair in pairs if pair.share is sought.told]
    others = {pair.part.claim_id for pair in pairs} - {*own}
    known = {part.claim_id: whole for part, whole in sought.known.shares if part.claim_id in others}
    wholes = {whole.claim_id: whole for whole in known.values()}
    return next(iter(wholes.values())) if own and len(known) == len(others) >= _PAIR and len(wholes) == 1 else None


_THIS: Final = re.compile(
    r"\s*(?:(?:this|that|it) (?:is|was|makes?|made)|это|что составля\w+|бұл|яғни)\s(?:[^\W\d_]+\s){0,2}"
    r"[\ue000-\uf0ff]",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(r"[\ue000-\uf0ff;:,)]")
_SHARE_OF: Final = re.compile(
    r"\s*(?:(?:the|their) (?:share|proportion|percentage)|(?:их |такая )?доля|"
    r"[^\ue000-\uf8ff;:]{0,60}?үлес(?:і|тері))(?!\w)",
    re.IGNORECASE,
)


def share_in_order(question: Question, sought: Sought) -> Trial | None:
    """One of the shares that follow the counts of the sentence before: "respectively 45, 35 and 20 per cent"."""
    said, before, told = sought.said, sought.before, question.told
    shares = [one for one in said.figures if not one.is_date]
    if before is None or len(shares) < _PAIR or any(one.unit != "percent" for one in shares):
        return None
    parts = [one for one in before.figures if counts(one)]
    if len(parts) != len(shares) or not _IN_ORDER.search(said.plain):
        return None
    part = parts[shares.index(told)]
    known = [whole for told_parts, whole in sought.known.divided if {*parts} <= {*told_parts}]
    most = max(one.value or 0 for one in parts)
    for each in sought.paragraph_before(_BACK)[1:]:
        known = known or [one for one in each.figures if counts(one) and (one.value or 0) > most]
    whole = _only(known)
    return None if whole is None else Trial(_PAIR, 0, "share_of_base", (part, whole), told)


_IN_ORDER: Final = re.compile(
    r"\b(?:respectively|in (?:shares|per ?cent|percentages?))\b|(?<!\w)(?:соответственно|в (?:долях|процентах))(?!\w)|"
    r"(?<!\w)(?:тиісінше|сәйкесінше|пайызбен|үлестері)(?!\w)",
    re.IGNORECASE,
)
"""Words by which numbers follow the order of others."""


def _part_of(said: Marked, share: Figure) -> tuple[Figure | None, str]:
    """The count right before a share that opens with "that is" or a bracket, and what words say the share is of."""
    place = said.place(share)
    if (share.value or 0) >= _ALL or said.figures[0].table:
        return None, ""
    told_behind = _BEHIND.match(said.plain, place + 1)
    before = [
        one for one in said.figures if one.start < share.start and not one.is_date and one.unit not in DURATIONS
    ]  # "416 passed in the last two years, that is, 65 %"
    before = [said.at(told_behind["n"])] if told_behind else before
    if not before or not counts(before[-1]):
        return None, ""
    part = next((named["n"] for _, named, _ in said.find("n_of_m") if named["m"] is before[-1]), before[-1])
    if not counts(part) or is_told_as_change(said, part):
        return None, ""
    between = said.plain[said.place(before[-1]) + 1 : place]
    link = _LINK.search(between)
    is_marked = _MARK.fullmatch(between) is not None and _ENDED.match(said.plain, place + 1) is not None
    is_linked = link is not None and ";" not in between and not turns(between[: link.start()])
    if not (told_behind or is_linked or is_marked):
        return None, ""
    behind = _OF.match(said.plain, place + 1)
    among = _AMONG.search(re.split(r"[\ue000-\uf8ff;:]", said.plain[: min(place, said.place(part))])[-1])
    of = [*_GENITIVE.findall(link["of"] if link else ""), behind["of"] if behind else noun_shared(said, share)]
    return part, " ".join([*of, among[among.lastgroup or 0] if among else ""]).strip()


def _is_of(of: str, whole: Figure, sought: Sought) -> bool:
    """Whether what a share is said to be of, if words say it, may be a whole: "them", "all", or a word told of it."""
    if not of or _THEM.search(of):
        return True
    return all(sought.is_named_with(word[:_STEM].casefold(), whole) for word in re.findall(r"[^\W\d_]{4,}", of))


def _whole_here(sought: Sought, part: Figure) -> Figure | None:
    """The whole that a sentence names: "N of M", or the only other count of its kind, told before the part.

    The second only where the share is that of no count told before either.
    """
    said = sought.said
    for _, named, _ in said.find("n_of_m"):
        if named["n"] is part and counts(named["m"]):
            return named["m"]
    shares = {pair.part for pair in told_pairs(said) if pair.part is not part}
    others = [one for one in said.figures if one is not part and counts(one) and one not in shares]
    if len(others) != 1 or others[0].start > part.start or said.has("from_to") or said.has("against"):
        return None
    before = [*sought.known.bases.values(), *(one for each in sought.paragraph_before(_BACK) for one in each.figures)]
    fits = any(counts(one) and reckoned.fits("share_of_base", (part, one), sought.told) for one in before if one.value)
    return others[0] if _may_hold(part, others[0]) and not fits else None


def _whole_before(sought: Sought, part: Figure) -> Figure | None:
    """The only count of the sentences before that a part may be of, the nearest first; else what others are of."""
    said = sought.said
    if any(counts(one) and one is not part and one.start < part.start for one in said.figures):
        return None
    told = [one for each in sought.paragraph_before(_BACK) for one in each.figures]
    them = [one for one in told if ("nesting", frozenset({part.claim_id, one.claim_id})) in sought.known.together]
    if _only(them):
        return them[0]
    for each in sought.paragraph_before(_BACK):
        of_others = [(named["n"], named["m"]) for _, named, _ in each.find("n_of_m")]
        parts = {pair.part for pair in told_pairs(each)} - {whole for _, whole in of_others}
        parts |= {one for one, _ in of_others}
        may = [one for one in each.figures if counts(one) and one not in parts and _may_hold(part, one)]
        bases = [one for one in may if one.claim_id in sought.known.bases]
        if may:
            return _only(bases) or _only(may) or _last_of(may, sought)
    return None


def _last_of(ends: Sequence[Figure], sought: Sought) -> Figure | None:
    """What something had grown to, where its growth is all that was told before."""
    ids = {one.claim_id for one in ends}
    is_change = any(kind.endswith("_rate") and ids < told for kind, told in sought.known.together)
    last = max(ends, key=lambda one: one.period)
    return last if is_change and last.period and sought.said.has("of_all") else None


def _only(told: Sequence[Figure]) -> Figure | None:
    return told[0] if len({one.value for one in told}) == 1 else None


def _sample(sought: Sought, part: Figure) -> Figure | None:
    """Those who were asked: the only number of people told before where words say that they were."""
    asked = [
        one
        for said in sought.body[: sought.place]
        if _ASKED.search(said.plain)
        for one in said.figures
        if counts(one) and is_of_people(one) and (one.value or 0) > (part.value or 0)
    ]
    bases = [one for one in asked if one.claim_id in sought.known.bases]
    return _only(bases) or _only(asked)


_SAMPLE: Final = re.compile(
    r"\b(?:of those (?:asked|surveyed|polled|interviewed)|of the (?:sample|respondents|participants))\b|"
    r"(?<!\w)(?:(?:из |от )?(?:выборки|опрошенных|всех респондентов|участников опроса))(?!\w)|"
    r"(?<!\w)(?:сұралған\w*|респонденттердің|сауалнамаға қатысқан\w*)(?!\w)",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"\b(?:interview\w*|survey\w*|poll\w*|asked|questioned|respondents|spoke with)\b|"
    r"(?<!\w)(?:опрош\w+|опрос\w*|анкет\w+|респондент\w*)(?!\w)|(?<!\w)(?:сауалнама\w*|сұра[лс]\w+|респондент\w*)(?!\w)",
    re.IGNORECASE,
)


def counts(one: Figure) -> bool:
    """Whether a figure counts things or people."""
    return is_operand(one) and one.is_whole and one.bound == "exact" and one.unit not in (*DURATIONS, "places")


def _may_hold(part: Figure, one: Figure) -> bool:
    """Whether a count may be of what a part is of."""
    if (one.value or 0) <= (part.value or 0) or (part.period and one.period and part.period != one.period):
        return False
    if {part.unit, one.unit} & {*MONEY}:
        return part.unit == one.unit
    is_one = are_of_one_unit(part, one) or are_alike(part, one) or may_be_of(part, one)
    return is_one and (not part.counted or part.counted == one.counted or is_of_people(part) or not one.counted)
