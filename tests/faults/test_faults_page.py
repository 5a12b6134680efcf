"""The page on faults names tests that there are."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs/faults.md").read_text(encoding="utf-8")


def test_every_promise_has_a_test_that_exists() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)", written, re.MULTILINE))
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and not re.match(r"\|(-|\s*Case)", line)]
    assert len(rows) > 30
    assert [row for row in rows if not re.findall(r"`(test_\w+)`", row)] == []
    assert sorted(set(re.findall(r"`(test_\w+)`", PAGE)) - there) == []


def test_every_test_of_faults_and_of_security_is_named() -> None:
    own = [path for room in ("faults", "security") for path in (REPOSITORY / "tests" / room).glob("test_*.py")]
    names = {name for path in own for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)}
    assert len(names & set(re.findall(r"`(test_\w+)`", PAGE))) > len(names) // 2
