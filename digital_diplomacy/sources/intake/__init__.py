"""Tables a user brings, read as publishers and people make them and kept beside those of the project.

read_foreign
    A table of any common form as figures by country and period, with what is asked, wrong, left out and assumed.
laid_out
    What was read in the columns of the table it stands before.
questions_of_counts, read_handed
    The same of counts that were handed on.
is_no_unit, is_note, statistics_of
    Rows of a table that are no units: sums, means, deviations, notes.
add, remove
    What was read becomes a table of data/raw, or goes again.
"""

from digital_diplomacy.sources.intake.handed import counts_kind, questions_of_counts, read_handed
from digital_diplomacy.sources.intake.kinds import TABLES, Kind, kind_of
from digital_diplomacy.sources.intake.model import Answers, Question, Reading
from digital_diplomacy.sources.intake.reading import folded_cells, read_foreign
from digital_diplomacy.sources.intake.taking import Origin, add, laid_out, own_tables, remembered, remove
from digital_diplomacy.sources.intake.words import fold, is_no_unit, is_note, statistics_of

__all__ = [
    "TABLES",
    "Answers",
    "Kind",
    "Origin",
    "Question",
    "Reading",
    "add",
    "counts_kind",
    "fold",
    "folded_cells",
    "is_no_unit",
    "is_note",
    "kind_of",
    "laid_out",
    "own_tables",
    "questions_of_counts",
    "read_foreign",
    "read_handed",
    "remembered",
    "remove",
    "statistics_of",
]
