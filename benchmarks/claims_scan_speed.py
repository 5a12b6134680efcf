"""CPU seconds of a scan of papers of many pages, by format and by length, beside an earlier version of the package.

    python benchmarks/claims_scan_speed.py [--pages 100] [--beside DIR] [--hostile]

Three papers are made: pages of 3,000 characters in English, Russian and Kazakh in turn, each with prose without
figures, eight sentences or so that tell figures (``claims_drafts.py``), and a table on every second page; as text, Word
and PDF. The text is also cut to a quarter and to a half of its pages: in time linear in length each costs a quarter and
a half of the whole. ``--hostile`` adds repetitive texts, short and dense: one sentence of four figures again and again,
on one line and on many. DIR is an earlier tree of the package, run in turns with this one, each in its own process.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import claims_drafts
from claims_scan import PAGE, printed_pdf

ROOT: Final = Path(__file__).parents[1]
PROSE: Final = {
    "en": "embassies ministry officers audience answers question platform language meeting network public speech "
    "report crisis foreign partner neighbour service consul citizen message media policy practice habit trust visit",
    "ru": "посольство министерство сотрудник аудитория вопрос площадка язык встреча сеть выступление отчет кризис "
    "партнер сосед служба консул гражданин сообщение политика практика привычка доверие визит культура площадка слово",
    "kk": "елшілік министрлік қызметкер аудитория сұрақ алаң тіл кездесу желі сөз есеп дағдарыс әріптес көрші қызмет "
    "консул азамат хабарлама саясат тәжірибе әдет сенім сапар мәдениет көзқарас байланыс жауап үлгі",
}
_MEASURED: Final = """
import json, resource, sys, time
from pathlib import Path
from digital_diplomacy import drafting, sources
from digital_diplomacy.cli.claims.scan_page import page
path = Path(sys.argv[1])
drafting.review(sources.read_paper(Path(sys.argv[2])))  # what is made once a process
times = [time.process_time()]
blocks = sources.read_paper(path); times.append(time.process_time())
found = drafting.review(blocks); times.append(time.process_time())
page(found, path.name, "en"); times.append(time.process_time())
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([len(found.figures), len(found.relations), memory, *(b - a for a, b in zip(times, times[1:]))]))
"""


def paragraphs(pages: int, rng: random.Random) -> Iterator[str]:
    """Paragraphs of a paper; words of prose in any order, as no figure depends on them."""
    for number in range(pages):
        lang = ("en", "ru", "kk")[number % 3]
        size, told = 0, [maker for name, maker in claims_drafts.MAKERS.items() if name != "table" or number % 2]
        for maker in rng.sample(told, 8):
            said = maker(rng, rng.random() < 0.1)[lang]
            size += len(said)
            yield from said.split("\n\n")
        while size < PAGE:
            words = [rng.choice(PROSE[lang].split()) for _ in range(rng.randint(8, 22))]
            said = " ".join(words).capitalize() + "."
            size += len(said)
            yield said


def hostile() -> Iterator[tuple[str, str]]:
    """Short texts of many figures: names and characters."""
    said = "Of 1,200 people 672 (56%) read the news online in 2021. "
    yield "dense, 20 times on one line", said * 20
    yield "dense, 160 times on one line", said * 160
    yield "dense, 160 times on 160 lines", "\n\n".join([said] * 160)
    yield (
        "figures of one sentence, 320",
        "We counted " + ", ".join(str(1000 + place * 7) for place in range(320)) + " users.",
    )
    yield (
        "figures of one sentence, 1,280",
        "We counted " + ", ".join(str(1000 + place) for place in range(1280)) + " users.",
    )


def word(texts: list[str], path: Path) -> Path:
    """Paragraphs, and tables where lines hold tabulators."""
    import docx

    paper = docx.Document()
    for text in texts:
        rows = [line.split("\t") for line in text.split("\n")]
        if len(rows[0]) == 1:
            paper.add_paragraph(text)
            continue
        table = paper.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, said in zip(row.cells, cells, strict=True):
                cell.text = said
    paper.save(str(path))
    return path


def papers(pages: int, folder: Path, *, is_hostile: bool) -> Iterator[tuple[str, Path]]:
    rng = random.Random(3)  # noqa: S311
    for part in (4, 2, 1):
        texts = list(paragraphs(pages // part, rng))
        path = folder / f"paper_{part}.txt"
        path.write_text("\n\n".join(texts), encoding="utf-8")
        yield f"text, {pages // part} pages", path
    yield f"Word, {pages} pages", word(texts, folder / "paper.docx")
    lines = [re.sub("\t", "    ", line) for text in texts for line in text.split("\n")]
    yield f"PDF, {pages} pages", printed_pdf(lines, folder / "paper.pdf")
    if is_hostile:
        for place, (name, text) in enumerate(hostile()):
            path = folder / f"hostile_{place}.txt"
            path.write_text(text, encoding="utf-8")
            yield name, path


def measured(path: Path, warm: Path, tree: Path, limit: float) -> list[float] | None:
    """Figures, drafts, megabytes, and CPU seconds of reading, reviewing and the page; nothing if it takes too long."""
    asked = [sys.executable, "-c", _MEASURED, str(path), str(warm)]
    try:
        said = subprocess.run(asked, cwd=tree, capture_output=True, text=True, check=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    found: list[float] = json.loads(said.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--beside", type=Path, help="folder of an earlier version of the project")
    parser.add_argument("--hostile", action="store_true", help="short repetitive texts besides")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a version is stopped")
    given = parser.parse_args()
    trees = [ROOT, *([given.beside.resolve()] if given.beside else [])]
    print(f"{'':34}{'figures':>8}{'drafts':>8}{'MB':>6}{'read':>8}{'review':>8}{'page':>8}{'all':>8}  of the earlier")
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.txt"
        warm.write_text("In 2021 1,200 people were asked. У 672 человек (56%). 2021 жылы 3 елшілік.", encoding="utf-8")
        for name, path in papers(given.pages, Path(folder), is_hostile=given.hostile):
            all_of = []
            for tree in trees:
                found = measured(path, warm, tree, given.limit)
                all_of.append(sum(found[3:]) if found else None)
                said = f"over {given.limit:.0f} s"
                if found:
                    times = "".join(f"{one:8.2f}" for one in [*found[3:], sum(found[3:])])
                    said = f"{found[0]:8}{found[1]:8}{found[2]:6}{times}"
                ratio = f"{all_of[0] / all_of[1]:12.2f}" if len(all_of) == 2 and all(all_of) else ""
                print(f"{name if tree == ROOT else '  earlier':34}{said}{ratio}", flush=True)


if __name__ == "__main__":
    main()
