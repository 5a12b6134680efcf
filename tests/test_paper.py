"""The draft of the paper has the parts that the Journal of Open Source Software asks for, and says what is here.

Required parts and length: https://joss.readthedocs.io/en/latest/paper.html.
"""

import csv
import re
from pathlib import Path
from typing import Any, Final

import yaml

REPOSITORY: Final = Path(__file__).parents[1]
HEAD, TEXT = (REPOSITORY / "paper/paper.md").read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
BIB: Final = (REPOSITORY / "paper/paper.bib").read_text(encoding="utf-8")
PARTS: Final = (
    "Summary",
    "Statement of need",
    "State of the field",
    "Software design",
    "Research impact statement",
    "AI usage disclosure",
    "Acknowledgements",
    "References",
)


def test_the_parts_are_those_asked_for_in_their_order_and_length() -> None:
    assert tuple(re.findall(r"^# (.+)$", TEXT, re.MULTILINE)) == PARTS
    words = re.sub(r"^#.*$|\[@\w+\]", "", TEXT, flags=re.MULTILINE).split()
    assert 750 <= len(words) <= 1750


def test_the_head_names_the_contributors_and_invents_nobody() -> None:
    head: dict[str, Any] = yaml.safe_load(HEAD)
    assert [author["name"] for author in head["authors"]] == ["The digital_diplomacy contributors"]
    assert {author["affiliation"] for author in head["authors"]} == {one["index"] for one in head["affiliations"]}
    assert not re.search(r"orcid|ror:", HEAD, re.IGNORECASE)
    assert "`" not in head["title"]
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", str(head["date"]))
    assert (REPOSITORY / "paper" / head["bibliography"]).is_file()


def test_every_reference_is_cited_and_has_an_identifier_or_an_address() -> None:
    entries = dict(re.findall(r"^@\w+\{(\w+),\n(.*?)^\}", BIB, re.MULTILINE | re.DOTALL))
    assert set(re.findall(r"@(\w+)", TEXT)) == set(entries)
    for name, entry in entries.items():
        assert re.search(r"^  doi = \{10\.\d{4,9}/\S+\}|^  url = \{https?://\S+\}", entry, re.MULTILINE), name
        assert all(f"  {field} = {{" in entry for field in ("title", "author", "year")), name


def rows(table: str) -> int:
    return len(list(csv.DictReader((REPOSITORY / f"data/raw/{table}.csv").read_text(encoding="utf-8").splitlines())))


def test_the_counts_of_the_paper_are_those_of_the_tables() -> None:
    [figures, relations] = re.findall(r"holds (\d+) printed\s+figures and (\d+) relations", TEXT)[0]
    assert (int(figures), int(relations)) == (rows("claims"), rows("claim_relations"))
    notebooks = [path for path in (REPOSITORY / "notebooks").glob("*.ipynb") if '"order"' in path.read_text()]
    assert ("Twelve notebooks" in TEXT) is (len(notebooks) == 12)
    assert "five documents" in TEXT
    assert rows("documents") == 5


def test_what_is_measured_stands_in_the_list_of_benchmarks() -> None:
    measured = (REPOSITORY / "benchmarks/README.md").read_text(encoding="utf-8")
    [impact] = re.findall(r"# Research impact statement\n(.*?)\n# ", TEXT, re.DOTALL)
    said = set(re.findall(r"\d[\d.,]*\d", impact)) - {str(rows("claims")), str(rows("claim_relations"))}
    assert len(said) > 6
    assert [number for number in said if number not in measured] == []
