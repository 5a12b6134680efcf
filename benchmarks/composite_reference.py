"""Compare composite indices with reference results of other packages, case by case.

    python benchmarks/composite_reference.py DIR

DIR holds the inputs and results as CSV files; units, codes and arguments are read from them. Every part of
``benchmarks/composite_reference_cases`` compares the files it knows; a file that is not there is not a case. Printed
are the cases that differ, and how many agree. A part that cannot read its files says where it stopped.
"""

import argparse
import importlib
import sys
import time
from pathlib import Path

PARTS = ("steps", "aggregation", "diagnostics", "uncertainty", "inference")


def main() -> int:
    """Print the comparison; 1 if a case differs, cannot be read, or none is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of the reference results")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument("--verbose", action="store_true", help="print the cases that agree, too")
    arguments = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    if not arguments.folder.is_dir():
        print(f"{arguments.folder} is no directory")
        return 2
    agree = total = 0
    stopped: list[str] = []
    for part in arguments.part or PARTS:
        try:
            module = importlib.import_module(f"composite_reference_cases.{part}")
        except ModuleNotFoundError as error:
            print(f"{part}: left out, {error.name} is not installed")
            continue
        start, before, cases = time.process_time(), agree, 0
        try:
            for name, passes, detail in module.cases(arguments.folder):
                cases, agree = cases + 1, agree + passes
                if arguments.verbose or not passes:
                    print(f"{'agrees ' if passes else 'DIFFERS'} {part}: {name} {detail}".rstrip())
        except (ArithmeticError, LookupError, OSError, TypeError, ValueError) as error:
            stopped.append(part)
            print(f"{part}: stopped after {cases} cases: {type(error).__name__}: {error}")
        total += cases
        print(f"{part}: {agree - before} of {cases} ({time.process_time() - start:.1f} s)")
    print(f"{agree} of {total}" if total else f"{arguments.folder}: no case that is known here")
    return int(agree < total or total == 0 or bool(stopped))


if __name__ == "__main__":
    sys.exit(main())
