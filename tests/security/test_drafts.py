"""Drafts of strangers, taken in as a document: what would harm is refused in words, and no table changes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy import cli, formulas, sources

FIGURES = (
    "accepted,claim_id,document,locator,entity,measure,platform,period,value,value_date,low,high,unit,bound,as_printed,"
    "reading,credited_source,kind,also_in,notebook,paraphrase,note\n"
    'yes,NEW-001,NEW,p. 1,KAZ,followers,,,40001,,40000.5,40001.5,followers,exact,"40,001",number,,observation,,,A.,\n'
    'yes,NEW-002,NEW,p. 1,KAZ,followers,,,50001,,50000.5,50001.5,followers,exact,"50,001",number,,observation,,,B.,\n'
)
RELATIONS = (
    "accepted,relation_id,kind,left,right,exhaustive,constant,named,caveat,matter,notebook,note\n"
    "yes,NEW_order_001,order,NEW-002 NEW-001,,False,,,,substance,claims,larger\n"
)
NAMED = {"document": "005", "author": "Author, A.", "year": "2025", "title": "A paper"}
TABLES = ("documents", "claims", "claim_relations", "acknowledged_findings", "datapackage")
HUGE = ("40001,,40000.5,40001.5", "{0},,{0},{0}")

TakeIn = Callable[..., tuple[int, str]]


@pytest.fixture
def take_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> TakeIn:
    """The command in a copy of the raw tables, with a part of the draft changed."""
    shutil.copytree(sources.project_root() / "data" / "raw", tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)

    def run(file: str = "", old: str = "", new: str = "", **given: str) -> tuple[int, str]:
        made = {
            "claims.csv": FIGURES,
            "relations.csv": RELATIONS,
            "document.csv": 'lang,decimal_mark,grouping_mark\nen,.,","\n',
        }
        for name, text in made.items():
            assert name != file or old in text
            Path(name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8", newline="")
        words = [word for name, text in (NAMED | given).items() for word in (f"--{name}", text)]
        monkeypatch.setattr("sys.argv", ["digital-diplomacy", "claims", "take-in", ".", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(str(ended.value.code or 0)), told.out + told.err

    return run


def held() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("data/raw").iterdir() if not path.name.startswith(".")}


NAMES = {
    "a document that leads elsewhere": ({"document": "../../x"}, "column `document`: '../../x' breaks"),
    "a document in digits of another script": ({"document": "\u0660\u0660\u0665"}, "column `document`"),
    "a formula as a title": ({"title": '=HYPERLINK("http://x")'}, "a spreadsheet would run «=HYPERLINK"),
    "a formula as an author": ({"author": "=cmd|'/c calc'!A1"}, "column `short`: a spreadsheet would run"),
    "half a letter": ({"title": "a\udcffb"}, "holds the character U+DCFF"),
    "a title that moves the cursor": ({"title": "\x1b[2Ja"}, "holds the character U+001B"),
    "a title that turns what follows": ({"title": "a\u202eb"}, "holds the character U+202E"),
    "lines ended as on no system": ({"title": "a\rb"}, "holds the character U+000D"),
    "a title of blanks": ({"title": "  "}, "column `title`: nothing stands"),
    "a year beyond all": ({"year": "9" * 20}, "column `year`"),
}  # fmt: skip
CELLS = {
    "a figure that leads elsewhere": ("claims.csv", "NEW-001", "NEW-../x", "claim_id"),
    "a figure in digits of another script": ("claims.csv", "NEW-001", "NEW-\u0660\u0660\u0661", "claim_id"),
    "a relation that leads elsewhere": ("relations.csv", "NEW_order_001", "NEW_../x", "relation_id"),
    "a side that leads elsewhere": ("relations.csv", "NEW-002 NEW-001", "../x NEW-001", "column `left`: ../x"),
    "a formula as a place": ("claims.csv", "p. 1", "=SUM(A1)", "line 2 (005-001), column `locator`: a spreadsheet"),
    "a formula as a name": ("claims.csv", "1,KAZ", "1,=SUM(A1)", "column `entity`: a spreadsheet would run"),
    "a program in a sentence": ("claims.csv", "A.", "=cmd|' /C calc'!A0", "column `paraphrase`: a spreadsheet"),
    "NUL in a sentence": ("claims.csv", "A.", "A\0.", "column `paraphrase`: it holds the character U+0000"),
    "NUL in what describes it": ("document.csv", "\nen", "\ne\0n", "column `lang`"),
    "1e308": ("claims.csv", HUGE[0], HUGE[1].format("1e308"), "does not read as what is stored"),
    "1e309": ("claims.csv", HUGE[0], HUGE[1].format("1e309"), "does not read as what is stored"),
    "no number": ("claims.csv", HUGE[0], HUGE[1].format("nan"), "does not read as what is stored"),
    "a figure of 5,000 digits": ("claims.csv", '"40,001"', "9" * 5000, "longer than 120 characters"),
    "a figure twice": ("claims.csv", "NEW-002", "NEW-001", "line 3 (NEW-001), column `claim_id`: this id stands twice"),
    "a column twice": ("claims.csv", "claim_id,document", "claim_id,claim_id", "the column `claim_id` stands twice"),
    "a relation that is none": ("relations.csv", ",order,", ",__import__,", "column `kind`"),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMES)
def test_a_document_of_a_harmful_name_is_refused_and_no_table_changes(case: str, take_in: TakeIn) -> None:
    given, reason = NAMES[case]
    before = held()
    code, told = take_in(**given)
    assert (code, reason in told) == (2, True), told
    assert held() == before


@pytest.mark.parametrize("case", CELLS)
def test_a_harmful_cell_of_a_draft_is_refused_and_no_table_changes(case: str, take_in: TakeIn) -> None:
    file, old, new, reason = CELLS[case]
    before = held()
    code, told = take_in(file, old, new)
    assert (code, reason in told) == (2, True), told
    assert held() == before


def test_what_a_description_refuses_is_said_in_one_language(take_in: TakeIn) -> None:
    code, told = take_in(year="1900", lang="ru")
    assert code == 2
    assert "нарушает правило" in told
    assert "breaks" not in told


def test_markup_is_text_and_no_cell_that_is_taken_in_runs(take_in: TakeIn) -> None:
    assert take_in("claims.csv", "1,KAZ", "1,<script>alert(1)</script>", title="<b>A</b>")[0] == 0
    root = Path.cwd()
    assert sources.load("documents", root=root)["title"].tolist()[-1] == "<b>A</b>"
    for name in TABLES[:-1]:
        frame = sources.load(name, root=root)
        texts = [text for column in frame for text in frame[column] if isinstance(text, str)]
        assert [text for text in texts if formulas.inert(text) != text] == [], name
