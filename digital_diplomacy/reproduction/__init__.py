"""Executing the notebooks and writing what they show: figures, tables, pages, and a record of the run.

Names are imported when first used: papermill and every kernel import a module of this package, and none needs all.
"""

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from digital_diplomacy.reproduction.execution import KernelLostError, Limits
    from digital_diplomacy.reproduction.notebooks import Notebook, Run, find_notebooks, plan_runs
    from digital_diplomacy.reproduction.progress import LiveProgress, PlainProgress
    from digital_diplomacy.reproduction.runner import Outcome, run_all

__all__ = [
    "KernelLostError",
    "Limits",
    "LiveProgress",
    "Notebook",
    "Outcome",
    "PlainProgress",
    "Run",
    "find_notebooks",
    "plan_runs",
    "run_all",
]

_HOME: Final = {
    "KernelLostError": "execution",
    "Limits": "execution",
    "LiveProgress": "progress",
    "Notebook": "notebooks",
    "Outcome": "runner",
    "PlainProgress": "progress",
    "Run": "notebooks",
    "find_notebooks": "notebooks",
    "plan_runs": "notebooks",
    "run_all": "runner",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
