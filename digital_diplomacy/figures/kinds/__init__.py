"""One module a kind of figure: its ``plot_*`` function draws one declared result table, made of the parts beside it."""
