"""Damaged files of every format given to the readers: each is read or refused in words, never with a traceback.

    python benchmarks/files_fuzz.py [--inputs 10000] [--seed 1] [--commands 0] [DIR ...]

Seeds are the variants of tests/sources/test_network_variants.py and the files of the folders named. Each input is a
seed with one to six bytes, lines, words or pieces of another seed put elsewhere, cut, doubled or changed. What is read
as a network is written in every format and read back; that has to give the same identifiers and weights. As many as
--commands of the inputs also go through the commands `network` and `index`. Prints how many were read and refused, and
every traceback, difference or word of Python with the file that made it (kept in --keep).
"""

import argparse
import contextlib
import io
import random
import re
import runpy
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.pages.network_files import write_network
from digital_diplomacy.sources import NetworkFile, read_network, read_own_table

VARIANTS = Path(__file__).parents[1] / "tests" / "sources" / "test_network_variants.py"
WORDS = [
    b"",
    b" ",
    b"\n",
    b"\r",
    b"\t",
    b",",
    b";",
    b'"',
    b"'",
    b"0",
    b"-1",
    b"1e999",
    b"nan",
    b"NaN",
    b"null",
    b"true",
    b"2.0",
    b"0,6",
    b"1_000",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    "\u00a0".encode(),
    "\u200b".encode(),
    "e\u0301".encode(),
    "МИД".encode("cp1251"),
    "Қ".encode(),
    b"<",
    b">",
    b"/>",
    b"&amp;",
    b"&#0;",
    b"&#55296;",
    b"&x;",
    b"[",
    b"]",
    b"{",
    b"}",
    b"*",
    b"*Vertices 99999999999",
    b"id",
    b"Label",
    b"weight",
    b"source",
    b"type",
    b"9" * 400,
    b"1" * 20,
    b"\xf0\x9f\x98\x80",
    b"=1+1",
    b"sep=",
    b"%",
    b"#",
    b"\\",
    b"\x1a",
    b'"\\ud800"',
]
PYTHON = re.compile(r"np\.|Error\(|NoneType|\bdtype|values to unpack|breaks type|object at 0x|not subscriptable|codec")


def seeds(folders: list[Path]) -> list[tuple[str, bytes]]:
    """Names and contents: the tests' variants, and every file of the folders."""
    known = runpy.run_path(str(VARIANTS))
    texts = {name: content for part in ("READ", "REFUSED") for name, (content, _) in known[part].items()}
    found = [(name, text if isinstance(text, bytes) else text.encode()) for name, text in texts.items()]
    found += [
        (path.name, path.read_bytes()) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()
    ]
    return [(name, content) for name, content in found if len(content) < 20_000 and "." in name]


def damaged(content: bytes, others: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    """The content with one to six changes."""
    data = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 6])):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice([1, 1, 2, 5, 20, 100]))
        what = chance.randint(0, 6)
        if what == 0:
            del data[at:end]
        elif what == 1:
            data[at:at] = data[at:end]
        elif what == 2:
            data[at:end] = chance.choice(WORDS)
        elif what == 3:
            data[at:at] = chance.choice(WORDS)
        elif what == 4 and at < len(data):
            data[at] = chance.randint(0, 255)
        elif what == 5:
            other = chance.choice(others)[1]
            start = chance.randint(0, len(other))
            data[at:at] = other[start : start + chance.choice([5, 30, 200])]
        else:
            lines = bytes(data).split(b"\n")
            chance.shuffle(lines)
            data = bytearray(b"\n".join(lines))
    return bytes(data)


def tried(path: Path, folder: Path) -> str:
    """What became of a file: read, refused, or what went wrong."""
    try:
        network = read_network(path)
    except DigitalDiplomacyError as error:
        outcome = "refused" if not PYTHON.search(str(error)) else f"words of Python: {error}"
    else:
        outcome = compared(network, folder)
    try:
        read_own_table(path)
    except DigitalDiplomacyError as error:
        if PYTHON.search(str(error)):
            return f"words of Python: {error}"
    return outcome


