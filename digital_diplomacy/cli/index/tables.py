"""What an index leaves as tables: CSV files by codes, and a workbook with the names beside the codes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.rankings.composite.pipeline import Index
    from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty
    from digital_diplomacy.sources import Remark

_LONGEST: Final = 100_000  # rows: a spreadsheet takes ten times as many, and minutes to open them
_CODES: Final = ("entity", "code", "parent", "left", "right")
"""Columns of codes that the workbook names."""


def last_period(made: "Index") -> str:
    """The last period, the one whose ranks and profiles are shown; empty without periods."""
    return str(made.scores["period"].max()) if "period" in made.scores else ""


def result_tables(made: "Index", found: "Uncertainty | None") -> "dict[str, pd.DataFrame]":
    """What is written as CSV and as sheets of the workbook, by name; the ranking first."""
    import pandas as pd

    from digital_diplomacy import rankings

    ranked = rankings.scores_and_ranks(made.scores, list(made.framework["code"]))
    tables = {
        "ranking": rankings.ranking_table(made, found, period=last_period(made)),
        "scores": made.scores,
        "ranks": _wide(ranked[ranked["measure"] == "index_rank"], made),
        "left_out": rankings.left_out(made),
        "made_cells": rankings.made_cells(made),
        "framework": made.framework,
        "notes": made.notes,
        "effective_weights": rankings.effective_weights(made.framework),
        "correlations": rankings.parent_correlations(made.scores, made.framework),
        "alpha": rankings.cronbach_alpha(made.scores, made.framework),
    }
    if found is not None:
        rows = [rankings.rank_estimates(found), rankings.rank_errors(found)]
        tables["uncertainty"] = pd.concat(rows, ignore_index=True)
        tables["tiers"] = rankings.tiers(found)
        tables["rank_acceptability"] = rankings.acceptability(found)
        tables["failed_draws"] = found.failures
    return tables


def _wide(ranked: "pd.DataFrame", made: "Index") -> "pd.DataFrame":
    """Ranks in the shape of the scores."""
    key = [column for column in ("entity", "period") if column in made.scores]
    wide = ranked.set_index(["entity", "period", "group"])["value"].unstack("group").reset_index()  # noqa: PD010
    return wide[[*key, *made.framework["code"]]].rename_axis(columns=None)


def write_tables(
    tables: "Mapping[str, pd.DataFrame]",
    made: "Index",
    factors: tuple[Mapping[str, Any], ...],
    out: Path,
    *,
    names: Mapping[str, str],
    lang: str,
) -> "list[Remark]":
    """Every table as CSV, the workbook, and what was declared; said is which tables are too long for the workbook.

    Parameters
    ----------
    tables, made, factors, out
        What is written, and where.
    names : mapping of str to str
        Names of units, indicators and aggregates by code.
    lang : str
        In which numbers are said.
    """
    from digital_diplomacy import labels
    from digital_diplomacy.formulas import to_csv
    from digital_diplomacy.pages.workbook import write_workbook
    from digital_diplomacy.sources import Remark

    for name, frame in tables.items():
        (out / f"{name}.csv").write_text(to_csv(frame), encoding="utf-8", newline="")
    declared = {"steps": list(made.steps), "factors": [dict(factor) for factor in factors]}
    (out / "steps.json").write_text(json.dumps(declared, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sheets = {name: _named(frame, names) for name, frame in tables.items() if len(frame) <= _LONGEST}
    write_workbook(sheets, out / "index.xlsx")
    long = ", ".join(f"{name}.csv" for name in tables if name not in sheets)
    return [Remark("workbook", {"tables": long, "rows": labels.number(_LONGEST, lang)})] if long else []


def _named(frame: "pd.DataFrame", names: Mapping[str, str]) -> "pd.DataFrame":
    """The table with a column of names behind each column of codes."""
    named = frame.copy()
    for column in [column for column in _CODES if column in frame]:
        title = "name" if column == "entity" and "name" not in frame else f"{column}_name"
        if column == "code" and "name" in frame:
            continue  # the framework names its codes itself
        named.insert(list(named.columns).index(column) + 1, title, [names.get(str(code), "") for code in frame[column]])
    return named
