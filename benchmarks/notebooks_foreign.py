"""What becomes of notebooks as other people write them: a table of input, what is expected, and what is got.

    python benchmarks/notebooks_foreign.py [DIR]

The notebooks are those of `tests/kernels/test_foreign_notebooks.py`. Ends with 1 if one is not as expected.
"""

import argparse
import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from digital_diplomacy import reproduction

CASES = Path(__file__).parents[1] / "tests" / "kernels" / "test_foreign_notebooks.py"


def main() -> int:
    """Execute them and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, nargs="?", help="where they are executed; a folder that goes away")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = (given.directory or Path(scratch)) / "foreign"
        cases = load()
        outcomes = cases.execute_all(root)
        rows = [(name, case.expected, *judged(cases, name, outcomes[name], root)) for name, case in cases.CASES.items()]
    print("| input | expected | got | as expected |\n|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(text.replace("|", "\\|") for text in row) + " |")
    wrong = sum(bool(row[3] != "yes") for row in rows)
    print(f"\n{len(rows) - wrong} of {len(rows)} as expected")
    return int(wrong > 0)


def load() -> ModuleType:
    """The module of the tests, which is in no package."""
    spec = importlib.util.spec_from_file_location(CASES.stem, CASES)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{CASES} cannot be read")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def judged(cases: ModuleType, name: str, outcome: reproduction.Outcome, root: Path) -> tuple[str, str]:
    """What was got, in words, and whether that is what was expected."""
    faults = cases.wrong(cases.CASES[name], outcome, root)
    if outcome.failure:
        got = f"failed in cell {outcome.failure.cell}: {outcome.failure.name}: {outcome.failure.message}"
    else:
        text = cases.printed(outcome, root)
        said = f"{text!r}" if len(text) < 60 else f"{text[:30]!r} and {len(text) - 30:,} characters more"
        got = "; ".join(["done", f"printed {said}", *map(str, outcome.remarks)])
    return " ".join(got.split())[:200], "; ".join(faults) or "yes"


if __name__ == "__main__":
    raise SystemExit(main())
