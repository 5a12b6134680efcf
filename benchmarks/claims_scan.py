"""How many of the figures and relations people noted from papers the scan finds, and how long it takes.

    python benchmarks/claims_scan.py PAPERS [CLAIMS [RELATIONS]] [--missed] [--extra] [--no-times]

PAPERS is a folder of papers whose names begin with the document's id (``000_….txt``); CLAIMS a table in the form of
``data/raw/claims.csv`` (by default that one), of which ``claim_id``, ``document``, ``as_printed``, ``value``,
``value_date``, ``low``, ``high``, ``unit`` and ``reading`` are used, and ``entity`` and ``period`` where they say
something ("-" is none). RELATIONS is one in the form of ``data/raw/claim_relations.csv`` (by default that one, or
``relations.csv`` beside CLAIMS). A figure counts as right if one of the scan has its printed
characters, value (or both ends, or first and last day) and unit; as unit or wrong if only the characters and value, or
only the characters agree. Rates (``messages_per_day``) count with their plain unit, and any kind of people stands for
any other, as what is printed is often "people".

Of the relations those count that words or places of a paper tell mechanically (``claims_scan_relations.py`` says
which). One is found if a draft of its kind has the same figures on each side.

Printed are recall by document and by the table's kind of reading, what else the scan has by language and role (which is
no fault as such: a table of claims chooses), and seconds of CPU for 100 pages of 3,000 characters by format.
``--missed`` and ``--extra`` list the rows. A document without a paper is named and the others are judged.
"""

import argparse
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd
from claims_scan_relations import is_found, is_mechanical, plain_kind

from digital_diplomacy import drafting, sources

PAGE: Final = 3000  # characters, about 450 words
PAGES: Final = 100
PEOPLE: Final = frozenset({"persons", "users", "followers", "authors", "respondents"})


def plain(text: str) -> str:
    """Characters that tell figures apart: no marks of emphasis, one kind of blank and dash."""
    bare = re.sub(r"[\u00a0\u202f\u2009]", " ", text.casefold()).removeprefix("us$").removeprefix("$").strip()
    return re.sub(r"[–—−]", "-", re.sub(r"[.,;)\s]+$", "", bare)).strip()


def overlap(printed: str, found: str) -> bool:
    """Whether one of the two contains the digits or words of the other."""
    left, right = sorted((plain(printed), plain(found)), key=len)
    return bool(left) and re.search(rf"(?<![\w]){re.escape(left)}(?![\w])", right) is not None


def same_unit(wanted: str, found: str) -> bool:
    if wanted == found or re.sub(r"_per_\w+$", "", wanted) == found:
        return True
    return wanted in PEOPLE and found in PEOPLE


def same_value(claim: "pd.Series[float]", row: "pd.Series[float]") -> bool:
    if claim["unit"] == "date":
        return str(claim["value_date"]) == str(row["value_date"])
    if pd.isna(claim["value"]):
        return (claim["low"], claim["high"]) == (row["low"], row["high"])
    return bool(claim["value"] == row["value"])


def judged(claims: pd.DataFrame, found: pd.DataFrame) -> Iterator[tuple[int, str, int | None]]:
    """Every claim with right, unit, wrong or missed, and the row of the scan that answers it; each row answers one."""
    free = set(found.index)
    order = {"right": 0, "unit": 1, "wrong": 2}
    for place, claim in claims.iterrows():
        answers = []
        for index in sorted(free):
            row = found.loc[index]
            if not overlap(str(claim["as_printed"]), str(row["as_printed"])):
                continue
            is_value = same_value(claim, row)
            verdict = "wrong" if not is_value else "right" if same_unit(claim["unit"], row["unit"]) else "unit"
            answers.append((order[verdict], index, verdict))
        if not answers or (min(answers)[2] == "wrong" and len(plain(str(claim["as_printed"]))) < 3):
            yield int(str(place)), "missed", None
            continue
        _, index, verdict = min(answers)
        free -= {index}
        yield int(str(place)), verdict, int(index)


