"""What a paragraph is follows CommonMark 0.31 (spec.commonmark.org); the expected places are counted by hand."""

import pytest

from digital_diplomacy.runs.paragraphs import differences, paragraphs, repeated, replaced, shape

MARKDOWN = """\
# Which figures hold?

Two lines of one
paragraph with `code`.

- first item
  goes on
  1. nested *item*
- `only code`

> A quotation
> of two lines.

| name | value |
|------|-------|
| rank | 24    |

```python
print("no prose")
```

<div>Some HTML</div>

$$
a
- b
$$

Last\\
line
"""

FOUND = [
    ("heading", "Which figures hold?"),
    ("paragraph", "Two lines of one paragraph with `code`."),
    ("list item", "first item goes on"),
    ("list item", "nested *item*"),
    ("quotation", "A quotation of two lines."),
    ("row of a table", "| name | value |"),
    ("row of a table", "| rank | 24    |"),
    ("HTML", "<div>Some HTML</div>"),
    ("paragraph", "Last\\\nline"),
]


def test_every_block_with_words_is_one_paragraph_without_its_marks() -> None:
    assert [(one.kind, one.text) for one in paragraphs(MARKDOWN)] == FOUND


def test_replacing_leaves_marks_code_and_formulas() -> None:
    given = replaced("# Title\n\n- first\n  line\n  1. next\n\n> a\n> b\n\n```\ncode\n```\n\n$$\nx\n$$\n", str.upper)
    assert given == "# TITLE\n\n- FIRST LINE\n  1. NEXT\n\n> A B\n\n```\ncode\n```\n\n$$\nx\n$$\n"


def test_a_text_replaced_by_itself_is_built_the_same() -> None:
    assert shape(replaced(MARKDOWN, str)) == shape(MARKDOWN)


@pytest.mark.parametrize("text", ["", "\n\n", "`code`", "$a^2$", "---", "12 %", "<!-- -->", "    indented = 1\n"])
def test_what_has_no_words_is_no_paragraph(text: str) -> None:
    assert paragraphs(text) == []


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("0.34 and 18,200 of 1,234.5", "0,34 и 18 200 из 1 234,5"),
        ("[a](x.md) then `b`", "`b`, потом [а](x.md)"),
        ("{n} of $x_1$", "$x_1$: {n}"),
        ("He says “let us hear”.", 'Он говорит: <span lang="en">“let us hear”</span>.'),
        ("See https://a.kz/b?c=1.", "Қараңыз: https://a.kz/b?c=1."),
        ("it costs $5 and 6 $ more", "$5, потом 6 $ ещё"),
    ],
)
def test_translations_may_order_and_group_as_their_language_does(original: str, translation: str) -> None:
    assert differences(original, translation) == []


@pytest.mark.parametrize(
    ("original", "translation", "said"),
    [
        ("`a` b", "a b", "code `a` is missing"),
        ("a b", "`a` b", "code `a` is not in the original"),
        ("see [a](x.md)", "см. [а](y.md)", "link x.md is missing"),
        ("see [a](x.md#y)", "см. а", "link x.md#y is missing"),
        ("see https://a.kz", "см. https://a.ru", "link https://a.kz is missing"),
        ("where $x_1 < 3$", "где $x_2 < 3$", "formula $x_1 < 3$ is missing"),
        ("{n} of {all}", "{n} из", "field {all} is missing"),
        ("2016 and 2017", "2016 и 2016", "number 2017 is missing"),
        ("18,200", "18 300", "number 200 is missing"),
        ("<b>a</b>", "<b>а", "tag </b> is missing"),
        ('<span lang="ru">«да»</span> b', "«да» б", 'tag <span lang="ru"> is missing'),
        ("`a` and `a`", "`a`", "code `a` is missing"),
    ],
)
def test_what_is_the_same_in_every_language_must_be_repeated(original: str, translation: str, said: str) -> None:
    assert said in map(str, differences(original, translation))


REFERENCE = "Reference: Castells, M. (2011). A network theory of power. *Journal of Communication* 5, 773-787."


@pytest.mark.parametrize(
    ("original", "translation", "is_latin", "found"),
    [
        ("A rank is relative.", "A rank is relative.", False, ["rank", "is", "relative"]),
        ("A rank is relative.", "A rank is relative.", True, ["rank", "is", "relative"]),
        ("A rank is relative.", "Место не абсолютно, it is so.", False, ["it", "is", "so"]),  # other words than it had
        ("A model of the rank.", "Daraja modeli va model.", True, ["model"]),  # one of three small words
        ("A model of the rank.", "Bu daraja uchun olingan va tekshirilgan model.", True, []),  # one of six
        ("The EGDI of Twitter", "EGDI Twitter", False, []),
        (
            "See `some code` and [a page](http://x.org/a/page).",
            "См. `some code`, [страница](http://x.org/a/page).",
            False,
            [],
        ),
        ("It says “so be it”.", "Сказано: “so be it”, «so be it».", False, []),
        ('He says <span lang="fr">tout va bien</span>', 'Он: <span lang="fr">tout va bien</span>', False, []),
        (REFERENCE, REFERENCE.replace("Reference", "Литература"), False, []),
        ("p of k", "p из k", False, []),
        ("k-core", "k-ядро", False, []),
    ],
)
def test_english_left_in_a_translation_is_told_from_names_code_and_quotations(
    original: str, translation: str, is_latin: bool, found: list[str]
) -> None:
    assert repeated(original, translation, is_latin=is_latin) == found
