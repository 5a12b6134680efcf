"""Executing the notebooks and writing what they show: figures, tables, pages, and a record of the run.

Names are imported when first used: papermill and every kernel import a module of this package, and none needs all.
"""

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from digital_diplomacy.reproduction.outcomes import Outcome
    from digital_diplomacy.reproduction.progress import LiveProgress, PlainProgress
    from digital_diplomacy.reproduction.runner import run_all
    from digital_diplomacy.runs.notebooks import Notebook, Run, find_notebooks, plan_runs
    from digital_diplomacy.runs.results import KernelLostError, Limits

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
    "KernelLostError": "runs.results",
    "Limits": "runs.results",
    "LiveProgress": "reproduction.progress",
    "Notebook": "runs.notebooks",
    "Outcome": "reproduction.outcomes",
    "PlainProgress": "reproduction.progress",
    "Run": "runs.notebooks",
    "find_notebooks": "runs.notebooks",
    "plan_runs": "runs.notebooks",
    "run_all": "reproduction.runner",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"digital_diplomacy.{_HOME[name]}"), name)
