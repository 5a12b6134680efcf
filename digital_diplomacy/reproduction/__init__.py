"""Executing the notebooks and writing what they show: figures, tables, pages, and a record of the run."""

from digital_diplomacy.reproduction.notebooks import Notebook, Run, find_notebooks, plan_runs
from digital_diplomacy.reproduction.progress import LiveProgress, PlainProgress
from digital_diplomacy.reproduction.runner import Outcome, run_all

__all__ = ["LiveProgress", "Notebook", "Outcome", "PlainProgress", "Run", "find_notebooks", "plan_runs", "run_all"]
