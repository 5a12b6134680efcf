"""Kazakh endings and verbs in all their forms, for patterns to name, and words without their endings.

Kazakh glues its endings to a stem one behind the other, with vowels and consonants in harmony with it: plural, whose it
is, case. Patterns name a class of endings, so that every noun and every form of a verb is met.
"""

import re
from functools import lru_cache
from typing import Final

_NEGATED: Final = "(?![мпб][ае](?:й|ғ|г|д|с|у))"
CLASSES: Final = {
    "GEN": "(?:[дтн][ыі]ң)",
    "DAT": "(?:[ғқн]а|[гкн]е)",
    "ABL": "(?:[дтн][ае]н)",
    "LOC": "(?:[дт][ае]|нда|нде)",
    "INS": "(?:[мбп]ен)",
    "UP": "(?:өс(?:т[іе]|кен|іп|у|еді|ер|се|ім(?!дік)|ір)\\w*|арт(?:ты|қан|ып|у|ады|ар|са|ым)\\w*|"
    f"(?:көбей|ұлғай|молай|кеңей|жоғарыла|көтеріл|көтеру|толық(?=[тқ])|өрле|шарықта|еселе){_NEGATED}\\w*)",
    "DOWN": "(?:кем(?:і(?!н)|у)\\w*|(?:азай|төменде|қысқар|құлды|сире(?!к)|арзанда|шегін|бәсеңде|тарыл|кішірей)"
    f"{_NEGATED}\\w*|"
    "(?:(?<=-[ғгқк][ае] )|(?<=ызға )|(?<=геге )|(?<=дейін )|(?<=төмен ))түс(?:т[іе]|кен|іп|у|еді|ір)\\w*)",
    "MORE": "(?:көп(?:ірек)?|көбірек|артық(?:ырақ)?|жоғары(?:рақ)?|ас(?:ып|ты|қан|ады|атын)\\w*|"
    "ұзақ|қымбат|жиі)(?!\\w)",
    "LESS": "(?:аз(?:ырақ)?|кем(?:ірек)?|төмен(?:ірек)?|арзан|сирек|қысқа)(?!\\w)",
    "BEFORE": "(?:былтыр|бұрын|өткен|алдыңғы|бастапқы|осыған дейін)",
}
"""Endings of nouns by case, verbs of growth and decline without their negations, comparatives, words for what was."""
_CLASS: Final = re.compile(r"\{([A-Z]+)\}")


def expanded(pattern: str) -> str:
    """A pattern in which every name of a class stands for its forms.

    Parameters
    ----------
    pattern : str
        A regular expression with names of ``CLASSES`` in braces.

    Returns
    -------
    str

    Examples
    --------
    >>> rose = re.compile(expanded(r"\\d+-{DAT} {UP}"))
    >>> [rose.search(words) is not None for words in ("40-қа өскені", "12-ге көбейіп", "40-қа өспеді", "12-ден көп")]
    [True, True, False, False]
    """
    return _CLASS.sub(lambda name: CLASSES[name[1]], pattern)


_CASE: Final = re.compile(r"(?<=\w{3})(?:[дтн][ыі]ң|[дтн][ае]н|[мбп]ен|[дтн][ыі]|н?[дт][ае]|[ғқн]а|[гкн]е)$")
_OWNED: Final = re.compile(r"(?<=\w{3})(?:(?<=[аәеоөуүұыіэяюи])с[ыі]н?|(?<![аәеоөұыіэ])[ыі]н?)$")
_PLURAL: Final = re.compile(r"(?<=\w{3})[лдт][ае]р$")
_VOICED: Final = str.maketrans("бгғ", "пкқ")


@lru_cache(10_000)
def stem(word: str) -> str:
    """A word without the endings of case, owner and number, its last consonant as it stands before none.

    Examples
    --------
    >>> [stem(word) for word in ("жобаларының", "мектебінде", "хаттың", "қалада", "оқушысы", "көрсеткіші")]
    ['жоба', 'мектеп', 'хат', 'қала', 'оқушы', 'көрсеткіш']
    """
    bare = _PLURAL.sub("", _OWNED.sub("", _CASE.sub("", word.casefold())))
    return bare[:-1] + bare[-1:].translate(_VOICED) if bare else bare
