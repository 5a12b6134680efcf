"""Drafts of counts whose share stands in brackets behind them, against what was counted before: "784 (70 %) use …"."""

import re
from collections.abc import Iterator
from typing import Final

from digital_diplomacy.drafting.elsewhere import is_elsewhere
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_SHARE: Final = re.compile(
    r"[^\ue000-\uf8ff;,()]{0,45}?\(\s*(?:or |или |i\.e\. )?(?P<p>[\ue000-\uf0ff])\s*"
    r"(?:%|per ?cent|проц\w*|пайыз\w*)[^()\ue000-\uf8ff+−-]{0,12}\)"
)
_STEM: Final = 5
_NOUN: Final = re.compile(r"[-\w’']*?\s+(?:[^\W\d_]+\s+){0,1}?(?P<noun>[^\W\d_][\w’'-]{3,})")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_CHANGED: Final = ("from_to", "against", "changed_by")
_GROWN: Final = re.compile(
    r"\b(?:up|down|grew|rose|fell|increas\w+|declin\w+|decreas\w+|growth)\b|(?<!\w)(?:вырос|увелич|сократ|сниз|рост|прирост|упал)\w*|"
    r"(?<!\w)(?:өс(?:ті|кен|ім)|артты|артқан|көбей|азай|кемі|төменде|қысқар)\w*",
    re.IGNORECASE,
)
"""Words by which a share in brackets may be how much a count has changed."""
_TIMES: Final = ("months", "days", "weeks", "hours", "minutes", "seconds")
_LEAST: Final = 10
"""Smaller wholes are seldom what shares are taken of."""


def bracketed(before: Marked, said: Marked) -> Iterator[Draft]:
    """A count with its share in brackets, and the one count before it that it can be a share of.

    Looked for in the sentence, then in the one before it of the same paragraph. Where several counts of the unit are
    told, it is the one whose noun stands before the part («64 елшілік … Елшіліктердің 48-і (75 пайызы)»).
    """
    if any(said.has(rule) for rule in _CHANGED) or said.figures[0].table or _GROWN.search(said.plain):
        return
    told = [(one, share) for one in said.figures if (share := _share(said, one)) is not None]
    if not told:
        return
    first = told[0][0]
    whole = _whole([one for one in said.figures if one.start < first.start], said, first, said)
    if whole is not None and _is_of_another_clause(said, whole, *told[0]):
        return
    is_next = before.paragraph == said.paragraph and before.number == said.number - 1 and not _tells_shares(before)
    if whole is None and is_next and not any(before.has(rule) for rule in _CHANGED):
        whole = _whole(before.figures, before, first, said)
    if whole is None or _is_told_of_another(said, first, whole, before):
        return
    for part, share in told:
        if are_of_one_unit(part, whole) and (part.value or 0) <= (whole.value or 0):
            if not _is_share_of(part, share, whole) and _is_doubtful(said, before, part, share, whole, first):
                continue
            words = f"{whole.printed} … {part.printed} … {share.printed}"
            yield draft("nesting", [part], [whole], "n_of_m", words, sure="place")
            yield draft("share_of_base", [part, whole], [share], "n_of_m_share", words, sure="place")


def _is_doubtful(said: Marked, before: Marked, part: Figure, share: Figure, whole: Figure, first: Figure) -> bool:
    """Whether a share that is not of the whole may be of another: by its noun, its words, or as it is exactly that."""
    counts = [(each, one) for each in (before, said) for one in each.figures if one.is_whole and not one.table]
    near = [one for each, one in counts if _share(each, one) is None]  # what has its own share is a part too
    others = [one for one in near if (one.value or 0) > (part.value or 0) and one.start != part.start]
    is_of_another = any(abs(100 * (part.value or 0) / (one.value or 1) - (share.value or 0)) < _EXACT for one in others)
    is_of_another = is_of_another and part is not first  # the words before the first name its whole
    return is_of_another or _counts_others(part, whole) or _is_of_its_own(said, first, part, share)


def _is_of_its_own(said: Marked, first: Figure, part: Figure, share: Figure) -> bool:
    """Whether a bracket names what its share is of or who they are, or a part is one "of them", who are a part too."""
    names = re.match(
        r"\s*(?:%|per ?cent\w*|проц\w*|пайыз\w*)\s*(?P<what>[^()\ue000-\uf8ff]*)\)", said.plain[said.place(share) + 1 :]
    )
    if names is not None and re.search(r"[^\W\d_]", names["what"]) and not said.has("all_of_them"):
        return True
    return any(
        said.place(first) < match.start() <= said.place(part)
        for rule in ("of_them", "including")
        for _, _, match in said.find(rule)
    )


def _is_of_another_clause(said: Marked, whole: Figure, part: Figure, share: Figure) -> bool:
    """Whether a clause divides again whom the one before divided: "893 in towns, 731 in villages; 861 (53 %) women"."""
    between = said.plain[said.place(whole) + 1 : said.place(part)]
    is_apart = ";" in between and re.search("[\ue000-\uf0ff]", between) is not None
    return is_apart and not _is_share_of(part, share, whole)


