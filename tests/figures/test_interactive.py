"""Frames and errors as whoever works in JupyterLab sees them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from digital_diplomacy import labels
from digital_diplomacy.errors import SourceError
from digital_diplomacy.figures import interactive
from digital_diplomacy.kernels import telling
from digital_diplomacy.labels import refusals

ROWS = pd.DataFrame(
    {"entity": ["KAZ", "my_town"], "period": ["2021-01", "wave 2"], "measure": ["internet_users_pct"] * 2,
     "value": [92.3, None], "note of mine": ["a <b>", ""]}
)  # fmt: skip


@pytest.fixture
def shell() -> Any:
    made = InteractiveShell()
    interactive.attach(made)
    return made


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ["Қазақстан", "Жол саны: 2"]),
        ("ru", ["Казахстан", "92,3", "Строк: 2"]),
        ("en", ["Kazakhstan", "92.3", "Rows: 2"]),
    ],
)
def test_a_frame_prints_in_the_language_of_the_notebook(shell: Any, lang: str, words: list[str]) -> None:
    shell.user_ns["lang"] = lang
    shown, _ = shell.display_formatter.format(ROWS)
    html = shown["text/html"]
    assert [word for word in words if word not in html] == []
    assert "<code>measure</code>" in html
    assert 'title="KAZ"' in html
    assert "my_town" in html
    assert "wave 2" in html
    assert "note of mine" in html
    assert "a &lt;b&gt;" in html


def test_a_long_frame_shows_both_ends_and_a_foreign_one_is_as_pandas_shows_it() -> None:
    long = pd.DataFrame({"entity": ["KAZ"] * 30, "value": range(100, 130)})
    html = interactive.frame_html(long, "en")
    assert html.count("<tr>") == 1 + 20 + 1
    assert ">129<" in html
    assert ">115<" not in html
    foreign = pd.DataFrame({"x": [1], "y": [2]})
    assert interactive.frame_html(foreign, "ru") == foreign._repr_html_()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ru", ["строка 2: labels.country(country, 'en')", "нет названия на языке en для кода страны «Узбекистан»",
                "возможно, «UZB»?"]),
        ("kk", ["2-жол: labels.country(country, 'en')", "мүмкін, «UZB»?"]),
    ],
)  # fmt: skip
def test_an_error_is_told_in_a_few_lines(
    shell: Any, lang: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    shell.user_ns |= {"lang": lang, "country": "Узбекистан"}
    result = shell.run_cell("from digital_diplomacy import labels\nlabels.country(country, 'en')")
    assert not result.success
    told = capsys.readouterr().out
    assert [word for word in words if word not in told] == []
    assert "Traceback" not in told
    assert len(told.splitlines()) <= 6


STRANGE = (
    ("1 / 0", "any", "Python", "division by zero"),
    ("raws", "name", "Python", "raws"),
    ("pd.DataFrame({'a': [1]})['b']", "key", "pandas", "'b'"),
    ("open('no such file.csv')", "file", "IPython", "no such file.csv"),
    ("import no_such_module", "module", "Python", "no_such_module"),
    ("pd.Series([1]).meen()", "attribute", "pandas", "meen"),
    ("len()", "type", "Python", "len()"),
)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_an_error_of_another_library_has_a_sentence_and_its_traceback(
    shell: Any, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.user_ns |= {"lang": lang, "pd": pd}
    for code, meant, who, said in STRANGE:
        shell.run_cell(f"value = 1\n{code}")
        told = capsys.readouterr().out
        first = told.splitlines()[0]
        assert first.endswith(f": {code}")
        assert {"kk": "2-жол", "ru": "строка 2", "en": "line 2"}[lang] in first
        assert labels.text(f"notice.error_{meant}", lang) in told, code
        assert labels.text("notice.foreign_error", lang, who=who, kind="\0", said="").partition("\0")[0] in told, code
        assert said in told
        assert "Traceback" in told


UNREAD = (
    ("value = (1 +", "syntax", "SyntaxError"),
    ("if value:\nprint(1)", "syntax", "IndentationError"),
    ("get_ipython().run_line_magic('no_magic', '')", "magic", "UsageError"),
)


@pytest.mark.parametrize("attach", [interactive.attach, telling.attach])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_what_python_cannot_read_and_unknown_magics_have_a_sentence_in_other_languages(
    attach: Callable[[Any], None], lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = InteractiveShell()
    attach(shell)
    shell.user_ns |= {"lang": lang}
    for code, meant, kind in UNREAD:
        shell.run_cell(code)
        said = "".join(capsys.readouterr())
        assert f"{kind}: " in said or lang == "en", code  # what is said in English is IPython's
        assert (labels.text(f"notice.error_{meant}", lang) in said) == (lang != "en"), code
        if lang != "en" and meant == "syntax":
            assert {"kk": "-жол: ", "ru": "строка "}[lang] in said
            assert code.splitlines()[-1] in said


def test_an_error_of_a_kind_that_only_its_library_knows_is_told_by_the_one_it_is() -> None:
    """As Python 3.13 raises an `_IncompleteInputError` for a bracket that is not closed."""
    hidden = type("_Hidden", (type("_Lower", (SyntaxError,), {}),), {})
    assert "«SyntaxError: incomplete input»" in interactive.foreign(hidden("incomplete input"), None, "ru")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_run_tells_its_errors_in_its_language(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = InteractiveShell()
    telling.attach(shell)
    shell.user_ns |= {"lang": lang}
    seen: list[str] = []
    monkeypatch.setattr(shell, "_showtraceback", lambda _, said, lines: seen.append(f"{said}\n{lines[-1]}"))
    shell.run_cell(
        "from digital_diplomacy.errors import SourceError\nraise SourceError('{path}: the file is empty', path='a')"
    )
    shell.run_cell("1 / 0")
    shell.run_cell("1 +")
    own, strange, unread = seen
    sentence = refusals.told(SourceError("{path}: the file is empty", path="a"), lang)
    assert own.splitlines()[0] == sentence
    assert own.splitlines()[-1].endswith(sentence)
    assert ("the file is empty" in own) == (lang == "en")
    assert "division by zero" in strange
    assert (labels.text("notice.error_any", lang) in strange) == (lang != "en")
    assert (labels.text("notice.error_syntax", lang) in unread.splitlines()[-1]) == (lang != "en")
    assert capsys.readouterr().out == ""


def test_only_kernels_of_a_person_are_attached_to() -> None:
    before = pd.DataFrame({"entity": ["KAZ"]})
    interactive.attach_to_lab({"JPY_SESSION_NAME": "a.ipynb"})  # no shell runs here: nothing happens
    assert "Kazakhstan" not in before._repr_html_()
