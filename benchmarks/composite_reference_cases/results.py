"""What the parts share: a case, and how aggregated results and their framework are read and compared."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.rankings.composite.steps import Step

Case = tuple[str, bool | None, str]
"""Name, whether it agrees (None: not known here), and what differs."""

RTOL = 1e-10
NEAR_ZERO = 1e-12  # a result of 0 on paper, such as a correlation of mirrored columns, differs from 0 in binary


_opened: set[Path] = set()


def stored(path: Path, **options: Any) -> pd.DataFrame:
    """A reference file as it stands; it counts as read."""
    _opened.add(path.resolve())
    return pd.read_csv(path, **options)


def unread(folder: Path) -> list[str]:
    """Names of the files that no part has opened."""
    return sorted(path.name for path in folder.glob("*.csv") if path.resolve() not in _opened)


def guarded(name: str, judge: Callable[..., Iterator[Case]], *given: object) -> Iterator[Case]:
    """The cases of ``judge``; what it does not know, or a file without its columns, ends them with a case not known."""
    try:
        yield from judge(*given)
    except (LookupError, ValueError, AttributeError, TypeError, RuntimeError, DigitalDiplomacyError) as error:
        yield name, None, f"what follows here is not compared: {type(error).__name__}: {error}"


def each(paths: Iterable[Path], judge: Callable[..., Iterator[Case]], *given: object) -> Iterator[Case]:
    """The cases of every file, one that is not known beside the others."""
    for path in paths:
        yield from guarded(path.stem, judge, path, *given)


def read(folder: Path, name: str) -> pd.DataFrame | None:
    """A reference table, or None if the directory does not have it."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        return None
    return stored(path, na_values=["NA"], keep_default_na=False)


def compare(name: str, found: object, wanted: object, *, exact: bool = False) -> Case:
    """Whether two arrays of one shape agree, missing where the other is missing."""
    left, right = np.asarray(found, float), np.asarray(wanted, float)
    if left.shape != right.shape:
        return name, False, f"shape {left.shape}, expected {right.shape}"
    with np.errstate(invalid="ignore"):
        agree = (left == right) if exact else np.isclose(left, right, rtol=RTOL, atol=NEAR_ZERO)
    agree |= np.isnan(left) & np.isnan(right)
    if agree.all():
        return name, True, ""
    worst = np.unravel_index(np.flatnonzero(~agree.ravel())[0], agree.shape) if agree.ndim else ()
    return name, False, f"{(~agree).sum()} of {agree.size} differ, first {left[worst]} for {right[worst]} at {worst}"


def framework_of(meta: pd.DataFrame, weights: pd.DataFrame | None = None) -> pd.DataFrame:
    """Framework of the indicators and aggregates of a metadata table, in its order, with other weights if given."""
    rows = meta[meta["Type"].isin(["Indicator", "Aggregate"])]
    tree = pd.DataFrame(
        {
            "code": rows["iCode"],
            "name": rows["iName"],
            "parent": rows["Parent"].fillna(""),
            "direction": 1,  # reference values are normalised, and so turned
            "weight": rows["Weight"].astype(float),
        }
    ).reset_index(drop=True)
    return tree if weights is None else reweighted(tree, weights)


def reweighted(framework: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """The framework with the weights of a table of iCode and Weight."""
    return framework.assign(weight=framework["code"].map(weights.set_index("iCode")["Weight"]).astype(float))


def table_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Values with the unit column named as the package names it."""
    return frame.rename(columns={"uCode": "entity"}).drop(columns=["uName"], errors="ignore")


def scores_of(step: Step) -> pd.DataFrame:
    """Values of a step by unit."""
    return step.values.set_index("entity")  # noqa: PD011 -- the attribute of a step
