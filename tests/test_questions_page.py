"""The pages of questions say what their lines print: every block is run, in order, and its text compared."""

import contextlib
import io
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_question_is_answered_as_the_page_says(lang: str) -> None:
    page = (DOCS / lang / "questions.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(python|text)\n(.*?)```", page, re.DOTALL)
    (kind, imports), *rest = blocks
    assert (kind, [kind for kind, _ in rest]) == ("python", ["python", "text"] * 10)
    known: dict[str, object] = {}
    exec(compile(imports, f"{lang}/questions.md", "exec"), known)  # noqa: S102 - the page is ours
    for (_, code), (_, told) in zip(rest[::2], rest[1::2], strict=True):
        assert len(code.strip().splitlines()) <= 4, code
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(code, f"{lang}/questions.md", "exec"), known)  # noqa: S102
        assert [line.rstrip() for line in said.getvalue().splitlines()] == told.splitlines(), code