def _is_told_of_another(said: Marked, part: Figure, whole: Figure, before: Marked) -> bool:
    """Whether a part is of another year or place than the whole, or another noun owns it: «мектептердің 120-сы»."""
    if part.period and whole.period and part.period != whole.period:
        return True
    clause = re.split(r"[\ue000-\uf8ff;:]", said.plain[: said.place(part)])[-1]
    if part.counted and is_elsewhere(clause, said.language) and whole.sentence != part.sentence:
        return True
    owner = _OWNER.search(clause) if said.language == "kk" else None
    among = _AMONG[said.language].match(said.plain)
    if among is not None and among.end() <= said.place(part) and whole.sentence != part.sentence:
        stems = {word[:_STEM].casefold() for word in _WORD.findall(before.plain)}
        return among["noun"][:_STEM].casefold() not in stems and _IN_GENERAL.match(among["noun"]) is None
    if owner is None or _PARTICIPLE.search(owner["noun"]) or not whole.counted:
        return False
    stems = {word[:_STEM].casefold() for each in (before, said) for word in _WORD.findall(each.plain) if each is before
             or word not in clause}  # fmt: skip
    return owner["noun"][:_STEM].casefold() not in stems


_AMONG: Final = {
    "en": re.compile(
        r"(?:Among|Of) (?:the )?(?:[a-z]+ ){0,1}?(?P<noun>(?!these|those|them|whom|which|all)[a-z]{4,}),?\s"
    ),
    "ru": re.compile(r"(?:Среди|Из) (?:\w+ых )?(?P<noun>(?!них|этих|всех|опрош|ответ|прош|общего|числа)\w{4,})\s"),
    "kk": re.compile(r"(?P<noun>\w{3,}[лдт][ае]р)(?:д[ае]|т[ае])\s"),
}
"""How a sentence opens that divides others than those told before: "Among teachers", «Мектептерде»."""


def _counts_others(part: Figure, whole: Figure) -> bool:
    """Whether a part counts another noun than its whole, which is no kind of people in general: nurses of doctors."""
    if not part.counted or not whole.counted or part.counted == whole.counted:
        return False
    return _IN_GENERAL.match(part.counted) is None and _IN_GENERAL.match(whole.counted) is None


def _is_share_of(part: Figure, share: Figure, whole: Figure) -> bool:
    low, high = (share.value or 0) - _ROUNDING, (share.value or 0) + _ROUNDING
    return low <= 100 * (part.value or 0) / (whole.value or 1) <= high


_ROUNDING: Final = 1.0
_EXACT: Final = 0.05
_IN_GENERAL: Final = re.compile(
    r"(?:wom[ae]n|m[ae]n|girl|boy|female|male|people|person|child|respondent|participant|resident|citizen|"
    r"женщин|мужчин|девушк|девочк|юнош|мальчик|человек|лицо|ребенок|ребёнок|дет|респондент|участник|житель|гражданин|"
    r"әйел|ер|қыз|ұл|адам|бала|жас|респондент|қатысушы|тұрғын|азамат)",
    re.IGNORECASE,
)
"""Nouns for people that may be part of, or hold, any other."""
_OWNER: Final = re.compile(r"(?P<noun>\w{3,}[лдт][ае]р)[дтн][ыі]ң\s+$")
_PARTICIPLE: Final = re.compile(r"(?:ған|ген|қан|кен|тын|тін|ушы|уші)[лдт][ае]р$", re.IGNORECASE)


def _tells_shares(said: Marked) -> bool:
    """Whether a sentence tells shares itself; those behind it may be of the whole they are of."""
    return any(one.unit == "percent" for one in said.figures)


def _share(said: Marked, one: Figure) -> Figure | None:
    if not one.is_whole or one.bound != "exact" or one.table or one.unit in _TIMES:
        return None
    match = _SHARE.match(said.plain, said.place(one) + 1)
    share = said.at(match["p"]) if match else None
    return share if share is not None and share.unit == "percent" and share.value is not None else None


def _whole(figures: "tuple[Figure, ...] | list[Figure]", told_in: Marked, part: Figure, said: Marked) -> Figure | None:
    """The one count a part may be taken of."""
    counts = [
        one
        for one in figures
        if one.is_whole and not one.table
        and one.unit not in _TIMES and are_of_one_unit(part, one)
        and not any(other.unit == "percent" and one.start < other.start < part.start for other in figures)
        and (one.value or 0) >= max(part.value or 0, _LEAST) and _share(told_in, one) is None
    ]  # fmt: skip
    if len(counts) == 1:
        return counts[0] if counts[0].bound == "exact" else None
    opened = {word[:_STEM].casefold() for word in _WORD.findall(said.plain[: said.place(part)])}
    named = [one for one in counts if (noun := _noun(told_in, one)) and noun in opened and told_in is not said]
    return named[0] if len(named) == 1 else None


def _noun(said: Marked, one: Figure) -> str:
    match = _NOUN.match(said.plain, said.place(one) + 1)
    return match["noun"][:_STEM].casefold() if match else ""
