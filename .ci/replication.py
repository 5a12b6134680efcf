"""The long tables of docs/replication.md from notebooks, labels and descriptors; `--check` only compares."""

import ast
import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from digital_diplomacy import labels  # noqa: E402
from digital_diplomacy.runs.notebooks import Notebook, find_notebooks  # noqa: E402

PAGE = ROOT / "docs" / "replication.md"
KINDS = {"show": "figure", "show_table": "table"}


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    made = text
    for name, lines in (("files", files()), ("sources", sources()), ("programs", programs()), ("exhibits", exhibits())):
        made = filled(made, name, lines)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if made != text:
        print("docs/replication.md is not as notebooks and descriptors say; run `make metadata`", file=sys.stderr)
    return int(made != text)


def filled(text: str, name: str, lines: Iterator[str]) -> str:
    """A page with what stands between two comments written anew."""
    begin, end = f"<!-- {name}: made by .ci/replication.py -->\n", f"<!-- end of {name} -->"
    before, found, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise ValueError(f"{PAGE}: the comments around the {name} are missing")
    return before + begin + "\n" + "".join(f"{line}\n" for line in lines) + "\n" + end + after


def exhibits() -> Iterator[str]:
    """Every figure and table in the order of the notebooks, with the program that makes it."""
    yield "| exhibit | title | made by |"
    yield "|---|---|---|"
    for notebook in standing():
        for call in calls(notebook.path):
            if isinstance(call.func, ast.Attribute) and call.func.attr in KINDS:
                kind = KINDS[call.func.attr]
                name = ast.literal_eval(next(word.value for word in call.keywords if word.arg == "name"))
                title = cell(re.sub(r"\{(\w+)\}", r"*\1*", labels.raw(f"{kind}.{name}", "en")))
                yield f"| {kind} `{name}` | {title} | `{notebook.name}` |"


def programs() -> Iterator[str]:
    """Every notebook with its question, the tables it names and the seeds of its random numbers."""
    tables = {table["name"] for _, table in described()}
    yield "| program | question | tables it names | seeds |"
    yield "|---|---|---|---|"
    for notebook in standing():
        nodes = list(walked(notebook.path))
        read = {node.value for node in nodes if isinstance(node, ast.Constant) and node.value in tables}
        drawn = [call for call in calls(notebook.path) if getattr(call.func, "attr", "") == "default_rng"]
        seeds = ", ".join(f"`{ast.unparse(call.args[0])}`" for call in drawn) or "no draws"
        question = cell(labels.text(f"notebook.{notebook.name}.question", "en"))
        yield f"| {linked(notebook)} | {question} | {', '.join(f'`{name}`' for name in sorted(read))} | {seeds} |"


def standing() -> list[Notebook]:
    """The notebooks of the project in their order."""
    return [notebook for notebook in find_notebooks(ROOT).values() if notebook.order < math.inf]


def linked(notebook: Notebook) -> str:
    return f"[{notebook.name}](../notebooks/{notebook.name}.ipynb)"


def walked(path: Path) -> Iterator[ast.AST]:
    """What stands in the code cells of a notebook."""
    for one in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if one["cell_type"] == "code":
            yield from ast.walk(ast.parse("".join(one["source"])))


def calls(path: Path) -> Iterator[ast.Call]:
    """Calls in the code cells of a notebook, in its order."""
    for one in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if one["cell_type"] == "code":
            found = [node for node in ast.walk(ast.parse("".join(one["source"]))) if isinstance(node, ast.Call)]
            yield from sorted(found, key=lambda node: (node.lineno, node.col_offset))


def files() -> Iterator[str]:
    """Every table with what it holds and the licences that cover it."""
    yield "| file in `data/` | what it holds | licence |"
    yield "|---|---|---|"
    for folder, table in described():
        licences = ", ".join(f"`{one['name']}`" for one in table["licenses"])
        yield f"| `{folder}/{table['path']}` | {cell(table['title'])} | {licences} |"


def sources() -> Iterator[str]:
    """Every source once, with its address, vintage and when it was first read, and the tables that have it."""
    found: dict[tuple[str, str, str], list[tuple[str, dict[str, Any]]]] = {}
    for _, table in described():
        for source in table.get("sources", []):
            key = (source["title"], source.get("path", ""), source.get("version", "not stated"))
            found.setdefault(key, []).append((table["name"], source))
    yield "| source | vintage | read | tables |"
    yield "|---|---|---|---|"
    for (title, path, version), uses in found.items():
        sentences = [one for _, source in uses for one in re.split(r"(?<=\.) ", cell(source.get("note", "")))]
        notes = dict.fromkeys(one for one in sentences if one)
        name = f"[{cell(title)}]({path})" if path else cell(title)
        read = min(source.get("accessed", "not stated") for _, source in uses)
        read = read.replace("not recorded; in this package since ", "by ")
        tables = ", ".join(f"`{table}`" for table, _ in uses)
        yield f"| {' '.join([f'{name}.', *notes])} | {cell(version)} | {cell(read)} | {tables} |"


def described() -> Iterator[tuple[str, dict[str, Any]]]:
    """The descriptor of each table with the folder it lies in."""
    for folder in ("raw", "processed"):
        package = json.loads((ROOT / "data" / folder / "datapackage.json").read_text(encoding="utf-8"))
        yield from ((folder, table) for table in package["resources"])


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
