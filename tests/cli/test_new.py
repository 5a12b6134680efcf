"""`new`, as a person gives it: what is written, and what is said in three languages where it cannot be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy import labels
from digital_diplomacy.errors import said
from digital_diplomacy.labels import refusals
from digital_diplomacy.runs import translations

Run = Callable[..., tuple[object, str, str]]


def test_a_question_is_begun_checked_and_begun_from_again(run: Run, project: Path) -> None:
    code, out, err = run("new", "my_question", "--lang", "kk")
    assert (code, err) == (0, "")
    assert "reproduce my_question --lang kk" in out
    assert [line.strip() for line in out.splitlines() if line.startswith("  ")] == [
        "notebooks/locale/en/my_question.po", "notebooks/locale/ru/my_question.po",
    ]  # fmt: skip
    assert run("translations", "--check", "my_question") == (0, "", "")
    assert run("new", "notebooks/second.ipynb", "--from", "my_question", "--lang", "ru")[0] == 0
    assert run("translations", "--check", "second") == (0, "", "")
    path = project / "notebooks" / "my_question.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("# Өз сұрағым", "# Желіде кім бар?"), encoding="utf-8")
    code, out, _ = run("translations", "--check", "my_question")
    assert code == 1
    assert out.count("Желіде кім бар?") == 2  # what the author has to translate, in each other language
    assert translations.refusal(path, "kk") is None


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize(
    ("words", "label", "told"),
    [
        (["my question"], "not_a_name", "my_question"),
        (["менің сұрағым"], "not_a_name", "my_question"),
        (["one"], "taken", "one_2"),
        (["failed"], "reserved", "my_failed"),
        (["mine", "--from", "onee"], "unknown_model", "one"),
        (["mine", "--from", "broken"], "faulty_model", "broken.ipynb"),
    ],
)
def test_what_is_wrong_is_said_in_the_language_with_a_way_on(
    words: list[str], label: str, told: str, lang: str, run: Run, project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("one", [])
    (project / "notebooks" / "broken.ipynb").write_text("{")
    before = sorted(project.rglob("*"))
    code, out, err = run("new", *words, "--lang", lang)
    assert (code, out) == (2, "")
    assert err.startswith(refusals.told(said("error: {what}", what=""), lang))
    assert told in err
    words_of = labels.text(f"new.{label}", lang, **dict.fromkeys(labels.fields(f"new.{label}", lang), "\0"))
    assert all(part.strip() in err for part in words_of.split("\0"))
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_outside_of_a_project_and_in_a_language_the_model_lacks(
    lang: str, run: Run, tmp_path_factory: pytest.TempPathFactory, write_notebook: Callable[..., Path]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for words in (["new", "mine"], ["adapt", "--country", "KGZ"]):
        code, _, err = run(*words, "--lang", lang, place=elsewhere)
        assert code == 2
        assert str(elsewhere) in err
        assert "cd …" in err
    write_notebook("one", [])
    code, out, err = run("new", "mine", "--from", "one", "--lang", lang)
    assert (code, "--lang en" in err) == ((0, False) if lang == "en" else (2, True))
    assert "digital-diplomacy translations" not in out  # it has none
    assert labels.text("new.made", lang, path="notebooks/mine.ipynb") not in out