def seconds(paper: str) -> Iterator[tuple[str, float]]:
    """CPU seconds of reading and scanning 100 pages in each format."""
    paragraphs = [line for line in paper.splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        for path in written(paragraphs, Path(folder)):
            start = time.process_time()
            drafting.review(sources.read_paper(path))
            yield path.suffix, time.process_time() - start


def written(paragraphs: list[str], folder: Path) -> Iterator[Path]:
    pages = max(1, PAGES * PAGE // max(1, sum(len(line) for line in paragraphs)) + 1)
    long = (paragraphs * pages)[:]
    kept, size = [], 0
    for line in long:
        if size > PAGES * PAGE:
            break
        kept.append(line)
        size += len(line)
    (folder / "long.txt").write_text("\n\n".join(kept), encoding="utf-8")
    yield folder / "long.txt"
    import docx

    word = docx.Document()
    for line in kept:
        word.add_paragraph(re.sub(r"[\x00-\x08\x0b-\x1f]", " ", line))
    word.save(str(folder / "long.docx"))
    yield folder / "long.docx"
    yield printed_pdf(kept, folder / "long.pdf")


def printed_pdf(paragraphs: list[str], path: Path) -> Path:
    """A PDF of plain pages."""
    import textwrap

    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    lines = [part for line in paragraphs for part in [*textwrap.wrap(line, 75), ""]]
    with PdfPages(path) as pages:
        for first in range(0, len(lines), 45):
            figure = Figure(figsize=(8.27, 11.69))
            for place, line in enumerate(lines[first : first + 45]):
                figure.text(0.08, 0.95 - 0.02 * place, line.replace("$", r"\$"), fontsize=9)
            pages.savefig(figure)
    return path


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("papers", type=Path)
    parser.add_argument("claims", type=Path, nargs="?")
    parser.add_argument("relations", type=Path, nargs="?")
    for flag in ("--missed", "--extra", "--no-times"):
        parser.add_argument(flag, action="store_true")
    asked = parser.parse_args(arguments)
    claims, relations = _noted(asked.claims, asked.relations)
    count, unknown, text = Count(asked.missed, asked.extra), [], ""
    for document, wanted in claims.groupby("document"):
        papers = sorted(path for path in asked.papers.iterdir() if path.name.startswith(f"{document}"))
        if not papers:
            unknown.append(str(document))
            continue
        blocks = sources.read_paper(papers[0])
        text += "\n".join(blocks["text"]) + "\n"
        count.document(str(document), wanted, relations, drafting.review(blocks, document=str(document)))
    count.report()
    for document in unknown:
        print(f"no paper for document {document}: not judged")
    if not asked.no_times and text:
        print(f"\nCPU seconds for {PAGES} pages of {PAGE} characters")
        for suffix, spent in seconds(text):
            print(f"  {suffix}: {spent:.1f}")
    return 0


def _noted(claims: Path | None, relations: Path | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    if claims is None:
        return sources.load("claims"), sources.load("claim_relations")
    beside = relations or claims.parent / "relations.csv"
    noted = pd.read_csv(claims, dtype={"document": str, "claim_id": str, "period": str, "entity": str})
    empty = pd.DataFrame(columns=["relation_id", "kind", "left", "right", "constant", "caveat", "matter"])
    return noted, pd.read_csv(beside) if beside.is_file() else empty


class Count:
    """Verdicts by document, by kind of reading and of relation, and what else the scan has."""

    def __init__(self, names_missed: bool, names_extra: bool) -> None:
        self.names_missed, self.names_extra = names_missed, names_extra
        self.tally: dict[str, Counter[str]] = defaultdict(Counter)
        self.others: Counter[tuple[str, str, str]] = Counter()
        self.related: dict[str, Counter[str]] = defaultdict(Counter)
        self.guessed: dict[str, Counter[bool]] = defaultdict(Counter)

    def document(self, name: str, wanted: pd.DataFrame, relations: pd.DataFrame, found: drafting.Review) -> None:
        figures = pd.concat([found.figures, found.unread], ignore_index=True)
        answers: dict[str, str] = {}
        answered = set()
        for place, verdict, index in judged(wanted, figures):
            claim = wanted.loc[place]
            self.tally[name][verdict] += 1
            self.tally[str(claim["reading"])][verdict] += 1
            row = figures.loc[index] if index is not None else None
            if row is not None:
                answered.add(index)
                answers[str(claim["claim_id"])] = str(row["claim_id"])
                self._guesses(claim, row)
            if self.names_missed and verdict != "right":
                said = "" if row is None else f"{row['as_printed']} {row['value']} {row['value_date']} {row['unit']}"
                print(verdict, claim["claim_id"], repr(claim["as_printed"]), claim["value"], claim["value_date"],
                      claim["unit"], "|", said)  # fmt: skip
        self._extra(name, figures[~figures.index.isin(answered)])
        for row in relations.to_dict("records"):
            if is_mechanical(row, wanted, figures, answers):
                hit = is_found(row, found.relations, answers, figures)
                self.related[plain_kind(str(row["kind"]))]["found" if hit else "missed"] += 1
                if self.names_missed and not hit:
                    print("no draft", row["relation_id"], row["kind"], row["left"], row["right"])

    def _guesses(self, claim: "pd.Series[str]", row: "pd.Series[str]") -> None:
        """Country and period, where they are noted."""
        for name in ("entity", "period"):
            noted = claim[name]
            if pd.notna(noted) and str(noted) and "kind" not in claim:
                same = str(row[name] or "") == str(noted).replace("-", "" if noted == "-" else "-")
                self.guessed[name][same] += 1
                if self.names_missed and not same:
                    print(f"{name} of", claim["claim_id"], repr(claim["as_printed"]), f"noted {noted}, is", row[name])

    def _extra(self, name: str, rest: pd.DataFrame) -> None:
        for row in rest.itertuples():
            self.others[name, str(row.language), str(row.role)] += 1
            if self.names_extra:
                print("extra", name, repr(row.as_printed), row.value, row.value_date, row.unit, "|", row.reading,
                      row.role, "|", str(row.sentence)[:110])  # fmt: skip

    def report(self) -> None:
        print(f"{'':12}{'claims':>8}{'right':>8}{'unit':>8}{'wrong':>8}{'missed':>8}{'recall':>8}")
        for name, counts in self.tally.items():
            total = counts.total()
            print(f"{name:12}{total:8}{counts['right']:8}{counts['unit']:8}{counts['wrong']:8}{counts['missed']:8}"
                  f"{counts['right'] / total:8.1%}")  # fmt: skip
        print("\nfurther figures in no row of the table")
        for (document, language, what), count in sorted(self.others.items()):
            print(f"  {document} {language} {what}: {count}")
        for name, counts in self.guessed.items():
            print(f"{name} as noted: {counts[True]} of {counts.total()}")
        print("\nmechanical relations with a draft")
        for kind, counts in sorted(self.related.items()):
            print(f"  {kind}: {counts['found']} of {counts.total()}")
        found, total = (sum(c[n] for c in self.related.values()) for n in ("found", "missed"))
        print(f"  all: {found} of {found + total}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
