"""What errors say is said in every language, whichever file, parameter or option brought them about."""

import ast
import csv
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from digital_diplomacy import cli, errors
from digital_diplomacy.cli.app import LANGUAGES
from digital_diplomacy.errors import SourceError, TableError, either, joined, said
from digital_diplomacy.labels import refusals

PACKAGE = Path(errors.__file__).parent
ROOMS = (
    *(
        "claims",
        "cli",
        "drafting",
        "exercises",
        "extraction",
        "figures",
        "frames.py",
        "kernels",
        "labels",
        "messages",
        "networks",
        "penetration",
        "printed",
        "rankings",
    ),
    *("readings.py", "reproduction", "runs", "sources", "tables.py"),
)
RAISED = ("said", "refuse", "UnreadableError")
FIELD = re.compile(r"\{(\w+)")
INNER = (
    "printed/date_patterns.py",  # ValueErrors that never leave their module
    "messages/intake/exports.py",  # ValueErrors by which the decoder of JSON leaves a message to be read by events
    "kernels/provisioner.py",  # what Jupyter and Python ask of streams and kernels
    "kernels/shell.py",
)


@cache
def every_module() -> dict[str, list[ast.AST]]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): list(ast.walk(ast.parse(path.read_text("utf-8")))) for path in paths}


def modules() -> Iterator[tuple[str, list[ast.AST]]]:
    return ((name, nodes) for name, nodes in every_module().items() if name.startswith(ROOMS))


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def sentence(node: ast.Call) -> ast.expr | None:
    """The English sentence an error is made with."""
    at = 1 if called(node) == "UnreadableError" else 0
    return node.args[at] if len(node.args) > at else None


def makes_errors(node: ast.AST, own_said: bool) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = called(node)
    return name in RAISED[1:] or (name == "said" and own_said) or (name.endswith("Error") and hasattr(errors, name))


def sentences() -> Iterator[tuple[str, str]]:
    for name, nodes in modules():
        own = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "digital_diplomacy.errors"
            and "said" in [one.name for one in node.names]
            for node in nodes
        )
        for node in filter(lambda node: makes_errors(node, own), nodes):
            found = sentence(node)  # type: ignore[arg-type]
            if isinstance(found, ast.Constant) and isinstance(found.value, str):
                yield name, found.value


