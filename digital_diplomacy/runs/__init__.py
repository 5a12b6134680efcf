"""What a run is: a notebook with parameters, what it depends on, whether its results are current, where they go.

`notebooks` finds the notebooks and plans the runs asked for, `parameters` reads and checks their values. `plan` decides
by a `snapshot` of all files whether results can stay (`dependencies` says what a notebook imports and which texts it
uses, `verified` which files nobody has touched). `translations` keeps catalogues of the prose and puts it into the
language of a run, by the `paragraphs` of the markdown. `outputs` takes figures and tables out of an executed notebook,
`results` says how an execution ended, and `places` moves what is finished to where it belongs.
"""
