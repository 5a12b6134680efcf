"""The page of questions says what its lines print: every block is run, in order, and its text compared."""

import contextlib
import io
import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "questions.md"


def test_every_question_is_answered_as_the_page_says() -> None:
    blocks = re.findall(r"```(python|text)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (kind, imports), *rest = blocks
    assert (kind, [kind for kind, _ in rest]) == ("python", ["python", "text"] * 10)
    known: dict[str, object] = {}
    exec(compile(imports, str(PAGE), "exec"), known)  # noqa: S102 - the page is ours
    for (_, code), (_, told) in zip(rest[::2], rest[1::2], strict=True):
        assert len(code.strip().splitlines()) <= 4, code
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(code, str(PAGE), "exec"), known)  # noqa: S102
        assert [line.rstrip() for line in said.getvalue().splitlines()] == told.splitlines(), code
