"""The article that some names of countries take within an English sentence: "of the United Kingdom", "in the Gambia".

Beside a bar, in a cell or before a colon a name stands alone, and without it. Whether a name is in a sentence shows
only once the sentence is filled: until then a sign stands where its article may come, and one at the end of the name.
"""

import re
from typing import Final

_HERE, _END = "\ue000", "\ue001"  # of Unicode's private use: no text holds them
_WITH_ARTICLE: Final = re.compile(
    r"(?!The )(?:(?:[A-Z][\w.]*|&|\(\w+\)) )+(?:Kingdom|States|Emirates|Islands|Republic|Territory|Territories)"
    r"|(?:Democratic )?Republic of .+|Isle of .+|(?:Caribbean )?Netherlands|Bahamas|Comoros|Gambia|Maldives|Philippines"
)  # kinds of states and groups of islands; the others are plurals, and a river
_ITEM: Final = re.compile(r"(?P<before>^|[,;] (?:and )?| and )(?P<name>[^,;]+?)(?=[,;] | and |$)")
_WITHIN: Final = re.compile(rf"(?<=[\w,;’] ){_HERE}")
_FIRST: Final = re.compile(rf"(?:^|(?<=[.:!?] )){_HERE}(?=[^{_END}]+{_END}(?!,)[^.:;()\d]*? [a-z])")
_NAME: Final = re.compile(f"{_HERE}[^{_END}]+{_END}")
_SENTENCE: Final = re.compile(r"(?:^|[^;,:(.] )[a-z]")


def marked(value: object) -> object:
    """A name, or names in a row, with signs around each that may take the article; anything else as it is."""
    if not isinstance(value, str):
        return value
    return _ITEM.sub(_signed, value)


def _signed(item: re.Match[str]) -> str:
    name = item["name"]
    return item["before"] + (f"{_HERE}{name}{_END}" if _WITH_ARTICLE.fullmatch(name) else name)


def with_articles(text: str) -> str:
    """A filled text with an article for each sign that stands in a sentence, and no sign.

    Examples
    --------
    >>> from digital_diplomacy.labels.articles import marked, with_articles
    >>> said = [form.format(marked("Estonia; United Kingdom")) for form in ("{}", "They are {}")]
    >>> [with_articles(text) for text in said]
    ['Estonia; United Kingdom', 'They are Estonia; the United Kingdom']
    >>> with_articles(f"{marked('Gambia')} is ahead."), with_articles(f"{marked('Gambia')}: 3")
    ('The Gambia is ahead.', 'Gambia: 3')
    """
    if _HERE not in text:
        return text
    told = text
    if _SENTENCE.search(_NAME.sub("X", text)):  # otherwise these are names alone
        told = _FIRST.sub("The ", _WITHIN.sub("the ", text))
    return told.replace(_HERE, "").replace(_END, "")
