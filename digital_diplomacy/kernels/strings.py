"""Kernels keep the text of tables as Python's own strings.

pandas would keep it in Arrow's arrays, which are made for long columns. Tables of notebooks are short: handing each
step over to Arrow took about a tenth of the processor time of a run. Values, missing ones and the name of the type,
``str``, are the same either way, and a notebook with long columns of text may choose anew.

References
----------
pandas' option ``mode.string_storage``: https://pandas.pydata.org/docs/user_guide/options.html
"""


def keep_as_python() -> None:
    """Have pandas keep text as Python's strings, in this process and those forked from it."""
    import pandas as pd

    pd.set_option("mode.string_storage", "python")
