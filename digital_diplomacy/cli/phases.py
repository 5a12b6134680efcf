"""What a command on own data is doing, a line each, with the time that is left where it can be told."""

import time
from collections.abc import Callable
from typing import Final

_OFTEN: Final = 5.0  # seconds between two lines of one phase


def begin(number: int, phases: int, code: str, lang: str, /, **values: object) -> None:
    """Say that a phase begins; at once, also where output goes to a file."""
    from digital_diplomacy import labels

    what = labels.text(f"phase.{code}", lang, **values)
    print(labels.text("phase.step", lang, number=number, count=phases, what=what), flush=True)


def counter(code: str, total: int, lang: str) -> Callable[[int], None]:
    """What a long phase tells after each part: how much is done, and about how many seconds are left.

    The first part is told, and later ones some seconds apart; the last needs no line.
    """
    from digital_diplomacy import labels

    started = time.monotonic()
    told = [-_OFTEN]

    def tell(done: int) -> None:
        passed = time.monotonic() - started
        if done >= total or passed - told[0] < _OFTEN:
            return
        told[0] = passed
        counts = {"done": labels.number(done, lang), "count": labels.number(total, lang)}
        left = labels.number(max(1, round(passed * (total - done) / done)), lang)
        print(labels.text(f"phase.{code}", lang, **counts, draws=counts["count"], seconds=left), flush=True)

    return tell
