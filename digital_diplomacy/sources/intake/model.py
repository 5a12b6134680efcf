"""What reading a foreign table takes and gives: answers, columns, questions, faults and the figures themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from digital_diplomacy.sources.remarks import Remark


@dataclass(frozen=True)
class Answers:
    """What the user said of a table that does not say it itself.

    Attributes
    ----------
    columns : mapping of str to str
        Role by header, or by ``#3`` for the third column; the role ``-`` leaves a column out.
    entities : mapping of str to str
        ISO 3166 alpha-3 code by name; ``-`` leaves its rows out.
    platforms : mapping of str to str
        Label code by the name of a platform; ``-`` leaves its rows out.
    country, period : str
        Of all figures, where the table has no column of them.
    decimal : str
        The mark before decimals, ``.`` or ``,``.
    unit : str
        ``share`` where shares between 0 and 1 are meant, ``percent`` where percent are.
    today : str
        The day in ISO 8601 behind whose year no figure can be of what is; any period is taken without it.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> intake.Answers(country="KGZ", decimal=",").country
    'KGZ'
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, str] = field(default_factory=dict)
    platforms: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    period: str = ""
    decimal: str = ""
    unit: str = ""
    today: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its place, its header, what it holds, and the period, scale, country or platform its header names."""

    place: int
    header: str
    role: str = ""
    period: str = ""
    scale: str = ""
    entity: str = ""
    platform: str = ""


@dataclass(frozen=True)
class Question:
    """What the file leaves open: the label ``intake.ask.<code>``, and the option that answers it.

    Attributes
    ----------
    code : str
    named : mapping of str to str
        What stands in the text's braces.
    option : str
        The option of the command, such as ``--column``.
    before, after : str
        What stands around the answer in the option's value (``=period`` behind a header).
    example : str
        An answer, to show how the option is written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy.sources import intake
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "users.csv"
    >>> pd.DataFrame({"Country": ["Kyrgyzstan"], "Users": [72.0]}).to_csv(path, index=False)
    >>> found = intake.read_foreign(path, intake.kind_of("internet_users"))
    >>> [(one.code, one.option) for one in found.questions]  # of which year are they, and what?
    [('period', '--period'), ('measure', '--column')]
    >>> folder.cleanup()
    """

    code: str
    named: Mapping[str, str]
    option: str
    before: str = ""
    after: str = ""
    example: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read of a file.

    Attributes
    ----------
    frame : DataFrame
        ``entity`` (alpha-3), ``period`` (ISO 8601), ``measure``, ``platform`` (code, or empty), ``as_printed``,
        ``value``, ``low``, ``high``, ``unit``, ``base``, ``bound``, ``place`` (line or row of the file).
    columns : tuple of Column
        Those that were used.
    questions : tuple of Question
        What has to be answered first.
    faults : tuple of Remark
        What is wrong, row by row, the first of it; labels ``intake.fault.<code>``.
    remarks : tuple of Remark
        What was assumed and left out; labels ``remark.<code>``.
    further : int
        How many more faults there are.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy.sources import intake
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "users.csv"
    >>> pd.DataFrame({"Country": ["Kyrgyzstan"], "2020": ["72,0"]}).to_csv(path, index=False, sep=";")
    >>> found = intake.read_foreign(path, intake.kind_of("internet_users"))
    >>> found.frame[["entity", "period", "as_printed", "low", "high"]]
      entity period as_printed    low   high
    0    KGZ   2020       72,0  71.95  72.05
    >>> len(found.questions), len(found.faults)
    (0, 0)
    >>> folder.cleanup()
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    questions: tuple[Question, ...]
    faults: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    further: int = 0
