"""Drafts of a count that its sentence divides: by names with numbers in brackets, behind a colon, or as its kinds."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked, patterns

_NUMBER: Final = "[\ue000-\uf0ff]"
_LEAST: Final = 2
_MOST: Final = 12
"""Parts that a sentence divides a count into."""
_OVERLAP: Final = 1.3
"""Times their whole that parts may come to in a misprint; those that come to more are not parts beside one another."""
_OPEN: Final = 60
"""Characters between a count and the colon or the first name of its parts."""


def divided(said: Marked) -> Iterator[Draft]:
    """ "Asked were 60 people in Chad (10), Mali (20) and Peru (30)"; "54 accounts: 31 in Chad and 23 in Mali"."""
    if said.has("overlap") or said.has("including") or said.has("from_to") or said.has("single"):
        return
    counts = [one for one in said.figures if _counts(one)]
    for place, whole in enumerate(counts):
        parts = counts[place + 1 :]
        if parts and parts[0].value == len(parts) - 1 and _GROUPS.match(said.plain, said.place(parts[0]) + 1):
            parts = parts[1:]  # "480 volunteers to three groups: 160 …, 160 … and 160 …"
        if not _LEAST <= len(parts) <= _MOST or (whole.value or 0) <= max(one.value or 0 for one in parts):
            continue
        rest = said.plain[said.place(whole) + 1 :]
        if len(parts) < len(counts) - place - 1:
            rest = said.plain[said.place(counts[place + 1]) + 1 :]
        if (_are_bracketed(rest, said.language, len(parts)) or _are_listed(rest, said.language, len(parts))) and _alike(
            whole, parts
        ):
            told = " + ".join(one.printed for one in parts)
            yield draft("sum_of_parts", parts, [whole], "divided", f"{whole.printed}: {told}", sure="place")
            return


_GROUPS: Final = re.compile(r"[^\ue000-\uf8ff();:,]{0,40}:")


def kinds(before: Marked, said: Marked) -> Iterator[Draft]:
    """What the sentence before has counted, divided by this one: "Of these, 71 are …", «Женщин – 67, мужчин – 115»."""
    counts = [one for one in before.figures if _counts(one)]
    is_next = before.paragraph == said.paragraph and before.number == said.number - 1
    if not is_next or not counts or any(one.table for one in said.figures):
        return
    parts = [one for one in said.figures if _counts(one)]
    opened = _OPENED[said.language].match(said.plain)
    if opened and parts and opened.group().endswith(" the ") and said.place(parts[0]) == opened.end():
        parts = parts[1:]  # "of the 130 schools 40" divides the 130
    if (
        opened
        and len(counts) == 1
        and _LEAST <= len(parts) <= _MOST
        and _one_after_another(said, parts)
        and not _DOES.search(said.plain)
        and _alike(counts[0], parts)
    ):
        told = " + ".join(one.printed for one in parts)
        yield draft("nesting", parts, [counts[0]], "included", f"{counts[0].printed} … {told}", sure="place")
    women, men = (re.search(words, said.plain, re.IGNORECASE) for words in _HALVES[said.language])
    if (
        women
        and men
        and not _OF_EACH.search(said.plain)
        and len(parts) == _LEAST
        and [one for one in said.figures if not one.is_date and not _in_brackets(said, one)] == parts
        and _alike(whole := _whole_of(parts, counts), parts)
    ):
        told = " + ".join(one.printed for one in parts)
        yield draft("sum_of_parts", parts, [whole], "divided", f"{whole.printed}: {told}", sure="place")


def halves(said: Marked) -> Iterator[Draft]:
    """Shares of women and of men, of one base and joined by "and": «среди зрителей 48 % мужчин и 56 % женщин»."""
    sign = r"\s?(?:%|per ?cent|процент\w*|пайыз\w*)\s(?:of them )?(?:were |are |– )?"
    kinds = "|".join(_HALVES[said.language])
    one, joined = rf"{_NUMBER}){sign}(?:{kinds})\w*", rf",? (?:{_joined(said.language)}|а) "
    shape = rf"{_OF_BASE}[^;:.\ue000-\uf8ff]{{0,60}}?(?P<a>{one}{joined}(?P<b>{one}\s*(?:[.,;)]|$)"
    for match in re.finditer(shape, said.plain, re.IGNORECASE):
        shares = [said.at(match["a"]), said.at(match["b"])]
        if all(one.unit == "percent" and one.bound == "exact" and not one.table for one in shares):
            yield draft("sum_at_most_100", shares, [], "hundred", said.words(match), sure="place")


_OF_BASE: Final = (
    r"(?:\b(?:of|among|consist\w*|includ\w*)|(?<!\w)(?:среди|из|состав\w*|в числе)|"
    r"(?:арасында|ішінде|құрамында|[ыі]ң))\s"
)


def _whole_of(parts: Sequence[Figure], counts: Sequence[Figure]) -> Figure:
    """The count that parts make, else the last: "17,248 births, fewer than in 2023 (18,106). 8,872 are boys, …"."""
    exact = [one for one in counts if one.value == sum(part.value or 0 for part in parts)]
    return (exact or counts)[-1]


def _in_brackets(said: Marked, one: Figure) -> bool:
    """Whether a share stands in brackets behind its count."""
    return one.unit == "percent" and said.plain[: said.place(one)].rstrip().endswith("(")


_OPENED: Final = {
    "en": re.compile(r"(?:Of|Among) (?:the|these|them|those|which)\b(?: [a-z]+)?,? ", re.IGNORECASE),
    "ru": re.compile(r"(?:Из них|Среди них|В их числе|В том числе|Из этих)\b", re.IGNORECASE),
    "kk": re.compile(r"(?:Оның|Олардың|Бұлардың|Соның)(?: ішінде| ішінен)?\b", re.IGNORECASE),
}
_OF_EACH: Final = re.compile(r"[дтн][ыі]ң\s[\ue000-\uf0ff]")
"""A Kazakh genitive before a number, which then is a part of each kind."""
_HALVES: Final = {
    "en": (r"\b(?:women|girls|female)", r"\b(?:men|boys|male)\b"),
    "ru": (r"(?<!\w)(?:женщин|девуш|девоч)", r"(?<!\w)(?:мужчин|юнош|мальчик)"),
    "kk": (r"(?<!\w)(?:әйел|қыз(?!мет))", r"(?<!\w)(?:ер(?:лер|кек| адам| азамат)|ұл)"),
}


def _one_after_another(said: Marked, parts: Sequence[Figure]) -> bool:
    """Whether nothing but words stands between the parts, and no other figure but dates behind the first."""
    others = [one for one in said.figures if one not in parts and not one.is_date and one.start > parts[0].start]
    return not others and ";" not in said.plain


def included(said: Marked) -> Iterator[Draft]:
    """Kinds of a count, told as such: "98 missions, of them 71 are embassies, 19 consulates"; together at most all.

    In Kazakh they may be its predicates: «98 мекеменің 71-і – елшілік, 19-ы – консулдық».
    """
    told = [(match.group(), match.start(), match.end()) for _, _, match in said.find("including")]
    counts = [one for one in said.figures if _counts(one)]
    kinds = [one for one in counts if said.language == "kk" and _KIND.match(said.plain, said.place(one) + 1)]
    if kinds and kinds == counts[-len(kinds) :]:
        told.append(("–", said.place(kinds[0]), said.place(kinds[0])))
    for words, start, end in told:
        before = [one for one in said.figures if _counts(one) and said.place(one) < start]
        parts = [one for one in said.figures if _counts(one) and said.place(one) >= end]
        rest = said.plain[end:]
        if not before or not _LEAST <= len(parts) <= _MOST or ";" in rest or _shares_behind(said, end):
            continue
        if said.has("up") or said.has("down") or _DOES.search(rest):
            continue
        alike = [one for one in before if _alike(one, parts)]  # "114 missions in 76 countries, among them …"
        summed = sum(one.value or 0 for one in parts)
        large = [one for one in alike if (one.value or 0) >= summed] or alike
        whole = (large or before)[-1]
        is_part = all((one.value or 0) <= (whole.value or 0) for one in parts)
        if alike and is_part and summed <= _OVERLAP * (whole.value or 0):
            shown = " + ".join(one.printed for one in parts)
            is_nearly = summed >= _NEARLY * (whole.value or 0) and not _SOME.search(words)
            if whole in alike and is_nearly and _are_closed(said, parts):
                yield draft("sum_of_parts", parts, [whole], "divided", f"{whole.printed}: {shown}", sure="place")
            yield draft("nesting", parts, [whole], "included", f"{whole.printed} … {words} … {shown}", sure="place")
        return


def gapped(said: Marked) -> Iterator[Draft]:
    """Kazakh parts that have one verb, behind the last of them: «75 сұхбаттың 42-сі Алматыда, 33-і Таразда жазылды».

    One verb tells them apart, so that they make up the whole, are less, or are misprinted.
    """
    if said.language != "kk" or said.has("overlap") or _DOES.search(said.plain):
        return
    for _, named, _ in said.find("n_of_m"):
        whole, first = named["m"], named["n"]
        parts = [one for one in said.figures if _counts(one) and one.start >= first.start]
        between = said.plain[said.place(first) + 1 : said.place(parts[-1])] if parts else ""
        total = sum(one.value or 0 for one in parts)
        if (
            not _LEAST <= len(parts) <= _MOST
            or not all(_OWNED.match(said.plain, said.place(one) + 1) for one in parts)
            or _FINITE.search(between)
            or not (_counts(whole) and _alike(whole, parts))
            or not (
                total == whole.value or (total > (whole.value or 0) and reckoned.mended("sum_of_parts", parts, whole))
            )
        ):
            continue
        told = " + ".join(one.printed for one in parts)
        yield draft("sum_of_parts", parts, [whole], "divided", f"{whole.printed}: {told}", sure="place")
        return


_OWNED: Final = re.compile(r"(?:\s?мың)?-?с?[ыі](?:н|на|не|нан|нен)?\s(?!бар|жоқ|[–—-])")
_FINITE: Final = re.compile(r";|\w(?:[дт][ыі]|[ғқ]ан|[гк]ен|с[ае])(?:,|\s)", re.IGNORECASE)
"""A verb between parts, which then are told each of something else."""


def _are_closed(said: Marked, parts: Sequence[Figure]) -> bool:
    """Whether three parts or more are told as all there are: "four …, two … and two …"."""
    between = said.plain[said.place(parts[-2]) + 1 : said.place(parts[-1])]
    return (
        len(parts) > _LEAST and re.search(rf"(?:^|\s)(?:{_joined(said.language)})\s\S{{0,12}}\s?$", between) is not None
    )


_KIND: Final = re.compile(r"(?:\s?мың)?-?с?[ыі]\s[–—-]\s")
_SOME: Final = re.compile(r"\bincluding|(?<!\w)(?:в том числе|включая)", re.IGNORECASE)
"""Words behind which not all parts need be told."""
_NEARLY: Final = 0.8
"""What parts told as all there are make up of their whole at least; others are some of it."""


_DOES: Final = re.compile(
    r"\b(?:use[sd]?|have|has|know|follow|read|watch|visit)\b|(?<!\w)(?:польз|использ|имеют|имеет|знают|чита|смотр|посеща)\w*|"
    r"(?<!\w)(?:қолдан|пайдалан|біледі|оқиды|көреді)\w*",
    re.IGNORECASE,
)
"""What one and the same may do of several things, so that its parts overlap."""


def _counts(one: Figure) -> bool:
    return (
        one.is_whole and one.bound == "exact" and not one.table and one.unit not in DURATIONS and (one.value or 0) > 0
    )


def _alike(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts are of the unit of their whole; the judge looks again."""
    return all(one.unit == whole.unit for one in parts)


