"""Kazakh texts by the rules of Kazakh: what is added to a word follows its last vowel and its last sound."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

Texts = Callable[[str], list[tuple[str, str]]]
Rule = Callable[[str], Iterable[str]]

REPOSITORY = Path(__file__).parents[2]
HARD = frozenset("пткқшщсхһчфцбвгд")  # voiceless, and those that are said so at an end
BACK, FRONT = frozenset("аоұыёя"), frozenset("әеөүіэ")  # у and ю tell nothing: кеңесу, қосу

LETTER = "а-яәіңғүұқөһё"
CASES = "(?:[ыі])?(?:[мң])?(?:[ндт][ыі]ң|[ғгқк][ае]|[ндт][ыі]|[дт][ае]|[дтн][ае]н|на|не|нда|нде|мен|[ыі]?мен|н)?"
PLURAL = re.compile(rf"(?<![{LETTER}])(?P<stem>[{LETTER}]{{3,}}?)(?P<start>[лдт])(?P<vowel>[ае])р{CASES}(?![{LETTER}])")
PARTICLE = re.compile(rf"(?P<word>[{LETTER}]+) (?P<start>[мбпдт])(?P<vowel>[ае])(?=[ ,.?;:])")
AND = re.compile(rf"(?P<word>[{LETTER}]+)[»”]? (?P<start>[мбп])ен ")
ALL = re.compile(rf"барлық [{LETTER}]+(?:лар|лер|дар|дер|тар|тер)(?![{LETTER}])")

NO_PLURALS = {
    "доллар", "теледидар", "кластер", "компьютер", "уолтер", "масдар", "қаңтар",
    "көрсетер", "кеңейтер", "өзгертер",  # would show, widen, change
}  # fmt: skip
KNOWN = {"модель": "е", "панель": "е", "модуль": "е", "цифр": "а", "институт": "а"}  # loans that have their own way


def follows(stem: str, vowel: str, *, front: frozenset[str] = FRONT) -> bool:
    """Whether a vowel goes with the last one of a word that tells."""
    if stem in KNOWN:
        return vowel == KNOWN[stem]
    told = next((letter for letter in reversed(stem) if letter in BACK | front), "")
    return not told or (told in BACK) == (vowel == "а")


def start_of_plural(stem: str) -> str:
    last = stem[-1]
    return "т" if last in HARD else "д" if last in "лмнңжзь" else "л"


def wrong_plurals(text: str) -> Iterator[str]:
    for found in PLURAL.finditer(text.lower()):
        stem, bare = found["stem"], f"{found['stem']}{found['start']}{found['vowel']}р"
        if bare in NO_PLURALS:
            continue
        loan = FRONT | {"и"}  # журналистер, графиктер
        if found["start"] != start_of_plural(stem) or not follows(stem, found["vowel"], front=loan):
            yield found[0]


def wrong_particles(text: str) -> Iterator[str]:
    for found in PARTICLE.finditer(text.lower()):
        last = found["word"][-1]
        if found["start"] in "дт":
            right = "т" if last in HARD else "д"
        else:
            right = "п" if last in HARD else "б" if last in "мнңжз" else "м"
        if found["start"] != right or not follows(found["word"], found["vowel"]):
            yield found[0]


def wrong_ands(text: str) -> Iterator[str]:
    for found in AND.finditer(text.lower()):
        last = found["word"][-1]
        if found["start"] != ("п" if last in HARD else "б" if last in "жз" else "м"):
            yield found[0]


RULES: list[Rule] = [wrong_plurals, wrong_particles, wrong_ands, ALL.findall]


@pytest.mark.parametrize("rule", RULES)
def test_what_is_added_to_words_follows_their_sounds(rule: Rule, texts: Texts) -> None:
    prose = [(path.name, path.read_text(encoding="utf-8")) for path in (REPOSITORY / "docs" / "kk").glob("*.md")]
    assert [(where, odd) for where, text in texts("kk") + prose for odd in rule(text)] == []


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        (wrong_plurals, "Командадер: орындау", "Командалар: орындау"),
        (wrong_plurals, "мәтінлер", "мәтіндер"),
        (wrong_plurals, "құжаттер мен беттар", "құжаттар мен беттер"),
        (wrong_plurals, "жылдерге", "жылдарға"),
        (wrong_particles, "дәптерлер да орындалады", "дәптерлер де орындалады"),
        (wrong_particles, "сан та бар", "сан да бар"),
        (wrong_particles, "дұрыс ба?", "дұрыс па?"),
        (wrong_ands, "құжат мен кесте", "құжат пен кесте"),
        (wrong_ands, "көз пен құлақ", "көз бен құлақ"),
        (ALL.findall, "p барлық акторлар үшін", "p барлық актор үшін"),
    ],
)
def test_what_does_not_follow_is_found(rule: Rule, wrong: str, right: str) -> None:
    assert list(rule(wrong)) != []
    assert list(rule(right)) == []
