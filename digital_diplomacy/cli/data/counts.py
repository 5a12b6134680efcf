"""Counts of messages that were handed on, read for `data add` as any other table of a user."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digital_diplomacy.cli.app import refuse

if TYPE_CHECKING:
    from digital_diplomacy.sources.intake import Answers, Kind, Reading

_MONTH: Final = len("2023-09")


def refuse_unasked(path: Path, given: Mapping[str, object]) -> None:
    """End where something is answered that is no question of counts, as if it had been heard."""
    if options := [option for option, answer in given.items() if answer]:
        refuse(
            "{options}: {file} is a table of counts, which says all of that itself; leave the option out",
            options=", ".join(options),
            file=path,
        )


def read_counts(path: Path, kind: "Kind", answers: "Answers") -> "Reading":
    """The counts of one month; what the file leaves open is asked before anything is worked out."""
    import pandas as pd

    from digital_diplomacy import messages
    from digital_diplomacy.sources import intake

    rows = messages.read_counts(path)
    asked = intake.questions_of_counts(sorted(rows["period"].str[:_MONTH].unique()), answers)
    if asked:
        return intake.Reading(pd.DataFrame(), (), tuple(asked), (), ())
    month = rows[rows["period"].str.startswith(answers.period)].reset_index(drop=True)
    bounds = messages.attack(month)
    found = messages.aggregate_estimates(month, bounds, country=answers.country, source=kind.table)
    return intake.read_handed(found, path, answers)
