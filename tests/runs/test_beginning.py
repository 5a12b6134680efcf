"""A notebook begun from another: names, texts and catalogues in every language, and nothing of the model's own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.errors import TranslationError
from digital_diplomacy.runs import beginning, translations
from digital_diplomacy.runs.notebooks import find_notebooks, plan_runs

LANGUAGES = ("kk", "ru", "en")
NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize(
    ("name", "code", "suggestion"),
    [
        *((name, "not_a_name", "a_b") for name in ("a b", "a/b", "a.b", "../a b", "a\tb", "1a_b", "-a_b", "à b")),
        *((name, "not_a_name", "my_question") for name in ("", "сұрақ", "2024", "?", "..")),
        ("x" * 61, "not_a_name", "x" * 50),
        *((name, "reserved", f"my_{name.lower()}") for name in ("con", "NUL", "failed", "sweeps")),
        *((name, "taken", "one_2") for name in ("one", "One", "ONE")),
        ("gone", "taken", "gone_2"),  # a translation without its notebook would be taken for the new one's
        *((name, "", "") for name in ("two", "my-question_2", "x" * 60, "console")),
    ],
)
def test_a_name_is_refused_with_one_that_can_be_had(
    name: str, code: str, suggestion: str, project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("one", [])
    orphan = project / "notebooks" / "locale" / "ru" / "gone.po"
    orphan.parent.mkdir(parents=True)
    orphan.write_text("")
    found = beginning.refused(name, project)
    if suggestion == "a_b" and found:
        assert found.suggestion in ("a_b", "b", "a_b_2")  # of a path the last part
    else:
        assert (found.suggestion if found else "") == suggestion
    assert (found.code if found else "") == code
    if found:
        assert beginning.refused(found.suggestion, project) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("model", [beginning.TEMPLATE, NOTEBOOKS[-1]], ids=lambda path: path.stem)
def test_what_is_begun_can_be_read_at_once_in_every_language(model: Path, lang: str, project: Path) -> None:
    path = project / "notebooks" / "my_question.ipynb"
    made = beginning.begin(path, model, lang=lang)
    folders = [one.parent.name for one in made[1:]]
    assert (made[0], sorted([*folders, lang])) == (path, sorted(LANGUAGES))
    assert [str(fault) for code in LANGUAGES for fault in translations.faults(path, code)] == []
    for code in LANGUAGES:  # the same words as the model's in every language, wherever they stand now
        assert translations.spoken(path, code) == translations.spoken(model, code)
    notebook = find_notebooks(project)["my_question"]
    assert notebook.fault == ""
    assert notebook.parameters["lang"].default == lang
    assert len(plan_runs({"my_question": notebook}, [], {"country": "KGZ"}, LANGUAGES, {})) == len(LANGUAGES)


def test_the_template_is_wholly_translated() -> None:
    assert sorted(beginning.told_in(beginning.TEMPLATE)) == sorted(LANGUAGES)


def test_nothing_of_a_model_is_left_that_is_its_own(project: Path, write_notebook: Callable[..., Path]) -> None:
    model = write_notebook("model", ["1 + 1"])
    stored = json.loads(model.read_text())
    stored["metadata"]["digital_diplomacy"] = {"order": 3, "kept": "yes"}
    stored["cells"][2] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}], "execution_count": 7}
    injected = {"cell_type": "code", "metadata": {"tags": ["injected-parameters"]}, "source": "country = 'UZB'"}
    stored["cells"].insert(2, injected | {"outputs": [], "execution_count": 1, "id": "injected"})
    model.write_text(json.dumps(stored))
    [made] = beginning.begin(project / "notebooks" / "mine.ipynb", model, lang="en")
    written = json.loads(made.read_text())
    assert written["metadata"]["digital_diplomacy"] == {"kept": "yes"}
    assert [cell["source"] for cell in written["cells"]][2:] == [["1 + 1"]]
    assert [(cell["outputs"], cell["execution_count"]) for cell in written["cells"][1:]] == [([], None)] * 2
    assert json.loads(model.read_text()) == stored


def test_a_translation_that_does_not_stand_is_left_for_the_author(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    model = write_notebook("model", [])
    translations.begin(model, "ru", {"Title of model": "Название"})
    translations.begin(model, "kk", {})
    assert beginning.told_in(model) == ["en", "ru"]
    made = beginning.begin(project / "notebooks" / "mine.ipynb", model, lang="ru")
    assert translations.spoken(made[0], "ru") == ["Название"]
    assert translations.spoken(made[0], "en") == ["Title of model"]
    [fault] = translations.faults(made[0], "kk")
    assert (fault.text, str(fault.what)) == ("Название", "has no translation")


def test_a_notebook_that_is_there_is_not_written_over(project: Path, write_notebook: Callable[..., Path]) -> None:
    there = write_notebook("mine", ["1"])
    before = there.read_bytes()
    with pytest.raises(FileExistsError, match="mine"):
        beginning.begin(there, beginning.TEMPLATE, lang="kk")
    assert there.read_bytes() == before
    assert translations.catalogues(there) == []


def test_nothing_is_written_where_a_catalogue_of_the_model_cannot_be_read(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    model = write_notebook("model", [])
    translations.begin(model, "ru", {"Title of model": "Название"}).write_bytes(b"\xff\xfe")
    with pytest.raises(TranslationError, match="repair it, or restore it"):
        beginning.begin(project / "notebooks" / "mine.ipynb", model, lang="en")
    assert sorted(find_notebooks(project)) == ["model"]
