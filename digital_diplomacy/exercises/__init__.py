"""Exercises of the notebook to start with: a wrong answer is told by the kind of its mistake, never by the right one.

A check compares with what the tables of the day give for the parameters of the day, so that it holds for any country.
It returns one row: ``exercise`` (its number), ``state`` (``open``, ``again`` or ``done``) and ``advice``, a label code,
for ``figures.show_sentences(row, "sentence.exercise_rank", lang=lang)`` and the like.
"""

from digital_diplomacy.exercises.own_table import check_table, taken_in
from digital_diplomacy.exercises.ranks import check_places, check_range, check_rank
from digital_diplomacy.exercises.rows import score
from digital_diplomacy.exercises.shares import check_points

__all__ = ["check_places", "check_points", "check_range", "check_rank", "check_table", "score", "taken_in"]
