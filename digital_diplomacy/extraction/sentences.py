"""Sentences of a paragraph, and the language each is written in."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Sentence(NamedTuple):
    """A sentence with its offsets in the paragraph."""

    start: int
    end: int
    text: str


_END: Final = re.compile(
    r"(?:[.!?…]+[»”\"')\]]*(?: ?\[\d[^\]]{0,30}\])*[.]?|\n)(?=\s+[«“\"'(\[]*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\d—–-])|\n"
)
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(«\"“\[–-])(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w?|т|тыс|млн|млрд|трлн|г|гг|ж|жж|в|вв|кв|[Сс]тр|с|[Сс]м|[Рр]ис|[Тт]абл|руб|чел|долл|"
    r"ст|гл|подп|ул|им|др|п\.\s?[пт]|p\.p|е|пр|проц|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|янв|февр?|апр|авг|сент?|окт|нояб?|дек|etc|vs|cf|e\.g|i\.e|al|Dr|Mr|Mrs|Ms|Prof|No|Nos|Vol|pp?|Fig|approx|ca|U\.S|St|mln|bn|mn|т\.е|т\.д|т\.п)\.$"
)
_KAZAKH_LETTER: Final = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_KAZAKH_WORD: Final = re.compile(
    r"\b(?:мен|бен|пен|және|бұл|осы|сол|бар|жоқ|деп|үшін|болды|болып|болған|жылы|жылғы|астам|адам|емес|тек|кем|онда)\b",
    re.IGNORECASE,
)
_KAZAKH_SIGN: Final = re.compile(
    r"\b(?:мен|бен|пен|деп|болды|болып|болған|болатын|болады|жылы?|жылда\w*|жыла\w*|астам|адам\w*|емес|тек|кем|онда|олар\w*|"
    r"саны|сан|есе|рет|пайыз\w*|айда|айы|ай|алты|отыз|орын\w*|орташа|жалпы|басты|басында|барлы\w*|бойынша|туралы|арасында\w*|"
    r"саласы\w*|саласында\w*|бала\w*|ауыл\w*|аудан\w*|облыс(?:ы|та|тар)\w*|аймакта|сайттар\w*|желілер\w*|бар|аса|артты|азайды|"
    r"алды|жатыр|жасы|жаста|жас|шамамен|сонда|доллары|тарауы|кесте|сурет|бетте|жарты\w*|маусым\w*|наурыз\w*|мамыр\w*|тамыз\w*|"
    r"хабарлама\w*|жазба\w*|айырма\w*|"
    r"\w+(?:лады|далды|талды|ылады|ылды|[ыіе]лған|[іе]лген|алады|ында|ынан|ынша))\b",
    re.IGNORECASE,
)
"""Words of Kazakh, those among them that have none of its own letters."""
_RUSSIAN_SIGN: Final = re.compile(
    r"\b(?:в|во|на|и|с|со|к|ко|о|об|из|за|по|от|до|у|не|что|как|для|при|это|или|а|но|под|над|без|между|года|годах|году|год|"
    r"лет|были|было|была|был|составил\w*|составля\w+|рост\w*|пользовател\w*|населени\w*|число|доля|количество|всего|итого|более|около)\b|[ёщъ]|\w+(?:ого|ых|ться|ться|ние|ния|ость)\b",
    re.IGNORECASE,
)
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_LATIN_WORD: Final = re.compile(r"\b[a-z]+\b")
_CYRILLIC_WORD: Final = re.compile(r"\b[а-яёәғқңөұүһі]+\b")
"""Words in small letters: names of platforms in Latin ones make no Russian or Kazakh sentence English."""
_KAZAKH_SHARE: Final = 0.06
"""Share of its own letters among Cyrillic ones from which a sentence is Kazakh: running Kazakh has about a quarter, a
Russian sentence with a Kazakh name in it a few hundredths."""


LONGEST: Final = 2000
"""Characters up to which a text between two full stops is a sentence; more is a list or a table without its lines."""
_CUTS: Final = (re.compile(r"[;,]\s"), re.compile(r"(?<=[^\W\d_])\s"), re.compile(r"\s"))
"""Where it is cut: behind a mark, else behind a word, else behind anything."""
_TAIL: Final = 40
"""Characters before a full stop in which an abbreviation stands."""
_SHORT: Final = 80
"""Characters up to which a single Kazakh letter makes a sentence of a Kazakh paper Kazakh."""


def sentences(text: str) -> Iterator[Sentence]:
    """Sentences in order, none longer than ``LONGEST``; initials and abbreviations end none.

    Examples
    --------
    >>> [one.text for one in sentences("Их 5 млн. человек. А. Иванов считал.")]
    ['Их 5 млн. человек.', 'А. Иванов считал.']
    """
    start = 0
    for match in _END.finditer(text):
        last = text[max(start, match.end() - _TAIL) : match.end()].rstrip()
        is_short = match.group() != "\n" and _ABBREVIATED.search(last)
        if is_short and not _closes(text, match.end()):
            continue
        if text[start : match.end()].strip():
            yield from _pieces(_trimmed(text, start, match.end()))
        start = match.end()
    if text[start:].strip():
        yield from _pieces(_trimmed(text, start, len(text)))


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, or what is longer than one can be in parts, cut between words and at best behind a comma."""
    start, _, text = sentence
    while len(text) > LONGEST:
        cuts = (list(cut.finditer(text, 0, LONGEST)) for cut in _CUTS)
        at = next((found[-1].end() for found in cuts if found), LONGEST)
        yield _trimmed(text, 0, at)._replace(start=start, end=start + len(text[:at].rstrip()))
        rest = text[at:].lstrip()
        start, text = start + len(text) - len(rest), rest
    yield Sentence(start, start + len(text), text)


