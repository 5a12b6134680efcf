"""What is summed from two looks at the files is what a look at them for each table finds."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy.messages import authors, computed, counting, messages, opened, rules, summary
from digital_diplomacy.messages.summaries import estimates


@pytest.mark.parametrize("most", [62, 2])  # with more languages than fit, they are looked for apart
@pytest.mark.parametrize("files", [1, 2])  # of one month, or of several, where an author is in more than one
def test_sums_of_two_looks_are_what_each_look_finds(
    files: int, most: int, hard: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_LANGUAGES", most)
    with opened(hard[:files]) as connection:
        for publisher, month in [("brand-analytics", "2023-09"), ("brand-analytics", None), ("all", "2024-02")]:
            found = summary(connection, publisher=publisher, country="KAZ", month=month)
            all_ = rules.judged(messages(), rules.rules_of(publisher), "KAZ")
            chosen = counting.in_month(all_, month) if month else all_
            sure = counting.surely(chosen)
            newcomers = computed(connection, authors.newcomers(counting.surely(all_)))
            if month:
                newcomers = newcomers[newcomers["month"] == int(month[-2:])].reset_index(drop=True)
            pd.testing.assert_frame_equal(found.newcomers, newcomers)
            for name, one in {
                "counts": counting.counts(chosen), "daily": counting.daily(sure), "hourly": counting.hourly(sure),
                "languages": counting.languages(sure), "kinds": counting.kinds(sure),
                "frequencies": authors.frequencies(sure),
            }.items():  # fmt: skip
                pd.testing.assert_frame_equal(getattr(found, name), computed(connection, one))
            possible = computed(connection, counting.possible(chosen))
            bounds = estimates(found.counts, possible, country="KAZ", source=publisher)
            pd.testing.assert_frame_equal(found.estimates, bounds)