def _shares_behind(said: Marked, place: int) -> bool:
    return (
        any(one.unit == "percent" and said.place(one) > place for one in said.figures) and "(" not in said.plain[place:]
    )


def _joined(language: str) -> str:
    return "|".join(pattern.pattern for pattern in patterns("conjunction", language))


def _are_bracketed(rest: str, language: str, count: int) -> bool:
    """Names each with its number in brackets, the last of them joined by "and"."""
    name = r"[^\W\d_][^\ue000-\uf8ff();:,]{1,40}"
    one = rf"\({_NUMBER}\)"
    joined = _joined(language)
    listed = rf"[^\ue000-\uf8ff();:]{{0,{_OPEN}}}?{one}(?:, {name}{one})*,? (?:{joined}) {name}{one}"
    match = re.match(listed, rest)
    return match is not None and len(re.findall(_NUMBER, match.group())) == count


def _are_listed(rest: str, language: str, count: int) -> bool:
    """Entries behind a colon with one number each, and nothing behind them."""
    match = re.match(rf"[^\ue000-\uf0ff();:]{{0,{_OPEN}}}: (?P<list>[^;:()]+?)\.?$", rest)
    if match is None:
        return False
    entries = [entry for part in match["list"].split(",") for entry in re.split(rf"\s(?:{_joined(language)})\s", part)]
    entries = [entry for entry in entries if entry.strip()]  # nothing stands between a comma and "and"
    entries = [entry for entry in entries if re.search(_NUMBER, entry) or entry is entries[-1]]  # "services and bodies"
    return len(entries) == count and all(len(re.findall(_NUMBER, entry)) == 1 for entry in entries)
