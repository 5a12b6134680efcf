"""The network of a month of messages: measured, its tables written, and told on pages."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    from digital_diplomacy.messages import Month
    from digital_diplomacy.networks import Dated

_SEED: Final = 1
_REWIRINGS: Final = 49
_TABLES: Final = (
    "counts", "estimates", "daily", "hourly", "languages", "kinds", "concentration", "frequencies", "newcomers",
    "files", "unread",
)  # fmt: skip
"""What stands beside the page without a network."""


def show_month(
    found: "Month", out: Path, lang: str, *, relations: Sequence[str], periods: Sequence[str], draws: int
) -> None:
    """Measure each relation with ties, write its tables, and end in pages in every language."""
    from digital_diplomacy import labels, messages
    from digital_diplomacy.cli.messages.page import Written, write_pages
    from digital_diplomacy.cli.phases import clock

    ties = sum(len(messages.ties_of(found, code)) for code in relations)
    tell = clock((0.5 + 2e-3 * draws + 1e-4 * ties, *[5.0] * len(labels.LANGUAGES)), begun=time.monotonic(), lang=lang)
    tell(0, 0.0, labels.text("messages.page.measure", lang, ties=labels.counted("ties", ties, lang)))
    measured = _measured(found, relations, periods, draws)
    names = _written(found, measured, periods, out)

    def drawing(number: int, code: str) -> None:
        tell(1 + number, 0.0, labels.text("messages.page.draw", lang, language=labels.text("page.language", code)))

    pages = Written(found, measured, messages.compared(found, periods), [f"{name}.csv" for name in (*_TABLES, *names)])
    for sentence in write_pages(pages, out, lang, tell=drawing):
        put(sentence)
    put(labels.text("messages.page.done", lang, path=out / "index.html"))


def _measured(found: "Month", relations: Sequence[str], periods: Sequence[str], draws: int) -> "dict[str, Dated]":
    import numpy as np

    from digital_diplomacy import messages, networks

    measured = {}
    for relation in relations:
        days = messages.ties_of(found, relation, days=True)
        if len(days):
            measured[relation] = networks.dated(
                days,
                found.network.actors,
                halves=messages.halves_of(found, relation, periods),
                rng=np.random.default_rng(_SEED),
                draws=draws,
                rewirings=_REWIRINGS,
                source_id=messages.source_of(found),
            )
    return measured


def _written(found: "Month", measured: "dict[str, Dated]", periods: Sequence[str], out: Path) -> list[str]:
    """Tables of the network beside the page; their names."""
    import pandas as pd

    from digital_diplomacy import messages

    network = found.network
    frames = {"ties": network.days, "actors": network.actors, "reach": network.reach, "unmet": network.unmet}
    if periods:
        frames["ties_by_period"] = messages.ties_by_period(found, periods)
    for name in ("attention", "ranks", "moved", "powers"):
        parts = [getattr(one, name).assign(group=code) for code, one in measured.items()]
        if parts:
            frames[name] = pd.concat(parts, ignore_index=True)
    for name, frame in frames.items():
        frame.to_csv(out / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return list(frames)