def compared(network: NetworkFile, folder: Path) -> str:
    """Whether the network is the same after writing it in every format and reading it back."""
    import pandas as pd

    ends = sorted({*network.edges["source"], *network.edges["target"]} - set(network.actors["actor_id"]))
    more = pd.DataFrame({"actor_id": ends, "type": "", "label": ends})
    listed = network.actors.drop_duplicates("actor_id")
    actors = pd.concat([listed, more], ignore_index=True) if len(listed) else more
    edges = network.edges.astype({"weight": float})
    write_network(edges, actors, folder, directed=network.is_directed)
    columns = ["source", "target", "relation", "weight"]
    for name in ("network.csv", "network.json", "network.net", "network.graphml", "network.gexf"):
        again = read_network(folder / name, nodes=folder / "network_actors.csv" if name.endswith("csv") else None)
        same = again.edges[columns].to_numpy().tolist() == edges[columns].to_numpy().tolist()
        if (
            not same
            or again.is_directed != network.is_directed
            or set(again.actors["actor_id"]) != set(actors["actor_id"])
        ):
            found, given = (frame[columns].to_numpy().tolist()[:3] for frame in (again.edges, edges))
            return f"differs in {name}: {found} for {given}"
    return "read"


def commanded(path: Path, out: Path) -> str:
    """What the commands say of a file that they should not, and nothing where they do as they should."""
    from digital_diplomacy.cli import main as command

    values, framework = path.with_name("good_values.csv"), path.with_name("good_framework.csv")
    values.write_text("entity,a,b\nKAZ,10,3\nUZB,7,5\nKGZ,4,2\nTJK,2,9\nTKM,1,1\n")
    framework.write_text("code,parent\na,index\nb,index\nindex,\n")
    summed = ["--duplicates", "sum", "--loops", "drop", "--dangling", "add"]
    runs = [["network", path, "--draws", 3, "--rewirings", 0, *summed]]
    if path.suffix == ".csv":
        runs += [["index", path, framework, "--draws", 0], ["index", values, path, "--draws", 0]]
    for number, words in enumerate(runs):
        told = io.StringIO()
        sys.argv = ["digital-diplomacy", *map(str, words), "--out", f"{out}-{number}"]
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told), contextlib.suppress(SystemExit):
            command()
        if PYTHON.search(told.getvalue()) or "Warning" in told.getvalue():
            return f"words of Python: {words[0]}: {told.getvalue()}"
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--commands", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=None)
    given = parser.parse_args()
    chance, known = random.Random(given.seed), seeds(given.folders)  # noqa: S311  # no secret depends on it
    outcomes: Counter[str] = Counter()
    commands = given.commands
    began = time.process_time()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(given.inputs):
            file, content = chance.choice(known)
            suffix = Path(file).suffix if chance.random() < 0.9 else Path(chance.choice(known)[0]).suffix
            path = folder / f"input{suffix}"
            path.write_bytes(damaged(content, known, chance))
            try:
                outcome = tried(path, folder)
                if commands and (outcome == "read" or suffix == ".csv"):
                    commands -= 1
                    outcome = commanded(path, folder / f"out{number}") or outcome
            except Exception as error:  # what is looked for
                outcome = f"traceback: {type(error).__name__}"
                print("".join(traceback.format_exception(error)[-3:]))
            outcomes[outcome.partition(":")[0]] += 1
            if outcome not in ("read", "refused"):
                print(f"input {number} ({file}): {outcome}", flush=True)
                if given.keep is not None:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / f"{number}_{file}").write_bytes(path.read_bytes())
            path.unlink()
    print(f"{given.inputs} inputs, {time.process_time() - began:.0f} CPU s: {dict(outcomes)}")


if __name__ == "__main__":
    main()
