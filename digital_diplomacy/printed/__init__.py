"""Figures as people print them in Kazakh, Russian and English, and exact arithmetic on what their digits leave open.

read, read_date
    A printed figure or date, or a refusal that names the possible readings; never a guess.
find
    Every figure and date of a running text, with its offsets.
plain_numerals
    What the marks in numbers of a text are for, as far as the digits tell.
write
    The inverse, in a document's own marks.
Interval, total
    Exact arithmetic on intervals.
grim, grim_sample_sizes, grim_pass_probability
    Whether printed percentages can be shares of a whole sample, and how often random digits would pass.
grim_mean, grim_mean_pass_probability
    The same of the mean of a scale of one or several items.
"""

from digital_diplomacy.printed.closing import filled
from digital_diplomacy.printed.dates import NOT_UNDERSTOOD, read_date
from digital_diplomacy.printed.finding import Found, find
from digital_diplomacy.printed.grim import (
    grim,
    grim_mean,
    grim_mean_pass_probability,
    grim_pass_probability,
    grim_sample_sizes,
    grim_steps,
)
from digital_diplomacy.printed.intervals import Interval, total
from digital_diplomacy.printed.lexicon import counted_unit
from digital_diplomacy.printed.model import Convention, Printed, PrintedDate, UnreadableError
from digital_diplomacy.printed.numerals import plain_numerals
from digital_diplomacy.printed.reading import read
from digital_diplomacy.printed.writing import write

__all__ = [
    "NOT_UNDERSTOOD",
    "Convention",
    "Found",
    "Interval",
    "Printed",
    "PrintedDate",
    "UnreadableError",
    "counted_unit",
    "filled",
    "find",
    "grim",
    "grim_mean",
    "grim_mean_pass_probability",
    "grim_pass_probability",
    "grim_sample_sizes",
    "grim_steps",
    "plain_numerals",
    "read",
    "read_date",
    "total",
    "write",
]