_BEHIND: Final = frozenset({"США", "АҚШ", "РФ", "РК", "ҚР"})
"""Names that go on behind an abbreviation: «млн долл. США»."""


def _closes(text: str, end: int) -> bool:
    """Whether an abbreviation that may also close a sentence does: "в 2020 г. Затем"."""
    words = re.compile(r"\s+[«“\"(]*(\w+)").match(text, end)
    before = re.search(r"(\w+)\.+\W*$", text[max(0, end - _TAIL) : end])
    if (
        words is None
        or before is None
        or before[1].casefold()
        not in (
            "г",
            "гг",
            "ж",
            "жж",
            "тыс",
            "млн",
            "млрд",
            "трлн",
            "mln",
            "bn",
            "mn",
            "чел",
            "руб",
            "долл",
            "др",
            "проц",
            "etc",
            "т",
        )
    ):
        return False
    is_word = len(words[1]) > 1 or _ONE_LETTER.match(text, end) is not None
    return words[1][:1].isupper() and is_word and words[1] not in _BEHIND


_ONE_LETTER: Final = re.compile(r"\s+[ВКСУО]\s")
"""Russian words of one letter that open a sentence; an initial has a full stop: «$690 млн. В 2022 году»."""


def _trimmed(text: str, start: int, end: int) -> Sentence:
    said = text[start:end]
    first = start + len(said) - len(said.lstrip())
    return Sentence(first, first + len(said.strip()), said.strip())


def language(text: str, otherwise: str = "en") -> str:
    """``kk``, ``ru`` or ``en`` by the letters of the text, ``otherwise`` if it has none.

    Examples
    --------
    >>> language("Олардың саны өсті."), language("Их число выросло."), language("12 458", "kk")
    ('kk', 'ru', 'kk')
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not cyrillic and not latin:
        return otherwise
    if latin > cyrillic and len(_LATIN_WORD.findall(text)) >= len(_CYRILLIC_WORD.findall(text)):
        return "en"
    own = len(_KAZAKH_LETTER.findall(text))
    if own and otherwise == "kk" and len(text) < _SHORT:
        return "kk"
    if own > _KAZAKH_SHARE * cyrillic or len(_KAZAKH_WORD.findall(text)) > 1:
        return "kk"
    is_russian = otherwise == "ru" and not own
    kazakh = 0 if is_russian else len(_KAZAKH_SIGN.findall(text)) + (own > 1)
    is_short = otherwise == "kk" and len(text) < _SHORT
    if not kazakh and not is_short:
        return "ru"
    russian = len(_RUSSIAN_SIGN.findall(text))
    return "kk" if kazakh > russian or (is_short and kazakh == russian) else "ru"
