"""Pages for readers: every example is run or checked, names in them exist, and the languages say the same."""

import ast
import doctest
import importlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from digital_diplomacy.cli import app, join, main

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
PAGES = [
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "benchmarks/README.md")),
    *(path for path in sorted(DOCS.rglob("*.md")) if "_build" not in path.parts),
]
LANGUAGES = ("kk", "ru", "en")

RUN_ELSEWHERE = {
    "README.md": ("tests/test_docs.py", 1),
    "docs/indices.md": ("tests/cli/index/test_page.py", 3),
    "docs/messages.md": ("tests/cli/messages/test_messages.py", 4),
    "docs/networks.md": ("tests/networks/graphs/test_naming.py", 2),
    "docs/en/questions.md": ("tests/test_questions_page.py", 11),
    "docs/solutions/start_here.md": ("tests/exercises/test_exercises.py", 5),
}
"""Pages whose Python runs in a test of its own, mostly on files the page tells of, with the number of its examples."""

SHOWN = {"csv", "toml", "text", "po", "html", "markdown", "json"}
"""Kinds of blocks that are files or answers of a command; a page that runs needs them to be right."""

PROGRAMS = {"py", "python", "python3", "pip", "conda", "papermill", "bash", "git"}
"""Programs of others that commands begin with."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: what it says it is, its text and its line."""

    page: str
    kind: str
    text: str
    line: int

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def name_of(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


def blocks_in(text: str, page: str = "") -> list[Block]:
    """All fenced blocks, of however many backquotes, in lists and quotations too."""
    found, opened, kind, kept, start = [], "", "", [], 0  # type: ignore[var-annotated]
    for number, line in enumerate(text.splitlines(), start=1):
        fence = re.match(r"^[ >]*(`{3,}|~{3,})\s*(.*)$", line)
        if fence and not opened:
            opened, kind, kept, start = fence[1], fence[2].strip(), [], number
        elif fence and fence[1].startswith(opened) and not fence[2]:
            found.append(Block(page, kind, "\n".join(kept), start))
            opened = ""
        elif opened:
            kept.append(line)
    assert not opened, f"{page}:{start}: a block is never closed"
    return found


BLOCKS = [block for page in PAGES for block in blocks_in(page.read_text(encoding="utf-8"), name_of(page))]


def is_drawing(block: Block) -> bool:
    """Whether an unnamed block draws something: frames, arrows and trees of files, or rows of a table."""
    return bool(re.search(r"[│▼├└]|^\w+( \| \w+)+$|^[\w/.]+ {3,}\S|^\w+(,\w*)+$", block.text, re.MULTILINE))


def commands(block: Block) -> list[str]:
    """Lines of a block of commands, without comments; a line that goes on is one."""
    joined = re.sub(r"\s*\\\n\s*", " ", block.text)
    lines = [re.sub(r"(^|\s)# .*$", "", line).strip().removeprefix("$ ") for line in joined.splitlines()]
    return [part.strip() for line in lines for part in line.split(" && ") if part.strip()]


# ---- no block escapes -----------------------------------------------------------------------------------------------


def test_blocks_are_found_wherever_they_stand() -> None:
    page = "a\n```python\nx\n```\n- b\n  ````text\n  ```\n  y\n  ````\n> ~~~sh\n> z\n> ~~~\n"
    assert [(block.kind, block.line) for block in blocks_in(page)] == [("python", 2), ("text", 6), ("sh", 10)]


def test_every_block_is_run_checked_or_shown() -> None:
    kinds = {"python", "pycon", "console", "sh", *SHOWN}
    unknown = [f"{block}: {block.kind}" for block in BLOCKS if block.kind and block.kind not in kinds]
    assert unknown == []  # a new kind needs a test that runs it, or a word why it cannot be run
    plain = [block for block in BLOCKS if not block.kind and not is_drawing(block)]
    assert [str(block) for block in plain if not all(map(is_command, commands(block)))] == []
    assert sum(block.kind == "python" for block in BLOCKS) >= 8


def is_command(line: str) -> bool:
    program = shlex.split(line, posix="\\" not in line)[0] if line != "…" else "…"
    last = re.split(r"[/\\]", program)[-1]
    is_ours = last in {"digital-diplomacy", "make"} or program.startswith(".venv")
    return line.startswith("…") or is_ours or program in PROGRAMS


# Translated pages have the Python of the English ones: `test_pages_of_three_languages_have_equal_content`.
WITH_PYTHON = {block.page for block in BLOCKS if block.kind in ("python", "pycon")}
TRANSLATED = {f"docs/{lang}/{path.name}" for path in (DOCS / "en").glob("*.md") for lang in ("kk", "ru")}


@pytest.mark.parametrize("page", sorted(WITH_PYTHON - TRANSLATED))
def test_every_python_example_runs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [block for block in BLOCKS if block.page == page and block.kind in ("python", "pycon")]
    if page in RUN_ELSEWHERE:
        test, count = RUN_ELSEWHERE[page]
        assert Path(page).name in (REPOSITORY / test).read_text(encoding="utf-8")
        assert len(blocks) == count, f"{test} runs {count} examples of {page}"
        return
    monkeypatch.chdir(REPOSITORY)
    told: dict[str, Any] = {}
    for block in blocks:
        if block.kind == "pycon":
            example = doctest.DocTestParser().get_doctest(block.text, told, str(block), page, block.line)
            assert doctest.DocTestRunner().run(example).failed == 0, str(block)
        else:
            exec(compile(block.text, str(block), "exec"), told)  # noqa: S102 - the pages are ours


def test_the_example_of_the_readme_gives_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The UN E-Government Survey 2020 puts Kazakhstan 29th; no neighbour shares its printed index.
    [block] = [block for block in BLOCKS if block.page == "README.md" and block.kind == "python"]
    monkeypatch.chdir(REPOSITORY)
    exec(compile(block.text, "README.md", "exec"), {})  # noqa: S102 - the page is ours
    assert ["2020", "29"] in [line.split() for line in capsys.readouterr().out.splitlines()]


def test_the_picture_of_the_readme_has_the_title_that_the_notebook_gives() -> None:
    [(title, name)] = re.findall(r"!\[(.+?)\]\(docs/images/(\w+)\.png\)", (REPOSITORY / "README.md").read_text("utf-8"))
    kept = (REPOSITORY / "data/baseline/penetration.csv").read_text(encoding="utf-8")
    assert f'titles,{name},"{title}"' in kept.splitlines()


# ---- commands -------------------------------------------------------------------------------------------------------


def said_commands() -> Iterator[tuple[str, str]]:
    """Every command of a page with its place: in blocks, with a line, and in sentences, which may only name it."""
    for block in BLOCKS:
        if block.kind in ("console", "sh") or not (block.kind or is_drawing(block)):
            yield from ((str(block), line) for line in commands(block))
    for page in PAGES:
        text = re.sub(r"(?ms)^[ >]*```.*?^[ >]*```$", "", page.read_text(encoding="utf-8"))
        for said in re.findall(r"`([^`\n]+)`", text):
            if re.match(r"(\.venv\S*?[/\\])?(digital-diplomacy|make)\s", said):
                yield from ((name_of(page), part.strip()) for part in said.split(" && "))


def words_of(line: str) -> list[str] | None:
    """What a line gives to ``digital-diplomacy``; nothing if it calls something else."""
    words = shlex.split(line, posix="\\" not in line)
    if re.split(r"[/\\]", words[0])[-1] == "digital-diplomacy":
        return words[1:]
    if words[1:3] == ["-m", "digital_diplomacy"]:
        return words[3:]
    return None


@cache
def command_line() -> Any:
    join()
    return typer.main.get_command(app)


def parse(words: list[str]) -> None:
    """Read words as the command line does, down to the options of the last command, and run nothing."""
    command = command_line()
    context = command.make_context("digital-diplomacy", list(words))
    while hasattr(command, "resolve_command") and (context._protected_args or context.args):
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(name, rest, parent=context)


def fault_of(line: str, targets: set[str]) -> str:
    """What is wrong with a command as a page says it."""
    words = words_of(line)
    if words is None:
        parts = shlex.split(line, posix="\\" not in line)
        is_made = parts[0] == "make"
        return "no such target" if is_made and {part for part in parts[1:] if "=" not in part} - targets else ""
    try:
        parse(["x" if word == "…" else word for word in words])
    except typer.Exit:
        return ""  # --help
    except Exception as error:  # whatever the parser says is what is wrong
        return str(getattr(error, "message", "") or error)
    return ""


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_command_of_every_page_is_understood() -> None:
    said = sorted(set(said_commands()))
    assert len(said) > 80
    known = targets()
    faults = [(place, line, fault_of(line, known)) for place, line in said]
    assert [one for one in faults if one[2] and not (":" not in one[0] and one[2].startswith("Missing"))] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (".venv/bin/digital-diplomacy reproduce --lnag kk", "No such option"),
        ("digital-diplomacy data put my.csv", "No such command"),
        ("digital-diplomacy sweep", "Missing parameter"),
        ("make benchmarks", "no such target"),
        (".venv\\Scripts\\python -m digital_diplomacy network", "Missing parameter"),
    ],
)
def test_a_command_that_is_not_understood_is_found(line: str, fault: str) -> None:
    assert fault in fault_of(line, targets())


