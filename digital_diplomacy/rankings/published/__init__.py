"""Published indices and audiences recomputed from what was printed.

`indices` recomputes the United Nations' index edition by edition, `exceptions` the cells that do not mean what their
column says; `editions` gives one edition as values, framework and steps to the composite index; `reviews` holds the
places of the Digital Diplomacy Review, `audiences` the followers of ministries, `answers` what the notebook on
rankings answers.
"""
