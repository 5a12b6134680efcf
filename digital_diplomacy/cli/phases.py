"""Lines that tell which part of a long command has begun, and about how long the rest will take."""

import time
from collections.abc import Callable, Sequence
from typing import Final

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
        print(f"{words}{_left(costs, part, share, now - begun, lang)}", flush=True)

    return tell


def _left(costs: Sequence[float], part: int, share: float, gone: float, lang: str) -> str:
    """The time left in words; none before anything is known of it."""
    from digital_diplomacy import labels

    done = sum(costs[:part]) + share * costs[part]
    if gone < _KNOWN or not done:
        return ""
    rest = gone / done * (sum(costs) - done)
    return labels.text("network.left", lang, seconds=labels.number(max(round(rest), 1), lang))
