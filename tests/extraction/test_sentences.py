"""Where sentences end, how long ones are cut, and the language of each."""

import pytest

from digital_diplomacy.extraction.sentences import LONGEST, language, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One rose. Two fell! Did it? Yes.", ["One rose.", "Two fell!", "Did it?", "Yes."]),
        ("One rose. two fell.", ["One rose. two fell."]),
        ("One [3]. Two.", ["One [3].", "Two."]),
        ("“One.” Two.", ["“One.”", "Two."]),
        ("One\nTwo", ["One", "Two"]),
        ("One\n \nTwo", ["One", "Two"]),  # nothing between two ends is no sentence
        ("  One.   Two.  ", ["One.", "Two."]),
        ("", []),
        # Initials and abbreviations end none, but where they may close one and a word with a capital follows.
        ("А. Иванов, см. Рис. 5 и т. д. в тексте.", ["А. Иванов, см. Рис. 5 и т. д. в тексте."]),
        ("Рост был. См. Табл. 5 и Рис. 6.", ["Рост был.", "См. Табл. 5 и Рис. 6."]),
        ("В 2020 г. Затем спад.", ["В 2020 г.", "Затем спад."]),
        ("В 2020 г. А затем спад.", ["В 2020 г. А затем спад."]),  # one letter may be an initial
        ("Их 5 млн. Рост.", ["Их 5 млн.", "Рост."]),
        ("Их 5 млн. рост.", ["Их 5 млн. рост."]),
        ("See Fig. Five.", ["See Fig. Five."]),
        ("Dr. Smith came. He left.", ["Dr. Smith came.", "He left."]),
    ],
)
def test_sentences_end_where_they_do(text: str, parts: list[str]) -> None:
    found = list(sentences(text))
    assert [one.text for one in found] == parts
    assert [text[one.start : one.end] for one in found] == parts


@pytest.mark.parametrize(
    ("piece", "mark"), [("word, word ", ","), ("wordword ", "d"), ("12345678 ", "8"), ("123456789", "9")]
)
def test_what_is_longer_than_a_sentence_is_cut_behind_a_mark_a_word_or_anything(piece: str, mark: str) -> None:
    text = (piece * 1000)[: 2 * LONGEST + 100].rstrip()
    found = list(sentences(text))
    assert [len(one.text) <= LONGEST for one in found] == [True] * len(found)
    assert "".join(one.text for one in found).replace(" ", "") == text.replace(" ", "")
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert [one.text[-1] for one in found[:-1]] == [mark] * (len(found) - 1) or mark == "9"
    whole = "x" * LONGEST
    assert [one.text for one in sentences(whole)] == [whole]
    assert [len(one.text) for one in sentences(whole + "y")] == [LONGEST, 1]


@pytest.mark.parametrize(
    ("text", "otherwise", "said"),
    [
        ("12 458", "kk", "kk"),
        ("12 458", "ru", "ru"),
        ("Growth of users", "ru", "en"),
        ("Рост пользователей Facebook", "kk", "ru"),
        ("Рост в Facebook Instagram WhatsApp", "kk", "ru"),  # names in Latin letters are no English words
        ("Өсім", "ru", "kk"),
        ("Рост в Ақтөбе", "kk", "kk"),
        ("Рост пользователей социальных сетей в Ақтөбе", "ru", "ru"),
        ("Сан мен пен", "ru", "kk"),  # two Kazakh words without a letter of its own
        ("Сан мен", "ru", "ru"),
        ("Рост пользователей социальных сетей Казахстана в городе Ақтобе был больше прежнего роста", "kk", "ru"),
    ],
)
def test_the_language_is_that_of_letters_and_small_words(text: str, otherwise: str, said: str) -> None:
    assert language(text, otherwise) == said


@pytest.mark.parametrize(
    ("text", "otherwise", "said"),
    [
        ("growth роста", "kk", "en"),  # more Latin letters, and as many small words
        ("abcde роста", "ru", "ru"),
        ("Growth роста", "ru", "ru"),  # no small Latin word
        # 6 and 7 of a hundred letters are Kazakh; three Russian words stand against one sign of Kazakh
        ("ә" * 6 + "б" * 91 + " и и и", "en", "ru"),
        ("ә" * 7 + "б" * 90 + " и и и", "en", "kk"),
        # two letters are a sign, one is none; as many Russian signs as Kazakh ones leave a sentence Russian
        ("әә" + "б" * 97, "en", "kk"),
        ("ә" + "б" * 97, "en", "ru"),
        ("әә" + "б" * 97 + " и", "en", "ru"),
    ],
)
def test_a_language_is_told_by_shares_of_letters_and_by_signs(text: str, otherwise: str, said: str) -> None:
    assert language(text, otherwise) == said
