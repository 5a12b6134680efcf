"""Which notebooks read a table, and what they answer with one edition of it and with another."""

import ast
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from digital_diplomacy.cli.data.editions import put_in_front
from digital_diplomacy.cli.streams import put
from digital_diplomacy.cli.tables import MADE_FROM


def readers(table: str, root: Path) -> list[str]:
    """Names of the notebooks whose code names a table, or one that is built from it."""
    from digital_diplomacy import reproduction

    wanted = {table, *(made for made, parts in MADE_FROM.items() if table in parts)}
    return [name for name, one in reproduction.find_notebooks(root).items() if wanted & _named(one.path)]


def _named(notebook: Path) -> set[str]:
    """Texts in the code of a notebook: tables are loaded by name, one by one or several at a time."""
    found: set[str] = set()
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        with suppress(SyntaxError):  # commands of IPython, which load nothing
            nodes = ast.walk(ast.parse("".join(cell["source"])))
            found |= {one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


def say_answers(
    table: str, notebooks: Sequence[str], names: tuple[str, str], given: Mapping[str, str], root: Path, lang: str
) -> None:
    """Run the notebooks with each of two editions in a copy of the project, and print where their answers differ."""
    from digital_diplomacy import labels

    told = [_answers(table, name, notebooks, given, root, lang) for name in names]
    for run in dict.fromkeys([*told[0], *told[1]]):
        before, after = (one.get(run) for one in told)
        if before is None or after is None:
            continue
        code = "answer_same" if before == after else "answer_changed"
        put(labels.text(f"fetching.diff.{code}", lang, run=run))
        if before != after:
            put("\n".join(f"  − {one}" for one in before if one not in after))
            put("\n".join(f"  + {one}" for one in after if one not in before))


def _answers(
    table: str, name: str, notebooks: Sequence[str], given: Mapping[str, str], root: Path, lang: str
) -> dict[str, list[str]]:
    """What each run answers with one edition in front of its table; the project itself is not touched."""
    from digital_diplomacy import labels, reproduction
    from digital_diplomacy.cli.runs import allowed_values, refresh_tables
    from digital_diplomacy.reproduction.progress import QuietProgress
    from digital_diplomacy.runs import outputs, plan

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        copy, out = Path(folder) / "project", Path(folder) / "reports"
        _copied(root, copy, table, name)
        now = refresh_tables(copy, silent=True)
        values = allowed_values(copy, given)
        runs = reproduction.plan_runs(reproduction.find_notebooks(copy), list(notebooks), given, (lang,), values)
        silent = QuietProgress(io.StringIO())
        for one in reproduction.run_all(runs, root=copy, out=out, jobs=1, force=False, progress=silent, now=now):
            result = plan.read_result(out / one.run.folder)
            if one.failure or not result:
                named = {"run": one.run.folder, "name": name, "reason": one.failure.message if one.failure else ""}
                put(labels.text("fetching.diff.answer_failed", lang, **named))
            else:
                found[one.run.folder] = list(outputs.answer_of(result["shown"])["said"])
    return found


def _copied(root: Path, copy: Path, table: str, name: str) -> None:
    """The project's tables and notebooks, with one edition read, or none where the project's own table is meant."""
    from digital_diplomacy.sources import fetching

    for part in ("data", "notebooks"):
        shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("fetched", ".ipynb_checkpoints"))
    for one in fetching.editions(copy):
        if one.table == table and one.used:
            fetching.release(one.name, root=copy)
    if name != table:
        put_in_front(name, copy)
