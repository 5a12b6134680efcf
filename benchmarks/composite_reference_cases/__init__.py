"""Reference results of packages for composite indices, case by case.

The ``cases`` of each part reads CSV files of a directory and yields, for every result in them, a name, whether it holds
(numbers at a relative 1e-10, ranks exactly, unless the part says otherwise), and what differs. Units, codes and
arguments come from the files and their names; a missing file asks for nothing.
"""
