"""Published indices and audiences recomputed from what was printed."""
