"""Lines that tell which part of a long command has begun, and about how long the rest will take."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from digital_diplomacy.cli.streams import put

_KNOWN: Final = 1.0  # seconds that must have passed before they say anything of the rest
_APART: Final = 5.0  # seconds between two lines of one part


def clock(costs: Sequence[float], *, begun: float, lang: str) -> Callable[[int, float, str], None]:
    """What prints a line when a part begins or goes on: number of the part, share of it that is done, the line's words.

    Parameters
    ----------
    costs : sequence of float
        About how long each part takes, in any unit: the time gone by says how long that is here.
    begun : float
        `time.monotonic` when the first part began.
    lang : str
        Language of the words on the time left.
    """
    printed = {"at": 0.0}

    def tell(part: int, share: float, words: str) -> None:
        now = time.monotonic()
        if share and now - printed["at"] < _APART:
            return
        printed["at"] = now
        put(f"{words}{_left(costs, part, share, now - begun, lang)}")

    return tell


def _left(costs: Sequence[float], part: int, share: float, gone: float, lang: str) -> str:
    """The time left in words; none before anything is known of it."""
    from digital_diplomacy import labels

    done = sum(costs[:part]) + share * costs[part]
    if gone < _KNOWN or not done:
        return ""
    rest = gone / done * (sum(costs) - done)
    return labels.text("network.left", lang, seconds=labels.number(max(round(rest), 1), lang))


def begin(number: int, phases: int, code: str, lang: str, /, **values: object) -> None:
    """Say that a phase begins; at once, also where output goes to a file."""
    from digital_diplomacy import labels

    what = labels.text(f"phase.{code}", lang, **values)
    put(labels.text("phase.step", lang, number=number, count=phases, what=what))


def counter(code: str, total: int, lang: str) -> Callable[[int], None]:
    """What a long phase tells after each part: how much is done, and about how many seconds are left.

    The first part is told, and later ones some seconds apart; the last needs no line.
    """
    from digital_diplomacy import labels

    started = time.monotonic()
    told = [-_APART]

    def tell(done: int) -> None:
        passed = time.monotonic() - started
        if done >= total or passed - told[0] < _APART:
            return
        told[0] = passed
        counts = {"done": labels.number(done, lang), "count": labels.number(total, lang)}
        left = labels.number(max(1, round(passed * (total - done) / done)), lang)
        put(labels.text(f"phase.{code}", lang, **counts, draws=counts["count"], seconds=left))

    return tell
