"""Compare composite indices with reference results of other packages, case by case.

    python benchmarks/composite_reference.py DIR

DIR holds the inputs and results as CSV files; units, codes and arguments are read from them. Every part of
``benchmarks/composite_reference_cases`` compares the files it knows; a file that is not there is not a case. Printed
are the cases that differ, those that nobody here knows (a file of an unknown name or method, one without its columns),
and how many agree. The exit status is 1 if a case differs, 2 if nothing could be compared.
"""

import argparse
import importlib
import sys
import time
from pathlib import Path

from composite_reference_cases import results
from reference_counts import Counts

PARTS = ("steps", "aggregation", "diagnostics", "uncertainty", "inference")


def main() -> int:
    """Print the comparison; 1 if a case differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of the reference results")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument("--verbose", action="store_true", help="print the cases that agree, too")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        print(f"{arguments.folder} is no directory", file=sys.stderr)
        return 2
    counts = Counts()
    for part in arguments.part or PARTS:
        try:
            module = importlib.import_module(f"composite_reference_cases.{part}")
        except ModuleNotFoundError as error:
            print(f"{part}: left out, {error.name} is not installed")
            continue
        start = time.process_time()
        for name, agrees, detail in module.cases(arguments.folder):
            counts.add(part, name, agrees, detail)
        print(f"{counts.line(part)} ({time.process_time() - start:.1f} s)")
    if not arguments.part:
        for name in results.unread(arguments.folder):
            counts.add("files", name, None, "no part reads it")
    for line in counts.named(True, most=None) if arguments.verbose else ():
        print(line)
    return counts.finish()


if __name__ == "__main__":
    sys.exit(main())