def test_every_target_has_its_plain_command_on_the_page_for_windows() -> None:
    page = (DOCS / "windows.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `make ([a-z-]+)` \| (.+) \|$", page, re.MULTILINE))
    assert set(rows) == targets() - {"help"}
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target, said in rows.items():
        recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
        for words in re.findall(r"`\.venv\\Scripts\\(?:python )?([^`]+)`", said) if recipe else []:
            kept = [word for word in words.split() if word not in ("-m", "-n", "2", "--dist", "loadfile")]
            assert [word for word in kept if word not in recipe[1]] == [], f"make {target}"


# ---- names ----------------------------------------------------------------------------------------------------------

ROOMS = ["claims", "rankings", "penetration", "networks", "figures", "sources", "printed", "labels", "tables"]


def test_functions_that_pages_name_are_there() -> None:
    named = {
        (name_of(page), room, name)
        for page in PAGES
        for room, name in re.findall(rf"`({'|'.join(ROOMS)})\.([a-z_]+)(?:\(|`)", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 25
    files = {"csv", "ipynb", "json", "md", "po", "py", "html"}
    missing = [
        f"{page}: {room}.{name}"
        for page, room, name in sorted(named)
        if name not in files and not hasattr(importlib.import_module(f"digital_diplomacy.{room}"), name)
    ]
    assert missing == []


def slugs(page: Path) -> set[str]:
    """Anchors that GitHub gives to the headings of a page: small letters, hyphens for blanks, no marks."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def test_links_to_a_heading_find_it_in_the_plain_view_too() -> None:
    links = [
        (page, *link) for page in PAGES for link in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", page.read_text("utf-8"))
    ]
    local = [(page, path, anchor) for page, path, anchor in links if not path.startswith("http")]
    assert len(local) >= 2
    lost = [
        f"{name_of(page)}: {path}#{anchor}"
        for page, path, anchor in local
        if anchor not in slugs((page.parent / path) if path else page)
    ]
    assert lost == []


# ---- languages ------------------------------------------------------------------------------------------------------


def translated(name: str) -> dict[str, str]:
    return {lang: (DOCS / lang / name).read_text(encoding="utf-8") for lang in LANGUAGES}


def shape(text: str) -> dict[str, Any]:
    """What does not depend on the language: headings, rows, blocks, functions, links."""
    bare = re.sub(r"(?ms)^```.*?^```$", "", text)
    return {
        "headings": [len(mark) for mark in re.findall(r"^(#+) ", bare, re.MULTILINE)],
        "rows": [line.count(" | ") for line in bare.splitlines() if line.startswith("| ")],
        "blocks": [block.kind for block in blocks_in(text)],
        "functions": re.findall(r"`(\w+\.\w+)`", bare),
        "links": sorted(link for link in re.findall(r"\]\(([^)]+)\)", bare) if not re.match(r"\.\./(kk|ru|en)/", link)),
        "commands": [
            re.sub(r' --(lang \w+|country \w+|source "[^"]*")', "", line)
            for block in blocks_in(text)
            if block.kind in ("", "console")
            for line in commands(block)
        ],
        "python": [
            re.sub(r"lang='\w+'", "lang=…", ast.unparse(ast.parse(block.text)))
            for block in blocks_in(text)
            if block.kind == "python"
        ],
        "years": sorted(re.findall(r"\b(?:18|19|20)\d\d\b", bare)),
    }


@pytest.mark.parametrize("name", sorted(path.name for path in (DOCS / "en").glob("*.md")))
def test_pages_of_three_languages_have_equal_content(name: str) -> None:
    shapes = {lang: shape(text) for lang, text in translated(name).items()}
    assert shapes["kk"] == shapes["en"]
    assert shapes["ru"] == shapes["en"]


NAMES = {
    *("make", "Windows", "JupyterLab", "LibreOffice", "VS", "Code", "OpenDocument", "pyarrow", "DataHub"),
    *("TSV", "SDMX", "stat", "Stata", "Parquet", "KZ", "KOI", "CP", "MacCyrillic", "Korea", "Rep"),
    *("Fellegi", "Holt", "Digital", "Diplomacy", "Review", "Wasserstein", "Lazar"),
}
"""Programs, forms of files, encodings, authors and an index that keep their names, and stand in no label."""


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("name", ["adapt.md", "meaning.md", "own_tables.md", "questions.md", "start.md"])
def test_pages_have_one_language(name: str, lang: str, foreign: Callable[[str, str], tuple[list[str], int]]) -> None:
    text = re.sub(r"(?ms)^```.*?^```$", " ", translated(name)[lang])
    text = re.sub(r'<span lang="(?!' + lang + r'").*?</span>|\[[A-Za-z ]+\]\([^)]*\)|\]\([^)]*\)', " ", text)
    text = re.sub(r"(?m)\|[^|\n]*\|$", "|", text.partition("\n## Источники")[0].partition("\n## Дереккөздер")[0])
    found, count = foreign(text, lang)
    assert set(found) - NAMES == set()
    assert count > 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_the_start_page_is_taken_in(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = blocks_in(translated("start.md")[lang])
    [table] = [block.text for block in blocks if block.kind == "csv"]
    [line] = [block.text for block in blocks if block.kind == "console"]
    for folder in ("raw", "processed"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        shutil.copy(REPOSITORY / "data" / folder / "datapackage.json", tmp_path / "data" / folder)
    shutil.copy(REPOSITORY / "data" / "raw" / "internet_users.csv", tmp_path / "data" / "raw")
    (tmp_path / "kyrgyzstan.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", shlex.split(line))
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    # Two rows of the page are figures of a country and year; the third is a total, which is left out.
    taken = (tmp_path / "data" / "raw" / "own_internet_users.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[:3] for row in taken[1:]] == [["KGZ", "2021", "77.9"], ["KGZ", "2023", "88.5"]]
    assert "KGZ" in capsys.readouterr().out.splitlines()[-1]


# ---- the example for a cluster --------------------------------------------------------------------------------------


@pytest.fixture
def slurm_sweep(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(DOCS / "examples" / "cluster"))
    return importlib.import_module("slurm_sweep")


def test_the_job_of_the_cluster_asks_for_what_the_page_says(slurm_sweep: Any) -> None:
    from dask_jobqueue.slurm import SLURMJob

    script = SLURMJob("tcp://10.0.0.1:8786", name="a", **slurm_sweep.JOB | {"account": "me"}).job_script()
    # 16 GB are 14.9 GiB, which SLURM counts as 15G; shared by four workers they are 3.73 GiB each.
    for line in ("#SBATCH -p normal", "#SBATCH -A me", "#SBATCH --cpus-per-task=4", "#SBATCH --mem=15G"):
        assert f"{line}\n" in script
    assert f'cd "{slurm_sweep.PROJECT}"\n{sys.executable} -m distributed.cli.dask_worker tcp://10.0.0.1:8786' in script
    assert "--nworkers 4" in script
    assert "--memory-limit 3.73GiB" in script


def test_the_sweep_runs_on_the_workers_and_ends_as_it_ended(slurm_sweep: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    class Queue:
        scheduler_address = "tcp://10.0.0.1:8786"

        def __init__(self, **job: Any) -> None:
            seen.append(job["queue"])

        def __enter__(self) -> "Queue":
            return self

        def __exit__(self, *_: object) -> None:
            seen.append("closed")

        def scale(self, *, jobs: int) -> None:
            seen.append(jobs)

        def wait_for_workers(self, n_workers: int) -> None:
            seen.append(n_workers)

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        seen.append(command[1:])
        parse(command[3:])
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(slurm_sweep, "SLURMCluster", Queue)
    monkeypatch.setattr(slurm_sweep.subprocess, "run", run)
    assert slurm_sweep.main(["rankings", "--over", "country=KAZ,UZB"]) == 3
    given = ["-m", "digital_diplomacy", "sweep", "rankings", "--over", "country=KAZ,UZB"]
    assert seen == ["normal", 4, 1, [*given, "--scheduler", "tcp://10.0.0.1:8786"], "closed"]
