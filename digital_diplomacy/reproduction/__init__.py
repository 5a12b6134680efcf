"""Many runs composed: executed side by side, published one by one, with an index and a record of how all came about.

What a run is stands in `runs`, how one notebook is executed in `kernels`, what readers see in `pages`. Here `runner`
puts them together; `sweep` and `cluster` do so for many parameters and machines, `progress` tells of it meanwhile,
`finishing` and `provenance` complete each run's results, `tracing` leads back from them, `processed` says whether
derived tables are current, `committed` whether notebooks are.

The names below are imported when first used: a command answers before libraries are loaded that it does not need.
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