def rows() -> list[tuple[str, dict[str, str]]]:
    found = []
    for path in sorted(refusals.FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found += [(path.name, row) for row in csv.DictReader(stream)]
    return found


def test_every_sentence_of_an_error_is_told_in_every_language() -> None:
    known = refusals.sentences()
    assert [(name, text) for name, text in sentences() if text not in known] == []


def test_every_row_has_every_language_with_the_same_values_and_stands_once() -> None:
    wanted = LANGUAGES.split(", ")
    assert [(file, row) for file, row in rows() if not all((row.get(lang) or "").strip() for lang in wanted)] == []
    fields = [(row["en"], {lang: sorted(set(FIELD.findall(row[lang]))) for lang in wanted}) for _, row in rows()]
    assert [found for found in fields if len({tuple(names) for names in found[1].values()}) > 1] == []
    assert len(rows()) == len(refusals.sentences())


def test_no_translation_has_outlived_its_sentence() -> None:
    texts = {node.value for nodes in every_module().values() for node in nodes
             if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    places = re.compile(r"(line|row|column|node|edge|sheet|cell) \{which\}")
    systems = [row["en"] for file, row in rows() if file == "phrases.csv" and row["en"][0].isupper()]  # of the system
    assert [
        row["en"] for _, row in rows() if row["en"] not in (texts | {*systems}) and not places.match(row["en"])
    ] == []


def test_no_error_is_raised_with_a_sentence_that_is_put_together_beforehand() -> None:
    """An f-string, a sum or a join cannot be told in another language."""
    put_together = (ast.JoinedStr, ast.BinOp)
    found = [
        (name, node.lineno)
        for name, nodes in modules()
        for node in nodes
        if isinstance(node, ast.Call) and makes_errors(node, own_said=True)
        if isinstance(sentence(node), put_together)
    ]
    assert found == []


def test_no_error_is_raised_that_is_none_of_the_package() -> None:
    """What Python's own errors say, whoever raises them, is said in English alone."""
    found = [
        (name, node.lineno)
        for name, nodes in modules()
        for node in nodes
        if isinstance(node, ast.Call) and called(node) in ("ValueError", "KeyError", "TypeError", "RuntimeError")
        if name not in INNER
    ]
    assert found == []


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_translations_are_in_their_language(lang: str, foreign: Callable[[str, str], tuple[list[str], int]]) -> None:
    code = re.compile(r"\b[a-z]+_[a-z_]+\b|\b\w+\.(?:csv|json|md)\b|\b(?:\w+/)+[\w.]*|`[^`]*`|\[\[\w+\]\]|--?[a-z-]+")
    odd = {row["en"]: foreign(code.sub(" ", row[lang]), lang)[0] for _, row in rows()}
    names = {"SHA", "True", "False", "NAME", "VALUE", "FILE", "URL", "TOML", "GML"}
    # One word of English is a name of an option or a program; a sentence would have more.
    assert {text: left for text, words in odd.items() if len(left := [w for w in words if w not in names]) > 4} == {}


def test_sentences_within_sentences_and_places_are_told_too() -> None:
    inner = TableError("{where}: {count} words in the data, {expected} are expected by the header",
                       where="line 3", count=2, expected=4)  # fmt: skip
    outer = SourceError("{where}: {error}", where="a.dl", error=inner)
    assert str(outer) == "a.dl: line 3: 2 words in the data, 4 are expected by the header"
    assert refusals.told(outer, "ru") == "a.dl: строка 3: в данных слов 2, по заголовку нужно 4"
    assert refusals.told(outer, "kk") == "a.dl: 3-жол: деректерде сөз саны 2, тақырып бойынша 4 керек"
    assert refusals.told(said("it can mean {choice}", choice=either([1.5, 15])), "ru") == "это может быть 1.5 или 15"
    assert refusals.told(joined([said("it is empty"), "x"]), "kk") == "ол бос; x"


def test_a_place_behind_the_name_of_its_file_is_told_too() -> None:
    error = SourceError("{where}: {error}", where="ties.dl, line 3", error=said("it is empty"))
    assert refusals.told(error, "ru").startswith("ties.dl, строка 3: ")
    assert refusals.told(error, "kk").startswith("ties.dl, 3-жол: ")


def test_what_a_user_wrote_is_not_translated_and_braces_are_plain() -> None:
    error = TableError("{path}: column {header!r} stands twice; keep one", path="{x} line.csv", header="missing")
    assert refusals.told(error, "ru") == "{x} line.csv: столбец «missing» стоит дважды; оставьте один"
    assert str(SourceError("no {braces} here")) == refusals.told(SourceError("no {braces} here"), "ru")


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LC_ALL": "", "LC_MESSAGES": "ru", "LANG": "kk_KZ"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_system_where_the_package_speaks_it(variables: dict[str, str], lang: str) -> None:
    assert refusals.reader_language(variables) == lang


FILES = {
    "headless.csv": "a;b\n1;2\n",
    "ragged.csv": 'Страна;Год;Значение\n"Казахстан;2020;5\n',
    "doubtful.csv": "Страна;Год;Пользователи интернета, %\nАтлантида;2020;5\nКазахстан;2021;1 из 3\n",
    "page.csv": "<!doctype html><html><body>404</body></html>",
    "empty.csv": "",
    "greek.csv": "χώρα;έτος\nα;β\n".encode("iso8859_7").decode("latin-1"),
    "framework.csv": "code,parent,direction\nindex,,1\nusers,index,more\n",
    "values.csv": "entity,users\nKAZ,x\n",
    "ties.csv": "source,target,weight\nа,б,-1\n",
    "loop.csv": "source,target\nа,а\nа,б\n",
    "broken.gml": "graph [ node [ id 1 ]",
    "broken.net": "*Vertices 2\n1 а\n*Arcs\n1 5\n",
    "steps.toml": '[[steps]]\nstep = "denominte"\n',
    "grid.csv": "country,country\nKAZ,UZB\n",
    "posts.jsonl": '{"id": "1", "author_id": "7", "created_at": "yesterday"}\n',
    "places.csv": "chat,country\na,KAZ\n",
    "nan.json": "[NaN]",
}
COMMANDS = (
    "data add headless.csv", "data add ragged.csv", "data add doubtful.csv", "data add page.csv", "data add empty.csv",
    "data add nowhere.csv", "data add headles.csv", "data add headless.csv --as claims", "data add greek.csv",
    "data add headless.csv --column x", "data add headless.csv --country Атлантида", "data remove own_nothing",
    "data add headless.csv --decimal ;",
    "index values.csv framework.csv", "index values.csv headless.csv", "index nowhere.csv framework.csv",
    "index values.csv framework.csv --steps steps.toml", "index values.csv",
    "network ties.csv", "network loop.csv", "network headless.csv", "network broken.gml", "network broken.net",
    "network ties.xyz", "network ties.csv --loops keep",
    "reproduce nothing", "reproduce penetration -p kantry=KGZ", "reproduce penetration -p country=KGS",
    "reproduce penetration -p country=Атлантида", "reproduce penetration -p period=2020/1999",
    "reproduce penetration -p country", "reproduce penetration -p country=KAZ -p country=UZB",
    "reproduce penetration --out data", "sweep penetration", "sweep penetration --grid grid.csv",
    "sweep penetration --over country=", "sweep nothing --over country=KAZ", "trace nowhere.svg",
    "claims --kind nothing", "index values.csv framework.csv --draws many", "nothing", "data remove",
    "claims --verdict nothing", "claims take-in nowhere --document 009 --author А --year 2020 --title Б",
    "messages nowhere.json --out nowhere --zone UTC --plain", "messages headless.csv --out nowhere --zone UTC --plain",
    "messages posts.jsonl --out nowhere --zone Asia/Nowhere --plain",
    "messages posts.jsonl --out nowhere --zone UTC --plain --strict",
    "messages posts.jsonl --out nowhere --zone UTC --month 2023-13",
    "messages posts.jsonl --out nowhere --zone UTC --rules x",
    "messages posts.jsonl --out nowhere --zone UTC --plain --places places.csv",
    "messages posts.jsonl --out nowhere --zone UTC --plain --mapping places.csv",
    "messages posts.jsonl --out nowhere --zone UTC --country Kazakhstan",
    "messages posts.jsonl --out nowhere --zone UTC --plain --places greek.csv",
    "data fetch nobody", "data fetch worldbank", "data fetch worldbank --indicator a --period 20",
    "data fetch worldbank --indicator a --countries XXX", "data fetch worldbank --indicator a --file nowhere.csv",
    "data fetch worldbank --indicator a --file nan.json", "data fetch worldbank --indicator a --file page.csv",
    "data use nothing", "data diff nothing", "new rankings", "new тест", "new con", "new mine --from nothing",
    "adapt --country Атлантида", "adapt --country Qqq",
    "claims scan nowhere.txt", "seal nothing", "translations nothing", "labels --check --lang xx",
)  # fmt: skip


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="latin-1" if name == "greek.csv" else "utf-8")
    monkeypatch.chdir(PACKAGE.parent)

    def command(line: str) -> str:
        words = [str(tmp_path / word) if word in FILES or word.startswith("nowhere") else word for word in line.split()]
        monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        capture = capsys.readouterr()
        assert ended.value.code == 2, (line, capture)
        return capture.err.replace(str(tmp_path), "")

    return command


@pytest.mark.parametrize(("lang", "lines"), [("kk", COMMANDS[::2]), ("ru", COMMANDS[1::2])])
def test_bad_input_of_every_kind_is_refused_in_the_language_of_the_reader(
    lang: str, lines: tuple[str, ...], told: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three English words in a row are prose, whatever names of options and files stand in a refusal.

    Half of the command lines are tried in each language: that every sentence is told in both is tested above.
    """
    monkeypatch.setenv("LC_ALL", f"{lang}_KZ.UTF-8")
    prose = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
    kept = re.compile(r"`[^`]*`|«[^»]*»|--[a-z-]+ \S+|\b[a-z_]+(?:, [a-z_]+)+\b")
    begins = {"kk": "қате:", "ru": "ошибка:"}[lang]
    for line in lines:
        said_there = told(line)
        assert begins in said_there, (line, said_there)
        assert not prose.search(kept.sub(" ", said_there)), (line, said_there)
        assert "Traceback" not in said_there
