"""What is summed from two looks at the files is what a look at them for each table finds."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy.messages import authors, computed, counting, messages, opened, rules, summary
from digital_diplomacy.messages.summaries import estimates


@pytest.mark.parametrize(
    ("files", "publisher", "month", "most"),
    [
        (1, "brand-analytics", "2023-09", 62),  # nothing of another month: all are new
        (2, "all", "2024-02", 62),  # some have written before
        (2, "brand-analytics", None, 2),  # authors are in several months, and more languages than fit
    ],
)
def test_sums_of_two_looks_are_what_each_look_finds(
    files: int, publisher: str, month: str | None, most: int, hard: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_LANGUAGES", most)
    all_ = rules.judged(messages(), rules.rules_of(publisher), "KAZ")
    chosen = counting.in_month(all_, month) if month else all_
    sure = counting.surely(chosen)
    looks = {
        "counts": counting.counts(chosen), "daily": counting.daily(sure), "hourly": counting.hourly(sure),
        "languages": counting.languages(sure), "kinds": counting.kinds(sure), "frequencies": authors.frequencies(sure),
        "newcomers": authors.newcomers(counting.surely(all_)),
    }  # fmt: skip
    with opened(hard[:files]) as connection:
        found = summary(connection, publisher=publisher, country="KAZ", month=month)
        each = {name: computed(connection, look) for name, look in looks.items()}
        possible = computed(connection, counting.possible(chosen))
    if month:
        newcomers = each["newcomers"]
        each["newcomers"] = newcomers[newcomers["month"] == int(month[-2:])].reset_index(drop=True)
    for name, rows in each.items():
        pd.testing.assert_frame_equal(getattr(found, name), rows)
    bounds = estimates(found.counts, possible, country="KAZ", source=publisher)
    pd.testing.assert_frame_equal(found.estimates, bounds)
